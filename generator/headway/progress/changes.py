"""Changes: when the plan last moved, as far as the files say it.

The days on which milestones, steps and goals were done or dropped, goals began or were reframed, tasks were
written or closed, and the agreement was made. Meetings are no change of the plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from headway.model.goals import Goal
from headway.model.partnership import Partnership
from headway.progress.day import Today
from headway.progress.report import TaskReport


def find_last_change(partnership: Partnership, tasks: Sequence[TaskReport], today: Today) -> date | None:
    """Return the latest day up to today on which the plan changed, or None where no file says one."""
    return max((day for day in _list_changes(partnership, tasks) if today.has_reached(day)), default=None)


def _list_changes(partnership: Partnership, tasks: Sequence[TaskReport]) -> Iterator[date]:
    days = [day for goal in partnership.goals for day in _list_goal_days(goal)]
    days += [day for task in tasks for day in (task.first_on, task.done_on)]
    days += partnership.agreement.agreed.values()
    yield from (day for day in days if day is not None)


def _list_goal_days(goal: Goal) -> Iterator[date | None]:
    yield goal.start
    yield goal.done
    yield from (reframe.on for reframe in goal.reframed)
    for milestone in goal.milestones:
        yield milestone.done
        yield milestone.dropped
        yield from (step.done for step in milestone.steps)
