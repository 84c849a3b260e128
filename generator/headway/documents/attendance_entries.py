"""Attendance entries: the names that a note's lists hold, as written, with who was there and who was not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from headway.documents.blocks import Block
from headway.documents.names import NameBook, plain_text
from headway.documents.roster import split_names
from headway.documents.sections import label_words

_AWAY = re.compile(
    r"\((?:absent|regrets?|apologies|not present|excused|away|sick|no.?show|did not attend)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One name as written, and whether that person was there; ``is_ticked`` where it has a box."""

    text: str
    is_present: bool = True
    is_ticked: bool | None = None


@dataclass
class ListReader:
    """What was found so far: the entries, the blocks that held them, and whether there was a list at all."""

    blocks: Sequence[Block]
    book: NameBook
    author: str | None
    entries: list[Entry] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    is_known: bool = False

    def person(self, text: str) -> str | None:
        if label_words(text) in ("me", "i", "myself"):
            return self.author or self.book.only_mentee
        return self.book.match_person(text)

    def is_name(self, text: str) -> bool:
        return self.person(text) is not None or label_words(text) in ("me", "i", "myself")

    def add(self, text: str, is_present: bool, is_ticked: bool | None = None, cut: bool = False) -> None:
        """Add the names in a text; ``cut``: what follows a comma is somebody's role unless it is a name we know."""
        parts = split_names(text)
        if cut and len(parts) > 1 and not any(self.is_name(part) for part in parts[1:]):
            parts = parts[:1]
        for part in [half for whole in parts for half in self.halves(whole)]:
            is_struck = part.strip().startswith("~~") and part.strip().endswith("~~")
            self.entries.append(Entry(part, is_present and not is_struck and not _AWAY.search(part), is_ticked))

    def halves(self, part: str) -> Sequence[str]:
        """Split at a slash or a full stop where each half is somebody we know: ``Ana/Bo``, ``Ana. Bo``."""
        for separator in ("/", ". "):
            if separator in part and len(part) < 200 and not self.is_name(part):
                halves = [half.strip() for half in plain_text(part)[0].split(separator)]
                if all(self.is_name(half) for half in halves):
                    return halves
        return (part,)


def take(reader: ListReader, at: int, text: str, kind: bool) -> None:
    reader.is_known = True
    reader.used.add(at)
    reader.add(text.rstrip("*_ "), kind)
