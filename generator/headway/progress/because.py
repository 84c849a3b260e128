"""Because: the rule behind a momentum, in a sentence that asks and never blames.

Sentences name fixed days and fixed lengths only, never "3 days ago": they stay true until another rule
fires, and so do the pages that carry them.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from headway.model.fields import PartnershipStatus
from headway.model.program import Program
from headway.progress.day import add_days
from headway.progress.report import MeetingNumbers
from headway.progress.rhythm import Cadence

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def name_day(day: date) -> str:
    """Return a day in plain English: ``2 March 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


class Wording(Struct, frozen=True):
    """The sentences for one partnership, in the program's own words."""

    program: Program
    cadence: Cadence
    numbers: MeetingNumbers

    def closed(self, status: PartnershipStatus, end: date | None) -> str:
        pair = self._word("partnership")
        if status is PartnershipStatus.UNKNOWN and end is not None:
            return f"This {pair} was planned until {name_day(end)}. How did it end?"
        ending = "completed" if status is PartnershipStatus.COMPLETED else "ended"
        return f"This {pair} is {ending}.{self._last()}"

    def paused(self) -> str:
        return f"This {self._word('partnership')} is paused.{self._last()}"

    def too_early(self, status: PartnershipStatus, start: date | None, early_days: int) -> str:
        pair = self._word("partnership")
        if start is None:
            return f"This {pair} has no first day yet. When shall it begin?"
        if status is PartnershipStatus.PROPOSED:
            return f"This {pair} is proposed, with {name_day(start)} as its first day."
        until = add_days(start, early_days)
        time = f", with time until {name_day(until)} for the first {self._word('meeting')}" if until else ""
        return f"This {pair} began on {name_day(start)}{time}.{self._next()}"

    def silent(self, since: date, days: int) -> str:
        """No kept meeting for more than ``days`` days after ``since``."""
        what = f"No {self._word('meeting')} has been kept"
        when = f"since {name_day(since)}" if self.numbers.last_on else f"yet since the start on {name_day(since)}"
        ask = self._next() or f" Which day would suit everybody for {self._another()}, even a short one?"
        return f"{what} {when}, which is more than {_count_days(days)}; the rhythm is {self.cadence.text}.{ask}"

    def lost(self, days: tuple[date, ...]) -> str:
        """The last two meetings were missed or cancelled."""
        meeting, (first, second) = self._word("meeting"), days
        when = f"{name_day(first)} and {name_day(second)}" if first != second else f"{name_day(first)}, twice that day"
        ask = self._next() or " Would another day, or a shorter one, work better?"
        return f"The last two times the {meeting} did not come about: {when}.{ask}"

    def quiet(self, since: date, days: int) -> str:
        """No change of the plan for more than ``days`` days after ``since``."""
        last = self.numbers.last_on
        kept = f"The last {self._word('meeting')} was kept on {name_day(last)}. " if last else ""
        what = f"No milestone, task or plan has changed since {name_day(since)}, which is more than {_count_days(days)}"
        return f"{kept}{what}. Would you like to reframe a goal, adjust it, or learn something new?"

    def on_track(self, since: date | None, changed_on: date | None) -> str:
        meeting, last = self._word("meeting"), self.numbers.last_on
        if last:
            begin = f"The last {meeting} was kept on {name_day(last)}"
        elif since:
            begin = f"The start was on {name_day(since)}, and the first {meeting} is ahead"
        else:
            begin = f"The first {meeting} is ahead"
        moved = f", and the plan last changed on {name_day(changed_on)}" if changed_on else ""
        return f"{begin}{moved}; the rhythm is {self.cadence.text}."

    def _last(self) -> str:
        last = self.numbers.last_on
        return f" The last {self._word('meeting')} was kept on {name_day(last)}." if last else ""

    def _next(self) -> str:
        day = self.numbers.next_on
        return f" The next one is planned for {name_day(day)}." if day else ""

    def _another(self) -> str:
        return "the next one" if self.numbers.last_on else "a first one"

    def _word(self, word: str) -> str:
        return self.program.terms.get(word, word)


def _count_days(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"
