"""Links and pictures in notes: where they lead on the site, which files they need, and which are broken.

A link works in the repository first, relative to the note's own file; here it becomes an address, where the
audience may see its target. Links to other sites stay; links to other partnerships do not, because each
partnership may be published alone.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from enum import Enum
from urllib.parse import unquote

from msgspec import Struct, field

from headway.documents.note import Note
from headway.documents.syntax import NAMED_KINDS
from headway.patterns import compile_late
from headway.problems import Location, Problem
from headway.source.names import fold_id

_SCHEME = compile_late(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_WEB_ADDRESS = compile_late(r"(?:www\.[\w-]+|[\w-]+)\.(?:app|co|com|dev|edu|eu|gov|io|net|org)(?:/|$)", re.IGNORECASE)
"""What people write when they leave ``https://`` out, as ``gohugo.io``: no file of theirs is called that."""
_NAME_HINTS = {
    "goal": "Name a goal by its `id` in goals.yaml.",
    "meeting": "Name a meeting by its day, as [[meeting:2026-02-16]].",
    "person": "Name a member by their id; anybody else with @ before their handle.",
}
_OUTSIDE = ("http:", "https:", "mailto:")


class Lead(Enum):
    """What a link leads to."""

    OUTSIDE = "another site"
    HERE = "a place in the same note, which its page finds by itself"
    PAGE = "a page of the site, visible or not"
    FILE = "a file of the partnership"
    ELSEWHERE = "a place of the repository that is not this partnership's"
    REFUSED = "nothing that a page may link to"
    MISSING = "nothing that is there"
    NAMELESS = "no goal, meeting or person of that name"


def reference_name(href: str) -> str | None:
    """Return what ``[[goal:Speak]]`` names, as ids are compared: ``goal:speak``; None where it is no such name."""
    kind, colon, name = href.partition(":")
    return f"{kind}:{fold_id(name)}" if colon and kind in NAMED_KINDS else None


class Resolved(Struct, frozen=True):
    """Where a link leads. ``address`` is None where the page shows its text only; ``path`` is in the repository."""

    lead: Lead
    address: str | None = None
    path: str = ""


class Targets(Struct, frozen=True):
    """What notes of ``folder`` (a path in the repository) may link to.

    ``pages`` gives the address by path, or by a name such as ``goal:speak``, None where the audience may not see it;
    ``titles`` what a page is called, by such a name; ``files`` the address of each file that could be shown.
    ``faults`` says why some of these files cannot be, ``sizes`` how large a picture is, by path.
    """

    folder: str
    pages: Mapping[str, str | None] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    sizes: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def resolve(self, note_path: str, href: str) -> Resolved:
        """Return where ``href`` in the note at ``note_path`` leads."""
        if name := reference_name(href):
            return Resolved(Lead.PAGE, self.pages[name], name) if name in self.pages else Resolved(Lead.NAMELESS)
        if scheme := _SCHEME.match(href):
            is_outside = scheme.group().lower() in _OUTSIDE
            return Resolved(Lead.OUTSIDE, href) if is_outside else Resolved(Lead.REFUSED)
        if href.startswith(("//", "\\")):
            return Resolved(Lead.REFUSED)
        written = unquote(href.partition("#")[0].partition("?")[0])
        if not written:
            return Resolved(Lead.HERE)
        # A path from the root is one from the repository's, as code hosts read it.
        start = "" if written.startswith("/") else posixpath.dirname(note_path)
        path = posixpath.normpath(posixpath.join(start, written.lstrip("/") if not start else written))
        goal = f"goal:{fold_id(unquote(href.partition('#')[2]))}"
        if path.endswith("/goals.yaml") and path in self.pages and goal in self.pages:
            return Resolved(Lead.PAGE, self.pages[goal], path)
        if path in self.pages:
            return Resolved(Lead.PAGE, self.pages[path], path)
        if path in self.files:
            return Resolved(Lead.FILE, None if path in self.faults else self.files[path], path)
        if _WEB_ADDRESS.match(href):
            return Resolved(Lead.OUTSIDE, f"https://{href}")
        is_ours = path == self.folder or path.startswith(f"{self.folder}/")
        return Resolved(Lead.MISSING if is_ours else Lead.ELSEWHERE, None, path)


class Reference(Struct, frozen=True):
    """A link or picture in a note. ``line`` is the file's; ``excerpt`` the author's words on that line."""

    href: str
    line: int
    excerpt: str
    is_picture: bool = False
    alt: str = ""


def note_references(note: Note) -> Iterator[Reference]:
    """Yield the links and pictures of a note, in order."""
    start = note.line
    for token in note.tokens:
        if token.map:
            start = note.shift + token.map[0] + 1
        if token.type != "inline":
            continue
        lines: list[str] | None = None
        number = 0
        for child in token.children or ():
            if child.type in ("softbreak", "hardbreak"):
                number += 1
            elif child.type in ("link_open", "image"):
                lines = token.content.split("\n") if lines is None else lines
                excerpt = lines[number] if number < len(lines) else ""
                is_picture = child.type == "image"
                href = str(child.attrs.get("src" if is_picture else "href", ""))
                yield Reference(href, start + number, excerpt, is_picture, child.content if is_picture else "")


def check_links(note: Note, targets: Targets) -> Iterator[Problem]:
    """Yield a problem for each link or picture of a note that leads nowhere, and each picture without words."""
    for reference in note_references(note):
        found = targets.resolve(note.path, reference.href)
        written = unquote(reference.href)
        if found.lead is Lead.MISSING and (reference.is_picture or "/files/" in f"{found.path}/"):
            yield _problem(
                "HW502", note, reference, f"There is no file at {found.path!r}, which {written!r} leads to.",
                "Put the file into the partnership's files/ folder and link it from there, as ../files/picture.png.",
            )  # fmt: skip
        elif found.lead is Lead.MISSING:
            yield _problem(
                "HW501", note, reference, f"There is no note at {found.path!r}, which {written!r} leads to.",
                "Check the note's file name; a link counts from the folder of the note it stands in.",
            )  # fmt: skip
        elif found.lead is Lead.ELSEWHERE:
            yield _problem(
                "HW504", note, reference,
                f"{written!r} leads to files that these pages do not have: only its text is shown.",
                "Link with a full https:// address if its readers may go there.",
            )  # fmt: skip
        elif found.lead is Lead.NAMELESS:
            kind, _, name = reference.href.partition(":")
            known = [key.partition(":")[2] for key in targets.pages if key.startswith(f"{kind}:")]
            near = get_close_matches(fold_id(name), known, 1)
            yield _problem(
                "HW506", note, reference, f"This partnership has no {kind} {name!r}.",
                f"Did you mean [[{kind}:{near[0]}]]?" if near else _NAME_HINTS[kind],
            )  # fmt: skip
        elif found.path in targets.faults:
            name = posixpath.basename(found.path)
            yield _problem(
                "HW505", note, reference, f"{name} {targets.faults[found.path]}; only its words are shown.",
                "Save a picture as JPEG, PNG, WebP or GIF, and smaller where it is large; other documents as PDF.",
            )  # fmt: skip
        if reference.is_picture and not reference.alt.strip():
            yield _problem(
                "HW503", note, reference, f"The picture {written!r} has no words for those who cannot see it.",
                "Say between the square brackets what it shows: ![The plan on the wall](../files/plan.png).",
            )  # fmt: skip


def shown_files(note: Note, targets: Targets, hidden: tuple[tuple[int, int], ...]) -> Iterator[str]:
    """Yield the paths of the files that a note's page shows or links, hidden lines apart."""
    for reference in note_references(note):
        found = targets.resolve(note.path, reference.href)
        is_hidden = any(first <= reference.line <= last for first, last in hidden)
        if found.lead is Lead.FILE and found.path not in targets.faults and not is_hidden:
            yield found.path


def _problem(code: str, note: Note, reference: Reference, message: str, hint: str) -> Problem:
    written = unquote(reference.href)
    spelling = next((s for s in (reference.href, written) if s in reference.excerpt), None)
    column = reference.excerpt.find(spelling) + 1 if spelling else 1
    width = len(spelling) if spelling else 1
    return Problem(code, Location(note.path, reference.line, column, width), message, hint, reference.excerpt)
