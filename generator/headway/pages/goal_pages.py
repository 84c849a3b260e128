"""Goal pages: each goal in short, its own page, and the list.

Where the audience may not see details, a goal is its title, owner, progress and standing, and no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from headway.documents.note import EVERYBODY
from headway.model.goals import Goal, Milestone
from headway.pages.goal_story import GoalStory, find_added, list_days, list_turns, tell_goal
from headway.pages.parts import (
    GoalCard,
    Link,
    MeetingCard,
    MilestoneView,
    PersonLink,
    ReframeView,
    StepView,
)
from headway.pages.shown import Shown
from headway.pages.trail import TrailView
from headway.pages.views import GoalListView, GoalView, Page
from headway.progress.report import GoalReport, Standing


def goal_card(shown: Shown, entry: GoalReport) -> GoalCard:
    """Return a goal in short."""
    goal = entry.goal
    sees_details = shown.sight.sees_details(goal)
    visible = visible_milestones(shown, goal)
    counted = [m for m in goal.milestones if m.dropped is None]
    counts = sees_details and len(visible) == len(goal.milestones)
    open_milestones = [v.milestone for v in visible if v.milestone.done is None and v.milestone.dropped is None]
    return GoalCard(
        title=shown.sight.say(goal.title),
        address=shown.goal_address(goal.id),
        owner=_owner(shown, goal.owner),
        progress=entry.progress,
        is_judged=entry.is_judged,
        standing=entry.standing.value,
        due=goal.due if sees_details else None,
        next_milestone=shown.sight.say(open_milestones[0].title) if open_milestones else None,
        milestones_done=sum(m.done is not None for m in counted) if counts else None,
        milestones_total=len(counted) if counts else None,
    )


class VisibleMilestone(Struct, frozen=True):
    """A milestone that may be shown; ``position`` is its place in the plan, ``anchor`` on its goal's page.

    Anchors count the visible ones only, so that they do not tell of others.
    """

    milestone: Milestone
    position: int
    anchor: str


def visible_milestones(shown: Shown, goal: Goal) -> list[VisibleMilestone]:
    """Return the milestones that may be shown, in the plan's order."""
    visible = [(n, m) for n, m in enumerate(goal.milestones) if shown.sight.sees_milestone(goal, m)]
    return [VisibleMilestone(m, n, f"milestone-{number}") for number, (n, m) in enumerate(visible, 1)]


def plan_goal_pages(
    shown: Shown,
    cards: Sequence[GoalCard],
    meetings: Mapping[str, Sequence[MeetingCard]],
    trails: Mapping[str, TrailView | None],
) -> Iterator[Page]:
    """Yield the list of goals and a page for each.

    ``meetings`` are those whose notes name a goal, ``trails`` the pictures of their time, by the goals' ids.
    """
    if not shown.goals:
        return
    audience = shown.sight.context.audience.value
    goals = Link("Goals", shown.sight.addresses.goals(shown.id))
    yield Page(goals.address, "goals.html", goals.text, GoalListView(shown.link, tuple(cards)), audience, (shown.link,))
    for entry, card in zip(shown.goals, cards, strict=True):
        view = _goal_view(shown, entry, card, tuple(meetings.get(entry.goal.id, ())))
        view = replace(view, trail=trails.get(entry.goal.id))
        yield Page(card.address, "goal.html", card.title, view, audience, (shown.link, goals), view.why or "")


def _goal_view(shown: Shown, entry: GoalReport, card: GoalCard, meetings: tuple[MeetingCard, ...]) -> GoalView:
    goal, say = entry.goal, shown.sight.say_or_none
    story = tell_goal(shown, goal)
    milestones = tuple(_milestone_view(shown, visible, entry, story) for visible in visible_milestones(shown, goal))
    if not shown.sight.sees_details(goal):
        return GoalView(card, shown.link, False, None, None, (), None, None, None, None, milestones, (), meetings, ())
    return GoalView(
        card=card,
        partnership=shown.link,
        shows_details=True,
        why=say(goal.why),
        measure=say(goal.measure),
        area=tuple(shown.sight.say(area) for area in goal.area),
        start=goal.start,
        done=goal.done,
        lesson=say(goal.lesson),
        celebrated=say(goal.celebrated),
        milestones=milestones,
        reframed=tuple(ReframeView(r.on, shown.sight.say(r.was), say(r.why)) for r in goal.reframed),
        meetings=meetings,
        hints=_missing_parts(entry),
        days=list_days(story.way),
        turns=list_turns(shown, goal, story),
        scope=story.scope,
        changed=story.changed,
    )


def _milestone_view(shown: Shown, visible: VisibleMilestone, entry: GoalReport, story: GoalStory) -> MilestoneView:
    milestone, position = visible.milestone, visible.position
    way = story.ways[position] if story.ways else ()
    return MilestoneView(
        anchor=visible.anchor,
        title=shown.sight.say(milestone.title),
        size=milestone.size.value,
        due=milestone.due,
        done=milestone.done,
        dropped=milestone.dropped,
        celebrated=shown.sight.say_or_none(milestone.celebrated),
        is_past_due=(position, None) in entry.past_due,
        steps=tuple(
            StepView(shown.sight.say(step.title), step.due, step.done, (position, number) in entry.past_due)
            for number, step in enumerate(milestone.steps)
        ),
        days=list_days(way),
        added=find_added(story, position),
    )


def _missing_parts(entry: GoalReport) -> tuple[str, ...]:
    if entry.standing in (Standing.DONE, Standing.DROPPED):
        return ()
    goal = entry.goal
    parts = {"why": goal.why, "measure": goal.measure, "due": goal.due, "milestones": goal.milestones}
    return tuple(name for name, value in parts.items() if not value)


def _owner(shown: Shown, owner: str | None) -> PersonLink | None:
    return None if owner is None or owner == EVERYBODY else shown.sight.person(owner)
