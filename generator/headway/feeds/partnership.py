"""A partnership's files for other programs, and what of them the program's own need: all made from its pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from headway.feeds.atom import AtomFeed, collect_news, render_atom
from headway.feeds.calendar import (
    Habits,
    collect_events,
    find_zone,
    nearest_events,
    render_calendar,
    render_events,
)
from headway.feeds.data import render_partnership_data
from headway.feeds.data_tables import render_meetings_table
from headway.feeds.picture import draw_trail
from headway.feeds.search import list_entries, render_chunk, search_ending, sift
from headway.feeds.told import take_apart
from headway.feeds.web import SITEMAP, has_sitemap, render_sitemap
from headway.model.program import ProgramContext
from headway.pages.addresses import Addresses
from headway.pages.feed_links import ATOM, CALENDAR, DATA, MEETINGS_TABLE, PICTURE, has_atom
from headway.pages.summary import PartnershipSummary
from headway.pages.views import Page, SiteView
from headway.progress.report import PartnershipReport

_NEWS = 5
"""How many of a partnership's news the program's feed may show."""


class PartnershipFiles(Struct, frozen=True):
    """Files by address, and the summary with what the program's feeds need."""

    files: Mapping[str, bytes]
    summary: PartnershipSummary


def plan_partnership_files(
    pages: Sequence[Page],
    summary: PartnershipSummary,
    report: PartnershipReport,
    context: ProgramContext,
    addresses: Addresses,
    site: SiteView,
    tokens: Mapping[str, str],
) -> PartnershipFiles:
    """Return what stands beside a partnership's pages; of the report, only how long its meetings last is read."""
    card = summary.card
    if card is None or not pages:
        return PartnershipFiles({}, summary)
    program = context.record.program
    told = take_apart(pages, program.program, card.id)
    length = report.partnership.agreement.length or program.defaults.length
    meeting = program.terms.get("meeting", "meeting")
    habits = Habits(find_zone(program.timezone), round(length.minutes) if length else None, meeting)
    news = collect_news(told, context.today, meeting)
    events = collect_events(told, habits)

    def place(name: str) -> str:
        return addresses.beside(card.id, name)

    lines = render_events(events, site.url)
    files = {
        place(CALENDAR): render_calendar(card.title, lines, site.generator),
        place(DATA): render_partnership_data(told, card, site),
    }
    if told.meetings:
        files[place(MEETINGS_TABLE)] = render_meetings_table(told)
    if has_atom(context, addresses):
        identity = f"urn:uuid:{told.identify('feed')}"
        feed = AtomFeed(
            card.title, identity, place(ATOM), card.address, site.url, site.program, site.language, site.generator
        )
        files[place(ATOM)] = render_atom(feed, news)
    if site.url:
        files[place(PICTURE)] = draw_trail(told, tokens)
        if has_sitemap(site):
            files[place(SITEMAP)] = render_sitemap(site.url, (page.address for page in pages))
    if site.search:
        ending, entries = search_ending(context), list_entries(pages, site.terms)
        chunk = addresses.search_chunk(card.id, ending)
        files[chunk] = render_chunk(chunk, entries, ending)
        summary = replace(summary, sieve=sift(entries))
    nearest = render_events(nearest_events(events), site.url)
    return PartnershipFiles(files, replace(summary, news=tuple(news[:_NEWS]), events=nearest))
