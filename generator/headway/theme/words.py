"""Words: what templates may do with text, days and numbers.

Owns the filters' meaning: the program's own terms, plurals, days in the site's language. Knows no Jinja;
`headway.theme.filters` offers these to templates.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_percent

WORDS = {
    "on-track": "on track",
    "needs-check-in": "needs a check-in",
    "too-early": "too early to tell",
    "behind": "not yet where it was planned to be",
    "overdue": "past its date, not yet done",
    "dropped": "let go",
    "unknown": "not yet said how it ended",
    "unconfirmed": "not yet confirmed",
    "review": "a look back",
    "experience": "shared experience",
}
"""How an identifier of the views reads on a page, where it does not read well as it is."""

_IRREGULAR = {"person": "people", "child": "children", "man": "men", "woman": "women"}
# Without a region "en" would be American English: month before day, 5:00 PM. This one reads the same everywhere.
_PLAIN_ENGLISH = Locale("en", "150")
_STYLES = {"short": "MMMd", "month": "yMMMM", "weekday": "yMMMEd", "brief": "yMMMd", "tick": "MMM", "year": "yMMM"}


def pluralise(word: str) -> str:
    """Return the English plural of a word or of a phrase that ends with its noun."""
    head, space, noun = word.rpartition(" ")
    lower = noun.casefold()
    if lower in _IRREGULAR:
        plural = _IRREGULAR[lower]
        return head + space + (plural.capitalize() if noun[0].isupper() else plural)
    if lower.endswith("y") and lower[-2:-1] not in ("", *"aeiou"):
        return word[:-1] + "ies"
    return word + ("es" if lower.endswith(("s", "x", "z", "ch", "sh")) else "s")


def choose_word(text: str, terms: Mapping[str, str], language: str) -> str:
    """Return the program's own word for ``text``, else ours; a capital at the start stays one.

    ``terms`` maps our words to the program's. An English plural (``mentees``) follows its singular's term; in
    other languages a term for the plural itself is needed, else the singular's term stands.
    """
    found = _find_term(text.casefold(), terms, language)
    if found is None:
        return text
    return found[:1].upper() + found[1:] if text[:1].isupper() else found


def _find_term(lower: str, terms: Mapping[str, str], language: str) -> str | None:
    if lower in terms:
        return terms[lower]
    for ours, theirs in terms.items():
        if ours.casefold() == lower:
            return theirs
        if pluralise(ours.casefold()) == lower:
            return pluralise(theirs) if _is_english(language) else theirs
    return WORDS.get(lower)


def count_words(number: int, singular: str, plural: str) -> str:
    """Return the number with the form of the noun that goes with it: ``1 task``, ``2 tasks``."""
    return f"{number} {singular if number == 1 else plural}"


@lru_cache(maxsize=4096)
def format_day(day: date, style: str, language: str) -> str:
    """Return a day in the site's language; ``style`` is long, brief, short (without year), month or weekday.

    ``tick`` and ``year`` are a month's short name for an axis, without and with its year.
    """
    _require(day, date)
    locale = find_locale(language)
    if style == "long":
        return str(format_date(day, "long", locale=locale))
    return str(format_skeleton(_STYLES[style], day, locale=locale))


@lru_cache(maxsize=512)
def format_clock(moment: time, language: str) -> str:
    """Return a time of day, to the minute, in the site's language."""
    _require(moment, time)
    return str(format_time(moment, "short", locale=find_locale(language)))


@lru_cache(maxsize=512)
def format_share(percentage: int, language: str) -> str:
    """Return a percentage 0..100 as the site's language writes it."""
    return str(format_percent(percentage / 100, locale=find_locale(language)))


@lru_cache(maxsize=64)
def find_locale(language: str) -> Locale:
    """Return the locale of a language tag; one that nobody knows reads as plain English."""
    if language.casefold() == "en":
        return _PLAIN_ENGLISH
    try:
        return Locale.parse(language.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        return _PLAIN_ENGLISH


def _require(value: object, kind: type) -> None:
    # Given None, Babel would write today's date: no page may know the clock.
    if not isinstance(value, kind):
        raise TypeError(f"a {'day' if kind is date else 'time'} is needed here, and this is {value!r}")


def _is_english(language: str) -> bool:
    return language.casefold().split("-")[0] == "en"
