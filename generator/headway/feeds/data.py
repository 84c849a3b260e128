"""Data: partnerships and the program as JSON, with the schema that is published beside it, and as tables.

Made of the views' own parts, which have only what the audience may see. Addresses count from the
site's root; days are ISO days; text that a page shows as HTML is HTML here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, Literal

from msgspec import Struct, json

from headway.feeds.told import Told
from headway.pages.parts import (
    GoalCard,
    Link,
    MeetingCard,
    MeetingsView,
    MilestoneView,
    PartnershipCard,
    PersonLink,
    ReframeView,
    TaskGroup,
    to_json,
)
from headway.pages.records import render_rows
from headway.pages.views import SiteView

SCHEMA = "/data.schema.json"
VERSION: Final = 1

PARTNERSHIP_COLUMNS = (
    *("id", "title", "address", "kind", "cohort", "status", "momentum", "because", "members"),
    *("kept", "expected", "run", "last", "next", "goals", "goals_done", "open_tasks"),
)
GOAL_COLUMNS = ("partnership", "title", "address", "owner", "standing", "progress", "due")
MEETING_COLUMNS = ("date", "time", "title", "address", "kind", "status", "minutes", "people", "excerpt")


class CardData(Struct, frozen=True):
    """A partnership in short; what counts notes that the audience may not see is null."""

    id: str
    title: str
    address: str
    kind: str
    cohort: Link | None
    members: tuple[PersonLink, ...]
    status: str
    momentum: str
    because: str
    meetings: MeetingsView | None
    goals: tuple[GoalCard, ...]
    open_tasks: int | None
    purpose: str | None
    reason: str | None


class GoalData(Struct, frozen=True):
    """A goal. Where the audience may not see its details they are empty or null."""

    card: GoalCard
    shows_details: bool
    why: str | None
    measure: str | None
    area: tuple[str, ...]
    start: date | None
    done: date | None
    milestones: tuple[MilestoneView, ...]
    reframed: tuple[ReframeView, ...]


class PartnershipData(Struct, frozen=True):
    """``data.json`` beside a partnership's progress page. Meetings are in the order of their days."""

    version: Literal[1]
    schema: str
    program: str
    audience: str
    partnership: CardData
    start: date | None
    end: date | None
    purpose: str | None
    goals: tuple[GoalData, ...]
    tasks: tuple[TaskGroup, ...]
    """Open tasks by owner."""
    meetings: tuple[MeetingCard, ...]
    journal: tuple[MeetingCard, ...]


class CohortData(Struct, frozen=True):
    """A cohort; ``kept`` of ``expected`` meetings, in which ``unknown`` partnerships are not counted."""

    name: str
    address: str
    start: date | None
    end: date | None
    partnerships: int
    kept: int
    expected: int
    unknown: int


class ProgramData(Struct, frozen=True):
    """``data.json`` beside the program's home. ``today`` is the day that its numbers are for."""

    version: Literal[1]
    schema: str
    program: str
    language: str
    audience: str
    today: date | None
    cohorts: tuple[CohortData, ...]
    partnerships: tuple[CardData, ...]


def make_schema() -> dict[str, Any]:
    """Return the JSON Schema of both kinds of data; a build publishes the copy that stands beside this module."""
    kinds = (PartnershipData, ProgramData)
    either, parts = json.schema_components(
        kinds, schema_hook=lambda _: {"type": "string"}, ref_template="#/$defs/{name}"
    )
    schema = {"anyOf": list(either), "$defs": parts}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Headway's data", **schema}


def render_partnership_data(told: Told, card: PartnershipCard, site: SiteView) -> bytes:
    """Return a partnership's data."""
    goals = tuple(
        GoalData(v.card, v.shows_details, v.why, v.measure, v.area, v.start, v.done, v.milestones, v.reframed)
        for v in told.goals
    )
    progress = told.progress
    data = PartnershipData(
        version=VERSION,
        schema=SCHEMA,
        program=site.program,
        audience=site.audience,
        partnership=_card(card),
        start=progress.start,
        end=progress.end,
        purpose=progress.purpose,
        goals=goals,
        tasks=progress.tasks,
        meetings=told.meetings,
        journal=told.journal,
    )
    return to_json(data)


def render_program_data(cards: Sequence[PartnershipCard], cohorts: Iterable[CohortData], site: SiteView) -> bytes:
    """Return the program's data."""
    data = ProgramData(
        VERSION,
        SCHEMA,
        site.program,
        site.language,
        site.audience,
        site.today,
        tuple(cohorts),
        tuple(map(_card, cards)),
    )
    return to_json(data)


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


def _card(card: PartnershipCard) -> CardData:
    return CardData(*(getattr(card, name) for name in CardData.__struct_fields__))


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
