from __future__ import annotations

from datetime import date, time

import pytest

from headway.theme.words import choose_word, count_words, format_clock, format_day, format_share, pluralise

TERMS = {"mentee": "fellow", "partnership": "pair", "stalled": "resting", "Cohort": "class", "journals": "diaries"}


@pytest.mark.parametrize(
    ("text", "language", "word"),
    [
        ("mentee", "en", "fellow"),
        ("Mentee", "en", "Fellow"),
        ("mentees", "en", "fellows"),
        ("Mentees", "en-GB", "Fellows"),
        ("partnerships", "en", "pairs"),
        ("mentees", "de", "fellow"),  # no English plural in other languages
        ("journals", "de", "diaries"),  # but a term for the plural itself
        ("cohorts", "en", "classes"),
        ("mentor", "en", "mentor"),
        ("co-mentor", "en", "co-mentor"),
        ("needs-check-in", "en", "needs a check-in"),
        ("stalled", "en", "resting"),
        ("", "en", ""),
    ],
)
def test_words_are_the_programs_own(text: str, language: str, word: str) -> None:
    assert choose_word(text, TERMS, language) == word


@pytest.mark.parametrize(
    ("singular", "plural"),
    [("task", "tasks"), ("class", "classes"), ("story", "stories"), ("day", "days"), ("young person", "young people")],
)
def test_plurals(singular: str, plural: str) -> None:
    assert pluralise(singular) == plural


def test_one_is_singular_and_all_else_plural() -> None:
    assert [count_words(n, "task", "tasks") for n in (0, 1, 2)] == ["0 tasks", "1 task", "2 tasks"]


@pytest.mark.parametrize(
    ("language", "style", "text"),
    [
        ("en", "long", "20 May 2026"),
        ("en-US", "long", "May 20, 2026"),
        ("de", "long", "20. Mai 2026"),
        ("de_AT", "month", "Mai 2026"),
        ("pt-BR", "weekday", "qua., 20 de mai. de 2026"),
        ("en", "short", "20 May"),
        ("xx-nowhere", "long", "20 May 2026"),
        ("", "long", "20 May 2026"),
    ],
)
def test_days_are_in_the_sites_language(language: str, style: str, text: str) -> None:
    assert format_day(date(2026, 5, 20), style, language) == text


def test_times_and_shares() -> None:
    assert format_clock(time(17, 0), "en") == "17:00"
    assert format_share(40, "de") == "40\N{NO-BREAK SPACE}%"


def test_nothing_is_no_day_rather_than_today() -> None:
    with pytest.raises(TypeError, match="a day is needed"):
        format_day(None, "long", "en")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="a time is needed"):
        format_clock(None, "en")  # type: ignore[arg-type]
