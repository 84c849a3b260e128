"""Files are written whole or not at all, only inside the program, and never over somebody else's change."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from headway.writing.changes import Change, RefusedError
from headway.writing.files import write_changes


def test_a_change_keeps_the_files_mode_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"old")
    (tmp_path / "a.md").chmod(0o640)
    write_changes(tmp_path, [Change("a.md", b"old", b"new"), Change("x/y/z.md", None, b"there")])
    assert (tmp_path / "a.md").read_bytes() == b"new"
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.md", "x", "y", "z.md"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (Change("a.md", b"older", b"new"), "was changed by somebody else"),
        (Change("a.md", None, b"new"), "is there already"),
        (Change("gone.md", b"old", b"new"), "was changed by somebody else"),
        (Change("link.md", None, b"new"), "is a link"),
        (Change("folder/b.md", None, b"new"), "folder is a link"),
        (Change("a.md/b.md", None, b"new"), "a.md is a link or no folder"),
        (Change("../b.md", None, b"new"), "is no name for a file"),
        (Change("/etc/b.md", None, b"new"), "is no name for a file"),
        (Change("pipe.md", None, b"new"), "is not a plain file"),
    ],
    ids=lambda value: value.path if isinstance(value, Change) else "",
)
def test_what_is_refused_leaves_all_as_it_was(tmp_path: Path, change: Change, says: str) -> None:
    program = tmp_path / "program"
    program.mkdir()
    (program / "a.md").write_bytes(b"old")
    (program / "link.md").symlink_to(tmp_path / "outside.md")
    (tmp_path / "outside").mkdir()
    (program / "folder").symlink_to(tmp_path / "outside")
    os.mkfifo(program / "pipe.md")
    with pytest.raises(RefusedError, match=says):
        write_changes(program, [Change("first.md", None, b"first"), change])
    assert (program / "a.md").read_bytes() == b"old"
    assert not (program / "first.md").exists(), "all are looked at before one is written"
    assert not (tmp_path / "outside.md").exists()
    assert not list((tmp_path / "outside").iterdir())
