"""Every write of a build fails once: the site stays whole, old or new, and the next build is as one from nothing.

All writes with every kind of fault: HEADWAY_FAULTS=all, as `make kills` does; else each write with one of them.
"""

from __future__ import annotations

import errno
import os
import random
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from faulty_disk import KINDS, FaultyDisk, inserted
from standing_site import CleanBuilds, copy_afresh, edit, read_files, run_build, write_program

ALL = os.environ.get("HEADWAY_FAULTS") == "all"
SAID = re.compile(r"headway: the system says: |Built \d+ pages")


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program with a site, a spare and a cache, as the last of three builds left them; then it was edited."""
    program = write_program(tmp_path_factory.mktemp("standing") / "program")
    for number in (0, 1, 2):
        edit(program, number)
        assert run_build(program).exit_code == 0
    edit(program, 3)
    return program


@pytest.fixture(scope="module")
def clean(standing: Path, tmp_path_factory: pytest.TempPathFactory) -> CleanBuilds:
    return CleanBuilds(standing, tmp_path_factory.mktemp("clean") / "program")


def faults(writes: int) -> Iterator[FaultyDisk]:
    """Yield a disk for each write and each kind of fault, or, where not all are asked for, for each write."""
    for number in range(1, writes + 1):
        for at, kind in enumerate(KINDS):
            for stays in (False, True):
                if ALL or (number % len(KINDS) == at and (not stays or number % 5 == 0)):
                    yield FaultyDisk(number, kind, stays=stays)


def build_faulty(program: Path, disk: FaultyDisk) -> None:
    """Build on a faulty disk: it goes on without what failed, or says so, and never calls it a fault of its own."""
    with inserted(disk):
        result = run_build(program)
    fault = result.exception
    assert fault is None or isinstance(fault, OSError | SystemExit), (disk.fails_at, disk.writes[-1], fault)
    assert result.exit_code in (0, 1), (disk.fails_at, result.output)


def assert_next_builds_are_right(program: Path, clean: CleanBuilds, disk: FaultyDisk) -> None:
    for number in (3, 4):
        edit(program, number)
        result = run_build(program)
        assert result.exit_code == 0, (disk.fails_at, result.output)
        assert read_files(program / "site") == clean.of(number), (disk.fails_at, disk.writes[disk.fails_at - 1])
    left = {path.name for path in program.iterdir()}
    assert left == {"headway.yaml", "content", "themes", "site", ".headway"}


def count_writes(program: Path) -> int:
    with inserted(FaultyDisk()) as disk:
        assert run_build(program).exit_code == 0
    return len(disk.writes)


def test_each_write_of_a_build_that_finds_a_site_may_fail(
    standing: Path, clean: CleanBuilds, tmp_path: Path
) -> None:
    old, new = read_files(standing / "site"), clean.of(3)
    for disk in faults(count_writes(copy_afresh(standing, tmp_path / "program"))):
        program = copy_afresh(standing, tmp_path / "program")
        build_faulty(program, disk)
        assert read_files(program / "site") in (old, new), (disk.fails_at, disk.writes[disk.fails_at - 1])
        assert_next_builds_are_right(program, clean, disk)


def test_each_write_of_a_first_build_may_fail(standing: Path, clean: CleanBuilds, tmp_path: Path) -> None:
    place, kept = tmp_path / "program", ("site", ".headway")
    new = clean.of(3)
    for disk in faults(count_writes(copy_afresh(standing, place, *kept))):
        if not ALL and disk.fails_at % 7:
            continue
        program = copy_afresh(standing, place, *kept)
        build_faulty(program, disk)
        assert not (program / "site").exists() or read_files(program / "site") == new
        assert_next_builds_are_right(program, clean, disk)


def test_without_an_exchange_of_folders_each_write_may_fail(
    standing: Path, clean: CleanBuilds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system has no exchange, there is a moment without a site, and never one without both."""
    monkeypatch.setattr("headway.output.folder._exchange", lambda one, other: False)
    old, new = read_files(standing / "site"), clean.of(3)
    writes = count_writes(copy_afresh(standing, tmp_path / "program"))
    for number in range(writes - 45, writes + 1):
        disk = FaultyDisk(number, KINDS[number % len(KINDS)])
        program = copy_afresh(standing, tmp_path / "program")
        build_faulty(program, disk)
        assert read_files(program / "site") in (old, new), (disk.fails_at, disk.writes[disk.fails_at - 1])
        assert_next_builds_are_right(program, clean, disk)
