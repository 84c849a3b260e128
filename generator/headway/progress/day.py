"""The day a report is for, and the day on which an answer about it turns.

The rest of the room never compares dates with today by itself: it asks `Today`, which remembers the earliest
day that would have changed an answer. Until then every question has the same answer and so every number the
same value; that is what `headway.progress.compute` rests on.
"""

from __future__ import annotations

from datetime import date, timedelta

MINUTES_A_DAY = 1440


class Today:
    """One day, asked only whether other days have come. One object for one computation."""

    __slots__ = ("_day", "_turn")

    def __init__(self, day: date) -> None:
        self._day = day
        self._turn: date | None = None

    @property
    def turn(self) -> date | None:
        """The first later day on which an answer given so far changes, or None where none ever does."""
        return self._turn

    def has_reached(self, day: date) -> bool:
        """Whether ``day`` is today or earlier."""
        if self._day >= day:
            return True
        if self._turn is None or day < self._turn:
            self._turn = day
        return False

    def has_passed(self, day: date, days: int = 0) -> bool:
        """Whether more than ``days`` days have gone by since ``day``."""
        later = add_days(day, days + 1)
        return later is not None and self.has_reached(later)

    def count_periods(self, start: date, minutes: int) -> int:
        """Return how many whole periods of ``minutes`` fit between ``start`` and today; 0 before it."""
        if not self.has_reached(start):
            return 0
        periods = (self._day - start).days * MINUTES_A_DAY // minutes
        days_to_next = -(-(periods + 1) * minutes // MINUTES_A_DAY)
        if (following := add_days(start, days_to_next)) is not None:
            self.has_reached(following)
        return periods


def add_days(day: date, days: int) -> date | None:
    """Return the day ``days`` later, or None past the calendar's end in the year 9999."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None
