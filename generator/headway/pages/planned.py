"""Planned: pages and files of the program that are known by their address, and made only when somebody needs them.

A build makes those that would not come out as they stand, a preview those that are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from hashlib import blake2b
from typing import Generic, TypeVar

from msgspec import Struct
from msgspec.json import encode

from headway.pages.summary import PartnershipSummary
from headway.pages.views import Page, SiteView

T_co = TypeVar("T_co", covariant=True)


class Planned(Struct, Generic[T_co], frozen=True, dict=True):
    """A page or a file, not made yet.

    ``made_from`` tells it from what else could stand at its address: where the settings, the theme, the audience and
    everybody's names are the same, and this too, it comes out the same.
    """

    address: str
    made_from: tuple[str, ...]
    make: Callable[[], T_co]

    @cached_property
    def made(self) -> T_co:
        return self.make()


class Plan(Struct, frozen=True):
    """Pages and files to be made; ``groups`` are planned only where one in them may not come out as it stands."""

    pages: tuple[Planned[Page], ...] = ()
    files: tuple[Planned[bytes], ...] = ()
    groups: tuple[Group, ...] = ()

    def whole(self) -> Plan:
        """Return the same with every group planned."""
        plans = (Plan(self.pages, self.files), *(group.plan() for group in self.groups))
        return join_plans(plans)


class Group(Struct, frozen=True):
    """A plan of its own within a larger one: ``made_from`` tells it from others, as it does a `Planned`."""

    name: str
    made_from: tuple[str, ...]
    plan: Callable[[], Plan]


def join_plans(plans: Iterable[Plan]) -> Plan:
    """Return one plan of several that have no groups."""
    plans = tuple(plans)
    return Plan(
        tuple(page for plan in plans for page in plan.pages), tuple(file for plan in plans for file in plan.files)
    )


class Outline(Struct, frozen=True, dict=True):
    """What has to be known of a partnership to know which pages show it; its summary is read for those alone.

    ``people`` are the ids of its visible members; ``shown`` is a digest of all that pages show of it, ``told`` of
    what feeds tell, too; ``sieve`` that of its words in the search.
    """

    id: str
    title: str
    address: str
    cohort: str | None
    people: tuple[str, ...]
    shown: str
    told: str
    sieve: str
    load: Callable[[], PartnershipSummary]

    @cached_property
    def summary(self) -> PartnershipSummary:
        return self.load()


class Made(Struct, frozen=True):
    """A page that a build has made: the digest of its bytes, and the `mark_page` of what it was made from."""

    digest: str
    mark: str


def mark_page(page: Page, site: SiteView) -> str:
    """Return what tells a page from others: with one theme, pages of the same mark come out the same."""
    plain = encode((page, site), enc_hook=lambda html: {"html": str(html)})  # a text that looks like it is another
    return blake2b(plain, digest_size=16).hexdigest()


def mark_outlines(outlines: Iterable[Outline]) -> str:
    """Return one digest of all that pages show of these partnerships."""
    return blake2b("\n".join([outline.shown for outline in outlines]).encode(), digest_size=16).hexdigest()


def outline_of(summary: PartnershipSummary, shown: str = "", told: str = "") -> Outline | None:
    """Return a summary's outline; None where the audience may not know of the partnership.

    Without the digests nobody can tell by it what would come out the same.
    """
    card = summary.card
    if card is None:
        return None
    people = tuple(part.person for part in summary.parts)
    return Outline(
        card.id, card.title, card.address, summary.cohort, people, shown, told, summary.sieve, lambda: summary
    )
