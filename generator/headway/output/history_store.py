"""The kept history: what git told the last time, so that a build reads only the commits since then.

One SQLite file beside the caches, for all of a program's sites. It can be deleted or damaged at any time: what is
not whole is not used, and everything is read again.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from headway import __version__
from headway.bundled import digest_own_code
from headway.model.history_reading import add_commits
from headway.model.program_history import ProgramHistory, StoredRecord, store_record
from headway.output.cache import digest_of
from headway.output.note_store import make_folder
from headway.problems import Location, Problem
from headway.source.git import RevisionReader
from headway.source.history import Head, find_head, follows, read_log, read_version
from headway.source.layout import SETTINGS, size_limit
from headway.source.snapshot import SourceError
from headway.source.unshallow import fetch_older_commits

_SCHEMA = """
CREATE TABLE IF NOT EXISTS record (name TEXT PRIMARY KEY, about TEXT, body TEXT);
CREATE TABLE IF NOT EXISTS reading (commit_id TEXT, made_by TEXT, seal TEXT);
"""
_LIMIT = size_limit("goals.yaml")


def read_program_history(
    root: Path, revision: str | None = None, *, keeps: bool = False, fetches: bool = False
) -> ProgramHistory:
    """Return what git tells of a program up to a revision, else up to the commit that is checked out.

    Empty outside of git; where git is there and cannot tell everything, empty with a problem that says why. With
    ``keeps`` it is kept for the next time, with ``fetches`` what a shallow clone lacks is fetched before; raises
    SourceError where that cannot be done.
    """
    try:
        here = find_head(root, None) if fetches else None
        if here is not None and here.is_shallow:
            fetch_older_commits(root)
        head = find_head(root, revision)
        if head is None:
            return ProgramHistory()
        version = read_version(root, head)
        if head.is_shallow:
            return ProgramHistory(problems=(_SHALLOW,), version=version)
        store = HistoryStore(root / ".headway" / "history.db")
        return replace(_read_on(root, head, store, keeps=keeps), version=version)
    except SourceError as error:
        if fetches:
            raise
        return ProgramHistory(problems=(_miss_history(error.message, error.hint),))
    except OSError:
        message = "This clone lacks older versions of goal plans."
        return ProgramHistory(problems=(_miss_history(message, "`git fetch --refetch --no-filter` fetches them."),))


def _read_on(root: Path, head: Head, store: HistoryStore, *, keeps: bool) -> ProgramHistory:
    """Return the history from where the store ends, or from the beginning where that is another one."""
    made_by = digest_of(__version__, head.prefix, digest_own_code())
    since, records = store.load(made_by)
    if since == head.commit:
        return ProgramHistory(records)
    if not since or not follows(root, head.commit, since):
        since, records = "", {}
    reader = RevisionReader(root, {})
    commits = read_log(root, head, since)
    changed = add_commits(ProgramHistory(records).find, commits, lambda blobs: reader.read_blobs(blobs, _LIMIT))
    stored = {name: store_record(record) for name, record in changed.items()}
    records = {**records, **stored}
    if keeps:
        store.save(made_by, head.commit, records, stored if since else None)
    return ProgramHistory(records)


class HistoryStore:
    """The records of one program. Reading never raises for a damaged file; then there are none."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self, made_by: str) -> tuple[str, dict[str, StoredRecord]]:
        """Return the last commit that was read and the records up to it; "" and none where they are not whole.

        ``made_by`` is a digest of what makes the records: those of another making are not used.
        """
        if not self._path.is_file():
            return "", {}
        with contextlib.suppress(sqlite3.Error, OSError, ValueError, TypeError):
            with contextlib.closing(sqlite3.connect(self._path, timeout=1)) as database:
                [(commit, made, seal)] = database.execute("SELECT commit_id, made_by, seal FROM reading")
                rows = database.execute("SELECT name, about, body FROM record")
                records = {str(name): StoredRecord(str(about), str(body)) for name, about, body in rows}
            commit = str(commit)
            if made == made_by and seal == _seal(commit, records):
                return commit, records
        return "", {}

    def save(
        self,
        made_by: str,
        commit: str,
        records: Mapping[str, StoredRecord],
        changed: Mapping[str, StoredRecord] | None,
    ) -> None:
        """Keep the records; only those ``changed`` are written where that is given. Where it fails, none are kept."""
        try:
            self._write(made_by, commit, records, changed)
        except (sqlite3.Error, OSError, ValueError):  # damaged, or no room for it
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)

    def _write(
        self,
        made_by: str,
        commit: str,
        records: Mapping[str, StoredRecord],
        changed: Mapping[str, StoredRecord] | None,
    ) -> None:
        make_folder(self._path.parent)
        if changed is None:
            self._path.unlink(missing_ok=True)
        with contextlib.closing(sqlite3.connect(self._path, timeout=5)) as database, database:
            database.executescript(_SCHEMA)
            rows = ((name, *stored) for name, stored in (records if changed is None else changed).items())
            database.executemany("INSERT OR REPLACE INTO record VALUES (?, ?, ?)", rows)
            database.execute("DELETE FROM reading")
            database.execute("INSERT INTO reading VALUES (?, ?, ?)", (commit, made_by, _seal(commit, records)))


def _seal(commit: str, records: Mapping[str, StoredRecord]) -> str:
    """Return a digest of everything, by which damage is seen, and what two builds at once mixed up."""
    return digest_of(commit, *(text for name, stored in sorted(records.items()) for text in (name, *stored)))


def _miss_history(message: str, hint: str) -> Problem:
    return Problem("HW011", Location(SETTINGS), f"{message.rstrip('.')}, so no page says when something changed.", hint)


_SHALLOW = _miss_history(
    "This clone is shallow: its older commits are not here",
    "`headway build --unshallow` fetches them; in a workflow, let the checkout do it (`fetch-depth: 0`).",
)
