"""The program: headway.yaml, its cohorts, defaults and words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from headway.model.fields import (
    Address,
    Audience,
    Day,
    Document,
    Duration,
    Id,
    Text,
    TextList,
    TimeZone,
    Visibility,
    number,
    whole,
)


class Cohort(Document):
    id: Id
    name: Text | None = None
    start: Day | None = None
    end: Day | None = None

    @property
    def title(self) -> str:
        return self.name or self.id


class Defaults(Document):
    cadence: Duration | None = None
    length: Duration | None = None
    notice: Duration | None = None


class Site(Document):
    url: Address | None = None
    audience: Audience = Visibility.PUBLIC
    theme: Text = "trail"


class VisibilityDefaults(Document):
    """What a thing's visibility is where its own file says nothing.

    ``details`` are a goal's reasons, measures, milestones and steps.
    """

    people: Visibility = Visibility.PUBLIC
    partnerships: Visibility = Visibility.PUBLIC
    goals: Visibility = Visibility.PUBLIC
    details: Visibility = Visibility.PARTNERS
    meetings: Visibility = Visibility.PUBLIC
    journal: Visibility = Visibility.PUBLIC
    pages: Visibility = Visibility.PUBLIC


class Thresholds(Document):
    """When momentum changes (format.md, 4): multiples of the cadence, days, percentage points."""

    check_in: Annotated[float, number(0.1, 100)] = 1.5
    stalled: Annotated[float, number(0.1, 100)] = 3.0
    quiet: Annotated[float, number(0.1, 100)] = 3.0
    early_days: Annotated[int, whole(0, 1000)] = 10
    behind: Annotated[int, whole(0, 100)] = 25


class Program(Document):
    """headway.yaml. ``terms`` are the program's own words; ``task_sections`` more headings for tasks."""

    program: Text = "Mentoring"
    language: Text = "en"
    timezone: TimeZone = "UTC"
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    today: Day | None = None
    repository: Address | None = None
    site: Site = Site()
    defaults: Defaults = Defaults()
    visibility: VisibilityDefaults = VisibilityDefaults()
    thresholds: Thresholds = Thresholds()
    terms: Mapping[str, Text] = Field(default_factory=dict)
    cohorts: tuple[Cohort, ...] = ()
    task_sections: TextList = ()
