"""What one version of a goal plan made of another, and the way from the first to the last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.model.changes import Dated, Turn, Wording, compare_plans, find_latest, trace
from headway.model.history_reading import parse_plan

GOAL = "goals:\n  - id: speak\n    title: {title}\n    {more}\n    milestones: [{milestones}]\n"


def plan(title: str = "Talk", more: str = "due: 2026-03-01", *milestones: str) -> str:
    return GOAL.format(title=title, more=more, milestones=", ".join(f"{{{m}}}" for m in milestones))


def compare(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the ids of goals that differ, and the turns in short: ``* title (day) > title (day)`` for milestones."""
    old, new = parse_plan(before.encode()), parse_plan(after.encode())
    assert old is not None
    assert new is not None
    goals, turns = compare_plans(old, new)
    return list(goals), [show(turn) for turn in turns]


def show(turn: Turn) -> str:
    words = [f"{w.title} {w.due.strftime('%m-%d') if w.due else 'none'}" if w else "-" for w in turn[2:]]
    return ("* " if turn.is_milestone else "") + " > ".join(words)


@pytest.mark.parametrize(
    ("before", "after", "goals", "turns"),
    [
        pytest.param(plan(), plan(), [], [], id="nothing"),
        pytest.param(plan(), plan() + "# a comment\n", [], [], id="a comment is no change"),
        pytest.param(plan(), plan(more="due: 2026-04-01"), ["speak"], ["Talk 03-01 > Talk 04-01"], id="moved"),
        pytest.param(plan(more="why: x"), plan(), ["speak"], ["Talk none > Talk 03-01"], id="a first day"),
        pytest.param(plan(), plan(more="why: x"), ["speak"], ["Talk 03-01 > Talk none"], id="a day given up"),
        pytest.param(plan(), plan("Speak"), ["speak"], ["Talk 03-01 > Speak 03-01"], id="reworded"),
        pytest.param("goals: []", plan(), ["speak"], ["- > Talk 03-01"], id="a new goal"),
        pytest.param(plan(), "goals: []", ["speak"], ["Talk 03-01 > -"], id="a goal let go"),
        pytest.param(plan(), plan(more="progress: 30\n    due: 2026-03-01"), ["speak"], [], id="judged"),
        pytest.param(
            plan("T", "why: x", "title: A"), plan("T", "why: x", "title: A, done: 2026-03-01"), ["speak"], [], id="done"
        ),
        pytest.param(
            plan("T", "why: x", "title: A"),
            plan("T", "why: x", "title: A", "title: Another, due: 2026-03-02"),
            ["speak"],
            ["* - > Another 03-02"],
            id="a milestone more",
        ),
        pytest.param(
            plan("T", "why: x", "title: A", "title: Entirely different"),
            plan("T", "why: x", "title: A"),
            ["speak"],
            ["* Entirely different none > -"],
            id="a milestone less",
        ),
        pytest.param(
            plan("T", "why: x", "title: Rehearse alone, due: 2026-03-02"),
            plan("T", "why: x", "title: Rehearse twice alone, due: 2026-03-09"),
            ["speak"],
            ["* Rehearse alone 03-02 > Rehearse twice alone 03-09"],
            id="a milestone reworded and moved",
        ),
        pytest.param(
            plan("T", "why: x", "title: Buy bread"),
            plan("T", "why: x", "title: Climb a mountain"),
            ["speak"],
            ["* Buy bread none > -", "* - > Climb a mountain none"],
            id="another milestone in its place",
        ),
        pytest.param(
            plan("T", "why: x", "title: A, due: 2026-03-01", "title: B, due: 2026-03-02"),
            plan("T", "why: x", "title: B, due: 2026-03-02", "title: A, due: 2026-03-01"),
            ["speak"],
            [],
            id="their order is nobody's turn",
        ),
        pytest.param(
            plan("T", "why: x", "title: A", "title: A, due: 2026-03-02"),
            plan("T", "why: x", "title: a"),
            ["speak"],
            ["* A none > a none", "* A 03-02 > -"],
            id="two of one title",
        ),
        pytest.param(plan(), plan().replace("speak", "SPEAK"), ["speak"], [], id="an id in capitals is the same"),
    ],
)
def test_what_changed(before: str, after: str, goals: list[str], turns: list[str]) -> None:
    assert compare(before, after) == (goals, turns)


@pytest.mark.parametrize("text", ["goals: [", "goals: [{id: a}]", "goals: [{id: a, title: A, due: 2026-02-30}]", "\0"])
def test_a_version_with_an_error_is_no_plan(text: str) -> None:
    assert parse_plan(text.encode()) is None


def test_what_each_version_lets_be_seen_is_kept() -> None:
    old = parse_plan(plan("T", "visibility: private", "title: A, visibility: partners").encode())
    new = parse_plan(plan("U", "details: public", "title: A, due: 2026-03-01").encode())
    assert old is not None
    assert new is not None
    goal, milestone = compare_plans(old, new).turns
    assert [goal.before and goal.before.sight, goal.after and goal.after.sight] == [
        ("private", None, None),
        (None, "public", None),
    ]
    assert milestone.before is not None
    assert milestone.before.sight == ("private", None, "partners")


def test_all_the_milestones_that_a_goal_can_have_may_change() -> None:
    many = [f"title: {number} abcdef" for number in range(300)]
    goals, turns = compare(plan("T", "why: x", *many), plan("T", "why: x", *(m + "x" for m in many)))
    assert (len(goals), len(turns)) == (1, 600)


def step(at: int, before: str | None, after: str | None) -> Dated:
    """Return a turn of a goal from one day of March to another: ``1``, ``1 Title``, None."""

    def wording(text: str | None) -> Wording | None:
        day, _, title = (text or "").partition(" ")
        return Wording(title or "T", date(2026, 3, int(day))) if text else None

    return Dated(Turn("g", False, wording(before), wording(after)), f"{at:04}", at, date(2026, 1, 1))


def days(way: Sequence[Dated]) -> list[int]:
    return [dated.turn.after.due.day for dated in way if dated.turn.after and dated.turn.after.due]


@pytest.mark.parametrize(
    ("turns", "now", "expected"),
    [
        pytest.param([step(1, None, "1"), step(2, "1", "2"), step(3, "2", "3")], 3, [1, 2, 3], id="straight"),
        pytest.param([step(1, None, "1"), step(9, "1", "2"), step(3, "2", "3")], 3, [1, 2, 3], id="a wrong clock"),
        pytest.param([step(1, None, "1"), step(2, "1", "2"), step(3, "2", "1")], 1, [1, 2, 1], id="there and back"),
        pytest.param([step(1, None, "1"), step(2, "1", "2"), step(3, "1", "5")], 2, [1, 2], id="a branch not taken"),
        pytest.param([step(1, None, "1"), step(2, "1", None), step(3, None, "1")], 1, [1], id="gone and back"),
        pytest.param([step(2, "1", "2")], 2, [2], id="no beginning"),
        pytest.param([step(1, None, "1")], 7, [], id="not in the history"),
        pytest.param([step(1, None, "1"), step(1, "1", "2"), step(1, "2", "3")], 3, [1, 2, 3], id="one second"),
    ],
)
def test_the_way_to_a_wording(turns: list[Dated], now: int, expected: list[int]) -> None:
    assert days(trace(turns, "T", date(2026, 3, now))) == expected
    assert days(trace(reversed(turns), "T", date(2026, 3, now))) == expected


def test_the_last_wording() -> None:
    assert find_latest([]) is None
    found = find_latest([step(9, "1", "2"), step(3, "2", "3"), step(1, None, "1")])
    assert found == Wording("T", date(2026, 3, 3))
    back = find_latest([step(1, None, "1"), step(2, "1", "2"), step(3, "2", "1")])
    assert back == Wording("T", date(2026, 3, 1))


@given(st.lists(st.integers(1, 6), min_size=1, max_size=12))
def test_the_way_is_a_chain_that_ends_where_it_should(moves: list[int]) -> None:
    before: str | None = None
    turns = []
    for at, day in enumerate(moves):
        if before != str(day):
            turns.append(step(at, before, str(day)))
        before = str(day)
    way = trace(turns, "T", date(2026, 3, moves[-1]))
    assert way[0].turn.before is None
    assert days(way)[-1] == moves[-1]
    assert all(one.turn.after == two.turn.before for one, two in pairwise(way))
