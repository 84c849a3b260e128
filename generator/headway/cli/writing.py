"""What the writing commands share: which program and partnership, questions, the diff, the writing, the commit."""

from __future__ import annotations

import functools
import os
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

import click
from msgspec import Struct
from msgspec.structs import replace

from headway.build import Walk, read_walk, report_partnership
from headway.cli import PROBLEMS, USAGE
from headway.cli.options import (
    has_failed,
    make_choice,
    print_problems,
    program_option,
    program_root,
    read_history,
    today_option,
)
from headway.documents.dates import DateFault, find_date
from headway.model.reading import read_partnership
from headway.printers import defuse
from headway.problems import Problem, Severity
from headway.progress.compute import compute_report
from headway.progress.report import PartnershipReport
from headway.source.folder import read_folder
from headway.source.git import check_can_commit, commit_paths
from headway.source.names import check_id, fold_id
from headway.source.snapshot import Folder, SourceError
from headway.writing.changes import Change, RefusedError, overlay, render_diff
from headway.writing.files import write_changes
from headway.writing.naming import propose_id
from headway.writing.starter_files import SCHEMAS

Function = TypeVar("Function", bound=Callable[..., Any])
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DIFF_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


class Refusal(click.ClickException):
    """Something was not written; the reason is a sentence for whoever asked for it."""

    exit_code = USAGE

    def show(self, file: Any = None) -> None:
        click.echo(f"headway: {self.message}", err=True)


class Desk(Struct, frozen=True):
    """The program that is written in, as it stands, and how it is to be written in."""

    root: Path
    walk: Walk
    is_dry: bool
    commits: bool
    may_ask: bool

    @property
    def today(self) -> date:
        return self.walk.context.today

    def ask(self, value: str | None, option: str, question: str, default: str | None = None) -> str:
        """Return the value given, else the answer, else the default; without all three the option is missing."""
        if value is not None:
            return value
        if self.may_ask:
            return str(click.prompt(question, default=default, show_default=bool(default))).strip()
        if default is None:
            raise click.UsageError(f"{option} is missing: {question}")
        return default

    def parse_on(self, text: str, *, ahead: bool = False) -> date:
        """Return the day that words mean: 2026-03-01, yesterday, monday (the last, or with ``ahead`` the next)."""
        return parse_when(text, self.today, self.walk.context.record.program.date_order, ahead=ahead)

    def ask_day(self, value: str | None, option: str, question: str, default: str = "") -> date | None:
        """Return a day given, asked for or by default; None where it is left open.

        A slip at a terminal is asked about again.
        """
        while True:
            words = self.ask(value, option, question, default)
            try:
                return self.optional_day(words)
            except click.UsageError as slip:
                if value is not None or not self.may_ask:
                    raise
                click.echo(slip.message)

    def optional_day(self, text: str | None, *, ahead: bool = True) -> date | None:
        return self.parse_on(text, ahead=ahead) if text else None

    def name(self, person: str) -> str:
        """Return what to call somebody: the first name where the id has it and nobody else does, else the whole name.

        Not everybody's first word is what friends call them.
        """
        people = self.walk.context.record.people
        if person not in people:
            return person
        first = people[person].name.split()[0]
        is_used = propose_id(first) and fold_id(person).startswith(propose_id(first))
        is_only = self.walk.context.record.everybody.match(first) == person
        return first if is_used and is_only else people[person].name

    def report(self, folder: Folder, *, with_history: bool = False) -> PartnershipReport:
        """Return the partnership's report, also with what git tells; refused where its partnership.yaml has errors.

        Other errors, as in its goal plan, are no reason not to log a meeting; whoever builds the site hears of them.
        """
        context = self.walk.context
        partnership, problems = read_partnership(self.walk.snapshot, folder, context.record, context.today)
        if partnership is None:
            print_problems([p for p in problems if p.severity is Severity.ERROR], "text", to_stderr=True)
            raise Refusal(f"{folder.name} has errors that have to be mended first; nothing was written.")
        if with_history:
            history = read_history(str(self.root), None).known_to(context.record)
            partnership = replace(partnership, history=history.of(folder.name))
        return compute_report(partnership, context.record.program, context.today)


def writing_options(function: Function) -> Function:
    """Give a command the options that all writing commands have; they arrive as one argument, the desk."""
    with_desk = asking_options(function)

    @click.option("--yes", is_flag=True, help="Ask nothing; take the defaults.")
    @click.option("--dry-run", "is_dry", is_flag=True, help="Show the change, and write nothing.")
    @click.option("--commit", "commits", is_flag=True, help="Commit just this change with git.")
    @functools.wraps(with_desk)
    def command(*args: Any, **kwargs: Any) -> Any:
        return with_desk(*args, **kwargs)

    return command  # type: ignore[return-value]


def asking_options(function: Function) -> Function:
    """Give a command the program's folder and the day, as one argument: the desk; it writes nothing."""

    @program_option
    @today_option
    @functools.wraps(function)
    def command(
        *args: Any,
        folder: str | None,
        today: date | None,
        yes: bool = False,
        is_dry: bool = False,
        commits: bool = False,
        **kwargs: Any,
    ) -> Any:
        try:
            desk = _open_desk(folder, today, is_dry, commits, is_watched() and not yes)
            return function(*args, desk=desk, **kwargs)
        except RefusedError as refused:
            raise Refusal(str(refused)) from None

    return command  # type: ignore[return-value]


def is_watched() -> bool:
    """Whether somebody sits at a terminal who can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _open_desk(folder: str | None, today: date | None, is_dry: bool, commits: bool, may_ask: bool) -> Desk:
    root = program_root(folder)
    snapshot = read_folder(root)
    if snapshot.settings is None:
        raise Refusal("There is no program here: no headway.yaml was found.\n   `headway init` begins one.")
    walk = read_walk(snapshot, make_choice(today, "partners"))
    return Desk(root, walk, is_dry, commits, may_ask)


def parse_when(text: str, today: date, date_order: str | None, *, ahead: bool = False) -> date:
    """Return the day that somebody's words mean, seen from ``today``."""
    words = text.strip().casefold()
    near = {"today": 0, "yesterday": -1, "tomorrow": 1}
    if words in near:
        return today + timedelta(days=near[words])
    weekdays = [
        day for day in WEEKDAYS if len(words) > 2 and day.startswith(words.removeprefix("last ").removeprefix("next "))
    ]
    if len(weekdays) == 1:
        back = (today.weekday() - WEEKDAYS.index(weekdays[0])) % 7
        return today + timedelta(days=(-back) % 7 or 7) if ahead else today - timedelta(days=back)
    found = find_date(text, date_order, today.year)
    is_whole = found is not None and not re.search(r"\w", text[: found.start] + text[found.end :])
    if found is None or found.on is None or not is_whole:
        is_open = found is not None and found.fault is DateFault.AMBIGUOUS
        why = " It can be read as two days, and headway.yaml has no date_order." if is_open else ""
        hint = f"Write 2026-03-01, yesterday, or a weekday.{why}"
        raise click.UsageError(f"{text[:40]!r} is not a day that can be understood. {hint}")
    return found.on


def take_id(given: str | None, proposed: str, taken: Sequence[str], what: str, option: str = "--id") -> str:
    """Return the id given, else the proposed one, once it is known to be free and allowed."""
    id_ = given or proposed
    if not id_:
        raise click.UsageError(f"No id can be made from that name; say one with {option}.")
    if fault := check_id(id_):
        raise click.UsageError(fault)
    if fold_id(id_) in map(fold_id, taken):
        raise click.UsageError(f"There is {what} with the id {id_!r} already. Say another with {option}.")
    return id_


def split_list(written: str | None) -> list[str]:
    """Return the entries of a list with commas."""
    return [part.strip() for part in (written or "").split(",") if part.strip()]


def schema_for(desk: Desk, name: str) -> str:
    """Return the schema's name for a new file's first line, where the program keeps schemas for its editors."""
    return name if (desk.root / SCHEMAS / f"{name}.json").is_file() else ""


def finish(desk: Desk, changes: Sequence[Change], message: str) -> None:
    """Show the changes, write them and say so, and commit them; or only show them.

    Refused where the program would have an error that it does not have now.
    """
    caused = _find_caused(desk.walk, changes)
    if has_failed(caused, is_strict=False):
        print_problems(caused, "text", to_stderr=True)
        raise Refusal("That would not be valid, so nothing was written.")
    if desk.commits and not desk.is_dry:
        try:
            check_can_commit(desk.root)
        except SourceError as error:
            raise Refusal(f"{error}\n   Nothing was written.") from None
    print_diff(changes)
    if desk.is_dry:
        click.echo("Nothing was written (--dry-run).")
        return
    write_changes(desk.root, changes)
    for change in changes:
        click.echo(f"{'Wrote' if change.before is None else 'Changed'} {defuse(change.path)}")
    print_problems(caused, "text", to_stderr=True)
    if desk.commits:
        commit(desk.root, changes, message)


def commit(root: Path, changes: Sequence[Change], message: str) -> None:
    """Commit the changes, and say as what; git's own refusal ends the command with 1, the files being written."""
    try:
        made = commit_paths(root, [change.path for change in changes], message)
    except SourceError as error:
        click.echo(f"headway: {error}", err=True)
        raise click.exceptions.Exit(PROBLEMS) from None
    click.echo(f"Committed as {made}: {message}")


def print_diff(changes: Sequence[Change]) -> None:
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    for line in render_diff(changes).splitlines():
        is_head = line.startswith(("+++", "---"))
        style = {"bold": True} if is_head else {"fg": _DIFF_COLOURS.get(line[:1])}
        click.echo(click.style(defuse(line), **style), color=colour)


def _find_caused(walk: Walk, changes: Sequence[Change]) -> list[Problem]:
    """Return the problems that the program would have with the changes, and does not have without."""
    after = read_walk(overlay(walk.snapshot, changes), make_choice(walk.context.today, "partners"))
    old, new = list(walk.problems), list(after.problems)
    touched = {"/".join(change.path.split("/")[:3]) for change in changes}
    for each, found in ((walk, old), (after, new)):
        for folder in each.folders():
            if folder.path in touched:
                found += report_partnership(each, folder)[1]
    known = {(p.code, p.location.path, p.message) for p in old}
    return [p for p in new if (p.code, p.location.path, p.message) not in known]
