"""``headway status``: how each partnership moves, in a table that a coordinator reads at a glance."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from textwrap import fill
from typing import TYPE_CHECKING

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
    read_history,
    read_snapshot,
    revision_option,
    say_count,
    today_option,
    unshallow_option,
)
from headway.pages.records import Record, status_record

if TYPE_CHECKING:
    from rich.text import Text

MOMENTUM = {
    "stalled": ("!!", "Stalled", "bold yellow"),
    "needs-check-in": ("! ", "Needs a check-in", "yellow"),
    "too-early": ("· ", "Too early to tell", "cyan"),
    "on-track": ("✓ ", "On track", "green"),
    "paused": ("= ", "Paused", "dim"),
    "closed": ("– ", "Closed", "dim"),
}
"""The marks and words of momentum in the table's order: whom to call comes first."""

PIPED_WIDTH = 100
"""Characters of a line where no terminal says how wide it is."""

HEADS = ("kept", "last", "next", "tasks")


@click.command("status")
@program_option
@revision_option
@unshallow_option
@today_option
@audience_option("Show only what this audience may see; the partners' whole record where nothing is said.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def command(
    context: click.Context,
    folder: str | None,
    revision: str | None,
    unshallow: bool,
    today: date | None,
    audience: str | None,
    form: str,
) -> None:
    """Show how each partnership moves, those that need a check-in first, each with the reason."""
    history = read_history(folder, revision, unshallow=unshallow)
    walk = read_walk(read_snapshot(folder, revision), make_choice(today, audience or "partners"), history=history)
    shown, problems = show_partnerships(walk)
    if has_failed(problems, is_strict=False):
        print_problems(problems, "text", to_stderr=True)
        context.exit(PROBLEMS)
    print_problems(history.problems, "text", to_stderr=True)
    records = [status_record(partnership) for partnership in shown]
    if form == "json":
        program = {"program": walk.context.record.program.program, "today": walk.context.today.isoformat()}
        click.echo(json.dumps(program | {"partnerships": records}, ensure_ascii=False, indent=1))
        return
    print_table(records)
    click.echo(f"\n{say_count(len(records), 'partnership')} on {walk.context.today}; {count_problems(problems)}.")


def print_table(records: Sequence[Record]) -> None:
    """Print a line of numbers for each partnership, by momentum, and the reason where somebody is to be called."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, width=None if sys.stdout.isatty() else PIPED_WIDTH)
    columns = [max(len(_numbers(record)[i]) for record in records) for i in range(4)] if records else []
    columns = [max(column, len(head)) for column, head in zip(columns, HEADS, strict=bool(records))]
    name_width = max(20, console.width - sum(columns) - 3 - 2 * len(columns))
    with console.capture() as captured:  # written by click, which knows a reader that leaves early
        console.print(_row("", "", HEADS, name_width, columns, "dim"), no_wrap=True, crop=False, overflow="ignore")
        for momentum, (mark, word, style) in MOMENTUM.items():
            group = [record for record in records if record["momentum"] == momentum]
            if group:
                console.print(Text(f"{word} ({len(group)})", style=style))
            for record in sorted(group, key=lambda record: str(record["title"]).casefold()):
                row = _row(mark, record["title"], _numbers(record), name_width, columns, style)
                console.print(row, no_wrap=True, crop=False, overflow="ignore")
                if momentum in ("stalled", "needs-check-in") and record["because"]:
                    reason = fill(record["because"], console.width, initial_indent="   ", subsequent_indent="   ")
                    console.print(Text(reason, style="dim"))
    click.echo(captured.get(), nl=False)


def _row(mark: str, name: str, numbers: Sequence[str], name_width: int, columns: Sequence[int], style: str) -> Text:
    """Return one line of the table; a name that is too long for it ends in an ellipsis."""
    from rich.text import Text

    title = Text(name, style="bold")
    title.truncate(name_width, overflow="ellipsis", pad=True)
    cells = "".join(f"  {number.ljust(column)}" for number, column in zip(numbers, columns, strict=False))
    return Text.assemble((f"{mark:<3}", style), title, (cells.rstrip(), "" if name else style))


def _numbers(record: Record) -> tuple[str, str, str, str]:
    """Return the columns: meetings kept of expected, the last, the next, open tasks; empty where withheld."""
    meetings, tasks = record["meetings"], record["tasks"]
    if meetings is None or tasks is None:
        return ("", "", "", "")
    of = f" of {meetings['expected']}" if meetings["expected"] is not None else ""
    overdue = f", {tasks['overdue']} overdue" if tasks["overdue"] else ""
    days = meetings["last"] or "not yet", meetings["next"] or "not set"
    return f"{meetings['kept']}{of}", *days, f"{tasks['open']} open{overdue}"
