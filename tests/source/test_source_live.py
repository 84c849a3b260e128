"""A folder that is looked at again and again: what changed, and always the snapshot that a fresh reading gives."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from headway.source.folder import read_folder
from headway.source.live import SHARED, LiveFolder, area_of
from headway.source.snapshot import Snapshot

PROGRAM = """\
--- headway.yaml
program: P
--- content/people/ada.yaml
name: Ada
--- content/partnerships/ada-grace/partnership.yaml
members: [{person: ada, role: member}]
--- content/partnerships/ada-grace/meetings/2026-02-16.md
Hello
--- content/partnerships/other/partnership.yaml
members: [{person: ada, role: member}]
"""
PAIR = "content/partnerships/ada-grace"
NOTE = f"{PAIR}/meetings/2026-02-16.md"

Write = Callable[[str], Path]


def same(one: Snapshot, other: Snapshot) -> bool:
    """Whether two snapshots say the same; by which reader does not count."""
    fields = ("settings", "people", "partnerships", "pages", "themes", "problems", "settings_digest")
    return all(getattr(one, name) == getattr(other, name) for name in fields)


@pytest.mark.parametrize(
    ("path", "area"),
    [
        ("headway.yaml", "headway.yaml"),
        ("themes/own/theme.yaml", "themes"),
        ("content/people/ada.yaml", "content/people"),
        (NOTE, PAIR),
        (f"{PAIR}/goals.yaml", PAIR),
        ("content/partnerships/loose.md", "content/partnerships"),
        ("content/loose.md", "content"),
    ],
)
def test_each_path_has_its_area(path: str, area: str) -> None:
    assert area_of(path) == area


def test_only_what_is_another_file_has_changed(write_program: Write) -> None:
    root = write_program(PROGRAM)
    folder = LiveFolder(root)
    assert NOTE in folder.look().changed
    assert folder.look().changed == ()
    os.utime(root / NOTE, ns=(1, 1))
    assert folder.look().changed == (), "the times are others, the bytes are not"
    (root / NOTE).write_text("Hello!\n")
    look = folder.look((*SHARED, "content/partnerships/other"))
    assert look.changed == (), "nobody asked about that area"
    assert folder.look((*SHARED, PAIR)).changed == (NOTE,)


def test_a_named_file_is_read_whatever_its_times_say(write_program: Write) -> None:
    root = write_program(PROGRAM)
    folder = LiveFolder(root)
    folder.look()
    status = (root / NOTE).stat()
    (root / NOTE).write_text("hELLO\n")
    os.utime(root / NOTE, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert folder.look([PAIR], {NOTE}).changed == (NOTE,)


def test_what_vanished_or_became_empty_may_come_back(write_program: Write) -> None:
    root = write_program(PROGRAM)
    folder = LiveFolder(root)
    assert not folder.look().is_unsettled
    (root / NOTE).write_text("")
    assert folder.look().is_unsettled
    (root / NOTE).write_text("Hello\n")
    assert not folder.look().is_unsettled
    (root / NOTE).unlink()
    assert folder.look().is_unsettled


def test_editors_scratch_is_no_change(write_program: Write) -> None:
    root = write_program(PROGRAM)
    folder = LiveFolder(root)
    folder.look()
    names = (".2026-02-16.md.swp", "4913", "2026-02-16.md~", "#2026-02-16.md#", "2026-02-16.md___jb_tmp___")
    for name in names:
        (root / NOTE).with_name(name).write_text("scratch")
    assert folder.look().changed == ()


def test_bytes_that_are_not_those_of_the_look_are_refused(write_program: Write) -> None:
    root = write_program(PROGRAM)
    folder = LiveFolder(root)
    snapshot = folder.look().snapshot
    (root / NOTE).write_text("Something else\n")
    with pytest.raises(OSError, match="has changed since"):
        snapshot.read(NOTE)
    assert folder.look().snapshot.read(NOTE) == b"Something else\n"


@pytest.mark.parametrize("seed", range(6))
def test_any_edits_give_what_a_fresh_reading_gives(seed: int, write_program: Write, tmp_path: Path) -> None:
    root = write_program(PROGRAM)
    folder, chance = LiveFolder(root), random.Random(seed)
    for _ in range(60):
        edit_something(root, chance, tmp_path)
        areas = chance.choice((None, None, (*SHARED, PAIR), (*SHARED, "content/partnerships/other")))
        folder.look(areas)
        if chance.random() < 0.3:
            assert same(folder.look().snapshot, read_folder(root))
    assert same(folder.look().snapshot, read_folder(root))


def edit_something(root: Path, chance: random.Random, beside: Path) -> None:
    """Write, rename, delete or replace something in a program, as people, editors and git do."""
    paths = ("headway.yaml", "content/people/ada.yaml", NOTE, f"{PAIR}/goals.yaml", f"{PAIR}/meetings/a.md")
    paths += ("content/partnerships/Other/partnership.yaml", "content/people/bob.yml", "themes/own/theme.yaml")
    paths += ("content/pages/about.md", "content/partnerships/new/meetings/2026-01-01.md", "content/loose.txt")
    path = root / chance.choice(paths)
    what = chance.randrange(6)
    if what == 0 and path.exists():
        path.unlink()
    elif what == 1 and path.parent.exists() and path.parent != root:
        shutil.rmtree(path.parent)
    elif what == 2 and path.parent.is_dir() and not path.exists():
        path.symlink_to(root / "headway.yaml")
    elif what == 3 and path.parent.is_dir():
        (beside / "fresh").write_text(f"name: {chance.random()}\n")
        (beside / "fresh").replace(path)
    else:
        if path.is_symlink():
            path.unlink()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(chance.choice(("", f"name: {chance.random()}\n", "x: [\n")))
