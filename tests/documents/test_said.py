"""What label lines, dated headings and very short notes say."""

from __future__ import annotations

from datetime import date

import pytest
from note_cases import BOOK, blocks_of

from headway.documents.said import Said, Written, find_said, heading_says, short_note_says


def said(text: str, near: date | None = None) -> Said:
    return find_said(blocks_of(text), BOOK, "dmy", Written("n.md", text.split("\n")), near)


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        ("Status: moved", "status", "moved"),
        ("**Status:** Cancelled", "status", "cancelled"),
        ("- Status: canceled", "status", "cancelled"),
        ("Status: moved to Friday", "status", "moved"),
        ("Status: postponed", "status", "moved"),
        ("Status: green", "status", None),
        ("Minutes: 25", "minutes", 25),
        ("Minutes: 25 min", "minutes", 25),
        ("Minutes: Grace", "minutes", None),
        ("Minutes: https://example.org/25", "minutes", None),
        ("Notice: 30 hours", "notice_hours", 30.0),
        ("Notice: the door is shut", "notice_hours", None),
        ("Next: 2026-03-02", "next_on", date(2026, 3, 2)),
        ("Next meeting: Monday, 2 March 2026", "next_on", date(2026, 3, 2)),
        ("Next: more of the same", "next_on", None),
        ("Energy: ada 4, grace 5", "energy", {"ada": 4, "grace": 5}),
        ("Energy: Ada Byron: 4; @ghopper 3/5", "energy", {"ada": 4, "grace": 3}),
    ],
)
def test_label_lines(text: str, field: str, expected: object) -> None:
    found = said(f"We met.\n\n{text}\n")
    assert getattr(found, field) == expected
    assert found.problems == ()


def test_labels_stand_in_one_paragraph_too_and_the_first_counts() -> None:
    found = said("# 2026-02-16\nStatus: shortened\nMinutes: 20\nMinutes: 30\n")
    assert (found.status, found.minutes) == ("shortened", 20)


def test_a_next_day_without_a_year_comes_after_the_meeting() -> None:
    assert said("Next: 5 January\n", date(2025, 12, 20)).next_on == date(2026, 1, 5)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("We met.\nEnergy: ada 4\nBye.\n", ((2, 2),)),
        ("- one\n- Energy: low today\n", ((2, 2),)),
        ("Energy:\n\n- ada 4\n- grace 5\n\nBye.\n", ((1, 1), (3, 3), (4, 4))),
        ("## Energy\n\n- ada 4\n", ((3, 3),)),
        ("## Energy levels\n\nada 4, grace 5\n\n## Notes\n\nx\n", ((3, 3),)),
        ("Energy (1-5): ada 4\n", ((1, 1),)),
        ("**Energy** - ada 4\n", ((1, 1),)),
        ("| Who | Energy |\n|--|--|\n| ada | 4 |\n", ((1, 1), (3, 3))),
        ("Energy efficiency of our engine: a lot.\n", ()),
        ("We talked about energy: a lot.\n", ()),
    ],
)
def test_lines_with_energy_are_private(text: str, lines: tuple[tuple[int, int], ...]) -> None:
    assert said(text).private_lines == lines


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [("Energy: ada 7", "HW311", 13), ("Energy: zed 4", "HW311", 9), ("Status: canceld", "HW312", 9)],
)
def test_slips_are_told_at_their_place(text: str, code: str, column: int) -> None:
    problems = said(f"We met.\n\n{text}\n").problems
    assert [(p.code, p.location.line, p.location.column) for p in problems] == [(code, 3, column)]


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        (" (shortened, 25 min)", ("shortened", 25)),
        (" - cancelled", ("cancelled", None)),
        (", 1 hour", (None, 60)),
        (" (moved to 2026-02-18)", ("moved", None)),
        (" Standup (held)", ("held", None)),
        (" about moving house", (None, None)),
        (" planned obsolescence", (None, None)),
        ("", (None, None)),
    ],
)
def test_words_beside_a_headings_date(beside: str, expected: tuple[str | None, int | None]) -> None:
    assert heading_says(beside) == expected


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Cancelled, Grace was ill.", "cancelled"),
        ("# 2026-02-16\n\nMeeting canceled.", "cancelled"),
        ("Not held this week.", "cancelled"),
        ("Postponed to Friday.", "moved"),
        ("Delayed by a train.", "moved"),
        ("No meeting this week (holiday).", "missed"),
        ("Skipped.", "missed"),
        ("We didn't meet.", "missed"),
        ("The meeting was not cancelled.", None),
        ("We met and talked.", None),
        ("We talked about the conference that was cancelled, and about what to do in summer instead.", None),
    ],
)
def test_a_very_short_note_is_taken_at_its_word(text: str, status: str | None) -> None:
    found = short_note_says(blocks_of(text))
    assert (found[0] if found else None) == status
