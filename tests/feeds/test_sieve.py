"""Sieves pass over no chunk that holds a word, and over most of those that do not."""

from __future__ import annotations

from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.feeds.sieve import count_run, fold, list_runs, make_sieve

SOME = st.text(alphabet=st.one_of(st.sampled_from("aßßéİΣς ي한국語\U00020000\n"), st.characters(codec="utf-8")))


def passes(sieve: str, term: str) -> bool:
    """Return whether a chunk may hold a folded term, as the browser finds it."""
    bits = b64decode(sieve)
    places = [count_run(run) % (8 * len(bits)) for run in list_runs([term])] if bits else []
    return all(bits[place >> 3] >> (place & 7) & 1 for place in places)


@given(st.lists(SOME, min_size=1), st.data())
def test_no_chunk_that_holds_a_word_is_passed_over(texts: list[str], data: st.DataObject) -> None:
    words = fold("\n".join(texts)).split()
    word = data.draw(st.sampled_from(words)) if words else ""
    start = data.draw(st.integers(0, len(word)))
    assert passes(make_sieve(texts), word[start : data.draw(st.integers(start, len(word)))])


@given(st.lists(SOME))
def test_a_sieve_says_nothing_of_order_and_number(texts: list[str]) -> None:
    assert make_sieve([*reversed(texts), *texts]) == make_sieve(texts)


@pytest.mark.parametrize(
    ("text", "there", "missing"),
    [
        ("The rehearsal went well", ["rehears", "WELL", "e"], ["abstract", "slides"]),
        ("Søren read a résumé in the Straße", ["soren", "resume", "strasse"], ["étude"]),
        ("김민서와 함께", ["민서", "함께"], ["발표"]),
        ("目標を決めた", ["目標", "決めた"], ["会議"]),
        ("العَرَبِيَّة", ["العربيه", "عرب"], ["المشروع"]),
    ],
)
def test_a_word_that_is_nowhere_is_passed_over(text: str, there: list[str], missing: list[str]) -> None:
    sieve = make_sieve([text])
    assert [word for word in there if not passes(sieve, fold(word))] == []
    assert [word for word in missing if passes(sieve, fold(word))] == []


def test_of_characters_that_are_not_known_nothing_is_said() -> None:
    assert make_sieve(["a word", "another \U0003fffd"]) == ""


def test_a_sieve_stays_small() -> None:
    assert len(make_sieve([])) == 4
    assert len(make_sieve(["to be heard again"])) == 4
    words = " ".join(f"{one:x}" for one in range(40_000, 80_000))
    signs = "".join(map(chr, range(0x4E00, 0x9FFF)))
    assert len(make_sieve([words, signs])) == 4_000
