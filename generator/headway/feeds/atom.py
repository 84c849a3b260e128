"""Atom: what is new in a partnership or in the program, newest first (RFC 4287).

An entry's moment is the day that the record names, at midnight UTC: files tell no hours, and no clock is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from heapq import nlargest
from html import escape

from msgspec import Struct

from headway.feeds.told import Told
from headway.pages.addresses import absolute, relative
from headway.pages.parts import MeetingCard
from headway.pages.summary import News
from headway.patterns import compile_late
from headway.progress.because import name_day

ENTRIES = 40
_NOT_NEWS = ("planned", "unconfirmed")
_FORBIDDEN = compile_late("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_START = date(1970, 1, 1)


class AtomFeed(Struct, frozen=True):
    """A feed's own facts. ``url`` is the site's, or None: then links count from the feed's own place."""

    title: str
    id: str
    address: str
    page: str
    url: str | None
    author: str
    language: str
    generator: str

    def href(self, address: str) -> str:
        return absolute(self.url, address) if self.url else relative(self.address, address)


def collect_news(told: Told, today: date, meeting: str = "meeting") -> list[News]:
    """Return what is new in a partnership up to ``today``; ``meeting`` is the program's word for one."""
    found = [*_notes(told, meeting), *_plan(told)]
    return nlargest(ENTRIES, (news for news in found if news.on <= today), key=lambda news: (news.on, news.id))


def render_atom(feed: AtomFeed, news: Iterable[News]) -> bytes:
    """Return the feed of these entries, in their order."""
    entries = list(news)
    updated = max((entry.on for entry in entries), default=_START)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{_text(feed.language)}">',
        f"<title>{_text(feed.title)}</title>",
        f"<id>{_text(feed.id)}</id>",
        f"<updated>{_moment(updated)}</updated>",
        f'<link rel="alternate" type="text/html" href="{_text(feed.href(feed.page))}"/>',
        f'<link rel="self" type="application/atom+xml" href="{_text(feed.href(feed.address))}"/>',
        f"<author><name>{_text(feed.author)}</name></author>",
        f"<generator>{_text(feed.generator)}</generator>",
    ]
    for entry in entries:
        lines += _entry(feed, entry)
    lines.append("</feed>\n")
    return "\n".join(lines).encode()


def _entry(feed: AtomFeed, news: News) -> Iterator[str]:
    yield "<entry>"
    yield f"<title>{_text(news.title)}</title>"
    yield f"<id>{_text(news.id)}</id>"
    yield f"<updated>{_moment(news.on)}</updated>"
    yield f'<link rel="alternate" type="text/html" href="{_text(feed.href(news.address))}"/>'
    yield f'<category term="{_text(news.kind)}"/>'
    if news.text:
        yield f"<summary>{_text(news.text)}</summary>"
    yield "</entry>"


def _notes(told: Told, meeting: str) -> Iterator[News]:
    for card in (*told.meetings, *told.journal):
        if card.on is not None and card.address is not None and card.status not in _NOT_NEWS:
            title = card.title or f"{_word(card, meeting)} of {name_day(card.on)}"
            key = told.identify("note", told.inside(card.address))
            yield News(f"urn:uuid:{key}", card.kind, title, card.address, card.on, card.excerpt)


def _word(card: MeetingCard, meeting: str) -> str:
    word = "journal" if card.kind == "journal" else meeting
    return word[:1].upper() + word[1:]


def _plan(told: Told) -> Iterator[News]:
    for view in told.goals:
        title, address = view.card.title, view.card.address
        goal = told.inside(address)
        if view.done:
            key = told.identify("goal", goal)
            yield News(f"urn:uuid:{key}", "goal", f"Done: {title}", address, view.done, view.celebrated or "")
        for milestone in view.milestones:
            if milestone.done:
                key = told.identify("milestone", goal, milestone.title)
                place, said = f"{address}#{milestone.anchor}", milestone.celebrated or title
                yield News(f"urn:uuid:{key}", "milestone", f"Done: {milestone.title}", place, milestone.done, said)
        for reframe in view.reframed:
            key = told.identify("reframe", goal, str(reframe.on))
            said = " — ".join(filter(None, (f"Before: {reframe.was}", reframe.why)))
            yield News(f"urn:uuid:{key}", "reframe", f"Reframed: {title}", address, reframe.on, said)


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _text(text: str) -> str:
    """Return a text for XML: escaped, without the characters that no XML may hold."""
    return escape(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text))
