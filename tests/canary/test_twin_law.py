"""The law of twins: two programs that differ only in what an audience may not see have the same site, byte for byte.

It says more than the canary law: counts, days and pictures cannot tell of what is withheld, either.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from test_canary_mutations import leak_file, leak_program, leak_sieves, show_all_goals

from headway.cli import headway
from headway.pages.feed_links import CALENDAR, PICTURE

PROGRAM = """\
--- headway.yaml
program: Pairs
today: 2026-05-20
visibility: {details: partners}
site: {audience: public, url: https://example.org/}
cohorts: [{id: spring, name: Spring, start: 2026-01-01, end: 2026-12-31}]
--- content/people/ada.yaml
name: Ada Moss
email: ada@example.org
visibility: public
obstacles: [{kind: internal, what: Speaking without notes, counter: Cards}]
--- content/people/bo.yaml
name: Bo Reed
visibility: public
--- content/people/cy.yaml
name: Cyra Hallow
email: cy@example.org
bio: Plays the cello.
visibility: private
--- content/pages/open.md
# What we do

Pairs meet every two weeks.
--- content/pages/closed.md
---
visibility: private
---
# How we choose

By lot.
--- content/partnerships/ada-bo/partnership.yaml
start: 2026-01-05
cohort: spring
visibility: public
members: [{person: ada, role: mentee}, {person: bo, role: mentor}]
agreement: {cadence: 2 weeks, agreed: {ada: 2026-01-05, bo: 2026-01-05}}
--- content/partnerships/ada-bo/goals.yaml
goals:
  - id: speak
    title: Give a talk
    visibility: public
    owner: ada
    due: 2026-09-01
    why: To be less afraid
    measure: Ten people stay
    milestones:
      - {title: Abstract, due: 2026-03-05, done: 2026-03-04}
      - {title: Rehearsal, due: 2026-08-05}
      - {title: Quiet rehearsal, due: 2026-04-02, visibility: private}
  - id: leave
    title: Find another post
    visibility: private
    owner: ada
    due: 2026-04-01
    milestones:
      - {title: Letter, due: 2026-02-01, done: 2026-02-03}
      - {title: Interview, due: 2026-03-01}
--- content/partnerships/ada-bo/meetings/2026-02-02.md
---
visibility: public
energy: {ada: 3, bo: 4}
---
# First

Present: Ada, Bo, Cyra Hallow

We drew the outline.

Feedback @bo -> @ada: slower at the start

## Next steps
- [ ] @ada: write the abstract (due 2026-03-01)
--- content/partnerships/ada-bo/meetings/2026-05-04.md
---
visibility: public
---
# Second

Present: Ada, Bo

We heard the opening. Next meeting: 2026-05-25

- [x] @ada: write the abstract
--- content/partnerships/ada-bo/meetings/2026-05-11.md
---
visibility: private
---
# Of the other post

Present: Ada, Bo

Win: the letter is sent

- [ ] @bo: ask around
--- content/partnerships/cy-ada/partnership.yaml
start: 2026-02-01
cohort: spring
visibility: private
members: [{person: cy, role: mentor}, {person: ada, role: mentee}]
--- content/partnerships/cy-ada/goals.yaml
goals: [{id: cello, title: Play the cello, owner: ada}]
--- content/partnerships/cy-ada/meetings/2026-03-02.md
# A first lesson

Present: Cyra, Ada
"""

PAIR, PRIVATE = "content/partnerships/ada-bo", "content/partnerships/cy-ada"
Edit = Callable[[Path], object]


def change(path: str, old: str, new: str) -> Edit:
    def edit(root: Path) -> None:
        text = (root / path).read_text(encoding="utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new), encoding="utf-8")

    return edit


def move(path: str, new: str) -> Edit:
    return lambda root: (root / path).rename(root / new)


def delete_goal(root: Path) -> None:
    plan = root / PAIR / "goals.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").partition("  - id: leave")[0], encoding="utf-8")


EDITS: Mapping[str, Edit] = {
    "a goal's title": change(f"{PAIR}/goals.yaml", "Find another post", "Learn to sing"),
    "a goal's id": change(f"{PAIR}/goals.yaml", "id: leave", "id: sing"),
    "a goal's due day": change(f"{PAIR}/goals.yaml", "due: 2026-04-01", "due: 2026-11-01"),
    "a goal's milestone done": change(f"{PAIR}/goals.yaml", "due: 2026-03-01}", "due: 2026-03-01, done: 2026-05-19}"),
    "a goal": delete_goal,
    "a milestone's title": change(f"{PAIR}/goals.yaml", "Quiet rehearsal", "Loud rehearsal"),
    "a milestone's day": change(f"{PAIR}/goals.yaml", "due: 2026-04-02", "due: 2026-04-09"),
    "a goal's reason": change(f"{PAIR}/goals.yaml", "To be less afraid", "To be heard"),
    "a goal's measure": change(f"{PAIR}/goals.yaml", "Ten people stay", "Nobody leaves"),
    "a meeting's text": change(f"{PAIR}/meetings/2026-05-11.md", "the letter is sent", "the song is sung"),
    "a meeting's task": change(f"{PAIR}/meetings/2026-05-11.md", "- [ ] @bo: ask around", "- [x] @ada: sing"),
    "a meeting's day": move(f"{PAIR}/meetings/2026-05-11.md", f"{PAIR}/meetings/2026-05-18.md"),
    "another meeting": lambda root: shutil.copy(
        root / PAIR / "meetings/2026-05-11.md", root / PAIR / "meetings/2026-03-09.md"
    ),
    "energy": change(f"{PAIR}/meetings/2026-02-02.md", "{ada: 3, bo: 4}", "{ada: 1, bo: 2}"),
    "feedback": change(f"{PAIR}/meetings/2026-02-02.md", "slower at the start", "louder at the end"),
    "an e-mail address": change("content/people/ada.yaml", "ada@example.org", "moss@example.org"),
    "an obstacle": change("content/people/ada.yaml", "Speaking without notes", "Saying no"),
    "a person's bio": change("content/people/cy.yaml", "Plays the cello", "Sings"),
    "a person's name": lambda root: [
        change(path, "Cyra Hallow", "Zora Tal")(root)
        for path in ("content/people/cy.yaml", f"{PAIR}/meetings/2026-02-02.md")
    ],
    "a page": change("content/pages/closed.md", "By lot", "By name"),
    "a page's title": change("content/pages/closed.md", "# How we choose", "# Who chooses"),
    "a page's place": move("content/pages/closed.md", "content/pages/shut.md"),
    "no page": lambda root: (root / "content/pages/closed.md").unlink(),
    "a partnership's goal": change(f"{PRIVATE}/goals.yaml", "Play the cello", "Sing"),
    "a partnership's note": change(f"{PRIVATE}/meetings/2026-03-02.md", "first lesson", "last lesson"),
    "a partnership's meeting": move(f"{PRIVATE}/meetings/2026-03-02.md", f"{PRIVATE}/meetings/2026-05-19.md"),
    "a partnership's name": move(PRIVATE, "content/partnerships/lessons"),
    "no partnership": lambda root: shutil.rmtree(root / PRIVATE),
}
"""What nobody but the partners may see, and how it becomes something else."""


def publish(root: Path, audience: str) -> dict[str, bytes]:
    """Return every file of the site by path, and what the tools say to the audience."""
    site = root.parent / "site"
    build = ("build", "--out", str(site), "--jobs", "1")
    said = {}
    for command in (build, ("status", "--format", "json"), ("export", "--format", "json"), ("digest", "--all")):
        result = CliRunner().invoke(
            headway, ["-C", str(root), *command, "--audience", audience], catch_exceptions=False
        )
        assert result.exit_code == 0, result.output
        said[command[0]] = result.stdout.encode()
    del said["build"]  # it says how much was withheld
    files = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    return {**files, **said}


def find_differences(root: Path, audience: str, what: str) -> list[str]:
    """Return what comes out another way after the edit."""
    before = publish(root, audience)
    EDITS[what](root)
    shutil.rmtree(root / ".headway", ignore_errors=True)
    after = publish(root, audience)
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


@pytest.mark.parametrize("what", EDITS)
@pytest.mark.parametrize("audience", ["public", "program"])
def test_what_is_withheld_makes_no_difference(
    tmp_path: Path, write_program: Callable[..., Path], audience: str, what: str
) -> None:
    assert find_differences(write_program(PROGRAM), audience, what) == []


def test_what_is_shown_makes_a_difference(tmp_path: Path, write_program: Callable[..., Path]) -> None:
    root = write_program(PROGRAM.replace("visibility: private", "visibility: public"))
    assert find_differences(root, "public", "another meeting")


def test_where_a_note_is_withheld_nobody_is_told_that_a_task_is_not_done(write_program: Callable[..., Path]) -> None:
    page = publish(write_program(PROGRAM), "public")["partnerships/ada-bo/meetings/2026-02-02/index.html"].decode()
    assert "write the abstract" in page
    assert "not yet done" not in page


BREAKS: Mapping[str, tuple[Callable[[pytest.MonkeyPatch], None], str, str]] = {
    "trails": (show_all_goals, "a goal's due day", "partnerships/ada-bo/index.html"),
    "link pictures": (leak_file(PICTURE), "a goal", f"partnerships/ada-bo/{PICTURE}"),
    "the program's link picture": (leak_program(f"/{PICTURE}"), "no partnership", PICTURE),
    "calendars": (leak_file(CALENDAR), "a meeting's day", f"partnerships/ada-bo/{CALENDAR}"),
    "search lists": (leak_sieves, "a meeting's text", "search/list.js"),
    "status": (show_all_goals, "a goal", "status"),
    "export": (show_all_goals, "a goal", "export"),
}


@pytest.mark.parametrize("kind", BREAKS)
def test_a_broken_filter_fails_the_law_of_twins(
    tmp_path: Path, write_program: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    break_filter, what, place = BREAKS[kind]
    break_filter(monkeypatch)
    assert place in find_differences(write_program(PROGRAM), "public", what)
