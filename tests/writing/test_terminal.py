"""Somebody at a terminal, who has never seen a program, from nothing to a built site in a few answers."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest

ENVIRONMENT = {"TERM": "xterm", "PATH": "/usr/bin:/bin", "NO_COLOR": "1", "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"}

Answer = Callable[..., str]


@pytest.fixture
def answer(tmp_path: Path) -> Answer:
    """Run headway in a terminal, answer each question that is awaited, and return all that was seen."""

    def run(*arguments: str, answers: dict[str, str] | None = None, cwd: Path = tmp_path, code: int = 0) -> str:
        child = pexpect.spawn(
            sys.executable,
            ["-m", "headway", *arguments],
            cwd=str(cwd), env=ENVIRONMENT, encoding="utf-8", timeout=20, dimensions=(50, 200),
        )  # fmt: skip
        seen = ""
        for question, words in (answers or {}).items():
            child.expect_exact(question)
            seen += child.before + question
            child.sendline(words)
        child.expect(pexpect.EOF)
        child.close()
        seen += child.before
        assert child.exitstatus == code, seen
        return seen.replace("\r\n", "\n")

    return run


def test_from_nothing_to_a_built_program(answer: Answer, tmp_path: Path) -> None:
    answer(
        *("init", "spring"),
        answers={"called": "Spring mentoring", "time zone": "london", "published": "github", "first partnership": ""},
    )
    program = tmp_path / "spring"
    assert "timezone: Europe/London" in (program / "headway.yaml").read_text()
    seen = answer(
        *("new", "partnership"),
        cwd=program,
        answers={
            "Who is in it?": "Maya Obi, Ruth Lang",
            "What is Maya Obi good at": "patience, maps",
            "What is Ruth Lang good at": "",
            "How can Ruth Lang help": "coach",
            "How often do you meet": "",
            "when this went well": "Maya has spoken once",
            "give each other feedback": "",
            "look at this again": "",
            "Has everybody agreed": "y",
        },
    )
    assert "4. Which steps will you take to keep it good?" in seen
    goal = {
        "owner's words": "Speak in public",
        "Whose goal": "",
        "matter?": "to be heard",
        "reached?": "",
        "which day?": "soon",
        "By which day?: ": "2099-01-01",
    }
    answer("new", "goal", "maya-ruth", cwd=program, answers=goal)
    seen = answer(
        "log",
        "ruth",
        cwd=program,
        answers={"ends it": "We began", "> We began\r\n> ": "", "How many minutes": "30", "Who was there": ""},
    )
    assert "Wrote content/partnerships/maya-ruth/meetings/" in seen
    note = next((program / "content/partnerships/maya-ruth/meetings").iterdir())
    assert note.read_text() == "---\nminutes: 30\nattendees: [maya, ruth]\n---\n\nWe began\n"
    assert "no problems" in answer("check", "--strict", cwd=program)
    assert "Look at site/index.html" in answer("build", "--strict", cwd=program)


PAIRS = """\
--- headway.yaml
program: P
today: 2026-03-10
--- content/people/ada.yaml
name: Ada Byron
--- content/people/grace.yaml
name: Grace Brewster
--- content/people/mae.yaml
name: Mae Jemison
--- content/partnerships/ada-grace/partnership.yaml
members: [{person: ada, role: mentee}, {person: grace, role: mentor}]
--- content/partnerships/ada-grace/meetings/2026-02-16.md
- [ ] Ada: send the abstract
- [ ] Grace: read the abstract
--- content/partnerships/ada-mae/partnership.yaml
members: [{person: ada, role: mentee}, {person: mae, role: mentor}]
"""


def test_a_menu_asks_which_one(answer: Answer, write_program: Callable[[str], Path]) -> None:
    program = write_program(PAIRS)
    seen = answer("done", "ada", "abstract", cwd=program, answers={"2  ada-mae": "1", "2  Grace": "2"})
    assert "   2  ada-mae" in seen
    assert "   1  Ada: send the abstract" in seen
    note = program / "content/partnerships/ada-grace/meetings/2026-02-16.md"
    assert note.read_text() == "- [ ] Ada: send the abstract\n- [x] Grace: read the abstract\n"
    seen = answer("log", cwd=program, answers={"2  ada-mae": "2", "ends it": ""}, code=2)
    assert "nothing to write down yet" in seen


def test_an_editor_is_used_where_somebody_has_one(
    answer: Answer, write_program: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = write_program(PAIRS)
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nsed -i -e '2s/.*/We read it./' -e 's/- \\[ \\] $/- [ ] Mae: print it/' $1\n")
    editor.chmod(0o755)
    monkeypatch.setitem(ENVIRONMENT, "EDITOR", str(editor))
    answer("log", "mae", cwd=program, answers={"How many minutes": "", "Who was there": "mae, Dr. Who"})
    note = program / "content/partnerships/ada-mae/meetings/2026-03-10.md"
    assert note.read_text() == (
        "---\nattendees: [mae, Dr. Who]\n---\n\nWe read it.\n\n\n## Next steps\n\n- [ ] Mae: print it\n"
    )
    monkeypatch.setitem(ENVIRONMENT, "EDITOR", "true")
    assert "nothing to write down yet" in answer("log", "grace", cwd=program, code=2)


def test_an_interrupt_writes_nothing(write_program: Callable[[str], Path]) -> None:
    program = write_program(PAIRS)
    child = pexpect.spawn(
        sys.executable, ["-m", "headway", "log", "mae"], cwd=str(program), env=ENVIRONMENT, encoding="utf-8", timeout=20
    )
    child.expect_exact("ends it")
    child.sendintr()
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    assert not (program / "content/partnerships/ada-mae/meetings").exists()


def test_an_import_asks_what_it_cannot_know(answer: Answer, write_program: Callable[[str], Path]) -> None:
    program = write_program(PAIRS)
    (program.parent / "pairs.csv").write_text("Mentee;Mentor;Begun on;Soup\ngrace;mae;3/4/2026;leek\n")
    seen = answer(
        *("import", "csv", "../pairs.csv"),
        cwd=program,
        answers={"column C (Begun on)?": "begin", "Enter leaves it out": "start", "column D (Soup)?": "", "dmy": "dmy"},
    )
    assert "How is 3/4/2026 read" in seen
    assert "column D (Soup) is left out" in seen
    assert "start: 2026-04-03" in (program / "content/partnerships/grace-mae/partnership.yaml").read_text()
