"""Rosters: lines, lists and tables of names taken apart, before anybody asks whose names they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from headway.documents.blocks import Block
from headway.documents.names import fold_name, plain_text, read_name
from headway.documents.sections import label_words

_SEPARATOR = re.compile(r"[,;，、•·]|\s(?:and|&|\+|plus)\s|\s[/|]\s|&|\n", re.IGNORECASE)
_LEADING_AND = re.compile(r"(?:and|&|plus)\s", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"(?:n/?a|none|nobody|no ?one|tbd|tba|tbc|names?|your ?name(?: ?here)?|add ?your ?name.{0,20}"
    r"|attendee names?|attendees?|participants?|someone|person|other|others"
    r"|add (?:your|yourself).{0,60}|please add.{0,60}|list of .{0,40}|fill in.{0,40}|enter .{0,40}"
    r"|insert .{0,40}|name here|name surname"
    r"|first ?name last ?name|github ?(?:handle|username|id)|handle|username|\d+|see .{0,60}|-+|\.{2,}|…|x"
    r"|xx+|yes|no|unknown|various|(?:and )?others?|et al)$"
)
_NAME_COLUMNS = re.compile(
    r"(?:full |first )?names?$|attendees?$|participants?$|who$|members?$|persons?$|people$|present$"
)
_HANDLE_COLUMNS = re.compile(
    r"(?:github|gitlab|handle|username|user|github handle|github username|github id|nick|irc)$"
)
_TICK_COLUMNS = re.compile(r"(?:present|attended|attending|attendance|here|there|status|in attendance)\??$")
_YES = frozenset(
    {
        "x",
        "y",
        "yes",
        "✓",
        "✔",
        "✅",
        "☑",
        "present",
        "p",
        "1",
        "true",
        "attended",
        "here",
        "[x]",
        "✔️",
        ":white_check_mark:",
    }
)
_MARKS = "*_` \t"


def split_names(text: str) -> list[str]:
    """Return the names in a text, split at commas, semicolons, ``&``, ``and``; not inside brackets."""
    text = text.strip()
    parts: list[str] = []
    start, depth = 0, 0
    cuts = {match.start(): match.end() for match in _SEPARATOR.finditer(text)}
    if any(bracket in text for bracket in "([<"):
        opened = text.count("(") + text.count("[") + text.count("<")
        is_closed = opened == text.count(")") + text.count("]") + text.count(">")
    else:
        is_closed = False
    for at, letter in enumerate(text):
        if is_closed and letter in "([<":
            depth += 1
        elif is_closed and letter in ")]>":
            depth = max(0, depth - 1)
        elif at in cuts and at >= start and not depth:
            parts.append(text[start:at])
            start = cuts[at]
    parts.append(text[start:])
    return [name for part in parts if (name := _without_and(part).strip(" \t,;.:"))]


def _without_and(part: str) -> str:
    """Return the part without the ``and`` that a comma left before it."""
    part = part.strip()
    match = _LEADING_AND.match(part)
    return part[match.end() :] if match else part


def is_placeholder(text: str) -> bool:
    """Return whether a template left this where a name should stand."""
    plain = plain_text(text)[0].strip()
    if not plain or (plain[0] in "<{[" and plain[-1] in ">}]"):
        return True
    words = plain.casefold().strip(" .…!()[]{}<>_-–—:@?")
    return not any(letter.isalnum() for letter in words) or (len(words) < 80 and _PLACEHOLDER.match(words) is not None)


def is_person_like(text: str, strict: bool = False) -> bool:
    """Return whether a text could be somebody's name: a few words, no address, no sentence.

    ``strict``: each word begins with a capital letter, or it is a handle.
    """
    if "://" in text.replace("](http", "") or "www." in text or len(text) > 300:
        return False
    written = read_name(text)
    words = written.name.split()
    if not words:
        return bool(written.handles)
    if len(words) > 5 or len(written.name) > 60 or not any(letter.isalpha() for letter in written.name):
        return False
    if sum(letter.isdigit() for letter in written.name) > 4:
        return False
    capitals = [word[:1].isupper() or not word[:1].isascii() for word in words]
    if strict:
        return all(capitals) and len(words) <= 4
    return len(words) == 1 or capitals[0] or bool(written.handles)


def read_roster_table(rows: Sequence[Block], is_name: Callable[[str], bool]) -> Iterator[tuple[str, bool]]:
    """Yield the names in a table's rows, and whether a column says that they were there."""
    header = [label_words(cell) for cell in rows[0].cells]
    names = [at for at, cell in enumerate(header) if _NAME_COLUMNS.match(cell)]
    handles = [at for at, cell in enumerate(header) if _HANDLE_COLUMNS.match(cell)]
    ticks = [at for at, cell in enumerate(header) if _TICK_COLUMNS.match(cell) and at not in names[:1]]
    has_header = bool(names or handles or ticks) and not any(is_name(cell) for cell in rows[0].cells if cell)
    for row in rows[1:] if has_header else rows:
        columns = names[:1] or handles[:1] or _first_words(row)
        cells = row.cells
        text = next((cells[at] for at in columns if at < len(cells)), "")
        handle = next((cells[at] for at in handles[:1] if at < len(cells) and at not in columns), "")
        if not text.strip(_MARKS) and not handle.strip(_MARKS):
            continue
        beside = f" (@{fold_handle(handle)})" if fold_name(handle) else ""
        said = [cells[at].strip(_MARKS).casefold() for at in ticks if at < len(cells)]
        yield text + beside, not said or said[0] in _YES


def _first_words(row: Block) -> list[int]:
    """Return the first column that is not a running number."""
    return [at for at, cell in enumerate(row.cells) if any(letter.isalpha() for letter in cell)][:1]


def fold_handle(cell: str) -> str:
    """Return the handle that a cell of handles holds, with or without its sign and link."""
    plain, linked = plain_text(cell)
    return linked[0] if linked else plain.lstrip("@").split(" ")[0]
