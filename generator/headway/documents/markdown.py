"""Markdown: one parser for recognising and for rendering; raw HTML stays text."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token


@cache
def markdown_parser() -> MarkdownIt:
    """Return the process's one Markdown parser."""
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def parse_markdown(text: str) -> list[Token]:
    """Return the block tokens of a note's body; their maps count lines of ``text`` from 0."""
    return markdown_parser().parse(text)
