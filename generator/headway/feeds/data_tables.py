"""Tables: partnerships, goals and meetings as CSV, for spreadsheets; what the audience may not see is empty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from headway.feeds.told import Told
from headway.pages.parts import (
    Link,
    MeetingsView,
    PartnershipCard,
    PersonLink,
)
from headway.pages.records import render_rows

PARTNERSHIP_COLUMNS = (
    *("id", "title", "address", "kind", "cohort", "status", "momentum", "because", "members"),
    *("kept", "expected", "run", "last", "next", "goals", "goals_done", "open_tasks"),
)
GOAL_COLUMNS = ("partnership", "title", "address", "owner", "standing", "progress", "due")
MEETING_COLUMNS = ("date", "time", "title", "address", "kind", "status", "minutes", "people", "excerpt")


def render_meetings_table(told: Told) -> bytes:
    """Return a partnership's meetings as CSV."""
    rows = (
        {
            "date": _day(card.on),
            "time": card.at.strftime("%H:%M") if card.at else None,
            "title": card.title,
            "address": card.address,
            "kind": card.kind,
            "status": card.status,
            "minutes": card.minutes,
            "people": _names(card.people),
            "excerpt": card.excerpt,
        }
        for card in told.meetings
    )
    return render_rows(MEETING_COLUMNS, rows).encode()


def render_partnerships_table(cards: Iterable[PartnershipCard]) -> bytes:
    """Return the partnerships' numbers as CSV; what the audience may not see is empty."""
    return render_rows(PARTNERSHIP_COLUMNS, map(_partnership_row, cards)).encode()


def render_goals_table(cards: Iterable[PartnershipCard]) -> bytes:
    """Return all partnerships' goals as CSV."""
    rows = (
        {
            "partnership": card.title,
            "title": goal.title,
            "address": goal.address,
            "owner": goal.owner.name if goal.owner else None,
            "standing": goal.standing,
            "progress": goal.progress,
            "due": _day(goal.due),
        }
        for card in cards
        for goal in card.goals
    )
    return render_rows(GOAL_COLUMNS, rows).encode()


def _partnership_row(card: PartnershipCard) -> Mapping[str, Any]:
    numbers: MeetingsView | None = card.meetings
    row: dict[str, Any] = {name: getattr(card, name) for name in ("id", "title", "address", "kind", "status")}
    row |= {
        "momentum": card.momentum,
        "because": card.because,
        "cohort": _text(card.cohort),
        "members": _names(card.members),
        "goals": len(card.goals),
        "goals_done": sum(goal.standing == "done" for goal in card.goals),
        "open_tasks": card.open_tasks,
    }
    if numbers is not None:
        row |= {"kept": numbers.kept, "expected": numbers.expected, "run": numbers.run}
        row |= {"last": _day(numbers.last_on), "next": _day(numbers.next_on)}
    return row


def _names(people: Iterable[PersonLink]) -> str:
    return "; ".join(person.name for person in people)


def _text(link: Link | None) -> str | None:
    return link.text if link else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
