"""Scalars: what one value's text means, and the sentence where it means nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest

from headway.documents.scalars import (
    parse_day,
    parse_duration,
    parse_number,
    parse_time,
    parse_whole,
)


@pytest.mark.parametrize(("text", "day"), [("2026-02-28", date(2026, 2, 28)), ("2024-02-29", date(2024, 2, 29))])
def test_a_day_is_year_month_day(text: str, day: date) -> None:
    assert parse_day(text) == day


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2026-02-30", "2026-02-30 is not a day: February 2026 has 28"),
        ("2026-04-31", "2026-04-31 is not a day: April 2026 has 30"),
        ("2026-13-01", "2026-13-01 is not a day: months go from 01 to 12"),
        ("2026-00-01", "2026-00-01 is not a day: months go from 01 to 12"),
        ("2026-2-3", "2026-2-3 is not a day"),
        ("20260203", "20260203 is not a day"),
        ("1754006400", "1754006400 is not a day"),
        ("03/04/2026", "03/04/2026 is not a day"),
        ("99999-01-01", "99999-01-01 is not a day"),
        ("1899-12-31", "1899-12-31 is not a day Headway counts with: years go from 1900 to 2200"),
        ("2201-01-01", "2201-01-01 is not a day Headway counts with: years go from 1900 to 2200"),
        ("٢٠٢٦-٠٢-٠٣", "٢٠٢٦-٠٢-٠٣ is not a day"),
        ("", " is not a day"),
        ("x" * 100_000, "x" * 39 + "… is not a day"),
    ],
)
def test_what_is_no_day_says_why(text: str, sentence: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the sentence is compared below
        parse_day(text)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(("text", "moment"), [("16:00", time(16)), ("9:05", time(9, 5)), ("00:00", time(0))])
def test_a_time_is_hours_and_minutes(text: str, moment: time) -> None:
    assert parse_time(text) == moment


@pytest.mark.parametrize("text", ["17.30", "24:00", "12:60", "12:30:00", "5 pm", "960", "", "1:1"])
def test_anything_else_is_no_time(text: str) -> None:
    with pytest.raises(ValueError, match="is not a time of day"):
        parse_time(text)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("25 minutes", 25),
        ("45 min", 45),
        ("45min", 45),
        ("1 hour", 60),
        ("1.5 hours", 90),
        ("1,5 hours", 90),
        ("1 hour 30 minutes", 90),
        ("1 hour and 30 minutes", 90),
        ("1h30m", 90),
        ("30-60 minutes", 60),
        ("30 – 60 minutes", 60),
        ("30 to 60 minutes", 60),
        ("24 hours", 1440),
        ("2 weeks", 14 * 1440),
        ("2  Weeks", 14 * 1440),
        ("daily", 1440),
        ("weekly", 7 * 1440),
        ("every week", 7 * 1440),
        ("every 2 weeks", 14 * 1440),
        ("every two weeks", 14 * 1440),
        ("every other week", 14 * 1440),
        ("fortnightly", 14 * 1440),
        ("monthly", 30 * 1440),
        ("quarterly", 91 * 1440),
    ],
)
def test_a_duration_is_a_number_and_a_unit(text: str, minutes: int) -> None:
    duration = parse_duration(text)
    assert duration.minutes == minutes
    assert duration.text == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("biweekly", "two things: twice a week or every two weeks"),
        ("Bi-Weekly", "two things"),
        ("bimonthly", "two things: twice a month or every two months"),
        ("0 minutes", "more than nothing"),
        ("0", "more than nothing"),
        ("-3 days", "more than nothing"),
        ("every 0 weeks", "not a length of time"),
        ("45", "not a length of time"),
        ("soon", "not a length of time"),
        ("60-30 minutes", "not a length of time"),
        ("1 hour 1 hour", "not a length of time"),
        ("30 minutes 1 hour", "not a length of time"),
        ("1 hour and", "not a length of time"),
        ("", "not a length of time"),
        ("999999999 weeks", "longer than ten years"),
        ("9" * 100_000, "not a length of time"),
        ("1 hour " * 20_000, "not a length of time"),
    ],
)
def test_what_is_no_duration_says_why(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_duration(text)


def test_whole_numbers_keep_to_their_bounds() -> None:
    assert [parse_whole(text, 0, 100) for text in ("0", "007", "100", "+5")] == [0, 7, 100, 5]
    for text in ("101", "-1", "1e1", "1.0", "30%", "", "1_0", "٣", "9" * 5000):
        with pytest.raises(ValueError, match="0 to 100"):
            parse_whole(text, 0, 100)


def test_numbers_keep_to_their_bounds() -> None:
    assert [parse_number(text, 0.5, 10) for text in ("1.5", "3", "0.5")] == [1.5, 3.0, 0.5]
    for text in ("0.4", "inf", "nan", "1e3", "1.5.1", "9" * 400):
        with pytest.raises(ValueError, match=r"0\.5 to 10"):
            parse_number(text, 0.5, 10)


@pytest.mark.parametrize("parse", [parse_day, parse_time, parse_duration])
def test_a_long_text_is_named_in_short(parse: Callable[[str], object]) -> None:
    with pytest.raises(ValueError, match="…") as caught:
        parse("some words " * 10_000)
    assert len(str(caught.value)) < 120
