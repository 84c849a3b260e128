"""The program's own files for other programs: made from the partnerships' summaries and the program's pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from heapq import nlargest
from itertools import chain
from uuid import NAMESPACE_URL, uuid5

from msgspec.structs import replace

from headway.bundled import read_data_schema
from headway.feeds.atom import ENTRIES, AtomFeed, render_atom
from headway.feeds.calendar import render_calendar
from headway.feeds.data import render_program_data
from headway.feeds.data_shapes import SCHEMA, CohortData
from headway.feeds.data_tables import render_goals_table, render_partnerships_table
from headway.feeds.picture import draw_program
from headway.feeds.search import Chunk, list_entries, program_chunk, render_chunk, render_list, search_ending
from headway.feeds.web import (
    MANIFEST,
    PROGRAM_SITEMAP,
    SITEMAP,
    has_sitemap,
    render_manifest,
    render_robots,
    render_sitemap,
    render_sitemap_index,
)
from headway.pages.addresses import COHORTS, HOME, relative
from headway.pages.feed_links import ATOM, CALENDAR, DATA, GOALS_TABLE, PARTNERSHIPS_TABLE, PICTURE
from headway.pages.parts import PartnershipCard
from headway.pages.person_pages import Crowd
from headway.pages.planned import Outline, Planned, mark_outlines
from headway.pages.views import CohortView, Page, SiteView

ICON = "/assets/favicon.svg"


def plan_program_files(
    pages: Sequence[Planned[Page]], crowd: Crowd, site: SiteView, tokens: Mapping[str, str]
) -> tuple[Planned[bytes], ...]:
    """Return the program's files, but for those beside a person's page; ``pages`` are the program's own, without these.

    In a partnership's own site there are only those of the site itself.
    """
    planned = [Planned(SCHEMA, (), read_data_schema), Planned("/robots.txt", (), partial(render_robots, site))]
    if site.search:
        planned += _plan_search(pages, crowd, site.search)
    if crowd.sight.addresses.own_site is not None:
        return tuple(planned)
    planned += _plan_data(pages, crowd.outlines, site)
    planned.append(_plan_calendar(HOME, site.program, crowd.outlines, site.generator))
    if site.url:
        planned += _plan_web_files(pages, crowd, site, site.url, tokens)
    return tuple(planned)


def plan_person_files(crowd: Crowd, person_id: str, site: SiteView) -> Iterator[Planned[bytes]]:
    """Yield a person's calendar: the nearest days of all the partnerships they are in; in the program's site only."""
    own = crowd.theirs.get(person_id, ())
    if own and crowd.sight.addresses.own_site is None:
        yield _plan_calendar(crowd.sight.addresses.person(person_id), crowd.people[person_id].name, own, site.generator)


def _plan_search(pages: Sequence[Planned[Page]], crowd: Crowd, listed: str) -> Iterator[Planned[bytes]]:
    context, addresses = crowd.sight.context, crowd.sight.addresses
    ending = search_ending(context)
    own = program_chunk(ending)
    chunks = [Chunk(own), *(Chunk(addresses.search_chunk(o.id, ending), o.title, o.sieve) for o in crowd.outlines)]
    told = (text for chunk in chunks for text in (chunk.address, chunk.title, chunk.sieve))
    yield Planned(listed, tuple(told), partial(render_list, chunks, ending))

    def render() -> bytes:
        made = (page.made for page in chain(pages, map(crowd.plan_page, crowd.people)))
        return render_chunk(own, list_entries(made, context.record.program.terms), ending)

    # Of people and texts: what pages show of the partnerships is in these' own chunks.
    yield Planned(own, (context.record.digest, *(page.address for page in pages)), render)


def _plan_data(pages: Iterable[Planned[Page]], outlines: Sequence[Outline], site: SiteView) -> Iterator[Planned[bytes]]:
    shown = (mark_outlines(outlines),)
    # A cohort's page says the day, and data.json does.
    cohorts = [page for page in pages if page.address.startswith(COHORTS)]
    from_all = (*shown, *(text for page in cohorts for text in page.made_from), str(site.today))
    yield Planned(f"{HOME}{DATA}", from_all, lambda: render_program_data(_cards(outlines), _cohorts(cohorts), site))
    yield Planned(f"{HOME}{PARTNERSHIPS_TABLE}", shown, lambda: render_partnerships_table(_cards(outlines)))
    yield Planned(f"{HOME}{GOALS_TABLE}", shown, lambda: render_goals_table(_cards(outlines)))


def _plan_calendar(beside: str, title: str, outlines: Sequence[Outline], generator: str) -> Planned[bytes]:
    def make() -> bytes:
        return render_calendar(title, "".join(outline.summary.events for outline in outlines), generator)

    return Planned(f"{beside}{CALENDAR}", (title, *(outline.told for outline in outlines)), make)


def _plan_web_files(
    pages: Sequence[Planned[Page]], crowd: Crowd, site: SiteView, url: str, tokens: Mapping[str, str]
) -> Iterator[Planned[bytes]]:
    outlines = crowd.outlines
    icon = relative(MANIFEST, ICON)
    yield Planned(MANIFEST, (), lambda: render_manifest(site, [icon], tokens.get("paper", "#ffffff")))
    yield Planned(f"{HOME}{PICTURE}", (mark_outlines(outlines),), lambda: draw_program(_cards(outlines), tokens))
    yield Planned(
        f"{HOME}{ATOM}", tuple(outline.told for outline in outlines), lambda: _render_news(outlines, site, url)
    )
    if has_sitemap(site):
        places = (PROGRAM_SITEMAP, *(f"{outline.address}{SITEMAP}" for outline in outlines))
        yield Planned(f"{HOME}{SITEMAP}", places, lambda: render_sitemap_index(url, places))
        addresses = (*(page.address for page in pages), *crowd.addresses())
        yield Planned(PROGRAM_SITEMAP, addresses, lambda: render_sitemap(url, addresses))


def _render_news(outlines: Iterable[Outline], site: SiteView, url: str) -> bytes:
    news = [replace(entry, title=f"{o.title}: {entry.title}") for o in outlines for entry in o.summary.news]
    newest = nlargest(ENTRIES, news, key=lambda entry: (entry.on, entry.id))
    identity, title = f"urn:uuid:{uuid5(NAMESPACE_URL, url)}", site.program
    feed = AtomFeed(title, identity, f"{HOME}{ATOM}", HOME, url, title, site.language, site.generator)
    return render_atom(feed, newest)


def _cards(outlines: Iterable[Outline]) -> list[PartnershipCard]:
    return [card for outline in outlines if (card := outline.summary.card) is not None]


def _cohorts(pages: Iterable[Planned[Page]]) -> list[CohortData]:
    return [
        CohortData(v.name, v.address, v.start, v.end, v.partnerships, v.kept, v.expected, v.unknown)
        for page in pages
        if isinstance(v := page.made.view, CohortView)
    ]
