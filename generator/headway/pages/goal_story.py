"""Goal story: how a goal's plan came to be what it is, as far as git tells and the audience may see it.

An earlier wording or day is shown only where both the plan of that time and the plan of today let the audience
see it. Facts, in the order they happened; a plan that moves is a plan that somebody looks after.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from headway.model.changes import Dated, Turn, Wording, find_latest, trace
from headway.model.goals import Goal, Milestone
from headway.model.history import LastChange
from headway.pages.past import ChangedView, PlanTurnView, ScopeView
from headway.pages.shown import Shown
from headway.source.names import fold_id


class GoalStory(Struct, frozen=True):
    """What git tells of a goal. ``ways`` has each milestone's turns, in the order of the plan."""

    way: tuple[Dated, ...] = ()
    ways: tuple[tuple[Dated, ...], ...] = ()
    gone: tuple[Dated, ...] = ()
    """The turns by which milestones left the plan."""
    scope: ScopeView | None = None
    """Known only where nothing of it is withheld: it is made of numbers."""
    changed: ChangedView | None = None
    """When anything in it last changed; likewise."""


def tell_goal(shown: Shown, goal: Goal) -> GoalStory:
    """Return what the audience may know of a goal's changes; nothing where it may not see the goal's details."""
    if not shown.sight.sees_details(goal):
        return GoalStory()
    turns = shown.history.turns_of(fold_id(goal.id))
    own = [dated for dated in turns if not dated.turn.is_milestone]
    of_milestones = [dated for dated in turns if dated.turn.is_milestone]
    # What stands in the folder and is not committed yet has no history: then the last commit's plan has.
    last = find_latest(own)
    way = trace(own, goal.title, goal.due) or (trace(own, *last.facts) if last else ())
    ways = tuple(trace(of_milestones, m.title, m.due) for m in goal.milestones)
    gone = _find_gone(of_milestones, goal.milestones)
    seen = [
        _seen_part(shown, way) if shown.sight.sees_milestone(goal, milestone) else ()
        for milestone, way in zip(goal.milestones, ways, strict=True)
    ]
    seen_gone = tuple(dated for dated in gone if sees_turns(shown, [dated.turn]))
    seen_way = _seen_part(shown, way)
    sees_all = len(seen_gone) == len(gone) and [*map(len, seen), len(seen_way)] == [*map(len, ways), len(way)]
    scope = _measure_scope(goal, GoalStory(way, ways, gone), of_milestones) if sees_all else None
    is_open = shown.sight.sees_milestones(goal) and sees_turns(shown, (dated.turn for dated in turns))
    change = shown.history.last_change_of_goal(fold_id(goal.id)) if is_open else None
    return GoalStory(seen_way, tuple(seen), seen_gone, scope, changed_view(shown, change))


def _find_gone(turns: Sequence[Dated], now: Sequence[Milestone]) -> tuple[Dated, ...]:
    """Return the last removal of each milestone that is no longer in the plan."""
    there = {milestone.title for milestone in now}
    gone = {d.turn.before.title: d for d in turns if d.turn.after is None and d.turn.before is not None}
    return tuple(dated for title, dated in gone.items() if title not in there)


def _seen_part(shown: Shown, way: tuple[Dated, ...]) -> tuple[Dated, ...]:
    """Return the turns after the last one that the audience may not know of."""
    hidden = [number for number, dated in enumerate(way, 1) if not sees_turns(shown, [dated.turn])]
    return way[hidden[-1] :] if hidden else way


def sees_past(shown: Shown) -> bool:
    """Whether the day of a change of the plan may be told, whatever it was that changed, now or earlier."""
    sight, turns = shown.sight, [turn for change in shown.history.plan for turn in change.turns]
    is_open = all(sight.sees_details(e.goal) and sight.sees_milestones(e.goal) for e in shown.report.goals)
    return is_open and sees_turns(shown, turns)


def sees_turns(shown: Shown, turns: Iterable[Turn]) -> bool:
    """Whether the audience may know of changes: by what each version of the plan says of who may see it."""
    wordings = (wording for turn in turns for wording in (turn.before, turn.after))
    return all(_sees_wording(shown, wording) for wording in wordings if wording is not None)


def _sees_wording(shown: Shown, wording: Wording) -> bool:
    goal, details, own = wording.sight
    sight, defaults = shown.sight, shown.sight.context.record.program.visibility
    return sight.sees(goal or defaults.goals) and sight.sees(own or details or defaults.details)


def _measure_scope(goal: Goal, story: GoalStory, turns: Sequence[Dated]) -> ScopeView | None:
    """Return how many milestones the goal began with, and what came of it; None where the beginning is not known."""
    if not story.way or story.way[0].turn.before is not None:
        return None
    origin = story.way[0].commit
    ways = [way for way in story.ways if way and way[0].turn.before is None]
    ways += [trace(turns, *d.turn.before.facts) for d in story.gone if d.turn.before is not None]
    later = sum(bool(way) and way[0].commit != origin for way in ways)
    dropped = len(story.gone) + sum(milestone.dropped is not None for milestone in goal.milestones)
    began = len(goal.milestones) + len(story.gone) - later
    return ScopeView(began, later, dropped) if later or dropped else None


def list_days(way: Iterable[Dated]) -> tuple[date, ...]:
    """Return the days that something was for, the first one first; nothing where it was never moved."""
    wordings = [wording for dated in way for wording in (dated.turn.before, dated.turn.after)]
    days = [wording.due for wording in wordings if wording is not None and wording.due is not None]
    moved = [day for number, day in enumerate(days) if number == 0 or days[number - 1] != day]
    return tuple(moved) if len(moved) > 1 else ()


def find_added(story: GoalStory, number: int) -> date | None:
    """Return the day on which a milestone joined a goal that was there already; None where it began with it."""
    way = story.ways[number] if number < len(story.ways) else ()
    if not way or not story.way or way[0].turn.before is not None or way[0].commit == story.way[0].commit:
        return None
    return way[0].on


def list_turns(shown: Shown, goal: Goal, story: GoalStory) -> tuple[PlanTurnView, ...]:
    """Return what happened to a goal's plan, in the order of the days; nothing where it is as it began."""
    told = {reframe.was for reframe in goal.reframed}
    origin = story.way[0].commit if story.way and story.way[0].turn.before is None else None
    turns = [(dated, dated.turn) for dated in (*story.way, *(d for way in story.ways for d in way), *story.gone)]
    views = [
        (dated.at, view)
        for dated, turn in turns
        if not (turn.is_milestone and turn.before is None and dated.commit == origin)
        for view in _describe(shown, dated, told)
    ]
    ordered = tuple(view for _, view in sorted(views, key=lambda item: item[0]))
    return ordered if any(view.kind != "added" or view.milestone for view in ordered) else ()


def _describe(shown: Shown, dated: Dated, told: set[str]) -> Iterable[PlanTurnView]:
    turn, say = dated.turn, shown.sight.say
    before, after = turn.before, turn.after
    wording = after or before
    if wording is None:
        return
    if turn.is_milestone and shown.sight.names_hidden(wording.title):
        return
    title = say(wording.title) if turn.is_milestone else None
    if before is None or after is None:
        kind = "added" if before is None else "removed"
        yield PlanTurnView(dated.on, kind, title, None, None, wording.due)
        return
    is_told = before.title in told and not turn.is_milestone
    if before.title != after.title and not is_told and not shown.sight.names_hidden(before.title):
        yield PlanTurnView(dated.on, "reworded", title, say(before.title), None, None)
    if before.due != after.due:
        yield PlanTurnView(dated.on, "moved", title, None, before.due, after.due)


def changed_view(shown: Shown, change: LastChange | None) -> ChangedView | None:
    """Return when something last changed; who did it is told of members, and of people the audience may see."""
    if change is None:
        return None
    person = shown.sight.person_or_none(change.person)
    known = shown.sight.context.record.people.get(change.person or "")
    is_role = person is not None and (known is None or person.name != known.name)
    return ChangedView(change.on, person, is_role)
