"""The program's own pages, made from the partnerships' summaries: home, people, cohorts, its texts, 404.

A partnership's own site has them too, as far as they tell nothing of other partnerships: its home is the
progress page, and it has no cohorts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial

from headway import __version__
from headway.model.fields import Role
from headway.model.program import Cohort, ProgramContext, ProgramPage
from headway.pages.addresses import HOME, NOT_FOUND, PEOPLE, Addresses
from headway.pages.audience import sees_person
from headway.pages.editing import edit_link
from headway.pages.feed_links import PICTURE, program_feeds, site_url
from headway.pages.note_links import Targets, check_links
from headway.pages.note_pages import page_title
from headway.pages.overview import SMALLEST_GROUP, compute_axis, compute_numbers
from headway.pages.parts import Celebration, Link, MeetingCard, MomentumGroup, PartnershipCard
from headway.pages.person_pages import Crowd, gather_people
from headway.pages.planned import Outline, Planned, mark_outlines
from headway.pages.prose import Prose, excerpt, hidden_lines, title_lines
from headway.pages.shown import CONTENT, program_targets
from headway.pages.sight import Sight, program_sight
from headway.pages.summary import PartnershipSummary
from headway.pages.views import CohortView, HomeView, NoteView, NotFoundView, Page, SiteView
from headway.problems import Problem, sort_problems
from headway.progress.report import MomentumState

CELEBRATIONS = 12

DATED_TEMPLATES = ("home.html", "cohort.html", "404.html")
"""The templates of pages that say which day they are for."""

_ORDER = (
    MomentumState.NEEDS_CHECK_IN,
    MomentumState.STALLED,
    MomentumState.ON_TRACK,
    MomentumState.TOO_EARLY,
    MomentumState.PAUSED,
    MomentumState.CLOSED,
)
_MENTORS = frozenset((Role.MENTOR.value, Role.CO_MENTOR.value))
_RIGHT_TO_LEFT = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"))


def site_view(context: ProgramContext, addresses: Addresses, summaries: Sequence[PartnershipSummary] = ()) -> SiteView:
    """Return what every page of the site knows. ``summaries`` is needed for a partnership's own site only."""
    program = context.record.program
    sections: list[Link] = [link for summary in summaries for link in summary.sections] if addresses.own_site else []
    people = context.record.people.values()
    has_members = any(summary.parts for summary in summaries)
    if has_members if addresses.own_site else any(sees_person(person, context) for person in people):
        sections.append(Link("People", PEOPLE))
    return SiteView(
        program=program.program,
        language=program.language,
        direction="rtl" if program.language.replace("_", "-").split("-")[0].lower() in _RIGHT_TO_LEFT else "ltr",
        audience=context.audience.value,
        today=context.today,
        home=Link(program.program, HOME),
        sections=(*sections, *page_links(context, addresses)),
        terms=program.terms,
        generator=f"Headway {__version__}",
        url=site_url(context, addresses),
    )


def gather_crowd(outlines: Iterable[Outline], context: ProgramContext, addresses: Addresses) -> Crowd:
    """Return the people whom the audience may see; ``outlines`` are of all partnerships, in any order."""
    targets = Targets(CONTENT, program_targets(context, addresses))
    visible = sorted(outlines, key=lambda outline: (outline.title.casefold(), outline.id))
    return gather_people(visible, program_sight(context, addresses), targets)


def plan_program_pages(crowd: Crowd) -> tuple[Planned[Page], ...]:
    """Return the program's own pages for the audience, but for a page a person: `Crowd.plan_page` plans these."""
    sight, targets, visible = crowd.sight, crowd.targets, crowd.outlines
    context, addresses = sight.context, sight.addresses
    planned: list[Planned[Page]] = []
    if addresses.own_site is None:
        cohorts = [_plan_cohort(cohort, visible, context, addresses) for cohort in context.record.program.cohorts]
        planned += (_plan_home(visible, cohorts, len(crowd.people), context, addresses), *cohorts)
    planned += crowd.plan_list()
    planned += _plan_texts(sight, targets)
    planned.append(_plan_not_found(context, addresses))
    return tuple(planned)


def page_links(context: ProgramContext, addresses: Addresses) -> tuple[Link, ...]:
    """Return links to the program's own texts that the audience may see."""
    sight = program_sight(context, addresses)
    return tuple(
        Link(_text_title(page, sight), addresses.page(page.slug))
        for page in context.record.pages
        if context.audience.admits(page.visibility)
    )


def check_program_links(context: ProgramContext) -> tuple[Problem, ...]:
    """Return what is wrong with the links and pictures of the program's own texts, for every audience alike."""
    targets = Targets(f"{CONTENT}/pages", program_targets(context, Addresses()))
    return sort_problems(found for page in context.record.pages for found in check_links(page.note, targets))


def group_by_momentum(cards: Iterable[PartnershipCard]) -> tuple[MomentumGroup, ...]:
    """Return the partnerships by momentum, those that need a check-in first, each group by title."""
    groups: dict[str, list[PartnershipCard]] = {state.value: [] for state in _ORDER}
    for card in cards:
        groups[card.momentum].append(card)
    return tuple(MomentumGroup(momentum, tuple(found)) for momentum, found in groups.items() if found)


def _plan_home(
    outlines: Sequence[Outline],
    cohorts: Sequence[Planned[Page]],
    people: int,
    context: ProgramContext,
    addresses: Addresses,
) -> Planned[Page]:
    make = partial(_home_page, outlines, cohorts, people, context, addresses)
    return Planned(HOME, (*_numbers_from(outlines, context), context.record.digest), make)


def _home_page(
    outlines: Sequence[Outline],
    cohorts: Sequence[Planned[Page]],
    people: int,
    context: ProgramContext,
    addresses: Addresses,
) -> Page:
    program = context.record.program.program
    summaries = [outline.summary for outline in outlines]
    this_month = [n for summary in summaries if (n := _count_month(summary.celebrated_on, context.today))]
    view = HomeView(
        groups=group_by_momentum(_cards(summaries)),
        cohorts=tuple(view for cohort in cohorts if isinstance(view := cohort.made.view, CohortView)),
        celebrations=_newest_celebrations(summaries, context.today, bool(this_month)),
        pages=page_links(context, addresses),
        people=people,
        partnerships=len(summaries),
        numbers=compute_numbers(_cards(summaries), _loads(summaries), context.record.people),
        axis=compute_axis(_cards(summaries)),
        celebrated=sum(this_month),
        celebrating=len(this_month),
    )
    feeds = program_feeds(context, addresses)
    picture = f"{HOME}{PICTURE}" if site_url(context, addresses) else None
    return Page(HOME, "home.html", program, view, context.audience.value, feeds=feeds, picture=picture)


def _newest_celebrations(
    summaries: Iterable[PartnershipSummary], today: date, only_this_month: bool
) -> tuple[Celebration, ...]:
    found: list[Celebration] = [celebration for summary in summaries for celebration in summary.celebrations]
    if only_this_month:
        found = [celebration for celebration in found if celebration.on and _count_month([celebration.on], today)]
    found.sort(key=lambda celebration: celebration.on or date.min, reverse=True)
    return tuple(found[:CELEBRATIONS])


def _count_month(days: Iterable[date], today: date) -> int:
    """Return how many of these days are in the month of this one, up to it."""
    first = today.replace(day=1)
    return sum(first <= day <= today for day in days)


def _numbers_from(outlines: Iterable[Outline], context: ProgramContext) -> tuple[str, ...]:
    """Return what numbers of these partnerships, as of a day, are made from."""
    return context.today.isoformat(), mark_outlines(outlines)


def _loads(summaries: Iterable[PartnershipSummary]) -> dict[str, int]:
    """Return in how many partnerships under way each mentor is; one whose partnerships are all over is in none."""
    loads: dict[str, int] = {}
    for summary in summaries:
        is_under_way = summary.card is not None and summary.card.momentum != MomentumState.CLOSED
        for part in summary.parts:
            if not _MENTORS.isdisjoint(part.roles):
                loads[part.person] = loads.get(part.person, 0) + is_under_way
    return loads


def _plan_cohort(
    cohort: Cohort, outlines: Iterable[Outline], context: ProgramContext, addresses: Addresses
) -> Planned[Page]:
    inside = [outline for outline in outlines if outline.cohort == cohort.id]
    people = (context.record.digests.get(person, "") for outline in inside for person in outline.people)
    made_from = (*_numbers_from(inside, context), *people)
    return Planned(addresses.cohort(cohort.id), made_from, partial(_cohort_page, cohort, inside, context, addresses))


def _cohort_page(cohort: Cohort, outlines: Iterable[Outline], context: ProgramContext, addresses: Addresses) -> Page:
    view = _cohort_view(cohort, [outline.summary for outline in outlines], context, addresses)
    return Page(view.address, "cohort.html", view.name, view, context.audience.value)


def _cohort_view(
    cohort: Cohort, inside: Sequence[PartnershipSummary], context: ProgramContext, addresses: Addresses
) -> CohortView:
    cards = _cards(inside)
    numbers = [card.meetings for card in cards] if len(cards) >= SMALLEST_GROUP else []
    known = [found for found in numbers if found is not None and found.expected is not None]
    return CohortView(
        name=cohort.title,
        address=addresses.cohort(cohort.id),
        start=cohort.start,
        end=cohort.end,
        partnerships=len(cards),
        kept=sum(found.kept for found in known),
        expected=sum(found.expected or 0 for found in known),
        unknown=len(numbers) - len(known),
        groups=group_by_momentum(cards),
        numbers=compute_numbers(cards, _loads(inside), context.record.people),
        axis=compute_axis(cards),
    )


def _cards(summaries: Iterable[PartnershipSummary]) -> list[PartnershipCard]:
    return [summary.card for summary in summaries if summary.card is not None]


def _plan_not_found(context: ProgramContext, addresses: Addresses) -> Planned[Page]:
    view = NotFoundView(Link(context.record.program.program, site_url(context, addresses) or HOME))
    page = Page(NOT_FOUND, "404.html", "Not found", view, context.audience.value)
    return Planned(NOT_FOUND, (context.today.isoformat(),), lambda: page)


def _plan_texts(sight: Sight, targets: Targets) -> Iterator[Planned[Page]]:
    for page in sight.context.record.pages:
        if sight.sees(page.visibility):
            make = partial(_text_page, page, sight, targets)
            yield Planned(sight.addresses.page(page.slug), (page.digest,), make)


def _text_page(page: ProgramPage, sight: Sight, targets: Targets) -> Page:
    note, address, title = page.note, sight.addresses.page(page.slug), _text_title(page, sight)
    card = MeetingCard(title, address, note.date, None, None, "page", None, excerpt(note, sight))
    body = Prose(sight, targets, address).body(note, (*title_lines(note), *hidden_lines(note, sight)))
    view = NoteView(
        card=card,
        partnership=None,
        kind="page",
        body=body,
        people=(),
        guests=(),
        absent=(),
        planned_minutes=None,
        has_late_notice=False,
        goals=(),
        tasks=(),
        energy=(),
        next_on=None,
        earlier=None,
        later=None,
        path=note.path,
    )
    return Page(
        address,
        "note.html",
        title,
        view,
        sight.context.audience.value,
        (),
        card.excerpt,
        edit=edit_link(sight, note.path),
    )


def _text_title(page: ProgramPage, sight: Sight) -> str:
    return page_title(sight.title(page.note)) or page.slug
