"""Blocks: a Markdown note as the flat list of lines and items that people think in.

One Markdown parse serves everything: what is recognised in a note (tasks, attendance, dates) is read from
these blocks, and the page is rendered from the same tokens. What people write beside Markdown's rules is
in `headway.documents.loose`. Knows no mentoring.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from markdown_it.token import Token
from msgspec import Struct
from msgspec.structs import replace

from headway.documents.loose import (
    Piece,
    PieceKind,
    comment_lines,
    is_break_line,
    is_underline,
    read_box,
    split_cells,
    split_paragraph,
    strip_comments,
)
from headway.patterns import compile_late


class Kind(StrEnum):
    """What a block is on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    """One paragraph; ``text`` keeps its line breaks, so a caller can look at each line."""
    ITEM = "item"
    """A bullet or a number with its own first paragraph; nested items follow as blocks of their own."""
    ROW = "row"
    """A table row, by Markdown or by its pipes; ``cells`` holds the texts. The header row is the first."""
    RULE = "rule"
    CODE = "code"
    QUOTE = "quote"
    """A paragraph or an item inside a block quote."""


_QUOTED = frozenset({Kind.ITEM, Kind.PARAGRAPH, Kind.HEADING, Kind.ROW})


class Block(Struct, frozen=True):
    """A piece of a note. Lines are those of the file, counted from 1; ``end_line`` is the last one.

    ``text`` is the author's Markdown without the block's own marker (``#``, ``-``, ``1.``, ``[ ]``).
    """

    kind: Kind
    line: int
    end_line: int
    text: str = ""
    level: int = 0
    """A heading's level 1..6, an item's depth from 1; a paragraph inside an item has the item's depth."""
    parent: int | None = None
    """The index of the item that holds this block."""
    is_ticked: bool | None = None
    """For an item with a box: whether it is ticked; None without a box."""
    is_ordered: bool = False
    """For an item: whether its list has numbers; for a paragraph: whether it is a heading by its number."""
    cells: tuple[str, ...] = ()
    is_header: bool = False
    """For a row: whether it is its table's header."""
    table: int | None = None
    """For a row: the index of its table's first row."""


def read_blocks(tokens: Sequence[Token], text: str, shift: int) -> tuple[Block, ...]:
    """Return the blocks of a note in the order of its lines.

    ``tokens`` are those of ``text``, the body; ``shift`` is the number of lines before it in the file. HTML
    comments become code blocks, so that nothing in them is recognised; never raises.
    """
    return _Reader(text, shift).read(tokens)


_NUMBERED = compile_late(r" {0,3}(?:[2-9]|[1-9]\d)[.)] [^\W\d_][^\d.,;:!?]{1,40}$")
"""A short line with a number that begins no list."""


class _Reader:
    """One walk over the tokens; a paragraph inside may become several blocks."""

    def __init__(self, text: str, shift: int) -> None:
        self.lines = re.split(r"\r\n?|\n", text)
        self.comments = comment_lines(self.lines) if "<!--" in text else frozenset[int]()
        self.shift = shift
        self.blocks: list[Block] = []
        self.items: list[int] = []
        self.is_empty_item = False
        self.ordered: list[bool] = []
        self.quotes = 0
        self.table: int | None = None
        self.underline = -1

    def read(self, tokens: Sequence[Token]) -> tuple[Block, ...]:
        for at, token in enumerate(tokens):
            kind = token.type
            if kind in ("bullet_list_open", "ordered_list_open"):
                self.ordered.append(kind.startswith("ordered"))
            elif kind in ("bullet_list_close", "ordered_list_close"):
                self.ordered.pop()
            elif kind in ("blockquote_open", "blockquote_close"):
                self.quotes += token.nesting
            elif kind == "list_item_close":
                self.items.pop()
                self.is_empty_item = False
            elif token.map is not None and kind != "inline":
                self.open(token, tokens[at + 1] if at + 1 < len(tokens) else token, token.map)
        return tuple([self.unlisted(at, block) for at, block in enumerate(self.blocks)])

    def unlisted(self, at: int, block: Block) -> Block:
        """Return ``8. Action items`` as a paragraph, where Markdown took a heading's number for a list of one item."""
        if not (block.is_ordered and block.level == 1 and _NUMBERED.match(self.source(block.line - self.shift - 1))):
            return block
        near = [self.blocks[n] for n in (at - 1, at + 1) if 0 <= n < len(self.blocks)]
        is_alone = not any(other.is_ordered and other.level == 1 for other in near)
        if block.is_ticked is not None or len(near) < 2 or not is_alone or near[1].parent == at:
            return block
        if near[0].end_line + 1 == block.line or block.end_line + 1 == near[1].line:
            return block
        return replace(block, kind=Kind.PARAGRAPH, level=0)

    def open(self, token: Token, inline: Token, place: Sequence[int]) -> None:
        first, last = place[0], max(place[0], place[1] - 1)
        match token.type:
            case "list_item_open":
                self.table = None
                parent = self.items[-1] if self.items else None
                self.items.append(len(self.blocks))
                self.is_empty_item = True
                self.add(Kind.ITEM, first, first, level=len(self.items), parent=parent, is_ordered=self.ordered[-1])
            case "heading_open":
                self.heading(int(token.tag[1]), inline.content, first, last, token.markup)
            case "paragraph_open":
                self.paragraph(inline.content, first, last)
            case "hr" if first != self.underline:
                self.add(Kind.RULE, first, last, parent=self.parent)
            case "fence" | "html_block":
                self.add(Kind.CODE, first, last, token.content, parent=self.parent)
            case "code_block":
                self.indented(token.content, first, last)
            case "table_open":
                self.table = None
            case "tr_open":
                self.row(first)

    @property
    def parent(self) -> int | None:
        return self.items[-1] if self.items else None

    def add(
        self, kind: Kind, first: int, last: int, text: str = "", level: int = 0, parent: int | None = None, **more: Any
    ) -> None:
        """Keep a block; its lines count from 0 in the body. What stands in a comment or a quote is taken for that."""
        if kind is not Kind.ROW:
            self.table = None
        if first in self.comments and last in self.comments:
            kind = Kind.CODE
        elif self.quotes and kind in _QUOTED:
            kind = Kind.QUOTE
        self.blocks.append(Block(kind, first + self.shift + 1, last + self.shift + 1, text, level, parent, **more))

    def heading(self, level: int, text: str, first: int, last: int, markup: str) -> None:
        is_underlined = markup in ("-", "=")
        self.is_empty_item = False
        text = text.lstrip("\ufeff# ") if is_underlined else text
        self.comment(text, first, last)
        self.add(Kind.HEADING, first, last, strip_comments(text).strip(), level=level, parent=self.parent)

    def paragraph(self, text: str, first: int, last: int) -> None:
        if self.is_empty_item and self.blocks[-1].line == first + self.shift + 1:
            self.item_text(text, first, last)
            return
        self.is_empty_item = False
        self.comment(text, first, last)
        self.pieces(text, first, self.parent)

    def comment(self, text: str, first: int, last: int) -> None:
        """Keep a text with a comment as code beside the blocks without it: a page shows comments as text."""
        if strip_comments(text) != text:
            self.add(Kind.CODE, first, last, text, parent=self.parent)

    def item_text(self, text: str, first: int, last: int) -> None:
        """Give the newest item its own text; a label or heading that Markdown drew into it stands alone."""
        self.is_empty_item = False
        lines = text.split("\n")
        end = next((n for n in range(1, len(lines)) if self.breaks(lines[n], first + n)), len(lines))
        is_ticked, own = read_box("\n".join(line.strip() for line in lines[:end]))
        item = self.blocks[-1]
        text = strip_comments(own).strip()
        self.blocks[-1] = Block(
            item.kind, item.line, first + end + self.shift, text, item.level, item.parent, is_ticked, item.is_ordered
        )
        self.comment("\n".join(lines[:end]), first, first + end - 1)
        if end < len(lines):
            self.drawn_in(lines[end:], first + end)

    def breaks(self, line: str, at: int) -> bool:
        return is_break_line(line, self.source(at), self.source(at + 1))

    def drawn_in(self, lines: list[str], first: int) -> None:
        """Read the lines that Markdown drew into an item though something else begins with them."""
        start, at = 0, 0
        while at < len(lines):
            if not is_underline(self.source(first + at + 1)):
                at += 1
                continue
            self.pieces("\n".join(lines[start:at]), first + start, None)
            self.underline = first + at + 1
            level = 1 if self.source(self.underline).startswith("=") else 2
            self.add(Kind.HEADING, first + at, self.underline, strip_comments(lines[at]).strip(), level=level)
            at += 2
            start = at
        if start < len(lines):
            self.pieces("\n".join(lines[start:]), first + start, None)

    def source(self, line: int) -> str:
        return self.lines[line] if line < len(self.lines) else ""

    def pieces(self, text: str, first: int, parent: int | None) -> None:
        if not text:
            return
        for piece in split_paragraph(strip_comments(text)):
            self.piece(piece, first, parent)

    def piece(self, piece: Piece, first: int, parent: int | None) -> None:
        start, end = first + piece.start, first + piece.end
        depth = self.blocks[parent].level if parent is not None else 0
        match piece.kind:
            case PieceKind.HEADING:
                self.add(Kind.HEADING, start, end, piece.text, level=piece.level)
            case PieceKind.ITEM:
                more = {"is_ticked": piece.is_ticked, "is_ordered": piece.is_ordered}
                self.add(Kind.ITEM, start, end, piece.text, depth + 1, parent, **more)
            case PieceKind.ROW:
                self.add_row(split_cells(piece.text), start, is_header=piece.is_header)
            case PieceKind.TEXT:
                self.add(Kind.PARAGRAPH, start, end, piece.text, level=depth, parent=parent)

    def row(self, line: int) -> None:
        """Add a row that Markdown saw; a line without pipes under a table is a paragraph."""
        source = self.source(line)
        if "|" in source:
            self.add_row(split_cells(source), line)
        else:
            self.pieces(source.strip(), line, self.parent)

    def add_row(self, cells: tuple[str, ...], line: int, is_header: bool = False) -> None:
        """Add a row to the open table, or begin one where none is open or this row is a header."""
        if self.table is None or (is_header and self.table != len(self.blocks) - 1):
            self.table = len(self.blocks)
        is_header = self.table == len(self.blocks)
        text = " | ".join(cells)
        self.add(Kind.ROW, line, line, text, parent=self.parent, cells=cells, is_header=is_header, table=self.table)

    def indented(self, text: str, first: int, last: int) -> None:
        """Indented lines that all are items are a list: people indent what follows a label."""
        pieces = split_paragraph(text.rstrip("\n"))
        if pieces and all(piece.kind is PieceKind.ITEM for piece in pieces):
            for piece in pieces:
                self.piece(piece, first, self.parent)
        else:
            self.add(Kind.CODE, first, last, text, parent=self.parent)


def is_inside(blocks: Sequence[Block], at: int, holder: int) -> bool:
    """Return whether the block at index ``at`` is held by the item at index ``holder``, at any depth."""
    parent = blocks[at].parent
    while parent is not None and parent > holder:
        parent = blocks[parent].parent
    return parent == holder


def has_children(blocks: Sequence[Block], at: int) -> bool:
    """Return whether the item at index ``at`` holds the next block."""
    return at + 1 < len(blocks) and is_inside(blocks, at + 1, at)
