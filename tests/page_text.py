"""Reading pages as a visitor does: their words, their links. Used by several tests."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import unquote

WORD = re.compile(r"[^\W_]+")
SPOKEN = ("href", "src", "alt", "title", "datetime", "data-language", "class")


class PageText(HTMLParser):
    """The text of a page, its attributes that say something, its links and its anchors."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value is None:
                continue
            if name in ("href", "src"):
                self.links.append(value)
                self.texts.append(unquote(value))
            if name in SPOKEN:
                self.texts.append(value)
            if name == "id":
                self.anchors.add(value)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def words(self) -> set[str]:
        return {word.casefold() for text in self.texts for word in WORD.findall(text)}


MARKERS = re.compile(r"(?m)^[ \t>]*(?:\d{1,9}[.)][ \t]+)?|\[[xX]\]")
"""What Markdown turns into shapes instead of words: the numbers of lists, the ticks of boxes."""


def source_words(note: str) -> set[str]:
    """The words that somebody wrote in a note, without its closed front matter."""
    body = re.sub(r"\A\ufeff?---[ \t]*\r?\n.*?\r?\n---[ \t]*(\r?\n|\Z)", "", note, count=1, flags=re.S)
    return {word.casefold() for word in WORD.findall(unquote(unescape(MARKERS.sub(" ", body))))}
