"""People: the list, and a page for each person whom the audience may see, with all their partnerships.

Of many people each page is planned only where somebody needs it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from zlib import crc32

from msgspec import Struct

from headway.model.person import Person
from headway.pages.addresses import PEOPLE
from headway.pages.audience import sees_person
from headway.pages.editing import edit_link
from headway.pages.feed_links import person_feeds
from headway.pages.note_links import Targets
from headway.pages.overview import compute_axis
from headway.pages.parts import Link, PersonLink, PersonPart
from headway.pages.planned import Outline, Planned
from headway.pages.prose import Prose
from headway.pages.sight import Sight
from headway.pages.views import Page, PeopleView, PersonView

_WEB = ("http://", "https://")
_EVERYBODY = Link("People", PEOPLE)
PEOPLE_TOGETHER = 256
"""People whose pages are planned together are at most so many on average, and half as many at least."""


class Crowd(Struct, frozen=True):
    """The people whom a site shows, in the order of their names, and the partnerships that each of them is in."""

    people: Mapping[str, Person]
    outlines: Sequence[Outline]
    theirs: Mapping[str, Sequence[Outline]]
    sight: Sight
    targets: Targets

    def groups(self) -> dict[str, list[str]]:
        """Return people's ids by a name for those whose pages are planned together; it stays as others come and go."""
        number = 1 << (len(self.people) // PEOPLE_TOGETHER).bit_length()
        found: dict[str, list[str]] = {}
        for person_id in self.people:
            found.setdefault(f"people/{number}/{crc32(person_id.encode()) % number}", []).append(person_id)
        return found

    def addresses(self) -> Iterator[str]:
        """Yield where each person's page stands."""
        return map(self.sight.addresses.person, self.people)

    def made_from(self, person_id: str) -> tuple[str, ...]:
        """Return what a person's page and files are made from."""
        told = (text for outline in self.theirs.get(person_id, ()) for text in (outline.shown, outline.told))
        return person_id, self.sight.context.record.digests.get(person_id, ""), *told

    def plan_list(self) -> Iterator[Planned[Page]]:
        """Yield the page that lists everybody, where there is anybody."""
        if self.people:
            listed = (text for outline in self.outlines for text in (outline.title, outline.address, *outline.people))
            yield Planned(PEOPLE, (*self.people, *listed), self._list_page)

    def plan_page(self, person_id: str) -> Planned[Page]:
        """Return a person's page, to be made."""
        own, person = self.theirs.get(person_id, ()), self.people[person_id]
        made_from = self.sight.context.record.digests.get(person_id, ""), *(outline.shown for outline in own)
        make = partial(_person_page, person_id, person, own, self.sight, self.targets)
        return Planned(self.sight.addresses.person(person_id), made_from, make)

    def _list_page(self) -> Page:
        entries = tuple(
            (
                PersonLink(person.name, self.sight.addresses.person(person_id)),
                tuple(Link(outline.title, outline.address) for outline in self.theirs.get(person_id, ())),
            )
            for person_id, person in self.people.items()
        )
        return Page(PEOPLE, "people.html", _EVERYBODY.text, PeopleView(entries), self.sight.context.audience.value)


def gather_people(outlines: Sequence[Outline], sight: Sight, targets: Targets) -> Crowd:
    """Return the people whom the site shows; a partnership's own site shows its members only."""
    theirs: dict[str, list[Outline]] = {}
    for outline in outlines:
        for person_id in outline.people:
            theirs.setdefault(person_id, []).append(outline)
    shown = {
        person_id: person
        for person_id, person in sight.context.record.people.items()
        if sees_person(person, sight.context) and (sight.addresses.own_site is None or person_id in theirs)
    }
    ordered = dict(sorted(shown.items(), key=lambda item: (item[1].name.casefold(), item[0])))
    return Crowd(ordered, outlines, theirs, sight, targets)


def _person_page(person_id: str, person: Person, own: Sequence[Outline], sight: Sight, targets: Targets) -> Page:
    parts = tuple(
        PersonPart(outline.summary.card, part.roles, part.gives, part.receives)
        for outline in own
        for part in outline.summary.parts
        if part.person == person_id and outline.summary.card is not None
    )
    address = sight.addresses.person(person_id)
    return Page(
        address,
        "person.html",
        person.name,
        _person_view(person_id, person, parts, sight, targets),
        sight.context.audience.value,
        (_EVERYBODY,),
        feeds=person_feeds(person.name, address, sight.addresses) if parts else (),
        edit=edit_link(sight, f"content/people/{person_id}.yaml"),
    )


def _person_view(
    person_id: str, person: Person, parts: tuple[PersonPart, ...], sight: Sight, targets: Targets
) -> PersonView:
    prose = Prose(sight, targets, sight.addresses.person(person_id))
    return PersonView(
        name=person.name,
        pronouns=person.pronouns,
        affiliation=person.affiliation,
        country=person.country,
        timezone=person.timezone,
        bio=prose.text(person.bio, f"content/people/{person_id}.yaml") if person.bio else None,
        strengths=person.strengths,
        growing=person.growing,
        needs=person.needs,
        offers=person.offers,
        help=tuple(person.help),
        availability=person.availability,
        links=tuple(Link(name, url) for name, url in person.links.items() if url.lower().startswith(_WEB)),
        parts=parts,
        axis=compute_axis(part.partnership for part in parts),
    )
