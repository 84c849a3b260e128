"""The kinds of value that people's files may hold: ids, days, durations, visibilities.

Every YAML scalar arrives here as the text that was written, and the field decides what it means. A fault carries its
code, its sentence and its remedy to `headway.documents.validation`, which knows the place.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from headway.documents.forms import MisreadError, Scalar, Spread, Without
from headway.documents.scalars import Duration as Length
from headway.documents.scalars import parse_day, parse_duration, parse_number, parse_whole
from headway.documents.text import shorten
from headway.patterns import compile_late
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
_CONTROLS = compile_late("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def _text(text: str, longest: int = LONGEST_TEXT) -> str:
    if len(text) > longest:
        message = f"This text has {len(text):,} characters, and Headway reads up to {longest:,} here"
        raise MisreadError("HW138", message, "Shorten it; longer texts have their place in notes and pages.")
    if match := _CONTROLS.search(text):
        raise MisreadError("HW103", f"This text holds the character U+{ord(match[0]):04X}, which no text may hold")
    return text


def _id(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    if reason := check_id(text):
        raise ValueError(reason)
    return text


def _address(text: str) -> str:
    text = _text(text)
    try:
        parts = urlsplit(text)
        is_good = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_good = False
    if not is_good or re.search(r"[\s<>\"\\`{}|^]", text):
        raise ValueError(f"{shorten(text)} is not an address on the web")
    return text


def _time_zone(text: str) -> str:
    text = _text(text)
    try:
        ZoneInfo(text)
    except (OSError, ValueError, KeyError):
        zones = available_timezones()
        if zones:  # a machine without a list of zones cannot tell; then every name must do
            near = [zone for zone in zones if zone.casefold().rpartition("/")[2] == text.casefold().replace(" ", "_")]
            hint = f"Did you mean {min(near)}?" if near else "Write a zone of the tz database, as Europe/London."
            raise MisreadError("HW139", f"{shorten(text)} is not a time zone", hint) from None
    return text


def _as_list(value: object) -> object:
    """Return one word as a list of one."""
    return [value] if isinstance(value, str) else value


# Text is text whatever it looks like, so an editor must not complain of `name: 007`.
_SCALARS = ["string", "number", "boolean"]
_WORD_OR_WORDS = {"anyOf": [{"type": _SCALARS}, {"type": "array", "items": {"type": _SCALARS}}]}
_DAY_HINT = "Write dates as YYYY-MM-DD."
_LENGTH_HINT = "Write a number and a unit, as 45 minutes or 2 weeks, or weekly."
_ADDRESS_HINT = "Write the whole address, as https://example.org/."


def _up_to(longest: int) -> Scalar:
    return Scalar(partial(_text, longest=longest), schema={"type": _SCALARS, "maxLength": longest})


Text = Annotated[str, _up_to(LONGEST_TEXT)]
Name = Annotated[str, _up_to(LONGEST_NAME)]
Word = Annotated[str, _up_to(LONGEST_WORD)]
Id = Annotated[
    str, Scalar(_id, "HW136", ID_HINT, {"type": _SCALARS, "description": "An id: a file's or a folder's name."})
]
Day = Annotated[
    date,
    Scalar(parse_day, "HW131", _DAY_HINT, {"type": "string", "format": "date", "description": "A day, as 2026-02-16."}),
]
Duration = Annotated[
    Length,
    Scalar(
        parse_duration,
        "HW133",
        _LENGTH_HINT,
        {"type": "string", "description": "A length of time, as 45 minutes, 2 weeks or weekly."},
    ),
]
Address = Annotated[str, Scalar(_address, "HW137", _ADDRESS_HINT, {"type": "string", "format": "uri"})]
TimeZone = Annotated[str, Scalar(_time_zone, schema={"type": "string"})]
TextList = Annotated[tuple[Text, ...], Spread(_as_list, _WORD_OR_WORDS)]
OneOrMore = Spread(_as_list)
"""Lets a list be written as one word."""
WrittenStatus = Annotated[PartnershipStatus, Without(PartnershipStatus.UNKNOWN)]
Audience = Annotated[Visibility, Without(Visibility.PRIVATE)]
"""Whom a site is for; there is no site of what is private."""


def whole(low: int, high: int) -> Scalar:
    """Return how a whole number from ``low`` to ``high`` is read."""
    schema = {"type": "integer", "minimum": low, "maximum": high}
    return Scalar(lambda text: parse_whole(text, low, high), "HW134", "Write a whole number, in digits.", schema)


def number(low: float, high: float) -> Scalar:
    """Return how a number from ``low`` to ``high`` is read."""
    schema = {"type": "number", "minimum": low, "maximum": high}
    return Scalar(lambda text: parse_number(text, low, high), "HW134", "Write a number, as 1.5.", schema)
