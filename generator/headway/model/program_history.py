"""The program's history: the records of all partnerships as texts, read where they are asked for; and its authors.

Owns who of the program's people a commit's author is. Nobody else is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.json import Decoder, decode, encode
from msgspec.structs import replace

from headway.documents.names import fold_words
from headway.model.history import HistoryRecord, PartnershipHistory, join_history
from headway.model.program import ProgramRecord
from headway.problems import Problem
from headway.source.history import Version, mark_handle


class About(Struct, frozen=True):
    """The authors of a record with their names, and the folders that files came from."""

    authors: Mapping[str, tuple[str, ...]]
    sources: tuple[str, ...]


class StoredRecord(NamedTuple):
    """A partnership's record as JSON; ``about`` is apart, so that a digest needs nothing else to be read."""

    about: str
    """An `About`."""
    body: str


_read_about = Decoder(About).decode


def store_record(record: HistoryRecord) -> StoredRecord:
    """Return the record as texts: the same ones for the same record."""
    about = {"authors": record.authors, "sources": sorted(record.sources())}
    return StoredRecord(encode(about).decode(), encode(record).decode())


class ProgramHistory(Struct, frozen=True, dict=True):
    """What git tells of all partnerships, by their folders' names; empty where there is no git.

    ``problems`` say why it is empty where one would expect it not to be.
    """

    records: Mapping[str, StoredRecord] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    identities: Identities | None = None
    version: Version | None = None

    def known_to(self, record: ProgramRecord) -> ProgramHistory:
        """Return the history with the program's people for its authors."""
        return replace(self, identities=identify_people(record)) if self.records else self

    def find(self, name: str) -> HistoryRecord:
        """Return a folder's record, an empty one where no commit knows it."""
        stored = self.records.get(name)
        return HistoryRecord() if stored is None else decode(stored.body, type=HistoryRecord)

    def of(self, name: str) -> PartnershipHistory:
        """Return a partnership's history."""
        if name not in self.records:
            return PartnershipHistory()
        people: dict[str, str] = {}
        for about in self._sources(name).values():
            people |= self._identify(about.authors)
        return join_history(name, lru_cache(maxsize=None)(self.find), people)

    def digest(self, name: str) -> str:
        """Return a digest of all that `of` makes a partnership's history from; "" where there is none."""
        if name not in self.records:
            return ""
        if name not in self._digests:
            self._digests[name] = self._digest(name)
        return self._digests[name]

    @cached_property
    def _digests(self) -> dict[str, str]:
        return {}

    def _digest(self, name: str) -> str:
        total = sha256()
        for folder, about in self._sources(name).items():
            stored, people = self.records[folder], self._identify(about.authors)
            total.update("\0".join((folder, *stored, *sorted(map(str, people.items())), "")).encode())
        return total.hexdigest()

    def _sources(self, name: str) -> dict[str, About]:
        """Return what is said about the folder itself, and those that its files came from, also by way of others."""
        found: dict[str, About] = {}
        left = [name]
        while left:
            folder = left.pop(0)
            if folder in self.records and folder not in found:
                found[folder] = _read_about(self.records[folder].about)
                left += found[folder].sources
        return found

    def _identify(self, authors: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
        if self.identities is None:
            return {}
        found = {mark: self.identities.find(mark, names) for mark, names in authors.items()}
        return {mark: person for mark, person in found.items() if person is not None}


class Identities(Struct, frozen=True, dict=True):
    """Who of a program's people an author is: by the e-mail address in their file, a handle, or their name."""

    record: ProgramRecord
    marks: Mapping[str, str | None]
    """The person by an author's mark; None where it would be several."""

    def find(self, mark: str, names: Iterable[str]) -> str | None:
        """Return a person's id, or None where no person, or more than one, is meant."""
        if mark in self.marks:
            return self.marks[mark]
        found = {self._known[name] if name in self._known else self._learn(name) for name in names} - {None}
        return found.pop() if len(found) == 1 else None

    @cached_property
    def _known(self) -> dict[str, str | None]:
        """Whom each name means: the same few people change most partnerships."""
        return {}

    def _learn(self, name: str) -> str | None:
        return self._known.setdefault(name, self._find_name(name))

    def _find_name(self, name: str) -> str | None:
        everybody = self.record.everybody
        # One word is a handle or nothing: a first name may be anybody's.
        return everybody.match(name) if len(fold_words(name)) > 1 else everybody.match_handle(name)


def identify_people(record: ProgramRecord) -> Identities:
    """Return how the program's people are known as authors."""
    marks: dict[str, str | None] = {}
    for person_id, person in record.people.items():
        handles = {mark_handle(handle) for handle in (person_id, *person.aliases)}
        for mark in handles | ({record.addresses[person_id]} if person_id in record.addresses else set()):
            marks[mark] = person_id if marks.get(mark, person_id) == person_id else None
    return Identities(record, marks)
