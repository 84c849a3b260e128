"""Rules of a goals.yaml: whose the goals are, and whether their days and marks fit together.

Progress and standing are computed elsewhere; here is only what its author will want to know.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from headway.documents.note import EVERYBODY
from headway.documents.yaml import Keys
from headway.model.case import Case, Rule, ask_for, count, find_nearest, find_nearest_person
from headway.model.fields import GoalStatus
from headway.model.goals import Goal
from headway.problems import Problem
from headway.source.names import fold_id


def check_goal_ids(case: Case) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, goal in enumerate(case.partnership.goals):
        if fold_id(goal.id) in seen:
            message = f"There is already a goal with the id `{goal.id}` in this partnership."
            yield case.in_plan("HW209", ("goals", index, "id"), message, "Give it an id of its own.")
        seen.add(fold_id(goal.id))


def check_owners(case: Case) -> Iterator[Problem]:
    """A goal belongs to a member, or to all."""
    if not case.partnership.members:
        return
    for index, goal in enumerate(case.partnership.goals):
        owner, keys = goal.owner, ("goals", index, "owner")
        if owner is None or owner == EVERYBODY or case.is_member(owner):
            continue
        near = find_nearest(owner, case.member_ids)
        if owner in case.record.people:
            message = f"{case.name(owner)} owns this goal, and is not a member of this partnership."
            yield case.in_plan("HW203", keys, message, ask_for(near, "Write a member's id, or `all`."))
        else:
            near = near or find_nearest_person(owner, case.record)
            message = f"There is no person with the id `{owner}`."
            yield case.in_plan("HW201", keys, message, ask_for(near, "Write a member's id, or `all`."))


def check_due_days(case: Case) -> Iterator[Problem]:
    """Nothing is due before its goal starts."""
    for index, goal in enumerate(case.partnership.goals):
        if goal.start is None:
            continue
        if goal.due and goal.due < goal.start:
            message = f"This goal is due on {goal.due}, before it starts on {goal.start}."
            yield case.in_plan("HW213", ("goals", index, "due"), message, "Mend one of the two days.")
        for number, milestone in enumerate(goal.milestones):
            if milestone.due and milestone.due < goal.start:
                message = f"This milestone is due on {milestone.due}, before its goal starts on {goal.start}."
                keys = ("goals", index, "milestones", number, "due")
                yield case.in_plan("HW213", keys, message, "Mend one of the two days.")


def _done_days(index: int, goal: Goal) -> Iterator[tuple[Keys, str, date]]:
    """Return each day on which something of a goal was done, with its place and its kind."""
    top: Keys = ("goals", index)
    if goal.done:
        yield (*top, "done"), "goal", goal.done
    for number, milestone in enumerate(goal.milestones):
        place: Keys = (*top, "milestones", number)
        if milestone.done:
            yield (*place, "done"), "milestone", milestone.done
        for place_of_step, step in enumerate(milestone.steps):
            if step.done:
                yield (*place, "steps", place_of_step, "done"), "step", step.done


def check_done_days(case: Case) -> Iterator[Problem]:
    """What is done was done by today, and not before its goal started."""
    for index, goal in enumerate(case.partnership.goals):
        for keys, kind, day in _done_days(index, goal):
            if day > case.today:
                message = f"This {kind} is done on {day}, which is still to come: today is {case.today}."
                yield case.in_plan("HW214", keys, message, "Mend the day; what is planned goes under `due`.")
            elif goal.start and day < goal.start:
                message = f"This {kind} was done on {day}, before its goal started on {goal.start}."
                yield case.in_plan("HW215", keys, message, "Well done; perhaps the goal started earlier?")


def check_done_goals(case: Case) -> Iterator[Problem]:
    """A goal that is done says so in one voice."""
    for index, goal in enumerate(case.partnership.goals):
        keys: Keys = ("goals", index)
        if goal.done and goal.status not in (None, GoalStatus.DONE):
            message = f"This goal was done on {goal.done}, and its status is {goal.status}."
            yield case.in_plan("HW217", (*keys, "status"), message, "Write `status: done`, or take `done` out.")
        said = next((key for key in ("done", "status", "progress") if _says_done(goal, key)), None)
        still_open = [m for m in goal.milestones if not m.done and not m.dropped]
        if said is not None and still_open:
            number = count(len(still_open), "milestone is", "milestones are")
            message = f"This goal is done, and {number} not yet: {still_open[0].title}"
            message += ", ..." if len(still_open) > 1 else "."
            hint = "Give them their `done` day, or `dropped` where they were not needed."
            yield case.in_plan("HW216", (*keys, said), message, hint)


def _says_done(goal: Goal, key: str) -> bool:
    if key == "done":
        return goal.done is not None
    return goal.status is GoalStatus.DONE if key == "status" else goal.progress == 100


GOAL_RULES: tuple[Rule, ...] = (check_goal_ids, check_owners, check_due_days, check_done_days, check_done_goals)
