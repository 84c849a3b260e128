"""Progress and standing of goals."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from progress_samples import PROGRAM, START, D, partnership

from headway.model.fields import GoalStatus, Size
from headway.model.goals import Goal, Milestone, Step
from headway.model.program import Program, Thresholds
from headway.progress.compute import compute_report
from headway.progress.goals import compute_progress
from headway.progress.report import GoalReport

DAY = D(1, 20)


def milestone(size: str = "M", done: bool = False, steps: str = "", **more: Any) -> Milestone:
    """``steps`` has a letter a step, ``x`` where it is done."""
    parts = tuple(Step(title="step", done=DAY if letter == "x" else None) for letter in steps)
    return Milestone(title="milestone", size=Size(size), done=DAY if done else None, steps=parts, **more)


def goal(*milestones: Milestone, **more: Any) -> Goal:
    return Goal(id="speak", title="Speak", milestones=milestones, **more)


def report(one: Goal, today: date, start: date | None = START) -> GoalReport:
    return compute_report(partnership(goals=[one], start=start), PROGRAM, today).goals[0]


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (goal(), None),
        (goal(status=GoalStatus.DONE), 100),
        (goal(done=DAY), 100),
        (goal(progress=0), 0),
        (goal(milestone(done=True), progress=30), 30),
        (goal(milestone(), progress=30, status=GoalStatus.DONE), 100),
        (goal(milestone(), milestone(done=True)), 50),
        (goal(milestone("S", True), milestone("M"), milestone("L")), 14),
        (goal(milestone("S"), milestone("M"), milestone("L", True)), 57),
        (goal(milestone("S"), milestone("L", True)), 80),
        (goal(milestone(steps="x..")), 33),
        (goal(milestone(steps="xx.")), 66),
        (goal(milestone(steps="xxx")), 100),
        (goal(milestone(done=True, steps="x..")), 100),
        (goal(*[milestone("L", True)] * 60, milestone("S")), 99),
        (goal(milestone("L", steps="x..."), milestone("S", True)), 40),
        (goal(milestone(done=True), milestone(dropped=DAY)), 100),
        (goal(milestone(), milestone("L", True, dropped=DAY)), 0),
        (goal(milestone(dropped=DAY), milestone(done=True, dropped=DAY)), None),
        (goal(milestone(dropped=DAY), status=GoalStatus.DONE), 100),
        (goal(milestone(done=True), milestone(), status=GoalStatus.DROPPED), 50),
    ],
)
def test_progress(one: Goal, expected: int | None) -> None:
    assert compute_progress(one) == expected


DUE = D(4, 11)
"""A hundred days after the start."""


@pytest.mark.parametrize(
    ("one", "today", "expected"),
    [
        (goal(), D(2, 1), "on-track"),
        (goal(status=GoalStatus.DONE, due=DUE), D(6, 1), "done"),
        (goal(done=DAY, status=GoalStatus.ACTIVE), D(6, 1), "done"),
        (goal(milestone(done=True), due=DUE), D(6, 1), "done"),
        (goal(progress=100, due=DUE), D(6, 1), "done"),
        (goal(progress=100, due=DUE, status=GoalStatus.ACTIVE), D(6, 1), "overdue"),
        (goal(status=GoalStatus.DROPPED, due=DUE), D(6, 1), "dropped"),
        (goal(status=GoalStatus.PAUSED, due=DUE), D(6, 1), "paused"),
        (goal(status=GoalStatus.PLANNED, due=DUE), D(6, 1), "planned"),
        (goal(start=D(2, 2)), D(2, 1), "planned"),
        (goal(start=D(2, 2)), D(2, 2), "on-track"),
        (goal(start=D(2, 2), status=GoalStatus.ACTIVE), D(2, 1), "on-track"),
        (goal(), D(12, 31, 2025), "planned"),
        (goal(progress=90, due=DUE), DUE, "on-track"),
        (goal(progress=90, due=DUE), D(4, 12), "overdue"),
        (goal(milestone(due=D(2, 1))), D(2, 1), "on-track"),
        (goal(milestone(due=D(2, 1))), D(2, 2), "behind"),
        (goal(milestone(due=D(2, 1)), milestone(), progress=100, status=GoalStatus.ACTIVE), D(2, 2), "behind"),
        (goal(milestone(due=D(2, 1), done=True), milestone()), D(2, 2), "on-track"),
        (goal(milestone(due=D(2, 1), steps="xx"), milestone()), D(2, 2), "on-track"),
        (goal(milestone(due=D(2, 1), dropped=DAY), milestone()), D(2, 2), "on-track"),
        # 25 points under the elapsed share is still on track, a day later it is not.
        (goal(progress=0, due=DUE), D(1, 26), "on-track"),
        (goal(progress=0, due=DUE), D(1, 27), "behind"),
        (goal(progress=30, due=DUE), D(2, 25), "on-track"),
        (goal(progress=30, due=DUE), D(2, 26), "behind"),
        (goal(progress=75, due=DUE), DUE, "on-track"),
        (goal(progress=74, due=DUE), DUE, "behind"),
        (goal(due=DUE), DUE, "on-track"),
        (goal(progress=0, due=START), START, "on-track"),
        (goal(progress=0, start=D(3, 1), due=D(2, 1), status=GoalStatus.ACTIVE), D(1, 15), "on-track"),
        (goal(progress=0, start=D(2, 29, 2024), due=D(3, 4, 2024)), D(3, 1, 2024), "on-track"),
        (goal(progress=0, start=D(2, 29, 2024), due=D(3, 4, 2024)), D(3, 2, 2024), "behind"),
    ],
)
def test_standing(one: Goal, today: date, expected: str) -> None:
    assert report(one, today).standing == expected


def test_goal_without_any_start_is_not_behind_by_time() -> None:
    assert report(goal(progress=0, due=DUE), DUE, start=None).standing == "on-track"


def test_threshold_of_behind_is_the_programs() -> None:
    program = Program(thresholds=Thresholds(behind=50))
    pair = partnership(goals=[goal(progress=0, due=DUE)])
    standings = [compute_report(pair, program, day).goals[0].standing for day in (D(2, 20), D(2, 21))]
    assert standings == ["on-track", "behind"]


def test_judged_is_said() -> None:
    assert report(goal(progress=30), DAY).is_judged
    assert not report(goal(milestone()), DAY).is_judged


def test_past_due_names_milestones_and_steps() -> None:
    late = Step(title="late", due=D(2, 1))
    steps = (late, Step(title="done", due=D(2, 1), done=DAY), Step(title="later", due=D(2, 9)))
    one = goal(
        milestone(due=D(2, 1), done=True),
        Milestone(title="m", due=D(2, 1), steps=steps),
        Milestone(title="m", done=DAY, steps=(late,)),
        Milestone(title="m", dropped=DAY, due=D(2, 1), steps=(late,)),
    )
    assert report(one, D(2, 1)).past_due == ()
    assert report(one, D(2, 2)).past_due == ((1, None), (1, 0))
