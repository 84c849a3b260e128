"""The trail: a partnership's time as a picture, from its start to its end, computed once for every width.

Across, everything is in percent of the width, so that one picture fits a telephone and a poster; down, in pixels.
The way climbs with each milestone reached, bends where a goal was reframed, and is walked as far as the last thing
that happened. It knows no today: a page stays as it is while none of its numbers changes. The theme marks the day
that the site was built for by its place among the days since 1970, in which ``day_zero`` and ``day_span`` are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct

from headway.pages.axis import Axis, TrailTick, add_days, compute_ticks, day_number
from headway.pages.signs import LANE, Sign, SignPost, place_signs

RISE = 72
"""How high the whole way climbs where every milestone is reached, in pixels."""
_SWAY, _BEND = 4.0, 13.0
_STEP = 1.25
"""Percent of the width from one point of the way to the next; closer ones could not be told apart."""
_FARTHEST = 3 * 366
"""Days beyond everything that happened: what lies farther off would leave no room for it."""
_WEIGHTS = {"S": 1, "M": 2, "L": 4}
_RADII = {"S": 5, "M": 7, "L": 9}
_LANES = 5
_WIDTHS = ((230, 130), (600, 200), (1000, 220))
"""Widths in pixels of a picture on a telephone, a tablet and a desk, with the longest name there: each at least."""


AHEAD = ("planned", "open", "past-due")
"""What has not happened yet: kinds of meetings, states of milestones and goals."""


class Happening(Struct, frozen=True):
    """Something with a day. ``kind`` is a meeting's status, or experience, milestone, goal, reframe.

    Milestones and goals have a ``state``: done, open or past-due; milestones a ``size`` too: S, M or L.
    """

    on: date
    kind: str
    label: str
    address: str | None
    state: str = ""
    size: str = ""
    is_celebrated: bool = False

    @property
    def has_happened(self) -> bool:
        return self.kind not in AHEAD and self.state not in AHEAD


class TrailMark(Struct, frozen=True):
    """One thing on the way. ``x`` is percent of the width, ``y`` pixels from the top: its place on the way itself.

    ``kind`` is held, shortened, moved, cancelled, missed, planned, unconfirmed, experience, reframe, milestone or
    goal; the last two have a ``state`` (done, open, past-due), milestones a ``size`` (S, M, L), and both stand on
    posts with ``signs``: where the name goes in a picture at least 230, 600 and 1000 pixels wide. ``label`` may be
    empty: a meeting without a title.
    """

    kind: str
    state: str
    size: str
    is_celebrated: bool
    on: date
    label: str
    address: str | None
    x: float
    y: int
    signs: tuple[Sign, ...] = ()


class TrailView(Struct, frozen=True):
    """The picture of a partnership's time; ``marks`` are in the order of their days.

    ``walked`` and ``ahead`` are the way, as SVG paths in a box of 1000 by ``height``. ``day_zero`` and ``day_span``
    are the picture's left edge and its width in days since 1970.
    """

    first: date
    last: date
    height: int
    axis: int
    """How far down the axis is, in pixels."""
    walked: str
    ahead: str
    marks: tuple[TrailMark, ...]
    ticks: tuple[TrailTick, ...]
    day_zero: float
    day_span: float

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of marks that are in the picture, in a fixed order, for a legend."""
        found = {mark.state if mark.kind == "milestone" else mark.kind for mark in self.marks}
        return tuple(kind for kind in LEGEND if kind in found)


LEGEND = (
    *("held", "shortened", "moved", "cancelled", "missed", "unconfirmed", "planned", "experience"),
    *("done", "open", "past-due", "goal", "reframe"),
)


class TrailBrief(Struct, frozen=True):
    """The trail in one line, for lists of partnerships: SVG paths in a box of days since 1970 by 10.

    ``way`` is from start to end and ``walked`` as far as the last thing that happened; ``kept`` and ``reached`` are
    dots (lines without length) for meetings kept and for milestones.
    """

    first: int
    last: int
    way: str
    walked: str
    kept: str
    reached: str


def compute_trail(
    happenings: Sequence[Happening], start: date | None, end: date | None, today: date
) -> TrailView | None:
    """Return the picture of what happened, by day, between ``start`` and ``end``; None where nothing did.

    ``today`` only tells which happenings are past.
    """
    happenings = _within_reach(happenings, start, end)
    if not happenings:
        return None
    axis = Axis.over([*(h.on for h in happenings), *filter(None, (start, end))])
    past = [h.on for h in happenings if h.has_happened and h.on <= today]
    until = axis.place(max(past)) if past else axis.place(start or axis.first)
    posts = [
        SignPost(axis.place(h.on), 10 if h.kind == "goal" else _RADII[h.size], h.label, _rank(h))
        for h in happenings
        if h.state
    ]
    placed = [place_signs(posts, width, longest, _LANES) for width, longest in _WIDTHS]
    lanes = max((sign.lane + 1 for signs in placed for sign in signs), default=0)
    signs = iter(tuple(sign.lowered(lanes) for sign in each) for each in zip(*placed, strict=True))
    way = _Way.through(happenings, axis, until, lanes * LANE + 16)
    marks = []
    for h in happenings:
        x = axis.place(h.on)
        y, stand = round(way.height_at(x)), next(signs) if h.state else ()
        marks.append(TrailMark(h.kind, h.state, h.size, h.is_celebrated, h.on, h.label, h.address, x, y, stand))
    return TrailView(
        first=axis.first,
        last=axis.last,
        height=way.bottom + 40,
        axis=way.bottom + 16,
        walked=way.draw(axis.place(axis.first), until),
        ahead=way.draw(until, axis.place(axis.last)),
        marks=tuple(marks),
        ticks=tuple(compute_ticks(axis)),
        day_zero=axis.day_zero,
        day_span=axis.day_span,
    )


def compute_brief(
    happenings: Sequence[Happening], start: date | None, end: date | None, today: date
) -> TrailBrief | None:
    """Return the trail in one line, or None where there is no day at all to draw."""
    happenings = _within_reach(happenings, start, end)
    days = [*(h.on for h in happenings), *filter(None, (start, end))]
    if not days:
        return None
    first, last = day_number(min(days)), day_number(max(days))
    past = [day_number(h.on) for h in happenings if h.has_happened and h.on <= today]
    kept = [h.on for h in happenings if h.kind in ("held", "shortened", "experience")]
    reached = [h.on for h in happenings if h.kind == "milestone" and h.state == "done"]
    walked = f"M{first} 5H{max(past)}" if past else ""
    return TrailBrief(first, last, f"M{first} 5H{last}", walked, _dots(kept), _dots(reached))


def _dots(days: Sequence[date]) -> str:
    """Return a path of dots: each a line without length, the first in place, the others by their distance."""
    numbers = sorted({day_number(day) for day in days})
    steps = (f"m{later - earlier} 0h0" for earlier, later in pairwise(numbers))
    return f"M{numbers[0]} 5h0{''.join(steps)}" if numbers else ""


def _within_reach(happenings: Sequence[Happening], start: date | None, end: date | None) -> list[Happening]:
    """Return the happenings without days so far away, by a slip of the pen, that nothing else would be seen."""
    anchors = [*(h.on for h in happenings if h.has_happened), *filter(None, (start, end))]
    if not anchors:
        return list(happenings)
    earliest = add_days(start or min(anchors), -_FARTHEST)
    latest = add_days(max(anchors), _FARTHEST)
    return [h for h in happenings if earliest <= h.on <= latest]


def _rank(happening: Happening) -> tuple[int, int, int]:
    """Return whose sign goes first where not all have room: what comes next, goals, what is large, what is new."""
    order = 1 if happening.kind == "goal" else 0 if happening.state != "done" else 2
    return (order, -_WEIGHTS.get(happening.size, 0), -happening.on.toordinal())


class _Way(Struct, frozen=True):
    """The way as a curve: how far down it is at each place, in pixels."""

    top: int
    rise: int
    climbs: tuple[tuple[float, float], ...]
    """(place, share of the whole rise)."""
    bends: tuple[float, ...]

    @classmethod
    def through(cls, happenings: Sequence[Happening], axis: Axis, until: float, top: int) -> _Way:
        milestones = [h for h in happenings if h.kind == "milestone"]
        total = sum(_WEIGHTS[h.size] for h in milestones)
        climbs = tuple(
            (axis.place(h.on), _WEIGHTS[h.size] / total)
            for h in milestones
            if h.state == "done" or axis.place(h.on) > until
        )
        return cls(
            top, RISE if milestones else 0, climbs, tuple(axis.place(h.on) for h in happenings if h.kind == "reframe")
        )

    @property
    def bottom(self) -> int:
        return self.top + self.rise + round(_SWAY + 2 * _BEND)

    def height_at(self, x: float) -> float:
        climbed = 0.0
        for place, share in self.climbs:
            if x >= place:
                climbed += share
            elif x > place - 6:
                t = (x - place + 6) / 6
                climbed += share * t * t * (3 - 2 * t)
        bends = sum(_bend((x - place) / 1.3) for place in self.bends) if self.bends else 0.0
        y = self.bottom - _SWAY - _BEND - climbed * self.rise + _SWAY * math.sin(x / 3.1) + _BEND * bends
        return min(max(y, self.top), self.bottom)

    def draw(self, begin: float, end: float) -> str:
        """Return the way from one place to another as a path in a box 1000 wide; "" where it has no length."""
        if end <= begin:
            return ""
        fine = {place + step / 3 for place in self.bends for step in range(-12, 13)}
        coarse = {step * _STEP for step in range(math.ceil(begin / _STEP), math.floor(end / _STEP) + 1)}
        places = sorted({begin, end, *(x for x in fine | coarse if begin < x < end)})
        return "M" + " ".join(f"{x * 10:.5g} {self.height_at(x):.1f}" for x in places)


def _bend(t: float) -> float:
    return t * math.exp(0.5 - t * t / 2)
