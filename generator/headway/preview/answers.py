"""Answers: what the preview says to an address: a page, a file, that it moved, is withheld, gone, or not there yet.

Pages are rendered when they are asked for, and kept for as long as nothing changes.
"""

from __future__ import annotations

import unicodedata
from collections import OrderedDict
from collections.abc import Mapping
from enum import Enum, auto
from hashlib import sha256

from msgspec import Struct, field

from headway.build import Walk, seen_by
from headway.model.fields import Visibility
from headway.model.files import publish_file
from headway.pages.addresses import HOME
from headway.pages.editing import source_of
from headway.pages.partnership_pages import Attachment
from headway.pages.views import Page
from headway.preview.site import AT_ONCE, LiveSite
from headway.problems import Problem
from headway.theme.layers import render_today
from headway.theme.render import render_page

DEEPEST = 6
"""How many parts the address of a page has at most."""
MADE = 500
"""Answers that are kept until something changes."""
REMEMBERED = 64
"""Pages whose last good bytes are kept, for when their template breaks; and addresses known to have been there."""

Found = Page | Attachment | bytes
"""A page, a file of the program's, or the bytes of a theme's asset."""


class Kind(Enum):
    """What sort of answer it is."""

    PAGE = auto()
    FILE = auto()
    MOVED = auto()
    MISSING = auto()
    GONE = auto()
    """It was there while this preview has been running."""
    WITHHELD = auto()
    """Other audiences see it."""
    WAITING = auto()
    """It needs all partnerships, and they are being read."""
    BROKEN = auto()
    """An error keeps it from being made, and there is nothing from before it."""
    FAULT = auto()
    """Headway itself failed."""


class Answer(Struct, frozen=True):
    """What is said to an address; ``content`` as the site has it, without what the preview adds."""

    kind: Kind
    address: str
    content: bytes = b""
    title: str = ""
    source: str = ""
    """The file of the program that one would edit to change it."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with this page alone: its template."""
    seen_by: tuple[Visibility, ...] = ()
    said: str = ""
    """What failed, where Headway did."""
    read: tuple[int, int] = (0, 0)
    """How many partnerships have been read, and how many there are, where all of them are needed."""
    ways: tuple[tuple[str, str], ...] = ()
    """Pages that are there meanwhile: title and address."""

    @property
    def print(self) -> str:
        """A digest by which a browser that shows it knows whether it is still the same."""
        return sha256(repr((self.kind, self.content, self.title, self.said, self.read)).encode()).hexdigest()[:16]


class Answers(Struct):
    """Answers addresses from a live site."""

    site: LiveSite
    _made: dict[tuple[Visibility, str], Answer] = field(default_factory=dict)
    _number: int = -1
    _shown: OrderedDict[tuple[Visibility, str], Answer] = field(default_factory=OrderedDict)

    def answer(self, address: str, audience: Visibility) -> Answer:
        """Return the answer to an address, from the files as they were at the last look."""
        address = unicodedata.normalize("NFC", address)
        address = address.removesuffix("index.html") if address.endswith("/index.html") else address
        key = (audience, address)
        self._forget()
        if key not in self._made:
            made = self._answer_or_fault(address, audience)
            self._forget()  # making it may have read a partnership, which others' pages tell of
            if len(self._made) >= MADE:
                self._made.clear()
            self._made[key] = made
            if made.kind is Kind.PAGE:
                self._remember(key, made)
        return self._made[key]

    def _forget(self) -> None:
        """Forget the answers of an earlier result."""
        if self._number != self.site.number:
            self._made.clear()
            self._number = self.site.number

    def assets(self, address: str, audience: Visibility) -> dict[str, str]:
        """Return the files that a page may use, by address, each with a digest of its bytes."""
        assets = _assets(self.site.walk_for(audience))
        found = {a: sha256(data).hexdigest()[:16] for a, data in assets.items()}
        folder = self.site.folder_of(address, audience)
        if folder is not None:
            pages = self.site.open(folder).plan(self.site.walk_for(audience))
            found |= {a.address: folder.files.get(a.path, "")[:16] for a in pages.attachments}
        return found

    def _answer_or_fault(self, address: str, audience: Visibility) -> Answer:
        try:
            return self._answer(address, audience)
        except OSError:
            raise
        except Exception as fault:
            return Answer(Kind.FAULT, address, said=f"{type(fault).__name__}: {fault}")

    def _answer(self, address: str, audience: Visibility) -> Answer:
        site = self.site
        waiting = self._wait_for_all(address, audience)
        if waiting is not None:
            return waiting
        found = self._find(address, audience)
        if found is not None:
            return self._show(found, address, audience)
        if not address.endswith("/") and self._find(f"{address}/", audience) is not None:
            return Answer(Kind.MOVED, f"{address}/")
        folder = site.folder_of(address, audience)
        if folder is not None and site.open(folder).report is None:
            return Answer(Kind.BROKEN, address, title=folder.name, source=folder.path)
        others = tuple(other for other in site.audiences if other is not audience and self._find(address, other))
        if others:
            return Answer(Kind.WITHHELD, address, seen_by=others)
        was = self._shown.get((audience, address))
        return Answer(Kind.GONE, address, title=was.title) if was else Answer(Kind.MISSING, address)

    def _wait_for_all(self, address: str, audience: Visibility) -> Answer | None:
        """Read what the program's pages lack, or say that it takes longer; its texts lack nothing."""
        if address.startswith(("/pages/", "/assets/")) or self.site.folder_of(address, audience) is not None:
            return None
        self.site.wanted.add(audience)
        missing = self.site.missing(audience)
        if sum(len(folder.files) for folder in missing) > AT_ONCE:
            folders = self.site.result.folders
            ways = tuple((folder.name, f"/partnerships/{part}/") for part, folder in folders.items())
            return Answer(Kind.WAITING, address, read=(len(folders) - len(missing), len(folders)), ways=ways)
        if missing:
            self.site.read(missing)
        return None

    def _find(self, address: str, audience: Visibility) -> Found | None:
        """Return the page or file that an audience has at an address."""
        walk, folder = self.site.walk_for(audience), self.site.folder_of(address, audience)
        if folder is None:
            return _assets(walk).get(address) or self.site.program_page(address, audience)
        part = self.site.open(folder)
        planned = part.plan(walk)
        found: tuple[Page | Attachment, ...] = (*planned.pages, *planned.attachments)
        page = next((one for one in found if one.address == address), None)
        return page if page is not None or address.endswith("/") else part.feed(walk).files.get(address)

    def _show(self, found: Found, address: str, audience: Visibility) -> Answer:
        if isinstance(found, bytes):
            return Answer(Kind.FILE, address, found)
        if isinstance(found, Attachment):
            content = publish_file(found.path, self.site.result.walk.snapshot.read(found.path))
            return Answer(Kind.FILE, address, content, source=found.path)
        return self._render(found, audience)

    def _render(self, page: Page, audience: Visibility) -> Answer:
        """Return a page, rendered; where its template has an error, what it was before."""
        folder = self.site.folder_of(page.address, audience)
        theme, source = self.site.walk_for(audience).theme, source_of(page, folder.path if folder else None)
        if theme is None:
            return Answer(Kind.BROKEN, page.address, title=page.title, source=source)
        rendered = render_page(theme, page, seen_by(page, self.site.view_for(audience)))
        if isinstance(rendered, str):
            return Answer(Kind.PAGE, page.address, rendered.encode(), page.title, source)
        before = self._shown.get((audience, page.address))
        content, kind = (before.content, Kind.PAGE) if before else (b"", Kind.BROKEN)
        return Answer(kind, page.address, content, page.title, source, (rendered,))

    def _remember(self, key: tuple[Visibility, str], answer: Answer) -> None:
        self._shown[key] = answer
        self._shown.move_to_end(key)
        while len(self._shown) > REMEMBERED:
            self._shown.popitem(last=False)


def _assets(walk: Walk) -> Mapping[str, bytes]:
    """Return the theme's files by address, and the stylesheet that knows the day."""
    if walk.theme is None:
        return {}
    return {**walk.theme.assets(), "/assets/today.css": render_today(walk.context).encode()}


def way_back(answers: Answers, address: str, audience: Visibility) -> str:
    """Return the nearest page above an address that is there."""
    parts = address.strip("/").split("/")[:DEEPEST]
    above = (f"/{'/'.join(parts[:depth])}/" for depth in range(len(parts) - 1, 0, -1))
    return next((page for page in above if answers.answer(page, audience).kind is Kind.PAGE), HOME)
