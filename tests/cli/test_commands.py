"""The commands as somebody types them: output, exit codes, wrong input."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from headway.cli import COMMANDS, headway

PROGRAM = """\
--- headway.yaml
program: Spring mentoring 2026
today: 2026-03-01
cohorts: [{id: spring, start: 2026-02-02, end: 2026-07-31}]
--- content/people/ada.yaml
name: Ada Byron
visibility: program
--- content/people/grace.yaml
name: Grace Brewster
--- content/partnerships/ada-grace/partnership.yaml
cohort: spring
status: active
members:
  - {person: ada, role: mentee}
  - {person: grace, role: mentor}
agreement: {cadence: 2 weeks, length: 45 minutes, agreed: {ada: 2026-02-02, grace: 2026-02-02}}
--- content/partnerships/ada-grace/goals.yaml
goals:
  - id: speak
    title: Give a talk
    owner: ada
    why: to be heard
    milestones: [{title: Abstract, size: S, done: 2026-02-16}, {title: Rehearse, due: 2026-05-01}]
--- content/partnerships/ada-grace/meetings/2026-02-02.md
# First meeting

**Present:** Ada, Grace and Mr. Babbage

## Action items
- [ ] @ada: send the abstract (due 2026-02-20)
- Grace: =HYPERLINK("x")
--- content/partnerships/ada-grace/meetings/2026-02-16.md
---
minutes: 25
attendees: [ada, grace]
next: 2026-03-02T17:00
---
## Tasks
- [x] @ada: send the abstract
- read the slides
"""


@pytest.fixture
def program(write_program: Callable[[str], Path]) -> Path:
    return write_program(PROGRAM)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(headway, [str(argument) for argument in arguments])


def test_status_as_json_has_the_numbers_of_the_contract(program: Path) -> None:
    result = run("-C", program, "status", "--format", "json")
    assert result.exit_code == 0, result.output
    status = json.loads(result.stdout)
    assert status["program"] == "Spring mentoring 2026"
    assert status["today"] == "2026-03-01"
    [partnership] = status["partnerships"]
    assert partnership["title"] == "Ada Byron & Grace Brewster"
    assert partnership["momentum"] == "on-track"
    assert partnership["because"].endswith(".")
    assert partnership["meetings"] == {
        "kept": 2, "expected": 1, "shortened": 1, "moved": 0, "cancelled": 0, "missed": 0, "planned": 0,
        "unconfirmed": 0, "run": 2, "last": "2026-02-16", "next": "2026-03-02",
    }  # fmt: skip
    assert partnership["goals"] == [{"id": "speak", "progress": 33, "standing": "on-track"}]
    assert partnership["tasks"] == {"open": 2, "done": 1, "overdue": 0, "unassigned": 1}


def test_status_as_a_table_names_each_partnership_with_its_reason(program: Path) -> None:
    result = run("-C", program, "status")
    assert "Ada Byron & Grace Brewster" in result.stdout
    assert "On track (1)" in result.stdout
    assert "2 of 1" in result.stdout
    assert "1 partnership on 2026-03-01" in result.stdout


def test_export_has_places(program: Path) -> None:
    [partnership] = json.loads(run("-C", program, "export").stdout)["partnerships"]
    assert partnership["members"] == [
        {"person": "ada", "role": "mentee", "from": None, "to": None},
        {"person": "grace", "role": "mentor", "from": None, "to": None},
    ]
    first, second = partnership["meetings"]
    assert (first["date"], first["status"], first["attendees"]) == ("2026-02-02", "held", ["ada", "grace"])
    assert first["guests"] == ["Babbage"] or first["guests"] == ["Mr. Babbage"]
    assert first["path"] == "content/partnerships/ada-grace/meetings/2026-02-02.md"
    assert first["tasks"][0] == {
        "line": 6, "text": "send the abstract", "owner": "ada", "due": "2026-02-20", "done": False,
    }  # fmt: skip
    assert second["status"] == "shortened"
    assert second["tasks"][0]["line"] == 7
    assert second["tasks"][0]["done"] is True


@pytest.mark.parametrize("table", ["partnerships", "goals", "meetings", "tasks"])
def test_export_as_csv_is_a_table_without_formulas(program: Path, table: str) -> None:
    result = run("-C", program, "export", "--format", "csv", "--table", table)
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert rows
    assert all(not value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values())
    if table == "tasks":
        assert {row["text"] for row in rows} >= {"send the abstract", "read the slides"}


def test_an_audience_sees_no_more_than_it_may(program: Path) -> None:
    whole = run("-C", program, "export").stdout
    assert "to be heard" in whole
    public = run("-C", program, "export", "--audience", "public").stdout
    assert "to be heard" not in public
    assert '"ada"' not in public, "a person who is not visible appears as their role"


def test_check_says_all_at_once_and_fails(program: Path) -> None:
    goals = program / "content/partnerships/ada-grace/goals.yaml"
    goals.write_text("goals:\n  - {id: a, title: A, due: 2026-02-30}\n  - {id: b, title: B, due_date: 2026-03-01}\n")
    result = run("-C", program, "check")
    assert result.exit_code == 1
    assert "goals.yaml:2:28: error HW" in result.stdout
    assert "goals.yaml:3:23: error HW" in result.stdout
    assert "2026-02-30 is not a day" in result.stdout
    found = json.loads(run("-C", program, "check", "--format", "json").stdout)
    assert {(p["line"], p["severity"]) for p in found} >= {(2, "error"), (3, "error")}
    assert set(found[0]) == {"path", "line", "column", "severity", "code", "message", "hint"}
    github = run("-C", program, "check", "--format", "github").stdout
    assert "::error file=content/partnerships/ada-grace/goals.yaml,line=2,col=28" in github


def test_build_refuses_a_folder_it_did_not_make(program: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years")
    result = run("-C", program, "build", "--out", tmp_path / "mine")
    assert result.exit_code == 2
    assert "did not make it" in result.output
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years"


def test_warnings_stop_a_strict_build(program: Path) -> None:
    (program / "content/partnerships/ada-grace/meetings/notes.md").write_text("Nobody wrote the day.\n")
    assert run("-C", program, "build").exit_code == 0
    result = run("-C", program, "build", "--strict")
    assert result.exit_code == 1
    assert "still stands" in result.output


def test_an_own_site_has_nothing_of_the_others(program: Path, write_program: Callable[..., Path]) -> None:
    other = PROGRAM.replace("ada", "katherine").replace("Ada", "Katherine").replace("grace", "dorothy")
    write_program(other.replace("katherine-dorothy", "other"), program)
    (program / "headway.yaml").write_text(PROGRAM.split("--- ")[1].partition("\n")[2])
    assert run("-C", program, "build", "--partnership", "ada-grace").exit_code == 0
    site = program / "site"
    everything = "".join(str(p) + p.read_text(errors="replace") for p in site.rglob("*") if p.is_file())
    assert "atherine" not in everything
    assert "Ada Byron" in (site / "index.html").read_text()
    assert (site / "goals/speak/index.html").is_file()
    assert (site / "meetings/2026-02-16/index.html").is_file()
    assert run("-C", program, "build", "--each").exit_code == 0
    assert {p.name for p in site.iterdir() if p.is_dir()} == {"ada-grace", "other"}
    assert (site / "other/meetings/2026-02-16/index.html").is_file()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["bild"], "Did you mean 'build'"),
        (["build", "--today", "2026-02-30"], "2026-02-30 is not a day"),
        (["build", "--audience", "everybody"], "everybody"),
        (["build", "--partnership", "ada-grase"], "Did you mean ada-grace?"),
        (["build", "--partnership", "ada-grace", "--each"], "give one"),
        (["build", "--jobs", "0"], "jobs"),
        (["export", "--table", "tasks"], "--format csv"),
        (["explain", "HW9"], "no problem with the code HW9"),
        (["check", "--rev", "v1"], "git"),
        (["status", "--nonsense"], "nonsense"),
    ],
)
def test_wrong_usage_is_said_and_gives_two(program: Path, arguments: list[str], says: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "headway", "-C", program, *arguments], capture_output=True, text=True, check=False
    )
    assert (done.returncode, says in done.stderr) == (2, True), done.stderr


def test_a_folder_without_a_program_is_a_problem(tmp_path: Path) -> None:
    result = run("-C", tmp_path, "check")
    assert result.exit_code == 1
    assert "HW001" in result.output


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_help_and_stands_in_the_readme(name: str, starter: Path) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    for line in result.output.splitlines():
        assert len(line) <= 80
    assert f"headway {name}" in (starter / "README.md").read_text()


def test_explain_lists_and_explains() -> None:
    assert "HW101" in run("explain").output
    assert run("explain", "hw101").output.startswith("# HW101: ")


def test_help_loads_nothing_it_does_not_need() -> None:
    heavy = ("yaml", "jinja2", "markdown_it", "rich", "babel", "starlette", "uvicorn", "watchdog")
    code = f"import sys, headway.cli; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
