"""Made: what a build gives to the site, part by part, and what it takes from the part that it made before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from headway.model.note_memo import NoteMemo
from headway.output.known import Part
from headway.pages.audience import Withheld
from headway.pages.planned import Made
from headway.pages.summary import PartnershipSummary
from headway.problems import Problem


class SiteFile(Struct, frozen=True):
    """One file of the site; ``path`` is its place from the site's root, as ``people/ada/index.html``."""

    path: str
    content: bytes


class SitePart(Struct, frozen=True):
    """What one partnership, or the program itself, gives to the site."""

    name: str = ""
    """The partnership's folder's, or one that the program's own part has; empty where parts are not told apart."""
    files: tuple[SiteFile, ...] = ()
    pages: int = 0
    withheld: Withheld = field(default_factory=Withheld)
    problems: tuple[Problem, ...] = ()
    summary: PartnershipSummary | None = None
    """For a partnership: what the program's own pages are made from."""
    until: date | None = None
    """The first later day on which this would not be the same, if no file changed."""
    people: tuple[str, ...] = ()
    """For a partnership: the ids of those whose own files its pages depend on."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """For a partnership: the digest of each of its files by path, as they were when it was built."""
    kept: Mapping[str, str] = field(default_factory=dict)
    """Files of the last build that still hold: the digest of each one's bytes by its path."""
    stands: Part | None = None
    """What it has in the site that stands, where all of that still holds."""
    notes: bytes = b""
    """For a partnership: what its notes said, for `Before`."""
    marks: Mapping[str, str] = field(default_factory=dict)
    """For a partnership: what tells each page, made or kept, from what else could stand at its path."""


class Before(Struct, frozen=True):
    """What the last build made of a partnership, as far as it could come out the same.

    ``pages`` are those that this Headway made with this theme, by their paths; ``notes`` what its notes said
    (`NoteMemo.pack`), ``habits`` a digest of all that they are read with now.
    """

    pages: Mapping[str, Made]
    notes: bytes
    habits: str

    def recall(self) -> NoteMemo:
        memo = NoteMemo.unpack(self.notes)
        memo.begin(self.habits)
        return memo
