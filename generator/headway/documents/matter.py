"""Matter: what a note's front matter may hold, and how each of its values is read."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Annotated, ClassVar, Literal

from headway.documents.forms import Form, Scalar, Spread, places_of
from headway.documents.scalars import parse_duration, parse_time, parse_whole
from headway.documents.text import shorten
from headway.documents.yaml import YamlDocument
from headway.patterns import compile_late
from headway.problems import Problem

_SEPARATORS = compile_late(r",|;|&|[ \t]and[ \t]")
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


def _parse_minutes(text: str) -> int:
    if text.isdigit():
        return parse_whole(text, 0, 1440)
    return parse_duration(text).minutes


def _as_names(value: object) -> object:
    """Return ``ada, grace`` as the list that was meant."""
    if isinstance(value, str):
        return [name for part in _SEPARATORS.split(value) if (name := part.strip())]
    return value


_TEXT_HINT = "Write one value; quote it if it has a colon."
_NAMES = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": ["string", "number"]}}]}

_Text = Annotated[str, Scalar(str, "HW122", _TEXT_HINT, {"type": "string"})]
_Title = Annotated[str, Scalar(str, "HW122", _TEXT_HINT, {"type": ["string", "number"]})]
_Time = Annotated[
    datetime.time, Scalar(parse_time, "HW316", "Write times as 17:00.", {"type": "string", "format": "time"})
]
_Minutes = Annotated[
    int, Scalar(_parse_minutes, "HW134", "Write the minutes as a number, as 25.", {"type": ["integer", "string"]})
]
_Level = Annotated[
    int, Scalar(lambda text: parse_whole(text, 1, 5), "HW134", "Write a number from 1 to 5.", {"type": "integer"})
]
_Notice = Annotated[
    float, Scalar(lambda text: parse_duration(text).hours, "HW133", "Write it as 30 hours.", {"type": "string"})
]
_Names = Annotated[tuple[_Text, ...], Spread(_as_names, _NAMES)]


class NoteMatter(Form, frozen=True):
    """What a note's front matter may hold. Unknown keys are kept and harmless."""

    is_open: ClassVar[bool] = True

    title: _Title | None = None
    """The note's title; else its first heading, else its day."""
    date: _Text | None = None
    """The day of the meeting; else the file's name says it, else the text."""
    time: _Time | None = None
    """The time of day, as 17:00."""
    minutes: _Minutes | None = None
    """How many minutes it took."""
    planned_minutes: _Minutes | None = None
    """How many minutes were planned."""
    status: Literal["held", "shortened", "moved", "cancelled", "missed", "planned"] | None = None
    """What came of it; held where nothing is said. A shortened meeting counts as kept."""
    notice: _Notice | None = None
    """How long before it was moved or cancelled, as 30 hours."""
    attendees: _Names | None = None
    """Who was there, as ids or names."""
    absent: _Names | None = None
    """Who was missing."""
    kind: Literal["meeting", "experience", "review", "journal"] | None = None
    """meeting, experience (something shared beyond the meetings), review or journal."""
    goals: _Names | None = None
    """The goals it was about, by id."""
    energy: Mapping[str, _Level] | None = None
    """How much energy each had, from 1 to 5; for the partners only, always."""
    next: _Text | None = None
    """The next meeting's day, with its time if there is one: 2026-03-02T17:00."""
    visibility: Literal["public", "program", "partners", "private"] | None = None
    """Who may see this note."""
    author: _Text | None = None
    """Who wrote it; for journals."""


KEYS = tuple(places_of(NoteMatter))
"""What is read; every other key is kept, and says nothing."""


def find_near_keys(document: YamlDocument) -> list[Problem]:
    """Return what is to be said of keys that nearly are ones that are read."""
    problems = []
    for key in document.value:
        if key in KEYS:
            continue
        folded = re.sub(r"[- ]", "_", str(key)[:40].casefold())
        near = get_close_matches(folded, KEYS, 1, 0.8)
        meant = _SYNONYMS.get(folded) or (near[0] if near else None)
        if meant:
            message = f"`{shorten(str(key))}` is not a key that Headway reads in notes, so it says nothing here."
            problems.append(document.problem("HW307", (key,), message, f"Did you mean `{meant}`?", key=True))
    return problems
