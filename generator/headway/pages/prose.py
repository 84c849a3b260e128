"""Prose: people's Markdown as HTML for one page, for one audience.

Where links and pictures lead is `headway.pages.note_links`'s; HTML itself is made in `headway.documents.markdown`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from types import MappingProxyType

from markdown_it.token import Token
from markupsafe import Markup
from msgspec import Struct

from headway.documents.markdown import parse_markdown, render_inline_markdown, render_markdown
from headway.documents.note import Note
from headway.pages.addresses import relative
from headway.pages.note_links import Targets, reference_name
from headway.pages.sight import Sight
from headway.patterns import compile_late

EXCERPT = 160
"""The length of an excerpt in characters, roughly."""
_READ = 4 * EXCERPT
"""Characters of one text that an excerpt looks at: enough to find names in, even in a line of megabytes."""

_SHORT = 60
"""Characters that a label above a list of people has at most."""

_LABEL = compile_late(
    r"[*_\s]*(present|attendees|attendance|participants|regrets|absent|apologies|date|when|time|date & time|"
    r"meeting date|meeting time|meeting date/time|status|minutes|notice|next|next meeting|energy)\b[*_\s]*(:|$)",
    re.IGNORECASE,
)
_LIST_OF_PEOPLE = compile_late(
    r"[*_\s]*(present|attendees|attendance|participants|regrets|absent|apologies)[*_\s]*:?[*_\s]*$", re.IGNORECASE
)


class Prose(Struct, frozen=True):
    """Writes for one page: ``page`` is its address, hrefs are relative to it."""

    sight: Sight
    targets: Targets
    page: str

    def body(self, note: Note, hidden: tuple[tuple[int, int], ...] = ()) -> Markup:
        """Return a note's body without the hidden line ranges."""
        tokens = self.sight.redaction.redact_tokens(note.tokens)
        html = render_markdown(
            tokens,
            link=self._link_from(note.path),
            mention=self._mention,
            hidden=hidden,
            shift=note.shift,
            size=lambda written: self.targets.sizes.get(self.targets.resolve(note.path, written).path),
        )
        return Markup(html)

    def text(self, text: str, path: str) -> Markup:
        """Return Markdown from the YAML file at ``path``, such as a person's bio."""
        tokens = self.sight.redaction.redact_tokens(parse_markdown(text))
        return Markup(render_markdown(tokens, link=self._link_from(path), mention=self._mention))

    def inline(self, text: str, path: str) -> Markup:
        """Return one line of Markdown from the note at ``path``."""
        text = self.sight.redaction.redact(text)
        return Markup(render_inline_markdown(text, link=self._link_from(path), mention=self._mention))

    def _link_from(self, path: str) -> Callable[[str], str | None]:
        def link(href: str) -> str | None:
            address = self.targets.resolve(path, href).address
            return relative(self.page, address) if address else None

        return link

    def _mention(self, handle: str) -> tuple[str, str] | None:
        if name := reference_name(handle):
            title = self.targets.titles.get(name)
            is_hidden = name in self.targets.pages and self.targets.pages[name] is None
            kind = name.partition(":")[0]
            return (title, "") if title else (kind, "") if is_hidden and kind != "person" else None
        found = self.sight.mention(handle)
        return (found[0], relative(self.page, found[1])) if found else None


def hidden_lines(note: Note, sight: Sight) -> tuple[tuple[int, int], ...]:
    """Return the line ranges of a note that its page leaves out for this audience."""
    return () if sight.is_partners else note.private_lines


def title_lines(note: Note) -> tuple[tuple[int, int], ...]:
    """Return the heading that serves as the page's title, which the body need not repeat.

    A heading with a link or picture stays, because the title above it has only its words.
    """
    if note.title_line is None:
        return ()
    for heading, inline in pairwise(note.tokens):
        if heading.type == "heading_open" and heading.map and note.shift + heading.map[0] + 1 == note.title_line:
            is_plain = all(child.type not in ("link_open", "image") for child in inline.children or ())
            return ((note.title_line, note.title_line),) if is_plain else ()
    return ()


def excerpt(note: Note, sight: Sight, titles: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return the beginning of a note as plain text, without headings, attendance, labels and hidden lines.

    ``titles`` is what `[[goal:speak]]` and its like are called, where the audience may know it.
    """
    hidden = hidden_lines(note, sight)
    words: list[str] = []
    length, is_skipping = 0, False
    for token, line, is_heading, in_list in _texts(note):
        if is_heading or not in_list:
            is_skipping = len(token.content) < _SHORT and _LIST_OF_PEOPLE.match(token.content) is not None
        if is_heading or is_skipping or _LABEL.match(token.content):
            continue
        found = sight.say(_plain(token, line, hidden, titles)).split()
        if found and words and words[-1][-1].isalnum():
            words.append("·")  # items of a list end without a full stop, and would run into one another
        words += found
        length += sum(len(word) + 1 for word in found)
        if length > EXCERPT:
            break
    return _shorten(" ".join(words))


def _texts(note: Note) -> list[tuple[Token, int, bool, bool]]:
    """Return the inline tokens with their line, whether each is a heading's and whether it is in a list or table."""
    texts, depth, line, is_heading = [], 0, note.line, False
    for token in note.tokens:
        if token.map:
            line = note.shift + token.map[0] + 1
        if token.type in ("bullet_list_open", "ordered_list_open", "table_open"):
            depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close", "table_close"):
            depth -= 1
        elif token.type == "heading_open":
            is_heading = True
        elif token.type == "heading_close":
            is_heading = False
        elif token.type == "inline":
            texts.append((token, line, is_heading, depth > 0))
    return texts


def _is_in(line: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= line <= last for first, last in ranges)


def _plain(token: Token, line: int, hidden: tuple[tuple[int, int], ...], titles: Mapping[str, str]) -> str:
    """Return the beginning of a text that starts on ``line``, without its hidden lines."""
    parts: list[str] = []
    length = 0
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            line += 1
            parts.append(" ")
        elif child.type in ("text", "code_inline", "image") and not _is_in(line, hidden):
            # A goal that has no title here may not be named at all: it is "goal".
            handle = str(child.meta.get("names", "person:"))
            kind = handle.partition(":")[0]
            parts.append(child.content if kind == "person" else titles.get(reference_name(handle) or "", kind))
            length += len(parts[-1])
        if length > _READ:
            break
    return "".join(parts)[:_READ]


def _shorten(text: str) -> str:
    if len(text) <= EXCERPT:
        return text
    return text[:EXCERPT].rpartition(" ")[0].rstrip(" ,;:-") + " …" if " " in text[:EXCERPT] else text[:EXCERPT] + "…"
