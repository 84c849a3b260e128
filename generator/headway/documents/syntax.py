"""Syntax: the few things people write in notes that CommonMark does not know.

Bare web addresses become links, and ``#Kickoff`` without its space is a heading. Both are rules of the
process's one parser; neither looks further than the line it stands on. What documents do with it is in
`headway.documents.markdown`.
"""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock, lheading
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.footnote import footnote_plugin

_HASHES = re.compile(r"(#{1,6})(?!\d{1,9}(?:[^\w]|$))([^\s#])")
_UNDERLINE = re.compile(r" {0,3}(?:-+|=+)[ \t]*$")
_ADDRESS = re.compile(r"https?://[^\s<>\[\]\"`|\\\x00-\x20]+", re.IGNORECASE)
NAMED_KINDS = ("goal", "meeting", "person")
"""What ``[[kind:name]]`` may lead to."""
_NAMED_PAGE = re.compile(r"\[\[(goal|meeting|person):([^\[\]|\n]{1,100})(?:\|([^\[\]\n]{1,200}))?\]\]")
_LONG_HEADING = 90
_TRAILING = ".,;:!?'*_~"


MAX_NESTING = 100
"""How deep lists and quotes may nest; markdown-it silently leaves out what is deeper."""


@cache
def markdown_parser() -> MarkdownIt:
    """Return the process's one Markdown parser: raw HTML stays text, and no word is lost.

    Footnotes and definitions stay where they are written, so that every line keeps its place.
    """
    options = {"html": False, "maxNesting": MAX_NESTING, "inline_definitions": True, "store_labels": True}
    parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    footnote_plugin(parser, inline=False, move_to_end=False)
    alternatives: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote"]}
    parser.block.ruler.before("heading", "tight_heading", _parse_tight_heading, alternatives)
    parser.block.ruler.at("lheading", _parse_underlined, {"alt": []})
    parser.inline.ruler.after("text", "bare_address", _parse_bare_address)
    parser.inline.ruler.before("link", "named_page", _parse_named_page)
    parser.core.ruler.push("used_definitions", _mark_used_definitions)
    return parser


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _has_underline(state: StateBlock, line: int, end_line: int) -> bool:
    below = line + 1
    return (
        below < end_line
        and state.sCount[below] >= state.blkIndent
        and _UNDERLINE.match(_line(state, below)) is not None
    )


def _parse_tight_heading(state: StateBlock, line: int, end_line: int, silent: bool) -> bool:
    """``#Kickoff`` or ``##Scope``: certain above an underline, likely where it begins a block with a capital.

    ``#123`` is an issue, ``#fun #win`` are tags, and both stay text.
    """
    start = state.bMarks[line] + state.tShift[line]
    if state.src[start : start + 1] != "#" or state.is_code_block(line):
        return False
    text = _line(state, line)
    match = _HASHES.match(text)
    if match is None:
        return False
    is_underlined = _has_underline(state, line, end_line)
    if not is_underlined:
        # Inside a paragraph only an underline makes it certain.
        if silent or not (match[2] == "[" or match[2].isupper()):
            return False
        words = text.split()
        if len(words) > 1 and all(word.startswith("#") for word in words):
            return False
    if silent:
        return True
    level, after = len(match[1]), line + (2 if is_underlined else 1)
    state.line = after
    for kind, nesting in (("heading_open", 1), ("inline", 0), ("heading_close", -1)):
        token = state.push(kind, "" if nesting == 0 else f"h{level}", nesting)  # type: ignore[arg-type]
        token.markup = match[1]
        if nesting >= 0:
            token.map = [line, after]
        if nesting == 0:
            token.markup = ""
            token.content = text[level:].rstrip().rstrip("#").rstrip()
            token.children = []
    return True


def _parse_underlined(state: StateBlock, line: int, end_line: int, silent: bool) -> bool:
    """A short line above ``---`` is a heading; below a whole paragraph the dashes are meant as a rule."""
    if not lheading(state, line, end_line, silent):
        return False
    opening, inline, closing = state.tokens[-3:]
    text = inline.content
    if opening.markup != "-" or not ("\n" in text or len(text) > _LONG_HEADING or text.endswith(".")):
        return True
    opening.type, closing.type = "paragraph_open", "paragraph_close"
    opening.tag = closing.tag = "p"
    opening.markup = closing.markup = ""
    opening.map = inline.map = [line, state.line - 1]
    rule = state.push("hr", "hr", 0)
    rule.map = [state.line - 1, state.line]
    rule.markup = "---"
    return True


def _trim_address(address: str) -> str:
    """Return the address without the punctuation of the sentence around it."""
    address = address.rstrip(_TRAILING)
    while address.endswith(")") and address.count(")") > address.count("("):
        address = address[:-1].rstrip(_TRAILING)
        if len(address) > 2000:
            break
    return address


def _parse_bare_address(state: StateInline, silent: bool) -> bool:
    """``https://example.org/a_b_c`` is a link, and its underscores are no emphasis."""
    pos = state.pos
    if state.src[pos] != ":" or not state.src.startswith("://", pos) or state.linkLevel > 0:
        return False
    scheme = 5 if state.src[pos - 5 : pos].lower() == "https" else 4
    start = pos - scheme
    if start < 0 or (start > 0 and state.src[start - 1].isalnum()):
        return False
    match = _ADDRESS.match(state.src, start, state.posMax)
    if match is None:
        return False
    address = _trim_address(match[0])
    if len(address) <= scheme + 3:
        return False
    if not silent:
        pending = state.pending
        if not pending.endswith(state.src[start:pos]):
            return False
        state.pending = pending[:-scheme]
        token = state.push("link_open", "a", 1)
        token.attrs = {"href": state.md.normalizeLink(address)}
        token.info = "auto"
        state.push("text", "", 0).content = address
        state.push("link_close", "a", -1).info = "auto"
    state.pos = start + len(address)
    return True


def _parse_named_page(state: StateInline, silent: bool) -> bool:
    """``[[goal:speak]]`` leads to a page by its name, and says its title, or the words after ``|``."""
    pos = state.pos
    if not state.src.startswith("[[", pos) or state.linkLevel > 0:
        return False
    match = _NAMED_PAGE.match(state.src, pos, state.posMax)
    if match is None:
        return False
    if not silent:
        kind, name, words = match[1], match[2].strip(), (match[3] or "").strip()
        token = state.push("link_open", "a", 1)
        token.attrs = {"href": f"{kind}:{name}"}
        token.info = "named"
        text = state.push("text", "", 0)
        text.content = words or (f"@{name}" if kind == "person" else name)
        text.meta = {} if words else {"names": f"{kind}:{name}"}
        state.push("link_close", "a", -1).info = "named"
    state.pos = match.end()
    return True


def _mark_used_definitions(state: StateCore) -> None:
    """Note which ``[label]: address`` lines a link uses; the others are shown as text, for no word is lost."""
    if "references" not in state.env:
        return
    labels = {child.meta["label"] for token in state.tokens for child in token.children or () if "label" in child.meta}
    for token in state.tokens:
        if token.type == "definition" and token.meta["id"] in labels:
            token.meta["is_used"] = True
            labels.discard(token.meta["id"])
