"""People: the list, and a page for each person whom the audience may see, with all their partnerships."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

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


def visible_people(outlines: Sequence[Outline], sight: Sight) -> dict[str, Person]:
    """Return the people whom the site shows, by name; a partnership's own site shows its members only."""
    people = sight.context.record.people
    members = {person for outline in outlines for person in outline.people}
    shown = {
        person_id: person
        for person_id, person in people.items()
        if sees_person(person, sight.context) and (sight.addresses.own_site is None or person_id in members)
    }
    return dict(sorted(shown.items(), key=lambda item: (item[1].name.casefold(), item[0])))


def plan_people_pages(
    people: Mapping[str, Person], outlines: Sequence[Outline], sight: Sight, targets: Targets
) -> Iterator[Planned[Page]]:
    """Yield the list of people and each person's page."""
    if not people:
        return
    theirs: dict[str, list[Outline]] = {}
    for outline in outlines:
        for person_id in outline.people:
            theirs.setdefault(person_id, []).append(outline)
    listed = [text for outline in outlines for text in (outline.title, outline.address, *outline.people)]
    yield Planned(PEOPLE, (*people, *listed), partial(_people_page, people, theirs, sight))
    digests = sight.context.record.digests
    for person_id, person in people.items():
        own = tuple(theirs.get(person_id, ()))
        made_from = (digests.get(person_id, ""), *(outline.shown for outline in own))
        make = partial(_person_page, person_id, person, own, sight, targets)
        yield Planned(sight.addresses.person(person_id), made_from, make)


def _people_page(people: Mapping[str, Person], theirs: Mapping[str, Sequence[Outline]], sight: Sight) -> Page:
    entries = tuple(
        (
            PersonLink(person.name, sight.addresses.person(person_id)),
            tuple(Link(outline.title, outline.address) for outline in theirs.get(person_id, ())),
        )
        for person_id, person in people.items()
    )
    return Page(PEOPLE, "people.html", _EVERYBODY.text, PeopleView(entries), sight.context.audience.value)


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
