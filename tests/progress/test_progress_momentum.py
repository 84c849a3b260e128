"""Status and momentum, with the sentence of the rule that fired."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from progress_samples import PROGRAM, START, D, journal, meeting, partnership

from headway.documents.note import Task
from headway.model.fields import PartnershipStatus
from headway.model.goals import Goal, Milestone, Reframe, Step
from headway.model.partnership import Agreement
from headway.model.program import Program, Thresholds
from headway.progress.because import name_day
from headway.progress.compute import compute_report

S = PartnershipStatus
END = D(7, 31)


@pytest.mark.parametrize(
    ("start", "end", "written", "today", "expected"),
    [
        (START, END, None, D(12, 31, 2025), S.PROPOSED),
        (START, END, None, START, S.ACTIVE),
        (START, END, None, END, S.ACTIVE),
        (START, END, None, D(8, 1), S.UNKNOWN),
        (START, None, None, D(8, 1), S.ACTIVE),
        (None, None, None, D(8, 1), S.PROPOSED),
        (None, END, None, D(8, 1), S.UNKNOWN),
        (START, START, None, START, S.ACTIVE),
        (START, D(12, 1, 2025), None, D(12, 5, 2025), S.UNKNOWN),
        (START, END, S.ACTIVE, D(8, 1), S.ACTIVE),
        (START, END, S.COMPLETED, D(3, 1), S.COMPLETED),
        (START, END, S.PAUSED, D(12, 1, 2025), S.PAUSED),
    ],
)
def test_status(start: date | None, end: date | None, written: S | None, today: date, expected: S) -> None:
    pair = partnership(start=start, end=end, status=written)
    assert compute_report(pair, PROGRAM, today).status is expected


def kept(*days: date) -> list[tuple[date, str | None]]:
    return [(day, None) for day in days]


CHANGED = [Goal(id="g", title="G", milestones=(Milestone(title="m", done=D(3, 1)),))]


@pytest.mark.parametrize(
    ("notes", "more", "today", "expected"),
    [
        (kept(D(1, 5)), {"status": S.COMPLETED}, D(1, 6), "closed"),
        (kept(D(1, 5)), {"status": S.ENDED}, D(1, 6), "closed"),
        (kept(D(1, 5)), {"end": D(1, 9)}, D(1, 10), "closed"),
        (kept(D(1, 5)), {"status": S.PAUSED}, D(6, 1), "paused"),
        # No meeting yet: too early for max(C, 10 days), then silence counts from the start.
        ([], {}, D(12, 1, 2025), "too-early"),
        ([], {}, D(1, 15), "too-early"),
        ([], {}, D(1, 16), "on-track"),
        ([], {}, D(1, 22), "on-track"),
        ([], {}, D(1, 23), "needs-check-in"),
        ([], {}, D(2, 12), "needs-check-in"),
        ([], {}, D(2, 13), "stalled"),
        ([], {"cadence": 2}, D(1, 11), "too-early"),
        ([], {"cadence": 2}, D(1, 12), "stalled"),
        ([], {"start": None}, D(6, 1), "too-early"),
        ([], {"start": None, "status": S.ACTIVE}, D(6, 1), "too-early"),
        ([], {"status": S.PROPOSED}, D(6, 1), "too-early"),
        ([(D(1, 5), "missed"), (D(1, 7), "missed")], {}, D(1, 8), "too-early"),
        (kept(D(1, 5)), {}, D(1, 5), "on-track"),
        # 1.5 C and 3 C after the last kept one.
        (kept(D(3, 1)), {"goals": CHANGED}, D(3, 22), "on-track"),
        (kept(D(3, 1)), {"goals": CHANGED}, D(3, 23), "needs-check-in"),
        (kept(D(3, 1)), {"goals": CHANGED}, D(4, 12), "needs-check-in"),
        (kept(D(3, 1)), {"goals": CHANGED}, D(4, 13), "stalled"),
        ([(D(3, 1), "shortened")], {"goals": CHANGED}, D(3, 22), "on-track"),
        # An experience is no contact.
        ([], {"cadence": 7, "goals": CHANGED}, D(3, 1), "stalled"),
        # The last two missed or cancelled.
        ([*kept(D(1, 5)), (D(1, 12), "missed"), (D(1, 19), "cancelled")], {}, D(1, 19), "stalled"),
        ([*kept(D(1, 5)), (D(1, 12), "missed"), (D(1, 19), "cancelled")], {}, D(1, 18), "on-track"),
        ([(D(1, 12), "missed"), *kept(D(1, 15)), (D(1, 19), "missed")], {}, D(1, 20), "on-track"),
        ([*kept(D(1, 5)), (D(1, 12), "missed"), (D(1, 19), "moved")], {}, D(1, 20), "on-track"),
        ([*kept(D(1, 5)), (D(1, 6), "missed"), (D(1, 7), "planned"), (D(1, 8), "missed")], {}, D(1, 9), "stalled"),
        ([*kept(D(1, 5)), (D(1, 6), "missed"), (D(1, 8), "missed"), (D(1, 12), "planned")], {}, D(1, 9), "stalled"),
        ([(D(1, 5), "missed")], {}, D(1, 16), "on-track"),
        # Nothing of the plan moved for 3 C, though they meet.
        (kept(D(1, 5), D(1, 19), D(2, 2), D(2, 12)), {}, D(2, 12), "on-track"),
        (kept(D(1, 5), D(1, 19), D(2, 2), D(2, 12)), {}, D(2, 13), "needs-check-in"),
        (kept(D(1, 5), D(1, 19), D(2, 2), D(2, 12)), {"goals": CHANGED}, D(2, 13), "needs-check-in"),
        (kept(D(2, 25)), {"goals": CHANGED, "cadence": 14}, D(3, 10), "on-track"),
    ],
)
def test_momentum(notes: list[tuple[date, str | None]], more: dict[str, Any], today: date, expected: str) -> None:
    pair = partnership(*(meeting(on, status) for on, status in notes), **more)
    momentum = compute_report(pair, PROGRAM, today).momentum
    assert momentum.state == expected
    assert re.fullmatch(r"[A-Z].*[.?]", momentum.because)


def test_experience_is_no_contact() -> None:
    pair = partnership(meeting(D(3, 1), kind="experience"))
    assert compute_report(pair, PROGRAM, D(3, 1)).momentum.state == "stalled"


RECENT = D(2, 20)


@pytest.mark.parametrize(
    "more",
    [
        {"goals": [Goal(id="g", title="G", milestones=(Milestone(title="m", dropped=RECENT),))]},
        {"goals": [Goal(id="g", title="G", milestones=(Milestone(title="m", steps=(Step(title="s", done=RECENT),)),))]},
        {"goals": [Goal(id="g", title="G", done=RECENT)]},
        {"goals": [Goal(id="g", title="G", start=RECENT)]},
        {"goals": [Goal(id="g", title="G", reframed=(Reframe(on=RECENT, was="F"),))]},
        {"agreement": Agreement(agreed={"ada": RECENT})},
        {"entries": [journal(RECENT, Task(1, "read"))]},
        {"entries": [journal(D(1, 2), Task(1, "read")), journal(RECENT, Task(1, "read", is_done=True))]},
    ],
)
def test_changes_of_the_plan(more: dict[str, Any]) -> None:
    pair = partnership(meeting(D(3, 25)), **more)
    assert compute_report(pair, PROGRAM, D(4, 3)).momentum.state == "on-track"
    assert compute_report(pair, PROGRAM, D(4, 4)).momentum.state == "needs-check-in"


def test_thresholds_are_the_programs() -> None:
    limits = Thresholds(check_in=1, stalled=2, quiet=float("inf"), early_days=30)
    program, pair = Program(thresholds=limits), partnership(meeting(D(1, 5)))
    days = [D(1, 19), D(1, 20), D(2, 2), D(2, 3)]
    states = [compute_report(pair, program, day).momentum.state for day in days]
    assert states == ["on-track", "needs-check-in", "needs-check-in", "stalled"]
    assert compute_report(partnership(), program, D(1, 31)).momentum.state == "too-early"


@pytest.mark.parametrize(
    ("pair", "today", "because"),
    [
        (
            partnership(meeting(D(3, 2))),
            D(3, 24),
            "No meeting has been kept since 2 March 2026, which is more than 21 days; the rhythm is every 14 days. "
            "Which day would suit everybody for the next one, even a short one?",
        ),
        (
            partnership(meeting(D(3, 2), next_on=D(4, 20))),
            D(4, 14),
            "No meeting has been kept since 2 March 2026, which is more than 42 days; the rhythm is every 14 days. "
            "The next one is planned for 20 April 2026.",
        ),
        (
            partnership(cadence=3.5),
            D(1, 12),
            "No meeting has been kept yet since the start on 1 January 2026, which is more than 10 days; "
            "the rhythm is every 3.5 days. Which day would suit everybody for a first one, even a short one?",
        ),
        (
            partnership(meeting(D(1, 5)), meeting(D(1, 6), "missed"), meeting(D(1, 7), "cancelled")),
            D(1, 8),
            "The last two times the meeting did not come about: 6 January 2026 and 7 January 2026. "
            "Would another day, or a shorter one, work better?",
        ),
        (
            partnership(meeting(D(2, 10)), cadence=14),
            D(2, 13),
            "The last meeting was kept on 10 February 2026. No milestone, task or plan has changed since "
            "1 January 2026, which is more than 42 days. "
            "Would you like to reframe a goal, adjust it, or learn something new?",
        ),
        (
            partnership(meeting(D(1, 5), tasks=(Task(1, "read"),))),
            D(1, 8),
            "The last meeting was kept on 5 January 2026, and the plan last changed on 5 January 2026; "
            "the rhythm is every 14 days.",
        ),
        (
            partnership(),
            D(1, 8),
            "This partnership began on 1 January 2026, with time until 15 January 2026 for the first meeting.",
        ),
        (partnership(end=D(1, 9)), D(1, 10), "This partnership was planned until 9 January 2026. How did it end?"),
        (
            partnership(meeting(D(1, 5)), status=S.COMPLETED),
            D(1, 8),
            "This partnership is completed. The last meeting was kept on 5 January 2026.",
        ),
        (partnership(start=None), D(1, 8), "This partnership has no first day yet. When shall it begin?"),
        (partnership(start=D(2, 1)), D(1, 8), "This partnership is proposed, with 1 February 2026 as its first day."),
    ],
)
def test_because(pair: Any, today: date, because: str) -> None:
    assert compute_report(pair, PROGRAM, today).momentum.because == because


def test_because_uses_the_programs_words() -> None:
    program = Program(terms={"partnership": "pair", "meeting": "call"})
    assert compute_report(partnership(), program, D(1, 8)).momentum.because == (
        "This pair began on 1 January 2026, with time until 15 January 2026 for the first call."
    )


def test_day_is_named_in_words() -> None:
    assert name_day(D(2, 29, 2024)) == "29 February 2024"
