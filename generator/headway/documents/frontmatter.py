"""Front matter: the YAML between two ``---`` on top of a note, where it is closed and a mapping.

Says what it holds and what is wrong in it; whose names it means and which date wins is decided in
`headway.documents.notes`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from headway.documents.dates import DateFault, FoundDate, find_date
from headway.documents.matter import KEYS, NoteMatter, find_near_keys
from headway.documents.text import shorten
from headway.documents.validation import check_document
from headway.documents.yaml import YamlDocument, parse_yaml
from headway.patterns import compile_late
from headway.problems import Location, Problem

_FENCE = compile_late(r"---[ \t]*$")
_KEY_LINE = compile_late(r"[\"']?([^\W\d][\w -]{0,40}?)[\"']?[ \t]{0,3}:(?:[ \t]|$)")
_MAX_LINES = 1000


class FrontMatter(Struct, frozen=True):
    """A note's front matter, or what stands for it where there is none: then ``document`` is None.

    ``height`` is the number of the file's lines before the body.
    """

    body: str
    height: int = 0
    matter: NoteMatter = field(default_factory=NoteMatter)
    values: Mapping[str, Any] = field(default_factory=dict)
    """The whole mapping as it is written, unknown keys too."""
    document: YamlDocument | None = None
    problems: tuple[Problem, ...] = ()

    def problem(self, code: str, keys: tuple[str | int, ...], message: str, hint: str) -> Problem:
        """Return a problem with one of its values."""
        if self.document is None:
            return Problem(code, Location("", 1), message, hint)
        return self.document.problem(code, keys, message, hint)


def parse_front_matter(text: str, path: str) -> FrontMatter:
    """Return the front matter and the body of a note, whose line breaks are ``\\n``; never raises.

    What is not closed or not a mapping is body. A closed one that looks like a mapping and cannot be read
    is an error, and the note is read without it.
    """
    end = _closing_line(text)
    if end is None:
        return FrontMatter(text, problems=_never_closed(text, path))
    lines = text.split("\n", end + 1)
    source, body = "\n".join(lines[1:end]), lines[end + 1] if len(lines) > end + 1 else ""
    document, problems = parse_yaml(source, path, 2)
    if document is None or not isinstance(document.value, dict) or not document.value:
        if document is None and _first_key(source):
            return FrontMatter(body, end + 1, problems=problems)
        return FrontMatter(text)
    checked = check_document(NoteMatter, document)
    return FrontMatter(
        body,
        end + 1,
        checked.value or NoteMatter(),
        document.value,
        checked.document,
        (*problems, *checked.problems, *find_near_keys(document)),
    )


def _closing_line(text: str) -> int | None:
    """Return the index of the line that closes front matter, or None where none opens or closes."""
    if not text.startswith("---") or not _FENCE.match(text.split("\n", 1)[0]):
        return None
    for number, line in enumerate(text.split("\n", _MAX_LINES + 1)[1 : _MAX_LINES + 1], 1):
        if line.startswith("---") and _FENCE.match(line):
            return number
    return None


def _first_key(source: str) -> str | None:
    """Return the key that a text begins with, if it looks like a mapping."""
    for line in source.split("\n", 50)[:50]:
        if line.strip() and not line.startswith("#"):
            match = _KEY_LINE.match(line[:200])
            return match[1] if match else None
    return None


def _never_closed(text: str, path: str) -> tuple[Problem, ...]:
    first = text.split("\n", 1)[0]
    if not text.startswith("---") or not _FENCE.match(first):
        return ()
    if _first_key(text.partition("\n")[2]) not in KEYS:
        return ()
    message = "The front matter that begins here is never closed, so it is shown as text and not read."
    return (Problem("HW313", Location(path, 1, 1, 3), message, "Put a line `---` below its last key.", first),)


def matter_date(front: FrontMatter, key: str, date_order: str | None) -> tuple[FoundDate | None, tuple[Problem, ...]]:
    """Return the day, and the time with it, under ``date`` or ``next``, and an error where it is none.

    Written in any form that notes may use, as long as nothing else stands there.
    """
    written = getattr(front.matter, key)
    if written is None:
        return None, ()
    found = find_date(written, date_order)
    hint = "Write dates as YYYY-MM-DD."
    if found is not None and found.on is not None and not found.lacks_year:
        rest = written[: found.start] + written[found.end :]
        if len(re.findall(r"\w+", rest)) <= 2:
            return found, ()
    if found is not None and found.fault is DateFault.AMBIGUOUS:
        message = f"{shorten(written)} can be read as two days, and the program does not say which is meant."
        return None, (
            front.problem("HW303", (key,), message, "Write YYYY-MM-DD, or set `date_order` in headway.yaml."),
        )
    if found is not None and found.fault is DateFault.IMPOSSIBLE:
        message = f"{shorten(written)} is not a day: no month has it."
    elif found is not None and found.lacks_year:
        message = f"{shorten(written)} has no year."
    else:
        message = f"{shorten(written)} is not a day."
    return None, (front.problem("HW131", (key,), message, hint),)
