"""``headway done``: tick a task or a milestone, where it stands."""

from __future__ import annotations

import click

from headway.cli.choosing import choose, choose_partnership
from headway.cli.writing import Desk, finish, writing_options
from headway.writing.ticking import OpenItem, find_items, list_open_items, tick


@click.command("done")
@click.argument("words", nargs=-1, metavar="[PARTNERSHIP] [WORDS|NUMBER]")
@click.option("--on", "day", metavar="DAY", help="The day a milestone was reached; today where nothing is said.")
@writing_options
def command(words: tuple[str, ...], day: str | None, desk: Desk) -> None:
    """Tick the open task or milestone of PARTNERSHIP that has these WORDS.

    Or by its NUMBER, as `headway agenda` shows it. Without either, choose from
    a list. The only partnership may be left out.
    """
    on = desk.parse_on(day or "today")
    if on > desk.today:
        raise click.UsageError(f"{on.isoformat()} is still to come; what is planned goes under `due`.")
    folder, rest = choose_partnership(desk, words)
    report = desk.report(folder)
    items = list_open_items(report, folder.path)
    if not items:
        click.echo(f"Nothing is open in {folder.name}. Well done!")
        return
    asked = " ".join(rest)
    found = find_items(items, asked) if asked else items
    if not found:
        listed = "\n".join(f"  {item.number:>2}  {label(desk, item)}" for item in items[:30])
        raise click.UsageError(f"Nothing open in {folder.name} has the words {asked[:60]!r}. Open are:\n{listed}")
    question = f"Open in {folder.name}" if not asked else f"Several have the words {asked[:60]!r}"
    is_clear = len(found) == 1 and bool(asked)
    item = found[0] if is_clear else choose(desk, question, found, lambda each: label(desk, each))
    finish(desk, [tick(desk.walk, folder, item, on)], f"{report.partnership.title}: done: {item.words[:60]}")


def label(desk: Desk, item: OpenItem) -> str:
    """Return an open item in a line: whose it is, its words, where it belongs, until when."""
    who = "" if item.owner is None else f"{desk.name(item.owner)}: "
    within = f" ({item.within})" if item.within else ""
    due = f", by {item.due.isoformat()}" if item.due else ""
    return f"{who}{' '.join(item.words.split())}{within}{due}"
