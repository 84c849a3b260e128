"""How well notes in the styles of public projects are read: precision and recall against labels set by hand.

Each file in ``labelled/`` is a note or a logbook, then what a careful reader finds in it: the people, and for each
meeting its day, who was there, and the tasks as ``line owner: text [due] [done]``. Those in ``labelled/blind/`` were
written and labelled by somebody who had not seen the code. How they were read at first sight is in ``labelled.md``.
Whoever is told to be away in prose alone is not looked for: hence the lower bound there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from headway.documents.names import NameBook, Named
from headway.documents.note import Note
from headway.documents.notes import NoteReading, parse_logbook, parse_note

LABELLED = Path(__file__).parent / "labelled"
SETS = {"own": sorted(LABELLED.glob("*.md")), "blind": sorted((LABELLED / "blind").glob("*.md"))}
TASK = re.compile(r"(\d+) (.+?): (.+?)(?: \[(\d{4}-\d\d-\d\d)\])?( \[done\])?")
LEAST = {"meeting": 0.95, "attendee": 0.95, "absent": 0.85, "task": 0.9, "owner": 0.9, "due": 0.9, "done": 0.9}
Fact = tuple[str, ...]
"""What is said (a key of `LEAST`), then in which file, where and what."""


def labels_of(path: Path) -> tuple[str, list[tuple[str, str]]]:
    text, _, labels = path.read_text(encoding="utf-8").partition("\n=== labels\n")
    return text + "\n", [(key, value) for key, _, value in (line.partition(": ") for line in labels.splitlines())]


def expected_facts(path: Path) -> Iterator[Fact]:
    meeting = ""
    for key, value in labels_of(path)[1]:
        if key == "meeting":
            meeting = value
            yield ("meeting", path.stem, meeting)
        elif key in ("present", "guests", "absent"):
            for name in value.split(", "):
                yield ("absent" if key == "absent" else "attendee", path.stem, meeting, name)
        elif key == "task":
            match = TASK.fullmatch(value)
            assert match is not None, f"{path.stem}: no label: {value}"
            line, owner, text, due, done = match.groups()
            yield from task_facts(path, line, text, owner if owner != "-" else None, due, done is not None)


def task_facts(path: Path, line: str, text: str, owner: str | None, due: str | None, is_done: bool) -> Iterator[Fact]:
    yield ("task", path.stem, line, " ".join(re.findall(r"\w+", text.casefold())))
    if owner:
        yield ("owner", path.stem, line, owner)
    if due:
        yield ("due", path.stem, line, due)
    if is_done:
        yield ("done", path.stem, line)


def found_facts(path: Path) -> Iterator[Fact]:
    for note in read_notes(path):
        meeting = str(note.date)
        yield ("meeting", path.stem, meeting)
        for name in (*note.attendance.present, *note.attendance.guests):
            yield ("attendee", path.stem, meeting, name)
        for name in note.attendance.absent:
            yield ("absent", path.stem, meeting, name)
        for task in note.tasks:
            due = task.due.isoformat() if task.due else None
            yield from task_facts(path, str(task.line), task.text, task.owner, due, task.is_done)


def read_notes(path: Path) -> tuple[Note, ...]:
    text, labels = labels_of(path)
    said = dict(labels)
    members = tuple(read_person(value) for key, value in labels if key == "member")
    others = tuple(read_person(value) for key, value in labels if key == "other")
    reading = NoteReading(NameBook(members, others), said.get("order"))
    if Path(said["path"]).name.startswith("logbook"):
        return parse_logbook(text, said["path"], reading)[1]
    return (parse_note(text, said["path"], reading),)


def read_person(label: str) -> Named:
    parts = [part.strip() for part in label.split("|")] + ["", ""]
    return Named(parts[0], parts[1], tuple(parts[3].split()), parts[2] or None)


@cache
def all_facts(name: str) -> tuple[Counter[Fact], Counter[Fact]]:
    expected = Counter(fact for path in SETS[name] for fact in expected_facts(path))
    return expected, Counter(fact for path in SETS[name] for fact in found_facts(path))


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("kind", LEAST)
def test_precision_and_recall(kind: str, name: str) -> None:
    expected, found = ({fact: n for fact, n in facts.items() if fact[0] == kind} for facts in all_facts(name))
    right = (Counter(expected) & Counter(found)).total()
    missed, wrong = Counter(expected) - Counter(found), Counter(found) - Counter(expected)
    recall, precision = right / sum(expected.values()), right / max(1, sum(found.values()))
    report = "\n".join([*(f"missed {fact}" for fact in missed), *(f"wrong {fact}" for fact in wrong)])
    print(f"{kind}: recall {recall:.3f}, precision {precision:.3f}, of {sum(expected.values())}\n{report}")
    assert min(recall, precision) >= LEAST[kind], report


def test_there_are_notes_and_logbooks() -> None:
    assert min(map(len, SETS.values())) >= 24
    assert len([path for path in SETS["own"] if path.stem.endswith("_logbook")]) >= 9
