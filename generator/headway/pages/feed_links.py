"""Feed links: which files for other programs a page has beside it, and what each of them is called.

What is in these files is `headway.feeds`'s. A site whose address nobody knows has no Atom feed, because what a
reader takes from it has to lead back; a partnership's own site has one whose links count from the feed itself.
"""

from __future__ import annotations

from headway.model.program import ProgramContext
from headway.pages.addresses import HOME, Addresses
from headway.pages.parts import Feed

ATOM = "feed.atom"
CALENDAR = "calendar.ics"
DATA = "data.json"
MEETINGS_TABLE = "meetings.csv"
PARTNERSHIPS_TABLE = "partnerships.csv"
GOALS_TABLE = "goals.csv"
PICTURE = "trail.png"

_TYPES = {
    "atom": "application/atom+xml",
    "calendar": "text/calendar",
    "json": "application/json",
    "csv": "text/csv",
}


def site_url(context: ProgramContext, addresses: Addresses) -> str | None:
    """Return where the site stands on the web, ending in ``/``, or None where nobody said.

    The program's own URL is not where a partnership's own site will stand.
    """
    url = context.record.program.site.url
    return f"{url.rstrip('/')}/" if url and addresses.own_site is None else None


def partnership_feeds(
    partnership: str, title: str, context: ProgramContext, addresses: Addresses, *, has_meetings: bool
) -> tuple[Feed, ...]:
    """Return what stands beside a partnership's progress page."""
    feeds = [_feed("atom", title, addresses.beside(partnership, ATOM))] if has_atom(context, addresses) else []
    feeds.append(_feed("calendar", title, addresses.beside(partnership, CALENDAR)))
    feeds.append(_feed("json", title, addresses.beside(partnership, DATA)))
    if has_meetings:
        feeds.append(_feed("csv", f"{title}: meetings", addresses.beside(partnership, MEETINGS_TABLE)))
    return tuple(feeds)


def program_feeds(context: ProgramContext, addresses: Addresses) -> tuple[Feed, ...]:
    """Return what stands beside the program's home."""
    title = context.record.program.program
    feeds = [_feed("atom", title, f"{HOME}{ATOM}")] if has_atom(context, addresses) else []
    return (
        *feeds,
        _feed("calendar", title, f"{HOME}{CALENDAR}"),
        _feed("json", title, f"{HOME}{DATA}"),
        _feed("csv", f"{title}: partnerships", f"{HOME}{PARTNERSHIPS_TABLE}"),
        _feed("csv", f"{title}: goals", f"{HOME}{GOALS_TABLE}"),
    )


def person_feeds(name: str, address: str, addresses: Addresses) -> tuple[Feed, ...]:
    """Return what stands beside a person's page; in a partnership's own site that would be the partnership's."""
    return () if addresses.own_site else (_feed("calendar", name, f"{address}{CALENDAR}"),)


def has_atom(context: ProgramContext, addresses: Addresses) -> bool:
    return addresses.own_site is not None or site_url(context, addresses) is not None


def _feed(kind: str, title: str, address: str) -> Feed:
    return Feed(kind, _TYPES[kind], title, address)
