"""Notes: one meeting's note, a logbook's entries, a page, each read into a `Note`.

Knows files: where front matter ends, which lines of a logbook are an entry. What one note says is put together in
`headway.documents.assembly`. Never raises for what a person wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from markdown_it.token import Token
from msgspec.structs import replace

from headway.documents.assembly import NoteReading, Piece, assemble, bare_note, plain_title, title_of
from headway.documents.blocks import Kind, read_blocks
from headway.documents.dates import find_date
from headway.documents.dating import Dating, date_fault, find_day, year_notice
from headway.documents.declared import declared_initials, declared_writer
from headway.documents.frontmatter import FrontMatter, parse_front_matter
from headway.documents.logbook import MAX_ENTRIES, Entry, find_entries, is_date_label
from headway.documents.markdown import Excess, clean_markdown, cut_tokens, cutting_places, parse_within_limits
from headway.documents.note import Note
from headway.documents.said import Written, bare
from headway.problems import Problem

__all__ = ["NoteReading", "parse_logbook", "parse_note", "parse_page"]


def parse_note(
    text: str,
    path: str,
    reading: NoteReading,
    *,
    default_author: str | None = None,
    kind: str = "meeting",
    near: date | None = None,
) -> Note:
    """Return the note that a whole file is, however many dates it has.

    ``kind`` is ``journal`` for a journal entry, whose author may be ``default_author``; ``near`` is a day of
    a neighbour, for dates without a year.
    """
    piece, problems = _read_file(text, path)
    dating = find_day(piece.front, piece.blocks, piece.written, reading.date_order, near)
    title, title_line = title_of(piece, dating.on)
    note = assemble(piece, reading, dating, title, title_line, default_author, kind)
    return replace(note, problems=(*problems, *note.problems))


def parse_page(text: str, path: str) -> Note:
    """Return a page of the program: its title, its body and who may see it."""
    piece, problems = _read_file(text, path)
    title, title_line = title_of(piece, None, skip_sections=False)
    return replace(bare_note(piece, title, title_line, "page"), problems=problems)


def _read_file(text: str, path: str, env: dict[str, Any] | None = None) -> tuple[Piece, tuple[Problem, ...]]:
    """Return a whole file as one piece, and what is wrong with its front matter and its size."""
    text = clean_markdown(text)
    front = parse_front_matter(text, path)
    written = Written(path, text.split("\n"))
    tokens, excess = parse_within_limits(front.body, env)
    blocks = read_blocks(tokens, front.body, front.height)
    piece = Piece(front, written, tokens, blocks, 1, _last_line(written, len(written.lines)), front.height)
    return piece, (*front.problems, *_plain_notice(excess, written, front.height))


def parse_logbook(text: str, path: str, reading: NoteReading) -> tuple[Note | None, tuple[Note, ...]]:
    """Return a logbook's introduction, None where it has none, and its meetings as they stand there.

    Its front matter belongs to the introduction; its visibility holds for every entry.
    """
    env: dict[str, Any] = {}
    whole, found = _read_file(text, path, env)
    front, written, problems = whole.front, whole.written, [*found]
    places = frozenset(line + front.height + 1 for line in cutting_places(whole.tokens))
    entries = find_entries(whole.blocks, reading.date_order, places)
    entries, after = entries[:MAX_ENTRIES], entries[MAX_ENTRIES : MAX_ENTRIES + 1]
    if after:
        message = f"{MAX_ENTRIES:,} meetings of this logbook are read, and here begins one more."
        hint = "Begin another logbook beside it, as logbook-2026.md; what stands here is on no page until then."
        problems.append(written.problem("HW317", after[0].line, "", message, hint))
    starts = [entry.line for entry in (*entries, *after)]
    body = written.lines[front.height : starts[-1] - 1 if after else None]
    parts = cut_tokens(whole.tokens, body, [start - front.height - 1 for start in starts], env)
    ends = [start - 1 for start in [*starts[1:], len(written.lines) + 1]][: len(starts)]
    before = (starts[0] - 1) if starts else len(written.lines)
    head = _part(front, written, parts[0], front.height + 1, before)
    texts = [block.text for block in head.blocks]
    told, writer = declared_initials(texts, reading.book), declared_writer(texts, reading.book)
    reading = replace(reading, book=reading.book.with_initials(told), writer=writer)
    notes = [
        _entry_note(_part(front, written, part, start, end), entry, reading)
        for entry, part, start, end in zip(entries, parts[1:], starts, ends, strict=False)
    ]
    introduction = _introduction(head)
    if not entries and introduction is not None:
        message = "This logbook has no dated heading yet, so nothing in it counts as a meeting."
        hint = "Begin each meeting with its day, as `## 2026-03-16`."
        problems.append(written.problem("HW314", introduction.line, "", message, hint))
    if introduction is None and not notes and problems:
        introduction = bare_note(_part(front, written, [], 1, 1), PurePosixPath(path).stem, None, "introduction")
    if introduction is not None:
        return replace(introduction, problems=tuple(problems)), tuple(notes)
    if notes:
        notes[0] = replace(notes[0], problems=(*problems, *notes[0].problems))
    return None, tuple(notes)


def _part(front: FrontMatter, written: Written, tokens: Sequence[Token], first: int, end: int) -> Piece:
    """Return the part of a file from one line to another, as a text of its own."""
    blocks = read_blocks(tokens, "\n".join(written.lines[first - 1 : end]), first - 1)
    return Piece(front, written, tokens, blocks, first, max(first, _last_line(written, end)), first - 1)


def _last_line(written: Written, end: int) -> int:
    """Return the last line up to ``end`` that is not blank."""
    while end > 1 and not written.lines[end - 1].strip():
        end -= 1
    return end


def _introduction(piece: Piece) -> Note | None:
    first = piece.first
    while first <= piece.last and first <= len(piece.written.lines) and not piece.written.lines[first - 1].strip():
        first += 1
    if first > piece.last or not (piece.tokens or piece.front.document):
        return None
    title, title_line = title_of(piece, None, skip_sections=False)
    return bare_note(replace(piece, first=first), title, title_line, "introduction")


def _entry_note(piece: Piece, entry: Entry, reading: NoteReading) -> Note:
    """Return the note of one logbook entry; the front matter's visibility holds, nothing else of it."""
    problems: list[Problem] = []
    if entry.on is None:
        problems.append(date_fault(entry.found, entry.dated_line, piece.written))
    elif entry.found.lacks_year:
        problems.append(year_notice(entry.found, entry.on, entry.dated_line, piece.written))
    problems += _other_label(piece, entry, reading)
    title = plain_title(entry.title) if entry.title else ""
    title_line = entry.title_line if title else None
    if not title:
        title = entry.on.isoformat() if entry.on else entry.found.text
        title_line = entry.dated_line if entry.level else None
    visibility = piece.front.matter.visibility
    own = replace(piece, front=FrontMatter(piece.front.body, piece.front.height))
    dating = Dating(entry.on, entry.found.at, entry.beside, tuple(problems))
    note = assemble(own, reading, dating, title, title_line, None, "meeting")
    return replace(note, visibility=visibility)


def _other_label(piece: Piece, entry: Entry, reading: NoteReading) -> list[Problem]:
    """Return a warning where the entry's ``Date:`` says another day than its heading."""
    for block in piece.blocks[:6]:
        if block.kind is Kind.PARAGRAPH and block.line != entry.dated_line:
            for number, text in enumerate(block.text.split("\n")[:6]):
                found = find_date(bare(text[:400]), reading.date_order) if is_date_label(text) else None
                if found and found.on and entry.on and found.on != entry.on and block.line + number != entry.dated_line:
                    message = f"{found.text} in the label is another day than {entry.found.text} in the heading."
                    hint = f"{entry.on.isoformat()} counts; please correct the one that is wrong."
                    return [piece.written.problem("HW302", block.line + number, found.text, message, hint)]
    return []


def _plain_notice(excess: Excess | None, written: Written, height: int) -> tuple[Problem, ...]:
    if excess is None:
        return ()
    message = f"This text is shown plain, without headings and lists: {excess.what}."
    return (written.problem("HW310", excess.line + height + 1, "", message, "Split it, or make it simpler."),)
