"""Every problem code has a page in ``explain``, a broken program in tests/problems, and its exact output."""

from __future__ import annotations

import re
import runpy
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from headway.build import check_program, read_walk
from headway.bundled import read_explanation
from headway.catalogue import CODES
from headway.choice import Choice
from headway.output.history_store import read_program_history
from headway.printers import render_problems_text
from headway.problems import sort_problems
from headway.source.folder import read_folder

CASES = Path(__file__).parent.parent / "problems"


@pytest.fixture
def broken_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Give a copy of a code's broken program; ``prepare.py`` makes in it what no git repository can hold."""

    def copy(code: str) -> Path:
        repo = tmp_path / "repo"
        shutil.copytree(CASES / code / "repo", repo, symlinks=True)
        if (CASES / code / "prepare.py").is_file():
            runpy.run_path(str(CASES / code / "prepare.py"))["prepare"](repo, monkeypatch)
        return repo

    return copy


def test_there_are_at_least_forty_codes() -> None:
    assert len(CODES) >= 40


def test_every_case_is_of_a_code() -> None:
    assert {case.name for case in CASES.iterdir()} <= CODES.keys()


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_broken_program_gives_the_problem(
    code: str, broken_program: Callable[[str], Path], expect: Callable[[Path, str], None]
) -> None:
    choice = Choice(now=datetime(2026, 5, 20, tzinfo=UTC))
    program = broken_program(code)
    walk = read_walk(read_folder(program), choice, with_theme=True, history=read_program_history(program))
    problems = check_program(walk)
    assert code in {problem.code for problem in problems}
    for problem in problems:
        assert re.fullmatch(r"[^\n]+[.?!]", problem.message), f"not a sentence: {problem.message!r}"
    expect(CASES / code / "expected.txt", render_problems_text(sort_problems(problems)))


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_is_explained(code: str) -> None:
    page = read_explanation(code)
    assert page.startswith(f"# {code}: ")
    assert len(page.split()) > 30
