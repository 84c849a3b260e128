"""``headway new meeting`` and ``journal``: notes that begin with something to say."""

from __future__ import annotations

import sys
from datetime import date, timedelta

import click

from headway.cli.choosing import choose_partnership
from headway.cli.writing import Desk, finish, writing_options
from headway.documents.scalars import parse_time
from headway.progress.report import PartnershipReport
from headway.writing.agenda import draft_agenda, render_agenda
from headway.writing.changes import RefusedError
from headway.writing.notes import Said, plan_journal, plan_meeting
from headway.writing.ticking import list_open_items


@click.command("meeting")
@click.argument("words", nargs=-1, metavar="[PARTNERSHIP]")
@click.option("--on", "day", metavar="DAY", help="2026-03-01, tomorrow, monday; else when you meet next.")
@click.option("--time", "at", metavar="HH:MM", help="The time of day.")
@writing_options
def meeting(words: tuple[str, ...], day: str | None, at: str | None, desk: Desk) -> None:
    """Prepare the next meeting of PARTNERSHIP: a note with its agenda.

    After the meeting, `headway log` puts what came of it into the same note.
    """
    folder, rest = choose_partnership(desk, words)
    if rest:
        raise click.UsageError(f"meeting takes one partnership; {' '.join(rest)[:60]!r} is too much.")
    report = desk.report(folder, with_history=True)
    on = desk.ask_day(day, "--on", "On which day", _propose_day(report).isoformat()) or desk.today
    if on < desk.today:
        raise click.UsageError(f"{on.isoformat()} is past. `headway log` writes a meeting down that took place.")
    if any(each.meeting.on == on for each in report.meetings):
        raise RefusedError(f"There is a note for {on.isoformat()} already.", "Change that one, or choose another day.")
    try:
        time = parse_time(at) if at else report.numbers.next_at if report.numbers.next_on == on else None
    except ValueError as error:
        raise click.UsageError(f"--time: {error}. Write it as 17:00.") from None
    text = render_agenda(draft_agenda(report, list_open_items(report, folder.path), on, desk.name))
    files = {path: desk.walk.snapshot.read(path) for path in folder.files if path.endswith(".md")}
    said = Said(on, text, time, status="planned")
    names = {person: desk.name(person) for person in desk.walk.context.record.people}
    change = plan_meeting(report, folder.path, files, said, names)
    finish(desk, [change], f"{report.partnership.title}: agenda for {on.isoformat()}")


def _propose_day(report: PartnershipReport) -> date:
    """Return the day they said, else a cadence after the last meeting, else today."""
    last, cadence = report.numbers.last_on, timedelta(days=max(1, round(report.partnership.cadence)))
    usual = last + cadence if last else report.partnership.start or report.today
    return report.numbers.next_on or max(usual, report.today)


@click.command("journal")
@click.argument("words", nargs=-1, metavar="[PARTNERSHIP] [TEXT|-]")
@click.option("--author", metavar="PERSON", help="Whose words they are; the only mentee's where nothing is said.")
@click.option("--on", "day", metavar="DAY", help="The day; today where nothing is said.")
@click.option(
    "--visibility", type=click.Choice(["public", "program", "partners", "private"]), help="Who may see this entry."
)
@writing_options
def journal(words: tuple[str, ...], author: str | None, day: str | None, visibility: str | None, desk: Desk) -> None:
    """Write a note between meetings into the journal of PARTNERSHIP."""
    folder, rest = choose_partnership(desk, words)
    report = desk.report(folder)
    text = " ".join(rest)
    text = sys.stdin.read() if text == "-" else desk.ask(text or None, "TEXT", "What do you want to keep")
    if not text.strip():
        raise click.UsageError("TEXT is missing: what do you want to keep?")
    record = desk.walk.context.record
    members = [member.person for member in report.partnership.members]
    id_ = (record.resolve_person(author) or record.everybody.match(author, members)) if author else None
    if author and id_ not in members:
        raise click.UsageError(f"--author {author[:60]!r} is not a member; there are {', '.join(members)}.")
    said = Said(desk.parse_on(day or "today"), text, author=id_, visibility=visibility)
    change = plan_journal(folder.path, list(folder.files), said)
    finish(desk, [change], f"{report.partnership.title}: journal of {said.on.isoformat()}")
