"""The record: what a whole program wrote, apart from its partnerships, which are read one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from headway.documents.note import Note
from headway.model.fields import Visibility
from headway.model.person import Person
from headway.model.program import Cohort, Program


@dataclass(frozen=True, slots=True)
class ProgramPage:
    """A page of the program itself, from content/pages/<slug>.md."""

    slug: str
    note: Note
    visibility: Visibility


@dataclass(frozen=True, slots=True)
class ProgramRecord:
    """Settings, people by id (their visibility resolved against the defaults), and the program's pages."""

    program: Program
    people: Mapping[str, Person] = field(default_factory=dict)
    pages: tuple[ProgramPage, ...] = ()

    def cohort(self, cohort_id: str | None) -> Cohort | None:
        return next((c for c in self.program.cohorts if c.id == cohort_id), None)


@dataclass(frozen=True, slots=True)
class ProgramContext:
    """All that a partnership's pages depend on beside its own files."""

    record: ProgramRecord
    today: date
    audience: Visibility
