"""Blocks: a Markdown note as the flat list of lines and items that people think in.

One Markdown parse serves everything: what is recognised in a note (tasks, attendance, dates) is read from
these blocks, and the page is rendered from the same tokens. Knows no mentoring.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class Block:
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
    cells: tuple[str, ...] = ()
    is_header: bool = False
    """For a row: whether it is its table's header."""
    table: int | None = None
    """For a row: the index of its table's first row."""
