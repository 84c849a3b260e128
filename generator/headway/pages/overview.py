"""The overview: a program or a cohort in numbers, for its coordinator. Nothing is said of groups under five.

Counts come with what they are counts of, and with what is not known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from headway.model.fields import PartnershipStatus
from headway.model.person import Person
from headway.pages.axis import EPOCH, Axis, AxisView, add_days, compute_ticks
from headway.pages.parts import Link, PartnershipCard
from headway.progress.report import Standing

SMALLEST_GROUP = 5
"""How many a group must have for numbers to be said of it."""
LONGEST_AXIS = 731
"""Days that one axis shows for all partnerships of a page; what ended before is on its cohort's page."""

_STANDINGS = tuple(
    standing.value
    for standing in (
        *(Standing.ON_TRACK, Standing.DONE, Standing.BEHIND, Standing.OVERDUE),
        *(Standing.PLANNED, Standing.PAUSED, Standing.DROPPED),
    )
)
_ENDINGS = (PartnershipStatus.COMPLETED, PartnershipStatus.ENDED, PartnershipStatus.UNKNOWN)


class EndingView(Struct, frozen=True):
    """A partnership that is over, and why, where somebody wrote it down."""

    partnership: Link
    status: str
    reason: str


class NumbersView(Struct, frozen=True):
    """A group of at least five partnerships in numbers.

    ``kept`` of ``expected`` meetings are those of ``counted`` partnerships, ``uncounted`` others are not in them.
    ``standings`` are the ``goals`` by standing, ``endings`` the ``over`` partnerships by how they ended: completed,
    ended or unknown. ``loads`` say how many mentors are in how many partnerships that are under way; ``places`` how
    many more those ``mentors_with_capacity`` could take who said so. A part about fewer than five is empty or None.
    """

    partnerships: int
    kept: int | None
    expected: int
    counted: int
    uncounted: int
    goals: int
    standings: tuple[tuple[str, int], ...]
    over: int
    endings: tuple[tuple[str, int], ...]
    reasons: tuple[EndingView, ...]
    mentors: int
    loads: tuple[tuple[int, int], ...]
    mentors_with_capacity: int
    places: int | None


def compute_numbers(
    cards: Sequence[PartnershipCard], loads: Mapping[str, int], people: Mapping[str, Person]
) -> NumbersView | None:
    """Return the group in numbers, or None where it is too small for any.

    ``loads`` is in how many partnerships under way each mentor is, by the person's id.
    """
    if len(cards) < SMALLEST_GROUP:
        return None
    known = [c.meetings for c in cards if c.meetings is not None and c.meetings.expected is not None]
    is_enough = len(known) >= SMALLEST_GROUP
    standings = Counter(goal.standing for card in cards for goal in card.goals)
    endings = Counter(card.status for card in cards if card.status in _ENDINGS)
    spare = [max(0, c - loads[i]) for i, person in people.items() if i in loads and (c := person.capacity) is not None]
    by_load = Counter(load for load in loads.values())
    return NumbersView(
        partnerships=len(cards),
        kept=sum(numbers.kept for numbers in known) if is_enough else None,
        expected=sum(numbers.expected or 0 for numbers in known) if is_enough else 0,
        counted=len(known),
        uncounted=len(cards) - len(known),
        goals=standings.total(),
        standings=_in_order(standings, _STANDINGS),
        over=endings.total(),
        endings=_in_order(endings, tuple(s.value for s in _ENDINGS)),
        reasons=_reasons(cards) if endings.total() >= SMALLEST_GROUP else (),
        mentors=len(loads) if len(loads) >= SMALLEST_GROUP else 0,
        loads=tuple(sorted(by_load.items())) if len(loads) >= SMALLEST_GROUP else (),
        mentors_with_capacity=len(spare) if len(spare) >= SMALLEST_GROUP else 0,
        places=sum(spare) if len(spare) >= SMALLEST_GROUP else None,
    )


def compute_axis(cards: Iterable[PartnershipCard]) -> AxisView | None:
    """Return the axis on which these partnerships can be compared, or None where none has a day."""
    trails = [card.trail for card in cards if card.trail is not None]
    if not trails:
        return None
    first, last = min(trail.first for trail in trails), max(trail.last for trail in trails)
    first = max(first, last - LONGEST_AXIS)
    axis = Axis.over([add_days(EPOCH, first), add_days(EPOCH, last)])
    return AxisView(axis.first, axis.last, axis.day_zero, axis.day_span, tuple(compute_ticks(axis)))


def _in_order(counts: Mapping[str, int], order: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Return what was counted in this order, nothing where it is too little to be told."""
    is_enough = sum(counts.values()) >= SMALLEST_GROUP
    return tuple((name, counts[name]) for name in order if counts.get(name)) if is_enough else ()


def _reasons(cards: Iterable[PartnershipCard]) -> tuple[EndingView, ...]:
    return tuple(
        EndingView(Link(card.title, card.address), card.status, card.reason)
        for card in cards
        if card.status in _ENDINGS and card.reason
    )
