"""Markdown: one parse for recognising and for rendering, kept within limits and cut in parts; raw HTML stays text.

What people write beyond CommonMark is in `headway.documents.syntax`, the HTML in `headway.documents.rendering`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import Any

import nh3
from markdown_it.token import Token
from msgspec import Struct

from headway.documents.rendering import HtmlWriter
from headway.documents.syntax import MAX_NESTING, markdown_parser
from headway.patterns import compile_late

MAX_CHARACTERS = 1_000_000
MAX_LINES = 10_000
MAX_EXPANSION = 8_000_000
"""Characters that all uses of link definitions may come to."""
MAX_PIPES = 40_000
MAX_DEFINITIONS = 5_000
MAX_BRACKETS = 30_000
"""Each opening bracket may begin a link, and is looked at for its end."""
MAX_MARKUP = 60_000
"""Signs such as ``*`` and `` ` ``: each may become an element of the page, a hundred times as large."""

_TAGS = (
    *("h2", "h3", "h4", "h5", "h6", "p", "pre", "blockquote", "hr", "div"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"),
    *("a", "br", "code", "em", "img", "s", "span", "strong", "sup"),
)
_MARKUP = "*_~`\\&<@"
_UNREADABLE = compile_late("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_DEFINITION = compile_late(r"^[ >\t]*\[[^\]\n]{1,999}\]:", re.MULTILINE)
_BREAK = compile_late(r"\r\n?")
_PLAIN_LINE = compile_late(r"(?=[A-Za-z0-9])[A-Za-z0-9 ,;?%()'-]*(?:\.(?![A-Za-z0-9])[A-Za-z0-9 ,;?%()'-]*)*(?<! )")
"""A line in which nothing is a mark, nor part of an address: as HTML it is what it is."""


class Excess(Struct, frozen=True):
    """Why a text is shown plain instead of as Markdown; ``line`` counts from 0, ``what`` ends a sentence."""

    line: int
    what: str


def _show_unreadable(match: re.Match[str]) -> str:
    """Drop what editors leave behind; what was a letter in another encoding is seen to be missing."""
    return "" if match[0] < " " else "\N{REPLACEMENT CHARACTER}"


def clean_markdown(text: str) -> str:
    """Return the text with ``\\n`` for its line breaks, and without byte order mark and control characters."""
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = _BREAK.sub("\n", text)
    return _UNREADABLE.sub(_show_unreadable, text) if _UNREADABLE.search(text) else text


def parse_markdown(text: str) -> list[Token]:
    """Return the block tokens of a note's body; their maps count lines of ``text`` from 0."""
    return parse_within_limits(text)[0]


def parse_within_limits(text: str, env: dict[str, Any] | None = None) -> tuple[list[Token], Excess | None]:
    """Return the block tokens, and, where the text asks for more than a page can bear, why they are plain.

    ``env`` receives the definitions of links and footnotes, for parts that are parsed again.
    """
    text = clean_markdown(text)
    excess = _find_excess(text)
    if excess is None:
        env = {} if env is None else env
        tokens = markdown_parser().parse(text, env)
        excess = _find_expansion(text, env) or _find_depth(tokens)
        if excess is None:
            return tokens, None
    return _plain_tokens(text), excess


def _find_excess(text: str) -> Excess | None:
    if len(text) > MAX_CHARACTERS:
        return Excess(0, f"it has {len(text):,} characters, and {MAX_CHARACTERS:,} can be laid out")
    if text.count("\n") >= MAX_LINES:
        return Excess(0, f"it has {text.count(chr(10)) + 1:,} lines, and {MAX_LINES:,} can be laid out")
    if text.count("|") > MAX_PIPES:
        return Excess(text.count("\n", 0, text.index("|")), f"its tables have more than {MAX_PIPES:,} cells")
    if text.count("[") > MAX_BRACKETS:
        return Excess(text.count("\n", 0, text.index("[")), f"it has more than {MAX_BRACKETS:,} opening brackets")
    if sum(map(text.count, _MARKUP)) > MAX_MARKUP:
        return Excess(0, f"it has more than {MAX_MARKUP:,} signs of markup such as {_find_most(text)}")
    if text.count("]:") > MAX_DEFINITIONS and (first := _DEFINITION.search(text)):
        return Excess(text.count("\n", 0, first.end()), f"it defines more than {MAX_DEFINITIONS:,} links")
    return None


def _find_most(text: str) -> str:
    return max(_MARKUP, key=text.count)


def _find_expansion(text: str, env: Mapping[str, Any]) -> Excess | None:
    """A long address behind a short label, used often, makes a small note a page of gigabytes."""
    references = env.get("references")
    if not references:
        return None
    longest = max(references.values(), key=lambda reference: len(reference["href"]) + len(reference["title"]))
    size = (len(longest["href"]) + len(longest["title"])) * text.count("]")
    if size <= MAX_EXPANSION:
        return None
    return Excess(int(longest["map"][0]), "the long address defined here is used very often")


def _find_depth(tokens: Sequence[Token]) -> Excess | None:
    deepest = max(tokens, key=lambda token: token.level, default=None)
    if deepest is None or deepest.level < MAX_NESTING - 1:
        return None
    return Excess(deepest.map[0] if deepest.map else 0, "its lists or quotes are nested too deep")


def _plain_tokens(text: str) -> list[Token]:
    """Return the text as paragraphs, line by line, with nothing read into it."""
    tokens: list[Token] = []
    lines = text.split("\n")
    start = 0
    for number in range(len(lines) + 1):
        if number < len(lines) and lines[number].strip():
            continue
        if number > start:
            tokens += _plain_paragraph(lines[start:number], start)
        start = number + 1
    return tokens


def _plain_paragraph(lines: Sequence[str], start: int) -> list[Token]:
    place = [start, start + len(lines)]
    children: list[Token] = []
    for line in lines:
        if children:
            children.append(Token("softbreak", "br", 0))
        children.append(Token("text", "", 0, content=line))
    return [
        Token("paragraph_open", "p", 1, map=place, block=True),
        Token("inline", "", 0, map=place, level=1, children=children, content="\n".join(lines), block=True),
        Token("paragraph_close", "p", -1, block=True),
    ]


def cutting_places(tokens: Sequence[Token]) -> frozenset[int]:
    """Return the lines, from 0, where a text can be cut in two: headings and the lines of paragraphs, not of lists."""
    return frozenset(
        line
        for token in tokens
        if token.level == 0 and token.map and token.type in ("heading_open", "paragraph_open")
        for line in (range(*token.map) if token.type == "paragraph_open" else token.map[:1])
    )


def cut_tokens(
    tokens: Sequence[Token], lines: Sequence[str], cuts: Sequence[int], env: dict[str, Any]
) -> list[list[Token]]:
    """Return the tokens before the first cut and from each cut to the next; paragraphs are split at cuts.

    ``lines`` are the text's, and cuts the numbers of some, from 0; in each part the tokens' maps count from the
    part's own first line. ``env`` is what `parse_within_limits` filled.
    """
    parts: list[list[Token]] = [[]]
    number = index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.level == 0 and token.map:
            while number < len(cuts) and cuts[number] <= token.map[0]:
                parts.append([])
                number += 1
            if number < len(cuts) and token.type == "paragraph_open" and cuts[number] < token.map[1]:
                first, end = token.map
                while number < len(cuts) and cuts[number] < end:
                    parts[-1] += _reparse(lines[first : cuts[number]], first, env)
                    parts.append([])
                    first = cuts[number]
                    number += 1
                parts[-1] += _reparse(lines[first:end], first, env)
                index += 3
                continue
        parts[-1].append(token)
        index += 1
    for start, part in zip((0, *cuts), parts, strict=True):
        _settle(part, start)
    return parts


def _reparse(lines: Sequence[str], first: int, env: dict[str, Any]) -> list[Token]:
    """Return the tokens of some lines, their maps counting from the first line of the whole text."""
    tokens = markdown_parser().parse("\n".join(lines), env)
    for token in tokens:
        if token.map:
            token.map = [token.map[0] + first, token.map[1] + first]
    return tokens


def _settle(part: list[Token], start: int) -> None:
    """Leave out the rules that only part one entry from the next, and count lines from the part's first."""
    while part and part[-1].type == "hr":
        part.pop()
    for token in part:
        if token.map:
            token.map = [token.map[0] - start, token.map[1] - start]


@cache
def _wall() -> Callable[[str], str]:
    """Return the second wall: only tags and attributes that `headway.documents.rendering` writes come through."""
    anywhere = {"class", "id", "title", "role", "aria-label"}
    return partial(
        nh3.clean,
        tags=set(_TAGS),
        clean_content_tags=set(),
        attributes={
            "*": anywhere,
            "a": {"href"},
            "img": {"src", "alt", "loading", "width", "height"},
            "ol": {"start"},
            "div": {"tabindex"},
            "pre": {"data-language", "tabindex"},
        },
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def render_markdown(
    tokens: Sequence[Token],
    *,
    link: Callable[[str], str | None],
    mention: Callable[[str], tuple[str, str] | None],
    hidden: Sequence[tuple[int, int]] = (),
    shift: int = 0,
    size: Callable[[str], tuple[int, int] | None] = lambda _: None,
) -> str:
    """Return a note's tokens as safe HTML; its headings are one level lower, under the page's own.

    ``link`` maps a relative address (percent-encoded, as in the tokens) of a link or picture to the one the
    page uses, or None: then the text is shown without a link. ``mention`` gives the name and the address for
    ``@handle`` and for ``goal:speak``, or None. ``size`` gives a picture's width and height in pixels, if known, by
    what stands for it in the note. ``hidden`` are ranges of the file's lines, first and last, that leave no trace;
    ``shift`` is the number of the file's lines before the first line of the tokens' text.
    """
    return _wall()(HtmlWriter(link, mention, hidden, shift, size).write(tokens))


def render_inline_markdown(
    text: str, *, link: Callable[[str], str | None], mention: Callable[[str], tuple[str, str] | None]
) -> str:
    """Return one line of people's Markdown, such as a task, as safe HTML without a block around it."""
    if _PLAIN_LINE.fullmatch(text):
        return text
    text = clean_markdown(text)
    if _find_excess(text) is not None:
        tokens = [Token("inline", "", 0, children=[Token("text", "", 0, content=text)], content=text)]
    else:
        tokens = markdown_parser().parseInline(text, {})
    return _wall()(HtmlWriter(link, mention).write(tokens))
