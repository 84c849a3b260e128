"""Consent: completion stories, thanks and celebrations leave the partners' circle only where each person in them
allows it, kind by kind, in their own file. Taking it back takes effect with the next build.

What is not allowed is taken out of the report before anything is planned, so that no page can tell it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from msgspec.structs import replace

from headway.documents.note import Mark, Note
from headway.model.fields import Visibility
from headway.model.goals import Goal
from headway.model.partnership import Partnership
from headway.model.person import Consent
from headway.model.program import ProgramContext
from headway.pages.sight import all_notes
from headway.progress.report import PartnershipReport

_KINDS: dict[str, Consent] = {"win": "celebrations", "thanks": "thanks"}
"""What consent a marked line of a note needs."""


def list_members(partnership: Partnership) -> tuple[str, ...]:
    """Return whose consent everything in it needs: the members', those who left, too."""
    return tuple(dict.fromkeys(member.person for member in partnership.members))


def list_asked(partnership: Partnership) -> tuple[str, ...]:
    """Return everybody whose consent something in it needs: the members, and whom its thanks and wins name."""
    named = (
        person
        for note in all_notes(partnership)
        for mark in note.marks
        if mark.kind in _KINDS
        for person in mark.people
    )
    return tuple(dict.fromkeys((*list_members(partnership), *named)))


def count_unallowed(report: PartnershipReport, context: ProgramContext) -> int:
    """Return how many stories, thanks and celebrations the audience does not get for want of consent."""
    partnership = report.partnership
    members = list_members(partnership)
    allowed = list_allowed(members, context)
    lines = sum(not _is_allowed(mark, members, context) for note in all_notes(partnership) for mark in note.marks)
    told = [goal.celebrated for goal in partnership.goals]
    told += [milestone.celebrated for goal in partnership.goals for milestone in goal.milestones]
    celebrated = 0 if "celebrations" in allowed else sum(bool(text) for text in told)
    return lines + celebrated + (bool(partnership.file.reason) and "stories" not in allowed)


def list_allowed(people: Iterable[str], context: ProgramContext) -> frozenset[Consent]:
    """Return what an audience may have: the partners all kinds, others those that each of these people allows."""
    kinds = frozenset(get_args(Consent))
    if context.audience.admits(Visibility.PARTNERS):
        return kinds
    known = context.record.people
    return kinds.intersection(*(known[person].allows if person in known else () for person in people))


def withhold_without_consent(report: PartnershipReport, context: ProgramContext) -> PartnershipReport:
    """Return the report without what the people in it have not allowed the audience to have."""
    if context.audience.admits(Visibility.PARTNERS):
        return report
    partnership = report.partnership
    members = list_members(partnership)
    allowed = list_allowed(members, context)

    def quiet(note: Note) -> Note:
        lines = ((mark.line, mark.end_line) for mark in note.marks if not _is_allowed(mark, members, context))
        return replace(note, private_lines=(*note.private_lines, *lines))

    meetings = {id(meeting): replace(meeting, note=quiet(meeting.note)) for meeting in partnership.meetings}
    goals = report.goals
    if "celebrations" not in allowed:
        goals = tuple(replace(entry, goal=_without_celebrations(entry.goal)) for entry in goals)
    file = partnership.file
    if "stories" not in allowed:
        file = replace(file, reason=None)
    return replace(
        report,
        partnership=replace(
            partnership,
            file=file,
            goals=tuple(entry.goal for entry in goals),
            meetings=tuple(meetings[id(meeting)] for meeting in partnership.meetings),
            journal=tuple(replace(entry, note=quiet(entry.note)) for entry in partnership.journal),
            introductions=tuple(replace(entry, note=quiet(entry.note)) for entry in partnership.introductions),
        ),
        goals=goals,
        meetings=tuple(replace(entry, meeting=meetings[id(entry.meeting)]) for entry in report.meetings),
    )


def _is_allowed(mark: Mark, members: Iterable[str], context: ProgramContext) -> bool:
    """Whether a marked line may be shown; whom it names is in it beside the members."""
    kind = _KINDS.get(mark.kind)
    return kind is None or kind in list_allowed((*members, *mark.people), context)


def _without_celebrations(goal: Goal) -> Goal:
    milestones = tuple(replace(milestone, celebrated=None) for milestone in goal.milestones)
    return replace(goal, celebrated=None, milestones=milestones)
