"""Follow-through: of what each member said they would do by now, what was done in time.

The same measure for mentors as for mentees; two counts, never a rate.
"""

from __future__ import annotations

from collections.abc import Sequence

from headway.documents.note import EVERYBODY
from headway.model.partnership import Membership, Partnership
from headway.progress.day import Today
from headway.progress.report import FollowThrough, TaskReport, TaskState


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
