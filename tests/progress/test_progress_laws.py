"""Laws of the report: it is fresh exactly as long as it says, and order changes nothing."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from progress_samples import PROGRAM, D, journal, meeting, partnership

from headway.documents.note import EVERYBODY, Task
from headway.model.fields import GoalStatus, MeetingKind, MeetingStatus, PartnershipStatus, Size
from headway.model.goals import Goal, Milestone, Reframe, Step
from headway.model.partnership import Agreement, Meeting, Partnership
from headway.progress.compute import compute_report
from headway.progress.goals import compute_progress
from headway.progress.report import PartnershipReport

ORIGIN = D(1, 15, 2024)
DAYS = st.integers(0, 150).map(lambda days: ORIGIN + timedelta(days=days))
"""The leap day is among them."""
MAYBE_DAY = st.none() | DAYS
HORIZON = 800
SLOW = Goal(id="g", title="G", start=D(1, 1), due=D(4, 11), progress=0)


def written(status: type[Any], *derived: Any) -> st.SearchStrategy[Any]:
    return st.none() | st.sampled_from([s for s in status if s not in derived])


TASKS = st.lists(
    st.builds(
        Task,
        line=st.integers(1, 9),
        text=st.sampled_from(["read", "*Read*", "write"]),
        owner=st.sampled_from([None, "ada", "grace", EVERYBODY, "Bo"]),
        due=MAYBE_DAY,
        is_done=st.booleans(),
    ),
    max_size=3,
).map(tuple)
STEPS = st.lists(st.builds(Step, title=st.just("s"), due=MAYBE_DAY, done=MAYBE_DAY), max_size=3).map(tuple)
MILESTONES = st.builds(
    Milestone,
    title=st.just("m"),
    size=st.sampled_from(Size),
    due=MAYBE_DAY,
    done=MAYBE_DAY,
    dropped=st.none() | MAYBE_DAY,
    steps=STEPS,
)
GOALS = st.builds(
    Goal,
    id=st.just("g"),
    title=st.just("G"),
    start=MAYBE_DAY,
    due=MAYBE_DAY,
    done=st.none() | st.none() | MAYBE_DAY,
    status=st.none() | written(GoalStatus),
    progress=st.none() | st.integers(0, 100),
    milestones=st.lists(MILESTONES, max_size=3).map(tuple),
    reframed=st.lists(st.builds(Reframe, on=DAYS, was=st.just("F")), max_size=1).map(tuple),
)


@st.composite
def meetings(draw: st.DrawFn) -> tuple[Meeting, ...]:
    days = draw(st.lists(MAYBE_DAY, max_size=6))
    return tuple(
        meeting(
            on,
            draw(written(MeetingStatus, MeetingStatus.UNCONFIRMED)),
            slug=f"{on or 'undated'}-{number}",
            kind=draw(st.sampled_from(MeetingKind)).value,
            tasks=draw(TASKS),
            minutes=draw(st.none() | st.just(20)),
            planned_minutes=draw(st.none() | st.just(45)),
            notice_hours=draw(st.none() | st.just(3.0)),
            next_on=draw(MAYBE_DAY),
            next_at=draw(st.none() | st.just(time(9))),
        )
        for number, on in enumerate(days)
    )


@st.composite
def partnerships(draw: st.DrawFn) -> Partnership:
    return partnership(
        *draw(meetings()),
        start=draw(MAYBE_DAY),
        end=draw(MAYBE_DAY),
        cadence=draw(st.sampled_from([1 / 3, 1, 3.5, 7, 14, 30.4375, 90, 2000])),
        status=draw(st.none() | written(PartnershipStatus, PartnershipStatus.UNKNOWN)),
        goals=draw(st.lists(GOALS, max_size=2)),
        entries=[journal(on, *draw(TASKS)) for on in draw(st.lists(MAYBE_DAY, max_size=2))],
        agreement=draw(st.none() | st.builds(Agreement, agreed=st.fixed_dictionaries({"ada": DAYS}))),
    )


def without_day(report: PartnershipReport) -> PartnershipReport:
    return replace(report, today=date.min, fresh_until=None)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(pair=partnerships(), today=DAYS)
def test_report_is_fresh_exactly_as_long_as_it_says(pair: Partnership, today: date) -> None:
    report = compute_report(pair, PROGRAM, today)
    until = report.fresh_until
    length = HORIZON if until is None else (until - today).days
    assert length > 0
    # Every day for two months, later ones in strides that meet every weekday.
    steps = [*range(1, min(length, 60)), *range(60, min(length, HORIZON), 11)]
    for days in steps:
        same = compute_report(pair, PROGRAM, today + timedelta(days=days))
        assert (without_day(same), same.fresh_until) == (without_day(report), until)
    if until is not None:
        assert without_day(compute_report(pair, PROGRAM, until)) != without_day(report)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(pair=partnerships(), today=DAYS, random=st.randoms())
def test_order_of_files_changes_nothing(pair: Partnership, today: date, random: Any) -> None:
    shuffled = list(pair.meetings)
    random.shuffle(shuffled)
    other = compute_report(replace(pair, meetings=tuple(shuffled)), PROGRAM, today)
    report = compute_report(pair, PROGRAM, today)
    assert replace(other, partnership=pair) == report
    dated = [r.meeting.on for r in report.meetings if r.meeting.on]
    assert dated == sorted(dated)


@settings(max_examples=150, deadline=None)
@given(one=GOALS, data=st.data())
def test_progress_is_a_percentage_and_never_falls_when_something_is_done(one: Goal, data: st.DataObject) -> None:
    before = compute_progress(one)
    assert before is None or 0 <= before <= 100
    if not one.milestones:
        return
    index = data.draw(st.integers(0, len(one.milestones) - 1))
    chosen = one.milestones[index]
    if chosen.steps and data.draw(st.booleans()):
        steps = (replace(chosen.steps[0], done=ORIGIN), *chosen.steps[1:])
        better = replace(chosen, steps=steps)
    else:
        better = replace(chosen, done=ORIGIN)
    milestones = (*one.milestones[:index], better, *one.milestones[index + 1 :])
    after = compute_progress(replace(one, milestones=milestones))
    assert (after is None) == (before is None)
    assert before is None or after is None or after >= before


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(pair=partnerships(), today=DAYS)
def test_counts_agree_with_the_lists(pair: Partnership, today: date) -> None:
    report = compute_report(pair, PROGRAM, today)
    n, t = report.numbers, report.task_numbers
    assert n.kept == n.held + n.shortened >= n.run
    assert t.open + t.done == len(report.tasks)
    assert t.overdue <= t.open
    assert all(0 <= f.done <= f.due for f in report.follow_through)
    assert all(0 <= task.carried <= n.kept for task in report.tasks)
    assert n.next_on is None or n.next_on >= today
    assert today.isoformat() not in report.momentum.because


@pytest.mark.parametrize(
    ("pair", "today", "expected"),
    [
        (partnership(start=None), D(1, 1), None),
        (partnership(end=D(1, 5)), D(1, 10), None),
        # The next expected meeting.
        (partnership(meeting(D(1, 1))), D(1, 1), D(1, 15)),
        (partnership(cadence=1), D(1, 1), D(1, 2)),
        # A plan of today is unconfirmed tomorrow; one of tomorrow is held tomorrow.
        (partnership(meeting(D(1, 2), "planned")), D(1, 2), D(1, 3)),
        (partnership(meeting(D(1, 2))), D(1, 1), D(1, 2)),
        # The status turns with the start, and the day after the end.
        (partnership(start=D(2, 1)), D(1, 1), D(2, 1)),
        (partnership(end=D(1, 5)), D(1, 1), D(1, 6)),
        # A goal falls behind by its share alone.
        (partnership(start=None, goals=[SLOW]), D(1, 1), D(1, 27)),
        # A task is overdue the day after.
        (partnership(meeting(None, tasks=(Task(1, "a", due=D(5, 1)),)), start=None), D(1, 1), D(5, 2)),
        (partnership(start=date(9999, 12, 31)), date(9999, 12, 31), None),
    ],
)  # fmt: skip
def test_fresh_until(pair: Partnership, today: date, expected: date | None) -> None:
    assert compute_report(pair, PROGRAM, today).fresh_until == expected
