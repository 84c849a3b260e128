"""Reminding: which reminders stand in the digest of a period. Decided from the dates alone; nothing is remembered."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

WEEK = 7
AFTER = 3
"""How many steps after its day a thing is reminded of for the last time."""
LONG_AFTER = 26
"""The same for what a partnership stands or falls with: half a year."""


class Period(Struct, frozen=True):
    """The days of a digest: those after ``since``, up to and with ``today``."""

    since: date
    today: date

    def covers(self, day: date | None) -> bool:
        return day is not None and self.since < day <= self.today

    @property
    def step(self) -> int:
        """Days between two reminders of one thing: a week, rounded up to whole periods; at least a period."""
        length = max(1, (self.today - self.since).days)
        return -(-WEEK // length) * length

    def reminds(self, day: date | None, *, ahead: bool = True, after: int = AFTER) -> bool:
        """Whether this digest is one that reminds of a thing with that day.

        Its reminders are due one step ahead of its day, on it, and each step after it, up to ``after``; the digest in
        whose period such a day lies carries it. So of digests that follow each other, none that come within a week
        of each other remind of the same thing, and after the last one a thing is left to the agenda.
        """
        if day is None:
            return False
        first = -1 if ahead else 0
        # The number of the last reminder that is due by today, and whether it was not due before.
        number = (self.today - day).days // self.step
        is_new = number > (self.since - day).days // self.step
        return is_new and number >= first and number <= after
