"""Partnerships in a line or two, for the tests of this room. ``D(3, 2)`` is 2 March 2026."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from headway.documents.note import Note, Task
from headway.documents.scalars import Duration
from headway.model.fields import PartnershipStatus, Role, Visibility
from headway.model.goals import Goal
from headway.model.partnership import Agreement, JournalEntry, Meeting, Membership, Partnership, PartnershipFile
from headway.model.program import Program

START = date(2026, 1, 1)
ADA = Membership(person="ada", role=Role.MENTEE)
GRACE = Membership(person="grace", role=Role.MENTOR)


def D(month: int, day: int, year: int = 2026) -> date:  # noqa: N802
    return date(year, month, day)


def hours(number: float) -> Duration:
    return Duration(int(number * 60), f"{number} hours")


def meeting(on: date | None, status: str | None = None, slug: str | None = None, **note: Any) -> Meeting:
    slug = slug or (on.isoformat() if on else "undated")
    return Meeting(slug, Note(f"meetings/{slug}.md", 1, 9, slug, date=on, status=status, **note), Visibility.PUBLIC)


def journal(on: date | None, *tasks: Task) -> JournalEntry:
    slug = on.isoformat() if on else "undated"
    note = Note(f"journal/{slug}.md", 1, 9, slug, date=on, tasks=tasks)
    return JournalEntry(slug, note, "ada", Visibility.PUBLIC)


def partnership(
    *meetings: Meeting,
    start: date | None = START,
    end: date | None = None,
    cadence: float = 14,
    status: PartnershipStatus | None = None,
    goals: Sequence[Goal] = (),
    entries: Sequence[JournalEntry] = (),
    agreement: Agreement | None = None,
    members: Sequence[Membership] = (ADA, GRACE),
) -> Partnership:
    file = PartnershipFile(members=tuple(members), status=status, agreement=agreement)
    return Partnership(
        id="ada-grace",
        title="Ada & Grace",
        file=file,
        start=start,
        end=end,
        cadence=cadence,
        visibility=Visibility.PUBLIC,
        goals=tuple(goals),
        meetings=tuple(meetings),
        journal=tuple(entries),
    )


PROGRAM = Program()
