"""A case: one partnership as the rules look at it, and the places: where in whose file a finding stands.

Owns what several rules need: who is a member, which id was meant. The rules themselves are in
`headway.model.rules` and the modules that it names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from functools import cached_property, lru_cache
from typing import Any

from msgspec import Struct, field

from headway.documents.note import Note
from headway.documents.text import Lines
from headway.documents.yaml import Keys, YamlDocument
from headway.model.partnership import Partnership
from headway.model.program import ProgramRecord
from headway.problems import Location, Problem
from headway.source.names import fold_id


class Case(Struct, frozen=True, dict=True):
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


_SEARCHED_LINES = 60
"""How far into a note a word of its front matter is looked for."""


class Places(Struct, frozen=True):
    """The YAML documents and the notes' texts of a partnership, or of the program, by their paths."""

    documents: Mapping[str, YamlDocument] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    """Files that are there and could not be read: nothing can be said of what should stand in them."""

    def written(self, path: str, *keys: str | int) -> Any:
        """Return what stands at a path of keys, as it was written; None where nothing does."""
        document = self.documents.get(path)
        if document is None:
            return None
        value: Any = document.value
        for key in document.origin(keys):
            try:
                value = value[key]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def problem(self, code: str, path: str, keys: Keys, message: str, hint: str = "", key: bool = False) -> Problem:
        """Return a problem with a value of a YAML file, or with its key."""
        document = self.documents.get(path)
        if document is None:
            return Problem(code, Location(path), message, hint)
        return document.problem(code, keys, message, hint, key)

    def problem_in_note(self, code: str, note: Note, message: str, hint: str = "", word: str = "") -> Problem:
        """Return a problem with a note: at the first place of ``word`` in it, else at its first line."""
        lines = _lines_of(self.texts.get(note.path, ""))
        last = min(note.end_line, note.line + _SEARCHED_LINES, len(lines))
        for number in range(note.line, last + 1):
            column = lines[number - 1].find(word) if word else -1
            if column >= 0:
                place = Location(note.path, number, column + 1, len(word))
                return Problem(code, place, message, hint, lines[number - 1])
        excerpt = lines[note.line - 1] if 0 < note.line <= len(lines) else ""
        return Problem(code, Location(note.path, note.line, 1, max(1, len(excerpt.rstrip()))), message, hint, excerpt)


@lru_cache(maxsize=1)
def _lines_of(text: str) -> tuple[str, ...]:
    """Return a text's lines; they are asked for once for each of a logbook's meetings, one after the other."""
    return Lines(text).texts
