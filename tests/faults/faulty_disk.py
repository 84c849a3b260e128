"""A disk that fails: at one write of a build, or from one write on, as a full one does."""

from __future__ import annotations

import builtins
import errno
import io
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from headway.output import folder

SYSTEM_CALLS = ("mkdir", "link", "rename", "replace", "unlink", "rmdir", "symlink")
FREEING = ("unlink", "rmdir", "rename", "exchange")
"""What works on a full disk."""
KINDS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS)


class FaultyDisk:
    """Counts what a build writes; the ``fails_at``-th of it fails with ``fault``, and what follows if it ``stays``."""

    def __init__(self, fails_at: int = 0, fault: int = errno.EIO, *, stays: bool = False) -> None:
        self.fails_at, self.fault, self.stays = fails_at, fault, stays
        self.writes: list[str] = []

    def fails(self, what: str) -> bool:
        self.writes.append(what)
        now = len(self.writes)
        return now == self.fails_at or (self.stays and now > self.fails_at > 0 and what not in FREEING)

    def check(self, what: str) -> None:
        if self.fails(what):
            raise OSError(self.fault, os.strerror(self.fault), what)


class FaultyFile:
    """A file that is being written; where the disk fails, half of what was to be written stands in it."""

    def __init__(self, file: Any, disk: FaultyDisk) -> None:
        self._file, self._disk = file, disk

    def write(self, content: Any) -> int:
        if self._disk.fails("write"):
            self._file.write(content[: len(content) // 2])
            raise OSError(self._disk.fault, os.strerror(self._disk.fault))
        return int(self._file.write(content))

    def __enter__(self) -> FaultyFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def faulty_database(disk: FaultyDisk) -> type[sqlite3.Connection]:
    def check() -> None:
        if disk.fails("database"):
            raise sqlite3.OperationalError("database or disk is full")

    class FaultyConnection(sqlite3.Connection):
        def execute(self, sql: str, *given: Any) -> sqlite3.Cursor:
            if not sql.startswith("SELECT"):
                check()
            return super().execute(sql, *given)

        def executemany(self, *given: Any) -> sqlite3.Cursor:
            check()
            return super().executemany(*given)

        def executescript(self, *given: Any) -> sqlite3.Cursor:
            check()
            return super().executescript(*given)

        def __exit__(self, *given: Any) -> Any:
            check()
            return super().__exit__(*given)

    return FaultyConnection


@contextmanager
def inserted(disk: FaultyDisk) -> Iterator[FaultyDisk]:
    """Let everything that is written go through the faulty disk."""

    def checked(what: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def do(*given: Any, **named: Any) -> Any:
            disk.check(what)
            return call(*given, **named)

        return do

    really_open, connect, exchange = io.open, sqlite3.connect, folder._exchange

    def open_checked(file: Any, mode: str = "r", *given: Any, **named: Any) -> Any:
        if not set(mode) & set("wxa+"):
            return really_open(file, mode, *given, **named)
        disk.check("open")
        return FaultyFile(really_open(file, mode, *given, **named), disk)

    with pytest.MonkeyPatch.context() as patch:
        for name in SYSTEM_CALLS:
            patch.setattr(os, name, checked(name, getattr(os, name)))
        patch.setattr(io, "open", open_checked)
        patch.setattr(builtins, "open", open_checked)
        patch.setattr(folder, "_exchange", checked("exchange", exchange))
        patch.setattr(sqlite3, "connect", lambda *a, **k: connect(*a, **k, factory=faulty_database(disk)))
        yield disk
