"""Outcomes, late notice, kept and expected, run, last and next."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from progress_samples import PROGRAM, START, D, hours, meeting, partnership

from headway.documents.scalars import Duration
from headway.model.partnership import Agreement
from headway.model.program import Defaults, Program
from headway.progress.compute import compute_report

TODAY = D(3, 2)


@pytest.mark.parametrize(
    ("on", "status", "minutes", "planned", "expected"),
    [
        (D(2, 16), None, None, None, "held"),
        (TODAY, None, None, None, "held"),
        (D(3, 3), None, None, None, "planned"),
        (D(2, 16), None, 25, 45, "shortened"),
        (D(2, 16), None, 45, 45, "held"),
        (D(2, 16), None, 25, None, "held"),
        (D(2, 16), "held", 25, 45, "held"),
        (D(2, 16), "planned", None, None, "unconfirmed"),
        (TODAY, "planned", None, None, "planned"),
        (D(3, 3), "held", None, None, "held"),
        (D(3, 3), "cancelled", None, None, "cancelled"),
        (None, "held", None, None, None),
    ],
)
def test_outcome(on: date | None, status: str | None, minutes: int, planned: int, expected: str | None) -> None:
    one = meeting(on, status, minutes=minutes, planned_minutes=planned)
    assert compute_report(partnership(one), PROGRAM, TODAY).meetings[0].status == expected


@pytest.mark.parametrize(
    ("agreed", "usual", "minutes", "expected"),
    [(45, None, 30, "shortened"), (None, 45, 30, "shortened"), (30, 45, 30, "held"), (None, None, 1, "held")],
)
def test_planned_length_is_the_notes_else_the_agreements_else_the_programs(
    agreed: int | None, usual: int | None, minutes: int, expected: str
) -> None:
    agreement = Agreement(length=agreed and Duration(agreed, ""))
    program = Program(defaults=Defaults(length=usual and Duration(usual, "")))
    pair = partnership(meeting(D(2, 16), minutes=minutes), agreement=agreement)
    assert compute_report(pair, program, TODAY).meetings[0].status == expected


@pytest.mark.parametrize(
    ("status", "notice", "agreed", "usual", "late"),
    [
        ("moved", 3, None, None, True),
        ("cancelled", 23.5, None, None, True),
        ("cancelled", 24, None, None, False),
        ("cancelled", None, None, None, False),
        ("missed", 0, None, None, False),
        ("held", 0, None, None, False),
        ("moved", 30, 48, None, True),
        ("moved", 30, None, 48, True),
        ("moved", 30, 24, 48, False),
        ("moved", 0, 0, None, False),
    ],
)
def test_late_notice(status: str, notice: float | None, agreed: float, usual: float, late: bool) -> None:
    agreement = Agreement(notice=None if agreed is None else hours(agreed))
    program = Program(defaults=Defaults(notice=None if usual is None else hours(usual)))
    pair = partnership(meeting(D(2, 16), status, notice_hours=notice), agreement=agreement)
    report = compute_report(pair, program, TODAY)
    assert (report.meetings[0].has_late_notice, report.numbers.late_notices) == (late, int(late))


@pytest.mark.parametrize(
    ("start", "end", "cadence", "today", "expected"),
    [
        (START, None, 14, D(1, 1), 0),
        (START, None, 14, D(1, 14), 0),
        (START, None, 14, D(1, 15), 1),
        (START, D(1, 15), 14, D(1, 15), 1),
        (START, D(1, 14), 14, D(6, 1), 0),
        (START, D(2, 1), 14, D(12, 1), 2),
        (START, START, 14, D(12, 1), 0),
        (START, D(12, 1, 2025), 14, D(12, 1), 0),
        (D(6, 1), None, 14, D(1, 1), 0),
        (None, None, 14, D(1, 1), None),
        (None, D(2, 1), 14, D(1, 1), None),
        # A leap year's day counts like any other.
        (D(2, 28, 2024), None, 2, D(3, 1, 2024), 1),
        (D(2, 28, 2023), None, 2, D(3, 1, 2023), 0),
        (D(2, 29, 2024), None, 365, D(2, 28, 2025), 1),
        # A cadence need not be whole days, and thirds of a day must not round down.
        (START, None, 3.5, D(1, 8), 2),
        (START, None, 3.5, D(1, 4), 0),
        (START, None, 1 / 3, D(1, 8), 21),
        (START, None, 10 / 1440, D(1, 2), 144),
        (date(9999, 12, 1), None, 14, date(9999, 12, 31), 2),
    ],
)
def test_expected(start: date | None, end: date | None, cadence: float, today: date, expected: int | None) -> None:
    pair = partnership(start=start, end=end, cadence=cadence)
    assert compute_report(pair, PROGRAM, today).numbers.expected == expected


def test_cadence_that_changed_measures_the_whole_time() -> None:
    notes = [meeting(D(1, 1 + 7 * week)) for week in range(4)]
    weekly, monthly = (partnership(*notes, cadence=days) for days in (7, 28))
    today = D(1, 29)
    assert compute_report(weekly, PROGRAM, today).numbers.expected == 4
    assert compute_report(monthly, PROGRAM, today).numbers.expected == 1


def test_counts() -> None:
    states = ["held", "shortened", "moved", "cancelled", "missed", "planned"]
    notes = [meeting(D(1, 5 + n), state) for n, state in enumerate(states)]
    notes += [meeting(D(2, 1), kind="experience"), meeting(D(2, 2), "cancelled", kind="experience")]
    notes += [meeting(D(2, 3), kind="review"), meeting(D(4, 1)), meeting(None, "held")]
    n = compute_report(partnership(*notes), PROGRAM, TODAY).numbers
    assert (n.kept, n.held, n.shortened, n.moved, n.cancelled, n.missed) == (3, 2, 1, 1, 1, 1)
    assert (n.planned, n.unconfirmed, n.experiences, n.undated) == (1, 1, 1, 1)
    assert n.last_on == D(2, 3)


def test_no_meetings() -> None:
    n = compute_report(partnership(), PROGRAM, TODAY).numbers
    assert (n.kept, n.expected, n.run, n.last_on, n.next_on) == (0, 4, 0, None, None)


@pytest.mark.parametrize(
    ("notes", "today", "expected"),
    [
        ([], D(2, 1), 0),
        ([(D(2, 1), None)], D(2, 1), 1),
        # 1.5 C are 21 days: still a run on the last of them.
        ([(D(1, 1), None), (D(1, 15), None)], D(2, 5), 2),
        ([(D(1, 1), None), (D(1, 15), None)], D(2, 6), 0),
        ([(D(1, 1), None), (D(1, 23), None)], D(1, 23), 1),
        ([(D(1, 1), None), (D(1, 22), None)], D(1, 23), 2),
        ([(D(1, 1), None), (D(1, 8), "missed"), (D(1, 15), None)], D(1, 15), 1),
        ([(D(1, 1), None), (D(1, 8), "moved"), (D(1, 10), None)], D(1, 15), 2),
        ([(D(1, 1), None), (D(1, 8), "planned"), (D(1, 10), None)], D(1, 15), 2),
        ([(D(1, 1), None), (D(1, 8), "cancelled")], D(1, 9), 0),
        # Cancelled for a day still to come: the run lasts until that day.
        ([(D(1, 1), None), (D(1, 8), "cancelled")], D(1, 7), 1),
        ([(D(1, 1), None), (D(1, 15), "shortened"), (D(1, 29), None)], D(1, 29), 3),
    ],
)
def test_run(notes: list[tuple[date, str | None]], today: date, expected: int) -> None:
    pair = partnership(*(meeting(on, status) for on, status in notes))
    assert compute_report(pair, PROGRAM, today).numbers.run == expected


def test_two_meetings_a_day_are_two() -> None:
    notes = [meeting(D(1, 5), slug=f"2026-01-05{n}") for n in ("-10", "-2", "")]
    report = compute_report(partnership(*notes), PROGRAM, D(1, 6))
    assert (report.numbers.kept, report.numbers.run) == (3, 3)
    assert [r.meeting.slug for r in report.meetings] == ["2026-01-05", "2026-01-05-2", "2026-01-05-10"]


def test_cancelled_in_the_morning_and_kept_in_the_evening() -> None:
    notes = [meeting(D(1, 5), "cancelled"), meeting(D(1, 5), slug="2026-01-05-2")]
    assert compute_report(partnership(*notes), PROGRAM, D(1, 6)).numbers.run == 1


def test_experience_neither_lengthens_nor_breaks_a_run() -> None:
    notes = [meeting(D(1, 1)), meeting(D(1, 8), "cancelled", kind="experience"), meeting(D(1, 15))]
    assert compute_report(partnership(*notes), PROGRAM, D(1, 15)).numbers.run == 2
    only = [meeting(D(1, 1), kind="experience")]
    assert compute_report(partnership(*only), PROGRAM, D(1, 2)).numbers.run == 0


NINE = time(9)
FIVE = time(17)


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ([], (None, None)),
        ([(D(3, 9), None, {"time": FIVE})], (D(3, 9), FIVE)),
        ([(TODAY, "planned", {})], (TODAY, None)),
        ([(D(3, 1), "planned", {})], (None, None)),
        ([(D(2, 16), None, {"next_on": D(3, 9), "next_at": NINE})], (D(3, 9), NINE)),
        ([(D(2, 16), None, {"next_on": D(3, 1)})], (None, None)),
        ([(D(2, 16), None, {"next_on": TODAY})], (TODAY, None)),
        # Met today already: that was the next one.
        ([(D(2, 16), None, {"next_on": TODAY}), (TODAY, None, {})], (None, None)),
        # The latest word counts, also where it brought the meeting forward and that day is past.
        ([(D(2, 2), None, {"next_on": D(3, 20)}), (D(2, 16), None, {"next_on": D(3, 9)})], (D(3, 9), None)),
        ([(D(2, 2), None, {"next_on": D(3, 20)}), (D(2, 16), None, {"next_on": D(3, 1)})], (None, None)),
        ([(D(2, 2), None, {"next_on": D(3, 20)}), (D(2, 16), None, {})], (D(3, 20), None)),
        ([(D(3, 1), "moved", {"next_on": D(3, 5)})], (D(3, 5), None)),
        ([(D(2, 16), None, {"next_on": D(3, 4)}), (D(3, 4), "cancelled", {"next_on": D(3, 11)})], (D(3, 11), None)),
        ([(D(2, 16), None, {"next_on": D(3, 20)}), (D(3, 9), None, {"next_on": D(3, 16)})], (D(3, 9), None)),
        # A plan and a word for the same day: the one that knows the time.
        ([(D(2, 16), None, {"next_on": D(3, 9), "next_at": NINE}), (D(3, 9), "planned", {})], (D(3, 9), NINE)),
        ([(D(3, 9), None, {"kind": "experience"})], (None, None)),
        ([(None, None, {"next_on": D(3, 9)})], (None, None)),
    ],
)
def test_next(notes: list[tuple[date | None, str | None, dict[str, Any]]], expected: tuple[date | None, time]) -> None:
    pair = partnership(*(meeting(on, status, **note) for on, status, note in notes))
    numbers = compute_report(pair, PROGRAM, TODAY).numbers
    assert (numbers.next_on, numbers.next_at) == expected
