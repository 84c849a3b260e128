"""Goals: how far each has come, and how it stands.

A day written as done, dropped or reached counts as written, whatever today is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from headway.model.fields import GoalStatus, Size
from headway.model.goals import Goal, Milestone
from headway.model.partnership import Partnership
from headway.progress.day import Today
from headway.progress.report import GoalReport, Standing

_WEIGHTS = {Size.S: 1, Size.M: 2, Size.L: 4}


def report_goals(partnership: Partnership, behind: int, today: Today) -> tuple[GoalReport, ...]:
    """Return each goal's progress and standing; ``behind`` is how many points under the elapsed share is too far."""
    return tuple(_report(goal, goal.start or partnership.start, behind, today) for goal in partnership.goals)


def _report(goal: Goal, start: date | None, behind: int, today: Today) -> GoalReport:
    progress = compute_progress(goal)
    return GoalReport(
        goal=goal,
        progress=progress,
        standing=_standing(goal, start, progress, behind, today),
        is_judged=goal.progress is not None,
        past_due=tuple(_list_past_due(goal.milestones, today)),
    )


def compute_progress(goal: Goal) -> int | None:
    """Return a percentage 0..100: 100 for a done goal, else as judged, else by the weight of its milestones.

    None where there is nothing to go by: no milestone, or all of them dropped.
    """
    if _is_done(goal):
        return 100
    if goal.progress is not None:
        return goal.progress
    weights = [(_WEIGHTS[m.size], _done_share(m)) for m in goal.milestones if m.dropped is None]
    total = sum(weight for weight, _ in weights)
    if not total:
        return None
    return int(100 * sum(weight * share for weight, share in weights) / total)


def _is_done(goal: Goal) -> bool:
    return goal.status is GoalStatus.DONE or goal.done is not None


def _done_share(milestone: Milestone) -> Fraction:
    if milestone.done is not None:
        return Fraction(1)
    if not milestone.steps:
        return Fraction(0)
    return Fraction(sum(step.done is not None for step in milestone.steps), len(milestone.steps))


def _is_open(milestone: Milestone) -> bool:
    return milestone.dropped is None and _done_share(milestone) < 1


def _standing(goal: Goal, start: date | None, progress: int | None, behind: int, today: Today) -> Standing:
    """Return the first standing that holds, in the order of format.md, section 4."""
    is_silent = goal.status is None
    if _is_done(goal) or (is_silent and progress == 100):
        return Standing.DONE
    if goal.status is GoalStatus.DROPPED:
        return Standing.DROPPED
    if goal.status is GoalStatus.PAUSED:
        return Standing.PAUSED
    starts_later = is_silent and start is not None and not today.has_reached(start)
    if goal.status is GoalStatus.PLANNED or starts_later:
        return Standing.PLANNED
    if goal.due is not None and today.has_passed(goal.due):
        return Standing.OVERDUE
    if _is_behind(goal, start, progress, behind, today):
        return Standing.BEHIND
    return Standing.ON_TRACK


def _is_behind(goal: Goal, start: date | None, progress: int | None, behind: int, today: Today) -> bool:
    if any(_is_open(m) and m.due is not None and today.has_passed(m.due) for m in goal.milestones):
        return True
    if progress is None or start is None or goal.due is None or goal.due <= start:
        return False
    # Elapsed share > progress + behind, with both sides multiplied by the days from start to due.
    return today.has_passed(start, (progress + behind) * (goal.due - start).days // 100)


def _list_past_due(milestones: Sequence[Milestone], today: Today) -> Iterator[tuple[int, int | None]]:
    for index, milestone in enumerate(milestones):
        if not _is_open(milestone):
            continue
        if milestone.due is not None and today.has_passed(milestone.due):
            yield index, None
        for place, step in enumerate(milestone.steps):
            if step.done is None and step.due is not None and today.has_passed(step.due):
                yield index, place
