"""Summaries: what the program's own pages show of a partnership.

Plain, frozen, already filtered for the audience, and writable as JSON: so that it can be kept while the
partnership itself is not read again. Of a withheld partnership nothing is in it.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from headway.model.fields import PartnershipKind, Role
from headway.model.program import ProgramContext
from headway.pages.addresses import HOME, Addresses
from headway.pages.audience import sees_person
from headway.pages.goal_pages import goal_card
from headway.pages.goal_story import sees_past
from headway.pages.happenings import list_happenings
from headway.pages.highlights import celebrated_days, celebrations
from headway.pages.note_pages import meetings_view
from headway.pages.parts import Celebration, Link, PartnershipCard
from headway.pages.shown import Shown, show_partnership
from headway.pages.trail import compute_brief
from headway.progress.because import name_day
from headway.progress.report import PartnershipReport

_GIVING = (Role.MENTOR, Role.CO_MENTOR, Role.LEAD, Role.PEER)
_RECEIVING = (Role.MENTEE, Role.PEER, Role.MEMBER)
_CELEBRATIONS = 6


class Part(Struct, frozen=True):
    """A visible person's part in the partnership, by the person's id."""

    person: str
    roles: tuple[str, ...]
    gives: bool
    receives: bool


class News(Struct, frozen=True):
    """Something new, for feeds: ``kind`` is meeting, experience, review, journal, goal, milestone or reframe.

    ``id`` is an absolute IRI that stays the same wherever the site stands; all texts are plain.
    """

    id: str
    kind: str
    title: str
    address: str
    on: date
    text: str


class PartnershipSummary(Struct, frozen=True):
    """A partnership for the program's pages; without a card where the audience may not know of it.

    ``celebrations`` are the newest, written for the home page, ``celebrated_on`` the days of all; ``sections`` lead to
    the partnership's other pages; ``news`` and ``events`` are the newest of its feed and, as lines of a calendar, the
    nearest of its days; ``sieve`` is that of its words in the search.
    """

    card: PartnershipCard | None = None
    cohort: str | None = None
    celebrations: tuple[Celebration, ...] = ()
    celebrated_on: tuple[date, ...] = ()
    parts: tuple[Part, ...] = ()
    sections: tuple[Link, ...] = ()
    news: tuple[News, ...] = ()
    events: str = ""
    sieve: str = ""


def summarise(report: PartnershipReport, context: ProgramContext, addresses: Addresses) -> PartnershipSummary:
    """Return what the program's pages show of a partnership to the audience."""
    shown = show_partnership(report, context, addresses)
    if shown is None:
        return PartnershipSummary()
    partnership, sight = shown.partnership, shown.sight
    meetings = meetings_view(shown)
    card = PartnershipCard(
        id=shown.id,
        title=shown.title,
        address=shown.link.address,
        kind=partnership.file.kind.value,
        cohort=cohort_link(shown),
        members=tuple(sight.member(member) for member in partnership.members),
        status=report.status.value,
        momentum=report.momentum.state.value,
        because=say_momentum(shown),
        meetings=meetings,
        goals=tuple(goal_card(shown, entry) for entry in shown.goals),
        open_tasks=report.task_numbers.open if shown.sees_all else None,
        purpose=sight.say_or_none(partnership.file.purpose),
        reason=sight.say_or_none(partnership.file.reason),
        trail=compute_brief(list_happenings(shown), partnership.start, partnership.end, report.today),
    )
    found = celebrations(shown, shown.prose(HOME), shown.link)[:_CELEBRATIONS]
    days, parts, sections = celebrated_days(shown), _parts(shown), tuple(shown.section_links())
    return PartnershipSummary(card, partnership.file.cohort, found, days, parts, sections)


def cohort_link(shown: Shown) -> Link | None:
    """Return the partnership's cohort; a partnership's own site has no pages of cohorts."""
    addresses = shown.sight.addresses
    cohort = shown.sight.context.record.cohort(shown.partnership.file.cohort)
    if cohort is None or addresses.own_site is not None:
        return None
    return Link(cohort.title, addresses.cohort(cohort.id))


def say_momentum(shown: Shown) -> str:
    """Return why the momentum is what it is, without the days of anything that the audience may not see."""
    report, sight = shown.report, shown.sight
    if not shown.sees_all:
        return "Part of its record is private." if sight.is_partners else "Its record is for the partners."
    if sees_past(shown):
        return report.momentum.because
    meeting, last = sight.context.record.program.terms.get("meeting", "meeting"), report.numbers.last_on
    return f"The last {meeting} was kept on {name_day(last)}." if last else f"No {meeting} has been kept yet."


def _parts(shown: Shown) -> tuple[Part, ...]:
    context = shown.sight.context
    roles: dict[str, dict[Role, None]] = {}
    for member in shown.partnership.members:
        person = context.record.people.get(member.person)
        if person is not None and sees_person(person, context):
            roles.setdefault(member.person, {})[member.role] = None
    # Co-mentors mentor each other, unless there is somebody whom they mentor together.
    is_mutual = shown.partnership.file.kind is PartnershipKind.CO_MENTORING
    receiving = (*_RECEIVING, Role.CO_MENTOR) if is_mutual else _RECEIVING
    return tuple(
        Part(
            person,
            tuple(role.value for role in held),
            any(r in _GIVING for r in held),
            any(r in receiving for r in held),
        )
        for person, held in roles.items()
    )
