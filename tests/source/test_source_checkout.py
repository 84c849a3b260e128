"""What git knows of a working folder: it may spare the reading, and never says what the bytes would not."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import headway.source.folder
from headway.source.checkout import Checkout, read_checkout
from headway.source.folder import read_folder
from headway.source.snapshot import Snapshot, UnlistedFolder

Write = Callable[[str], Path]

SMALL = """\
--- headway.yaml
program: P
--- content/people/ada.yaml
name: Ada
--- content/partnerships/ada-bo/partnership.yaml
members: [{person: ada, role: mentee}]
--- content/partnerships/ada-bo/meetings/2026-01-12.md
# First
--- content/partnerships/cy dee/partnership.yaml
members: []
--- content/partnerships/eve-flo/partnership.yaml
members: [{person: ada, role: mentor}]
--- content/partnerships/eve-flo/files/plan.txt
x
"""
ADA_BO, EVE_FLO = "content/partnerships/ada-bo", "content/partnerships/eve-flo"
NOTE = f"{ADA_BO}/meetings/2026-01-12.md"


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "protocol.file.allow=always")
    subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def program(write_program: Write) -> Path:
    root = write_program(SMALL)
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=One")
    return root


def unlisted(root: Path) -> list[str]:
    return [folder.path for folder in read_folder(root).partnerships if isinstance(folder, UnlistedFolder)]


def contents(snapshot: Snapshot) -> object:
    """Return all that a snapshot says of the files; how partnerships' digests were come by is no part of it."""
    around = (snapshot.people, snapshot.pages, snapshot.themes)
    partnerships = {folder.path: dict(folder.files) for folder in snapshot.partnerships}
    return around, partnerships, snapshot.all_problems(), snapshot.settings_digest


def test_a_clean_checkout_is_not_read(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    whole = headway.source.folder.FolderReader.read
    monkeypatch.setattr(
        headway.source.folder.FolderReader, "read", lambda self, path: (read.append(path), whole(self, path))[1]
    )
    assert unlisted(program) == [ADA_BO, EVE_FLO]
    assert read == []


def test_a_clone_has_the_same_digests(program: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", str(program), "clone")
    assert read_checkout(tmp_path / "clone") == read_checkout(program)
    assert read_checkout(program).digest
    assert read_folder(tmp_path / "clone").digest == read_folder(program).digest


def edit(root: Path) -> None:
    (root / NOTE).write_text("# Later\n")


def edit_unseen(root: Path) -> None:
    """Change the bytes, not the size, and set the time back."""
    status = (root / NOTE).stat()
    (root / NOTE).write_text("# Lirst\n")
    os.utime(root / NOTE, ns=(status.st_atime_ns, status.st_mtime_ns))


def stage(root: Path) -> None:
    edit(root)
    git(root, "add", NOTE)
    (root / NOTE).write_text("# Latest\n")


def hide(root: Path) -> None:
    git(root, "update-index", "--assume-unchanged", NOTE)
    edit(root)


def skip(root: Path) -> None:
    git(root, "update-index", "--skip-worktree", NOTE)
    (root / NOTE).unlink()


def ignore(root: Path) -> None:
    (root / ".gitignore").write_text("*.md\n")
    (root / ADA_BO / "meetings/2026-02-12.md").write_text("# Second\n")


def add_with_a_tab(root: Path) -> None:
    (root / ADA_BO / "meetings/a\tb.md").write_text("# Third\n")


def link(root: Path) -> None:
    (root / ADA_BO / "logbook.md").symlink_to("meetings/2026-01-12.md")


def link_and_commit(root: Path) -> None:
    link(root)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=Two")


def nest(root: Path) -> None:
    (root / ADA_BO / "files").mkdir()
    git(root / ADA_BO / "files", "init", "--quiet")


def nest_and_commit(root: Path) -> None:
    git(root, "submodule", "add", "--quiet", str(root), f"{ADA_BO}/files")


def delete(root: Path) -> None:
    (root / NOTE).unlink()


def rename(root: Path) -> None:
    (root / NOTE).rename((root / NOTE).with_name("2026-01-13.md"))


def replace_by_link(root: Path) -> None:
    (root / ADA_BO).rename(root / "away")
    (root / ADA_BO).symlink_to(root / "away")


def conflict(root: Path) -> None:
    git(root, "checkout", "--quiet", "-b", "other")
    (root / NOTE).write_text("# Theirs\n")
    git(root, "commit", "--quiet", "--all", "--message=Theirs")
    git(root, "checkout", "--quiet", "-")
    (root / NOTE).write_text("# Ours\n")
    git(root, "commit", "--quiet", "--all", "--message=Ours")
    with pytest.raises(subprocess.CalledProcessError):
        git(root, "merge", "other")


CHANGES = (
    edit, edit_unseen, stage, hide, skip, ignore, add_with_a_tab, link, link_and_commit, nest, nest_and_commit, delete,
    rename, replace_by_link, conflict,
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_is_not_as_git_has_it_is_read(
    program: Path, change: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    change(program)
    assert read_checkout(program).digest == ""
    assert unlisted(program) == [EVE_FLO]
    with_git = contents(read_folder(program))
    monkeypatch.setattr(headway.source.folder, "read_checkout", lambda root: Checkout())
    assert contents(read_folder(program)) == with_git


def test_a_program_in_a_folder_of_a_repository(tmp_path: Path, write_program: Write) -> None:
    write_program(SMALL, tmp_path / "whole/mentoring")  # type: ignore[call-arg]
    git(tmp_path / "whole", "init", "--quiet")
    git(tmp_path / "whole", "add", "--all")
    assert sorted(read_checkout(tmp_path / "whole/mentoring").partnerships) == [ADA_BO, EVE_FLO]


@pytest.mark.parametrize("place", [".gitattributes", "content/.gitattributes", ".git/info/attributes"])
def test_nothing_is_known_where_files_are_converted(program: Path, place: str) -> None:
    (program / place).parent.mkdir(exist_ok=True)
    (program / place).write_text("*.png binary\n")
    assert unlisted(program)
    (program / place).write_text("*.md text eol=crlf\n")
    assert unlisted(program) == []


def test_line_ends_that_git_would_forgive_are_seen(program: Path) -> None:
    git(program, "config", "core.autocrlf", "true")
    (program / NOTE).write_bytes(b"# First\r\n")
    assert unlisted(program) == [EVE_FLO]


@pytest.mark.parametrize("place", [f"{ADA_BO}/.gitattributes", ".git/info/attributes"])
def test_no_command_of_the_clone_is_run(program: Path, tmp_path: Path, place: str) -> None:
    (program / place).write_text("* filter=evil\n")
    for name in ("filter.evil.clean", "filter.evil.process", "core.fsmonitor", "core.sshCommand", "core.pager"):
        git(program, "config", name, f"touch {tmp_path}/ran-{name}; cat")
    edit_unseen(program)
    read_folder(program)
    assert list(tmp_path.glob("ran-*")) == []


def test_settings_that_lead_git_to_other_files_are_not_followed(program: Path, tmp_path: Path) -> None:
    shutil.copytree(program, tmp_path / "other", ignore=shutil.ignore_patterns(".git"))
    git(program, "config", "core.worktree", str(tmp_path / "other"))
    edit(program)
    assert len(read_folder(program).partnerships) == 2
    assert unlisted(program) == []


def test_outside_of_a_repository_the_bytes_decide(write_program: Write) -> None:
    assert read_checkout(write_program(SMALL)) == Checkout()
