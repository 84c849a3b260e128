"""Scalars: what the text of one YAML value means, as a day, a time, a duration, a number.

Every parser takes the text as written and raises ValueError with a sentence for the author.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, time

from msgspec import Struct

from headway.documents.text import shorten
from headway.patterns import compile_late

_YEARS = range(1900, 2201)
_LONGEST_DAYS = 3660
_DAY = compile_late(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = compile_late(r"([0-9]{1,2}):([0-9]{2})")
_WHOLE = compile_late(r"[+-]?[0-9]{1,12}")
_NUMBER = compile_late(r"[+-]?[0-9]{1,12}(?:\.[0-9]{1,12})?")
_AMOUNT = r"([0-9]{1,9}(?:[.,][0-9]{1,4})?)"
_RANGE = compile_late(rf"{_AMOUNT} ?(?:[-–]|to) ?{_AMOUNT} ?([a-z]+)")
_PART = compile_late(rf"{_AMOUNT} ?([a-z]+)")
_EVERY = compile_late(r"every (?:([a-z0-9]+) )?([a-z]+)")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_HOUR, _DAY_MINUTES = 60, 1440
_UNITS = {
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), 1),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), _HOUR),
    **dict.fromkeys(("d", "day", "days"), _DAY_MINUTES),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), 7 * _DAY_MINUTES),
    **dict.fromkeys(("fortnight", "fortnights"), 14 * _DAY_MINUTES),
    **dict.fromkeys(("month", "months"), 30 * _DAY_MINUTES),
}
_RHYTHMS = {"daily": 1, "weekly": 7, "fortnightly": 14, "monthly": 30, "quarterly": 91}
_NUMBERS = {"other": 2, "second": 2, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_TWO_MEANINGS = {
    "biweekly": "twice a week or every two weeks",
    "bimonthly": "twice a month or every two months",
}


class Duration(Struct, frozen=True):
    """A length of time in minutes, with the words it was written in."""

    minutes: int
    text: str

    @property
    def days(self) -> float:
        return self.minutes / 1440

    @property
    def hours(self) -> float:
        return self.minutes / 60


def parse_day(text: str) -> date:
    """Return the day of a ``YYYY-MM-DD``."""
    match = _DAY.fullmatch(text)
    if match is None:
        raise ValueError(f"{shorten(text, 40)} is not a day")
    year, month, day = (int(part) for part in match.groups())
    if year not in _YEARS:
        raise ValueError(f"{text} is not a day Headway counts with: years go from {_YEARS[0]} to {_YEARS[-1]}")
    if not 1 <= month <= 12:
        raise ValueError(f"{text} is not a day: months go from 01 to 12")
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise ValueError(f"{text} is not a day: {_MONTHS[month - 1]} {year} has {last}")
    return date(year, month, day)


def parse_time(text: str) -> time:
    """Return the time of day of an ``HH:MM``; a single digit for the hour will do."""
    match = _TIME.fullmatch(text)
    if match is None:
        raise ValueError(f"{shorten(text, 40)} is not a time of day")
    hour, minute = int(match[1]), int(match[2])
    if hour > 23 or minute > 59:
        raise ValueError(f"{text} is not a time of day: they go from 00:00 to 23:59")
    return time(hour, minute)


def parse_duration(text: str) -> Duration:
    """Return how long ``25 minutes``, ``30-60 minutes`` (the upper one), ``2 weeks`` or ``weekly`` is."""
    words = " ".join(text[:200].lower().split())
    for ambiguous, meanings in _TWO_MEANINGS.items():
        if words.replace("-", "") == ambiguous:
            raise ValueError(f"{shorten(text, 40)} means two things: {meanings}")
    if words.startswith("-") or re.fullmatch(r"0+(?:[.,]0+)?(?: ?[a-z]+)?", words):
        raise ValueError(f"{shorten(text, 40)} is not a length of time: it must be more than nothing")
    minutes = _rhythm(words) or _range(words) or _parts(words)
    if minutes is None:
        raise ValueError(f"{shorten(text, 40)} is not a length of time")
    if minutes > _LONGEST_DAYS * _DAY_MINUTES:
        raise ValueError(f"{shorten(text, 40)} is longer than ten years")
    return Duration(max(1, round(minutes)), " ".join(text.split()))


def parse_whole(text: str, low: int, high: int) -> int:
    """Return a whole number from ``low`` to ``high``."""
    if _WHOLE.fullmatch(text) is None:
        raise ValueError(f"{shorten(text, 40)} is not a whole number from {low} to {high}")
    number = int(text)
    if not low <= number <= high:
        raise ValueError(f"{text} is not from {low} to {high}")
    return number


def parse_number(text: str, low: float, high: float) -> float:
    """Return a number from ``low`` to ``high``, with a decimal point or without."""
    if _NUMBER.fullmatch(text) is None:
        raise ValueError(f"{shorten(text, 40)} is not a number from {low:g} to {high:g}")
    number = float(text)
    if not low <= number <= high:
        raise ValueError(f"{text} is not from {low:g} to {high:g}")
    return number


def _rhythm(words: str) -> float | None:
    if words in _RHYTHMS:
        return _RHYTHMS[words] * _DAY_MINUTES
    match = _EVERY.fullmatch(words)
    if match is None or match[2] not in _UNITS:
        return None
    count = match[1] or "one"
    amount = _NUMBERS.get(count, int(count) if count.isdecimal() and len(count) < 6 else 0)
    return amount * _UNITS[match[2]] or None


def _range(words: str) -> float | None:
    match = _RANGE.fullmatch(words)
    if match is None or match[3] not in _UNITS:
        return None
    lower, upper = _amount(match[1]), _amount(match[2])
    return upper * _UNITS[match[3]] if upper >= lower else None


def _parts(words: str) -> float | None:
    """Return the minutes of ``1 hour 30 minutes``: amounts with their units, each smaller than the last."""
    total, at, unit_before = 0.0, 0, float("inf")
    while at < len(words):
        match = _PART.match(words, at)
        unit = _UNITS.get(match[2]) if match else None
        if match is None or unit is None or unit >= unit_before:
            return None
        total += _amount(match[1]) * unit
        at, unit_before = match.end(), unit
        if words.startswith((" and ", ", "), at):
            at = words.index(" ", at + 1) + 1 if words.startswith(" and ", at) else at + 2
        elif words.startswith(" ", at):
            at += 1
    return total or None


def _amount(text: str) -> float:
    return float(text.replace(",", "."))
