"""Marks: wins, thanks, feedback, decisions, blockers, questions, ideas and reframes that people mark by a word.

Also says which lines are for the partners only: every line and section labelled feedback or obstacles
(`headway.documents.private_lines`), also where no mark was understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from headway.documents.blocks import Block, Kind, is_inside
from headway.documents.labels import is_label, is_short_line, label_words, paragraph_lines
from headway.documents.names import NameBook
from headway.documents.note import Mark
from headway.documents.private_lines import join_ranges, private_ranges
from headway.documents.task_text import is_no_task
from headway.patterns import compile_late

_KINDS = {
    "win": "win", "wins": "win", "thanks": "thanks", "thank you": "thanks", "feedback": "feedback",
    "decision": "decision", "decisions": "decision", "blocker": "blocker", "blockers": "blocker",
    "question": "question", "questions": "question", "idea": "idea", "ideas": "idea",
    "reframe": "reframe", "reframes": "reframe", "reframed": "reframe",
}  # fmt: skip
_LABEL = compile_late(
    r"\W{0,8}(?P<kind>wins?|thanks|thank you|feedback|decisions?|blockers?|questions?|ideas?|reframed?s?)"
    r"(?P<who>[^\S\n][^:：\n]{1,120}|\([^()\n]{0,80}\))?[*_]{0,3}\s?[:：][*_]{0,3}(?:\s|$)",
    re.IGNORECASE,
)
_HANDLE = compile_late(r"(?<![\w.+-])@([^\W_][\w-]{0,60}(?:\.\w{1,30}){0,2})")
_ARROW = compile_late(r"\s*(?:-{1,2}>|→|=>|➜|⇒|\bto\b|\bfor\b)\s*")
_WORKED = compile_late(
    r"[*_\s]{0,4}(?:worked|works|worked well|went well|what worked|what went well|keep|good"
    r"|well)[*_]{0,3}\s?[:：][*_]{0,3}\s?",
    re.IGNORECASE,
)
_TRY = compile_late(
    r"[*_\s]{0,4}(?:try|to try|try next|next time|improve|to improve|change|better"
    r"|even better if)[*_]{0,3}\s?[:：][*_]{0,3}\s?",
    re.IGNORECASE,
)


def find_marks(
    blocks: Sequence[Block], book: NameBook, author: str | None
) -> tuple[tuple[Mark, ...], tuple[tuple[int, int], ...]]:
    """Return the marked lines of a note, and the ranges of lines (first, last) for the partners only.

    ``author`` is the id of whom "me" means, and gave feedback that names no giver.
    """
    reader = _Reader(blocks, book, author)
    marks = tuple(reader.marks())
    feedback = [(mark.line, mark.end_line) for mark in marks if mark.kind == "feedback"]
    return marks, join_ranges([*private_ranges(blocks), *feedback])


class _Label(Struct, frozen=True):
    kind: str
    who: str
    text: str


def _read_label(text: str) -> _Label | None:
    """Return the mark that a line starts with, or None."""
    match = _LABEL.match(text[:200])
    if match is None:
        return None
    kind = _KINDS.get(match["kind"].casefold(), match["kind"].casefold())
    who = (match["who"] or "").strip(" *_()")
    return _Label(kind, who, text[match.end() :].strip()) if kind in _KINDS.values() else None


class _Reader(Struct):
    blocks: Sequence[Block]
    book: NameBook
    author: str | None
    section: str | None = None
    level: int = 0
    label: _Label | None = None
    """A feedback section's own label: who gave it to whom."""

    def marks(self) -> Iterator[Mark]:
        """Yield the marks in the order of the note."""
        depth, holder = 0, None
        for at, block in enumerate(self.blocks):
            if holder is not None and not is_inside(self.blocks, at, holder):
                self.section, holder = None, None
            if block.kind is Kind.HEADING:
                yield from self.heading(at, block)
                depth = 0
            elif block.kind is Kind.RULE:
                self.section = None
            elif block.kind is Kind.PARAGRAPH and block.parent is None:
                yield from self.paragraph(at, block)
                depth = 0
            elif block.kind is Kind.ITEM:
                depth = depth or block.level
                found = self.item_label(at, block)
                if found is not None and self.opens(at, found):
                    self.section, holder, depth, self.label = found.kind, at, block.level + 1, None
                elif found is not None:
                    yield from self.mark(found, block.line, self.end(at), at)
                elif self.section and block.level <= depth and not is_no_task(block.text):
                    yield from self.section_item(at, block)

    def item_label(self, at: int, block: Block) -> _Label | None:
        found = _read_label(block.text)
        if found is None and is_label(block.text):
            kind = _KINDS.get(label_words(block.text))
            found = _Label(kind, "", "") if kind else None
        return found

    def opens(self, at: int, label: _Label) -> bool:
        """Return whether an item only labels the items inside it; feedback keeps its items together."""
        has_items = at + 1 < len(self.blocks) and self.blocks[at + 1].parent == at
        return not label.text and not label.who and label.kind != "feedback" and has_items

    def heading(self, at: int, block: Block) -> Iterator[Mark]:
        kind = _KINDS.get(label_words(block.text))
        label = _read_label(block.text) or _read_label(block.text + ":")
        if self.section is None or block.level <= self.level or kind:
            self.section, self.level, self.label = kind, block.level, None
        if label and label.who and label.kind == "feedback" and _HANDLE.search(label.who):
            self.section = None
            yield from self.mark(label, block.line, self.end(at), at)

    def paragraph(self, at: int, block: Block) -> Iterator[Mark]:
        for line in paragraph_lines(block):
            kind = _KINDS.get(label_words(line.text)) if is_label(line.text) or is_short_line(line.text) else None
            found = _read_label(line.text)
            if found and (found.text or found.who):
                follows = line.line == block.end_line and (found.kind == "feedback" or not found.text)
                yield from self.mark(found, line.line, self.end(at) if follows else line.line, at if follows else None)
            elif kind:
                self.section, self.level = kind, 7
            elif self.section and self.level == 7 and is_label(line.text):
                self.section = None

    def section_item(self, at: int, block: Block) -> Iterator[Mark]:
        """Yield an item of a section such as Wins; in Thanks and Feedback, whom it starts with."""
        kind = self.section or ""
        head, colon, rest = block.text.partition(":")
        who = head if colon and len(head) < 120 and (_HANDLE.search(head) or self.person(head)) else ""
        yield from self.mark(_Label(kind, who, rest.strip() if who else block.text), block.line, self.end(at), at)

    def end(self, at: int) -> int:
        """Return the last line of what belongs to a block: its items, or the list right after it."""
        last = self.blocks[at].end_line
        for under in self.under(at):
            last = max(last, self.blocks[under].end_line)
        return last

    def under(self, at: int) -> Iterator[int]:
        """Yield the blocks inside an item, or of the list right after a paragraph or heading."""
        is_item = self.blocks[at].kind is Kind.ITEM
        for index in range(at + 1, len(self.blocks)):
            block = self.blocks[index]
            if is_item and not is_inside(self.blocks, index, at):
                return
            if not is_item and (block.kind is not Kind.ITEM or _read_label(block.text) is not None):
                return
            yield index

    def mark(self, label: _Label, line: int, end_line: int, at: int | None) -> Iterator[Mark]:
        """Yield the mark of a label, unless it says nothing or thanks nobody that we know."""
        if label.kind == "feedback":
            if label.who and not any(self.people(part) for part in _ARROW.split(label.who)):
                return  # feedback on a thing, as in "Feedback on the docs: ..."
            giver, people = self.feedback_people(label)
            worked, to_try = self.worked_and_try(at, label)
            if label.text or worked or to_try:
                yield Mark("feedback", line, end_line, label.text, giver, people, worked, to_try)
            return
        if label.kind == "thanks":
            people = self.people(label.who or label.text)
            if label.who and not people:
                return
            if people or label.text:
                yield Mark("thanks", line, end_line, label.text, self.author, people)
            return
        if label.who and not self.people(label.who):
            return
        if label.text and not is_no_task(label.text):
            giver = next(iter(self.people(label.who)), None)
            yield Mark(label.kind, line, end_line, label.text, giver)

    def people(self, text: str) -> tuple[str, ...]:
        """Return the people that handles name in a text, or else the one whose name it is."""
        handles = _HANDLE.findall(text[:400])
        found = [self.book.match_person("@" + handle) for handle in handles]
        if not handles and len(text) < 80:
            found = [self.person(part) for part in re.split(r",| and | & ", text)]
        return tuple(dict.fromkeys(person for person in found if person))

    def person(self, text: str) -> str | None:
        words = label_words(text)
        return self.book.match_speaker(text, self.author) if words and len(words.split()) <= 4 else None

    def feedback_people(self, label: _Label) -> tuple[str | None, tuple[str, ...]]:
        """Return who gave feedback and to whom: ``@grace -> @ada``, ``for @ada``, ``from @grace``."""
        parts = _ARROW.split(label.who)
        if len(parts) > 1:
            giver = next(iter(self.people(parts[0].removeprefix("from ").strip())), None) or self.author
            return giver, self.people(" ".join(parts[1:]))
        if label.who.casefold().startswith(("from ", "by ")):
            return next(iter(self.people(label.who.split(" ", 1)[1])), None), ()
        return self.author, self.people(label.who)

    def worked_and_try(self, at: int | None, label: _Label) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return what worked and what to try from the items under a feedback label."""
        worked: list[str] = []
        to_try: list[str] = []
        target: list[str] | None = None
        for line in self.feedback_lines(at):
            for pattern, into in ((_WORKED, worked), (_TRY, to_try)):
                if match := pattern.match(line):
                    target, line = into, line[match.end() :].strip()
                    break
            else:
                if label_words(line) in ("worked", "try", "to try", "what worked"):
                    target, line = (worked if "worked" in label_words(line) else to_try), ""
            if target is not None and line:
                target.append(line)
        return tuple(worked), tuple(to_try)

    def feedback_lines(self, at: int | None) -> Iterator[str]:
        for index in self.under(at) if at is not None else ():
            yield from (line for line in self.blocks[index].text.split("\n") if line.strip())
