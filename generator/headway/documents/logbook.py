"""Logbooks: where in one growing file each meeting begins.

A dated heading begins a meeting, and so does a line of its own that is a date or begins or ends with one;
lists, tables, code, quotes and running prose begin nothing. What an entry then says is read like any note,
in `headway.documents.notes`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from headway.documents.blocks import Block, Kind
from headway.documents.dates import DateFault, FoundDate, find_date
from headway.documents.said import bare
from headway.documents.words import AND, DATE, NEXT, TIME, WEEKDAYS
from headway.patterns import compile_late

_DATE_LABEL = compile_late(
    rf"(?:meeting[ \t]{{1,3}})?(?:date|when|day|{DATE})"
    rf"(?:[ \t]{{0,2}}(?:&|/|\+|\b(?:and|{AND})\b)[ \t]{{0,2}}(?:time|{TIME}))?"
    r"[ \t]{0,3}[:：]{0,2}[ \t]{0,3}",
    re.IGNORECASE,
)
_WEEKDAY = compile_late(
    rf"(?:(?:on|am|le|el|den)[ \t])?\b(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?|{WEEKDAYS})"
    r"\b[.,]?[ \t]{0,3}(?:(?:the|den)[ \t])?$",
    re.IGNORECASE,
)
_ELSEWHEN = compile_late(
    rf"\b(?:{NEXT})[ \t]|"
    r"\b(?:next|last|previous|prior|upcoming|following)[ \t]{1,3}"
    r"(?:meeting|session|call|time|chat|catch|check|one|sync|steps?|date|week|month)\b"
    r"|\b(?:actions?|action[ \t](?:items?|points?)|tasks?|to-?dos?|goals?|plans?|steps?|follow[ -]?ups?|homework)"
    r"[ \t]{1,3}"
    r"(?:for|from|by|until|before|due|since)\b"
    r"|\b(?:due|deadline|until|by|before|since|after|updated|edited|created|next|review(?:ed)?[ \t]on)[ \t:(]{0,3}$",
    re.IGNORECASE,
)
_ENDS_IN_PROSE = compile_late(
    r"(?:^|[ \t])(?:on|of|in|at|for|from|to|and|or|is|was|are|the|till|around|about|than|with|this|as"
    r"|em|vom|zum|im|au|op|på)[ \t]*$",
    re.IGNORECASE,
)
_MEETING_WORD = compile_late(
    r"meeting|session|call\b|check.?in|catch.?up|sync|entry|stand.?up|kick.?off|chat", re.IGNORECASE
)
_MINUTES_OF = compile_late(
    r"(?:minutes|notes|meeting|session|minutes of the meeting|protokoll|notizen|acta|notas|ata|notulen|verslag"
    r"|compte[- ]rendu)[ \t](?:of|from|for|vom|von|de la|del?|du|van)(?:[ \t](?:the|día|den))?$",
    re.IGNORECASE,
)
_YEAR_HEADING = compile_late(
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[ \t,]{1,3})?((?:19|20)\d\d)$", re.IGNORECASE
)
_ANY_YEAR = compile_late(r"(?<!\d)(20\d\d)(?!\d)")
MAX_ENTRIES = 1_000
"""Meetings that one logbook may tell of: each becomes a page. The longest of many real ones has 95."""
_AROUND = " \t()[]{}<>:,.;|-–—#=•"
_LONG_LINE = 120
_MANY_WORDS = 8


class Entry(Struct, frozen=True):
    """One meeting of a logbook: its first line, and the line that dates it with what was found there.

    ``on`` is its day once years are settled. ``title`` is the line's Markdown where the line names the
    meeting, None where it is only a date; ``title_line`` is where that stands. ``beside`` is what stands
    after the date.
    """

    line: int
    dated_line: int
    found: FoundDate
    on: date | None
    title: str | None = None
    title_line: int | None = None
    beside: str = ""
    level: int = 0
    """The heading's level, 0 for a line."""


def is_date_label(text: str) -> bool:
    """Whether a line is ``Date: ...``, ``When ...``, ``Meeting Date/Time: ...``."""
    words = bare(text[:200])
    label = _DATE_LABEL.match(words)
    if label is None or label.end() == len(words):
        return False
    found = find_date(words[label.end() :], "dmy", 2024)
    return found is not None and not _before(words[label.end() :], found)


def is_whole_date(text: str) -> bool:
    """Whether a line is nothing but a date: with its weekday, brackets, emphasis, time."""
    words = bare(text[:200])
    found = find_date(words, "dmy", 2024)
    return found is not None and not _before(words, found) and not _after(words, found)


def _before(words: str, found: FoundDate) -> str:
    return _WEEKDAY.sub("", words[: found.start].rstrip(_AROUND)).strip(_AROUND)


def _after(words: str, found: FoundDate) -> str:
    rest = words[found.end :].strip(_AROUND)
    return re.sub(
        r"^[\d:., \t–-]{0,20}(?:[ap]\.?m\.?)?[ \t]{0,2}(?:utc|gmt|[A-Z]{2,4}T)?$", "", rest, flags=re.IGNORECASE
    )


def names_other_day(before: str) -> bool:
    """Whether the words before a date say that it is another day's: "next meeting", "actions from", "due"."""
    return _ELSEWHEN.search(before) is not None


def find_entries(
    blocks: Sequence[Block], date_order: str | None, places: Collection[int] | None = None
) -> tuple[Entry, ...]:
    """Return the meetings of a logbook in the order they stand there, with their years settled.

    An entry without a day has ``on`` None and says why in ``found.fault``. ``places`` are the lines where one
    may begin; None is all of them.
    """
    found = _Finder(blocks, date_order).find()
    return _settle_years([entry for entry in found if places is None or entry.line in places], blocks)


class _Finder:
    def __init__(self, blocks: Sequence[Block], date_order: str | None) -> None:
        self.blocks, self.date_order = blocks, date_order
        self.entries: list[Entry] = []

    def find(self) -> list[Entry]:
        for at, block in enumerate(self.blocks):
            if block.parent is not None:
                continue
            if len(self.entries) > 2 * MAX_ENTRIES:  # some of them may be where a text cannot be cut
                break
            if block.kind is Kind.HEADING:
                self.take_heading(at, block)
            elif block.kind is Kind.PARAGRAPH:
                self.take_paragraph(at, block)
        return self.entries

    def take_heading(self, at: int, block: Block) -> None:
        words = bare(block.text)
        found = find_date(words, self.date_order)
        if found is None or names_other_day(words[: found.start]):
            return
        before, after = _before(words, found), _after(words, found)
        if found.lacks_year and before and after:
            return
        last = self.entries[-1] if self.entries else None
        is_inside = last is not None and block.level > last.level > 0
        if is_inside and last and (last.found.text == found.text or _ENDS_IN_PROSE.search(words[: found.start])):
            return
        self.begin(at, block.line, found, block.text, words[found.end :], block.level)

    def take_paragraph(self, at: int, block: Block) -> None:
        lines = block.text.split("\n")
        for number, (line, text) in enumerate(enumerate(lines, block.line)):
            words = bare(text[:400])
            found = find_date(words, self.date_order)
            if found is None:
                continue
            if is_date_label(text):
                self.take_label(at, number, lines, found)
            elif is_whole_date(text):
                if not self.repeats(at, number, text, found):
                    self.begin(at, line, found, None, "")
            elif number == 0 and self.names_meeting(words, found, lines):
                after = _after(words, found)
                is_title = len(words) <= _LONG_LINE and len(after.split()) <= _MANY_WORDS and not words.endswith(".")
                self.begin(at, line, found, text if is_title else None, words[found.end :])

    def names_meeting(self, words: str, found: FoundDate, lines: Sequence[str]) -> bool:
        """Whether a paragraph's first line begins or ends with a date as a title does, not as prose does."""
        before, after = _before(words, found), _after(words, found)
        if "|" in words or names_other_day(words[: found.start]) or names_other_day(after[:60]):
            return False
        if len(lines) > 1 and lines[1][:1].islower():
            return False
        if not before:
            separator = words[found.end :].lstrip(" \t)]")[:2]
            if lines[0].startswith(("**", "__")) and lines[0].rstrip(" :").endswith(("**", "__")):
                return len(words) <= _LONG_LINE
            if separator[:1] in (":", "–", "—", "(", "|") or separator in ("- ", "--"):
                return True
            return len(after.split()) <= _MANY_WORDS and not words.endswith((".", "!", "?")) and separator[:1] != ","
        if after or len(words) > _LONG_LINE or len(before.split()) > _MANY_WORDS:
            return False
        lead = _WEEKDAY.sub("", words[: found.start].rstrip(" \t([")).rstrip()
        if lead.endswith(":"):
            return _MEETING_WORD.search(lead) is not None
        return _MINUTES_OF.match(lead) is not None or (". " not in lead and not _ENDS_IN_PROSE.search(lead))

    def take_label(self, at: int, number: int, lines: Sequence[str], found: FoundDate) -> None:
        """``Date: ...`` begins a meeting, with the title right above it, unless it dates the one just begun."""
        line = self.blocks[at].line + number
        if self.repeats(at, number, lines[number], found):
            return
        if number == 1 and len(lines[0]) <= _LONG_LINE:
            if not (self.entries and self.entries[-1].line == line - 1):
                self.begin(at, line - 1, found, lines[0], "", dated_line=line)
            return
        if number == 0:
            self.begin(at, line, found, None, "")

    def repeats(self, at: int, number: int, text: str, found: FoundDate) -> bool:
        """Whether a date belongs to the meeting just begun: the same day, or nothing between them."""
        if not self.entries:
            return False
        last = self.entries[-1]
        line = self.blocks[at].line + number
        is_same = last.found.on == found.on and (found.on is not None or last.found.text == found.text)
        is_label = is_date_label(text)
        is_next = number == 0 and last.dated_line != line and self.follows(at, last.dated_line)
        return (is_same and (is_label or is_next)) or (is_label and is_next and last.level > 0)

    def follows(self, at: int, line: int) -> bool:
        """Whether there is nothing but rules between a line and a block."""
        above = at - 1
        while above >= 0 and self.blocks[above].line > line and self.blocks[above].kind is Kind.RULE:
            above -= 1
        return above < 0 or self.blocks[above].line <= line

    def begin(
        self, at: int, line: int, found: FoundDate, title: str | None, beside: str, level: int = 0, dated_line: int = 0
    ) -> None:
        """Start a meeting, with the heading right above that belongs to it."""
        title_line = line if title is not None else None
        dated_line = dated_line or line
        above = self.heading_above(at) if line == self.blocks[at].line else None
        if above is not None:
            heading = self.blocks[above]
            text = bare(heading.text)
            if _YEAR_HEADING.match(text):
                line = heading.line
            elif not level and (is_date_label(self.blocks[at].text.split("\n")[0]) or self.is_title(above, title)):
                line, title, title_line, level = heading.line, heading.text, heading.line, heading.level
        self.entries.append(Entry(line, dated_line, found, found.on, title, title_line, beside, level))

    def heading_above(self, at: int) -> int | None:
        """Return the index of the undated heading with nothing between it and this block, or None."""
        if at == 0 or self.blocks[at - 1].kind is not Kind.HEADING:
            return None
        heading = self.blocks[at - 1]
        return at - 1 if not any(entry.dated_line == heading.line for entry in self.entries[-1:]) else None

    def is_title(self, above: int, title: str | None) -> bool:
        """Whether a heading above a line that is only a date is its meeting's title, not the logbook's own."""
        return title is None and above > 0 and self.blocks[above].level == 1


def _settle_years(entries: Sequence[Entry], blocks: Sequence[Block]) -> tuple[Entry, ...]:
    """Give the dates without a year one: from a heading that is a year, else from their neighbours."""
    settled = list(entries)
    years = _heading_years(blocks)
    for number, entry in enumerate(settled):
        above = bisect_right(years, (entry.dated_line, 0)) - 1
        if entry.found.fault is DateFault.NO_YEAR and above >= 0:
            settled[number] = replace(entry, on=entry.found.in_year(years[above][1]))
    if not any(entry.on for entry in settled):
        return tuple(settled) if not settled else tuple(_from_any_year(settled, blocks))
    for order in (range(len(settled)), range(len(settled) - 1, -1, -1)):
        before: date | None = None
        for number in order:
            entry = settled[number]
            if entry.on is None and entry.found.fault is DateFault.NO_YEAR and before is not None:
                settled[number] = replace(entry, on=entry.found.in_year_of(before))
            before = settled[number].on or before
    return tuple(settled)


def _from_any_year(settled: Sequence[Entry], blocks: Sequence[Block]) -> list[Entry]:
    """Take the one year that the introduction names, where no date of the logbook has any."""
    first = settled[0].line
    years = {int(found) for block in blocks if block.line < first for found in _ANY_YEAR.findall(block.text[:2000])}
    if len(years) != 1:
        return list(settled)
    year = years.pop()
    return [
        replace(entry, on=entry.found.in_year(year)) if entry.found.fault is DateFault.NO_YEAR else entry
        for entry in settled
    ]


def _heading_years(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Return the lines of headings that are a year or a month of one, with that year."""
    return [
        (block.line, int(match[1]))
        for block in blocks
        if block.kind is Kind.HEADING and (match := _YEAR_HEADING.match(bare(block.text[:200])))
    ]
