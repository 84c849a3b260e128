"""Said in the text: what label lines, a dated heading and a very short note say about the meeting.

For logbooks and for people who skip front matter. A label whose words mean nothing here is ordinary text:
``Minutes: Grace`` names who wrote them. Which source wins is decided in `headway.documents.notes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from difflib import get_close_matches

from msgspec import Struct, field

from headway.documents.blocks import Block, Kind
from headway.documents.dates import find_date
from headway.documents.names import NameBook
from headway.documents.scalars import parse_duration
from headway.patterns import compile_late
from headway.problems import Location, Problem

STATUSES = ("held", "shortened", "moved", "cancelled", "missed", "planned")
_SPELLINGS = {
    **{status: status for status in STATUSES},
    "canceled": "cancelled",
    "postponed": "moved",
    "delayed": "moved",
    "rescheduled": "moved",
    "not held": "cancelled",
    "skipped": "missed",
    "short": "shortened",
}
_SHORT_WORDS = (
    (compile_late(r"\bcancel(?:l?ed|ling|ing)\b|\bnot held\b", re.IGNORECASE), "cancelled"),
    (compile_late(r"\bpostponed\b|\bdelayed\b", re.IGNORECASE), "moved"),
    (compile_late(r"\bno meeting\b|\bskipped\b|\bdid(?: not|n['’]t) meet\b", re.IGNORECASE), "missed"),
)
_NEGATED = compile_late(
    r"\b(?:not|never|isn['’]t|wasn['’]t) (?:be |been )?(?:cancel|postponed|delayed|skipped)", re.IGNORECASE
)
_LABEL = compile_late(r"(status|minutes|notice|next(?:[ \t]meeting)?)[ \t]{0,3}:[ \t]{0,3}", re.IGNORECASE)
_ENERGY = compile_late(
    r"(?:our[ \t]|my[ \t])?energy(?:[ \t](?:levels?|check(?:-?in)?|today|now|\([^()]{0,30}\))){0,2}"
    r"[ \t]{0,3}(?:[:=–—-]|$)",
    re.IGNORECASE,
)
_FIRST_LETTER = compile_late(r"[*_`~\s]*[emnos]", re.IGNORECASE)
"""Of all labels here."""
_MARKS = compile_late(r"[*_`~]+")
_WORD = compile_late(r"\w[\w'’.-]*")
_MINUTES = compile_late(r"(\d{1,3})[ \t]?(?:m|min|mins|minutes?)?\.?$", re.IGNORECASE)
_LENGTH = compile_late(r"(\d{1,3})[ \t]?(?:m|min|mins|minutes?)\.?$|(\d{1,2})[ \t]?(?:h|hours?)$", re.IGNORECASE)
_LEVEL = compile_late(r"([^,;:=]{1,80}?)[ \t]{0,3}[:= \t][ \t]{0,3}(-?\d{1,4})(?:/5)?[ \t]*$")
_SHORT_NOTE = 12


class Written(Struct, frozen=True):
    """A file's lines, to point at in problems; ``lines`` are all of them, the first is line 1."""

    path: str
    lines: Sequence[str]

    def problem(self, code: str, line: int, text: str, message: str, hint: str) -> Problem:
        """Return a problem with ``text`` on a line; with the whole line where it does not stand there."""
        excerpt = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        column = excerpt.find(text) if text else -1
        width = len(text) if column >= 0 else max(1, len(excerpt.strip()))
        place = Location(self.path, line, max(column, 0) + 1, width)
        return Problem(code, place, message, hint, excerpt)


class Said(Struct, frozen=True):
    """What the text says; None and empty where it does not. ``private_lines`` hold energy."""

    status: str | None = None
    minutes: int | None = None
    notice_hours: float | None = None
    next_on: date | None = None
    next_at: time | None = None
    energy: Mapping[str, int] = field(default_factory=dict)
    private_lines: tuple[tuple[int, int], ...] = ()
    problems: tuple[Problem, ...] = ()


def bare(text: str) -> str:
    """Return a line without emphasis and the space around it."""
    return _MARKS.sub("", text).strip()


def note_lines(blocks: Sequence[Block]) -> Iterator[tuple[int, int, str]]:
    """Yield each line of the headings, paragraphs and items: its block's index, its place and its text."""
    for at, block in enumerate(blocks):
        if block.kind in (Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM):
            for number, text in enumerate(block.text.split("\n")):
                yield at, block.line + number, text


class _Reader:
    def __init__(self, blocks: Sequence[Block], book: NameBook, date_order: str | None, written: Written) -> None:
        self.blocks, self.book, self.date_order, self.written = blocks, book, date_order, written
        self.found: dict[str, object] = {}
        self.energy: dict[str, int] = {}
        self.private: list[tuple[int, int]] = []
        self.problems: list[Problem] = []

    def read(self, near: date | None) -> None:
        for at, line, text in note_lines(self.blocks):
            if _FIRST_LETTER.match(text) is None:
                continue
            words = bare(text[:500])
            energy = _ENERGY.match(words)
            if energy is not None:
                self.read_energy(at, line, words[energy.end() :].strip())
            elif label := _LABEL.match(words):
                self.read_label(label[1].lower(), line, words[label.end() :].strip(), near)
        self.hide_energy_tables()

    def read_label(self, name: str, line: int, value: str, near: date | None) -> None:
        match name:
            case "status":
                self.read_status(line, value)
            case "minutes":
                self.read_minutes(value)
            case "notice":
                self.read_notice(value)
            case _:
                self.read_next(value, near)

    def keep(self, name: str, value: object) -> None:
        if value is not None:
            self.found.setdefault(name, value)

    def read_status(self, line: int, value: str) -> None:
        status = status_word(value)
        self.keep("status", status)
        word = value.split(",")[0].strip().lower()
        close = get_close_matches(word[:20], [*STATUSES], 1, 0.8) if status is None and len(word) < 20 else ()
        if close:
            message = f"The status {value!r} is not one that Headway knows, and was left out."
            self.problems.append(
                self.written.problem("HW312", line, value, message, f"Did you mean `Status: {close[0]}`?")
            )

    def read_minutes(self, value: str) -> None:
        match = _MINUTES.match(value)
        if match is not None:
            self.keep("minutes", int(match[1]))

    def read_notice(self, value: str) -> None:
        try:
            self.keep("notice_hours", parse_duration(value).hours)
        except ValueError:
            return

    def read_next(self, value: str, near: date | None) -> None:
        found = find_date(value, self.date_order)
        if found is None or found.start > 20:
            return
        on = found.on
        if on is None and found.lacks_year and near is not None:
            # The next meeting comes after this one.
            years = (near.year, near.year + 1)
            on = next((day for year in years if (day := found.in_year(year)) and day >= near), None)
        if on is not None and "next_on" not in self.found:
            self.keep("next_on", on)
            self.keep("next_at", found.at)

    def read_energy(self, at: int, line: int, value: str) -> None:
        """``Energy: ada 4, grace 5``, or the same in what stands under it: for the partners only, always."""
        if value or self.blocks[at].kind is not Kind.HEADING:
            self.private.append((line, line))
        levels = [(line, piece) for piece in re.split(r"[,;]", value)]
        for below in () if value else self.below(at):
            self.private.append((below.line, below.end_line))
            levels += [(below.line, piece) for piece in re.split(r"[,;\n]", bare(below.text[:500]))]
        for place, piece in levels:
            self.read_level(place, piece.strip())

    def below(self, at: int) -> Iterator[Block]:
        """Yield the items under a label, or what stands under a heading."""
        holder = self.blocks[at]
        depth = holder.level if holder.kind is Kind.ITEM else 0
        for index in range(at + 1, len(self.blocks)):
            block = self.blocks[index]
            if block.kind in (Kind.HEADING, Kind.RULE):
                return
            if holder.kind is not Kind.HEADING and (block.kind is not Kind.ITEM or block.level <= depth):
                return
            yield block

    def hide_energy_tables(self) -> None:
        """A table with a column for energy, or a row of it, is for the partners too."""
        tables: set[int | None] = set()
        for block in self.blocks:
            if block.kind is Kind.ROW and block.table is not None:
                if block.is_header and any(_ENERGY.match(bare(cell[:200])) for cell in block.cells):
                    tables.add(block.table)
                if block.table in tables or (block.cells and _ENERGY.match(bare(block.cells[0][:200]))):
                    self.private.append((block.line, block.end_line))

    def read_level(self, line: int, piece: str) -> None:
        match = _LEVEL.match(piece[:200])
        if match is None:
            return
        person = self.book.match_member(match[1].strip())
        level = int(match[2])
        if person is None:
            message = f"{match[1].strip()!r} is not a member's name, so this energy counts for nobody."
            hint = "Write the member's id, as in `Energy: ada 4, grace 5`."
            self.problems.append(self.written.problem("HW311", line, match[1].strip(), message, hint))
        elif not 1 <= level <= 5:
            message = f"Energy goes from 1 to 5, and {level} is outside."
            self.problems.append(
                self.written.problem("HW311", line, match[2], message, "Write a number from 1 to 5, or leave it out.")
            )
        else:
            self.energy.setdefault(person, level)


def find_said(
    blocks: Sequence[Block], book: NameBook, date_order: str | None, written: Written, near: date | None = None
) -> Said:
    """Return what a note's label lines say; the first of each label counts. ``near`` is the note's day."""
    reader = _Reader(blocks, book, date_order, written)
    reader.read(near)
    return Said(
        **reader.found,  # type: ignore[arg-type]
        energy=reader.energy,
        private_lines=tuple(reader.private),
        problems=tuple(reader.problems),
    )


def status_word(text: str) -> str | None:
    """Return the status that a few words name, as in ``moved`` or ``moved to Friday``; None for other words."""
    words = text.strip(" .!()[]").lower()
    if words in _SPELLINGS:
        return _SPELLINGS[words]
    first, _, rest = words.partition(" ")
    is_explained = rest.startswith(("to ", "from ", "by ", "because ", "until ", "(", "-", "–", "—", "due "))
    first = first.rstrip(",:;")
    return _SPELLINGS.get(first) if is_explained or words.startswith(f"{first},") else None


def heading_says(text: str) -> tuple[str | None, int | None]:
    """Return the status and the minutes that stand beside a heading's date: ``(shortened, 25 min)``."""
    status: str | None = None
    minutes: int | None = None
    for piece in re.split(r"[()\[\],;:]|[ \t][-–—][ \t]", bare(text[:300])):
        words = piece.strip(" -–—.")
        status = status or status_word(words)
        length = _LENGTH.match(words)
        if length is not None and minutes is None:
            minutes = int(length[1]) if length[1] else int(length[2]) * 60
    return status, minutes


def short_note_says(blocks: Sequence[Block]) -> tuple[str, int, str] | None:
    """Return the status, the line and the words of a note that only says that there was no meeting.

    At most twelve words beside its headings; else None.
    """
    count = 0
    found: tuple[str, int, str] | None = None
    for block in blocks:
        if block.kind is not Kind.HEADING:
            count += sum(1 for _ in _WORD.finditer(" ".join(block.cells) or block.text[:2000]))
        if count > _SHORT_NOTE:
            return None
        for pattern, status in _SHORT_WORDS:
            match = pattern.search(block.text[:2000])
            if found is None and match and not _NEGATED.search(block.text[:2000]):
                found = status, block.line, match[0]
    return found
