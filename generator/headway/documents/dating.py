"""Dating: which of the dates in and around a note is its day, and what is wrong with the others.

Front matter counts first, then the file's name, the first heading, and a label or a date of its own in the
first twelve lines. How dates are written is in `headway.documents.dates`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, time
from pathlib import PurePosixPath

from msgspec import Struct

from headway.documents.blocks import Block, Kind
from headway.documents.dates import DateFault, FoundDate, find_date, find_file_date, may_hold_date
from headway.documents.frontmatter import FrontMatter, matter_date
from headway.documents.logbook import find_entries, is_date_label, is_whole_date, names_other_day
from headway.documents.said import Written, bare, note_lines
from headway.problems import Location, Problem

_FIRST_LINES = 12
_HINT = "Write the day as YYYY-MM-DD, in the file's name or as `date:` in the front matter."


class Dating(Struct, frozen=True):
    """A note's day and time; ``beside`` is what stands after the day in the first heading."""

    on: date | None = None
    at: time | None = None
    beside: str = ""
    problems: tuple[Problem, ...] = ()


class _Claim(Struct, frozen=True):
    """One place that gives the note a day; ``line`` is 0 for the file's name."""

    found: FoundDate
    line: int
    where: str


def find_day(
    front: FrontMatter, blocks: Sequence[Block], written: Written, date_order: str | None, near: date | None
) -> Dating:
    """Return the day of a note that is a whole file, with warnings where dates disagree or cannot be read.

    ``near`` gives the year where none is written; a note without any date is a warning.
    """
    given, problems = matter_date(front, "date", date_order)
    claims = [_Claim(given, 1, "the front matter")] if given else []
    stem = PurePosixPath(written.path).stem
    if (named := find_file_date(stem, date_order)) is not None:
        claims.append(_Claim(named, 0, "the file's name"))
    heading = next((block for block in blocks if block.kind is Kind.HEADING), None)
    beside = ""
    if heading is not None and (titled := find_date(bare(heading.text), date_order)) is not None:
        words = bare(heading.text)
        if not names_other_day(words[: titled.start]):
            claims.append(_Claim(titled, heading.line, "the first heading"))
            beside = words[titled.end :]
    claims += _labelled(blocks, front.height + _FIRST_LINES, date_order)
    if not claims:
        claims += _titled(blocks, front.height + _FIRST_LINES, date_order)
    chosen = next((claim for claim in claims if claim.found.on), None)
    found = [*problems, *_faults(claims, written, is_dated=chosen is not None)]
    if chosen is not None:
        found += _disagreements(chosen, claims, written)
        return Dating(chosen.found.on, chosen.found.at, beside, tuple(found))
    yearless = next((claim for claim in claims if claim.found.lacks_year), None)
    if yearless is not None:
        return _without_year(yearless, written, near, beside, found)
    if not found:
        message = "This note has no date, so it is shown without one and counts nowhere."
        found.append(written.problem("HW301", _first_line(written, front), "", message, _HINT))
    return Dating(None, None, beside, tuple(found))


def _first_line(written: Written, front: FrontMatter) -> int:
    lines = enumerate(written.lines[front.height : front.height + 200], front.height + 1)
    return next((number for number, line in lines if line.strip()), 1)


def _labelled(blocks: Sequence[Block], last_line: int, date_order: str | None) -> Iterator[_Claim]:
    """Yield the days of labels and of lines that are dates, in the note's first lines."""
    for block in blocks:
        if block.line > last_line:
            break
        if block.kind is Kind.ROW and len(block.cells) > 1:
            text = f"{block.cells[0]}: {block.cells[1]}"
            if is_date_label(text) and (found := find_date(bare(text), date_order)):
                yield _Claim(found, block.line, "the label")
    for at, line, text in note_lines(blocks[: last_line + 1]):
        if line > last_line or blocks[at].kind is Kind.HEADING or not may_hold_date(text):
            continue
        is_label = is_date_label(text)
        if (is_label or is_whole_date(text)) and (found := find_date(bare(text[:400]), date_order)):
            yield _Claim(found, line, "the label" if is_label else "the line")


def _titled(blocks: Sequence[Block], last_line: int, date_order: str | None) -> list[_Claim]:
    """Return the day of a first line that begins or ends with one, as a logbook's entries do."""
    entries = find_entries([block for block in blocks[:last_line] if block.line <= last_line], date_order)
    return [_Claim(entry.found, entry.dated_line, "the line") for entry in entries[:1]]


def _faults(claims: Sequence[_Claim], written: Written, is_dated: bool) -> Iterator[Problem]:
    for claim in claims:
        if claim.found.fault is DateFault.IMPOSSIBLE or (claim.found.fault is DateFault.AMBIGUOUS and not is_dated):
            yield date_fault(claim.found, claim.line, written)


def date_fault(found: FoundDate, line: int, written: Written) -> Problem:
    """Return the warning for a date that gives no day; ``line`` 0 is the file's name."""
    if found.fault is DateFault.AMBIGUOUS:
        message = f"{found.text} can be read as two days, and the program does not say which is meant."
        hint = "Write the day as YYYY-MM-DD, or set `date_order: dmy` or `mdy` in headway.yaml."
        return _place("HW303", found, line, written, message, hint)
    if found.fault is DateFault.IMPOSSIBLE:
        return _place("HW304", found, line, written, f"{found.text} is not a day: no calendar has it.", _HINT)
    message = f"{found.text} has no year, and no other date tells which is meant."
    return _place("HW306", found, line, written, message, "Write the year too, as 2026-03-16.")


def year_notice(found: FoundDate, on: date, line: int, written: Written) -> Problem:
    """Return the notice that a year was taken from the neighbours."""
    message = f"{found.text} has no year; it is read as {on.isoformat()}, by the dates around it."
    return _place("HW305", found, line, written, message, "Write the year too, so that it stays so.")


def _place(code: str, found: FoundDate, line: int, written: Written, message: str, hint: str) -> Problem:
    if line == 0:
        return Problem(code, Location(written.path), message, hint)
    return written.problem(code, line, found.text, message, hint)


def _disagreements(chosen: _Claim, claims: Sequence[_Claim], written: Written) -> Iterator[Problem]:
    """Yield one warning for the first date that says another day."""
    day = chosen.found.on
    for claim in claims:
        found = claim.found
        if day is None or claim is chosen or found.fault in (DateFault.AMBIGUOUS, DateFault.IMPOSSIBLE):
            continue
        other = found.in_year(day.year) if found.lacks_year else found.on
        if other != day:
            message = f"{found.text} in {claim.where} is another day than {chosen.found.text} in {chosen.where}."
            hint = f"{day.isoformat()} counts; please correct the one that is wrong."
            yield _place("HW302", found, claim.line, written, message, hint)
            return


def _without_year(
    claim: _Claim, written: Written, near: date | None, beside: str, problems: Sequence[Problem]
) -> Dating:
    on = claim.found.in_year_of(near) if near else None
    notice = year_notice(claim.found, on, claim.line, written) if on else date_fault(claim.found, claim.line, written)
    return Dating(on, claim.found.at if on else None, beside, (*problems, notice))
