"""Search: what a reader's browser looks through, a chunk for each partnership and one for the program's own pages.

A chunk holds the words of its pages as they stand there; they are compared in `search.js`, which folds case, accents
and forms of letters. The list of chunks has a sieve of each, made from the very words of the chunk, by which
`search.js` knows which of them it need not load. A script may be loaded from ``file://``, where nothing can be fetched;
but any site may load it, too, with the reader's own rights. So a site that is not for everybody and that stands on the
web has its chunks as plain JSON, which only its own pages can read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from headway.feeds.sieve import make_sieve
from headway.feeds.told import plain
from headway.model.fields import Visibility
from headway.model.program import ProgramContext
from headway.pages.addresses import relative
from headway.pages.views import (
    AgreementView,
    CohortView,
    GoalView,
    NoteView,
    Page,
    PartnershipView,
    PersonView,
)

SCRIPT = "search.js"
"""The asset that searches; a theme without it has no search, and its site no chunks."""

_LONGEST = 200_000
"""Characters of one page that are searched: a note past that is a book."""

Entry = tuple[str, str, str, str, str]
"""Address from the site's root, title, kind, day (ISO or empty), and the page's words, line by line."""


def search_ending(context: ProgramContext) -> str:
    """Return what the chunks of this site are: ``js`` or ``json``; own sites are where the program's is, on the web."""
    is_public = context.audience is Visibility.PUBLIC
    return "js" if is_public or context.record.program.site.url is None else "json"


def search_list(context: ProgramContext) -> str:
    """Return the address of the list of chunks."""
    return f"/search/list.{search_ending(context)}"


def program_chunk(ending: str) -> str:
    """Return the address of the chunk of the program's own pages."""
    return f"/search/program.{ending}"


class Chunk(Struct, frozen=True):
    """What the list says of a chunk: the partnership's title, empty for the program's own, and the chunk's sieve."""

    address: str
    title: str = ""
    sieve: str = ""


def render_list(chunks: Iterable[Chunk], ending: str) -> bytes:
    """Return the list of chunks: each one's file, from the site's root, its partnership's title and its sieve."""
    return _wrap("list", [[_href(chunk.address), chunk.title, chunk.sieve] for chunk in chunks], ending)


def list_entries(pages: Iterable[Page], terms: Mapping[str, str]) -> tuple[Entry, ...]:
    """Return what of these pages is searched; ``terms`` are the program's own words, for the kinds of pages."""
    return tuple(entry for page in pages for entry in _entries(page, terms))


def render_chunk(address: str, entries: Sequence[Entry], ending: str) -> bytes:
    """Return the chunk with these entries; ``address`` is where it stands, by which the script knows it."""
    return _wrap(_href(address), entries, ending)


def sift(entries: Iterable[Entry]) -> str:
    """Return the sieve of a chunk: of nothing but the words in it."""
    return make_sieve(text for _, title, _, _, words in entries for text in (title, words))


def _wrap(name: str, content: object, ending: str) -> bytes:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    if ending == "json":
        return text.encode()
    # In a script these two end a line for old browsers.
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"headwaySearch({json.dumps(name)},{text})\n".encode()


def _href(address: str) -> str:
    """Return a site address as a link from the site's root."""
    return relative("/", address)


def _entries(page: Page, terms: Mapping[str, str]) -> Iterator[Entry]:
    found = _words(page.view)
    if found is None:
        return
    kind, lines = found
    day = page.view.card.on if isinstance(page.view, NoteView) else None
    text = "\n".join(line for line in lines if line)[:_LONGEST]
    yield (_href(page.address), page.title, terms.get(kind, kind), day.isoformat() if day else "", text)


def _words(view: object) -> tuple[str, Iterable[str | None]] | None:
    """Return a page's kind and words; None for lists, which lead to what is found by itself."""
    if isinstance(view, NoteView):
        return view.kind, (plain(view.body), *(person.name for person in view.people), *view.guests)
    if isinstance(view, GoalView):
        return "goal", _goal(view)
    if isinstance(view, PartnershipView):
        return "partnership", (*(member.name for member in view.members), view.purpose, view.reason)
    if isinstance(view, AgreementView):
        return "agreement", (*(f"{what}: {how}" for what, how in view.terms), *_sides(view))
    if isinstance(view, PersonView):
        lists = (*view.strengths, *view.growing, *view.needs, *view.offers, *view.help)
        return "person", (view.affiliation, view.country, plain(view.bio) if view.bio else None, *lists)
    return ("cohort", ()) if isinstance(view, CohortView) else None


def _goal(view: GoalView) -> Iterator[str | None]:
    yield from (view.why, view.measure, *view.area, view.lesson, view.celebrated)
    for milestone in view.milestones:
        yield from (milestone.title, milestone.celebrated, *(step.title for step in milestone.steps))
    for reframe in view.reframed:
        yield from (reframe.was, reframe.why)


def _sides(view: AgreementView) -> Iterator[str]:
    for side in view.sides:
        yield from (*side.responsibilities, *side.needs, *side.offers)
