"""Laws of reminding: however often digests are sent, a thing is reminded of at most once a week, and then no more."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from headway.feeds.reminding import AFTER, LONG_AFTER, Period

START = date(2026, 1, 1)


def days_of_reminders(day: date, length: int, offset: int, *, ahead: bool, after: int = AFTER) -> list[date]:
    """Return the days of the digests, one each ``length`` days, that remind of a thing with that day."""
    first = START + timedelta(days=offset)
    ends = (first + timedelta(days=length * (number + 1)) for number in range(400 // length))
    periods = (Period(end - timedelta(days=length), end) for end in ends)
    return [p.today for p in periods if p.reminds(day, ahead=ahead, after=after)]


@given(due=st.integers(120, 180), length=st.integers(1, 45), offset=st.integers(0, 44), ahead=st.booleans())
def test_never_twice_a_week_and_not_forever(due: int, length: int, offset: int, ahead: bool) -> None:
    day = START + timedelta(days=due)
    days = days_of_reminders(day, length, offset, ahead=ahead)
    assert all((later - earlier).days >= 7 for earlier, later in pairwise(days))
    assert len(days) == (5 if ahead else 4)
    assert (days[0] < day) is ahead
    assert days[1 if ahead else 0] >= day


@given(length=st.integers(1, 14), offset=st.integers(0, 13))
def test_a_check_in_is_asked_about_for_half_a_year(length: int, offset: int) -> None:
    days = days_of_reminders(START + timedelta(days=14), length, offset, ahead=False, after=LONG_AFTER)
    assert days
    assert all((later - earlier).days >= 7 for earlier, later in pairwise(days))
    if length in (1, 7):
        assert len(days) == 27


def test_a_thing_without_a_day_is_not_reminded_of() -> None:
    assert not Period(START, START + timedelta(days=7)).reminds(None)


def test_the_days_of_a_period_are_in_no_other() -> None:
    weeks = [Period(START + timedelta(days=7 * n), START + timedelta(days=7 * n + 7)) for n in range(4)]
    for number in range(1, 28):
        assert sum(week.covers(START + timedelta(days=number)) for week in weeks) == 1
