"""Happenings: what stands on a partnership's way, each with its day, as far as the audience may see it.

Meetings, experiences, milestones, goals and reframes; their picture is `headway.pages.trail`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from markupsafe import escape
from msgspec.structs import replace

from headway.model.fields import MeetingKind
from headway.model.goals import Goal
from headway.pages.goal_pages import visible_milestones
from headway.pages.note_pages import short_title
from headway.pages.parts import MarkView, MeetingCard
from headway.pages.shown import Shown
from headway.pages.trail import Happening
from headway.progress.report import GoalReport, MeetingReport, Standing

_KEPT = ("held", "shortened")
LATELY = 10
_CHEERS = ("win", "thanks")


def list_happenings(shown: Shown) -> tuple[Happening, ...]:
    """Return what happened and what is planned, by day."""
    found = [*_meetings(shown, shown.meetings), *(h for entry in shown.goals for h in _goal(shown, entry))]
    return tuple(sorted(found, key=lambda happening: happening.on))


def list_goal_happenings(shown: Shown, entry: GoalReport) -> tuple[Happening, ...]:
    """Return what happened to one goal and is planned for it, and the meetings whose notes name it, by day."""
    named = [e for e in shown.meetings if entry.goal.id in e.meeting.note.goals]
    own = (
        replace(h, label="Done" if h.state == "done" else "Due") if h.kind == "goal" else h for h in _goal(shown, entry)
    )
    return tuple(sorted([*_meetings(shown, named), *own], key=lambda happening: happening.on))


def find_since(shown: Shown, happenings: Sequence[Happening], journal: Sequence[MeetingCard]) -> date | None:
    """Return the day after which things are news: that of the last kept meeting.

    It is that of the one before where nothing has happened since; None where too few meetings were kept, or where
    not all of them may be shown.
    """
    kept = [h.on for h in happenings if h.kind in _KEPT] if shown.sees_all else []
    today = shown.report.today
    news = [*(h.on for h in happenings if h.has_happened), *(card.on for card in journal if card.on)]
    return next((day for day in reversed(kept) if any(day < on <= today for on in news)), None)


def list_lately(
    happenings: Sequence[Happening], journal: Sequence[MeetingCard], since: date | None, today: date
) -> tuple[MarkView, ...]:
    """Return what happened after a day, newest first; without a day nothing."""
    if since is None:
        return ()
    news = (h for h in happenings if h.has_happened and since < h.on <= today)
    found = [MarkView(h.kind, h.on, escape(h.label), h.address) for h in news]
    found += [
        MarkView("journal", card.on, escape(card.title), card.address)
        for card in journal
        if card.on is not None and since < card.on <= today
    ]
    return tuple(sorted(found, key=lambda mark: mark.on or date.min, reverse=True)[:LATELY])


def _meetings(shown: Shown, meetings: Iterable[MeetingReport]) -> Iterator[Happening]:
    for entry in meetings:
        note = entry.meeting.note
        if note.date is None or entry.status is None:
            continue
        kind = "experience" if entry.is_kept and note.kind == MeetingKind.EXPERIENCE else entry.status.value
        cheers = any(m.kind in _CHEERS and shown.sight.sees_lines(note, m.line, m.end_line) for m in note.marks)
        title, address = short_title(shown.sight.title(note)), shown.meeting_address(entry.meeting.slug)
        yield Happening(note.date, kind, title, address, is_celebrated=cheers)


def _goal(shown: Shown, entry: GoalReport) -> Iterator[Happening]:
    goal, address = entry.goal, shown.goal_address(entry.goal.id)
    past_due = {position for position, step in entry.past_due if step is None}
    for visible in visible_milestones(shown, goal):
        milestone = visible.milestone
        on = milestone.done or milestone.due
        if milestone.dropped is None and on is not None:
            state = "done" if milestone.done else "past-due" if visible.position in past_due else "open"
            yield Happening(
                on=on,
                kind="milestone",
                label=shown.sight.say(milestone.title),
                address=f"{address}#{visible.anchor}",
                state=state,
                size=milestone.size.value,
                is_celebrated=milestone.done is not None and milestone.celebrated is not None,
            )
    if shown.sight.sees_details(goal):
        yield from _goal_itself(shown, goal, entry.standing, address)


def _goal_itself(shown: Shown, goal: Goal, standing: Standing, address: str) -> Iterator[Happening]:
    title = shown.sight.say(goal.title)
    is_done = standing is Standing.DONE
    on = goal.done if is_done else goal.due
    if on is not None and standing not in (Standing.DROPPED, Standing.PAUSED):
        state = "done" if is_done else "past-due" if standing is Standing.OVERDUE else "open"
        yield Happening(on, "goal", title, address, state, is_celebrated=is_done and goal.celebrated is not None)
    for reframe in goal.reframed:
        yield Happening(reframe.on, "reframe", title, f"{address}#_reframed")
