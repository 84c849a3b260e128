"""People: the list, and a page for each person whom the audience may see, with all their partnerships."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from headway.model.person import Person
from headway.pages.addresses import PEOPLE
from headway.pages.audience import sees_person
from headway.pages.feed_links import person_feeds
from headway.pages.note_links import Targets
from headway.pages.overview import compute_axis
from headway.pages.parts import Link, PersonLink, PersonPart
from headway.pages.prose import Prose
from headway.pages.sight import Sight
from headway.pages.summary import PartnershipSummary
from headway.pages.views import Page, PeopleView, PersonView

_WEB = ("http://", "https://")


def visible_people(summaries: Sequence[PartnershipSummary], sight: Sight) -> dict[str, Person]:
    """Return the people whom the site shows, by name; a partnership's own site shows its members only."""
    people = sight.context.record.people
    members = {part.person for summary in summaries for part in summary.parts}
    shown = {
        person_id: person
        for person_id, person in people.items()
        if sees_person(person, sight.context) and (sight.addresses.own_site is None or person_id in members)
    }
    return dict(sorted(shown.items(), key=lambda item: (item[1].name.casefold(), item[0])))


def plan_people_pages(
    people: Mapping[str, Person], summaries: Sequence[PartnershipSummary], sight: Sight, targets: Targets
) -> Iterator[Page]:
    """Yield the list of people and each person's page."""
    if not people:
        return
    parts: dict[str, list[PersonPart]] = {}
    for summary in summaries:
        for part in summary.parts:
            if summary.card is not None:
                found = PersonPart(summary.card, part.roles, part.gives, part.receives)
                parts.setdefault(part.person, []).append(found)
    audience = sight.context.audience.value
    entries = tuple((_link(i, person, sight), _partnerships(parts.get(i, ()))) for i, person in people.items())
    everybody = Link("People", PEOPLE)
    yield Page(PEOPLE, "people.html", everybody.text, PeopleView(entries), audience)
    for person_id, person in people.items():
        view = _person_view(person_id, person, tuple(parts.get(person_id, ())), sight, targets)
        address = sight.addresses.person(person_id)
        feeds = person_feeds(person.name, address, sight.addresses) if view.parts else ()
        yield Page(address, "person.html", person.name, view, audience, (everybody,), feeds=feeds)


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


def _link(person_id: str, person: Person, sight: Sight) -> PersonLink:
    return PersonLink(person.name, sight.addresses.person(person_id))


def _partnerships(parts: Sequence[PersonPart]) -> tuple[Link, ...]:
    return tuple(Link(part.partnership.title, part.partnership.address) for part in parts)
