"""Data: partnerships and the program as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from headway.feeds.data_shapes import SCHEMA, VERSION, CardData, CohortData, GoalData, PartnershipData, ProgramData
from headway.feeds.told import Told
from headway.pages.parts import (
    PartnershipCard,
    to_json,
)
from headway.pages.views import SiteView


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


def _card(card: PartnershipCard) -> CardData:
    return CardData(*(getattr(card, name) for name in CardData.__struct_fields__))
