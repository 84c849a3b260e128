"""Rhythm: the cadence, how many meetings were kept of those expected, in what run, and when the next one is.

Experiences beyond the meetings are counted apart and are no contact here; undated notes count nowhere.

Cadence is counted in whole minutes, without rounding errors. Only one stands in a partnership's files, so the one
agreed now is the one that all of its time is measured by.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, time, timedelta

from msgspec import Struct

from headway.model.fields import MeetingStatus
from headway.model.partnership import Partnership
from headway.progress.day import MINUTES_A_DAY, Today
from headway.progress.meetings import is_experience
from headway.progress.report import MeetingNumbers, MeetingReport

LOST = (MeetingStatus.MISSED, MeetingStatus.CANCELLED)
_OPEN = (MeetingStatus.PLANNED, MeetingStatus.UNCONFIRMED)
_RUN_GAP = 1.5


def select_meetings(reports: Sequence[MeetingReport]) -> tuple[MeetingReport, ...]:
    """Return the dated meetings that count: no experiences."""
    return tuple(r for r in reports if r.status is not None and not is_experience(r.meeting))


def count_meetings(
    reports: Sequence[MeetingReport], partnership: Partnership, cadence: Cadence, today: Today
) -> MeetingNumbers:
    """Return the meeting numbers; ``reports`` are in the order of their days."""
    counted = select_meetings(reports)
    kept = [r.meeting.on for r in counted if r.is_kept and r.meeting.on is not None]
    by_status = Counter(r.status for r in counted)
    next_on, next_at = find_next(counted, today)
    return MeetingNumbers(
        kept=len(kept),
        expected=count_expected(partnership.start, partnership.end, cadence, today),
        held=by_status[MeetingStatus.HELD],
        shortened=by_status[MeetingStatus.SHORTENED],
        moved=by_status[MeetingStatus.MOVED],
        cancelled=by_status[MeetingStatus.CANCELLED],
        missed=by_status[MeetingStatus.MISSED],
        planned=by_status[MeetingStatus.PLANNED],
        unconfirmed=by_status[MeetingStatus.UNCONFIRMED],
        undated=sum(r.status is None for r in reports),
        experiences=sum(r.is_kept and is_experience(r.meeting) for r in reports),
        late_notices=sum(r.has_late_notice for r in counted),
        run=count_run(counted, cadence, today),
        last_on=kept[-1] if kept else None,
        next_on=next_on,
        next_at=next_at,
    )


def count_run(counted: Sequence[MeetingReport], cadence: Cadence, today: Today) -> int:
    """Return how many meetings were kept in a row, counted back from today.

    A meeting missed or cancelled after the last kept one ends the run too; one cancelled for a later day
    does so when that day comes.
    """
    gap = cadence.count_days(_RUN_GAP)
    run, later = 0, None
    for report in reversed(counted):
        on = report.meeting.on
        if on is None or (report.status in LOST and not today.has_reached(on)):
            continue
        if report.status in LOST:
            break
        if report.is_kept:
            is_too_long = today.has_passed(on, gap) if later is None else later - on > timedelta(days=gap)
            if is_too_long:
                break
            run, later = run + 1, on
    return run


def find_next(counted: Sequence[MeetingReport], today: Today) -> tuple[date | None, time | None]:
    """Return the day and, where said, the time of the next meeting.

    It is the earliest of the planned notes and of what notes say of the next one: the latest note up to
    today that says so (it overrules earlier ones), and every note after today. A day that already has a note
    with an outcome is no longer ahead.
    """
    planned = [r for r in counted if r.status is MeetingStatus.PLANNED]
    settled = {r.meeting.on for r in counted if r.status not in _OPEN}
    ahead = [(r.meeting.on, r.meeting.note.time) for r in planned]
    for report in reversed(counted):
        note = report.meeting.note
        if note.next_on is None or note.date is None:
            continue
        if note.next_on not in settled:
            ahead.append((note.next_on, note.next_at))
        if today.has_reached(note.date):
            break
    coming = [(on, at) for on, at in ahead if on is not None and not today.has_passed(on)]
    return min(coming, key=lambda one: (one[0], one[1] is None, one[1] or time.min), default=(None, None))


_NEVER_DAYS = 10_000_000


class Cadence(Struct, frozen=True):
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
