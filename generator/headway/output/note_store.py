"""The store of notes: what each partnership's notes said, packed, so that a build reads only those that changed.

One SQLite file beside the caches, for all of a program's sites, written while a build goes on: what is in it holds
whether or not the build ends well. It can be deleted or damaged at any time; what is not whole is not used.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterable
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

Answer = TypeVar("Answer")

_SCHEMA = "CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, packed BLOB, seal TEXT)"
_TOGETHER = 64
"""How many partnerships are written at once: a build beside this one waits no longer for its turn."""


_PASSING = (
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY),
    *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR),
)
"""Errors that spoil nothing: another build is at work, or this is no place to write. Any other means damage."""


class NoteStore:
    """What partnerships' notes said, by the partnerships' names. Without ``keeps`` it is always empty.

    Neither reading nor writing raises: where the file is damaged or another build has it, it is let alone.
    """

    def __init__(self, path: Path, *, keeps: bool = True) -> None:
        self._path, self._keeps = path, keeps
        self._waiting = 0

    def read(self, name: str) -> bytes:
        """Return what was kept of a partnership, b"" where there is nothing."""
        if not self._path.is_file():
            return b""
        rows = (
            self._try(lambda file: list(file.execute("SELECT packed, seal FROM notes WHERE name = ?", (name,)))) or ()
        )
        return next((packed for packed, seal in rows if isinstance(packed, bytes) and _seal(name, packed) == seal), b"")

    def keep(self, name: str, packed: bytes) -> None:
        """Keep this of a partnership, in the place of what was there."""
        row = (name, packed, _seal(name, packed))
        self._try(lambda file: file.execute("INSERT OR REPLACE INTO notes VALUES (?, ?, ?)", row))
        self._waiting += 1
        if self._waiting >= _TOGETHER:
            self._settle()

    def forget(self, names: Iterable[str]) -> None:
        """Keep nothing of these any more."""
        gone = [(name,) for name in names]
        if gone:
            self._try(lambda file: file.executemany("DELETE FROM notes WHERE name = ?", gone))

    def close(self) -> None:
        """Write what is still to be written, and let go of the file."""
        if "_file" in self.__dict__:
            self._settle()
        self._let_go()

    def _let_go(self) -> None:
        if "_file" in self.__dict__:
            self._file.close()
            del self._file

    def _settle(self) -> None:
        self._waiting = 0
        self._try(lambda file: file.commit())

    @cached_property
    def _file(self) -> sqlite3.Connection:
        make_folder(self._path.parent)
        file = sqlite3.connect(self._path, timeout=1)
        file.execute("PRAGMA synchronous = OFF")  # the seals tell what was written by halves
        file.execute(_SCHEMA)
        return file

    def _try(self, ask: Callable[[sqlite3.Connection], Answer]) -> Answer | None:
        if not self._keeps:
            return None
        try:
            return ask(self._file)
        except (sqlite3.Error, OSError) as error:
            self._keeps = False
            self._let_go()
            if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF not in _PASSING:
                with contextlib.suppress(OSError):
                    self._path.unlink(missing_ok=True)
            return None


def make_folder(folder: Path) -> None:
    """Make the folder of a program's caches, which git does not see."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".gitignore").write_text("*\n", encoding="utf-8")


def _seal(name: str, packed: bytes) -> str:
    """Return a digest by which damage is seen."""
    return blake2b(name.encode("utf-8", "surrogatepass") + b"\0" + packed, digest_size=16).hexdigest()
