"""The program's own files for other programs: made from the partnerships' summaries and the program's pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from heapq import nlargest
from uuid import NAMESPACE_URL, uuid5

from headway.bundled import read_data_schema
from headway.feeds.atom import ENTRIES, AtomFeed, render_atom
from headway.feeds.calendar import render_calendar
from headway.feeds.data import (
    SCHEMA,
    CohortData,
    render_goals_table,
    render_partnerships_table,
    render_program_data,
)
from headway.feeds.picture import draw_program
from headway.feeds.search import program_chunk, render_chunk, render_list, search_ending
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
from headway.model.program import ProgramContext
from headway.pages.addresses import HOME, Addresses, relative
from headway.pages.feed_links import ATOM, CALENDAR, DATA, GOALS_TABLE, PARTNERSHIPS_TABLE, PICTURE
from headway.pages.parts import Link, PartnershipCard
from headway.pages.summary import News, PartnershipSummary
from headway.pages.views import CohortView, Page, PersonView, SiteView

ICON = "/assets/favicon.svg"


def plan_program_files(
    pages: Sequence[Page],
    summaries: Sequence[PartnershipSummary],
    context: ProgramContext,
    addresses: Addresses,
    site: SiteView,
    tokens: Mapping[str, str],
) -> dict[str, bytes]:
    """Return the program's files by address; in a partnership's own site there are only those of the site itself."""
    visible = {summary.card.address: summary for summary in summaries if summary.card is not None}
    cards = sorted(
        (summary.card for summary in visible.values() if summary.card),
        key=lambda card: (card.title.casefold(), card.id),
    )
    files = {SCHEMA: read_data_schema(), "/robots.txt": render_robots(site)}
    if site.search:
        files |= _search_files(pages, cards, context, addresses, site.search)
    if addresses.own_site is not None:
        return files
    title = site.program
    events = "".join(visible[card.address].events for card in cards)
    files |= {
        f"{HOME}{CALENDAR}": render_calendar(title, events, site.generator),
        f"{HOME}{DATA}": render_program_data(cards, _cohorts(pages), site),
        f"{HOME}{PARTNERSHIPS_TABLE}": render_partnerships_table(cards),
        f"{HOME}{GOALS_TABLE}": render_goals_table(cards),
    }
    files |= _person_calendars(pages, visible, site)
    if site.url:
        files |= _web_files(pages, cards, site, site.url, tokens)
        news = [_named(entry, card) for card in cards for entry in visible[card.address].news]
        newest = nlargest(ENTRIES, news, key=lambda entry: (entry.on, entry.id))
        identity = f"urn:uuid:{uuid5(NAMESPACE_URL, site.url)}"
        feed = AtomFeed(title, identity, f"{HOME}{ATOM}", HOME, site.url, title, site.language, site.generator)
        files[f"{HOME}{ATOM}"] = render_atom(feed, newest)
    return files


def _search_files(
    pages: Sequence[Page],
    cards: Sequence[PartnershipCard],
    context: ProgramContext,
    addresses: Addresses,
    listed: str,
) -> dict[str, bytes]:
    ending = search_ending(context)
    own = program_chunk(ending)
    chunks = [Link(card.title, addresses.search_chunk(card.id, ending)) for card in cards]
    return {
        listed: render_list([Link("", own), *chunks], ending),
        own: render_chunk(own, pages, ending, context.record.program.terms),
    }


def _person_calendars(
    pages: Sequence[Page], visible: Mapping[str, PartnershipSummary], site: SiteView
) -> dict[str, bytes]:
    """Return each person's calendar: the nearest days of all the partnerships they are in."""
    files = {}
    for page in pages:
        for feed in page.feeds:
            if isinstance(page.view, PersonView) and feed.kind == "calendar":
                parts = dict.fromkeys(part.partnership.address for part in page.view.parts)
                events = "".join(visible[address].events for address in parts)
                files[feed.address] = render_calendar(page.view.name, events, site.generator)
    return files


def _web_files(
    pages: Sequence[Page], cards: Sequence[PartnershipCard], site: SiteView, url: str, tokens: Mapping[str, str]
) -> dict[str, bytes]:
    icon = relative(MANIFEST, ICON)
    files = {
        MANIFEST: render_manifest(site, [icon], tokens.get("paper", "#ffffff")),
        f"{HOME}{PICTURE}": draw_program(cards, tokens),
    }
    if has_sitemap(site):
        places = [PROGRAM_SITEMAP, *(f"{card.address}{SITEMAP}" for card in cards)]
        files[f"{HOME}{SITEMAP}"] = render_sitemap_index(url, places)
        files[PROGRAM_SITEMAP] = render_sitemap(url, (page.address for page in pages))
    return files


def _cohorts(pages: Sequence[Page]) -> list[CohortData]:
    return [
        CohortData(v.name, v.address, v.start, v.end, v.partnerships, v.kept, v.expected, v.unknown)
        for page in pages
        if isinstance(v := page.view, CohortView)
    ]


def _named(news: News, card: PartnershipCard) -> News:
    return replace(news, title=f"{card.title}: {news.title}")
