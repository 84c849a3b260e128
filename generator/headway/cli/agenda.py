"""``headway agenda``: the next meeting's note, drafted."""

from __future__ import annotations

import sys

import click

from headway.cli.choosing import choose_partnership
from headway.cli.writing import Desk, asking_options
from headway.printers import defuse
from headway.writing.agenda import draft_agenda
from headway.writing.ticking import list_open_items


@click.command("agenda")
@click.argument("words", nargs=-1, metavar="[PARTNERSHIP]")
@click.option("--on", "day", metavar="DAY", help="The meeting's day; the next one planned where nothing is said.")
@click.option(
    "--numbers/--no-numbers", default=None, help="Show the numbers for `headway done`; on a terminal by default."
)
@asking_options
def command(words: tuple[str, ...], day: str | None, numbers: bool | None, desk: Desk) -> None:
    """Draft the agenda of PARTNERSHIP's next meeting, from what is open.

    `headway new meeting` writes it down as a note.
    """
    folder, rest = choose_partnership(desk, words)
    if rest:
        raise click.UsageError(f"agenda takes one partnership; {' '.join(rest)[:60]!r} is too much.")
    report = desk.report(folder, with_history=True)
    on = desk.optional_day(day) or report.numbers.next_on or desk.today
    shown = sys.stdout.isatty() if numbers is None else numbers
    for line in draft_agenda(report, list_open_items(report, folder.path), on, desk.name):
        margin = f"{line.number if line.number is not None else '':>3} " if shown else ""
        click.echo(f"{margin}{defuse(line.text)}".rstrip() if shown else line.text)
