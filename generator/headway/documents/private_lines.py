"""Private lines: the ranges of a note that are for the partners only, because their label is feedback or obstacles.

A label is a heading, a line of its own, or what stands before a colon: ``Feedback``, ``My feedback``, ``Feedback Ada
-> Grace``, ``Obstacles``. Minutes also speak of feedback on things, as ``Feedback on the new docs``; that is no label.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from headway.documents.blocks import Block, Kind, is_inside
from headway.documents.labels import is_dated, is_label, is_short_line, label_words
from headway.documents.plain import plain_text
from headway.patterns import compile_late

_WORD = compile_late(r"feed-?backs?\b|obstacles?\b", re.IGNORECASE)
_HEADING = compile_late(r"[\W\d_]{0,12}feed-?backs?\s{1,3}(?:on|for|about)\b", re.IGNORECASE)
"""A whole section of feedback on something: somebody's work, in a note of theirs."""
_PIECE = compile_late(r"[^\s,/()*_]+")
_ARROWS = ("->", "-->", "=>", "→", "⇒")
_BESIDE = frozenset(
    "to from for of and & our my your their mutual personal round both ways each other giving the by".split()
)
"""Words that may stand beside it in a label."""
_BEFORE_NAMES = ("to", "from", "for", "by", "of")
_HEAD = 120


def private_ranges(blocks: Sequence[Block]) -> tuple[tuple[int, int], ...]:
    """Return the ranges of lines (first, last) in which a label speaks of feedback or obstacles, joined and sorted."""
    found: list[tuple[int, int]] = []
    tables: set[int] = set()
    until = -1
    for at, block in enumerate(blocks):
        if at < until:
            continue
        end = at
        if block.kind is Kind.HEADING and (_is_private_line(block.text) or _HEADING.match(block.text)):
            end = _section_end(blocks, at, block.level)
        elif block.kind is Kind.ROW and block.table is not None:
            if block.table in tables or any(map(_is_private_line, block.cells)):
                tables.add(block.table)
                found.append((_first_line(blocks, block), _last_line(blocks, at)))
            continue
        elif is_private_label(block):
            end = _group_end(blocks, at, _opens_section(block))
        else:
            continue
        found.append((block.line, _last_line(blocks, end)))
        until = end + 1
    return join_ranges(found)


def is_private_label(block: Block) -> bool:
    """Return whether one of a block's lines starts with, or is, a label of feedback or obstacles."""
    folded = block.text.casefold()
    return ("feed" in folded or "obstacle" in folded) and any(map(_is_private_line, block.text.split("\n")))


def _is_private_line(line: str) -> bool:
    """Return whether a line is, or starts with, a label of feedback or obstacles."""
    if _WORD.search(line[: 4 * _HEAD]) is None:
        return False
    plain = plain_text(line[: 4 * _HEAD])[0].lstrip("#>-*+ \t0123456789.)[]xX")
    label = plain.partition(":")[0]
    if len(label) > _HEAD:
        return False
    pieces = _PIECE.findall(label)
    names_follow = any(piece in _ARROWS for piece in pieces)
    for piece in pieces:
        if not _WORD.fullmatch(piece) and not _may_stand_beside(piece, is_name=names_follow):
            return False
        names_follow = names_follow or piece.casefold() in _BEFORE_NAMES
    return any(map(_WORD.fullmatch, pieces))


def _may_stand_beside(piece: str, *, is_name: bool) -> bool:
    """Return whether a word of a label leaves it one of feedback: a small word, a handle, or somebody's name."""
    if piece.startswith("@") or piece.casefold() in _BESIDE or not any(map(str.isalnum, piece)):
        return True
    owner = piece.removesuffix("'s").removesuffix("’s")
    is_named = piece[0].isupper() and (owner[1:].islower() or not owner[1:])
    return (is_name or owner != piece) and is_named


def _opens_section(block: Block) -> bool:
    """Return whether a paragraph is a label for more than the list that follows it."""
    last = block.text.rpartition("\n")[2]
    is_title = is_label(last) or (is_short_line(last) and ":" not in last)
    return block.kind is Kind.PARAGRAPH and is_title and _is_private_line(last)


def _section_end(blocks: Sequence[Block], at: int, level: int) -> int:
    """Return the index of the last block under a heading."""
    end = at
    for index in range(at + 1, len(blocks)):
        block = blocks[index]
        if block.kind is Kind.HEADING and (block.level <= level or is_dated(block.text)):
            break
        end = index
    return end


def _group_end(blocks: Sequence[Block], at: int, is_section: bool) -> int:
    """Return the index of the last block that belongs to a label line: what it holds, and the list after it."""
    block, end = blocks[at], at
    for index in range(at + 1, len(blocks)):
        following = blocks[index]
        if block.kind is Kind.ITEM or block.parent is not None:
            holder = at if block.kind is Kind.ITEM else block.parent
            if holder is None or not is_inside(blocks, index, holder):
                break
        elif following.kind in (Kind.HEADING, Kind.RULE):
            break
        elif following.kind is Kind.PARAGRAPH and following.parent is None:
            is_other_label = is_label(following.text.split("\n")[0]) and not is_private_label(following)
            if not is_section or is_other_label or (index > at + 1 and label_words(following.text[:40]) == ""):
                break
        end = index
    return end


def _first_line(blocks: Sequence[Block], row: Block) -> int:
    return blocks[row.table].line if row.table is not None else row.line


def _last_line(blocks: Sequence[Block], at: int) -> int:
    """Return the line before the next block, so that nothing between them is left over."""
    end = blocks[at].end_line
    return max(end, blocks[at + 1].line - 1) if at + 1 < len(blocks) else end


def join_ranges(ranges: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return the ranges sorted, those that touch made one."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return tuple(joined)
