"""Records: a table's rows by what their columns mean, and the values in them: days, lists, who is meant.

A value that cannot be understood becomes a `Fault` with its row and column; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from difflib import get_close_matches

from msgspec import Struct, field

from headway.documents.dates import DateFault, find_date
from headway.documents.names import fold_name
from headway.model.program import ProgramRecord
from headway.patterns import compile_late
from headway.source.names import fold_id
from headway.writing.columns import LEFT_OUT
from headway.writing.tables import Fault, Table

_EMPTY = ("", "-", "–", "—", "n/a", "none")
_HOURS = compile_late(r"(.{6,}?)[T ]\d{1,2}:\d\d(?::\d\d(?:\.\d{1,6})?)?(?: ?[AaPp][Mm])?Z?")
_SERIAL = compile_late(r"[2-6]\d{4}(?:[.,]0+)?")
_FIRST_SERIAL = date(1899, 12, 30)
"""The day from which Excel counts days, its 29 February 1900 aside."""
_NAMED = 40
"""Characters of a cell that a fault quotes."""


class Faults(Struct):
    """The faults found so far; days that can be read in two ways are gathered by column, to be told once each."""

    found: list[Fault] = field(default_factory=list)
    ambiguous: dict[int, list[tuple[int, str]]] = field(default_factory=dict)

    def add(self, row: int, column: int | None, message: str, hint: str = "") -> None:
        self.found.append(Fault(row, column, message, hint))

    def all(self) -> tuple[Fault, ...]:
        return tuple(sorted({*self.found, *self._ambiguous()}, key=lambda f: (f.row, f.column is None, f.column or 0)))

    def _ambiguous(self) -> Iterator[Fault]:
        for column, cells in self.ambiguous.items():
            row, text = cells[0]
            others = [number for number, _ in cells[1:]]
            more = f", and so {'can those' if len(others) > 1 else 'can that'} of {say_rows(others)}" if others else ""
            message = f"{quote(text)} can be read as two days{more}."
            yield Fault(row, column, message, "Say --dates dmy (the day first) or --dates mdy (the month first).")


class Record(Struct, frozen=True):
    """One row: its texts by field, without the empty ones, and where each field's column is."""

    row: int
    texts: Mapping[str, str]
    columns: Mapping[str, int]

    def get(self, name: str) -> str:
        return self.texts.get(name, "")


def quote(text: str) -> str:
    shown = " ".join(text.split())
    return repr(shown if len(shown) <= _NAMED else f"{shown[: _NAMED - 1]}…")


def say_rows(numbers: Sequence[int]) -> str:
    """Return rows in words: "row 3", "rows 3, 5-9 and 12"."""
    parts: list[str] = []
    first = last = numbers[0]
    for number in (*numbers[1:], -1):
        if number == last + 1:
            last = number
            continue
        parts.append(str(first) if first == last else f"{first}-{last}")
        first = last = number
    head, tail = parts[:-1], parts[-1]
    return f"row{'s' if len(numbers) > 1 else ''} {', '.join(head)}{' and ' if head else ''}{tail}"


def list_records(table: Table, fields: Sequence[str | None]) -> list[Record]:
    """Return the rows by field; ``fields`` are what the columns mean, in their order."""
    columns = {name: place for place, name in enumerate(fields) if name is not None and name != LEFT_OUT}
    return [
        Record(
            row.number,
            {n: row.cells[c] for n, c in columns.items() if row.cells[c].casefold() not in _EMPTY},
            columns,
        )
        for row in table.rows
    ]


def read_day(record: Record, name: str, order: str | None, faults: Faults) -> date | None:
    """Return the day in a field; None where it is empty, or where it is a fault."""
    text = record.get(name)
    if not text:
        return None
    column = record.columns[name]
    if _SERIAL.fullmatch(text):
        day = _FIRST_SERIAL + timedelta(days=int(text[:5]))
        message = f"{quote(text)} is a number as spreadsheets keep days; it may stand for {day.isoformat()}."
        faults.add(record.row, column, message, "Show the column as dates in the spreadsheet, and save it again.")
        return None
    if match := _HOURS.fullmatch(text):
        text = match[1]
    found = find_date(text, order)
    is_whole = found is not None and not re.search(r"\w", text[: found.start] + text[found.end :])
    if found is not None and is_whole and found.on is not None:
        return found.on
    if found is not None and is_whole and found.fault is DateFault.AMBIGUOUS:
        faults.ambiguous.setdefault(column, []).append((record.row, text))
        return None
    why = "is not a day"
    if found is not None and is_whole and found.fault is DateFault.NO_YEAR:
        why = "has no year"
    elif found is not None and is_whole:
        why = "is a day that no calendar has"
    faults.add(record.row, column, f"{quote(text)} {why}.", "Write days as 2026-03-01.")
    return None


def split_entries(text: str) -> list[str]:
    """Return the entries of a cell: one a line, or with semicolons, or with commas."""
    for pattern in (r"[\r\n]+", r";", r","):
        parts = [part.strip(" •*-\t") for part in re.split(pattern, text)]
        if len(parts) > 1:
            return [part for part in parts if part]
    return [text.strip()] if text.strip() else []


class Directory(Struct, frozen=True):
    """Who is in the program, by what a spreadsheet may call them: id, e-mail address, whole name or other spelling."""

    names: Mapping[str, Sequence[str]]
    keys: Mapping[str, str]

    def find(self, text: str) -> Sequence[str]:
        """Return the ids that a text may mean: none, one or several."""
        known = self.keys.get(fold_id(text.strip().removeprefix("@")))
        return [known] if known else self.names.get(fold_name(text), ())

    def near(self, text: str) -> str:
        near = get_close_matches(fold_name(text), self.names, n=1, cutoff=0.75)
        return f"Did you mean {self.names[near[0]][0]}?" if near else "Import or add them first: headway new person."


def list_people(record: ProgramRecord) -> Directory:
    names: dict[str, list[str]] = {}
    keys: dict[str, str] = {}
    for id_, person in record.people.items():
        for name in dict.fromkeys(fold_name(each) for each in (person.name, *person.aliases)):
            names.setdefault(name, []).append(id_)
        if person.email:
            keys.setdefault(fold_id(person.email), id_)
    return Directory(names, keys | {fold_id(id_): id_ for id_ in record.people})


def read_people(record: Record, name: str, people: Directory, faults: Faults) -> list[str]:
    """Return the ids of the people in a cell; who is nobody, or could be several, is a fault."""
    text = record.get(name)
    if len(people.find(text)) == 1:
        return list(people.find(text))
    found = []
    for entry in [part.strip() for part in re.split(r"[;\r\n]|\s&\s", text)]:
        whole = people.find(entry)
        parts = [entry] if whole else [part.strip() for part in entry.split(",")]
        for part in filter(None, parts):
            ids = people.find(part)
            if len(ids) == 1:
                found.append(ids[0])
            elif ids:
                message = f"{quote(part)} may be {' or '.join(sorted(ids))}."
                faults.add(record.row, record.columns[name], message, "Write the id or the e-mail address.")
            else:
                message = f"Nobody in the program is called {quote(part)}."
                faults.add(record.row, record.columns[name], message, people.near(part))
    return list(dict.fromkeys(found))
