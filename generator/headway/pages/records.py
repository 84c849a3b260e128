"""Records: the numbers and the record itself as plain values, for other tools (format.md, 5).

Like the views, they hold only what their audience may see: hidden people appear as their role.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from headway.documents.note import EVERYBODY, Mark
from headway.model.goals import Milestone
from headway.pages.audience import sees_person
from headway.pages.goal_story import list_days, list_turns, sees_past, tell_goal
from headway.pages.past import PlanTurnView
from headway.pages.shown import Shown
from headway.pages.summary import say_momentum
from headway.pages.task_views import index_tasks, visible_tasks
from headway.progress.report import GoalReport, MeetingReport

Record = dict[str, Any]

TABLES: Mapping[str, Sequence[str]] = {
    "partnerships": [
        "id",
        "title",
        "kind",
        "cohort",
        "status",
        "start",
        "end",
        "momentum",
        "because",
        "kept",
        "expected",
        "run",
        "last",
        "next",
        "open_tasks",
        "overdue_tasks",
    ],
    "goals": ["partnership", "id", "title", "owner", "status", "standing", "progress", "start", "due", "done"],
    "meetings": [
        "partnership",
        "path",
        "line",
        "date",
        "time",
        "title",
        "kind",
        "status",
        "minutes",
        "attendees",
        "guests",
    ],
    "tasks": ["partnership", "path", "line", "first_on", "text", "owner", "due", "state", "carried", "done_on"],
}
"""The CSV tables and their columns."""


def status_record(shown: Shown) -> Record:
    """Return one partnership's numbers as ``headway status --format json`` has them.

    What counts notes that the audience may not see is None, and a day that may come from a withheld plan too.
    """
    report, numbers, tasks = shown.report, shown.report.numbers, shown.report.task_numbers
    record: Record = {
        "id": shown.id,
        "title": shown.title,
        "status": report.status.value,
        "momentum": report.momentum.state.value,
        "because": say_momentum(shown) if shown.sees_all else None,
        "fresh_until": _day(report.fresh_until) if shown.sees_all and sees_past(shown) else None,
        "meetings": None,
        "goals": [
            {"id": shown.sight.shown_name(entry.goal.id), "progress": entry.progress, "standing": entry.standing.value}
            for entry in shown.goals
        ],
        "tasks": None,
    }
    if shown.sees_all:
        names = ["kept", "expected", "shortened", "moved", "cancelled", "missed", "planned", "unconfirmed", "run"]
        record["meetings"] = {name: getattr(numbers, name) for name in names}
        record["meetings"] |= {"last": _day(numbers.last_on), "next": _day(numbers.next_on)}
        record["tasks"] = {name: getattr(tasks, name) for name in ("open", "done", "overdue", "unassigned")}
    return record


def export_record(shown: Shown) -> Record:
    """Return one partnership's record, with the places where each thing is written."""
    partnership, sight = shown.partnership, shown.sight
    return {
        "id": shown.id,
        "title": shown.title,
        "kind": partnership.file.kind.value,
        "cohort": partnership.file.cohort,
        "status": shown.report.status.value,
        "start": _day(partnership.start),
        "end": _day(partnership.end),
        "purpose": sight.say_or_none(partnership.file.purpose) if sight.is_partners else None,
        "members": [
            {"person": _who(shown, m.person), "role": m.role.value, "from": _day(m.start), "to": _day(m.end)}
            for m in partnership.members
        ],
        "goals": [_goal(shown, entry) for entry in shown.goals],
        "meetings": [_meeting(shown, entry) for entry in shown.meetings],
    }


def table_rows(shown: Shown, table: str) -> Iterator[Record]:
    """Return the rows that one partnership gives to a CSV table; the columns are those of `TABLES`."""
    rows = {"partnerships": _partnership_rows, "goals": _goal_rows, "meetings": _meeting_rows, "tasks": _task_rows}
    return rows[table](shown)


def render_table(table: str, rows: Iterable[Record]) -> str:
    """Return one of the CSV tables."""
    return render_rows(TABLES[table], rows)


def render_rows(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows as CSV; a text that a spreadsheet would take for a formula gets an apostrophe before it."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _inert(value) for name, value in row.items()})
    return text.getvalue()


def _inert(value: Any) -> Any:
    risky = isinstance(value, str) and value.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{value}" if risky else value


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _who(shown: Shown, person: str | None) -> str | None:
    """Return an id, or the role of somebody the audience may not see; ``all`` and guests stay as they are."""
    if person is None or person == EVERYBODY:
        return person
    known = shown.sight.context.record.people.get(person)
    return person if known is not None and sees_person(known, shown.sight.context) else shown.sight.person(person).name


def _path(shown: Shown, path: str) -> str:
    """Return a note's place; folders and files that tell a hidden name are called as in the site's addresses."""
    return "/".join(shown.sight.shown_name(part) for part in path.split("/"))


def _goal(shown: Shown, entry: GoalReport) -> Record:
    goal, sight = entry.goal, shown.sight
    record: Record = {
        "id": sight.shown_name(goal.id),
        "title": sight.say(goal.title),
        "owner": _who(shown, goal.owner),
        "progress": entry.progress,
        "standing": entry.standing.value,
        "milestones": [_milestone(shown, m) for m in goal.milestones if sight.sees_milestone(goal, m)],
    }
    if sight.sees_details(goal):
        said = {name: sight.say_or_none(getattr(goal, name)) for name in ("why", "measure", "lesson", "celebrated")}
        days = {name: _day(getattr(goal, name)) for name in ("start", "due", "done")}
        story = tell_goal(shown, goal)
        record["days"] = [_day(day) for day in list_days(story.way)]
        record["turns"] = [_turn(turn) for turn in list_turns(shown, goal, story)]
        reframed = [{"on": _day(r.on), "was": sight.say(r.was), "why": sight.say_or_none(r.why)} for r in goal.reframed]
        record |= said | days | {"area": [sight.say(area) for area in goal.area], "reframed": reframed}
    return record


def _turn(turn: PlanTurnView) -> Record:
    record = {name: getattr(turn, name) for name in ("kind", "milestone", "was")}
    return record | {"on": _day(turn.on), "from": _day(turn.due_from), "to": _day(turn.due_to)}


def _milestone(shown: Shown, milestone: Milestone) -> Record:
    say = shown.sight.say
    return {
        "title": say(milestone.title),
        "size": milestone.size.value,
        "due": _day(milestone.due),
        "done": _day(milestone.done),
        "dropped": _day(milestone.dropped),
        "celebrated": shown.sight.say_or_none(milestone.celebrated),
        "steps": [{"title": say(s.title), "due": _day(s.due), "done": _day(s.done)} for s in milestone.steps],
    }


def _meeting(shown: Shown, entry: MeetingReport) -> Record:
    note, sight = entry.meeting.note, shown.sight
    there, seen = note.attendance, {goal.goal.id for goal in shown.goals}
    return {
        "path": _path(shown, note.path),
        "line": note.line,
        "date": _day(note.date),
        "time": note.time.strftime("%H:%M") if note.time else None,
        "title": sight.title(note),
        "kind": note.kind,
        "status": entry.status.value if entry.status else None,
        "minutes": note.minutes,
        "attendees": [_who(shown, person) for person in there.present],
        "guests": [sight.say(guest) for guest in there.guests],
        "absent": [_who(shown, person) for person in there.absent],
        "goals": [sight.shown_name(goal) for goal in note.goals if goal in seen],
        "energy": {_who(shown, person): value for person, value in note.energy.items()} if sight.is_partners else {},
        "next": _day(note.next_on),
        "tasks": [
            {
                "line": task.line,
                "text": sight.say(task.text),
                "owner": _who(shown, task.owner),
                "due": _day(task.due),
                "done": task.is_done,
            }
            for task in note.tasks
            if sight.sees_line(note, task.line)
        ],
        "marks": [_mark(shown, mark) for mark in note.marks if sight.sees_lines(note, mark.line, mark.end_line)],
    }


def _mark(shown: Shown, mark: Mark) -> Record:
    return {
        "kind": mark.kind,
        "line": mark.line,
        "text": shown.sight.say(mark.text),
        "giver": _who(shown, mark.giver),
        "people": [_who(shown, person) for person in mark.people],
    }


def _partnership_rows(shown: Shown) -> Iterator[Record]:
    record = status_record(shown)
    numbers, tasks = record.pop("meetings") or {}, record.pop("tasks") or {}
    partnership = shown.partnership
    yield (
        record
        | numbers
        | {
            "kind": partnership.file.kind.value,
            "cohort": partnership.file.cohort,
            "start": _day(partnership.start),
            "end": _day(partnership.end),
            "open_tasks": tasks.get("open"),
            "overdue_tasks": tasks.get("overdue"),
        }
    )


def _goal_rows(shown: Shown) -> Iterator[Record]:
    for entry in shown.goals:
        status = entry.goal.status
        yield _goal(shown, entry) | {"partnership": shown.id, "status": status.value if status else None}


def _meeting_rows(shown: Shown) -> Iterator[Record]:
    for entry in shown.meetings:
        record = _meeting(shown, entry)
        joined = {name: "; ".join(record[name]) for name in ("attendees", "guests")}
        yield record | joined | {"partnership": shown.id}


def _task_rows(shown: Shown) -> Iterator[Record]:
    for task, _, _ in visible_tasks(shown, index_tasks(shown)):
        yield {
            "partnership": shown.id,
            "path": _path(shown, task.path),
            "line": task.line,
            "first_on": _day(task.first_on),
            "text": shown.sight.say(task.text),
            "owner": _who(shown, task.owner),
            "due": _day(task.due),
            "state": task.state.value,
            "carried": task.carried,
            "done_on": _day(task.done_on),
        }
