"""Tasks: how each stands today, and how many meetings it was carried through.

Which lines are the same task is decided in `headway.progress.threads`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from headway.progress.day import Today
from headway.progress.meetings import Place, place_note
from headway.progress.report import MeetingReport, TaskNumbers, TaskReport, TaskState
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
