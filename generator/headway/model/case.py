"""A case: one partnership as the rules look at it, with the places of what is found.

Owns what several rules need: who is a member, which id was meant. The rules themselves are in
`headway.model.rules` and the modules that it names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property

from headway.documents.yaml_tree import Keys
from headway.model.partnership import Partnership
from headway.model.places import Places
from headway.model.record import ProgramRecord
from headway.problems import Problem
from headway.source.names import fold_id


@dataclass(frozen=True)
class Case:
    """One partnership on one day; ``folder`` is the path of its files."""

    partnership: Partnership
    record: ProgramRecord
    today: date
    folder: str
    places: Places

    @property
    def file(self) -> str:
        return f"{self.folder}/partnership.yaml"

    @property
    def plan(self) -> str:
        return f"{self.folder}/goals.yaml"

    @cached_property
    def member_ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(member.person for member in self.partnership.members))

    @cached_property
    def _folded_members(self) -> frozenset[str]:
        return frozenset(map(fold_id, self.member_ids))

    def is_member(self, person: str) -> bool:
        return fold_id(person) in self._folded_members

    def name(self, person: str) -> str:
        known = self.record.people.get(person)
        return known.name if known else person

    def in_file(self, code: str, keys: Keys, message: str, hint: str = "", key: bool = False) -> Problem:
        """Return a problem in partnership.yaml."""
        return self.places.problem(code, self.file, keys, message, hint, key)

    def in_plan(self, code: str, keys: Keys, message: str, hint: str = "", key: bool = False) -> Problem:
        """Return a problem in goals.yaml."""
        return self.places.problem(code, self.plan, keys, message, hint, key)


Rule = Callable[[Case], Iterator[Problem]]


def find_nearest(written: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """Return the known id that was most likely meant, or None."""
    by_form = {fold_id(key): key for key in known}
    near = get_close_matches(fold_id(written), by_form, 1, likeness)
    return by_form[near[0]] if near else None


def find_nearest_person(written: str, record: ProgramRecord) -> str | None:
    """Return the id of the person most likely meant: by alias, by a part of the name, by a similar id."""
    form = fold_id(written)
    for person_id, person in record.people.items():
        if form in map(fold_id, person.aliases):
            return person_id
    named = [key for key, person in record.people.items() if form in fold_id(person.name).split()]
    return named[0] if len(named) == 1 else find_nearest(written, record.people)


def ask_for(near: str | None, otherwise: str) -> str:
    """Return the hint that names the nearest id, or the other one."""
    return f"Did you mean `{near}`?" if near else otherwise


def count(number: int, one: str, many: str) -> str:
    """Return a number with its noun: ``1 meeting``, ``2 meetings``."""
    return f"{number} {one if number == 1 else many}"
