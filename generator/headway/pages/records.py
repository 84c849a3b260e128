"""Records: the numbers and the record itself as plain values, for other tools (format.md, 5).

Like the views, they hold only what their audience may see.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from headway.model.fields import Visibility
from headway.model.goals import Goal, Milestone
from headway.model.partnership import Meeting, Partnership
from headway.progress.report import MeetingReport, PartnershipReport

Record = dict[str, Any]

TABLES: Mapping[str, tuple[str, ...]] = {
    "partnerships": (
        "id", "title", "kind", "cohort", "status", "start", "end", "momentum", "because",
        "kept", "expected", "run", "last", "next", "open_tasks", "overdue_tasks",
    ),
    "goals": ("partnership", "id", "title", "owner", "status", "standing", "progress", "start", "due", "done"),
    "meetings": (
        "partnership", "path", "line", "date", "time", "title", "kind", "status", "minutes", "attendees", "guests",
    ),
    "tasks": ("partnership", "path", "line", "first_on", "text", "owner", "due", "state", "carried", "done_on"),
}  # fmt: skip
"""The CSV tables and their columns."""


def status_record(report: PartnershipReport, audience: Visibility) -> Record:
    """Return one partnership's numbers as ``headway status --format json`` has them.

    ``meetings`` and ``tasks`` are None where the audience may not see every note they count.
    """
    partnership, numbers, tasks = report.partnership, report.numbers, report.task_numbers
    shows_notes = _shows_notes(partnership, audience)
    return {
        "id": partnership.id,
        "title": partnership.title,
        "status": report.status.value,
        "momentum": report.momentum.state.value,
        "because": report.momentum.because if shows_notes else None,
        "fresh_until": _day(report.fresh_until),
        "meetings": {
            "kept": numbers.kept,
            "expected": numbers.expected,
            "shortened": numbers.shortened,
            "moved": numbers.moved,
            "cancelled": numbers.cancelled,
            "missed": numbers.missed,
            "planned": numbers.planned,
            "unconfirmed": numbers.unconfirmed,
            "run": numbers.run,
            "last": _day(numbers.last_on),
            "next": _day(numbers.next_on),
        }
        if shows_notes
        else None,
        "goals": [
            {"id": entry.goal.id, "progress": entry.progress, "standing": entry.standing.value}
            for entry in report.goals
            if audience.admits(_visibility(entry.goal))
        ],
        "tasks": {
            "open": tasks.open,
            "done": tasks.done,
            "overdue": tasks.overdue,
            "unassigned": tasks.unassigned,
        }
        if shows_notes
        else None,
    }


def export_record(report: PartnershipReport, audience: Visibility) -> Record:
    """Return one partnership's record, with the places where each thing is written."""
    partnership = report.partnership
    return {
        "id": partnership.id,
        "title": partnership.title,
        "kind": partnership.file.kind.value,
        "cohort": partnership.file.cohort,
        "status": report.status.value,
        "start": _day(partnership.start),
        "end": _day(partnership.end),
        "purpose": partnership.file.purpose if audience.rank >= Visibility.PARTNERS.rank else None,
        "members": [
            {"person": m.person, "role": m.role.value, "from": _day(m.start), "to": _day(m.end)}
            for m in partnership.members
        ],
        "goals": [
            _goal(entry.goal, entry.standing.value, entry.progress, audience)
            for entry in report.goals
            if audience.admits(_visibility(entry.goal))
        ],
        "meetings": [
            _meeting(entry, audience) for entry in report.meetings if audience.admits(entry.meeting.visibility)
        ],
    }


def table_rows(report: PartnershipReport, table: str, audience: Visibility) -> Iterable[Record]:
    """Return the rows that one partnership gives to a CSV table; the columns are those of `TABLES`."""
    rows = {
        "partnerships": _partnership_rows,
        "goals": _goal_rows,
        "meetings": _meeting_rows,
        "tasks": _task_rows,
    }[table]
    return rows(report, audience)


def _shows_notes(partnership: Partnership, audience: Visibility) -> bool:
    return all(audience.admits(meeting.visibility) for meeting in partnership.meetings)


def _visibility(thing: Goal | Milestone) -> Visibility:
    return thing.visibility or Visibility.PRIVATE


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _goal(goal: Goal, standing: str, progress: int | None, audience: Visibility) -> Record:
    record: Record = {
        "id": goal.id,
        "title": goal.title,
        "owner": goal.owner,
        "progress": progress,
        "standing": standing,
        "milestones": [_milestone(m) for m in goal.milestones if audience.admits(_visibility(m))],
    }
    if audience.admits(goal.details or Visibility.PRIVATE):
        record |= {
            "why": goal.why,
            "measure": goal.measure,
            "area": list(goal.area),
            "start": _day(goal.start),
            "due": _day(goal.due),
            "done": _day(goal.done),
            "lesson": goal.lesson,
            "reframed": [{"on": _day(r.on), "was": r.was, "why": r.why} for r in goal.reframed],
        }
    return record


def _milestone(milestone: Milestone) -> Record:
    return {
        "title": milestone.title,
        "size": milestone.size.value,
        "due": _day(milestone.due),
        "done": _day(milestone.done),
        "dropped": _day(milestone.dropped),
        "celebrated": milestone.celebrated,
        "steps": [{"title": s.title, "due": _day(s.due), "done": _day(s.done)} for s in milestone.steps],
    }


def _meeting(entry: MeetingReport, audience: Visibility) -> Record:
    note = entry.meeting.note
    sees_all = audience.rank >= Visibility.PARTNERS.rank
    return {
        "path": note.path,
        "line": note.line,
        "date": _day(note.date),
        "time": note.time.strftime("%H:%M") if note.time else None,
        "title": note.title,
        "kind": note.kind,
        "status": entry.status.value if entry.status else None,
        "minutes": note.minutes,
        "attendees": list(note.attendance.present),
        "guests": list(note.attendance.guests),
        "absent": list(note.attendance.absent),
        "goals": list(note.goals),
        "energy": dict(note.energy) if sees_all else {},
        "next": _day(note.next_on),
        "tasks": [
            {"line": t.line, "text": t.text, "owner": t.owner, "due": _day(t.due), "done": t.is_done}
            for t in note.tasks
        ],
        "marks": [
            {"kind": m.kind, "line": m.line, "text": m.text, "giver": m.giver, "people": list(m.people)}
            for m in note.marks
            if sees_all or m.kind != "feedback"
        ],
    }


def _partnership_rows(report: PartnershipReport, audience: Visibility) -> Iterable[Record]:
    record = status_record(report, audience)
    numbers, tasks = record.pop("meetings") or {}, record.pop("tasks") or {}
    partnership = report.partnership
    yield record | {
        "kind": partnership.file.kind.value,
        "cohort": partnership.file.cohort,
        "start": _day(partnership.start),
        "end": _day(partnership.end),
        **{name: numbers.get(name) for name in ("kept", "expected", "run", "last", "next")},
        "open_tasks": tasks.get("open"),
        "overdue_tasks": tasks.get("overdue"),
    }


def _goal_rows(report: PartnershipReport, audience: Visibility) -> Iterable[Record]:
    for entry in report.goals:
        if audience.admits(_visibility(entry.goal)):
            record = _goal(entry.goal, entry.standing.value, entry.progress, audience)
            status = entry.goal.status
            yield record | {"partnership": report.partnership.id, "status": status.value if status else None}


def _meeting_rows(report: PartnershipReport, audience: Visibility) -> Iterable[Record]:
    for entry in report.meetings:
        if audience.admits(entry.meeting.visibility):
            record = _meeting(entry, audience)
            people = {name: " ".join(record[name]) for name in ("attendees",)}
            yield record | people | {"partnership": report.partnership.id, "guests": "; ".join(record["guests"])}


def _task_rows(report: PartnershipReport, audience: Visibility) -> Iterable[Record]:
    visible: dict[str, Meeting] = {
        m.slug: m for m in report.partnership.meetings if audience.admits(m.visibility)
    }
    for task in report.tasks:
        if task.first in visible or audience.rank >= Visibility.PARTNERS.rank:
            yield {
                "partnership": report.partnership.id,
                "path": task.path,
                "line": task.line,
                "first_on": _day(task.first_on),
                "text": task.text,
                "owner": task.owner,
                "due": _day(task.due),
                "state": task.state.value,
                "carried": task.carried,
                "done_on": _day(task.done_on),
            }
