"""Clones of every odd kind, through the commands: a site or a sentence, and nothing of the clone is run or changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hostile_program import run
from outputs import faults_of_outputs

from git_repository import commit, git, lay_traps, write
from headway.source.snapshot import SourceError

Pair = Callable[..., Path]
NOTE = "content/partnerships/ada-grace/meetings/2026-02-02.md"


@pytest.fixture
def origin(pair: Pair) -> Path:
    """A program with two commits."""
    program = pair({NOTE: b"# First\n"})
    commit(program, "2026-02-02T10:00:00+0000")
    write(program, {NOTE: "# Second\n"})
    commit(program, "2026-02-03T10:00:00+0000")
    return program


def shallow(origin: Path, place: Path) -> None:
    git(place.parent, "clone", "--quiet", "--depth=1", f"file://{origin}", place.name)


def empty(origin: Path, place: Path) -> None:
    shutil.copytree(origin, place, ignore=shutil.ignore_patterns(".git"))
    git(place, "init", "--quiet")


def detached(origin: Path, place: Path) -> None:
    git(place.parent, "clone", "--quiet", str(origin), place.name)
    git(place, "checkout", "--quiet", "--detach", "HEAD~1")


def with_submodules(origin: Path, place: Path) -> None:
    """One that is checked out inside a partnership, one that is not, and a module that says it lies elsewhere."""
    git(place.parent, "clone", "--quiet", str(origin), place.name)
    files = "content/partnerships/ada-grace/files"
    for name in ("there", "absent"):
        git(place, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(origin), f"{files}/{name}")
    write(place, {".gitmodules": (place / ".gitmodules").read_text() + '[submodule "../../x"]\n\tpath = ../../x\n'})
    commit(place, "2026-02-04T10:00:00+0000")
    shutil.rmtree(place / files / "absent")


def with_quotes_in_names(origin: Path, place: Path) -> None:
    git(place.parent, "clone", "--quiet", str(origin), place.name)
    names = ("a \"b\" 'c'.md", "`d` $(e).md", "--upload-pack=f.md", "é\\n.md", "*?[.md", "{a,b}.md", ";touch ran.md")
    write(place, {f"content/partnerships/ada-grace/meetings/2026-03-0{n}{name}": "x\n" for n, name in enumerate(names)})
    commit(place, "2026-02-04T10:00:00+0000")


def with_author_script(origin: Path, place: Path) -> None:
    git(place.parent, "clone", "--quiet", str(origin), place.name)
    for name in ("<script>alert(1)</script>", '" onmouseover="alert(1)', "a\tb\u202ec", "{{ 777*777 }}"):
        write(place, {NOTE: f"# {name!r}\n"})
        commit(place, "2026-02-05T10:00:00+0000", (name.replace("<", "").replace(">", "") + "<", "x@y"))
        raw = git(place, "cat-file", "commit", "HEAD").replace("script", "<script>", 1)
        hash_commit(place, raw)


def hash_commit(place: Path, raw: str) -> None:
    """Let the branch end with a commit of any text, which git itself would not make."""
    made = git(place, "hash-object", "-t", "commit", "-w", "--literally", "--stdin", stdin=f"{raw}\n".encode())
    git(place, "update-ref", "HEAD", made)


def with_dates_in_1970_and_2099(origin: Path, place: Path) -> None:
    git(place.parent, "clone", "--quiet", str(origin), place.name)
    for number, day in enumerate(("1970-01-01T00:00:00+0000", "2099-12-31T23:59:59+1400", "1970-01-01T00:00:01-1200")):
        write(place, {NOTE: f"# {number}\n"})
        commit(place, day, committed=day)
    for stamp in ("99999999999999999 +9999", "0 -9999", "-1 +0000", "x"):
        raw = git(place, "cat-file", "commit", "HEAD").split("\n")
        raw = [f"author A <a@b> {stamp}" if line.startswith("author ") else line for line in raw]
        hash_commit(place, "\n".join(raw))


def with_hooks_fsmonitor_textconv_and_filters(origin: Path, place: Path) -> None:
    git(place.parent, "clone", "--quiet", str(origin), place.name)
    lay_traps(place, place.parent)


KINDS = (
    shallow, empty, detached, with_submodules, with_quotes_in_names, with_author_script, with_dates_in_1970_and_2099,
    with_hooks_fsmonitor_textconv_and_filters,
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_git(origin: Path, tmp_path: Path, kind: Callable[[Path, Path], None]) -> None:
    clone = tmp_path / "clone"
    kind(origin, clone)
    before = {path: path.read_bytes() for path in (clone / ".git").rglob("*") if path.is_file()}
    for command in (["build", "--jobs", "1"], ["check"], ["status"], ["export"], ["audit"]):
        result = run("-C", clone, *command)
        assert result.exit_code in (0, 1), (command, result.output)
        assert "777*777" in result.output or "603729" not in result.output
        assert not {*"\x1b\x07\u202e"} & set(result.output)
    if kind is not with_quotes_in_names:  # some of them are refused
        assert "Ada Byron" in (clone / "site/people/ada/index.html").read_text(encoding="utf-8")
        assert faults_of_outputs(clone / "site") == {}
    with suppress(SourceError):  # which the command tells as a sentence
        assert run("-C", clone, "build", "--rev", "HEAD", "--jobs", "1").exit_code in (0, 1)
    assert {path: path.read_bytes() for path in (clone / ".git").rglob("*") if path.is_file()} == before
    assert not [*clone.glob("ran*"), *tmp_path.glob("ran*")]
    assert not (tmp_path.parent / "x").exists()
