"""Attendance: who was there, as people list it at the top of a note.

`NameBook` says whose names they are, `headway.documents.attendance_lists` where they stand. Who is counted
absent is left to the numbers: where there is no list, nobody is.
"""

from __future__ import annotations

from collections.abc import Sequence

from headway.documents.attendance_lists import read_lists
from headway.documents.blocks import Block
from headway.documents.names import NameBook, is_everybody, read_name
from headway.documents.note import Attendance
from headway.documents.roster import Entry, ListReader, is_person_like, is_placeholder


def find_attendance(
    blocks: Sequence[Block], book: NameBook, listed: tuple[str, ...] = (), author: str | None = None
) -> tuple[Attendance, frozenset[int]]:
    """Return who was there and who was missing, each once, in the order of the note, and the blocks that list them.

    ``listed`` are the front matter's attendees: where given, they are the list, and the note only adds who
    was absent. ``author`` is the id of whom "me" means.
    """
    reader = read_lists(blocks, book, author)
    if listed:
        entries = [Entry(text) for text in listed]
        reader.entries = [entry for entry in reader.entries if not entry.is_present] + entries
        reader.is_known = True
    return _match(reader), frozenset(reader.used)


def _match(reader: ListReader) -> Attendance:
    """Match the names that were found."""
    present: dict[str, bool] = {}
    guests: dict[str, None] = {}
    absent: dict[str, None] = {}
    has_ticks = any(entry.is_ticked for entry in reader.entries)
    for entry in reader.entries:
        was_there = entry.is_present and not (has_ticks and entry.is_ticked is False)
        if was_there and is_everybody(read_name(entry.text).name):
            present.update(dict.fromkeys((member.id for member in reader.book.members), True))
        elif person := reader.person(entry.text):
            if was_there:
                present[person] = True
            else:
                absent[person] = None
        elif (guest := guest_name(entry.text)) and was_there:
            guests[guest] = None
    if not reader.is_known or not (present or guests or absent):
        return Attendance()
    is_known = bool(present or guests)
    return Attendance(is_known, tuple(present), tuple(guests), tuple(p for p in absent if p not in present))


def guest_name(text: str) -> str:
    """Return a name that matches nobody as it was written, without role and links; nothing for a template's remnant."""
    if is_placeholder(text) or not is_person_like(text):
        return ""
    written = read_name(text)
    return written.name or (f"@{written.handles[0]}" if written.handles else "")
