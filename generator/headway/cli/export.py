"""``headway export``: the record itself, for other tools."""

from __future__ import annotations

import json
from datetime import date

import click

from headway.build import read_walk, show_partnerships
from headway.cli import PROBLEMS
from headway.cli.options import (
    audience_option,
    has_failed,
    make_choice,
    print_problems,
    program_option,
    read_history,
    read_snapshot,
    revision_option,
    today_option,
    unshallow_option,
)
from headway.pages.records import TABLES, export_record, render_table, table_rows


@click.command("export")
@program_option
@revision_option
@unshallow_option
@today_option
@audience_option("Write only what this audience may see; the partners' whole record where nothing is said.")
@click.option("--format", "form", type=click.Choice(["json", "csv"]), default="json", show_default=True)
@click.option(
    "--table",
    type=click.Choice(list(TABLES)),
    default="partnerships",
    show_default=True,
    help="With --format csv: which table.",
)
@click.pass_context
def command(
    context: click.Context,
    folder: str | None,
    revision: str | None,
    unshallow: bool,
    today: date | None,
    audience: str | None,
    form: str,
    table: str,
) -> None:
    """Write the record itself to standard output: JSON with the places, or one table as CSV."""
    if form == "json" and context.get_parameter_source("table") is click.core.ParameterSource.COMMANDLINE:
        raise click.UsageError("--table goes with --format csv.")
    history = read_history(folder, revision, unshallow=unshallow)
    walk = read_walk(read_snapshot(folder, revision), make_choice(today, audience or "partners"), history=history)
    shown, problems = show_partnerships(walk)
    if has_failed(problems, is_strict=False):
        print_problems(problems, "text", to_stderr=True)
        context.exit(PROBLEMS)
    print_problems(history.problems, "text", to_stderr=True)
    if form == "csv":
        rows = (row for partnership in shown for row in table_rows(partnership, table))
        click.echo(render_table(table, rows), nl=False)
        return
    records = [export_record(partnership) for partnership in shown]
    click.echo(json.dumps({"partnerships": records}, ensure_ascii=False, indent=1))
