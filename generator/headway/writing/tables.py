"""Tables: a spreadsheet saved as CSV becomes rows of text, each with the number that the spreadsheet shows.

Knows encodings, delimiters and quotes, and nothing of mentoring. What is wrong in a table is a `Fault`.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence

from msgspec import Struct

LONGEST = 32 * 1024 * 1024
"""Bytes of a table at most."""
MOST_COLUMNS = 200
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_WIDE_NAMES = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}


class Fault(Struct, frozen=True, order=True):
    """What is wrong in a table; ``row`` counts from 1, the head's, ``column`` from 0, None where it is the row's."""

    row: int
    column: int | None
    message: str
    hint: str = ""


class Row(Struct, frozen=True):
    number: int
    cells: tuple[str, ...]


class Table(Struct, frozen=True):
    """``head`` are the columns' names as written; every row has as many cells. ``encoding`` is named for people."""

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str

    def name(self, column: int) -> str:
        """Return a column as people find it: its letters, and its name where it has one."""
        letters, number = "", column + 1
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("A") + rest) + letters
        title = self.head[column] if column < len(self.head) else ""
        return f"{letters} ({title})" if title else letters


def parse_table(
    content: bytes, encoding: str | None = None, delimiter: str | None = None
) -> tuple[Table | None, tuple[Fault, ...]]:
    """Return a table and what is wrong with its form; None where nothing can be read from it.

    Without an encoding it is UTF-8 or what a byte order mark says, else Windows-1252, as older spreadsheets save.
    """
    if len(content) > LONGEST:
        return None, (Fault(1, None, f"The file is larger than {LONGEST // 2**20} MB.", "Save it in parts."),)
    text, name = _decode(content, encoding)
    if text is None:
        return None, (Fault(1, None, f"The file is not {name}.", "Save it as CSV UTF-8, or say its --encoding."),)
    if "\0" in text:
        hint = "Save it as CSV (UTF-8) in the spreadsheet; .xlsx and .ods files are not read."
        return None, (Fault(1, None, "This is no text, so it is no CSV file.", hint),)
    first, _, rest = text.partition("\n")
    skipped = 0
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:  # Excel's own way to say it
        delimiter, text, skipped = delimiter or first.strip()[4], rest, 1
    records: list[Row] = []
    try:
        records.extend(_read(text, delimiter or _guess_delimiter(text), skipped))
    except csv.Error as error:
        row = records[-1].number + 1 if records else 1
        return None, (Fault(row, None, f"From here on it cannot be read as CSV: {error}.", "Look for a stray quote."),)
    if not records:
        return None, (Fault(1, None, "The file is empty.", "Its first row names the columns."),)
    return _shape(records, name)


def _decode(content: bytes, encoding: str | None) -> tuple[str | None, str]:
    """Return the text, None where it is not in that encoding, and the encoding's name."""
    marked = next((name for mark, name in _MARKS.items() if content.startswith(mark)), None)
    candidates = [encoding] if encoding else [marked] if marked else ["utf-8", "cp1252"]
    for candidate in candidates:
        try:
            return content.decode(candidate), _WIDE_NAMES.get(candidate, candidate)
        except (UnicodeError, LookupError):
            continue
    return None, candidates[-1]


def _guess_delimiter(text: str) -> str:
    """Return the delimiter that gives the head the most columns; a comma where none does."""
    head = text.lstrip("\r\n")[:20000]
    read = {sign: csv.reader(io.StringIO(head, newline=""), delimiter=sign) for sign in DELIMITERS.values()}
    return max(read, key=lambda sign: len(next(read[sign], [])))


def _read(text: str, delimiter: str, skipped: int) -> Iterator[Row]:
    """Yield the rows that hold anything, with their numbers."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    for number, cells in enumerate(reader, 1 + skipped):
        stripped = tuple(cell.strip() for cell in cells)
        if any(stripped):
            yield Row(number, stripped)


def _shape(records: Sequence[Row], encoding: str) -> tuple[Table | None, tuple[Fault, ...]]:
    """Return the table with as many cells in each row as its head has."""
    head = records[0].cells
    while head and not head[-1]:
        head = head[:-1]
    if len(head) > MOST_COLUMNS:
        return None, (Fault(records[0].number, None, f"There are more than {MOST_COLUMNS} columns."),)
    faults, rows = [], []
    for row in records[1:]:
        beyond = [place for place in range(len(head), len(row.cells)) if row.cells[place]]
        if beyond:
            message = f"The row has more cells than the {len(head)} columns have names."
            faults.append(Fault(row.number, beyond[0], message, "Quote a cell that holds the delimiter."))
        cells = (*row.cells, *[""] * (len(head) - len(row.cells)))[: len(head)]
        rows.append(Row(row.number, cells))
    return Table(head, tuple(rows), encoding), tuple(faults)
