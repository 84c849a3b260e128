"""Private lines: the ranges of a note that are for the partners only, because their label speaks of feedback
or obstacles. Generous on purpose: what is withheld too much can be asked for, what is shown cannot be taken back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from headway.documents.blocks import Block, Kind, is_inside
from headway.documents.names import plain_text
from headway.documents.sections import is_dated, is_label, is_short_line, label_words

_WORD = re.compile(r"feed-?backs?\b|obstacles?\b", re.IGNORECASE)
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
        if block.kind is Kind.HEADING and _WORD.search(block.text):
            end = _section_end(blocks, at, block.level)
        elif block.kind is Kind.ROW and block.table is not None:
            if block.table in tables or any(_WORD.search(cell[:_HEAD]) for cell in block.cells):
                tables.add(block.table)
                found.append((_first_line(blocks, block), _last_line(blocks, at)))
            continue
        elif is_private_label(block):
            end = _group_end(blocks, at, _opens_section(block))
        else:
            continue
        found.append((block.line, _last_line(blocks, end)))
        until = end + 1
    return _join(found)


def is_private_label(block: Block) -> bool:
    """Return whether one of a block's lines starts with, or is, a label of feedback or obstacles."""
    return _WORD.search(block.text) is not None and any(_is_private_line(line) for line in block.text.split("\n"))


def _is_private_line(line: str) -> bool:
    if _WORD.search(line) is None:
        return False
    plain = plain_text(line[: 4 * _HEAD])[0].lstrip("#>-*+ \t0123456789.)[]xX")
    found = _WORD.search(plain)
    if found is None:
        return is_label(line)
    start = next((at for at, letter in enumerate(plain) if letter.isalnum()), 0)
    colon = plain.find(":", found.end(), found.end() + _HEAD)
    return found.start() <= start + 4 or (0 <= found.start() < _HEAD and colon >= 0) or is_label(line)


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


def _join(ranges: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return tuple(joined)
