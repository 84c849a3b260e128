"""``headway status``: how each partnership moves, in a table that a coordinator reads at a glance."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

import click

from headway.build import read_walk, show_partnerships
from headway.cli import PROBLEMS
from headway.cli.options import (
    audience_option,
    count_problems,
    has_failed,
    make_choice,
    print_problems,
    program_option,
    read_snapshot,
    revision_option,
    today_option,
)
from headway.pages.records import Record, status_record

ATTENTION = ("stalled", "needs-check-in", "too-early", "on-track", "paused", "closed")
"""The order of the table: whom to call comes first."""

WORDS = {
    "stalled": ("!!", "stalled", "bold yellow"),
    "needs-check-in": ("! ", "needs a check-in", "yellow"),
    "too-early": ("· ", "too early to tell", "cyan"),
    "on-track": ("✓ ", "on track", "green"),
    "paused": ("= ", "paused", "dim"),
    "closed": ("– ", "closed", "dim"),
}


@click.command("status")
@program_option
@revision_option
@today_option
@audience_option("Show only what this audience may see; the partners' whole record where nothing is said.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def command(
    context: click.Context,
    folder: str | None,
    revision: str | None,
    today: date | None,
    audience: str | None,
    form: str,
) -> None:
    """Show how each partnership moves, those that need a check-in first, each with the reason."""
    walk = read_walk(read_snapshot(folder, revision), make_choice(today, audience or "partners"))
    shown, problems = show_partnerships(walk)
    if has_failed(problems, is_strict=False):
        print_problems(problems, "text", to_stderr=True)
        context.exit(PROBLEMS)
    records = [status_record(partnership) for partnership in shown]
    if form == "json":
        program = {"program": walk.context.record.program.program, "today": walk.context.today.isoformat()}
        click.echo(json.dumps(program | {"partnerships": records}, ensure_ascii=False, indent=1))
        return
    print_table(records)
    noun = "partnership" if len(records) == 1 else "partnerships"
    click.echo(f"{len(records)} {noun} on {walk.context.today.isoformat()}, {count_problems(problems)}.")


def print_table(records: Sequence[Record]) -> None:
    """Print the table, partnerships that ask for attention first, with the reason under each name."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("", no_wrap=True)
    table.add_column("partnership", ratio=2, overflow="fold")
    table.add_column("meetings", no_wrap=True)
    table.add_column("last", no_wrap=True)
    table.add_column("next", no_wrap=True)
    table.add_column("tasks", no_wrap=True)
    for record in sorted(records, key=lambda r: (ATTENTION.index(r["momentum"]), r["title"].casefold())):
        mark, word, style = WORDS[record["momentum"]]
        name = Text(record["title"], style="bold")
        name.append(f"\n{word}: {record['because'] or 'its record is for the partners'}", style="not bold dim")
        table.add_row(f"[{style}]{escape(mark)}[/]", name, *_numbers(record))
    console.print(table)


def _numbers(record: Record) -> tuple[str, str, str, str]:
    meetings, tasks = record["meetings"], record["tasks"]
    if meetings is None or tasks is None:
        return ("", "", "", "")
    of = f" of {meetings['expected']}" if meetings["expected"] is not None else ""
    overdue = f", {tasks['overdue']} overdue" if tasks["overdue"] else ""
    return (
        f"{meetings['kept']}{of}",
        meetings["last"] or "not yet",
        meetings["next"] or "not set",
        f"{tasks['open']} open{overdue}",
    )
