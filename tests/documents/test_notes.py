"""Whole notes: which date, title, status and people win, and that nothing a person wrote raises."""

from __future__ import annotations

import re
import time
from datetime import date
from datetime import time as clock
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from note_cases import BOOK

from headway.documents.markdown import render_markdown
from headway.documents.note import Note
from headway.documents.notes import NoteReading, parse_logbook, parse_note, parse_page

READING = NoteReading(BOOK, "dmy", length_minutes=45)
FOLDER = "content/partnerships/ada-grace/meetings"


def note(text: str, name: str = "2026-02-16.md", reading: NoteReading = READING, **more: object) -> Note:
    return parse_note(text, f"{FOLDER}/{name}", reading, **more)  # type: ignore[arg-type]


def codes(found: Note) -> list[str]:
    return [problem.code for problem in found.problems]


FULL = """---
title: Rehearsal
time: 17:00
minutes: 25
notice: 30 hours
attendees: [ada, Grace, Mr. Babbage]
absent: [ben]
kind: review
goals: [speak]
energy: {ada: 4}
next: 2026-03-02T17:00
visibility: partners
author: ada-b
---
# Another heading

Energy: ada 1, grace 5

## To do

- Me: send the abstract, due: 2026-02-20
"""


def test_a_full_note() -> None:
    found = note(FULL)
    assert codes(found) == []
    assert (found.date, found.time, found.minutes, found.planned_minutes) == (date(2026, 2, 16), clock(17), 25, 45)
    assert (found.title, found.title_line, found.kind, found.goals) == ("Rehearsal", None, "review", ("speak",))
    assert (found.notice_hours, found.visibility, found.author) == (30, "partners", "ada")
    assert (found.attendance.present, found.attendance.absent) == (("ada", "grace"), ("ben",))
    assert len(found.attendance.guests) == 1
    assert found.energy == {"ada": 4, "grace": 5}, "front matter counts before the text"
    assert (found.next_on, found.next_at) == (date(2026, 3, 2), clock(17))
    assert [(task.line, task.owner, task.due) for task in found.tasks] == [(21, "ada", date(2026, 2, 20))]
    assert (17, 17) in found.private_lines
    assert (found.line, found.end_line, found.shift) == (1, 21, 14)


@pytest.mark.parametrize(
    ("text", "name", "expected", "problems"),
    [
        ("---\ndate: 2026-02-16\n---\n", "kickoff.md", "2026-02-16", []),
        ("We met.\n", "2026-02-16--kickoff.md", "2026-02-16", []),
        ("# Rehearsal (16 February 2026)\n", "rehearsal.md", "2026-02-16", []),
        ("# Rehearsal\n\nDate: 16/02/2026\n", "rehearsal.md", "2026-02-16", []),
        ("# Rehearsal\n\n- **When:** Mon, 16 Feb 2026\n", "rehearsal.md", "2026-02-16", []),
        ("# Rehearsal\n\n**Meeting Date/Time** 16 Feb 2026 17:00\n", "rehearsal.md", "2026-02-16", []),
        ("# Rehearsal\n\n| Date | 16 Feb 2026 |\n|--|--|\n| Who | Ada |\n", "rehearsal.md", "2026-02-16", []),
        ("Rehearsal\n\n16 February 2026\n", "rehearsal.md", "2026-02-16", []),
        ("x\n\n" * 8 + "Date: 2026-02-16\n", "rehearsal.md", "None", ["HW301"]),
        ("We met.\n", "rehearsal.md", "None", ["HW301"]),
        ("# 2026-02-17\n", "2026-02-16.md", "2026-02-16", ["HW302"]),
        ("# Rehearsal\n\nDate: 17 February\n", "2026-02-16.md", "2026-02-16", ["HW302"]),
        ("# Rehearsal 16 February\n", "2026-02-16.md", "2026-02-16", []),
        ("# Actions from 2026-02-02\n", "2026-02-16.md", "2026-02-16", []),
        ("Next meeting: 2026-03-02\n", "2026-02-16.md", "2026-02-16", []),
        ("---\ndate: 2026-02-30\n---\n", "2026-02-16.md", "2026-02-16", ["HW131"]),
        ("We met.\n", "2026-02-30.md", "None", ["HW304"]),
        ("# Rehearsal, March 2nd\n", "rehearsal.md", "None", ["HW306"]),
        ("2026-02-17 was long ago, and 2026-02-18 too.\n", "2026-02-16.md", "2026-02-16", []),
    ],
)
def test_which_date_counts(text: str, name: str, expected: str, problems: list[str]) -> None:
    found = note(text, name)
    assert (str(found.date), codes(found)) == (expected, problems)


def test_numbers_without_an_order_are_a_warning_and_no_date() -> None:
    found = note("# 03/04/2026\n", "rehearsal.md", NoteReading(BOOK))
    assert (found.date, codes(found)) == (None, ["HW303"])
    found = note("# 03/04/2026\n", "2026-04-03.md", NoteReading(BOOK))
    assert (found.date, codes(found)) == (date(2026, 4, 3), [])


def test_a_neighbour_gives_the_year() -> None:
    found = note("# Rehearsal, March 2nd\n", "rehearsal.md", near=date(2026, 2, 1))
    assert (found.date, codes(found)) == (date(2026, 3, 2), ["HW305"])


@pytest.mark.parametrize(
    ("text", "title", "line"),
    [
        ("# The *first* [talk](x) `now`\n", "The first talk now", 1),
        ("#Kickoff\n---\nhello", "Kickoff", 1),
        ("Hello.\n\n## Second\n", "Second", 3),
        ("# Agenda\n\n- x\n\n# Notes\n", "2026-02-16", None),
        ("Hello.\n", "2026-02-16", None),
        ("---\ntitle: Mine\n---\n# Other\n", "Mine", None),
        ("# " + "a" * 5000, "a" * 199 + "…", 1),
    ],
)
def test_titles(text: str, title: str, line: int | None) -> None:
    found = note(text)
    assert (found.title, found.title_line) == (title, line)


@pytest.mark.parametrize(
    ("text", "status", "minutes", "problems"),
    [
        ("# 2026-02-16 (shortened, 25 min)\n", "shortened", 25, []),
        ("# 2026-02-16 (shortened)\n\nStatus: moved\nMinutes: 20\n", "moved", 20, []),
        ("---\nstatus: held\n---\nStatus: moved\n", "held", None, []),
        ("Cancelled, Grace was ill.\n", "cancelled", None, ["HW309"]),
        ("---\nstatus: moved\n---\nCancelled, Grace was ill.\n", "moved", None, []),
        ("We met and nothing was cancelled but a train, so all went well and we were glad.\n", None, None, []),
    ],
)
def test_what_became_of_the_meeting(text: str, status: str | None, minutes: int | None, problems: list[str]) -> None:
    found = note(text)
    assert (found.status, found.minutes, codes(found)) == (status, minutes, problems)


def test_a_name_near_a_member_is_asked_about() -> None:
    found = note("---\nattendees:\n  - ada\n  - graec\n  - Zoltan\n---\n")
    assert codes(found) == ["HW308"]
    problem = found.problems[0]
    assert (problem.location.line, problem.location.column, problem.hint) == (4, 5, "Did you mean `grace`?")


def test_a_next_meeting_before_this_one_is_not_taken() -> None:
    found = note("---\nnext: 2026-02-02\n---\n")
    assert (found.next_on, codes(found)) == (None, ["HW315"])


def test_a_journal_entry_has_the_author_it_was_given() -> None:
    found = note("I rehearsed alone. Cancelled everything else.\n", default_author="ada", kind="journal")
    assert (found.kind, found.author, found.status, codes(found)) == ("journal", "ada", None, [])


def test_a_page_has_title_body_and_visibility_and_needs_no_date() -> None:
    page = parse_page("---\nvisibility: program\n---\n# Agenda\n\nHow we meet.\n", "content/pages/guide.md")
    assert (page.title, page.title_line, page.visibility, page.kind, page.problems) == (
        "Agenda",
        4,
        "program",
        "page",
        (),
    )
    assert parse_page("Hello.\n", "content/pages/guide.md").title == "guide"


def test_a_note_too_heavy_is_shown_plain_with_a_warning_at_its_place() -> None:
    found = note("---\nminutes: 25\n---\nfine\n\n" + ">" * 120 + " deep\n")
    assert codes(found) == ["HW310"]
    assert found.problems[0].location.line == 6
    assert {token.type for token in found.tokens} == {"paragraph_open", "inline", "paragraph_close"}


@pytest.mark.parametrize("lead", ["\ufeff", "\x08", "\r\n\r\n"])
def test_signs_that_nobody_sees_do_no_harm(lead: str) -> None:
    found = note(f"{lead}# Rehearsal\r\n\r\nStatus: moved\r\n\r\nWe met\x0b again.\r\n")
    assert (found.title, found.status, codes(found)) == ("Rehearsal", "moved", [])


PIECES = [
    "---\n",
    "title: x\n",
    "date: 3/4/26\n",
    "# 2026-02-30\n",
    "Energy: ada 9\n",
    "- [x] @ada: a\n",
    "|a|b|\n",
    "> ",
    "\t",
    "```\n",
    "[a]: b\n",
    "[^1]: c\n",
    "Date: 5 May\n",
    "**",
    "Present: a, b\n",
    "\n",
    "é\u0301",
    "{{ 7*7 }}",
    "\ud800",
    "Status: x\n",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=14).map("".join))
def test_no_text_raises(text: str) -> None:
    for found in (note(text), parse_page(text, "a.md"), *parse_logbook(text, "logbook.md", READING)[1]):
        lines = max(1, len(re.split(r"\r\n?|\n", text)))
        assert 1 <= found.line <= found.end_line <= lines
        assert all(1 <= problem.location.line <= lines for problem in found.problems)


@pytest.mark.parametrize(
    "unit", ["a", "a ", "2026-02-16 ", "Energy: ada 4, ", "Ada: ", "@ada ", "[x] ", "| a ", "cancelled ", "\ufffd"]
)
def test_a_line_of_a_hundred_thousand_characters_takes_little_time(unit: str) -> None:
    start = time.process_time()
    note("# x\n\n" + unit * (100_000 // len(unit)) + "\n")
    assert time.process_time() - start < 8


def test_real_notes(corpus: Path) -> None:
    """Every note of the corpus is read, quickly, and its date is the one in its name."""
    notes = sorted(corpus.glob("*/content/partnerships/*/meetings/**/*.md"))
    assert len(notes) > 600
    start, wrong, disagreements = time.process_time(), [], 0
    for path in notes:
        found = parse_note(path.read_bytes().decode("utf-8-sig", "replace"), path.name, READING)
        named = re.match(r"(\d{4})-(\d\d)-(\d{1,2})", path.name)
        if named and found.date != date(int(named[1]), int(named[2]), int(named[3])):
            wrong.append(path.name)
        disagreements += "HW302" in codes(found)
    assert wrong == []
    assert disagreements < 0.02 * len(notes)
    assert time.process_time() - start < 30


def test_a_label_dates_a_long_note_too() -> None:
    long = "# Rehearsal\n\n**Date:** 16 Feb 2026\n\n" + "- one more point\n" * 40
    assert note(long, "rehearsal.md").date == date(2026, 2, 16)


def test_a_first_line_that_ends_with_a_day_dates_the_note() -> None:
    assert note("Minutes 18-May-2026\n\nWe met.\n", "minutes.md").date == date(2026, 5, 18)


def test_numbers_in_a_due_day_follow_the_program() -> None:
    text = "## To do\n\n- Ada: send it, due 03/04/2026\n"
    assert note(text).tasks[0].due == date(2026, 4, 3)
    assert note(text, reading=NoteReading(BOOK)).tasks[0].due is None


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("- Ada: [x] send it", ("ada", True, "send it")),
        ("- TODO(ada): send it", ("ada", False, "send it")),
        ("- ACTION (Grace): send it", ("grace", False, "send it")),
        ("- Grace -- send it", ("grace", False, "send it")),
        ("- send it (by 2026-03-01, with pictures)", (None, False, "send it (with pictures)")),
    ],
)
def test_how_one_task_may_be_written(item: str, expected: tuple[str | None, bool, str]) -> None:
    (task,) = note(f"## To do\n\n{item}\n").tasks
    assert (task.owner, task.is_done, task.text) == expected


LOOKALIKES = str.maketrans({"s": "ſ", "k": "\N{KELVIN SIGN}", "i": "ı", "I": "İ", "S": "ſ", "µ": "μ"})


@pytest.mark.parametrize("path", sorted((Path(__file__).parent / "labelled").rglob("*.md")), ids=lambda path: path.stem)
def test_letters_that_patterns_take_for_others_raise_nothing(path: Path) -> None:
    """A pattern that ignores case takes them for s, k and i; no table of words has them."""
    text = path.read_text().translate(LOOKALIKES)
    parse_logbook(text, "content/partnerships/ada-grace/logbook.md", READING)
    found = note(text)
    assert render_markdown(found.tokens, link=lambda href: href, mention=lambda name: None)
