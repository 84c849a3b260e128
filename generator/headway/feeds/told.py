"""What a partnership's pages tell, taken apart again: the only source of its feeds, calendars, data and search.

Nothing here knows the model, so that nothing can get into these files that the audience does not also find on a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import unescape
from uuid import UUID, uuid5

from msgspec import Struct

from headway.pages.parts import MeetingCard
from headway.pages.views import GoalView, MeetingListView, Page, PartnershipView
from headway.patterns import compile_late

_NAMES = UUID("8f0c1c7e-54a6-5e0b-9d0a-6f7f4f1d2b63")
_BREAK = compile_late(r"<br>|</(?:p|li|tr|h[1-6]|pre|div|td|th|blockquote)>")
_TAG = compile_late(r"<[^<>]*>")
_TEXT_FOR_BOX = compile_late(r'<span class="task-box[^>]*>[^<]*</span>')


class Told(Struct, frozen=True):
    """A partnership as its pages show it. Meetings and journal are in the order of their days, undated ones last.

    ``id`` is the partnership's, as it is shown; ``program`` its program's name.
    """

    program: str
    id: str
    address: str
    pages: tuple[Page, ...]
    progress: PartnershipView
    goals: tuple[GoalView, ...]
    meetings: tuple[MeetingCard, ...]
    journal: tuple[MeetingCard, ...]

    def identify(self, *what: str) -> str:
        """Return a UUID for something of this partnership: the same in each build, wherever the site stands."""
        return str(uuid5(_NAMES, "\n".join((self.program, self.id, *what))))

    def inside(self, address: str) -> str:
        """Return an address from the progress page on, which is the same in the partnership's own site."""
        return address.removeprefix(self.address)


def take_apart(pages: Sequence[Page], program: str, partnership: str) -> Told:
    """Return what a partnership's pages tell; the first of them is its progress page."""
    lists = {view.kind: view for page in pages if isinstance(view := page.view, MeetingListView)}
    progress = pages[0].view
    if not isinstance(progress, PartnershipView):
        raise ValueError(f"{pages[0].address} is not a progress page")
    return Told(
        program=program,
        id=partnership,
        address=pages[0].address,
        pages=tuple(pages),
        progress=progress,
        goals=tuple(page.view for page in pages if isinstance(page.view, GoalView)),
        meetings=_cards(lists.get("meetings")),
        journal=_cards(lists.get("journal")),
    )


def plain(html: str) -> str:
    """Return the words of safe HTML, a line for each of its paragraphs, items, cells and lines."""
    if "<" in html:
        html = _TAG.sub("", _BREAK.sub("\n", _TEXT_FOR_BOX.sub("", html.replace("\n", " "))))
    if "&" in html:
        html = unescape(html)
    return "\n".join(words for line in html.split("\n") if (words := " ".join(line.split())))


def _cards(view: MeetingListView | None) -> tuple[MeetingCard, ...]:
    if view is None:
        return ()
    dated = [card for year, cards in view.years if year for card in cards]
    undated = [card for year, cards in view.years if not year for card in cards]
    return (*reversed(dated), *undated)
