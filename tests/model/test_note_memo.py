"""The memory of notes: what was packed is what was read, and only what is the same is taken from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from headway.documents.names import NameBook
from headway.documents.note import Note
from headway.documents.notes import NoteReading, parse_logbook, parse_note
from headway.model.note_memo import NoteMemo, Told

LABELLED = sorted((Path(__file__).parent.parent / "documents/labelled").rglob("*.md"))
ODD = (
    "---\ntitle: T\nenergy: {ada: 3}\ndate: 2026-01-05 17:00\n"
    "next: 2026-02-01 9:30\nlayout: post\nnotice: 2 hours\n---\n"
    "Text[^1] and [[goal:speak]], @ada.\n\n[^1]: A note.\n\n3. third\n4. fourth\n\n| a | b |\n|:--|--:|\n| 1 | 2 |\n\n"
    "Feedback from Ada to Bo:\n- worked: x\n- try: y\n\n![picture](a.png 'T') <b>html</b> \ud83d\ude00 `x`\n"
)


def read_anew(text: str) -> Told:
    reading = NoteReading(NameBook(()))
    introduction, entries = parse_logbook(text, "logbook.md", reading)
    return Told((parse_note(text, "meetings/2026-01-05.md", reading), *entries), introduction)


def packed_and_back(memo: NoteMemo) -> NoteMemo:
    return NoteMemo.unpack(memo.pack())


def never() -> Told:
    raise AssertionError("this is remembered")


@pytest.mark.parametrize("text", [*(path.read_text() for path in LABELLED), ODD], ids=range(len(LABELLED) + 1))
def test_what_was_packed_is_what_was_read(text: str) -> None:
    memo, told = NoteMemo(), read_anew(text)
    memo.begin("habits")
    memo.recall("a.md", text, None, lambda: told)
    again = packed_and_back(memo)
    again.begin("habits")
    found = again.recall("a.md", text, None, never)
    assert found == told
    assert repr(found) == repr(told)  # 1 is equal to True


def test_only_what_is_the_same_is_remembered() -> None:
    memo = NoteMemo()
    memo.begin("habits")
    memo.recall("a.md", "text", "ada", lambda: Told((Note("a.md", 1, 1, "A"),)))
    for path, text, author, habits in [
        ("b.md", "text", "ada", "habits"),
        ("a.md", "texts", "ada", "habits"),
        ("a.md", "text", None, "habits"),
        ("a.md", "text", "ada", "others"),
    ]:
        again, other = packed_and_back(memo), Told(())
        again.begin(habits)
        assert again.recall(path, text, author, lambda other=other: other) is other  # type: ignore[misc]


def test_what_was_not_asked_for_is_forgotten() -> None:
    memo = NoteMemo()
    memo.begin("habits")
    memo.recall("a.md", "text", None, lambda: Told(()))
    memo.begin("habits")
    memo.recall("b.md", "text", None, lambda: Told(()))
    memo = packed_and_back(memo)
    memo.begin("habits")
    memo.recall("b.md", "text", None, never)
    assert memo.recall("a.md", "text", None, lambda: Told((), None)) == Told(())


@pytest.mark.parametrize("packed", [b"", b"nothing", NoteMemo().pack()[:-3], b"x\x9cK\x04\x00\x00b\x00b"])
def test_what_is_no_memory_is_none(packed: bytes) -> None:
    assert NoteMemo.unpack(packed) == NoteMemo()
