"""The log as a source: what each commit made of the partnerships' files, in every shape a repository can have."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from git_repository import ADA, GRACE, commit, git, lay_traps, write
from headway.source.history import Commit, FileChange, find_head, follows, mark_address, mark_handle, read_log
from headway.source.snapshot import SourceError

PAIR = "content/partnerships/ada-bo"
PLAN, NOTE = f"{PAIR}/goals.yaml", f"{PAIR}/meetings/2026-01-12.md"


def read(root: Path, revision: str | None = None, since: str = "") -> list[Commit]:
    head = find_head(root, revision)
    assert head is not None
    return list(read_log(root, head, since))


def kinds(changes: tuple[FileChange, ...]) -> dict[str, str]:
    """Return what was done to each path: new, changed, gone, merged, or the path it came from."""
    return {
        c.path: c.came_from
        or ("merged" if len(c.before) > 1 else "gone" if not c.after else "changed" if c.before[0] else "new")
        for c in changes
    }


def test_each_commit_tells_its_own_changes(tmp_path: Path) -> None:
    write(tmp_path, {PLAN: "goals: []\n", NOTE: "# One\n", "README.md": "x", "content/people/ada.yaml": "name: Ada"})
    first = commit(tmp_path, "2026-01-02T10:00:00+0000")
    write(tmp_path, {"README.md": "unrelated"})
    commit(tmp_path)
    write(tmp_path, {PLAN: "goals: [] # x\n", NOTE: None})
    third = commit(tmp_path, "2026-01-03T10:00:00+0000", GRACE)
    one, three = read(tmp_path)
    assert (one.id, three.id) == (first, third)
    assert kinds(one.changes) == {"ada-bo/goals.yaml": "new", "ada-bo/meetings/2026-01-12.md": "new"}
    assert kinds(three.changes) == {"ada-bo/goals.yaml": "changed", "ada-bo/meetings/2026-01-12.md": "gone"}
    assert three.changes[0].before == (one.changes[0].after,)
    assert (one.name, one.on, three.name) == (ADA[0], date(2026, 1, 2), GRACE[0])
    assert read(tmp_path, since=first) == [three]
    assert read(tmp_path, "HEAD~1") == [one]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-03-01T23:30:00-0500", date(2026, 3, 1)),
        ("2026-03-01T00:30:00+0530", date(2026, 3, 1)),
        ("2026-03-01T10:00:00-0030", date(2026, 3, 1)),
        ("2099-12-31T10:00:00+0000", date(2099, 12, 31)),
        ("@0 +0000", None),
        ("@1 -0100", date(1969, 12, 31)),
        ("@253402300800 +0000", None),
        ("@1772323200 +1400", date(2026, 3, 1)),
    ],
)
def test_the_day_is_the_one_it_was_for_the_author(tmp_path: Path, written: str, expected: date | None) -> None:
    write(tmp_path, {NOTE: "x"})
    commit(tmp_path, written)
    assert [c.on for c in read(tmp_path)] == [expected]


@pytest.mark.parametrize("name", ["<script>alert(1)", "Zoë \u202e", "-n", "O'Neill; rm -rf ~", "a" * 500])
def test_odd_authors_are_read_as_they_are(tmp_path: Path, name: str) -> None:
    write(tmp_path, {NOTE: "x"})
    commit(tmp_path, author=(name, ""))
    [one] = read(tmp_path)
    assert one.name == name.replace("<", "").replace(">", "")
    assert one.mark == mark_address("")


def test_authors_in_another_coding_do_no_harm(tmp_path: Path) -> None:
    write(tmp_path, {NOTE: "x"})
    commit(tmp_path)
    raw = f"tree {git(tmp_path, 'rev-parse', 'HEAD^{tree}')}\nauthor Zo".encode() + b"\xeb <z@x> 1 +0000\n"
    raw += b"committer A <a@x> 1 +0000\n\nm\n"
    broken = git(tmp_path, "hash-object", "-t", "commit", "-w", "--stdin", "--literally", stdin=raw)
    [one] = read(tmp_path, broken)
    assert one.name.startswith("Zo")


def test_odd_file_names_and_things_that_are_no_files(tmp_path: Path) -> None:
    odd = ["a\tb.md", 'q"uote.md', "new\nline.md", "-dash.md", "é*?[x].md", ":(top)x.md", "\x01start.md"]
    write(tmp_path, {f"{PAIR}/{name}": "x" for name in odd} | {f"{PAIR}/big.bin": bytes(range(256)) * 999})
    (tmp_path / PAIR / "link.md").symlink_to("big.bin")
    (tmp_path / PAIR / os.fsdecode(b"latin-\xe9.md")).write_text("x")
    commit(tmp_path)
    [one] = read(tmp_path)
    assert {c.path for c in one.changes} == {f"ada-bo/{name}" for name in (*odd, "big.bin")}


def test_a_file_that_moves_is_followed_and_one_that_is_copied_is_not(tmp_path: Path) -> None:
    write(tmp_path, {PLAN: "goals: [] # a plan\n", NOTE: "# One\n", f"{PAIR}/partnership.yaml": "members: []\n"})
    commit(tmp_path)
    new = "content/partnerships/ada-bo-cy"
    (tmp_path / PAIR).rename(tmp_path / new)
    write(tmp_path, {f"{new}/goals.yaml": "goals: [] # changed\n", f"{new}/files/copy.md": "# One\n"})
    commit(tmp_path, "2026-01-02T10:00:00+0000")
    (tmp_path / new / "meetings/2026-01-12.md").rename(tmp_path / new / "meetings/2026-01-13.md")
    commit(tmp_path, "2026-01-03T10:00:00+0000")
    first, second, third = read(tmp_path)
    assert kinds(second.changes) == {
        "ada-bo-cy/files/copy.md": "new",
        "ada-bo-cy/goals.yaml": "ada-bo/goals.yaml",
        "ada-bo-cy/meetings/2026-01-12.md": "ada-bo/meetings/2026-01-12.md",
        "ada-bo-cy/partnership.yaml": "ada-bo/partnership.yaml",
    }
    [plan] = [change for change in second.changes if change.path.endswith("goals.yaml")]
    assert plan.before == tuple(c.after for c in first.changes if c.path.endswith("goals.yaml"))
    assert kinds(third.changes) == {"ada-bo-cy/meetings/2026-01-13.md": "ada-bo-cy/meetings/2026-01-12.md"}


def test_of_a_merge_only_what_it_decided_itself(tmp_path: Path) -> None:
    write(tmp_path, {PLAN: "goals: [] # 1\n", NOTE: "# One\n"})
    commit(tmp_path, "2026-01-01T10:00:00+0000")
    git(tmp_path, "checkout", "--quiet", "-b", "side")
    write(tmp_path, {PLAN: "goals: [] # side\n", NOTE: "# Side\n"})
    commit(tmp_path, "2026-01-02T10:00:00+0000", GRACE)
    git(tmp_path, "checkout", "--quiet", "main")
    write(tmp_path, {PLAN: "goals: [] # main\n"})
    commit(tmp_path, "2026-01-03T10:00:00+0000")
    people = {f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    git(tmp_path, "merge", "--quiet", "--no-commit", "--strategy=ours", "side", **people)
    write(tmp_path, {PLAN: "goals: [] # both\n", NOTE: "# Side\n"})
    commit(tmp_path, "2026-01-04T10:00:00+0000")
    found = {c.on: kinds(c.changes) for c in read(tmp_path) if c.changes}
    assert found == {
        date(2026, 1, 1): {"ada-bo/goals.yaml": "new", "ada-bo/meetings/2026-01-12.md": "new"},
        date(2026, 1, 2): {"ada-bo/goals.yaml": "changed", "ada-bo/meetings/2026-01-12.md": "changed"},
        date(2026, 1, 3): {"ada-bo/goals.yaml": "changed"},
        date(2026, 1, 4): {"ada-bo/goals.yaml": "merged"},
    }


def test_a_program_in_a_folder_a_bare_one_and_a_detached_one(tmp_path: Path) -> None:
    program = tmp_path / "top" / "-our/mentoring: *é"
    write(program, {PLAN: "goals: []\n"})
    write(tmp_path / "top", {PLAN: "goals: [] # of another program\n"})
    commit(tmp_path / "top")
    [one] = read(program)
    assert kinds(one.changes) == {"ada-bo/goals.yaml": "new"}
    head = find_head(program, None)
    assert head is not None
    assert head.prefix == "-our/mentoring: *é/"
    git(tmp_path / "top", "checkout", "--quiet", "--detach")
    assert read(program) == [one]
    git(tmp_path, "clone", "--quiet", "--bare", str(tmp_path / "top"), "bare.git")
    [other] = read(tmp_path / "bare.git")
    assert (other.id, other.changes[0].path) == (one.id, "ada-bo/goals.yaml")


def test_no_repository_and_no_commit_have_no_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("PATH", "")  # outside of git no process is needed to know it
        assert find_head(tmp_path, None) is None
    git(tmp_path, "init", "--quiet")
    assert find_head(tmp_path, None) is None
    write(tmp_path, {NOTE: "x"})
    commit(tmp_path)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SourceError, match="git is not installed"):
        find_head(tmp_path, None)


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "HEAD:README.md", "a\nb"])
def test_a_revision_that_is_none_is_said(tmp_path: Path, revision: str) -> None:
    write(tmp_path, {NOTE: "x"})
    commit(tmp_path)
    with pytest.raises(SourceError):
        find_head(tmp_path, revision)


def test_a_damaged_repository_is_said(tmp_path: Path) -> None:
    write(tmp_path, {NOTE: "x"})
    commit(tmp_path)
    for objects in (tmp_path / ".git/objects").iterdir():
        shutil.rmtree(objects)
    with pytest.raises(SourceError):
        find_head(tmp_path, None)


def test_what_follows_what(tmp_path: Path) -> None:
    write(tmp_path, {NOTE: "x"})
    first, second = commit(tmp_path), commit(tmp_path)
    assert follows(tmp_path, second, first)
    assert not follows(tmp_path, first, second)
    assert not follows(tmp_path, second, "0" * 40)
    assert not follows(tmp_path, second, "--all")


def test_an_address_becomes_a_mark_that_does_not_tell_it() -> None:
    assert mark_address(" Ada@Example.org") == mark_address("ada@example.org")
    assert mark_address("77+Ada-B@users.noreply.github.com") == mark_handle("ada-b")
    assert mark_address("ada-b@users.noreply.github.com") == mark_handle("ADA-B")
    assert len({mark_address("a@x"), mark_address("b@x"), mark_address(""), mark_handle("a@x")}) == 4
    assert "ada" not in mark_address("ada@example.org")


def test_nothing_that_the_clone_names_is_run_and_nothing_in_it_changes_the_log(tmp_path: Path) -> None:
    program = tmp_path / "program"
    write(program, {PLAN: "goals: [] # 1\n", NOTE: "# One\n"})
    commit(program, "2026-01-02T10:00:00+0000")
    write(program, {PLAN: "goals: [] # 2\n"})
    commit(program, "2026-01-03T10:00:00+0000", GRACE)
    before = read(program)
    ran = lay_traps(program, tmp_path)
    assert read(program) == before
    assert follows(program, before[1].id, before[0].id)
    assert not ran.exists(), ran.read_text()
    # The traps work: an ordinary git falls into them.
    subprocess.run(["git", "-C", str(program), "diff"], capture_output=True, check=False, stdin=subprocess.DEVNULL)
    assert ran.exists()
