"""Reading the program's own files: its settings, its people and its pages become a `ProgramRecord`."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.json import Decoder, encode
from msgspec.structs import replace

from headway.documents.notes import parse_page
from headway.model.desk import Desk
from headway.model.fields import Visibility
from headway.model.person import Person
from headway.model.program import Program, ProgramPage, ProgramRecord
from headway.model.resolving import note_visibility
from headway.model.rules import check_program
from headway.problems import Problem, sort_problems
from headway.source.history import mark_address
from headway.source.snapshot import Snapshot

_read_known = Decoder(Person).decode


class PeopleMemo(Struct):
    """What people's files said when they were last read, as JSON by the files' digests, for whoever reads them again.

    Only what was without a problem is kept; of e-mail addresses their marks, and nobody's obstacles: what is remembered
    lies on a disk. Whoever needs all of it reads without a memory, and so would a rule that places problems in people's
    files.
    """

    known: Mapping[str, str] = field(default_factory=dict)
    fresh: dict[str, str] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)
    """The paths of those files that had to be read."""


def read_program(snapshot: Snapshot, memo: PeopleMemo | None = None) -> tuple[ProgramRecord, tuple[Problem, ...]]:
    """Return the settings, the people and the program's pages, and what is wrong with them.

    A person whose file cannot be read is known by their id alone, and private. What is wrong with the files
    themselves is in ``snapshot.problems``.
    """
    memo = PeopleMemo() if memo is None else memo
    desk = Desk(snapshot)
    program = (desk.read(Program, snapshot.settings) if snapshot.settings is not None else None) or Program()
    people: dict[str, Person] = {}
    addresses: dict[str, str] = {}
    digests: dict[str, str] = {}
    for path, digest in snapshot.people.files.items():
        if _is_yaml(path):
            person_id = _stem(path)
            people[person_id], mark = _read_person(desk, path, digest, memo)
            digests[person_id] = digest
            if mark:
                addresses[person_id] = mark
    notes = [parse_page(desk.read_text(path), path) for path in snapshot.pages.files if path.endswith(".md")]
    desk.problems += [problem for note in notes for problem in note.problems]
    pages = tuple(
        ProgramPage(
            _stem(note.path), note, note_visibility(note, program.visibility.pages), snapshot.pages.files[note.path]
        )
        for note in notes
    )
    record = ProgramRecord(program, people, pages, digests, addresses)
    desk.problems += check_program(record, snapshot.settings or "headway.yaml", desk.places)
    return record, sort_problems(desk.problems)


def _read_person(desk: Desk, path: str, digest: str, memo: PeopleMemo) -> tuple[Person, str]:
    """Return a person, and the mark of their e-mail address, which may have been forgotten itself."""
    if text := memo.known.get(digest):
        memo.fresh[digest] = text
        mark, _, known = text.partition("\n")
        return _read_known(known), mark
    memo.read.add(path)
    problems = len(desk.problems)
    person = desk.read(Person, path)
    if person is None:
        return Person(name=_stem(path), visibility=Visibility.PRIVATE), ""
    mark = mark_address(person.email) if person.email else ""
    if len(desk.problems) == problems and not person.obstacles:
        memo.fresh[digest] = f"{mark}\n{encode(replace(person, email=None)).decode()}"
    return person, mark


def _stem(path: str) -> str:
    name = path.rpartition("/")[2].rpartition(".")[0]
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def _is_yaml(path: str) -> bool:
    return path.endswith(".yaml")
