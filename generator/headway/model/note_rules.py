"""Rules of notes: whether their days, goals and people fit the partnership that they belong to.

What a note says by itself is read, and its own problems told, in `headway.documents`.
"""

from __future__ import annotations

from collections.abc import Iterator

from headway.documents.note import Note
from headway.documents.text import shorten
from headway.model.case import Case, Rule, ask_for, count, find_nearest
from headway.model.fields import MeetingStatus
from headway.model.resolving import planned_start
from headway.problems import Problem

_NOT_KEPT = (MeetingStatus.MOVED, MeetingStatus.CANCELLED, MeetingStatus.MISSED, MeetingStatus.PLANNED)


def _notes(case: Case) -> Iterator[Note]:
    yield from (meeting.note for meeting in case.partnership.meetings)
    yield from (entry.note for entry in case.partnership.journal)


def check_goals(case: Case) -> Iterator[Problem]:
    """The goals that a note names are in the plan."""
    known = {goal.id for goal in case.partnership.goals}
    if case.plan in case.places.unread:
        return
    for note in _notes(case):
        for goal in note.goals:
            if goal not in known:
                hint = ask_for(find_nearest(goal, known), "Add it to goals.yaml, or take it out.")
                message = f"There is no goal with the id `{shorten(goal)}` in this partnership."
                yield case.places.problem_in_note("HW205", note, message, hint, goal)


def check_authors(case: Case) -> Iterator[Problem]:
    for entry in case.partnership.journal:
        if entry.author is not None and not case.is_member(entry.author):
            hint = ask_for(find_nearest(entry.author[:100], case.member_ids), "Write a member's id.")
            message = f"`{shorten(entry.author)}` wrote this, and is not a member of this partnership."
            yield case.places.problem_in_note("HW229", entry.note, message, hint, entry.author)


def check_days_of_meetings(case: Case) -> Iterator[Problem]:
    """Meetings lie between the start and the end of their partnership."""
    start, end = planned_start(case.partnership.file, case.record), case.partnership.end
    for meeting in case.partnership.meetings:
        if meeting.on is None:
            continue
        if start and meeting.on < start:
            message = f"This meeting of {meeting.on} lies before the partnership's start on {start}."
            yield case.places.problem_in_note("HW223", meeting.note, message, "Mend the day, or the `start`.")
        elif end and meeting.on > end:
            message = f"This meeting of {meeting.on} lies after the partnership's end on {end}."
            hint = "Good that you still meet; `end` can move, too."
            yield case.places.problem_in_note("HW224", meeting.note, message, hint)


def check_meetings_before_agreement(case: Case) -> Iterator[Problem]:
    """An agreement comes first; where it did not, it is still worth having."""
    agreed = case.partnership.agreement.agreed
    if not agreed:
        return
    agreed_on = max(agreed.values())
    earlier = [
        meeting
        for meeting in case.partnership.meetings
        if meeting.on is not None and meeting.on < agreed_on and meeting.note.status not in _NOT_KEPT
    ]
    if earlier:
        met = count(len(earlier), "meeting took place", "meetings took place")
        message = f"{met} before all had agreed on {agreed_on}."
        hint = "No harm done; next time, talk the agreement over in the first meeting."
        yield case.in_file("HW222", ("agreement", "agreed"), message, hint, key=True)


NOTE_RULES: tuple[Rule, ...] = (
    check_goals,
    check_authors,
    check_days_of_meetings,
    check_meetings_before_agreement,
)
