"""Matter: what a note's front matter may hold, and how each of its values is read."""

from __future__ import annotations

import datetime
import re
from difflib import get_close_matches
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from headway.documents.scalars import parse_duration, parse_time, parse_whole
from headway.documents.text import shorten
from headway.documents.yaml import YamlDocument
from headway.problems import Problem

_SEPARATORS = re.compile(r",|;|&|[ \t]and[ \t]")
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


KEYS = tuple(NoteMatter.model_fields)
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
