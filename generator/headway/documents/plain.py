"""Plain text: a line without its emphasis, links, tags and entities, as a reader of the page sees it."""

from __future__ import annotations

import re
from html import unescape

from headway.documents.loose import strip_comments
from headway.patterns import compile_late

_LINK = compile_late(r"!?\[((?:[^\[\]]|\[[^\[\]]{0,80}\]){0,300})\]\(([^()\s]{0,500})[^()]{0,200}\)")
_HOST_HANDLE = compile_late(r"https?://(?:www\.)?(?:github|gitlab|twitter|x)\.com/@?([\w-]{1,60})/?$")
_TAG = compile_late(r"<[^<>\n]{0,300}>")
_ENTITY = compile_late(r"&(?:nbsp|amp|ndash|mdash|quot|#\d{1,6});")
_INVISIBLE = str.maketrans("", "", "\u200b\u200c\u200d\ufeff\u00ad")
_UNDERSCORES = compile_late(r"_+")


def plain_text(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text without emphasis, links, tags and pictures, and the handles its links lead to."""
    text = strip_comments(text)
    linked: list[str] = []
    if "](" in text:
        for target in _LINK.findall(text):
            linked += _HOST_HANDLE.findall(target[1])
        text = _LINK.sub(r"\1", text)
    text = _TAG.sub(_tag_text, text) if "<" in text else text
    text = text.replace("*", "").replace("`", "").replace("~", "").replace("\\", "")
    text = plain_entities(text)
    text = text if text.isascii() else text.translate(_INVISIBLE)
    text = _UNDERSCORES.sub(_inner_underscores, text) if "_" in text else text
    return text.strip(), tuple(linked)


def plain_entities(text: str) -> str:
    """Return the text with ``&nbsp;`` and its like as the characters they stand for."""
    return _ENTITY.sub(lambda match: unescape(match[0]), text) if "&" in text else text


def _inner_underscores(match: re.Match[str]) -> str:
    """Keep underscores inside a word, `agata_krych`; those around one are emphasis."""
    text, start, end = match.string, match.start(), match.end()
    is_inner = start > 0 and end < len(text) and text[start - 1].isalnum() and text[end].isalnum()
    return match[0] if is_inner else ""


def _tag_text(match: re.Match[str]) -> str:
    """Keep a handle in angle brackets, ``<@ada>``; addresses and tags go."""
    inner = match[0][1:-1]
    return inner if inner.startswith("@") else " "
