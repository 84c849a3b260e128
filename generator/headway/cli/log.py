"""``headway log``: write a meeting down, in a line or in an editor."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches

import click
from msgspec.structs import replace

from headway.cli.choosing import choose_partnership
from headway.cli.writing import Desk, finish, writing_options
from headway.documents.scalars import parse_duration
from headway.model.partnership import Partnership
from headway.model.reading import read_partnership
from headway.progress.report import PartnershipReport
from headway.source.snapshot import Folder
from headway.writing.changes import Change, overlay
from headway.writing.notes import Said, check_meeting, plan_meeting

OUTCOMES = ("shortened", "moved", "cancelled", "missed")
_NOT_MET = ("moved", "cancelled", "missed")
_LONGEST_MINUTES = 1440


@click.command("log")
@click.argument("words", nargs=-1, metavar="[PARTNERSHIP] [TEXT|-]")
@click.option("--on", "day", metavar="DAY", help="2026-03-01, yesterday, monday; today where nothing is said.")
@click.option("--minutes", type=click.IntRange(1, _LONGEST_MINUTES), metavar="N", help="How long it took.")
@click.option("--attendees", metavar="A,B", help="Who was there, as ids or names.")
@click.option("--shortened", is_flag=True, help="It was shorter than planned, and counts all the same.")
@click.option("--moved", is_flag=True, help="It was moved to another day.")
@click.option("--cancelled", is_flag=True, help="It was called off.")
@click.option("--missed", is_flag=True, help="It did not take place.")
@click.option("--notice", metavar="TIME", help="How long before it was moved or cancelled: '30 hours'.")
@click.option("--task", "tasks", multiple=True, metavar="WORDS", help="What somebody will do: 'Ada: find a room'.")
@click.option("--next", "next_day", metavar="DAY", help="When you meet next.")
@click.option("--add", is_flag=True, help="Add the words to the note of that day.")
@click.option("--second", is_flag=True, help="It is another meeting on that day.")
@writing_options
def command(
    words: tuple[str, ...],
    day: str | None,
    minutes: int | None,
    attendees: str | None,
    notice: str | None,
    tasks: tuple[str, ...],
    next_day: str | None,
    add: bool,
    second: bool,
    desk: Desk,
    **outcomes: bool,
) -> None:
    """Write a meeting of PARTNERSHIP down. One line of TEXT is enough.

    TEXT - reads it from standard input; without TEXT you are asked, or your
    $EDITOR opens. The only partnership may be left out.
    """
    said = _take_facts(desk, day, minutes, notice, next_day, [name for name in OUTCOMES if outcomes[name]])
    folder, rest = choose_partnership(desk, words)
    report = desk.report(folder)
    said = replace(said, attendees=_read_people(desk, report, attendees))
    is_asked = not rest and not tasks and said.status not in _NOT_MET and desk.may_ask
    said = replace(said, text=_take_text(desk, report, said, " ".join(rest), tasks))
    if is_asked and said.text.strip():
        said = _ask_facts(desk, report, said)
    if not said.text.strip() and said.status not in _NOT_MET:
        raise click.UsageError(
            "There is nothing to write down yet. Say it in a line: headway log NAME 'We spoke about ...'"
        )
    files = {path: desk.walk.snapshot.read(path) for path in folder.files if path.endswith(".md")}
    names = {person: desk.name(person) for person in desk.walk.context.record.people}
    how = "add" if add else "second" if second else ""
    change = plan_meeting(report, folder.path, files, said, names, how)
    if not add:
        check_meeting(report.partnership, _read_after(desk, folder, change), said, change.path)
    finish(desk, [change], f"{report.partnership.title}: meeting of {said.on.isoformat()}")


def _take_facts(
    desk: Desk, day: str | None, minutes: int | None, notice: str | None, next_day: str | None, outcomes: Sequence[str]
) -> Said:
    if len(outcomes) > 1:
        raise click.UsageError(f"--{outcomes[0]} and --{outcomes[1]} cannot both be: choose one.")
    status = outcomes[0] if outcomes else None
    if notice is not None:
        if status not in ("moved", "cancelled"):
            raise click.UsageError("--notice goes with --moved or --cancelled.")
        try:
            parse_duration(notice)
        except ValueError as error:
            raise click.UsageError(f"--notice: {error}. Write it as '30 hours'.") from None
    if minutes is not None and status in _NOT_MET:
        raise click.UsageError(f"--minutes does not go with --{status}: how long is said of a meeting that took place.")
    on = desk.parse_on(day or "today")
    if on > desk.today and status not in ("moved", "cancelled"):
        message = f"{on.isoformat()} is still to come. `headway new meeting` prepares a meeting."
        raise click.UsageError(message)
    next_on = desk.optional_day(next_day)
    if next_on is not None and next_on < on:
        raise click.UsageError(f"--next {next_on.isoformat()} is before the meeting itself, {on.isoformat()}.")
    return Said(on, minutes=minutes, status=status, notice=notice, next_on=next_on)


def _read_people(desk: Desk, report: PartnershipReport, written: str | None) -> tuple[str, ...]:
    """Return who was there as ids; who is nobody's namesake is a guest, unless it looks like a slip of the pen."""
    found: list[str] = []
    everybody = desk.walk.context.record.everybody
    members = [member.person for member in report.partnership.members]
    for name in filter(None, (part.strip() for part in (written or "").split(","))):
        id_ = everybody.match(name, members) or everybody.match_handle(name.removeprefix("@"))
        if id_ is None:
            known = {desk.name(person).casefold(): person for person in members} | {m.casefold(): m for m in members}
            if near := get_close_matches(name.casefold(), known, n=1, cutoff=0.7):
                raise click.UsageError(f"Nobody here is called {name!r}. Did you mean {known[near[0]]}?")
        found.append(id_ or name)
    return tuple(dict.fromkeys(found))


def _take_text(desk: Desk, report: PartnershipReport, said: Said, text: str, tasks: Sequence[str]) -> str:
    """Return the note's words, with a box for each task below them; boxes are tasks wherever they stand."""
    boxes = "\n".join(f"- [ ] {' '.join(task.split())}" for task in tasks if task.strip())
    if text == "-":
        text = sys.stdin.read()
    if text or boxes or said.status in _NOT_MET:
        return "\n\n".join(part for part in (text.rstrip(), boxes) if part)
    if not desk.may_ask:
        raise click.UsageError("TEXT is missing: what was it about? One line is enough, or - for standard input.")
    if os.environ.get("VISUAL") or os.environ.get("EDITOR"):
        return _edit(report, said.on)
    click.echo(f"{report.partnership.title}, {said.on.isoformat()}. What was it about? One line is enough;")
    click.echo("an empty line ends it. `Ada: send the abstract by 2026-03-01` below `Next steps` is a task.")
    lines: list[str] = []
    while line := click.prompt(">", prompt_suffix=" ", default="", show_default=False):
        lines.append(line)
    return "\n".join(lines)


def _ask_facts(desk: Desk, report: PartnershipReport, said: Said) -> Said:
    """Ask how long it took and who was there, where nobody said so; Enter is an answer to both."""
    if said.minutes is None:
        answer = desk.ask(None, "--minutes", "How many minutes did it take? (Enter to leave it open)", "")
        said = replace(
            said, minutes=int(answer) if answer.isdecimal() and 0 < int(answer) <= _LONGEST_MINUTES else None
        )
    members = [member.person for member in report.partnership.members]
    if not said.attendees and len(members) > 1:
        names = ", ".join(desk.name(person) for person in members)
        answer = desk.ask(None, "--attendees", "Who was there", names)
        said = replace(said, attendees=tuple(members) if answer == names else _read_people(desk, report, answer))
    return said


def _edit(report: PartnershipReport, on: date) -> str:
    """Return what was written in the editor, without the line that explains it."""
    hint = f"<!-- {report.partnership.title}, {on.isoformat()}: what was it about? Save and close to write it down. -->"
    draft = f"{hint}\n\n\n\n## Next steps\n\n- [ ] \n"
    edited = click.edit(draft, extension=".md", require_save=True) or ""
    return "" if edited.strip() == draft.strip() else edited.replace(hint, "").strip().removesuffix("- [ ]").rstrip()


def _read_after(desk: Desk, folder: Folder, change: Change) -> Partnership | None:
    snapshot = overlay(desk.walk.snapshot, [change])
    now = next(f for f in snapshot.partnerships if f.path == folder.path)
    return read_partnership(snapshot, now, desk.walk.context.record, desk.today)[0]
