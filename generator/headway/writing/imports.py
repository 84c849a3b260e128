"""Imports: the new files that a table gives, and what would be wrong in them, by the rows and columns they come from.

What a file would say wrongly is found by reading the program as it would be, so an import keeps every rule of
`headway check --strict`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from headway.build import Walk, read_walk, report_partnership
from headway.choice import Choice
from headway.patterns import compile_late
from headway.problems import Problem, Severity
from headway.writing.changes import Change, overlay
from headway.writing.records import Faults, Record

_KEY = compile_late(r"([\w-]+):(?=\s)")


class NewFile(Struct, frozen=True):
    """What one row gives: a file that is not there yet; ``columns`` are those of the keys in it."""

    row: int
    change: Change
    columns: Mapping[str, int | None]


class Import(Struct):
    """What a table gives; ``there`` are the rows whose things the program has already."""

    files: list[NewFile] = field(default_factory=list)
    there: list[int] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)

    def add(self, record: Record, path: str, text: str, columns: Mapping[str, int | None] | None = None) -> None:
        change = Change(path, None, text.encode())
        self.files.append(NewFile(record.row, change, {**record.columns, **(columns or {})}))

    def changes(self) -> list[Change]:
        """Return the files of the rows without faults."""
        faulty = {fault.row for fault in self.faults.all()}
        return [new.change for new in self.files if new.row not in faulty]


def check_import(result: Import, walk: Walk, choice: Choice) -> None:
    """Add what the program would report of the new files to the faults: errors and warnings, each at its row."""
    by_path = {new.change.path: new for new in result.files}
    for problem in _list_problems(result, walk, choice):
        new = by_path.get(problem.location.path)
        if new is not None and problem.severity is not Severity.NOTICE:
            # The key that the place belongs to is the last before it, as in `agreement: {cadence: x}`.
            keys = _KEY.findall(f"{problem.excerpt[: problem.location.column + 1]} ")
            columns = [new.columns[key] for key in reversed(keys) if key in new.columns]
            result.faults.add(new.row, columns[0] if columns else None, problem.message, problem.hint)


def _list_problems(result: Import, walk: Walk, choice: Choice) -> Iterator[Problem]:
    after = read_walk(overlay(walk.snapshot, [new.change for new in result.files]), choice)
    yield from after.problems
    touched = {"/".join(new.change.path.split("/")[:3]) for new in result.files}
    for folder in after.folders():
        if folder.path in touched:
            yield from report_partnership(after, folder)[1]
