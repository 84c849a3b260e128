"""Naming: ids proposed from what people are called, typed easily on any keyboard where the script allows it.

Which ids are allowed is in `headway.source.names`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from unicodedata import category, combining, normalize

from headway.source.names import check_id, fold_id

_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h", "ŋ": "n"}
)
_LATIN_END = 0x250
_LONGEST = 60
LONGEST_PROJECT = 58
_MOST = 100_000
"""How many ids of one base are tried."""


class Taken:
    """Ids that are taken, in the form in which ids are compared: kept where many are proposed one after the other."""

    def __init__(self, ids: Iterable[str] = ()) -> None:
        self._forms = set(map(fold_id, ids))

    def add(self, id_: str) -> None:
        self._forms.add(fold_id(id_))

    def __contains__(self, id_: str) -> bool:
        return fold_id(id_) in self._forms


def propose_id(words: str, taken: Collection[str] | Taken = ()) -> str:
    """Return an id made from words: lower case, Latin letters without their accents, other scripts as they are.

    Where it is taken, a number follows. Empty where the words hold no letter and no digit.
    """
    base = _spell(words)
    return _first_free([base], base, taken) if base else ""


def propose_person_id(name: str, taken: Collection[str] | Taken = ()) -> str:
    """Return an id for somebody: the first name, else with the initial of the last, else the whole name."""
    words = [spelled for word in name.split() if (spelled := _spell(word))]
    if not words:
        return ""
    longer = [f"{words[0]}-{words[-1][0]}", "-".join(words)] if len(words) > 1 else []
    return _first_free([words[0], *longer], words[0], taken)


def propose_partnership_id(people: Sequence[str], taken: Collection[str] | Taken = ()) -> str:
    """Return an id for a partnership: its members' ids, as ``ada-grace``; the first three of many."""
    return propose_id("-".join(people[:3]) if len(people) > 1 else f"{people[0]}-journal", taken)


def propose_project(name: str) -> str:
    """Return a name for a project on a host that allows small ASCII letters, digits and ``-``, up to 58 of them."""
    letters = "".join(c if c.isascii() and c.isalnum() else "-" for c in propose_id(name))
    return "-".join(filter(None, letters.split("-")))[:LONGEST_PROJECT].strip("-") or "mentoring"


def _first_free(candidates: Sequence[str], base: str, taken: Collection[str] | Taken) -> str:
    """Return the first of the candidates that is free and allowed, else the base with a number; "" without any."""
    known = taken if isinstance(taken, Taken) else Taken(taken)
    numbered = (f"{base}-{number}" for number in range(2, _MOST))
    return next((id_ for id_ in chain(candidates, numbered) if id_ not in known and check_id(id_) is None), "")


def _spell(words: str) -> str:
    """Return the words in small letters with `-` between them."""
    spelled = "".join(map(_plain, normalize("NFC", words.casefold().translate(_LETTERS))))
    joined = "-".join(part for part in spelled.replace("'", "").replace("’", "").split() if part.strip("-_."))
    cut = joined[:_LONGEST].strip("-_.")
    fault = check_id(cut)
    return f"{cut}-1" if cut and fault and check_id(f"{cut}-1") is None else cut


def _plain(letter: str) -> str:
    """Return a letter without its accent where it is a Latin one; a space for what no id may hold."""
    bare = normalize("NFD", letter)
    if ord(bare[0]) < _LATIN_END and category(letter)[0] == "L":
        return "".join(mark for mark in bare if not combining(mark))
    is_allowed = category(letter)[0] in "LM" or category(letter) == "Nd" or letter in "-_'’"
    return letter if is_allowed else " "
