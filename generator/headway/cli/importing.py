"""``headway import csv``: people, partnerships and meetings out of a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import click

from headway.cli import PROBLEMS
from headway.cli.options import make_choice, say_count
from headway.cli.writing import Desk, Refusal, commit, print_diff, schema_for, writing_options
from headway.printers import defuse
from headway.source.git import check_can_commit
from headway.source.snapshot import SourceError
from headway.writing.columns import (
    KINDS,
    LEFT_OUT,
    fields_of,
    find_near,
    fold_column,
    guess_fields,
    guess_kind,
    list_needed,
)
from headway.writing.files import write_changes
from headway.writing.import_meetings import plan_meetings
from headway.writing.importing import plan_partnerships, plan_people
from headway.writing.imports import Import, check_import
from headway.writing.records import Faults, Record, list_records, say_rows
from headway.writing.tables import DELIMITERS, LONGEST, Fault, Table, parse_table

_ONE_OF = {"people": "person", "partnerships": "partnership", "meetings": "meeting"}


@click.group("import", subcommand_metavar="FORM ...")
def command() -> None:
    """Bring people, partnerships and meetings in from elsewhere."""


@command.command("csv")
@click.argument("file", type=click.File("rb"), metavar="FILE")
@click.option("--kind", type=click.Choice(KINDS), help="What the rows are; seen by the columns where nothing is said.")
@click.option("--map", "mapped", multiple=True, metavar="COLUMN=FIELD", help="What a column means; - leaves it out.")
@click.option(
    "--mapping",
    type=click.File("r", encoding="utf-8-sig", errors="replace"),
    help="A file with such a COLUMN=FIELD in each line.",
)
@click.option("--dates", "order", type=click.Choice(["dmy", "mdy"]), help="How 3/4/2026 is read.")
@click.option("--delimiter", type=click.Choice(list(DELIMITERS)), help="What stands between cells; seen by the head.")
@click.option("--encoding", metavar="NAME", help="As utf-8 or latin-1; seen by the file where nothing is said.")
@click.option("--skip-faulty", is_flag=True, help="Import the rows without faults, and tell the others.")
@writing_options
@click.pass_context
def csv(
    context: click.Context,
    file: BinaryIO,
    kind: str | None,
    mapped: tuple[str, ...],
    mapping: Sequence[str] | None,
    order: str | None,
    delimiter: str | None,
    encoding: str | None,
    skip_faulty: bool,
    desk: Desk,
) -> None:
    """Import FILE, a spreadsheet saved as CSV; - is standard input.

    Its first row names the columns. What is there already stays as it is, so
    the same file can be imported again. While a row has a fault nothing is
    written, and all faults are told at once.
    """
    name = Path(file.name).name if file.name != "<stdin>" else "standard input"
    table, faults = parse_table(file.read(LONGEST + 1), encoding, DELIMITERS[delimiter] if delimiter else None)
    if table is None:
        _print_faults(name, None, faults)
        context.exit(PROBLEMS)
    kept = [line for line in mapping or () if line.strip() and not line.startswith("# ")]
    kind, fields = _understand(name, table, kind, (*kept, *mapped), desk)
    result = _plan(desk, kind, list_records(table, fields), order)
    result.faults.found += [*faults, *_column_faults(table, kind, fields)]
    found = result.faults.all()
    _print_faults(name, table, found)
    if found and not skip_faulty:
        rows = len({fault.row for fault in found})
        said = f"{say_count(len(found), 'fault')} in {say_count(rows, 'row')}: nothing was written."
        click.echo(f"{said} Mend them, or import the others with --skip-faulty.", err=True)
        context.exit(PROBLEMS)
    _write(desk, kind, result)


def _understand(
    name: str, table: Table, kind: str | None, written: Sequence[str], desk: Desk
) -> tuple[str, list[str | None]]:
    """Return what the rows are and what each column means, and say so; asked for where it is not known."""
    kind = kind or guess_kind(table.head) or desk.ask(None, "--kind", f"What are the rows? ({', '.join(KINDS)})")
    if kind not in KINDS:
        raise click.UsageError(f"{kind[:40]!r} cannot be imported; there are {', '.join(KINDS)}.")
    fields = _name_columns(table, kind, dict(_read_mapping(written)), desk)
    _print_columns(name, table, kind, fields)
    missing = list_needed(kind, fields)
    if missing:
        raise Refusal(f"A column is missing: {kind} need {missing}.\n   Say which it is: --map COLUMN=FIELD")
    return kind, fields


def _plan(desk: Desk, kind: str, records: Sequence[Record], order: str | None) -> Import:
    """Return what the rows give, with all faults; days that can be read in two ways are asked about."""
    result = _plan_rows(desk, kind, records, order)
    if result.faults.ambiguous and desk.may_ask:
        result = _plan_rows(desk, kind, records, _ask_order(result.faults))
    check_import(result, desk.walk, make_choice(desk.today, "partners"))
    return result


def _plan_rows(desk: Desk, kind: str, records: Sequence[Record], order: str | None) -> Import:
    order = order or desk.walk.context.record.program.date_order
    if kind == "people":
        return plan_people(records, desk.walk, schema_for(desk, "person"))
    if kind == "partnerships":
        return plan_partnerships(records, desk.walk, schema_for(desk, "partnership"), order)
    return plan_meetings(records, desk.walk, order)


def _read_mapping(written: Sequence[str]) -> Iterator[tuple[str, str]]:
    for each in written:
        column, equals, field = each.rpartition("=")
        if not equals or not column.strip():
            raise click.UsageError(f"--map {each.strip()[:60]!r}: write COLUMN=FIELD, or COLUMN=- to leave it out.")
        yield fold_column(column), field.strip().casefold() or LEFT_OUT


def _name_columns(table: Table, kind: str, wanted: dict[str, str], desk: Desk) -> list[str | None]:
    """Return what each column means: as it was said, else by its name, else as somebody answers; None is not known."""
    known = fields_of(kind)
    fields: list[str | None] = []
    for place, (title, guess) in enumerate(zip(table.head, guess_fields(kind, table.head), strict=True)):
        field = wanted.pop(fold_column(title), guess)
        while field is None and desk.may_ask:
            question = f"What is in column {defuse(table.name(place))}? {', '.join(known)}; Enter leaves it out"
            answer = desk.ask(None, "--map", question, "").casefold() or LEFT_OUT
            field = answer if answer in (*known, LEFT_OUT) else None
        if field is not None and field not in (*known, LEFT_OUT):
            raise click.UsageError(f"--map: {field[:40]!r} is no field of {kind}; there are {', '.join(known)}.")
        fields.append(field)
    if wanted:
        raise click.UsageError(f"--map: there is no column {next(iter(wanted))[:40]!r} in the file.")
    return fields


def _column_faults(table: Table, kind: str, fields: Sequence[str | None]) -> Iterator[Fault]:
    """Yield what is wrong with the head: columns that are not known, and two that mean the same."""
    for place, field in enumerate(fields):
        title = table.head[place]
        if field is None:
            near = find_near(kind, title)
            hint = f'Say what it is, --map "{title}={near or "FIELD"}", or leave it out: --map "{title}=-"'
            yield Fault(1, place, "It is not known what this column means.", hint)
        elif field != LEFT_OUT and field in fields[:place]:
            message = f"This column and {table.name(fields.index(field))} both mean {field}."
            is_twin = fold_column(title) in map(fold_column, table.head[:place])
            rename = "Give one of them another name in the file."
            yield Fault(1, place, message, rename if is_twin else f'Leave one of them out: --map "{title}=-"')


def _ask_order(faults: Faults) -> str:
    [(_, text), *_] = next(iter(faults.ambiguous.values()))
    question = f"How is {defuse(text)} read: dmy (the day first) or mdy (the month first)"
    return str(click.prompt(question, type=click.Choice(["dmy", "mdy"]), show_choices=False))


def _print_columns(name: str, table: Table, kind: str, fields: Sequence[str | None]) -> None:
    click.echo(f"{name}: {say_count(len(table.rows), 'row')} of {kind}, {table.encoding}.")
    for place, field in enumerate(fields):
        meaning = "is left out" if field == LEFT_OUT else f"is {field}" if field else "is not known"
        click.echo(f"  column {defuse(table.name(place))} {meaning}")


def _print_faults(name: str, table: Table | None, faults: Sequence[Fault]) -> None:
    """Print the faults, one that many rows share once, with all of these rows."""
    rows: dict[tuple[int | None, str, str], list[int]] = {}
    for fault in faults:
        rows.setdefault((fault.column, fault.message, fault.hint), []).append(fault.row)
    for (place, message, hint), (first, *others) in rows.items():
        column = f", column {table.name(place)}" if table is not None and place is not None else ""
        click.echo(defuse(f"{name}: row {first}{column}: {message}"), err=True)
        if others:
            click.echo(f"   The same in {say_rows(others)}.", err=True)
        if hint:
            click.echo(f"   {defuse(hint)}", err=True)


def _write(desk: Desk, kind: str, result: Import) -> None:
    """Write the new files and say so, with the first of them as an example; commit just these."""
    changes = result.changes()
    if result.there:
        click.echo(f"There already, and left as they are: {say_rows(result.there)}.")
    if not changes:
        click.echo("Nothing is new.")
        return
    if desk.commits and not desk.is_dry:
        try:
            check_can_commit(desk.root)
        except SourceError as error:
            raise Refusal(f"{error}\n   Nothing was written.") from None
    print_diff(changes[:1])
    for change in changes:
        click.echo(f"{'Would write' if desk.is_dry else 'Wrote'} {defuse(change.path)}")
    counted = say_count(len(changes), _ONE_OF[kind], kind)
    if desk.is_dry:
        click.echo(f"{counted}: nothing was written (--dry-run).")
        return
    write_changes(desk.root, changes)
    click.echo(f"Imported {counted}.")
    if desk.commits:
        commit(desk.root, changes, f"Import {counted}")
