"""Consent: stories, thanks and celebrations go beyond the partners with the leave of everybody in them alone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from headway.cli import headway

PROGRAM = """\
--- headway.yaml
program: Pairs
today: 2026-05-20
visibility: {details: public}
site: {audience: public, url: https://example.org/}
--- content/people/ada.yaml
name: Ada Moss
visibility: public
--- content/people/bo.yaml
name: Bo Reed
visibility: public
--- content/people/cy.yaml
name: Cy Hall
visibility: public
--- content/partnerships/ada-bo/partnership.yaml
status: completed
reason: storyone of how it ended
start: 2026-01-05
members: [{person: ada, role: mentee}, {person: bo, role: mentor}]
agreement: {cadence: 2 weeks, agreed: {ada: 2026-01-05, bo: 2026-01-05}}
--- content/partnerships/ada-bo/goals.yaml
goals:
  - id: speak
    title: Give a talk
    done: 2026-05-01
    celebrated: feastone with everybody
    milestones:
      - {title: Abstract, due: 2026-03-05, done: 2026-03-04, celebrated: feasttwo by the sea}
--- content/partnerships/ada-bo/meetings/2026-02-02.md
# First

Present: Ada, Bo

We spoke about plainwords.

Win: winone on the first try

Thanks @bo: thanksone for the pictures

Thanks @cy: thankstwo for the room
"""
WORDS = {
    "stories": ["storyone"],
    "celebrations": ["feastone", "feasttwo", "winone"],
    "thanks": ["thanksone", "thankstwo"],
}
KINDS = tuple(WORDS)


def allow(program: Path, **people: str) -> None:
    for person, kinds in people.items():
        path = program / f"content/people/{person}.yaml"
        lines = [line for line in path.read_text().splitlines() if not line.startswith("allows:")]
        path.write_text("\n".join([*lines, *([f"allows: [{kinds}]"] if kinds else []), ""]))


def run(program: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(headway, ["-C", str(program), *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def everything(program: Path, audience: str = "public") -> bytes:
    """Return all that an audience can get: the site, exports and the digest, and what the build says."""
    said = [run(program, "build", "--strict", "--audience", audience).output]
    said += [run(program, name, "--format", "json", "--audience", audience).output for name in ("export", "status")]
    said.append(run(program, "digest", "--all", "--since", "2026-01-01", "--audience", audience).output)
    site = [path.read_bytes() for path in sorted((program / "site").rglob("*")) if path.is_file()]
    return b"\n".join([*site, *(text.encode() for text in said)])


def found(content: bytes) -> list[str]:
    return [kind for kind, words in WORDS.items() if any(word.encode() in content for word in words)]


@pytest.fixture
def program(write_program: Callable[[str], Path]) -> Path:
    return write_program(PROGRAM)


def test_without_anybodys_leave_only_the_partners_have_them(program: Path) -> None:
    public = everything(program)
    assert (found(public), b"plainwords" in public) == ([], True)
    assert all(word.encode() in everything(program, "partners") for words in WORDS.values() for word in words)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_shown_with_the_leave_of_everybody_in_it(kind: str, program: Path) -> None:
    allow(program, ada=kind)
    assert found(everything(program)) == []
    allow(program, bo=kind)
    public = everything(program)
    assert found(public) == [kind]
    assert b"thankstwo" not in public, "Cy, who is thanked there, was not asked"
    assert b"thanksone" in public or kind != "thanks"
    allow(program, cy="thanks")
    assert (b"thankstwo" in everything(program)) == (kind == "thanks")


@pytest.mark.parametrize("person", ["ada", "bo", "cy"])
def test_leave_that_is_taken_back_takes_effect_with_the_next_build(person: str, program: Path, tmp_path: Path) -> None:
    allow(program, **dict.fromkeys(("ada", "bo", "cy"), ", ".join(KINDS)))
    assert all(word.encode() in everything(program) for words in WORDS.values() for word in words)
    allow(program, **{person: ""})
    after = everything(program)
    assert b"thankstwo" not in after
    assert found(after) == ([] if person != "cy" else list(KINDS))
    shutil.copytree(program, tmp_path / "cold", ignore=shutil.ignore_patterns("site", ".headway"))
    run(tmp_path / "cold", "build", "--strict", "--audience", "public")
    for path in (tmp_path / "cold/site").rglob("*"):
        if path.is_file():
            assert (program / "site" / path.relative_to(tmp_path / "cold/site")).read_bytes() == path.read_bytes(), path


def test_the_build_counts_them_and_the_audit_names_them(program: Path) -> None:
    said = run(program, "build", "--audience", "public").output
    assert "6 stories, thanks and celebrations" in said
    told = json.loads(run(program, "export", "--format", "json", "--audience", "public").output)
    assert told["partnerships"][0]["goals"][0].get("celebrated") is None


def test_an_unknown_kind_is_a_problem_that_names_the_nearest(program: Path) -> None:
    allow(program, ada="storys")
    result = CliRunner().invoke(headway, ["-C", str(program), "check"])
    assert "content/people/ada.yaml:3:10" in result.output
    assert "stories" in result.output
