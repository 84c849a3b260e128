"""The trail's geometry: where things stand on the picture, whatever days they have and however many they are."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.pages.axis import MARGIN, Axis, compute_ticks, day_number
from headway.pages.signs import LANE, SignPost, measure, place_signs, shorten
from headway.pages.trail import Happening, TrailView, compute_brief, compute_trail

START, END, TODAY = date(2026, 2, 2), date(2026, 7, 31), date(2026, 5, 20)
HEAD = 10

relaxed = settings(deadline=None, max_examples=60)  # the machine may be busy

days = st.dates(date(2025, 6, 1), date(2027, 3, 1))
labels = st.sampled_from(
    ("", "Rehearse", "Give a talk at a local meetup and collect feedback", "민서와 함께 발표 연습", "x" * 90)
)
happenings = st.one_of(
    st.builds(Happening, days, st.sampled_from(("held", "shortened", "moved", "missed", "planned")), labels, st.none()),
    st.builds(Happening, days, st.sampled_from(("reframe", "experience")), labels, st.none()),
    st.builds(
        Happening,
        on=days,
        kind=st.just("milestone"),
        label=labels,
        address=st.none(),
        state=st.sampled_from(("done", "open", "past-due")),
        size=st.sampled_from("SML"),
    ),
    st.builds(Happening, days, st.just("goal"), labels, st.none(), st.sampled_from(("done", "open", "past-due"))),
)
times = st.lists(happenings, min_size=1, max_size=40).map(lambda found: sorted(found, key=lambda h: h.on))


def trail(*found: Happening, start: date | None = START, end: date | None = END) -> TrailView:
    view = compute_trail(sorted(found, key=lambda h: h.on), start, end, TODAY)
    assert view is not None
    return view


def held(on: date, kind: str = "held") -> Happening:
    return Happening(on, kind, "", None)


def milestone(on: date, state: str = "done", size: str = "M", label: str = "A step") -> Happening:
    return Happening(on, "milestone", label, None, state, size)


def points(path: str) -> list[tuple[float, float]]:
    numbers = [float(number) for number in re.findall(r"[\d.]+", path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


@relaxed
@given(times, st.none() | days, st.none() | days)
def test_everything_stands_inside_the_frame_in_the_order_of_its_days(
    found: list[Happening], start: date | None, end: date | None
) -> None:
    view = compute_trail(found, start, end, TODAY)
    assert view is not None
    assert [mark.on for mark in view.marks] == sorted(mark.on for mark in view.marks)
    places = [mark.x for mark in view.marks]
    assert places == sorted(places)
    assert all(MARGIN <= mark.x <= 100 - MARGIN and 0 < mark.y < view.axis for mark in view.marks)
    assert all(0 < sign.y < view.height for mark in view.marks for sign in mark.signs)
    assert all(sign.y < mark.y for mark in view.marks for sign in mark.signs)
    for path in (view.walked, view.ahead):
        drawn = points(path)
        assert [x for x, _ in drawn] == sorted(x for x, _ in drawn)
        assert all(0 <= x <= 1000 and 0 <= y <= view.axis for x, y in drawn)


@relaxed
@given(times)
def test_no_two_names_stand_on_each_other(found: list[Happening]) -> None:
    view = trail(*found)
    for size, width in enumerate((230, 600, 1000)):
        # A wider picture only has more room.
        for wider in (width, width * 1.7):
            names = []
            for mark in view.marks:
                if mark.signs and mark.signs[size].text:
                    sign, x = mark.signs[size], mark.x * wider / 100
                    reach = HEAD + measure(sign.text)
                    begin, stop = (x - reach, x) if sign.is_before else (x, x + reach)
                    assert begin >= -HEAD
                    assert stop <= wider + HEAD
                    names.append((sign.y, begin, stop))
            for (one_y, begin, stop), (other_y, other_begin, other_stop) in combinations(names, 2):
                assert abs(one_y - other_y) >= LANE or stop <= other_begin or other_stop <= begin


@relaxed
@given(times, st.none() | days)
def test_today_is_where_its_number_says(found: list[Happening], start: date | None) -> None:
    view = trail(*found, start=start)
    for mark in view.marks:
        assert (day_number(mark.on) - view.day_zero) / view.day_span * 100 == pytest.approx(mark.x, abs=0.05)


@relaxed
@given(times)
def test_the_way_is_walked_as_far_as_the_last_thing_that_happened(found: list[Happening]) -> None:
    view = trail(*found)
    past = [mark for mark in view.marks if mark.kind != "planned" and mark.state in ("", "done") and mark.on <= TODAY]
    if past and view.walked:
        assert points(view.walked)[-1][0] == pytest.approx(past[-1].x * 10, abs=0.1)
    if view.walked and view.ahead:
        assert points(view.walked)[-1] == points(view.ahead)[0]


@relaxed
@given(times)
def test_the_way_never_falls_far_below_where_it_was(found: list[Happening]) -> None:
    found = [h for h in found if h.kind != "reframe"]
    if found:
        view = trail(*found)
        heights = [y for _, y in points(view.walked or view.ahead)]
        lowest = heights[0]
        for height in heights:
            assert height <= lowest + 9  # it sways, no more
            lowest = min(lowest, height)


def test_a_reached_milestone_lifts_the_way_and_one_past_its_day_does_not() -> None:
    done = trail(held(date(2026, 2, 9)), milestone(date(2026, 3, 2)), held(date(2026, 4, 6)))
    late = trail(held(date(2026, 2, 9)), milestone(date(2026, 3, 2), "past-due"), held(date(2026, 4, 6)))
    assert points(done.walked)[-1][1] < points(late.walked)[-1][1] - 50


def test_a_reframe_bends_the_way() -> None:
    on = date(2026, 3, 16)
    straight, bent = trail(held(date(2026, 5, 4))), trail(Happening(on, "reframe", "", None), held(date(2026, 5, 4)))
    assert max(y for _, y in points(bent.walked)) - min(y for _, y in points(bent.walked)) > 15
    assert max(y for _, y in points(straight.walked)) - min(y for _, y in points(straight.walked)) < 10


def test_goals_and_milestones_have_signs_for_each_width_and_nothing_else_has() -> None:
    view = trail(held(START), milestone(END, "open"), Happening(END, "goal", "Speak", None, "open"))
    assert [(mark.kind, len(mark.signs)) for mark in view.marks] == [("held", 0), ("milestone", 3), ("goal", 3)]
    assert [sign.text for sign in view.marks[1].signs] == ["A step"] * 3
    assert view.kinds == ("held", "open", "goal")


@pytest.mark.parametrize(
    ("found", "start", "end", "first", "last"),
    [
        ((held(date(2026, 3, 2)),), START, END, START, END),
        ((held(date(2026, 1, 5)),), START, END, date(2026, 1, 5), END),
        ((milestone(date(2026, 9, 1), "open"),), START, END, START, date(2026, 9, 1)),
        ((held(date(2026, 3, 2)),), None, None, date(2026, 2, 16), date(2026, 3, 16)),
        ((held(date(2026, 3, 2)),), END, START, START, END),
        # A slip of the pen is no reason to see nothing else.
        ((held(date(2026, 3, 2)), milestone(date(2206, 3, 2), "open")), START, END, START, END),
        ((held(date(2026, 3, 2)), held(date(1926, 3, 2))), START, END, START, END),
        ((held(date(1, 1, 1)),), None, None, date(1, 1, 1), date(1, 1, 15)),
        ((held(date(9999, 12, 31), "planned"),), None, None, date(9999, 12, 17), date(9999, 12, 31)),
    ],
)
def test_the_axis_holds_all_days_but_slips(
    found: tuple[Happening, ...], start: date | None, end: date | None, first: date, last: date
) -> None:
    view = trail(*found, start=start, end=end)
    assert (view.first, view.last) == (first, last)


def test_nothing_happened_is_no_picture() -> None:
    assert compute_trail([], START, END, TODAY) is None
    assert compute_brief([], None, None, TODAY) is None


@pytest.mark.parametrize(
    ("first", "last", "narrow", "years"),
    [
        (date(2026, 2, 2), date(2026, 7, 31), [4, 7], 1),
        (date(2025, 9, 8), date(2026, 7, 31), [10, 1, 4, 7], 2),
        (date(2020, 1, 15), date(2026, 7, 31), [1, 1, 1], 6),
        (date(2026, 2, 2), date(2026, 2, 20), [], 0),
        (date(1, 1, 1), date(9999, 12, 31), [], 0),
    ],
)
def test_months_are_named_so_that_their_names_have_room(first: date, last: date, narrow: list[int], years: int) -> None:
    ticks = list(compute_ticks(Axis(first, last)))
    assert len(ticks) <= 9
    assert [tick.on.month for tick in ticks if tick.is_narrow] == narrow
    assert sum(tick.shows_year for tick in ticks) == years
    assert all(tick.shows_year for tick in [tick for tick in ticks if tick.is_narrow][:1])
    assert all(tick.on.day == 1 for tick in ticks)


def test_a_brief_is_lines_and_dots_in_days_since_1970() -> None:
    found = [
        held(date(2026, 2, 9)),
        held(date(2026, 2, 23), "missed"),
        held(date(2026, 3, 9), "shortened"),
        milestone(date(2026, 3, 2)),
        milestone(date(2026, 4, 2), "open"),
    ]
    brief = compute_brief(sorted(found, key=lambda h: h.on), START, END, TODAY)
    assert brief is not None
    assert (brief.first, brief.last) == (20486, 20665)
    assert (brief.way, brief.walked) == ("M20486 5H20665", "M20486 5H20521")
    assert (brief.kept, brief.reached) == ("M20493 5h0m28 0h0", "M20514 5h0")


@pytest.mark.parametrize(
    ("text", "longest", "shown"),
    [
        ("Rehearse", 200, "Rehearse"),
        ("Give a talk at a local meetup", 130, "Give a talk at a…"),
        ("Donaudampfschifffahrtsgesellschaft", 130, "Donaudampfschifffa…"),
        ("민서와 함께 하는 발표 연습과 질문", 130, "민서와 함께 하는…"),
        ("word", 3, ""),
    ],
)
def test_names_are_cut_after_a_word_where_that_keeps_most(text: str, longest: int, shown: str) -> None:
    assert shorten(text, longest) == shown
    assert measure(shorten(text, longest)) <= max(longest, 0)


def test_the_first_in_rank_has_its_name_where_there_is_not_room_for_two() -> None:
    posts = [SignPost(50, 7, "second in rank, and long", (2,)), SignPost(51, 7, "first in rank, and long", (1,))]
    assert [bool(sign.text) for sign in place_signs(posts, 60, 150, 2)] == [False, False]
    assert [bool(sign.text) for sign in place_signs(posts, 500, 180, 2)] == [True, True]


def test_a_mark_for_every_day_of_three_years_is_drawn_at_once() -> None:
    found = [held(START + timedelta(days=n)) for n in range(1000)]
    found += [milestone(START + timedelta(days=9 * n), label=f"Step {n}") for n in range(100)]
    view = trail(*found)
    assert len(view.marks) == 1100
    assert len(view.walked) + len(view.ahead) < 4000
