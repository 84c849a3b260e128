"""The record: what a whole program wrote, apart from its partnerships, which are read one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from headway.documents.names import Named, NameIndex
from headway.documents.note import Note
from headway.model.fields import Visibility
from headway.model.person import Person
from headway.model.program import Cohort, Program
from headway.source.names import fold_id


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
