"""Front matter: the YAML between two ``---`` on top of a note, where it is closed and a mapping.

Says what it holds and what is wrong in it; whose names it means and which date wins is decided in
`headway.documents.notes`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Annotated, Any, Literal

from msgspec import Struct, field
from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from headway.documents.dates import DateFault, FoundDate, find_date
from headway.documents.scalars import parse_duration, parse_time, parse_whole
from headway.documents.text import shorten
from headway.documents.validation import check_document
from headway.documents.yaml import YamlDocument, parse_yaml
from headway.problems import Location, Problem

_FENCE = re.compile(r"---[ \t]*$")
_KEY_LINE = re.compile(r"[\"']?([^\W\d][\w -]{0,40}?)[\"']?[ \t]{0,3}:(?:[ \t]|$)")
_SEPARATORS = re.compile(r",|;|&|[ \t]and[ \t]")
_MAX_LINES = 1000
_SYNONYMS = {
    "participants": "attendees",
    "present": "attendees",
    "attendance": "attendees",
    "regrets": "absent",
    "apologies": "absent",
    "when": "date",
    "duration": "minutes",
    "length": "planned_minutes",
    "state": "status",
    "next_meeting": "next",
    "mood": "energy",
}
"""What people write instead of a key without coming near its letters."""


def _parsed(parse: Any, code: str, hint: str) -> BeforeValidator:
    """Return a validator that parses one scalar's text and tells what is wrong with that code."""

    def read(value: object) -> object:
        if not isinstance(value, str):
            raise PydanticCustomError("HW122", "{message}", {"message": "One value is expected here", "hint": hint})
        try:
            return parse(value.strip())
        except ValueError as error:
            context = {"message": f"{str(error).rstrip('.')}.", "hint": hint}
            raise PydanticCustomError(code, "{message}", context) from None

    return BeforeValidator(read)


def _parse_minutes(text: str) -> int:
    if text.isdigit():
        return parse_whole(text, 0, 1440)
    return parse_duration(text).minutes


def _as_names(value: object) -> object:
    """Return ``ada, grace`` as the list that was meant."""
    if isinstance(value, str):
        return [name for part in _SEPARATORS.split(value) if (name := part.strip())]
    return value


_MINUTES_HINT = "Write the minutes as a number, as 25."
_Minutes = Annotated[int, _parsed(_parse_minutes, "HW134", _MINUTES_HINT)]
_Level = Annotated[int, _parsed(lambda text: parse_whole(text, 1, 5), "HW134", "Write a number from 1 to 5.")]
_Text = Annotated[str, _parsed(str, "HW122", "Write one value; quote it if it has a colon.")]
_Names = Annotated[tuple[str, ...], BeforeValidator(_as_names)]
_Status = Literal["held", "shortened", "moved", "cancelled", "missed", "planned"]


class NoteMatter(BaseModel):
    """What a note's front matter may hold. Unknown keys are kept and harmless."""

    model_config = ConfigDict(frozen=True, extra="allow", arbitrary_types_allowed=True)

    title: _Text | None = None
    date: _Text | None = None
    time: Annotated[datetime.time, _parsed(parse_time, "HW316", "Write times as 17:00.")] | None = None
    minutes: _Minutes | None = None
    planned_minutes: _Minutes | None = None
    status: _Status | None = None
    notice: (
        Annotated[float, _parsed(lambda text: parse_duration(text).hours, "HW133", "Write it as 30 hours.")] | None
    ) = None
    attendees: _Names | None = None
    absent: _Names | None = None
    kind: Literal["meeting", "experience", "review", "journal"] | None = None
    goals: _Names | None = None
    energy: dict[str, _Level] | None = None
    next: _Text | None = None
    visibility: Literal["public", "program", "partners", "private"] | None = None
    author: _Text | None = None


_KEYS = tuple(NoteMatter.model_fields)


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
        (*problems, *checked.problems, *_near_keys(document)),
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
    if _first_key(text.partition("\n")[2]) not in _KEYS:
        return ()
    message = "The front matter that begins here is never closed, so it is shown as text and not read."
    return (Problem("HW313", Location(path, 1, 1, 3), message, "Put a line `---` below its last key.", first),)


def _near_keys(document: YamlDocument) -> list[Problem]:
    problems = []
    for key in document.value:
        if key in _KEYS:
            continue
        folded = re.sub(r"[- ]", "_", str(key)[:40].casefold())
        near = get_close_matches(folded, _KEYS, 1, 0.8)
        meant = _SYNONYMS.get(folded) or (near[0] if near else None)
        if meant:
            message = f"`{shorten(str(key))}` is not a key that Headway reads in notes, so it says nothing here."
            problems.append(document.problem("HW307", (key,), message, f"Did you mean `{meant}`?", key=True))
    return problems


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
