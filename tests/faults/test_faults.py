"""Every write of a build fails once: the site stays whole, old or new, and the next build is as one from nothing.

All writes with every kind of fault: HEADWAY_FAULTS=all, as `make kills` does; else each write with one of them.
"""

from __future__ import annotations

import contextlib
import errno
import os
import random
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from faulty_disk import KINDS, FaultyDisk, inserted
from standing_site import NOTE, TODAY, CleanBuilds, copy_afresh, edit, read_files, run_build, write_program

from git_repository import commit

ALL = os.environ.get("HEADWAY_FAULTS") == "all"
EDITS = 3
"""Different ones that `edit` knows."""


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program with a site, a spare and a cache, as the last of three builds left them."""
    program = write_program(tmp_path_factory.mktemp("standing") / "program")
    for number in (0, 1, 2):
        edit(program, number)
        assert run_build(program).exit_code == 0
    return program


@pytest.fixture(scope="module")
def clean(standing: Path, tmp_path_factory: pytest.TempPathFactory) -> CleanBuilds:
    return CleanBuilds(standing, tmp_path_factory.mktemp("clean") / "program")


def faults(numbers: Iterable[int]) -> Iterator[FaultyDisk]:
    """Yield a disk for each number of a write and each kind of fault; where not all are asked for, one a number."""
    for number in numbers:
        for at, kind in enumerate(KINDS):
            for stays in (False, True):
                if ALL or (number % len(KINDS) == at and stays == (number % 5 == 0)):
                    yield FaultyDisk(number, kind, stays=stays)


def build_faulty(program: Path, disk: FaultyDisk) -> None:
    """Build on a faulty disk: it goes on without what failed, or says so, and never calls it a fault of its own."""
    with inserted(disk):
        result = run_build(program)
    fault = result.exception
    assert fault is None or isinstance(fault, OSError | SystemExit), (disk.fails_at, disk.writes[-1], fault)
    assert result.exit_code in (0, 1), (disk.fails_at, result.output)


def assert_next_build_is_right(program: Path, wanted: dict[str, bytes], disk: FaultyDisk) -> None:
    result = run_build(program)
    assert result.exit_code == 0, (disk.fails_at, result.output)
    assert read_files(program / "site") == wanted, (disk.fails_at, disk.writes[disk.fails_at - 1])


def count_writes(program: Path) -> list[str]:
    with inserted(FaultyDisk()) as disk:
        assert run_build(program).exit_code == 0
    return disk.writes


def fail_one_after_another(program: Path, clean: CleanBuilds, disks: Iterable[FaultyDisk]) -> None:
    """Edit and build, each time on one of the disks, and then once more on a sound one."""
    for number, disk in enumerate(disks):
        edit(program, number % EDITS)
        old, new = read_files(program / "site"), clean.of(number % EDITS)
        build_faulty(program, disk)
        assert read_files(program / "site") in (old, new), (disk.fails_at, disk.writes[-1])
        assert_next_build_is_right(program, new, disk)
    edit(program, EDITS)  # a build that has nothing to do does not sweep either
    assert run_build(program).exit_code == 0
    assert {path.name for path in program.iterdir()} == {"headway.yaml", "content", "themes", "site", ".headway"}


def test_each_write_of_a_build_that_finds_a_site_may_fail(standing: Path, clean: CleanBuilds) -> None:
    writes = []
    for number in range(EDITS):
        edit(standing, number)
        writes.append(len(count_writes(standing)))
    fail_one_after_another(standing, clean, faults(range(1, max(writes) + 1)))


def test_each_write_of_a_first_build_may_fail(standing: Path, clean: CleanBuilds) -> None:
    edit(standing, 0)
    forget(standing)
    for disk in faults(range(1, len(count_writes(standing)) + 1, 1 if ALL else 11)):
        forget(standing)
        build_faulty(standing, disk)
        assert not (standing / "site").exists() or read_files(standing / "site") == clean.of(0)
        assert_next_build_is_right(standing, clean.of(0), disk)


def forget(program: Path) -> None:
    for name in ("site", ".headway"):
        shutil.rmtree(program / name, ignore_errors=True)


def test_where_folders_cannot_be_exchanged_each_write_of_the_swap_may_fail(
    standing: Path, clean: CleanBuilds, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is a moment without a site then; a fault in it puts the old one back."""
    edit(standing, 1)
    swap = count_writes(standing).index("exchange") + 1
    monkeypatch.setattr("headway.output.folder._exchange", lambda one, other: False)
    fail_one_after_another(standing, clean, faults(range(swap - 4, swap + 16)))


@pytest.mark.parametrize("seed", range(40 if ALL else 8))
def test_a_cache_with_flipped_bits_or_cut_off_is_not_believed(standing: Path, clean: CleanBuilds, seed: int) -> None:
    chance = random.Random(seed)
    for store in sorted((standing / ".headway").glob("*.db")):
        data = bytearray(store.read_bytes())
        for _ in range(chance.choice((1, 1, 8, 400))):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        store.write_bytes(data[: chance.choice((len(data), len(data), chance.randrange(len(data))))])
    for number in (seed, seed + 1):
        edit(standing, number % EDITS)
        assert run_build(standing).exit_code == 0
        assert read_files(standing / "site") == clean.of(number % EDITS)


COLUMNS = {
    "entry": ("name", "key", "since", "until", "body", "outline", "files", "seal"),
    "summary": ("name", "text"),
    "behind": ("path", "part", "digest"),
    "sites": ("standing", "spare", "seal"),
    "standing": ("said", "seal"),
    "reading": ("text", "seal"),
    "notes": ("name", "packed", "seal"),
}


@pytest.mark.parametrize(("table", "column"), [(table, one) for table, columns in COLUMNS.items() for one in columns])
@pytest.mark.parametrize("value", [None, b"\xff"], ids=["nothing", "bytes"])
def test_what_is_no_text_in_the_cache_is_not_believed(
    standing: Path, clean: CleanBuilds, table: str, column: str, value: bytes | None
) -> None:
    for number in (0, 1, 0):  # sites that differ: then there is something to say of the spare
        edit(standing, number)
        assert run_build(standing).exit_code == 0
    [cache] = (path for path in (standing / ".headway").glob("*.db") if path.name not in ("history.db", "notes.db"))
    store = standing / ".headway/notes.db" if table == "notes" else cache
    with contextlib.closing(sqlite3.connect(store)) as database, database:
        row = f"rowid = (SELECT rowid FROM {table} LIMIT 1)"
        assert database.execute(f"UPDATE {table} SET {column} = ? WHERE {row}", (value,)).rowcount == 1
    for number in (0, 1):
        edit(standing, number)
        assert run_build(standing).exit_code == 0
        assert read_files(standing / "site") == clean.of(number)


GARBAGE = {
    "nothing": b"",
    "text": b"not a database\n" * 400,
    "a header and nothing more": b"SQLite format 3\0",
    "a header and noise": b"SQLite format 3\0" + random.Random(1).randbytes(8192),
    "a folder": None,
}


@pytest.mark.parametrize("garbage", GARBAGE)
@pytest.mark.parametrize("stores", ["*.db", "history.db"])
def test_garbage_in_the_place_of_a_store_is_passed_over(
    standing: Path, clean: CleanBuilds, garbage: str, stores: str
) -> None:
    content = GARBAGE[garbage]
    commit(standing)
    assert run_build(standing).exit_code == 0
    found = sorted((standing / ".headway").glob(stores))
    assert found
    for store in found:
        store.unlink()
        if content is None:
            store.mkdir()
        else:
            store.write_bytes(content)
    edit(standing, 1)
    try:
        assert run_build(standing).exit_code == 0
        copy = copy_afresh(standing, clean.place, "site", ".headway")
        assert run_build(copy).exit_code == 0
        assert read_files(standing / "site") == read_files(copy / "site")
    finally:
        shutil.rmtree(standing / ".git")
        shutil.rmtree(standing / ".headway")


def test_a_store_with_the_tables_of_another_version_is_passed_over(standing: Path, clean: CleanBuilds) -> None:
    for store in sorted((standing / ".headway").glob("*.db")):
        store.unlink()
        with sqlite3.connect(store) as database:
            for table in ("entry", "behind", "standing", "record", "reading", "notes"):
                database.execute(f"CREATE TABLE {table} (id INTEGER, what BLOB)")
                database.execute(f"INSERT INTO {table} VALUES (1, x'00')")
        database.close()
    edit(standing, 2)
    for _ in range(2):
        assert run_build(standing).exit_code == 0
        assert read_files(standing / "site") == clean.of(2)


def test_a_store_that_somebody_holds_locked_keeps_no_build_waiting_for_ever(
    standing: Path, clean: CleanBuilds, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path, timeout=5.0, **more: connect(path, timeout=0.01, **more))
    stores = [path for path in (standing / ".headway").glob("*.db") if path.name != "history.db"]
    assert len(stores) == 2
    holders = [sqlite3.connect(store, isolation_level=None) for store in stores]
    for holder in holders:
        holder.execute("BEGIN EXCLUSIVE")
    edit(standing, 0)
    assert run_build(standing).exit_code == 0
    for holder in holders:
        holder.execute("ROLLBACK")
        holder.close()
    assert read_files(standing / "site") == clean.of(0)
    assert_next_build_is_right(standing, clean.of(0), FaultyDisk(1))


def test_a_clock_that_jumps_gives_each_day_its_own_site(standing: Path, clean: CleanBuilds) -> None:
    """Forth, back behind the start and a century on, with files dated in the future: each build is one of its day."""
    chance = random.Random(3)
    edit(standing, 1)
    for today in ("2026-03-20", "2025-12-01", "2126-01-01", "1970-01-02", TODAY, "2026-03-02", "2026-02-28"):
        for path in standing.rglob("*"):
            if path.is_file():
                at = chance.choice((0, 1, 4102444800, 1767225600))
                os.utime(path, (at, at))
        assert run_build(standing, today).exit_code == 0
        assert read_files(standing / "site") == clean.of(1, today)


def test_an_unreadable_file_stops_the_build_and_nothing_else(
    standing: Path, clean: CleanBuilds, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may read everything, so the opening itself is made to fail."""
    old, really_open = read_files(standing / "site"), os.open
    for place in (NOTE, "headway.yaml", "content/people/ada.yaml", "content/partnerships/ada-grace/goals.yaml"):
        edit(standing, 2)

        def refuse(name: Any, *given: Any, closed: str = Path(place).name, **named: Any) -> int:
            if str(name).endswith(closed):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), name)
            return really_open(name, *given, **named)

        with monkeypatch.context() as patch:
            patch.setattr(os, "open", refuse)
            result = run_build(standing)
        assert (result.exit_code, "HW007" in result.output) == (1, True), result.output
        assert read_files(standing / "site") == old
    assert_next_build_is_right(standing, clean.of(2), FaultyDisk(1))
