"""Audience: what the people a site is built for may know of at all, and how much was withheld.

A thing's visibility is the least of its own and of what holds it. How the rest looks to them is
`headway.pages.sight`'s.
"""

from __future__ import annotations

from msgspec import Struct

from headway.model.fields import Visibility
from headway.model.partnership import Partnership
from headway.model.person import Person
from headway.model.program import ProgramContext


class Withheld(Struct, frozen=True):
    """How many things a site leaves out, for the build's summary; never part of a page."""

    partnerships: int = 0
    people: int = 0
    goals: int = 0
    goal_details: int = 0
    """Goals shown without their reasons, measures, dates and milestones."""
    meetings: int = 0
    journal: int = 0
    introductions: int = 0
    pages: int = 0
    unallowed: int = 0
    """Stories, thanks and celebrations that somebody in them has not allowed others to see."""

    def __add__(self, other: Withheld) -> Withheld:
        return Withheld(*(getattr(self, name) + getattr(other, name) for name in self.__struct_fields__))

    def sentence(self) -> str:
        """Return what was withheld, in numbers: ``2 people, 1 meeting``, or ``nothing``."""
        counts = [
            f"{getattr(self, name):,} {one if getattr(self, name) == 1 else many}"
            for name, one, many in _COUNTED
            if getattr(self, name)
        ]
        return ", ".join(counts) or "nothing"


_COUNTED = (
    ("partnerships", "partnership", "partnerships"),
    ("people", "person", "people"),
    ("goals", "goal", "goals"),
    ("goal_details", "goal's details", "goals' details"),
    ("meetings", "meeting", "meetings"),
    ("journal", "journal entry", "journal entries"),
    ("introductions", "logbook introduction", "logbook introductions"),
    ("pages", "page", "pages"),
    ("unallowed", "story, thanks or celebration", "stories, thanks and celebrations"),
)


def least(*visibilities: Visibility | None) -> Visibility:
    """Return the least visible of them; None says nothing, and nothing at all is public."""
    said = (visibility for visibility in visibilities if visibility is not None)
    return max(said, key=lambda visibility: visibility.rank, default=Visibility.PUBLIC)


def sees_partnership(partnership: Partnership, context: ProgramContext) -> bool:
    return context.audience.admits(partnership.visibility)


def sees_person(person: Person, context: ProgramContext) -> bool:
    return context.audience.admits(person.visibility or context.record.program.visibility.people)


def count_withheld(context: ProgramContext) -> Withheld:
    """Return how many people and pages of the program its site leaves out."""
    record = context.record
    return Withheld(
        people=sum(not sees_person(person, context) for person in record.people.values()),
        pages=sum(not context.audience.admits(page.visibility) for page in record.pages),
    )
