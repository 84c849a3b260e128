"""`check --changed-since`: a pull request hears of its own files, and only counts what others left."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from git_repository import commit, git, write
from headway.cli import headway

FOLDER = "content/partnerships/ada-bo"
GOALS = "goals: [{id: speak, title: Speak, due: 2026-02-30}]\n"


def check(root: Path, *options: str) -> Result:
    return CliRunner().invoke(headway, ["-C", str(root), "check", "--today", "2026-03-01", *options])


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program whose main branch has one mistake, an older commit that has none, and a branch apart."""
    write(tmp_path, {"headway.yaml": "program: P\ndate_order: dmy\n", "content/people/ada.yaml": "name: Ada\n"})
    write(tmp_path, {f"{FOLDER}/partnership.yaml": "start: 2026-02-02\nmembers: [{person: ada, role: mentee}]\n"})
    commit(tmp_path)
    git(tmp_path, "branch", "clean")
    write(tmp_path, {f"{FOLDER}/goals.yaml": GOALS})
    commit(tmp_path)
    git(tmp_path, "checkout", "--quiet", "-b", "mine")
    return tmp_path


def test_what_did_not_change_is_only_counted(program: Path) -> None:
    assert check(program).exit_code == 1
    told = check(program, "--changed-since", "main")
    assert told.exit_code == 0, told.output
    assert "HW131" not in told.output
    assert "In files that did not change since main: 1 error" in told.output


@pytest.mark.parametrize("is_committed", [True, False])
def test_what_changed_is_told_committed_or_not(program: Path, is_committed: bool) -> None:
    write(program, {"content/people/bo.yaml": "nane: Bo\n"})
    if is_committed:
        commit(program)
    told = check(program, "--changed-since", "main", "--format", "github")
    assert told.exit_code == 1
    assert told.stdout.startswith("::error file=content/people/bo.yaml,line=1,")
    assert told.stdout.count("::error") == len(told.stdout.splitlines())
    assert "1 error" in told.stderr
    plain = check(program, "--changed-since", "main", "--format", "json")
    assert {problem["path"] for problem in json.loads(plain.stdout)} == {"content/people/bo.yaml"}


def test_what_others_did_meanwhile_is_not_mine(program: Path) -> None:
    git(program, "checkout", "--quiet", "main")
    write(program, {f"{FOLDER}/goals.yaml": GOALS.replace("30", "10")})
    commit(program)
    git(program, "checkout", "--quiet", "mine")
    assert check(program, "--changed-since", "main").exit_code == 0
    assert check(program, "--changed-since", "clean").exit_code == 1


def test_a_revision_against_another(program: Path) -> None:
    assert check(program, "--rev", "main", "--changed-since", "clean").exit_code == 1
    assert check(program, "--rev", "main", "--changed-since", "main").exit_code == 0


def test_a_file_that_is_gone_and_a_link_are_changes(program: Path) -> None:
    write(program, {f"{FOLDER}/partnership.yaml": None})
    (program / "content/people/link.yaml").symlink_to("/etc/passwd")
    told = check(program, "--changed-since", "main", "--strict")
    assert f"{FOLDER}" in told.output
    assert "content/people/link.yaml" in told.output


@pytest.mark.parametrize("since", ["nowhere", "-x", ""])
def test_a_wrong_revision_is_said(program: Path, since: str) -> None:
    with pytest.raises(Exception, match="There is no revision"):
        CliRunner().invoke(headway, ["-C", str(program), "check", f"--changed-since={since}"], catch_exceptions=False)


def test_outside_of_git_it_says_so(tmp_path: Path) -> None:
    write(tmp_path, {"headway.yaml": "program: P\n"})
    with pytest.raises(Exception, match=r"not in a git repository"):
        CliRunner().invoke(headway, ["-C", str(tmp_path), "check", "--changed-since=HEAD"], catch_exceptions=False)
