"""Syntax: the process's one Markdown parser, with the few things people write that CommonMark does not know.

Bare web addresses become links, and ``#Kickoff`` without its space is a heading. Most lines of notes are prose:
they are told by their first character, and no rule is asked that cannot begin with it. What documents do with
the parser is in `headway.documents.markdown`.
"""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.common.utils import mdTrim
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from headway.patterns import compile_late

_HASHES = compile_late(r"(#{1,6})(?!\d{1,9}(?:[^\w]|$))([^\s#])")
_UNDERLINE = compile_late(r" {0,3}(?:-+|=+)[ \t]*$")
_MARKUP = compile_late(r"[\n!&*:<\[\\\]_`~](?<!:(?!//))(?<!!(?!\[))")
"""Where a rule for the inside of lines may begin; all else is text."""
_BOX = compile_late(r"\[[ xX]\][ \t]")
_OPENING = compile_late(
    r"[>#]|`{3}|~{3}|[-+*](?:[ \t\n]|\Z)|[0-9]{1,9}[.)](?:[ \t\n]|\Z)|[-_*][-_* \t]*(?:\n|\Z)|\[(?![ xX]\][ \t])"
)
"""What may begin another block than a paragraph, tables left out."""
_ADDRESS = compile_late(r"https?://[^\s<>\[\]\"`|\\\x00-\x20]+", re.IGNORECASE)
_PLAIN_ADDRESS = compile_late(r"https?://[a-z0-9.-]+(?:[/?#][\w/?#.~!$&'()*+,;=:@-]*)?", re.ASCII)
"""An address that is the same when it is normalised, as most are."""
NAMED_KINDS = ("goal", "meeting", "person")
"""What ``[[kind:name]]`` may lead to."""
_NAMED_PAGE = compile_late(r"\[\[(goal|meeting|person):([^\[\]|\n]{1,100})(?:\|([^\[\]\n]{1,200}))?\]\]")
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
    parser.block.ruler.before("table", "prose", _parse_prose)
    parser.block.ruler.at("paragraph", _parse_paragraph)
    parser.inline.ruler.after("text", "bare_address", _parse_bare_address)
    parser.inline.terminator_re = _MARKUP
    parser.disable(["lheading", "html_block", "html_inline"])
    parser.core.ruler.at("inline", _parse_inside)
    parser.normalizeLink = _normalize_address  # type: ignore[assignment, method-assign]
    parser.inline.ruler.before("link", "named_page", _parse_named_page)
    parser.core.ruler.push("used_definitions", _mark_used_definitions)
    return parser


def _normalize_address(address: str) -> str:
    return address if _PLAIN_ADDRESS.fullmatch(address) else normalizeLink(address)


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
    level, state.line = len(match[1]), line + (2 if is_underlined else 1)
    _push_block(state, f"h{level}", text[level:].rstrip().rstrip("#").rstrip(), (line, state.line), match[1])
    return True


def _push_block(state: StateBlock, tag: str, text: str, lines: tuple[int, int], markup: str = "") -> Token:
    """Add a heading's or a paragraph's tokens and return the one of its text."""
    kind = "paragraph" if tag == "p" else "heading"
    opening = state.push(f"{kind}_open", tag, 1)
    inline = state.push("inline", "", 0)
    closing = state.push(f"{kind}_close", tag, -1)
    opening.map, inline.map = list(lines), list(lines)
    opening.markup = closing.markup = markup
    inline.content, inline.children = text, []
    return inline


def _parse_prose(state: StateBlock, line: int, end_line: int, silent: bool) -> bool:
    """A line that can begin nothing else is a paragraph's, or an underlined heading's."""
    if state.is_code_block(line) or _may_open(state, line, end_line):
        return False
    return _parse_paragraph(state, line, end_line, silent)


def _may_open(state: StateBlock, line: int, end_line: int) -> bool:
    """Return whether another block than a paragraph may begin on a line; what makes a table is the line below."""
    if _OPENING.match(state.src, state.bMarks[line] + state.tShift[line]):
        return True
    below = line + 1
    return below < end_line and state.src.startswith(("|", "-", ":"), state.bMarks[below] + state.tShift[below])


def _parse_paragraph(state: StateBlock, line: int, end_line: int, silent: bool) -> bool:
    """A paragraph, or a heading above ``===`` or ``---``; below a whole paragraph the dashes are meant as a rule."""
    end, underline = _paragraph_end(state, line, end_line)
    text = mdTrim(state.getLines(line, end, state.blkIndent, False))
    is_heading = underline == "=" or (
        underline == "-" and not ("\n" in text or len(text) > _LONG_HEADING or text.endswith("."))
    )
    state.line = end + 1 if underline else end
    if is_heading:
        tag = "h1" if underline == "=" else "h2"
        _push_block(state, tag, text, (line, state.line), underline).map = [line, end]
        return True
    _push_block(state, "p", text, (line, end))
    if underline:
        rule = state.push("hr", "hr", 0)
        rule.markup, rule.map = "---", [end, state.line]
    return True


def _paragraph_end(state: StateBlock, line: int, end_line: int) -> tuple[int, str]:
    """Return the line after a paragraph's last one, and the character that underlines it, empty without."""
    interrupting = state.md.block.ruler.getRules("paragraph")
    outer, state.parentType = state.parentType, "paragraph"
    end, underline = line + 1, ""
    while end < end_line and not state.isEmpty(end):
        indent = state.sCount[end]
        if indent - state.blkIndent <= 3:
            if _has_underline(state, end - 1, end_line):
                underline = _line(state, end)[0]
                break
            is_interrupted = indent >= 0 and _may_open(state, end, end_line)
            if is_interrupted and any(rule(state, end, end_line, True) for rule in interrupting):
                break
        end += 1
    state.parentType = outer
    return end, underline


def _parse_inside(state: StateCore) -> None:
    """Parse the inside of lines; most have no markup, and are text."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        box = _BOX.match(token.content) if "references" not in state.env else None
        if token.content and _MARKUP.search(token.content, box.end() if box else 0) is None:
            token.children = [Token("text", "", 0, content=token.content)]
        else:
            token.children = []
            state.md.inline.parse(token.content, state.md, state.env, token.children)


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
