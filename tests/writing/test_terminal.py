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
        "which day?": "",
    }
    answer("new", "goal", "maya-ruth", cwd=program, answers=goal)
    seen = answer("log", "ruth", cwd=program, answers={"ends it": "We began", "> We began\r\n> ": ""})
    assert "Wrote content/partnerships/maya-ruth/meetings/" in seen
    assert "no problems" in answer("check", "--strict", cwd=program)
    assert "Look at site/index.html" in answer("build", "--strict", cwd=program)
