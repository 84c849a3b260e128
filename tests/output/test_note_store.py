"""The store of notes: what is kept comes back, what is damaged does not, and nobody waits for long."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from headway.output.note_store import NoteStore


def keep(path: Path, **packed: bytes) -> None:
    with closing(NoteStore(path)) as store:
        for name, content in packed.items():
            store.keep(name, content)


def read(path: Path, *names: str) -> list[bytes]:
    with closing(NoteStore(path)) as store:
        return [store.read(name) for name in names]


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    path = tmp_path / ".headway/notes.db"
    assert read(path, "ada") == [b""]
    assert not path.exists()
    keep(path, ada=b"first", bo=b"\0\xff")
    keep(path, ada=b"second")
    assert read(path, "ada", "bo", "cy") == [b"second", b"\0\xff", b""]
    with closing(NoteStore(path)) as store:
        store.forget(["bo"])
    assert read(path, "ada", "bo") == [b"second", b""]


def test_a_store_that_keeps_nothing_makes_no_file(tmp_path: Path) -> None:
    store = NoteStore(tmp_path / ".headway/notes.db", keeps=False)
    store.keep("ada", b"first")
    assert store.read("ada") == b""
    store.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_store_of_notes_is_not_believed_and_is_whole_again(tmp_path: Path, seed: int) -> None:
    path, chance = tmp_path / "notes.db", random.Random(seed)
    names = {f"pair-{number}": bytes([number]) * 900 for number in range(20)}
    keep(path, **names)
    data = bytearray(path.read_bytes())
    for _ in range(chance.randrange(1, 300)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(data[: chance.choice((len(data), len(data) // 2, 0))])
    assert all(found in (content, b"") for content, found in zip(names.values(), read(path, *names), strict=True))
    for _ in range(2):
        keep(path, **names)
    assert read(path, *names) == list(names.values())


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE notes SET packed = X'00'",
        "UPDATE notes SET packed = 'text'",
        "UPDATE notes SET seal = CAST(X'FF' AS TEXT)",
        "UPDATE notes SET name = 'bo' WHERE name = 'ada'",
        "DROP TABLE notes",
        "ALTER TABLE notes RENAME COLUMN packed TO other",
    ],
)
def test_a_store_of_notes_that_somebody_changed_is_not_believed(tmp_path: Path, change: str) -> None:
    path = tmp_path / "notes.db"
    keep(path, ada=b"first")
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(change)
    assert read(path, "ada", "bo") == [b"", b""]
    for _ in range(2):
        keep(path, ada=b"second")
    assert read(path, "ada") == [b"second"]


def test_who_comes_while_another_writes_goes_on_without(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    keep(path, ada=b"first")
    with closing(NoteStore(path)) as at_work:
        at_work.keep("bo", b"first")
        keep(path, ada=b"second")
        assert read(path, "ada") == [b"first"]
    assert read(path, "ada", "bo") == [b"first", b"first"]
