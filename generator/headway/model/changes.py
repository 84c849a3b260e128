"""Changes of a goal plan: what one version made of another, and how a goal came to be what it is.

Pure functions over plans. Where the versions come from, and on which day, is `headway.model.history`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from difflib import SequenceMatcher
from typing import NamedTuple

from headway.model.fields import Visibility
from headway.model.goals import Goal, GoalPlan, Milestone
from headway.source.names import fold_id

_LIKE = 0.6
"""How alike two milestones' titles are where one is the other in new words."""
_COMPARED = 40
"""Of so many milestones, and of three times as many characters of a title, likeness is measured: it takes time."""


class Wording(NamedTuple):
    """How one version of the plan puts a goal or a milestone."""

    title: str
    due: date | None
    sight: tuple[Visibility | None, Visibility | None, Visibility | None] = (None, None, None)
    """Whom that version lets see it: the goal's visibility, its details', the milestone's own."""

    @property
    def facts(self) -> tuple[str, date | None]:
        return self.title, self.due


class Turn(NamedTuple):
    """A goal's or a milestone's way from one wording to the next; None before it was in the plan, and after."""

    goal: str
    """The goal's id, as ids are compared."""
    is_milestone: bool
    before: Wording | None
    after: Wording | None


class PlanDifference(NamedTuple):
    """``goals`` are the ids of those that differ in anything; ``turns`` are what happened to titles and days."""

    goals: tuple[str, ...]
    turns: tuple[Turn, ...]


def compare_plans(before: GoalPlan, after: GoalPlan) -> PlanDifference:
    """Return what is different in a later version of a plan."""
    old, new = ({fold_id(goal.id): goal for goal in plan.goals} for plan in (before, after))
    changed = [goal_id for goal_id in dict.fromkeys((*old, *new)) if old.get(goal_id) != new.get(goal_id)]
    turns = [turn for goal_id in changed for turn in _compare_goals(goal_id, old.get(goal_id), new.get(goal_id))]
    return PlanDifference(tuple(changed), tuple(turns))


def _compare_goals(goal_id: str, before: Goal | None, after: Goal | None) -> Iterator[Turn]:
    old, new = (goal.milestones if goal else () for goal in (before, after))
    turns = [Turn(goal_id, False, _put_goal(before), _put_goal(after))]
    turns += [
        Turn(goal_id, True, _put_milestone(before, left), _put_milestone(after, right))
        for left, right in _pair_milestones(old, new)
    ]
    yield from (t for t in turns if (t.before and t.before.facts) != (t.after and t.after.facts))


def _put_goal(goal: Goal | None) -> Wording | None:
    return None if goal is None else Wording(goal.title, goal.due, (goal.visibility, goal.details, None))


def _put_milestone(goal: Goal | None, milestone: Milestone | None) -> Wording | None:
    if goal is None or milestone is None:
        return None
    return Wording(milestone.title, milestone.due, (goal.visibility, goal.details, milestone.visibility))


def _pair_milestones(
    old: Sequence[Milestone], new: Sequence[Milestone]
) -> Iterator[tuple[Milestone | None, Milestone | None]]:
    """Yield each milestone with what became of it: the one of the same title, else the one most like it."""
    by_title: dict[str, list[Milestone]] = {}
    for milestone in reversed(new):
        by_title.setdefault(_key(milestone), []).append(milestone)
    left: list[Milestone] = []
    for milestone in old:
        if same := by_title.get(_key(milestone)):
            yield milestone, same.pop()
        else:
            left.append(milestone)
    right = [milestone for rest in by_title.values() for milestone in reversed(rest)]
    for milestone in left:
        likeness = [(_measure_likeness(milestone.title, m.title), -n) for n, m in enumerate(right[:_COMPARED])]
        best, place = max(likeness, default=(0.0, 0)) if len(left) <= _COMPARED else (0.0, 0)
        yield milestone, right.pop(-place) if best >= _LIKE else None
    yield from ((None, milestone) for milestone in right)


def _key(milestone: Milestone) -> str:
    return " ".join(milestone.title.casefold().split())


def _measure_likeness(one: str, other: str) -> float:
    one, other = (text.casefold()[: 3 * _COMPARED] for text in (one, other))
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return 0.0 if matcher.real_quick_ratio() < _LIKE or matcher.quick_ratio() < _LIKE else matcher.ratio()


class Dated(NamedTuple):
    """A turn with the commit it came with; ``at`` is the author's clock, ``on`` the day, None where it told none."""

    turn: Turn
    commit: str
    at: int
    on: date | None


def trace(turns: Iterable[Dated], title: str, due: date | None) -> tuple[Dated, ...]:
    """Return the turns that led to a title and a day, oldest first; nothing where none did.

    Followed backwards from one wording to the one before: so what was tried on a branch and not taken over is
    not in it, and a clock that went wrong does not change the order.
    """
    by_result: dict[tuple[str, date | None], list[Dated]] = {}
    for dated in sorted(turns, key=lambda dated: (dated.at, dated.commit)):
        if dated.turn.after is not None:
            by_result.setdefault(dated.turn.after.facts, []).append(dated)
    way: list[Dated] = []
    found = by_result.get((title, due))
    while found:
        way.append(found.pop())
        before = way[-1].turn.before
        found = None if before is None else by_result.get(before.facts)
    return tuple(reversed(way))


def find_latest(turns: Iterable[Dated]) -> Wording | None:
    """Return the last wording that no turn led away from, None where there is none."""
    dated = sorted(turns, key=lambda dated: (dated.at, dated.commit))
    left = {d.turn.before.facts for d in dated if d.turn.before is not None}
    ends = [d.turn.after for d in dated if d.turn.after is not None]
    return next((wording for wording in reversed(ends) if wording.facts not in left), ends[-1] if ends else None)
