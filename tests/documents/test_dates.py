"""Every way to write a day that notes are known to use, and those that only look like one."""

from __future__ import annotations

import time
from datetime import date
from datetime import time as clock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.documents.dates import DateFault, find_date, find_dates, find_file_date

MARCH_16 = date(2026, 3, 16)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-16",
        "2026.03.16",
        "2026/3/16",
        "2026-3-16",
        "16 March 2026",
        "16th of March 2026",
        "16th March, 2026",
        "16. March 2026",
        "Mar 16, 2026",
        "March 16th, 2026",
        "mar. 16 2026",
        "16-Mar-2026",
        "16-Mar-26",
        "16 Mar '26",
        "2026 March 16",
        "Monday, 16 March 2026",
        "(16 March 2026)",
        "**2026-03-16**",
        "16/03/2026",
        "03/16/2026",
        "16.03.26",
        "16-03-2026",
        "Meeting 3 - 16 March 2026",
        "Week 5 - March 16, 2026",
        "Standup meeting - 2026-03-16",
        "14-16 March 2026",
        "v1.2.10, 2026-03-16",
    ],
)
def test_a_day_is_read_in_every_form(text: str) -> None:
    found = find_date(text)
    assert found is not None
    assert found.on == MARCH_16
    assert not found.lacks_year


@pytest.mark.parametrize(("text", "expected"), [("11 Sept 2018", date(2018, 9, 11)), ("05/05/2026", date(2026, 5, 5))])
def test_other_days(text: str, expected: date) -> None:
    found = find_date(text)
    assert found is not None
    assert found.on == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2018-mm-dd",
        "March 2026",
        "1.10.2",
        "0.4.12",
        "1/2",
        "Maybe 5",
        "Marching 16",
        "10 Mayors",
        "#2026",
        "99999-01-01",
    ],
)
def test_what_is_no_date_is_passed_over(text: str) -> None:
    assert find_date(text) is None


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("03/04/2026", "dmy", date(2026, 4, 3)),
        ("03/04/2026", "mdy", date(2026, 3, 4)),
        ("3.4.26", "dmy", date(2026, 4, 3)),
        ("25/04/2026", "mdy", date(2026, 4, 25)),
    ],
)
def test_numbers_follow_the_programs_order(text: str, order: str, expected: date) -> None:
    found = find_date(text, order)
    assert found is not None
    assert found.on == expected


@pytest.mark.parametrize("order", [None, "ymd"])
def test_numbers_with_two_readings_are_never_guessed(order: str | None) -> None:
    found = find_date("03/04/2026", order)
    assert found is not None
    assert (found.on, found.fault) == (None, DateFault.AMBIGUOUS)


@pytest.mark.parametrize("text", ["2026-02-30", "30 February 2026", "2026-13-01", "31.06.2026"])
def test_a_day_that_does_not_exist_is_a_fault(text: str) -> None:
    found = find_date(text)
    assert found is not None
    assert (found.on, found.fault) == (None, DateFault.IMPOSSIBLE)


def test_a_date_without_a_year_takes_the_one_it_is_given() -> None:
    bare = find_date("### March 5th")
    assert bare is not None
    assert (bare.on, bare.fault, bare.lacks_year) == (None, DateFault.NO_YEAR, True)
    given_year = find_date("### March 5th", default_year=2026)
    assert given_year is not None
    assert given_year.on == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("near", "expected"),
    [
        (date(2026, 1, 4), date(2025, 12, 30)),
        (date(2025, 12, 1), date(2025, 12, 30)),
        (date(2026, 8, 1), date(2026, 12, 30)),
    ],
)
def test_the_nearest_year_is_taken(near: date, expected: date) -> None:
    found = find_date("30 December")
    assert found is not None
    assert found.in_year_of(near) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018-04-20T17:00", clock(17)),
        ("2026-02-16 17:30", clock(17, 30)),
        ("16 March 2026 at 9:15", clock(9, 15)),
        ("2026-02-16 17:00 UTC", None),
        ("2026-02-16 5:00 pm", None),
        ("2026-02-16", None),
    ],
)
def test_a_time_of_day_is_read_where_it_is_plain(text: str, expected: clock | None) -> None:
    found = find_date(text)
    assert found is not None
    assert found.at == expected


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("2016-08-08--all-hands", date(2016, 8, 8)),
        ("2017-10-6--all-hands", date(2017, 10, 6)),
        ("20180420-planning", date(2018, 4, 20)),
        ("meeting_2018_04_20", date(2018, 4, 20)),
        ("notes-16-march-2026", MARCH_16),
        ("ada-2026.03.16", MARCH_16),
    ],
)
def test_a_files_name_gives_the_day_wherever_it_stands(stem: str, expected: date) -> None:
    found = find_file_date(stem)
    assert found is not None
    assert found.on == expected


def test_a_files_name_without_a_day() -> None:
    assert find_file_date("kickoff") is None
    broken = find_file_date("2026-02-30-kickoff")
    assert broken is not None
    assert broken.fault is DateFault.IMPOSSIBLE


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_written_day_is_that_day(day: date) -> None:
    for text in (day.isoformat(), f"{day:%d %B %Y}", f"on {day:%B} {day.day}, {day.year}", f"{day:%d-%b-%Y}"):
        found = find_date(text)
        assert found is not None
        assert found.on == day


@given(st.text(alphabet="0123456789-/. marchTh:,'", max_size=60))
def test_nothing_that_looks_like_dates_raises(text: str) -> None:
    for found in find_dates(text, "dmy"):
        assert 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize("unit", ["1", "1-", "may ", "2026-", "march 5, ", " ", "16 "])
def test_long_lines_take_no_time(unit: str) -> None:
    line = unit * (100_000 // len(unit))
    start = time.process_time()
    find_date(line)
    find_file_date(line)
    assert time.process_time() - start < 1


@pytest.mark.parametrize("text", ["5 ſept 2020", "ſept 5, 2020", "2020 ſept 5"])
def test_a_month_in_letters_that_fold_to_others(text: str) -> None:
    found = find_date(text)
    assert found is not None
    assert found.on == date(2020, 9, 5)


@pytest.mark.parametrize("text", ["5 aprıl 2020", "5 AVRİL 2020", "aprıl 5"])
def test_what_looks_like_a_month_to_a_pattern_only_is_no_day(text: str) -> None:
    assert find_date(text) is None
