"""The agreement page: what the partners agreed, and what each of them brings and needs, side by side."""

from __future__ import annotations

from headway.model.partnership import Membership
from headway.model.person import Person
from headway.pages.audience import sees_person
from headway.pages.parts import SideView
from headway.pages.shown import Shown
from headway.pages.views import AgreementView, Page

_EVERYONE = ("all", "both", "everyone")


def plan_agreement_page(shown: Shown) -> Page:
    """Return the agreement page; there is one even where nothing is agreed yet, for it says so kindly."""
    agreement = shown.partnership.agreement
    members: dict[str, list[Membership]] = {}
    for member in shown.partnership.members:
        members.setdefault(member.person, []).append(member)
    view = AgreementView(
        partnership=shown.link,
        is_written=shown.partnership.file.agreement is not None,
        terms=_terms(shown),
        review_on=agreement.review_on,
        sides=tuple(_side(shown, person, parts) for person, parts in members.items()),
    )
    address = shown.sight.addresses.agreement(shown.id)
    return Page(address, "agreement.html", "Agreement", view, shown.sight.context.audience.value, (shown.link,))


def _terms(shown: Shown) -> tuple[tuple[str, str], ...]:
    agreement = shown.partnership.agreement
    terms = (
        ("How often", agreement.cadence.text if agreement.cadence else None),
        ("How long", agreement.length.text if agreement.length else None),
        ("Medium", agreement.medium),
        ("Notice", agreement.notice.text if agreement.notice else None),
        ("Contact", agreement.contact),
        ("Feedback", agreement.feedback),
        ("Success", agreement.success),
        ("Confidentiality", agreement.confidentiality),
        ("Ending", agreement.ending),
    )
    return tuple((what, shown.sight.say(how)) for what, how in terms if how)


def _side(shown: Shown, person_id: str, parts: list[Membership]) -> SideView:
    sight, agreement = shown.sight, shown.partnership.agreement
    known = sight.context.record.people.get(person_id)
    # What a person brings and needs stands in their own file, and is as visible as they are.
    person = known if known is not None and sees_person(known, sight.context) else Person(name=person_id)
    keys = (person_id, *(part.role.value for part in parts), *_EVERYONE)
    duties = (text for key in dict.fromkeys(keys) for text in agreement.responsibilities.get(key, ()))
    return SideView(
        person=sight.member(parts[0]),
        help=next((part.help for part in parts if part.help), None),
        agreed_on=agreement.agreed.get(person_id),
        responsibilities=tuple(sight.say(text) for text in duties),
        strengths=person.strengths,
        growing=person.growing,
        needs=person.needs,
        offers=person.offers,
        availability=person.availability,
        timezone=person.timezone,
        obstacles=tuple((o.kind, o.what, o.counter) for o in person.obstacles) if sight.is_partners else (),
    )
