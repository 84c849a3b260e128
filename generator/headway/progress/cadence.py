"""Cadence: the days between two meetings, in arithmetic without rounding errors.

Counts in whole minutes, because that is what durations are made of. Only one cadence stands in a
partnership's files, so the one agreed now is the one that all of its time is measured by.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from headway.model.partnership import Partnership
from headway.progress.day import MINUTES_A_DAY, Today

_NEVER_DAYS = 10_000_000


@dataclass(frozen=True, slots=True)
class Cadence:
    """How long from one meeting to the next, in minutes."""

    minutes: int

    @property
    def text(self) -> str:
        """The days as a reader says them: ``every day``, ``every 14 days``, ``every 3.5 days``."""
        days = round(self.minutes / MINUTES_A_DAY, 1)
        return "every day" if days == 1 else f"every {days:g} days"

    def count_days(self, times: float) -> int:
        """Return how many whole days ``times`` cadences hold: a silence of more days than that is longer."""
        limit = times * self.minutes
        # A threshold may be infinite or no number at all: then it is never crossed.
        if not limit < _NEVER_DAYS * MINUTES_A_DAY:
            return _NEVER_DAYS
        return round(limit) // MINUTES_A_DAY


def compute_cadence(partnership: Partnership) -> Cadence:
    """Return the partnership's cadence, at least a minute."""
    return Cadence(max(1, round(partnership.cadence * MINUTES_A_DAY)))


def count_expected(start: date | None, end: date | None, cadence: Cadence, today: Today) -> int | None:
    """Return how many meetings fit between ``start`` and today or ``end``, whichever is first.

    None where no start is known. A pause is not taken off: nobody wrote how long it lasted.
    """
    if start is None:
        return None
    if end is not None and today.has_passed(end):
        return max(0, (end - start).days * MINUTES_A_DAY // cadence.minutes)
    return today.count_periods(start, cadence.minutes)
