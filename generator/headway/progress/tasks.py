"""Tasks: how each stands today, and how many meetings it was carried through; what each member followed through.

Which lines are the same task is decided in `headway.progress.threads`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from headway.documents.note import EVERYBODY
from headway.model.partnership import Membership, Partnership
from headway.progress.day import Today
from headway.progress.meetings import Place, place_note
from headway.progress.report import FollowThrough, MeetingReport, TaskNumbers, TaskReport, TaskState
from headway.progress.rhythm import select_meetings
from headway.progress.threads import Thread


def report_tasks(threads: Sequence[Thread], meetings: Sequence[MeetingReport], today: Today) -> tuple[TaskReport, ...]:
    """Return each task with its state, in the order of ``threads``; ``meetings`` are in the order of their days."""
    kept = [
        place_note(r.meeting.on, r.meeting.slug)
        for r in select_meetings(meetings)
        if r.is_kept and r.meeting.on is not None
    ]
    return tuple(_report(thread, kept, today) for thread in threads)


def _report(thread: Thread, kept: Sequence[Place], today: Today) -> TaskReport:
    first, last, closing = thread.first, thread.last, thread.closing
    return TaskReport(
        text=first.task.text,
        owner=thread.owner,
        first=first.slug,
        first_on=first.on,
        last=last.slug,
        path=last.path,
        line=last.task.line,
        due=thread.due,
        state=_state(thread, today),
        carried=_count_carried(thread, kept),
        done_on=None if closing is None or closing is first else closing.on,
        first_in_journal=first.is_journal,
        last_in_journal=last.is_journal,
    )


def _state(thread: Thread, today: Today) -> TaskState:
    if thread.closing is not None:
        return TaskState.DONE
    is_overdue = thread.due is not None and today.has_passed(thread.due)
    return TaskState.OVERDUE if is_overdue else TaskState.OPEN


def _count_carried(thread: Thread, kept: Sequence[Place]) -> int:
    """Return the kept meetings after the first mention and before the tick; 0 where either has no day."""
    if thread.first.place is None:
        return 0
    written = bisect_right(kept, thread.first.place)
    if thread.closing is None:
        return len(kept) - written
    if thread.closing.place is None:
        return 0
    return max(0, bisect_left(kept, thread.closing.place) - written)


def count_tasks(tasks: Sequence[TaskReport]) -> TaskNumbers:
    """Return the task numbers; a task of everybody's is one task."""
    states = Counter(task.state for task in tasks)
    return TaskNumbers(
        open=states[TaskState.OPEN] + states[TaskState.OVERDUE],
        done=states[TaskState.DONE],
        overdue=states[TaskState.OVERDUE],
        unassigned=sum(task.owner is None and task.state is not TaskState.DONE for task in tasks),
    )


def compute_follow_through(
    partnership: Partnership, tasks: Sequence[TaskReport], today: Today
) -> tuple[FollowThrough, ...]:
    """Return one count for each person, in the order of the members.

    Only tasks with a due day up to today count, and only from dated notes. Everybody's tasks count for all
    who were members at some time between the day it was written and the day it was due.
    """
    counted = [t for t in tasks if t.first_on is not None and t.due is not None and today.has_reached(t.due)]
    people = dict.fromkeys(member.person for member in partnership.members)
    return tuple(_count_person(person, partnership.members, counted) for person in people)


def _count_person(person: str, members: Sequence[Membership], tasks: Sequence[TaskReport]) -> FollowThrough:
    own = [member for member in members if member.person == person]
    mine = [t for t in tasks if t.owner == person or (t.owner == EVERYBODY and any(_shares(m, t) for m in own))]
    return FollowThrough(person, sum(_is_in_time(task) for task in mine), len(mine))


def _shares(member: Membership, task: TaskReport) -> bool:
    has_joined = member.start is None or task.due is None or member.start <= task.due
    has_left = member.end is not None and task.first_on is not None and member.end < task.first_on
    return has_joined and not has_left


def _is_in_time(task: TaskReport) -> bool:
    if task.state is not TaskState.DONE or task.due is None:
        return False
    # Ticked where it stood: nobody wrote when, and doubt is read in the member's favour.
    return task.done_on is None or task.done_on <= task.due
