"""Logbooks: where each meeting begins, what it is called, and that no line is lost between two."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from note_cases import BOOK

from headway.documents.notes import NoteReading, parse_logbook

LOGBOOKS = sorted((Path(__file__).parent / "logbooks").glob("*.md"))


def summary(text: str, stem: str, date_order: str | None) -> list[str]:
    introduction, notes = parse_logbook(text, f"content/partnerships/x/{stem}.md", NoteReading(BOOK, date_order))
    lines = []
    if introduction:
        lines.append(f"introduction {introduction.line}-{introduction.end_line}: {introduction.title}")
    for note in notes:
        codes = "".join(f" {p.code}" for p in note.problems if p.code != "HW305")
        lines.append(f"{note.date} {note.line}-{note.end_line}: {note.title}{codes}")
    return lines


@pytest.mark.parametrize("path", LOGBOOKS, ids=lambda path: path.stem)
def test_logbooks_are_cut_where_people_begin_a_meeting(path: Path) -> None:
    text, _, expected = path.read_text(encoding="utf-8").partition("=== expected\n")
    assert summary(text, path.stem, None if path.stem == "undated" else "dmy") == expected.splitlines()


@pytest.mark.parametrize("path", LOGBOOKS, ids=lambda path: path.stem)
def test_every_line_belongs_to_exactly_one_part(path: Path) -> None:
    text, _, _ = path.read_text(encoding="utf-8").partition("=== expected\n")
    introduction, notes = parse_logbook(text, "logbook.md", NoteReading(BOOK, "dmy"))
    parts = [*([introduction] if introduction else []), *notes]
    taken = [line for part in parts for line in range(part.line, part.end_line + 1)]
    assert len(taken) == len(set(taken))
    rest = set(range(1, len(text.split("\n")) + 1)) - set(taken)
    assert all(not text.split("\n")[line - 1].strip(" -") for line in rest)


def test_a_missing_year_comes_with_a_notice_at_its_place() -> None:
    _, notes = parse_logbook("## 2026-02-16\n\n## March 2nd\n", "logbook.md", NoteReading(BOOK))
    assert [str(note.date) for note in notes] == ["2026-02-16", "2026-03-02"]
    problem = notes[1].problems[0]
    assert (problem.code, problem.location.line, problem.location.column) == ("HW305", 3, 4)


def test_no_year_anywhere_is_a_warning_and_a_year_in_the_introduction_helps() -> None:
    _, notes = parse_logbook("## March 2nd\n", "logbook.md", NoteReading(BOOK))
    assert [(note.date, [p.code for p in note.problems]) for note in notes] == [(None, ["HW306"])]
    _, notes = parse_logbook("# Our year 2026\n\nHello.\n\n## March 2nd\n", "logbook.md", NoteReading(BOOK))
    assert [str(note.date) for note in notes] == ["2026-03-02"]


def test_a_label_that_disagrees_with_the_heading_is_a_warning() -> None:
    _, notes = parse_logbook("## 2026-02-16\n\nDate: 2026-02-17\n\nWe met.\n", "logbook.md", NoteReading(BOOK))
    assert [(str(note.date), [p.code for p in note.problems]) for note in notes] == [("2026-02-16", ["HW302"])]


def test_a_logbook_without_dates_is_all_introduction() -> None:
    introduction, notes = parse_logbook("# Ours\n\nWe met.\n", "logbook.md", NoteReading(BOOK))
    assert notes == ()
    assert introduction is not None
    assert [p.code for p in introduction.problems] == ["HW314"]
    assert parse_logbook("\n\n", "logbook.md", NoteReading(BOOK)) == (None, ())


def test_front_matter_holds_its_visibility_for_every_entry() -> None:
    text = "---\nvisibility: private\n---\n# Ours\n\n## 2026-02-16 (shortened, 25 min)\n\nWe met.\n"
    introduction, notes = parse_logbook(text, "logbook.md", NoteReading(BOOK))
    assert introduction is not None
    assert (introduction.line, introduction.visibility) == (4, "private")
    assert [(n.line, n.visibility, n.status, n.minutes) for n in notes] == [(6, "private", "shortened", 25)]


def test_what_is_found_in_an_entry_has_the_files_lines() -> None:
    text = "intro\n\n## 2026-02-16\n\nEnergy: ada 4\n\nWin: the abstract\n\n## To do\n\n- Ada: send it\n"
    _, notes = parse_logbook(text, "logbook.md", NoteReading(BOOK))
    (note,) = notes
    assert [task.line for task in note.tasks] == [11]
    assert [mark.line for mark in note.marks] == [7]
    assert (5, 5) in note.private_lines


@pytest.mark.parametrize(
    "unit", ["## 2026-03-05\n", "2026-03-05\n", "2026-03-05 x\n\n", "Date: 2026-03-05\n", "(", "5 May "]
)
def test_big_logbooks_take_little_time(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    start = time.process_time()
    parse_logbook(text, "logbook.md", NoteReading(BOOK))
    assert time.process_time() - start < 8
