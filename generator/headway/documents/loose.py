"""Loose notation: what people write a little beside Markdown's rules, line by line.

`#Notes` without a space, `•` and `-item` as bullets, tables without their second line, template remnants in
HTML comments. Knows lines only; the blocks are made in `headway.documents.blocks`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto

from msgspec import Struct

from headway.patterns import compile_late

_HEADING = compile_late(r"(#{1,6})\s*(?=\S)")
_BULLET = compile_late(r"[•●◦▪·‣∙○–—]\s*(?=\S)|-(?=[^\W\d_]|[@\[(]|\*\*)|[-*+]\s+(?=\S)")
_STAR = compile_late(r"\*(?=[^\W_]|[@\[])")
_NUMBER = compile_late(
    r"\d{1,2}[.)](?:\s+(?=\S)|(?=[^\W\d_]|@))|\(\d{1,2}\)\s+(?=\S)|\d{1,2}\.\d{1,2}(?:\.\d)?\s+(?=[@*\[]|[A-Z])"
    r"|(?:[a-z]|[ivx]{2,4})[.)]\s+(?=\S)|\((?:[a-z]|[ivx]{2,4})\)\s+(?=\S)"
)
_AFTER_LETTER = frozenset(".)ivx")
"""What may follow an item's first letter where its number is one: `a.`, `b)`, `ii.`."""
_BOX = compile_late(r"\\?\[([ xX✓✔]?)\\?\](?=\s|$)|\[( )\](?=\w)|([☐☑☒])")
_LABEL = compile_late(
    r"(?:\*\*|__)[^*_\n]{1,60}(?:\*\*|__):?\s*(?:$|[^\W_])|[^\W\d_][\w /&\'-]{0,40}:(?=\s|$)|[*_]{1,2}[A-Z][\w ]{0,40}:"
)
_RULED = frozenset("|-: \t")


class PieceKind(Enum):
    HEADING = auto()
    ITEM = auto()
    ROW = auto()
    TEXT = auto()


class Piece(Struct, frozen=True):
    """A part of a paragraph, from line ``start`` to line ``end`` of it, counted from 0."""

    kind: PieceKind
    start: int
    end: int
    text: str
    level: int = 0
    is_ticked: bool | None = None
    is_ordered: bool = False
    is_header: bool = False


def split_paragraph(text: str) -> tuple[Piece, ...]:
    """Return what a Markdown paragraph really holds: headings, items, table rows, and the lines between."""
    lines = [line.strip().lstrip("\ufeff").rstrip("\\").rstrip() for line in text.split("\n")]
    pieces: list[Piece] = []
    run = 0
    has_ruler = any(is_ruler(line) for line in lines)
    # `*Present: a, b` that closes its star on a later line is emphasis, not a list.
    has_stars = "*" in text and text.count("*") == sum(line.startswith("*") for line in lines)
    for at, line in enumerate(lines):
        piece = _piece(line, at, has_ruler, has_stars, lines[at + 1] if at + 1 < len(lines) else "")
        if piece is None and not (has_ruler and is_ruler(line)) and line:
            continue
        _close_run(pieces, lines, run, at)
        run = at + 1
        if piece is not None:
            pieces.append(piece)
    _close_run(pieces, lines, run, len(lines))
    return tuple(pieces)


def _close_run(pieces: list[Piece], lines: Sequence[str], start: int, end: int) -> None:
    if start < end:
        pieces.append(Piece(PieceKind.TEXT, start, end - 1, "\n".join(lines[start:end])))


def _piece(line: str, at: int, has_ruler: bool, has_stars: bool, following: str) -> Piece | None:
    """Return the line as a piece of its own, or None for a line of text."""
    if line[:1].isalpha() and line[1:2] not in _AFTER_LETTER and not (has_ruler and "|" in line):
        return None
    if heading := loose_heading(line):
        return Piece(PieceKind.HEADING, at, at, heading[1], level=heading[0])
    if is_ruler(line):
        return None
    if is_pipe_row(line) or (has_ruler and "|" in line):
        return Piece(PieceKind.ROW, at, at, line, is_header=is_ruler(following))
    number = _NUMBER.match(line)
    marker = number or _BULLET.match(line) or (_STAR.match(line) if has_stars else None)
    is_ticked, own = read_box(line[marker.end() :] if marker else line)
    if marker is None and is_ticked is None:
        return None
    return Piece(PieceKind.ITEM, at, at, own, is_ticked=is_ticked, is_ordered=number is not None)


def loose_heading(line: str) -> tuple[int, str] | None:
    """Return level and text of a heading written without its space (``##Notes``), or None.

    ``#12`` is an issue and ``#rust`` a channel or a tag: one ``#`` alone wants a capital letter.
    """
    match = _HEADING.match(line)
    if match is None or len(line) > 100:
        return None
    hashes, text = match[1], line[match.end() :].rstrip("# ")
    first = text[:1]
    if not (first.isalpha() or first in "*_📝" or (len(hashes) > 1 and first.isdigit())):
        return None
    if len(hashes) == 1 and first.islower():
        return None
    return len(hashes), text


def read_box(text: str) -> tuple[bool | None, str]:
    """Return whether the text's leading box is ticked (None without one), and the text after it."""
    match = _BOX.match(text)
    if match is None:
        return None, text
    mark = match[3] or match[1] or match[2] or ""
    return mark not in ("", " ", "☐"), text[match.end() :].strip()


def is_break_line(line: str, source: str, following: str) -> bool:
    """Return whether a line that Markdown took for an item's continuation begins something else.

    ``source`` is the line in the file, ``following`` the one after it: a line without indentation that is a
    heading, underlined or not, or a label.
    """
    if source[:1].isspace():
        return False
    return loose_heading(line) is not None or _LABEL.match(line) is not None or is_underline(following)


def is_underline(line: str) -> bool:
    """Return whether a line only underlines the one above it as a heading."""
    bare = line.rstrip()
    return len(bare) > 2 and bare == bare[0] * len(bare) and bare[0] in "-="


def is_pipe_row(line: str) -> bool:
    """Return whether a line is a table's row by its pipes alone."""
    return len(line) > 2 and line[0] == "|" and line.find("|", 2) > 0


def is_ruler(line: str) -> bool:
    """Return whether a line only rules off a table's header: ``|---|---|``."""
    return "-" in line and "|" in line and _RULED.issuperset(line)


def split_cells(line: str) -> tuple[str, ...]:
    """Return the cells of a row, without the outer pipes."""
    inner = line.strip()
    inner = inner[1:] if inner.startswith("|") else inner
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return tuple(strip_comments(cell.strip()).replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", inner))


def strip_comments(text: str) -> str:
    """Return the text without its closed HTML comments; their line breaks stay, so that lines keep their numbers."""
    if "<!--" not in text:
        return text
    kept: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end + 3
    return "".join([*kept, text[at:]])


def comment_lines(lines: Sequence[str]) -> frozenset[int]:
    """Return the lines, counted from 0, that lie in HTML comments of several lines.

    The last one counts where nothing stands behind the comment's end.
    """
    found: set[int] = set()
    start: int | None = None
    for at, line in enumerate(lines):
        if start is None:
            opened = line.rfind("<!--")
            if opened >= 0 and line.find("-->", opened) < 0:
                start = at
        elif "-->" in line:
            found.update(range(start, at + line.rstrip().endswith("-->")))
            start = None
    return frozenset(found)
