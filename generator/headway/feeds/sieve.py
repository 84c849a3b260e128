"""Sieves: which chunks of the search can hold a word, told in a few bytes each.

A sieve is a set of bits, in which each run of four letters that its chunk's words have sets one. Whoever seeks a word
loads only chunks whose sieves have every run of it; no chunk that holds the word is passed over, some others come along
(of notes of 50 KB a sixth, for 1.5 KB each), and a word of less than four letters passes over nothing.
`search.js` folds and counts as this module does (a test lets both do it); what they may do differently is characters
that only one of them knows, so where there is one, nothing is passed over.
"""

from __future__ import annotations

import unicodedata
from base64 import b64encode
from collections.abc import Collection, Iterable
from functools import lru_cache

_LETTERS = dict(zip("ßæœøłđðþħıςىیکة", ["ss", "ae", "oe", "o", "l", "d", "d", "th", *"hiσييكه"], strict=True))
"""What no decomposition brings together."""
_TATWEEL = "\u0640"
_IDEOGRAPHS = "\u2e80"
"""From here on a character says so much that words have two of them, and runs too; before, runs have four."""
_ROOM = 2
"""Bits for each run."""
_PIECE, _MOST_PIECES = 3, 1_000
"""Bytes that base64 writes in four letters, and how many of these a sieve may have: 4,000 letters."""


class _Folded(dict[int, str]):
    """What becomes of a character, by its number; marks and what has no width are left out."""

    def __missing__(self, number: int) -> str:
        character = chr(number)
        category = unicodedata.category(character)
        is_silent = category.startswith("M") or category == "Cf" or character == _TATWEEL
        self[number] = folded = "" if is_silent else _LETTERS.get(character, character)
        return folded


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Return a text without case, accents and forms of letters, as it is compared."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text).lower().translate(_FOLDED)


def make_sieve(texts: Iterable[str]) -> str:
    """Return the sieve of a chunk with these texts, in base64; empty where nothing may be passed over by it."""
    words = set(" ".join(texts).replace("\n", " ").split(" "))
    others = {word for word in words if not word.isascii()}
    if any(unicodedata.category(character) == "Cn" for word in others for character in word):
        return ""
    runs = list_runs({word for some in (words - others, others) for word in fold(" ".join(some)).split(" ")})
    pieces = min(_MOST_PIECES, 1 + len(runs) * _ROOM // (8 * _PIECE))
    bits = bytearray(pieces * _PIECE)
    for run in runs:
        place = count_run(run) % (8 * len(bits))
        bits[place >> 3] |= 1 << (place & 7)
    return b64encode(bits).decode()


def list_runs(words: Collection[str]) -> set[str]:
    """Return the runs of letters of folded words; those of a part of a word are among them."""
    runs = {word[start : start + 4] for word in words for start in range(len(word) - 3)}
    if all(map(str.isascii, words)):
        return runs
    pairs = {word[start : start + 2] for word in words if not word.isascii() for start in range(len(word) - 1)}
    return {run for run in runs if run[0] < _IDEOGRAPHS} | {pair for pair in pairs if pair[0] >= _IDEOGRAPHS}


@lru_cache(maxsize=1 << 16)  # a language has a few thousand
def count_run(run: str) -> int:
    """Return a number for a run of letters, below 2**32: the FNV-1a of its characters."""
    number = 0x811C9DC5
    for character in run:
        number = (number ^ ord(character)) * 0x01000193 & 0xFFFFFFFF
    return number
