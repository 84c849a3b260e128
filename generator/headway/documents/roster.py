"""Rosters: lines of names taken apart, and what the entries of a note's lists come to.

`NameBook` says whose names they are, `headway.documents.attendance` where lists stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec import Struct, field

from headway.documents.blocks import Block
from headway.documents.clauses import without_clause
from headway.documents.labels import inline_label, paragraph_lines, split_labels
from headway.documents.names import (
    SELF,
    NameBook,
    fold_name,
    is_everybody,
    is_title,
    read_name,
)
from headway.documents.note import Attendance
from headway.documents.plain import plain_entities, plain_text
from headway.documents.section_words import NOTHING
from headway.documents.words import AND
from headway.patterns import compile_late

# Each begins with one class of characters, so that prose is searched at its fastest.
_BETWEEN = rf"[\s&,;，、•·](?:(?<=[,;，、•·])|(?<=\s)(?:and|&|\+|plus|[/|]|(?-i:{AND}))\s|(?<=[&\n]))"
_SEPARATOR = compile_late(_BETWEEN, re.IGNORECASE)
_SEPARATOR_OR_BRACKET = compile_late(rf"[([<]|[)\]>]|{_BETWEEN}", re.IGNORECASE)
_LAST_INITIAL = compile_late(r"\s[A-Z]\.$")
_LEADING_AND = compile_late(rf"(?:and|&|plus|(?-i:{AND}))\s", re.IGNORECASE)
_PLACEHOLDER = compile_late(
    r"(?:n/?a|none|nobody|no ?one|tbd|tba|tbc|names?|your ?name(?: ?here)?|add ?your ?name.{0,20}"
    r"|attendee names?|attendees?|participants?|someone|person|other|others"
    r"|add (?:your|yourself).{0,60}|please add.{0,60}|list of .{0,40}|fill in.{0,40}|enter .{0,40}"
    r"|insert .{0,40}|name here|name surname"
    r"|first ?name last ?name|github ?(?:handle|username|id)|handle|username|\d+|see .{0,60}|-+|\.{2,}|…|x"
    r"|xx+|yes|no|unknown|various|(?:and )?others?|et al)$"
)
_SIGN_BEFORE = compile_late(
    r"\s{0,3}(?:(?P<yes>:(?:white|heavy)_check_mark:|[✓✔✅☑]\ufe0f?)|:x:|[❌✗✘✖]\ufe0f?)\s{0,3}(?=\S)"
)
_ALL_BUT = compile_late(
    r"[*_\s]{0,4}(?:all|everyone|everybody|alle|tous|toutes|todos|tutti|iedereen|alla)(?: members)?(?: present)?,?\s"
    r"(?:except|but|apart from|bar|save|minus|außer|sauf|salvo|excepto|exceto|menos|tranne|behalve|utom|unntatt)"
    r"(?: for)?\s(?=\S)",
    re.IGNORECASE,
)
_CHIPS = compile_late(r"\)\s{1,3}(?=\[)")
"""Between two links: an editor's chips for people stand side by side without a comma."""
_LINKED = compile_late(r"\]\(https?://")
_BREAK = compile_late(r"<br\s{0,3}/?>", re.IGNORECASE)
_MAX_NAMES = 500
_AWAY = compile_late(
    r"(?::\s?|\s[-–—]\s)(?:absent|regrets|apologies|excused|not present|no show"
    r"|no (?:answer|reply|response)|keine antwort|entschuldigt|excusée?)$|"
    r"\((?:absent|regrets?|apologies|not present|excused|away|sick|no.?show|did not attend|(?:out|no|n)(?=\))|on leave"
    r"|on holiday|on vacation|unavailable|not there|not here|could ?n[o'’]t|entschuldigt|abwesend|excusée?|absente?"
    r"|ausente|assente|afwezig|verhinderd|frånvarande|fraværende)\b",
    re.IGNORECASE,
)
_SENT_REGRETS = compile_late(
    r"[.;]\s{1,3}(?:(?:apologies|regrets)\sfrom\s(?P<from>[^.;\n]{1,120})"
    r"|(?P<names>[^.;\n]{1,80}?)\s(?:sent|sends|with)\s(?:apologies|regrets))\.?$",
    re.IGNORECASE,
)
_THERE = compile_late(r"(?:here|present|there|aye|anwesend|présente?|presente)(?:[,;!.]|$)", re.IGNORECASE)
_NO_GUEST = compile_late(
    r"(?:we|they|it|there|nobody|this|that|a|an|no)\s|(?:[\w.-]{1,20}\s){0,3}(?:chair(?:man|woman|person)?|treasurer"
    r"|secretary|president|director|manager|officer|coordinator|clerk|librarian|moderator|facilitator|scribe)$",
    re.IGNORECASE,
)
"""A sentence or an office: what stands between names and is nobody's."""


class Entry(Struct, frozen=True):
    """One name as written, and whether that person was there; ``is_ticked`` where it has a box."""

    text: str
    is_present: bool = True
    is_ticked: bool | None = None


class ListReader(Struct):
    """What was found so far: the entries, the blocks that held them, and whether there was a list at all."""

    blocks: Sequence[Block]
    book: NameBook
    author: str | None
    entries: list[Entry] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    is_known: bool = False

    def person(self, text: str) -> str | None:
        return self.book.match_speaker(text, self.author)

    def is_name(self, text: str) -> bool:
        return self.person(text) is not None or fold_name(text) in SELF

    def add(self, text: str, is_present: bool, is_ticked: bool | None = None, cut: bool = False) -> None:
        """Add the names in a text; ``cut``: what follows a comma is somebody's role unless it is a name we know."""
        if is_present and (rest := _ALL_BUT.match(text)):
            self.entries.append(Entry("all"))
            is_present, text = False, text[rest.end() :]
        if ";" in text and ";" in (text := plain_entities(text)):
            text = _without_offices(_turned(text, self.is_name), self.is_name)
        if sign := _SIGN_BEFORE.match(text):
            is_ticked, text = sign["yes"] is not None, text[sign.end() :]
        parts = [half for part in split_names(text) for half in _split_handles(part)]
        if cut and len(parts) > 1:
            handles = [part for part in parts[1:] if part.startswith("@") and not parts[0].startswith("@")]
            if not any(self.is_name(part) for part in parts[1:] if part not in handles[:1]):
                parts = [" ".join([parts[0], *(f"({handle})" for handle in handles[:1])])]
        for part in [half for whole in parts for half in self.halves(whole)]:
            name, is_away = without_clause(part, self.is_name)
            is_away |= _AWAY.search(part) is not None or (part.strip()[:2] == part.strip()[-2:] == "~~")
            self.entries.append(Entry(name, is_present and not is_away, is_ticked))

    def take(self, at: int, text: str, kind: bool, cut: bool = False) -> None:
        """Add the names of a line of the block at ``at``; ``cut`` as in `add`."""
        self.is_known = True
        self.used.add(at)
        if sent := _SENT_REGRETS.search(text):
            self.add(sent["from"] or sent["names"], False)
            text = text[: sent.start()]
        for part, part_kind in split_labels(text, kind):
            self.add(part.rstrip("*_ )" if part.count(")") > part.count("(") else "*_ "), part_kind, cut=cut)

    def are_names(self, text: str) -> bool:
        """Return whether a line holds names only."""
        parts = split_names(text.rstrip("*_, "))
        return bool(parts) and all(self.is_name(part) or is_person_like(part) or is_placeholder(part) for part in parts)

    def is_one_a_line(self, block: Block) -> bool:
        """Return whether each line is one person, ``Ana Bell, Hill College, @ana``: nobody we know is behind commas."""
        parts = [split_names(line.text) for line in paragraph_lines(block) if not inline_label(line.text)]
        behind = [part for line in parts for part in line[1:] if not part.startswith("@")]
        if len(parts) < 2 or not behind or len(behind) > 200:
            return False
        return any(self.is_name(line[0]) for line in parts if line) and not any(map(self.is_name, behind))

    def halves(self, part: str) -> Sequence[str]:
        """Split at a slash or a full stop where each half is somebody we know: ``Ana/Bo``, ``Ana. Bo``."""
        for separator in ("/", ". "):
            if separator in part and len(part) < 200 and not self.is_name(part):
                halves = [half.strip() for half in plain_text(part)[0].split(separator)]
                if all(self.is_name(half) for half in halves):
                    return halves
                if separator == ". " and self.is_name(halves[0]):
                    return halves[:1]  # a sentence follows
        return (part,)

    def attendance(self) -> Attendance:
        """Return whom the entries name, each once, in the order of the note."""
        present: dict[str, bool] = {}
        everybody: dict[str, bool] = {}
        guests: dict[str, None] = {}
        absent: dict[str, None] = {}
        has_ticks = any(entry.is_ticked for entry in self.entries)
        for entry in self.entries:
            was_there = entry.is_present and not (has_ticks and entry.is_ticked is False)
            if was_there and is_everybody(read_name(entry.text).name):
                everybody = dict.fromkeys((member.id for member in self.book.members), True)
            elif person := self.person(entry.text):
                if was_there:
                    present[person] = True
                else:
                    absent[person] = None
            elif (guest := guest_name(entry.text)) and was_there:
                guests[guest] = None
        present.update((member, True) for member in everybody if member not in absent)
        if not self.is_known or not (present or guests or absent):
            return Attendance()
        is_known = bool(present or guests)
        return Attendance(is_known, tuple(present), tuple(guests), tuple(p for p in absent if p not in present))


def _split_handles(part: str) -> Sequence[str]:
    """Return ``@ana @bo`` as two."""
    words = part.split()
    return words if len(words) > 1 and all(word.startswith("@") for word in words) else (part,)


def _turned(text: str, is_name: Callable[[str], bool]) -> str:
    """Return ``Byron, Ada; Hopper, Grace`` with first names first, where somebody we know is so written."""
    pairs = [[half.strip() for half in part.split(",")] for part in text.split(";")]
    names = [f"{pair[1]} {pair[0]}" for pair in pairs if len(pair) == 2]
    return "; ".join(names) if len(names) == len(pairs) < _MAX_NAMES and any(map(is_name, names)) else text


def _without_offices(text: str, is_name: Callable[[str], bool]) -> str:
    """Return ``Ada Byron, Chair; Grace Hopper, Treasurer`` without the offices."""
    halves = [part.split(",", 1) for part in text.split(";")[:_MAX_NAMES]]
    # Where nobody is known, ``Byron, Ada`` is told from ``Ada Byron, Chair`` by its single word.
    if not any(is_name(half[0]) for half in halves) and any(len(half[0].split()) < 2 for half in halves):
        return text
    return "; ".join(
        half[0] if len(half) > 1 and is_person_like(half[0], strict=True) and not is_name(half[1]) else ",".join(half)
        for half in halves
    )


def has_separator(text: str) -> bool:
    """Return whether a text could be split into names."""
    return _SEPARATOR.search(text) is not None


def split_names(text: str) -> list[str]:
    """Return the names in a text, split at commas, semicolons, ``&``, ``and``; not inside brackets.

    Where there are more than anybody could look over, the first of them.
    """
    text = _CHIPS.sub("), ", text) if "](" in text else text
    text = _BREAK.sub(", ", text) if "<" in text else text
    parts = _split_outside_brackets(plain_entities(text).strip())[:_MAX_NAMES]
    return [name for part in parts if (name := _strip_points(_without_and(part)))]


def _split_outside_brackets(text: str) -> list[str]:
    opened = text.count("(") + text.count("[") + text.count("<")
    if not opened or opened != text.count(")") + text.count("]") + text.count(">"):
        return _SEPARATOR.split(text)
    parts: list[str] = []
    start, depth = 0, 0
    for match in _SEPARATOR_OR_BRACKET.finditer(text):
        if match[0] in "([<":
            depth += 1
        elif match[0] in ")]>":
            depth = max(0, depth - 1)
        elif not depth:
            parts.append(text[start : match.start()])
            start = match.end()
    return [*parts, text[start:]]


def _strip_points(part: str) -> str:
    """Return the part without the points around it; the one of an initial at the end belongs to the name."""
    part = part.strip(" \t,;:")
    return part.lstrip(".") if _LAST_INITIAL.search(part) else part.strip(" \t,;.:")


def _without_and(part: str) -> str:
    """Return the part without the ``and`` that a comma left before it."""
    part = part.strip()
    match = _LEADING_AND.match(part)
    return part[match.end() :] if match else part


def says_there(answer: str) -> bool:
    """Return whether somebody's answer to a roll call says that they are there: ``here, from minute 15``."""
    return _THERE.match(answer) is not None


def is_placeholder(text: str) -> bool:
    """Return whether a template left this where a name should stand."""
    plain = plain_text(text)[0].strip()
    if not plain or (plain[0] in "<{[" and plain[-1] in ">}]"):
        return True
    words = plain.casefold().strip(" .…!()[]{}<>_-–—:@?")
    return (
        not any(letter.isalnum() for letter in words)
        or words in NOTHING
        or (len(words) < 80 and _PLACEHOLDER.match(words) is not None)
    )


def is_person_like(text: str, strict: bool = False) -> bool:
    """Return whether a text could be somebody's name: a few words, no address, no sentence.

    ``strict``: each word begins with a capital letter, or it is a handle.
    """
    if "://" in _LINKED.sub("](", text) or "www." in text or len(text) > 300:
        return False
    written = read_name(text)
    words = written.name.split()
    if not words:
        return bool(written.handles)
    if len(words) > 5 or len(written.name) > 60 or not any(letter.isalpha() for letter in written.name):
        return False
    if sum(letter.isdigit() for letter in written.name) > 4:
        return False
    capitals = [word[:1].isupper() or not word[:1].isascii() for word in words]
    capitals[0] = capitals[0] or any(map(is_title, words[:-1]))
    if strict:
        return all(capitals) and len(words) <= 4
    return len(words) == 1 or capitals[0] or bool(written.handles)


def guest_name(text: str) -> str:
    """Return a name that matches nobody as it was written, without role and links; nothing for a template's remnant."""
    if is_placeholder(text) or not is_person_like(text):
        return ""
    written = read_name(text)
    if _NO_GUEST.match(written.name):
        return ""
    return written.name or (f"@{written.handles[0]}" if written.handles else "")
