"""The days that a partnership's files name: on these, and on the day after, what the rules find may change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from headway.documents.forms import Form
from headway.model.partnership import Partnership


def next_day_named(partnership: Partnership, today: date) -> date | None:
    """Return the first day after ``today`` on which a day named in the files is reached or has passed."""
    soon = [day for named in set(_days_named(partnership)) if (day := _next_turn(named, today)) is not None]
    return min(soon, default=None)


def _next_turn(named: date, today: date) -> date | None:
    if named > today:
        return named
    return today + timedelta(days=1) if named == today and today < date.max else None


def _days_named(partnership: Partnership) -> Iterator[date]:
    for start_or_end in (partnership.start, partnership.end):
        yield from _days(start_or_end)
    yield from _days(partnership.file)
    yield from _days(partnership.goals)
    notes = [meeting.note for meeting in partnership.meetings] + [entry.note for entry in partnership.journal]
    for note in notes:
        yield from _days((note.date, note.next_on, [task.due for task in note.tasks]))


def _days(value: object) -> Iterator[date]:
    """Yield every day inside a value of the model."""
    if isinstance(value, date):
        yield value
    elif isinstance(value, Form):
        for name in value.__struct_fields__:
            yield from _days(getattr(value, name))
    elif isinstance(value, dict):
        yield from _days(list(value.values()))
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _days(item)
