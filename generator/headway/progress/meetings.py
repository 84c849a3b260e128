"""Meetings: their order, and what became of each.

Counting them is in `headway.progress.rhythm`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from headway.documents.scalars import Duration
from headway.model.fields import MeetingKind, MeetingStatus
from headway.model.partnership import Meeting, Partnership
from headway.model.program import Program
from headway.progress.day import Today
from headway.progress.report import MeetingReport

_NOTICE_HOURS = 24.0

Place = tuple[date, bool, int, str]
"""Where a dated note stands in time: its day, meetings before journal entries, then the order of its slug."""


def place_note(on: date, slug: str, is_journal: bool = False) -> Place:
    """Return a note's place. ``-2`` comes before ``-10``, whatever order the files were read in."""
    return (on, is_journal, len(slug), slug)


def order_meetings(meetings: Iterable[Meeting]) -> tuple[Meeting, ...]:
    """Return the meetings by day, undated ones last."""
    return tuple(sorted(meetings, key=_order))


def _order(meeting: Meeting) -> tuple[bool, Place]:
    return (meeting.on is None, place_note(meeting.on or date.min, meeting.slug))


def settle_meetings(
    meetings: Iterable[Meeting], partnership: Partnership, program: Program, today: Today
) -> tuple[MeetingReport, ...]:
    """Return each meeting with its outcome and whether it was moved or cancelled later than agreed."""
    agreement, defaults = partnership.agreement, program.defaults
    length = agreement.length or defaults.length
    notice = agreement.notice or defaults.notice
    return tuple(_settle(meeting, length, notice, today) for meeting in meetings)


def _settle(meeting: Meeting, length: Duration | None, notice: Duration | None, today: Today) -> MeetingReport:
    status = compute_outcome(meeting, length, today)
    hours = meeting.note.notice_hours
    agreed = _NOTICE_HOURS if notice is None else notice.hours
    is_off = status in (MeetingStatus.MOVED, MeetingStatus.CANCELLED)
    return MeetingReport(meeting, status, is_off and hours is not None and hours < agreed)


def compute_outcome(meeting: Meeting, length: Duration | None, today: Today) -> MeetingStatus | None:
    """Return what became of a meeting; None for an undated one.

    What the note says stands, except that a plan whose day is past is unconfirmed. Without a status a
    meeting up to today was held, or shortened where it took fewer minutes than its note, else ``length``, had planned.
    """
    if meeting.on is None:
        return None
    note = meeting.note
    if note.status is not None:
        said = MeetingStatus(note.status)
        is_stale = said is MeetingStatus.PLANNED and today.has_passed(meeting.on)
        return MeetingStatus.UNCONFIRMED if is_stale else said
    if not today.has_reached(meeting.on):
        return MeetingStatus.PLANNED
    planned = note.planned_minutes
    if planned is None and length is not None:
        planned = length.minutes
    is_short = planned is not None and note.minutes is not None and note.minutes < planned
    return MeetingStatus.SHORTENED if is_short else MeetingStatus.HELD


def is_experience(meeting: Meeting) -> bool:
    """Whether this is an event or project beyond the meetings; those are counted apart."""
    return meeting.note.kind == MeetingKind.EXPERIENCE
