"""Notes: one meeting's note, a logbook's entries, a page, each read into a `Note`.

Knows files: where front matter ends, where a logbook is cut. What one note says is put together in
`headway.documents.assembly`. Never raises for what a person wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from markdown_it.token import Token

from headway.documents.assembly import NoteReading, Piece, assemble, bare_note, plain_title, title_of
from headway.documents.blocks import Kind, read_blocks
from headway.documents.dates import find_date
from headway.documents.dating import Dating, date_fault, find_day, year_notice
from headway.documents.frontmatter import FrontMatter, parse_front_matter
from headway.documents.logbook import Entry, find_entries, is_date_label
from headway.documents.markdown import Excess, clean_markdown, parse_within_limits
from headway.documents.note import Note
from headway.documents.said import Written, bare
from headway.documents.syntax import markdown_parser
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
    text = clean_markdown(text)
    front = parse_front_matter(text, path)
    written = Written(path, text.split("\n"))
    tokens, excess = parse_within_limits(front.body)
    blocks = read_blocks(tokens, front.body, front.height)
    piece = Piece(front, written, tokens, blocks, 1, _last_line(written, len(written.lines)), front.height)
    dating = find_day(front, blocks, written, reading.date_order, near)
    title, title_line = title_of(piece, dating.on)
    note = assemble(piece, reading, dating, title, title_line, default_author, kind)
    return replace(note, problems=(*front.problems, *note.problems, *_plain_notice(excess, written, front.height)))


def parse_page(text: str, path: str) -> Note:
    """Return a page of the program: its title, its body and who may see it."""
    text = clean_markdown(text)
    front = parse_front_matter(text, path)
    written = Written(path, text.split("\n"))
    tokens, excess = parse_within_limits(front.body)
    blocks = read_blocks(tokens, front.body, front.height)
    piece = Piece(front, written, tokens, blocks, 1, _last_line(written, len(written.lines)), front.height)
    title, title_line = title_of(piece, None, skip_sections=False)
    problems = (*front.problems, *_plain_notice(excess, written, front.height))
    note = bare_note(piece, title, title_line, "page")
    return replace(note, problems=problems)


def parse_logbook(text: str, path: str, reading: NoteReading) -> tuple[Note | None, tuple[Note, ...]]:
    """Return a logbook's introduction, None where it has none, and its meetings as they stand there.

    Its front matter belongs to the introduction; its visibility holds for every entry.
    """
    text = clean_markdown(text)
    front = parse_front_matter(text, path)
    written = Written(path, text.split("\n"))
    env: dict[str, Any] = {}
    tokens, excess = parse_within_limits(front.body, env)
    blocks = read_blocks(tokens, front.body, front.height)
    entries = find_entries(blocks, reading.date_order, _places(tokens, front.height))
    starts = [entry.line for entry in entries]
    parts = _cut(tokens, written, [start - front.height - 1 for start in starts], front.height, env)
    problems = [*front.problems, *_plain_notice(excess, written, front.height)]
    ends = [start - 1 for start in [*starts[1:], len(written.lines) + 1]][: len(starts)]
    notes = [
        _entry_note(_part(front, written, part, start, end), entry, reading)
        for entry, part, start, end in zip(entries, parts[1:], starts, ends, strict=True)
    ]
    before = (starts[0] - 1) if starts else len(written.lines)
    introduction = _introduction(_part(front, written, parts[0], front.height + 1, before))
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


def _places(tokens: Sequence[Token], shift: int) -> frozenset[int]:
    """Return the file's lines where a logbook can be cut: headings and the lines of paragraphs, not of lists."""
    return frozenset(
        line + shift + 1
        for token in tokens
        if token.level == 0 and token.map and token.type in ("heading_open", "paragraph_open")
        for line in (range(*token.map) if token.type == "paragraph_open" else token.map[:1])
    )


def _cut(
    tokens: Sequence[Token], written: Written, cuts: Sequence[int], height: int, env: dict[str, Any]
) -> list[list[Token]]:
    """Return the tokens before the first cut and from each cut to the next; paragraphs are split at cuts.

    Cuts are lines of the body from 0; in each part the tokens' maps count from the part's own first line.
    """
    parts: list[list[Token]] = [[]]
    number = index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.level == 0 and token.map:
            while number < len(cuts) and cuts[number] <= token.map[0]:
                parts.append([])
                number += 1
            if number < len(cuts) and token.type == "paragraph_open" and cuts[number] < token.map[1]:
                first, end = token.map
                while number < len(cuts) and cuts[number] < end:
                    parts[-1] += _reparse(written.lines[height + first : height + cuts[number]], first, env)
                    parts.append([])
                    first = cuts[number]
                    number += 1
                parts[-1] += _reparse(written.lines[height + first : height + end], first, env)
                index += 3
                continue
        parts[-1].append(token)
        index += 1
    for start, part in zip((0, *cuts), parts, strict=True):
        _settle(part, start)
    return parts


def _reparse(lines: Sequence[str], first: int, env: dict[str, Any]) -> list[Token]:
    """Return the tokens of some lines of the body, their maps counting from the body's first line."""
    tokens = markdown_parser().parse("\n".join(lines), env)
    for token in tokens:
        if token.map:
            token.map = [token.map[0] + first, token.map[1] + first]
    return tokens


def _settle(part: list[Token], start: int) -> None:
    """Leave out the rules that only part one entry from the next, and count lines from the part's first."""
    while part and part[-1].type == "hr":
        part.pop()
    for token in part:
        if token.map:
            token.map = [token.map[0] - start, token.map[1] - start]


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
