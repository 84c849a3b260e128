"""The fixture notes in ``notes/``: a note, then what Headway should read in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from headway.documents.attendance import find_attendance
from headway.documents.blocks import Block, read_blocks
from headway.documents.declared import declared_initials
from headway.documents.markdown import parse_markdown
from headway.documents.marks import find_marks
from headway.documents.names import NameBook, Named
from headway.documents.tasks import find_tasks

BOOK = NameBook(
    (
        Named("ada", "Ada Byron", ("ada-b",), "mentee"),
        Named("grace", "Grace Hopper", ("ghopper",), "mentor"),
        Named("ben", "Ben Michel", (), "mentor"),
        Named("remy", "Rémy Rakic", (), "member"),
    ),
    (
        Named("ken", "Ken Thompson"),
        Named("dshaw", "Dan Shaw"),
        Named("bcoe", "Benjamin Coe"),
        Named("ada", "Ada Byron", ("ada-b",)),
    ),
)
JOSHES = NameBook((*BOOK.members, Named("joshs", "Josh Stone"), Named("joshg", "Josh Gould")))
NOTES = sorted((Path(__file__).parent / "notes").glob("*.md"), key=lambda path: path.stem)
NAMES = [path.stem for path in NOTES]


@dataclass(frozen=True)
class Case:
    text: str
    expected: tuple[str, ...]
    book: NameBook
    blocks: tuple[Block, ...]

    def only(self, *words: str) -> list[str]:
        return [line for line in self.expected if line.startswith(words)]


def read_case(name: str) -> Case:
    raw = (Path(__file__).parent / "notes" / f"{name}.md").read_bytes().decode()
    text, _, expected = raw.partition("\n=== expected\n")
    book = JOSHES if name == "shared_first_names" else BOOK
    lines = tuple(line for line in expected.splitlines() if line)
    blocks = blocks_of(text)
    book = book.with_initials(declared_initials((block.text for block in blocks), book))
    return Case(text, lines, book, blocks)


def blocks_of(text: str, shift: int = 0) -> tuple[Block, ...]:
    return read_blocks(parse_markdown(text), text, shift)


def attendance_lines(case: Case) -> list[str]:
    found, _ = find_attendance(case.blocks, case.book, author="ada")
    parts = (("present", found.present), ("guests", found.guests), ("absent", found.absent))
    return [f"{word}: {', '.join(names)}" for word, names in parts if names]


def task_lines(case: Case) -> list[str]:
    attendance, lists = find_attendance(case.blocks, case.book, author="ada")
    return [
        f"task {task.line} {task.owner or '-'}: {task.text}"
        + (f" [{task.due}]" if task.due else "")
        + (" [done]" if task.is_done else "")
        for task in find_tasks(case.blocks, case.book, attendance, "ada", lists=lists)
    ]


def mark_lines(case: Case) -> list[str]:
    marks, private = find_marks(case.blocks, case.book, "ada")
    lines = [f"mark {mark.kind} {mark.line}: {mark.text}" for mark in marks]
    return lines + ([f"private: {' '.join(f'{first}-{last}' for first, last in private)}"] if private else [])
