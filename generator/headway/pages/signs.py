"""Signs: where the names of milestones go above the trail, so that no two stand on each other.

Each stands on a post, in a lane above the way; where there is no room for a name, its post stands without one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import product

from msgspec import Struct
from msgspec.structs import replace

LANE = 20
"""The height of a lane in pixels."""
_LETTER, _WIDE_LETTER = 6.8, 12.5
_GAP = 4


class SignPost(Struct, frozen=True):
    """What asks for a sign: ``x`` percent of the width, the head's ``radius`` in pixels; lower ``rank`` goes first."""

    x: float
    radius: int
    label: str
    rank: tuple[int, ...]


class Sign(Struct, frozen=True):
    """A sign's place: ``y`` pixels from the top; ``text`` "" where its name has no room, before or after the post."""

    lane: int
    text: str = ""
    is_before: bool = False
    y: int = 0

    def lowered(self, lanes: int) -> Sign:
        """Return the sign with its ``y``, for a picture that has so many lanes; lane 0 is the lowest."""
        return replace(self, y=(lanes - self.lane) * LANE - LANE // 2 + 2)


Span = tuple[float, float]


def place_signs(posts: Sequence[SignPost], width: int, longest: int, lanes: int) -> tuple[Sign, ...]:
    """Return a sign for each post, in the same order, for a picture at least ``width`` pixels wide.

    A wider one only has more room between them. ``longest`` is how wide a text may be, in pixels.
    """
    board = _Board(width, lanes)
    order = sorted(range(len(posts)), key=lambda n: (posts[n].rank, n))
    heads = {number: board.place_head(posts[number]) for number in order}
    # Names come when all heads stand, so that none is written over one; a post may go higher up for its name.
    signs = {number: board.place_name(posts[number], heads[number], longest) for number in order}
    return tuple(signs[number] for number in range(len(posts)))


@lru_cache(maxsize=4096)
def measure(text: str) -> float:
    """Return about how wide a text is on a sign, in pixels, rather too wide than too narrow."""
    if text.isascii():
        return len(text) * _LETTER
    return sum(map(_measure_letter, text))


@lru_cache(maxsize=4096)
def shorten(text: str, longest: float) -> str:
    """Return a text that is no wider, cut after a word where that keeps most of it."""
    if measure(text) <= longest:
        return text
    kept, room = "", longest - _measure_letter("…")
    for letter in text:
        room -= _measure_letter(letter)
        if room < 0:
            break
        kept += letter
    words = kept.rpartition(" ")[0]
    kept = words if len(words) * 3 > len(kept) * 2 else kept
    return kept.rstrip(" ,.;:-–") + "…" if kept.strip() else ""


def _measure_letter(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    return _WIDE_LETTER if unicodedata.east_asian_width(letter) in "WF" else _LETTER


class _Stand(Struct, frozen=True):
    """A post in pixels: its place, its lane, what its head takes of that and what its name does."""

    x: float
    lane: int
    head: Span
    name: Span | None = None

    @property
    def span(self) -> Span:
        if self.name is None:
            return self.head
        return (min(self.head[0], self.name[0]), max(self.head[1], self.name[1]))


class _Board:
    """The lanes with what stands in them."""

    def __init__(self, width: int, lanes: int) -> None:
        self.width = width
        self.lanes = lanes
        self.stands: list[_Stand] = []

    def place_head(self, post: SignPost) -> _Stand:
        """Let a post stand in the lowest lane that has room for its head; in the lowest of all where none has."""
        x = post.x * self.width / 100
        head = (x - post.radius - 1, x + post.radius + 1)
        choices = (_Stand(x, lane, head) for lane in range(self.lanes))
        stand = next((stand for stand in choices if self._has_room(stand)), _Stand(x, 0, head))
        self.stands.append(stand)
        return stand

    def place_name(self, post: SignPost, stand: _Stand, longest: int) -> Sign:
        """Write a post's name beside its head, as much of it as there is room for, in the lowest lane with room."""
        self.stands.remove(stand)
        for text in dict.fromkeys((shorten(post.label, longest), shorten(post.label, longest * 0.6))):
            for lane, is_before in product(range(self.lanes), (False, True)):
                name = self._name_span(stand.head, text, is_before)
                if text and self._is_inside(name):
                    named = _Stand(stand.x, lane, stand.head, name)
                    if self._has_room(named):
                        self.stands.append(named)
                        return Sign(lane, text, is_before)
        self.stands.append(stand)
        return Sign(stand.lane)

    def _name_span(self, head: Span, text: str, is_before: bool) -> Span:
        length = measure(text) + _GAP
        return (head[0] - length, head[0]) if is_before else (head[1], head[1] + length)

    def _is_inside(self, name: Span) -> bool:
        return name[0] >= 0 and name[1] <= self.width

    def _has_room(self, stand: _Stand) -> bool:
        """Whether nothing is in the way: nothing else in its lane, and no post that crosses a name."""
        for other in self.stands:
            if other.lane == stand.lane and _touch(stand.span, other.span, _GAP):
                return False
            if other.lane > stand.lane and _crosses(other.x, stand.name):
                return False
            if other.lane < stand.lane and _crosses(stand.x, other.name):
                return False
        return True


def _touch(one: Span, other: Span, gap: float) -> bool:
    return one[1] + gap > other[0] and other[1] + gap > one[0]


def _crosses(x: float, name: Span | None) -> bool:
    return name is not None and name[0] - 1 <= x <= name[1] + 1
