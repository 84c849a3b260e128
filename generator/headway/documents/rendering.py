"""HTML: Markdown tokens as the page shows them.

Lines that the page's audience may not see are left out here; what stands inside a line is written in
`headway.documents.inline`. The second wall, nh3, stands in `headway.documents.markdown`. Tokens are only read: the
same ones serve recognition and several pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape

from markdown_it.token import Token

from headway.documents.inline import ANCHOR, BACK_ANCHOR, BOX, NOTE_ANCHOR, InlineWriter, slugify, token_text
from headway.documents.syntax import markdown_parser
from headway.patterns import compile_late

_MARKUP: Mapping[str, str] = {
    "paragraph_open": "<p>",
    "paragraph_close": "</p>\n",
    "bullet_list_open": "<ul>\n",
    "bullet_list_close": "</ul>\n",
    "ordered_list_close": "</ol>\n",
    "list_item_close": "</li>\n",
    "blockquote_open": "<blockquote>\n",
    "blockquote_close": "</blockquote>\n",
    "hr": "<hr>\n",
    "table_close": "</table></div>\n",
    "thead_open": "<thead>\n",
    "thead_close": "</thead>\n",
    "tbody_open": "<tbody>\n",
    "tbody_close": "</tbody>\n",
    "tr_open": "<tr>",
    "tr_close": "</tr>\n",
    "th_close": "</th>",
    "td_close": "</td>",
}
_SHORT_LINE = 60
_ALERT = compile_late(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\n|\Z)", re.IGNORECASE)
"""The first line of a quotation that is none, as code hosts read it."""


class HtmlWriter:
    """Writes one page's tokens; see `headway.documents.markdown.render_markdown` for its arguments."""

    def __init__(
        self,
        link: Callable[[str], str | None],
        mention: Callable[[str], tuple[str, str] | None],
        hidden: Sequence[tuple[int, int]] = (),
        shift: int = 0,
        size: Callable[[str], tuple[int, int] | None] = lambda _: None,
    ) -> None:
        self._hidden = tuple((first - shift - 1, last - shift) for first, last in hidden)
        self._out: list[str] = []
        self._opened: list[tuple[int, int]] = []
        self._anchors: dict[int, str] = {}
        self._levels: dict[int, int] = {}
        self._level = self._tables = 0
        self._targets: set[str] = set()
        self._inline = InlineWriter(self._out, link, mention, self._targets, size)
        self._alerts: list[bool] = []
        self._notes: list[str] = []

    def write(self, tokens: Sequence[Token]) -> str:
        """Return the tokens as HTML."""
        self._find_targets(tokens)
        index, count = 0, len(tokens)
        while index < count:
            token = tokens[index]
            if self._hidden and token.map and self._covers(token.map):
                index = self._end_of(tokens, index)
                continue
            self._write_block(tokens, index, token)
            index += 1
        return "".join(self._out)

    # What is hidden

    def _covers(self, lines: Sequence[int]) -> bool:
        return any(first <= lines[0] and lines[1] <= end for first, end in self._hidden)

    def _touches(self, lines: Sequence[int]) -> bool:
        return any(first < lines[1] and lines[0] < end for first, end in self._hidden)

    def _visible(self, content: str, first: int) -> str:
        """Return the lines of a text that are not hidden; ``first`` is the line it begins on."""
        lines = content.split("\n")
        return "\n".join(line for number, line in enumerate(lines, first) if not self._covers((number, number + 1)))

    @staticmethod
    def _end_of(tokens: Sequence[Token], index: int) -> int:
        """Return the index after a block and all that is in it."""
        token = tokens[index]
        if token.nesting == 1:
            while index < len(tokens) and not (tokens[index].nesting == -1 and tokens[index].level == token.level):
                index += 1
        return index + 1

    # Blocks

    def _find_targets(self, tokens: Sequence[Token]) -> None:
        """Give every heading its id and note the footnotes, so that links inside the note can be told to work."""
        counts: dict[str, int] = {}
        above: list[tuple[int, int]] = []
        for index, token in enumerate(tokens):
            if self._hidden and token.map and self._touches(token.map):
                continue
            if token.type == "heading_open" and index + 1 < len(tokens):
                slug = name = slugify(token_text(tokens[index + 1].children))
                while ANCHOR + name in self._targets:
                    counts[slug] = counts.get(slug, 0) + 1
                    name = f"{slug}-{counts[slug]}"
                self._anchors[index] = ANCHOR + name
                self._targets.add(ANCHOR + name)
                self._levels[index] = _even_out(above, int(token.tag[1]))
            elif token.type == "footnote_reference_open":
                self._targets.add(NOTE_ANCHOR + slugify(token.meta["label"]))

    def _write_block(self, tokens: Sequence[Token], index: int, token: Token) -> None:
        kind = token.type
        if kind == "inline":
            self._write_inline_block(tokens, index, token)
        elif token.nesting == 1:
            start = len(self._out)
            if not token.hidden:
                self._out.append(self._opening(tokens, index, token))
            self._opened.append((start, len(self._out)))
        elif token.nesting == -1:
            start, inside = self._opened.pop() if self._opened else (0, -1)
            if self._hidden and inside == len(self._out) and kind not in ("td_close", "th_close"):
                del self._out[start:]
            elif token.hidden:
                self._out.append("\n")
            elif kind == "blockquote_close" and self._alerts and self._alerts.pop():
                self._out.append("</div>\n")
            elif kind == "footnote_reference_close":
                self._close_footnote()
            elif kind == "heading_close":
                self._out.append(f"</h{self._level}>\n")
            else:
                self._out.append(_MARKUP.get(kind, ""))
        elif kind in ("fence", "code_block"):
            self._write_code(token)
        elif kind == "definition":
            self._write_definition(token)
        else:
            self._out.append(_MARKUP.get(kind) or escape(token.content))

    def _opening(self, tokens: Sequence[Token], index: int, token: Token) -> str:
        kind = token.type
        if kind == "heading_open":
            anchor = self._anchors.get(index)
            identity = f' id="{escape(anchor)}"' if anchor else ""
            self._level = self._levels.get(index, 3)
            return f"<h{self._level}{identity}>"
        if kind == "table_open":
            # What scrolls on a narrow screen has to be reached with the keyboard, too.
            self._tables += 1
            return f'<div class="table-wrap" role="region" aria-label="Table {self._tables}" tabindex="0"><table>\n'
        if kind == "list_item_open":
            return '<li class="task-item">' if self._has_box(tokens, index + 2) else "<li>"
        if kind == "ordered_list_open":
            start = token.attrs.get("start")
            return "<ol>\n" if start is None else f'<ol start="{escape(str(start))}">\n'
        if kind in ("td_open", "th_open"):
            side = str(token.attrs.get("style", "")).removeprefix("text-align:")
            css = f' class="align-{side}"' if side in ("left", "right", "center") else ""
            return f"<{token.tag}{css}>"
        if kind == "footnote_reference_open":
            label = token.meta["label"]
            name = escape(NOTE_ANCHOR + slugify(label))
            self._notes.append(NOTE_ANCHOR + slugify(label))
            return (
                f'<div class="footnote" id="{name}" role="note"><span class="footnote-label">{escape(label)}</span>\n'
            )
        if kind == "blockquote_open":
            alert = _ALERT.match(tokens[index + 2].content) if index + 2 < len(tokens) else None
            self._alerts.append(alert is not None)
            if alert:
                name = alert[1].lower()
                return f'<div class="alert alert-{name}" role="note"><p class="alert-title">{name.title()}</p>\n'
        return _MARKUP.get(kind, "")

    def _close_footnote(self) -> None:
        """End a footnote, with the way back to where the text led to it."""
        name = self._notes.pop() if self._notes else ""
        if name in self._inline.noted:
            back = escape(name.replace(NOTE_ANCHOR, BACK_ANCHOR, 1))
            self._out.append(f'<a class="footnote-back" href="#{back}" title="Back to the text">↩</a>')
        self._out.append("</div>\n")

    @staticmethod
    def _has_box(tokens: Sequence[Token], index: int) -> bool:
        """Whether the inline token at ``index`` begins an item with ``[ ]`` or ``[x]``."""
        if not 2 <= index < len(tokens) or tokens[index - 2].type != "list_item_open":
            return False
        return _begins_with_box(tokens[index].children or ())

    def _write_inline_block(self, tokens: Sequence[Token], index: int, token: Token) -> None:
        children, content = token.children or [], token.content
        if self._hidden and token.map and self._touches(token.map):
            content = self._visible(content, token.map[0])
            if not content.strip():
                return
            children = markdown_parser().parseInline(content)[0].children or []
        alert = _ALERT.match(content) if self._alerts and self._alerts[-1] else None
        if alert and tokens[index - 2].type == "blockquote_open":
            breaks = (number for number, child in enumerate(children, 1) if child.type == "softbreak")
            children, content = children[next(breaks, len(children)) :], content[alert.end() :]
        line_break = "\n"
        # Lines that were plainly broken on purpose stay lines; prose that an editor wrapped flows.
        if "\n" in content and all(len(line) < _SHORT_LINE for line in content.split("\n")):
            line_break = "<br>\n"
        # Where the box is hidden, a line after it may still be seen.
        has_box = self._has_box(tokens, index) and _begins_with_box(children)
        self._inline.write(children, line_break, has_box)

    def _write_code(self, token: Token) -> None:
        content = token.content
        info = token.info.strip()
        if self._hidden and token.map and self._touches(token.map):
            content = self._visible(content, token.map[0] + (token.type == "fence"))
            if not content.strip():
                return
        language = label = ""
        if info:
            label = f' data-language="{escape(info)}"'
            language = f' class="language-{escape(info.split()[0])}"'
        self._out.append(f'<pre{label} tabindex="0"><code{language}>{escape(content)}</code></pre>\n')

    def _write_definition(self, token: Token) -> None:
        """A definition that no link uses would be lost: it is shown as it was written."""
        if "is_used" in token.meta or (self._hidden and token.map and self._touches(token.map)):
            return
        label, address, title = (str(token.meta[key]) for key in ("label", "url", "title"))
        written = f'[{label}]: {address} "{title}"' if title else f"[{label}]: {address}"
        self._out.append(f"<p>{escape(written)}</p>\n")


def _begins_with_box(children: Sequence[Token]) -> bool:
    return bool(children and children[0].type == "text" and BOX.match(children[0].content))


def _even_out(above: list[tuple[int, int]], level: int) -> int:
    """Return the level that a heading has on the page, one below the heading that it stands under, at most.

    ``above`` holds the headings that are still open, each with its own level and the page's; it is changed. The
    page has its own h1 and an h2 above the text, so a note that begins with a small heading leaves no level out.
    """
    while above and above[-1][0] >= level:
        above.pop()
    shown = min(level + 1, (above[-1][1] if above else 2) + 1, 6)
    above.append((level, shown))
    return shown
