"""The axis of time that pictures share: days as percent of a width, and the months to name under it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct

EPOCH = date(1970, 1, 1)
MARGIN = 2.0
"""Percent of the width that stay free on either side."""
_TICKS = (9, 4)
"""How many months a wide picture names at most, and a narrow one."""


class TrailTick(Struct, frozen=True):
    """The first day of a month on the axis; narrow pictures show only some of them."""

    x: float
    on: date
    shows_year: bool
    is_narrow: bool


class AxisView(Struct, frozen=True):
    """The one axis of time that the small trails of a page share, in days since 1970."""

    first: date
    last: date
    day_zero: float
    day_span: float
    ticks: tuple[TrailTick, ...]


class Axis(Struct, frozen=True):
    """Days as percent of the width."""

    first: date
    last: date

    @classmethod
    def over(cls, days: Sequence[date]) -> Axis:
        first, last = min(days), max(days)
        # A single day still needs a way to stand on.
        return cls(first, last) if first < last else cls(add_days(first, -14), add_days(last, 14))

    @property
    def days(self) -> int:
        return (self.last - self.first).days

    @property
    def day_span(self) -> float:
        return round(self.days * 100 / (100 - 2 * MARGIN), 3)

    @property
    def day_zero(self) -> float:
        return round(day_number(self.first) - self.day_span * MARGIN / 100, 3)

    def place(self, day: date) -> float:
        return round(MARGIN + (100 - 2 * MARGIN) * (day - self.first).days / self.days, 2)


def day_number(day: date) -> int:
    """Return the day as days since 1970."""
    return (day - EPOCH).days


def add_days(day: date, days: int) -> date:
    """Return the day so many days later, at most the calendar's last or first."""
    try:
        return day + timedelta(days)
    except OverflowError:
        return date.max if days > 0 else date.min


def compute_ticks(axis: Axis) -> Iterator[TrailTick]:
    """Yield the months to name under the axis, so few that their names have room in each picture."""
    months = list(_months(axis.first, axis.last)) if axis.days < 36_600 else []
    wide, narrow = (_stride(len(months), most) for most in _TICKS)
    named = [month for month in months if _count(month) % wide == 0]
    # A year stands at its first month that narrow pictures name too, so that they all say which year it is.
    telling = {month.year: month for month in reversed(named)}
    telling |= {month.year: month for month in reversed(named) if _count(month) % narrow == 0}
    for month in named:
        yield TrailTick(axis.place(month), month, telling[month.year] == month, _count(month) % narrow == 0)


def _count(month: date) -> int:
    return month.year * 12 + month.month - 1


def _stride(months: int, most: int) -> int:
    """Return every how many months one is named, a divisor of a year or whole years."""
    wanted = math.ceil(months / most)
    return next((stride for stride in (1, 3, 6, 12) if stride >= wanted), math.ceil(wanted / 12) * 12)


def _months(first: date, last: date) -> Iterator[date]:
    """Yield the first days of the months that begin from one day to another."""
    year, month = first.year, first.month
    if first.day > 1:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    while year <= date.max.year and date(year, month, 1) <= last:
        yield date(year, month, 1)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
