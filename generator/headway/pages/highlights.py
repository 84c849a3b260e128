"""Highlights: what the progress page lifts out of the notes and the plan.

Celebrations, decisions and open questions, feedback in both directions, energy over time. Newest first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from markupsafe import Markup, escape
from msgspec import Struct

from headway.documents.note import EVERYBODY, Mark, Note
from headway.model.goals import Goal
from headway.pages.goal_pages import VisibleMilestone, visible_milestones
from headway.pages.parts import Celebration, EnergyLine, Feedback, Link, MarkView, PersonLink
from headway.pages.prose import Prose
from headway.pages.shown import Shown
from headway.progress.report import Standing

CELEBRATIONS = 24
MARKS = 8
FEEDBACK = 12

_CELEBRATED = ("win", "thanks")
_MARKED = ("decision", "question", "blocker", "idea")


class MarkedLine(Struct, frozen=True):
    """A marked line that the audience may read, with its note and that note's address."""

    mark: Mark
    note: Note
    address: str


def marked_lines(shown: Shown, kinds: Sequence[str]) -> list[MarkedLine]:
    """Return the visible marked lines of these kinds, newest first; those of undated notes last."""
    found = [
        MarkedLine(mark, note, address)
        for note, address in _notes(shown)
        for mark in note.marks
        if mark.kind in kinds
        and shown.sight.sees_lines(note, mark.line, mark.end_line)
        and (mark.kind != "feedback" or shown.sight.is_partners)
    ]
    return sorted(found, key=lambda line: line.note.date or date.min, reverse=True)


def celebrations(shown: Shown, prose: Prose, partnership: Link | None = None) -> tuple[Celebration, ...]:
    """Return what went well: done milestones and goals that were celebrated, goals done, wins and thanks."""
    found = [*_goal_celebrations(shown, partnership)]
    for line in marked_lines(shown, _CELEBRATED)[:CELEBRATIONS]:
        people = shown.people(line.mark.people)
        text = prose.inline(line.mark.text, line.note.path)
        found.append(
            Celebration(line.mark.kind, line.note.date, text, None, people, line.address, partnership),
        )
    found.sort(key=lambda celebration: celebration.on or date.min, reverse=True)
    return tuple(found[:CELEBRATIONS])


def celebrated_days(shown: Shown) -> tuple[date, ...]:
    """Return the days of everything that went well, one for each, in no order; what has no day is not counted."""
    planned = (celebration.on for celebration in _goal_celebrations(shown, None))
    marked = (line.note.date for line in marked_lines(shown, _CELEBRATED))
    return tuple(day for day in (*planned, *marked) if day is not None)


def not_yet_celebrated(shown: Shown) -> tuple[Link, ...]:
    """Return the milestones that are done and wait for their celebration, newest first."""
    waiting = [
        (
            found.milestone.done,
            Link(shown.sight.say(found.milestone.title), _milestone_address(shown, entry.goal, found)),
        )
        for entry in shown.goals
        for found in visible_milestones(shown, entry.goal)
        if shown.celebrates and found.milestone.done and not found.milestone.celebrated and not found.milestone.dropped
    ]
    return tuple(link for _, link in sorted(waiting, key=lambda found: found[0], reverse=True))


def mark_views(shown: Shown, prose: Prose) -> tuple[MarkView, ...]:
    """Return the newest decisions, questions, blockers and ideas."""
    return tuple(
        MarkView(line.mark.kind, line.note.date, prose.inline(line.mark.text, line.note.path), line.address)
        for line in marked_lines(shown, _MARKED)[:MARKS]
    )


def feedback_views(shown: Shown, prose: Prose) -> tuple[Feedback, ...]:
    """Return the newest feedback, in both directions; for the partners only."""
    return tuple(
        Feedback(
            on=line.note.date,
            giver=shown.sight.person(line.mark.giver) if line.mark.giver else None,
            receivers=shown.people(line.mark.people),
            text=prose.inline(line.mark.text, line.note.path),
            worked=tuple(prose.inline(text, line.note.path) for text in line.mark.worked),
            to_try=tuple(prose.inline(text, line.note.path) for text in line.mark.to_try),
            address=line.address,
        )
        for line in marked_lines(shown, ("feedback",))[:FEEDBACK]
    )


def energy_lines(shown: Shown) -> tuple[EnergyLine, ...]:
    """Return each member's energy over time, in the members' order; for the partners only."""
    if not shown.sight.is_partners:
        return ()
    values: dict[str, list[tuple[date, int]]] = {person: [] for person in shown.sight.roles}
    for note, _ in _notes(shown):
        for person, value in note.energy.items():
            if note.date is not None:
                values.setdefault(person, []).append((note.date, value))
    return tuple(
        EnergyLine(shown.sight.person(person), tuple(sorted(found))) for person, found in values.items() if found
    )


def _notes(shown: Shown) -> Iterator[tuple[Note, str]]:
    yield from ((entry.meeting.note, shown.meeting_address(entry.meeting.slug)) for entry in shown.meetings)
    yield from ((entry.note, shown.journal_address(entry.slug)) for entry in shown.journal)


def _goal_celebrations(shown: Shown, partnership: Link | None) -> Iterator[Celebration]:
    if not shown.celebrates:
        return
    say = shown.sight.say_or_none
    for entry in shown.goals:
        goal, address = entry.goal, shown.goal_address(entry.goal.id)
        people = _owner(shown, goal)
        sees_details = shown.sight.sees_details(goal)
        if entry.standing is Standing.DONE:
            on, how = (goal.done, say(goal.celebrated)) if sees_details else (None, None)
            yield Celebration("goal", on, _plain(shown, goal.title), how, people, address, partnership)
        for found in visible_milestones(shown, goal):
            milestone = found.milestone
            if milestone.done is not None and milestone.celebrated is not None:
                place = _milestone_address(shown, goal, found)
                text, how = _plain(shown, milestone.title), say(milestone.celebrated)
                yield Celebration("milestone", milestone.done, text, how, people, place, partnership)


def _plain(shown: Shown, text: str) -> Markup:
    # Titles of the plan are text, not Markdown.
    return escape(shown.sight.say(text))


def _owner(shown: Shown, goal: Goal) -> tuple[PersonLink, ...]:
    return () if goal.owner is None or goal.owner == EVERYBODY else shown.people([goal.owner])


def _milestone_address(shown: Shown, goal: Goal, found: VisibleMilestone) -> str:
    return f"{shown.goal_address(goal.id)}#{found.anchor}"
