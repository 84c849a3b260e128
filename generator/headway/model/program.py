"""The program: headway.yaml, its cohorts, defaults and words; its people and its own pages.

That is all that a program wrote apart from its partnerships, which are read one by one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from headway.documents.names import Named, NameIndex
from headway.documents.note import Note
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
from headway.model.person import Person
from headway.source.names import fold_id


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


@dataclass(frozen=True, slots=True)
class ProgramPage:
    """A page of the program itself, from content/pages/<slug>.md."""

    slug: str
    note: Note
    visibility: Visibility


@dataclass(frozen=True)
class ProgramRecord:
    """Settings, people by id (their visibility resolved against the defaults), and the program's pages."""

    program: Program
    people: Mapping[str, Person] = field(default_factory=dict)
    pages: tuple[ProgramPage, ...] = ()

    def cohort(self, cohort_id: str | None) -> Cohort | None:
        return next((c for c in self.program.cohorts if c.id == cohort_id), None)

    def resolve_person(self, written: str) -> str | None:
        """Return the id of the person that a written id means, or None where there is no such person."""
        return written if written in self.people else self._ids.get(fold_id(written))

    @cached_property
    def _ids(self) -> dict[str, str]:
        return {fold_id(person_id): person_id for person_id in self.people}

    @cached_property
    def everybody(self) -> NameIndex:
        """Everybody's names, as notes may write them; one index for all partnerships."""
        return NameIndex(tuple(Named(key, person.name, person.aliases) for key, person in self.people.items()))


@dataclass(frozen=True, slots=True)
class ProgramContext:
    """All that a partnership's pages depend on beside its own files."""

    record: ProgramRecord
    today: date
    audience: Visibility
