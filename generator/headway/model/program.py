"""The program: headway.yaml, its cohorts, defaults and words."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from headway.model.fields import Document, Duration, Id, Text, Visibility


class Cohort(Document):
    id: Id
    name: Text | None = None
    start: date | None = None
    end: date | None = None

    @property
    def title(self) -> str:
        return self.name or self.id


class Defaults(Document):
    cadence: Duration | None = None
    length: Duration | None = None
    notice: Duration | None = None


class Site(Document):
    url: Text | None = None
    audience: Visibility = Visibility.PUBLIC
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

    check_in: float = 1.5
    stalled: float = 3.0
    quiet: float = 3.0
    early_days: int = 10
    behind: int = 25


class Program(Document):
    """headway.yaml. ``terms`` are the program's own words; ``task_sections`` more headings for tasks."""

    program: Text = "Mentoring"
    language: Text = "en"
    timezone: Text = "UTC"
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    today: date | None = None
    repository: Text | None = None
    site: Site = Site()
    defaults: Defaults = Defaults()
    visibility: VisibilityDefaults = VisibilityDefaults()
    thresholds: Thresholds = Thresholds()
    terms: dict[str, Text] = Field(default_factory=dict)
    cohorts: tuple[Cohort, ...] = ()
    task_sections: tuple[Text, ...] = ()
