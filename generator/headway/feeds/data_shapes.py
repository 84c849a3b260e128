"""Shapes: what a partnership's and the program's data hold, and the schema that is published beside them.

Made of the views' own parts, which have only what the audience may see. Addresses count from the
site's root; days are ISO days; text that a page shows as HTML is HTML here.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final, Literal

from msgspec import Struct, json

from headway.pages.parts import (
    GoalCard,
    Link,
    MeetingCard,
    MeetingsView,
    MilestoneView,
    PersonLink,
    ReframeView,
    TaskGroup,
)

SCHEMA = "/data.schema.json"
VERSION: Final = 1


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
