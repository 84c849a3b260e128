"""The kinds of value that people's files may hold: ids, days, durations, visibilities.

Every YAML scalar arrives here as the text that was written, and the field decides what it means. A value that
already has its type, as in a test, stays as it is. A fault carries its code, its sentence and its remedy to
`headway.documents.validation`, which knows the place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema
from pydantic_core import PydanticCustomError

from headway.documents.scalars import Duration as Length
from headway.documents.scalars import parse_day, parse_duration, parse_number, parse_whole
from headway.documents.text import shorten
from headway.source.names import ID_HINT, check_id


class Visibility(StrEnum):
    """Who may see a thing, from everybody to only those who have the repository."""

    PUBLIC = "public"
    PROGRAM = "program"
    PARTNERS = "partners"
    PRIVATE = "private"

    @property
    def rank(self) -> int:
        """0 for public, up to 3 for private: the larger, the fewer may see it."""
        return _RANKS[self]

    def admits(self, thing: Visibility) -> bool:
        """Whether a site for this audience may show a thing of that visibility."""
        return thing.rank <= self.rank


_RANKS = {visibility: rank for rank, visibility in enumerate(Visibility)}


class Role(StrEnum):
    MENTOR = "mentor"
    MENTEE = "mentee"
    CO_MENTOR = "co-mentor"
    PEER = "peer"
    LEAD = "lead"
    MEMBER = "member"


class PartnershipKind(StrEnum):
    MENTORING = "mentoring"
    CO_MENTORING = "co-mentoring"
    PEER = "peer"
    TEAM = "team"
    SOLO = "solo"


class PartnershipStatus(StrEnum):
    PROPOSED = "proposed"
    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    ENDED = "ended"
    UNKNOWN = "unknown"
    """Past its end, and nobody wrote how it ended; never written, only derived."""


class GoalStatus(StrEnum):
    PLANNED = "planned"
    ACTIVE = "active"
    PAUSED = "paused"
    DONE = "done"
    DROPPED = "dropped"


class MeetingStatus(StrEnum):
    HELD = "held"
    SHORTENED = "shortened"
    MOVED = "moved"
    CANCELLED = "cancelled"
    MISSED = "missed"
    PLANNED = "planned"
    UNCONFIRMED = "unconfirmed"
    """Planned, its day is past, and nobody wrote what came of it; never written, only derived."""


class MeetingKind(StrEnum):
    MEETING = "meeting"
    EXPERIENCE = "experience"
    REVIEW = "review"


class Host(StrEnum):
    """What kind of place hosts a repository; Forgejo's links are Gitea's."""

    GITHUB = "github"
    GITLAB = "gitlab"
    GITEA = "gitea"


class Size(StrEnum):
    """A milestone's size; its weight is 1, 2 or 4."""

    S = "S"
    M = "M"
    L = "L"


LONGEST_TEXT = 5000
LONGEST_NAME = 1000
"""Of what a few letters in a note may stand for, thousands of times: a person, a goal."""
LONGEST_WORD = 40
"""Of what takes the place of every name of somebody hidden."""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def fault(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """Return an error that `headway.documents.validation` turns into a problem with that code."""
    return PydanticCustomError(code, "{message}", {"message": f"{message.rstrip('.')}.", "hint": hint})


def _scalar(value: object) -> str:
    """Return a scalar's text without the space around it; a list or a mapping is a fault."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list | tuple):
        raise fault("HW122", "Text is expected here, not a list", "Write one value.")
    if isinstance(value, dict):
        raise fault("HW122", "Text is expected here, not a mapping", "Write one value; quote it if it has a colon.")
    raise fault("HW122", "Text is expected here, and there is nothing", "Write one value, or take the line out.")


def _text(value: object, longest: int = LONGEST_TEXT) -> str:
    text = _scalar(value)
    if not text:
        raise fault("HW122", "Text is expected here, and there is nothing", "Write one value, or take the line out.")
    if len(text) > longest:
        message = f"This text has {len(text):,} characters, and Headway reads up to {longest:,} here"
        raise fault("HW138", message, "Shorten it; longer texts have their place in notes and pages.")
    if match := _CONTROLS.search(text):
        raise fault("HW103", f"This text holds the character U+{ord(match[0]):04X}, which no text may hold")
    return text


def _id(value: object) -> str:
    text = unicodedata.normalize("NFC", _scalar(value))
    if reason := check_id(text):
        raise fault("HW136", reason, ID_HINT)
    return text


def _parsed(parse: Callable[[str], object], code: str, hint: str, kind: type | tuple[type, ...]) -> BeforeValidator:
    """Return a validator that parses text; a value of ``kind`` passes."""

    def read(value: object) -> object:
        if isinstance(value, kind):
            return value
        text = _scalar(value)
        try:
            return parse(text)
        except ValueError as error:
            raise fault(code, str(error), hint) from None

    return BeforeValidator(read)


def _address(value: object) -> str:
    text = _text(value)
    hint = "Write the whole address, as https://example.org/."
    try:
        parts = urlsplit(text)
        is_good = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_good = False
    if not is_good or re.search(r"[\s<>\"\\`{}|^]", text):
        raise fault("HW137", f"{shorten(text)} is not an address on the web", hint)
    return text


def _time_zone(value: object) -> str:
    text = _text(value)
    try:
        ZoneInfo(text)
    except (OSError, ValueError, KeyError):
        zones = available_timezones()
        if zones:  # a machine without a list of zones cannot tell; then every name must do
            near = [zone for zone in zones if zone.casefold().rpartition("/")[2] == text.casefold().replace(" ", "_")]
            hint = f"Did you mean {min(near)}?" if near else "Write a zone of the tz database, as Europe/London."
            raise fault("HW139", f"{shorten(text)} is not a time zone", hint) from None
    return text


def _as_list(value: object) -> object:
    """Return one word as a list of one, and a list without its empty entries."""
    if isinstance(value, str):
        return (value,)
    return [entry for entry in value if entry is not None] if isinstance(value, list) else value


def _without(*derived: StrEnum) -> BeforeValidator:
    """Return a validator that refuses choices that are only derived, never written."""

    def read(value: object) -> object:
        kind = type(derived[0])
        if isinstance(value, kind):
            return value
        text = _scalar(value)
        choices = [choice.value for choice in kind if choice not in derived]
        if text not in choices:
            raise PydanticCustomError("enum", "{expected}", {"expected": ", ".join(map(repr, choices))})
        return text

    return BeforeValidator(read)


def _schema(kind: str | list[str], **more: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": kind, **more})


# Text is text whatever it looks like, so an editor must not complain of `name: 007`.
_SCALARS = ["string", "number", "boolean"]
_DAY_HINT = "Write dates as YYYY-MM-DD."
_LENGTH_HINT = "Write a number and a unit, as 45 minutes or 2 weeks, or weekly."

Text = Annotated[str, BeforeValidator(_text), _schema(_SCALARS, maxLength=LONGEST_TEXT)]
Name = Annotated[str, BeforeValidator(partial(_text, longest=LONGEST_NAME)), _schema(_SCALARS, maxLength=LONGEST_NAME)]
Word = Annotated[str, BeforeValidator(partial(_text, longest=LONGEST_WORD)), _schema(_SCALARS, maxLength=LONGEST_WORD)]
Id = Annotated[str, BeforeValidator(_id), _schema(_SCALARS, description="An id: a file's or a folder's name.")]
Day = Annotated[
    date,
    _parsed(parse_day, "HW131", _DAY_HINT, date),
    _schema("string", format="date", description="A day, as 2026-02-16."),
]
Duration = Annotated[
    Length,
    _parsed(parse_duration, "HW133", _LENGTH_HINT, Length),
    _schema("string", description="A length of time, as 45 minutes, 2 weeks or weekly."),
]
Address = Annotated[str, BeforeValidator(_address), _schema("string", format="uri")]
TimeZone = Annotated[str, BeforeValidator(_time_zone), _schema("string", description="As Europe/London.")]
OneOrMore = BeforeValidator(_as_list)
"""Lets a list be written as one word."""
TextList = Annotated[
    tuple[Text, ...],
    OneOrMore,
    WithJsonSchema({"anyOf": [{"type": _SCALARS}, {"type": "array", "items": {"type": _SCALARS}}]}),
]
WrittenStatus = Annotated[
    PartnershipStatus,
    _without(PartnershipStatus.UNKNOWN),
    _schema("string", enum=[status.value for status in PartnershipStatus if status is not PartnershipStatus.UNKNOWN]),
]
Audience = Annotated[
    Visibility,
    _without(Visibility.PRIVATE),
    _schema("string", enum=[v.value for v in Visibility if v is not Visibility.PRIVATE]),
]
"""Whom a site is for; there is no site of what is private."""


def whole(low: int, high: int) -> BeforeValidator:
    """Return a validator for whole numbers from ``low`` to ``high``."""
    return _parsed(lambda text: parse_whole(text, low, high), "HW134", "Write a whole number, in digits.", int)


def number(low: float, high: float) -> BeforeValidator:
    """Return a validator for numbers from ``low`` to ``high``."""
    return _parsed(lambda text: parse_number(text, low, high), "HW134", "Write a number, as 1.5.", (int, float))


class Document(BaseModel):
    """What one YAML file, or a mapping in it, may hold. Frozen; unknown keys are refused."""

    # Not with use_attribute_docstrings: it parses each module's source anew, 25 ms of every command.
    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, arbitrary_types_allowed=True, defer_build=True
    )
