"""Momentum: whether a partnership moves, by the first rule that holds; and what the rules look at.

That is its status, and the day on which the plan last changed, as far as the files say it: when milestones, steps and
goals were done or dropped, goals began or were reframed, tasks were written or closed, the agreement was made;
and, where git tells, when anything in the goal plan changed.

The wording of each rule is in `headway.progress.because`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from headway.model.fields import MeetingStatus, PartnershipStatus
from headway.model.goals import Goal
from headway.model.partnership import Partnership
from headway.model.program import Program
from headway.progress.because import Wording
from headway.progress.day import Today
from headway.progress.report import MeetingNumbers, MeetingReport, Momentum, MomentumState, TaskReport
from headway.progress.rhythm import LOST, Cadence

_CLOSED = (PartnershipStatus.COMPLETED, PartnershipStatus.ENDED, PartnershipStatus.UNKNOWN)
_LOST_IN_A_ROW = 2


class Signs(Struct, frozen=True):
    """What momentum is judged by: the status, the meetings in order, their numbers, the last change of the plan."""

    status: PartnershipStatus
    meetings: tuple[MeetingReport, ...]
    numbers: MeetingNumbers
    changed_on: date | None


def compute_momentum(
    partnership: Partnership, program: Program, cadence: Cadence, signs: Signs, today: Today
) -> Momentum:
    """Return the partnership's momentum with the rule that fired.

    Silence counts from the last kept meeting; where there was none, from the start.
    """
    start, wording = partnership.start, Wording(program, cadence, signs.numbers)
    if signs.status in _CLOSED:
        return Momentum(MomentumState.CLOSED, wording.closed(signs.status, partnership.end))
    if signs.status is PartnershipStatus.PAUSED:
        return Momentum(MomentumState.PAUSED, wording.paused())
    last = signs.numbers.last_on
    early = max(cadence.count_days(1), program.thresholds.early_days)
    is_early = last is None and (start is None or not today.has_passed(start, early))
    if is_early or signs.status is PartnershipStatus.PROPOSED:
        return Momentum(MomentumState.TOO_EARLY, wording.too_early(signs.status, start, early))
    return _judge_silence(program, cadence, signs, wording, start, today)


def _judge_silence(
    program: Program, cadence: Cadence, signs: Signs, wording: Wording, start: date | None, today: Today
) -> Momentum:
    since = signs.numbers.last_on or start
    limits = program.thresholds
    stalled, check_in, quiet = (cadence.count_days(t) for t in (limits.stalled, limits.check_in, limits.quiet))
    if since is not None and today.has_passed(since, stalled):
        return Momentum(MomentumState.STALLED, wording.silent(since, stalled))
    lost = find_lost_in_a_row(signs.meetings, today)
    if lost:
        return Momentum(MomentumState.STALLED, wording.lost(lost))
    if since is not None and today.has_passed(since, check_in):
        return Momentum(MomentumState.NEEDS_CHECK_IN, wording.silent(since, check_in))
    moved_on = max((day for day in (signs.changed_on, start) if day is not None), default=None)
    if moved_on is not None and today.has_passed(moved_on, quiet):
        return Momentum(MomentumState.NEEDS_CHECK_IN, wording.quiet(moved_on, quiet))
    return Momentum(MomentumState.ON_TRACK, wording.on_track(since, signs.changed_on))


def find_lost_in_a_row(meetings: Sequence[MeetingReport], today: Today) -> tuple[date, ...]:
    """Return the days of the last two meetings if both were missed or cancelled, else nothing.

    Meetings up to today whose outcome is known; a moved one is such a meeting, and is not lost.
    """
    past: list[MeetingReport] = []
    for report in reversed(meetings):
        is_open = report.status in (MeetingStatus.PLANNED, MeetingStatus.UNCONFIRMED)
        if not is_open and report.meeting.on is not None and today.has_reached(report.meeting.on):
            past.append(report)
        if len(past) == _LOST_IN_A_ROW:
            break
    if len(past) < _LOST_IN_A_ROW or any(report.status not in LOST for report in past):
        return ()
    return tuple(r.meeting.on for r in reversed(past) if r.meeting.on is not None)


def find_last_change(partnership: Partnership, tasks: Sequence[TaskReport], today: Today) -> date | None:
    """Return the latest day up to today on which the plan changed, or None where no file says one."""
    return max((day for day in _list_changes(partnership, tasks) if today.has_reached(day)), default=None)


def _list_changes(partnership: Partnership, tasks: Sequence[TaskReport]) -> Iterator[date]:
    days = [day for goal in partnership.goals for day in _list_goal_days(goal)]
    days += [day for task in tasks for day in (task.first_on, task.done_on)]
    days += partnership.agreement.agreed.values()
    days += (change.on for change in partnership.history.plan)
    yield from (day for day in days if day is not None)


def _list_goal_days(goal: Goal) -> Iterator[date | None]:
    yield goal.start
    yield goal.done
    yield from (reframe.on for reframe in goal.reframed)
    for milestone in goal.milestones:
        yield milestone.done
        yield milestone.dropped
        yield from (step.done for step in milestone.steps)


def compute_status(partnership: Partnership, today: Today) -> PartnershipStatus:
    """Return the written status, else proposed before the start, active until the end, after it unknown.

    Where neither a start nor a meeting is known nothing has begun, and the partnership is proposed.
    """
    if partnership.file.status is not None:
        return partnership.file.status
    if partnership.end is not None and today.has_passed(partnership.end):
        return PartnershipStatus.UNKNOWN
    if partnership.start is None or not today.has_reached(partnership.start):
        return PartnershipStatus.PROPOSED
    return PartnershipStatus.ACTIVE
