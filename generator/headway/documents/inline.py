"""Inline HTML: what stands inside a line, as the page shows it.

Every text is escaped here; a link leads only where its scheme or the page's own map lets it, and a picture
from elsewhere becomes a link. Blocks are in `headway.documents.rendering`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from html import escape
from urllib.parse import unquote

from markdown_it.token import Token

from headway.patterns import compile_late

ANCHOR = "h-"
"""Before every heading's id, so that none meets an id of the page or a name that scripts know."""
NOTE_ANCHOR = "fn-"
BACK_ANCHOR = "fnref-"
"""Where the text first leads to a footnote; the footnote leads back to it."""

_MARKUP: Mapping[str, str] = {
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "em_open": "<em>",
    "em_close": "</em>",
    "s_open": "<s>",
    "s_close": "</s>",
    "hardbreak": "<br>\n",
}
BOX = compile_late(r"\[([ xX])\](?=\s|$)")
_MAX_MENTIONS = 5_000
"""Of one text: each is a link, thirty times as long as the handle."""
_MENTION = compile_late(r"(?<![\w@./+-])@(\w[\w.-]{0,99})")
_SCHEME = compile_late(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_OPEN_SCHEMES = frozenset({"http", "https", "mailto"})


def slugify(text: str) -> str:
    """Return a heading's text as an address part: letters of any script, digits, ``-`` and ``_``."""
    kept = (
        character if character.isalnum() or character in "-_" or unicodedata.category(character)[0] == "M" else " "
        for character in text[:200].lower()
        if character.isalnum() or character in "-_" or character.isspace() or unicodedata.category(character)[0] == "M"
    )
    return "-".join("".join(kept).split())[:80] or "part"


def token_text(children: Sequence[Token] | None) -> str:
    """Return the words of inline tokens without their markup."""
    words: list[str] = []
    for child in children or ():
        if child.type in ("text", "code_inline"):
            words.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            words.append(" ")
        elif child.type == "image":
            words.append(token_text(child.children))
    return "".join(words)


class InlineWriter:
    """Writes the inside of lines to ``out``; ``targets`` are the ids that links inside the note may lead to."""

    def __init__(
        self,
        out: list[str],
        link: Callable[[str], str | None],
        mention: Callable[[str], tuple[str, str] | None],
        targets: Collection[str],
        size: Callable[[str], tuple[int, int] | None] = lambda _: None,
    ) -> None:
        self._out = out
        self._link = link
        self._mention = mention
        self._targets = targets
        self._size = size
        self.noted: set[str] = set()
        """The footnotes that the text has led to so far."""
        self._links: list[bool] = []
        self._mentioned = 0

    def write(self, children: Sequence[Token], line_break: str, has_box: bool) -> None:
        """Write inline tokens; ``has_box`` tells that they begin with ``[ ]`` or ``[x]``."""
        out = self._out
        for number, token in enumerate(children):
            kind = token.type
            if kind == "text":
                text = token.content
                if has_box and number == 0:
                    is_ticked = text[1] in "xX"
                    state, sign = ("done", "\N{BALLOT BOX WITH CHECK}") if is_ticked else ("open", "\N{BALLOT BOX}")
                    out.append(f'<span class="task-box task-{state}" role="img" aria-label="{state}">{sign}</span>')
                    text = text[3:]
                named = self._mention(token.meta["names"]) if "names" in token.meta else None
                out.append(escape(named[0]) if named else self._text(text))
            elif kind == "softbreak":
                out.append(line_break)
            elif kind == "code_inline":
                out.append(f"<code>{escape(token.content)}</code>")
            elif kind == "link_open":
                self._open_link(token)
            elif kind == "link_close":
                if self._links and self._links.pop():
                    out.append("</a>")
            elif kind == "image":
                self._write_image(token)
            elif kind == "footnote_ref":
                self._write_footnote_mark(token.meta["label"])
            else:
                out.append(_MARKUP.get(kind) or escape(token.content))

    def _text(self, text: str) -> str:
        if "@" not in text or self._links:
            return escape(text)
        return "".join(self._mentions(text))

    def _mentions(self, text: str) -> Sequence[str]:
        parts: list[str] = []
        done = 0
        for match in _MENTION.finditer(text):
            if self._mentioned >= _MAX_MENTIONS:
                break
            handle = match[1]
            person = self._mention(handle)
            if person is None:
                handle = handle.rstrip("._-")
                person = self._mention(handle) if handle != match[1] else None
            if person is not None:
                name, address = person
                self._mentioned += 1
                parts.append(escape(text[done : match.start()]))
                parts.append(
                    f'<a class="mention" href="{escape(address)}" title="{escape(name)}">@{escape(handle)}</a>'
                )
                done = match.start(1) + len(handle)
        parts.append(escape(text[done:]))
        return parts

    def _address(self, address: str) -> str | None:
        """Return where a link may lead, or None where it may not."""
        scheme = _SCHEME.match(address)
        if scheme is not None:
            return address if scheme[1].lower() in _OPEN_SCHEMES else None
        if address.startswith(("//", "\\", "/\\")):
            return None
        return self._link(address)

    @staticmethod
    def _title(token: Token) -> str:
        title = token.attrs.get("title")
        return f' title="{escape(str(title))}"' if title else ""

    def _open_link(self, token: Token) -> None:
        written = str(token.attrs.get("href", ""))
        title = self._title(token)
        if token.info == "named":
            address = self._link(written)
        else:
            address = self._fragment(written[1:]) if written.startswith("#") else self._address(written)
        self._links.append(address is not None)
        if address is not None:
            self._out.append(f'<a href="{escape(address)}"{title}>')
        elif title:
            self._out.append(f"<span{title}></span>")

    def _fragment(self, written: str) -> str | None:
        """Return the anchor of a heading of this note, as people know it from where they host their notes."""
        anchor = ANCHOR + slugify(unquote(written))
        return f"#{anchor}" if anchor in self._targets else None

    def _write_image(self, token: Token) -> None:
        """A picture of ours is shown; one from elsewhere becomes a link, for pages make no foreign requests."""
        written = str(token.attrs.get("src", ""))
        text = token_text(token.children) or written.partition("?")[0].rpartition("/")[2][:100] or "picture"
        title = self._title(token)
        address = self._address(written)
        if address is None or address.startswith("mailto:"):
            self._out.append(f"<span{title}>{escape(text)}</span>")
        elif not _SCHEME.match(written):
            alt = escape(token_text(token.children))
            found = self._size(written)
            size = f' width="{found[0]}" height="{found[1]}"' if found else ""
            self._out.append(f'<img src="{escape(address)}" alt="{alt}"{title}{size} loading="lazy">')
        elif self._links:
            self._out.append(f"<span{title}>{escape(text)}</span>")
        else:
            self._out.append(f'<a href="{escape(address)}"{title}>{escape(text)}</a>')

    def _write_footnote_mark(self, label: str) -> None:
        name = NOTE_ANCHOR + slugify(label)
        mark = f'<a href="#{escape(name)}">{escape(label)}</a>' if name in self._targets else escape(label)
        back = name.replace(NOTE_ANCHOR, BACK_ANCHOR, 1)
        place = f' id="{escape(back)}"' if name in self._targets and name not in self.noted else ""
        self.noted.add(name)
        self._out.append(f'<sup class="footnote-ref"{place}>{mark}</sup>')
