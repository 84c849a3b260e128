"""The cache: what each partnership gave to the site the last time, with the key of everything it was made from.

One SQLite file, which can be deleted, restored from elsewhere or damaged at any time: what cannot be trusted is
not used. Every row carries a digest of itself, and an entry holds only where its key and its day still fit.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct

from headway.output.known import Behind, Known
from headway.output.note_store import NoteStore, make_folder
from headway.output.stage import StagedSite, make_spare

Answer = TypeVar("Answer")

_FORM = "3"
"""Another one where entries are written in another form: those of an older one are then not used."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry
  (name TEXT PRIMARY KEY, key TEXT, since TEXT, until TEXT, body TEXT, outline TEXT, files TEXT, seal TEXT);
CREATE TABLE IF NOT EXISTS summary (name TEXT PRIMARY KEY, text TEXT);
CREATE TABLE IF NOT EXISTS behind (path TEXT PRIMARY KEY, part TEXT, digest TEXT);
CREATE TABLE IF NOT EXISTS sites (standing TEXT, spare TEXT, seal TEXT);
CREATE TABLE IF NOT EXISTS standing (said TEXT, seal TEXT);
CREATE TABLE IF NOT EXISTS reading (text TEXT, seal TEXT);
"""


class Entry(Struct, frozen=True, dict=True):
    """What one part of the site was made from, and gave. It holds from ``since`` up to the day before ``until``."""

    name: str
    key: str
    since: date
    until: date | None
    body: str
    """JSON, whose meaning is the caller's."""
    outline: str
    """JSON, by which the program's own pages that show it are found."""
    files: str
    """Its files in lines, sorted: the path, the digest of the bytes and, of a page, the caller's mark of it."""
    summary: str = ""
    """JSON, what these pages are made from; empty in an entry that was read, see `Cache.read_summary`."""

    def holds(self, key: str, today: date) -> bool:
        """Whether what it was made from is what there is, and its numbers are today's."""
        return self.key == key and self.since <= today and (self.until is None or today < self.until)

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """Return the digest of each of its files by path."""
        return {path: digest for path, digest, _ in (line.rsplit("\t", 2) for line in self.files.splitlines())}

    @cached_property
    def marks(self) -> Mapping[str, str]:
        """Return the marks of its pages by path."""
        return {path: mark for path, _, mark in (line.rsplit("\t", 2) for line in self.files.splitlines()) if mark}

    @cached_property
    def seal(self) -> str:
        """Return a digest of the whole entry, by which damage is seen."""
        days = (str(self.since), str(self.until))
        return digest_of(_FORM, self.name, self.key, *days, self.body, self.outline, self.files)


def digest_of(*texts: str) -> str:
    """Return one digest of several texts, which no other texts have."""
    whole = "".join([f"{len(text)}:{text}" for text in texts])
    return sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


class LostSummaryError(Exception):
    """A summary that the cache should have is not there: the file is damaged, or another build is writing it."""


class Cache:
    """The entries of one output folder. Reading never raises for a damaged file; then there are no entries.

    ``folder`` holds the caches of a program, ``name`` is this one's; without ``keeps`` it is always empty.
    """

    def __init__(self, folder: Path, name: str, *, keeps: bool = True, notes: NoteStore | None = None) -> None:
        self._path = folder / f"{name}.db"
        self.keeps = keeps
        self.notes = notes or NoteStore(folder / "notes.db", keeps=keeps)
        """What notes said, whichever site they were read for."""

    @cached_property
    def standing(self) -> str:
        """What the last build said, in the caller's own words; empty where that is not known."""
        return self._read_sealed("SELECT said, seal FROM standing")

    @cached_property
    def reading(self) -> str:
        """What the last build read of what partnerships share, in the caller's own words; empty as `standing` is."""
        return self._read_sealed("SELECT text, seal FROM reading")

    def _read_sealed(self, question: str) -> str:
        return next((text for text, seal in self._ask_texts(question) if digest_of(text) == seal), "")

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """The entries by name, as they were when they were first asked for."""
        return self._ask(lambda database: {entry.name: entry for entry in _sound_entries(database)}) or {}

    def read_summary(self, name: str, digest: str) -> str:
        """Return an entry's summary, which has this digest; raise `LostSummaryError` where there is none such."""
        with contextlib.suppress(sqlite3.Error):
            for (text,) in self._reader.execute("SELECT text FROM summary WHERE name = ?", (name,)):
                if isinstance(text, str) and digest_of(text) == digest:
                    return text
        raise LostSummaryError(name)

    @cached_property
    def _reader(self) -> sqlite3.Connection:
        """The file, kept open for one summary after another, and never begun by being read."""
        place = f"{self._path.absolute().as_uri()}?mode=ro"
        return sqlite3.connect(place, uri=True, timeout=1, check_same_thread=False)

    def close(self) -> None:
        """Let go of the files."""
        self.notes.close()
        if "_reader" in self.__dict__:
            self._reader.close()
            del self._reader

    @cached_property
    def _behind(self) -> dict[str, Behind]:
        return {path: Behind(*rest) for path, *rest in self._ask_texts("SELECT path, part, digest FROM behind")}

    def _ask_texts(self, question: str, *given: str) -> list[tuple[Any, ...]]:
        """Return rows of texts; none where a damaged file has something else in the place of one."""
        rows = self._ask(lambda database: list(database.execute(question, given))) or []
        return rows if all(isinstance(value, str) for row in rows for value in row) else []

    def _ask(self, question: Callable[[sqlite3.Connection], Answer]) -> Answer | None:
        """Return an answer from the file, or None where there is none or it is damaged."""
        with contextlib.suppress(sqlite3.Error, OSError, ValueError, TypeError):
            if self.keeps and self._path.is_file():
                with contextlib.closing(sqlite3.connect(self._path, timeout=1)) as database:
                    return question(database)
        return None

    def emptied(self) -> Cache:
        """Return the cache without its entries; what is saved in it takes the place of all of them."""
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)
        return Cache(self._path.parent, self._path.stem, keeps=self.keeps, notes=self.notes)

    @property
    def spare(self) -> Path:
        """The folder of the spare: the site before the one that stands."""
        return self._path.with_suffix(".spare")

    def known(self) -> Known | None:
        """Return what the standing site and the spare hold; None where not all of what was saved of them is here."""
        for standing_id, spare_id, seal in self._ask_texts("SELECT standing, spare, seal FROM sites"):
            if seal == _seal_sites(standing_id, spare_id, self.entries, self._behind):
                return Known(self.entries, self._behind, standing_id, spare_id, self.spare)
        return None

    def save(
        self, changed: Iterable[Entry], gone: Iterable[str], site: StagedSite, said: str, reading: str = ""
    ) -> None:
        """Write what changed and what this build said and read, in one transaction; let the site have a spare.

        Where that is not possible the next build starts from nothing.
        """
        changed, gone = list(changed), set(gone)
        if not self.keeps:
            return
        behind: dict[str, Behind] = {}
        spare_id = site.site_id
        if site.known is None:
            make_spare(site, self.spare)
        else:
            behind, spare_id = site.change.behind(), site.known.standing_id
        entries = {**self.entries, **{entry.name: entry for entry in changed}}
        entries = {name: entry for name, entry in entries.items() if name not in gone}
        # A part without an entry was not believed: then nobody knows all that stands.
        seal = _seal_sites(site.site_id, spare_id, entries, behind) if site.parts.keys() <= entries.keys() else ""
        try:
            self._write(changed, gone, behind, (site.site_id, spare_id, seal), said, reading)
        except (sqlite3.Error, OSError, ValueError):  # damaged, or no room for it
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)

    def _write(
        self,
        changed: list[Entry],
        gone: set[str],
        behind: Mapping[str, Behind],
        sites: tuple[str, str, str],
        said: str,
        reading: str,
    ) -> None:
        make_folder(self._path.parent)
        with contextlib.closing(sqlite3.connect(self._path, timeout=5)) as database, database:
            database.executescript(_SCHEMA)
            for table in ("entry", "summary"):
                if not self.entries:  # what was not believed would spoil the next reading, too
                    database.execute(f"DELETE FROM {table}")
                database.executemany(f"DELETE FROM {table} WHERE name = ?", [(name,) for name in gone])
            summaries = [(entry.name, entry.summary) for entry in changed if entry.summary]
            database.executemany("INSERT OR REPLACE INTO summary VALUES (?, ?)", summaries)
            database.executemany(
                "INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (e.name, e.key, str(e.since), str(e.until or ""), e.body, e.outline, e.files, e.seal)
                    for e in changed
                ],
            )
            database.execute("DELETE FROM behind")
            database.executemany("INSERT INTO behind VALUES (?, ?, ?)", [(path, *at) for path, at in behind.items()])
            database.execute("DELETE FROM sites")
            database.execute("INSERT INTO sites VALUES (?, ?, ?)", sites)
            database.execute("DELETE FROM standing")
            database.execute("INSERT INTO standing VALUES (?, ?)", (said, digest_of(said)))
            if reading != self.reading:
                database.execute("DELETE FROM reading")
                database.execute("INSERT INTO reading VALUES (?, ?)", (reading, digest_of(reading)))


def _seal_sites(standing: str, spare: str, entries: Mapping[str, Entry], behind: Mapping[str, Behind]) -> str:
    """Return a digest of two sites' ids with all that tells what is in them, by which what is missing is seen."""
    seals = sorted(entry.seal for entry in entries.values())
    return digest_of(standing, spare, *seals, *(text for path, at in sorted(behind.items()) for text in (path, *at)))


def _sound_entries(database: sqlite3.Connection) -> Iterator[Entry]:
    for name, key, since, until, body, outline, files, seal in database.execute("SELECT * FROM entry"):
        last = date.fromisoformat(until) if until else None
        entry = Entry(name, key, date.fromisoformat(since), last, body, outline, files)
        if entry.seal == seal:
            yield entry
