"""``headway audit``: what would be published, what the repository tells, and whether a site holds what it must not."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import get_args

import click
from msgspec import to_builtins

from headway.audit.leaks import Leak, search_for_leaks
from headway.audit.repository import look_at_repository
from headway.audit.writings import list_writings
from headway.build import read_walk, show_partnerships
from headway.cli import FINE, PROBLEMS
from headway.cli.options import (
    audience_option,
    make_choice,
    program_option,
    program_root,
    read_snapshot,
    say_count,
    today_option,
)
from headway.model.person import Consent, Person
from headway.output.folder import read_site
from headway.pages.audience import sees_person
from headway.printers import defuse


@click.command("audit")
@program_option
@audience_option("For whom the site would be; else what headway.yaml says, else public.")
@today_option
@click.option(
    "--leaks",
    "site",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Search this built site, or any folder, for everything that is withheld from the audience.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def command(
    context: click.Context, folder: str | None, audience: str | None, today: date | None, site: Path | None, form: str
) -> None:
    """Say what would be published about whom, and what the repository itself tells everybody who can read it.

    With --leaks, search a built site for what it must not hold; the exit code is 1 where something is found.
    """
    walk = read_walk(read_snapshot(folder, None), make_choice(today, audience), with_theme=True)
    shown_to, record = walk.context.audience, walk.context.record
    people = sorted(person.name for person in record.people.values() if sees_person(person, walk.context))
    titles = sorted(shown.title for shown in show_partnerships(walk)[0])
    withheld = [writing for writing in list_writings(walk) if writing.is_withheld]
    told = look_at_repository(program_root(folder), walk.snapshot, record.people.values())
    leaks = search_for_leaks(walk, read_site(site)) if site else []
    if form == "json":
        published = {"people": people, "partnerships": titles, "withheld": len(withheld)}
        found = {"audience": shown_to.value, "published": published, "repository": list(told)}
        click.echo(json.dumps(found | {"leaks": to_builtins(leaks)}, ensure_ascii=False, indent=1))
    else:
        click.echo(f"A site for the audience {shown_to.value!r} would")
        click.echo(f"  name {say_count(len(people), 'person', 'people')}: {defuse(', '.join(people)) or 'nobody'}")
        click.echo(f"  show {say_count(len(titles), 'partnership')}: {defuse(', '.join(titles)) or 'none'}")
        click.echo(f"  withhold {say_count(len(withheld), 'text')} of theirs.")
        click.echo(f"Of what needs the leave of everybody in it, {_say_consent(record.people.values())}.")
        click.echo("Whoever can read the repository can read all of it, whatever the files say of visibility:")
        click.echo("".join(f"  {defuse(sentence)}\n" for sentence in told), nl=False)
        if site:
            click.echo(say_leaks(leaks, site))
    context.exit(PROBLEMS if leaks else FINE)


def _say_consent(people: Iterable[Person]) -> str:
    """Return how many people allow each kind of what is shown with consent only."""
    people = tuple(people)
    counts = ((kind, sum(kind in person.allows for person in people)) for kind in get_args(Consent))
    told = ", ".join(f"{kind} by {count}" for kind, count in counts)
    return f"others may see {told} of {say_count(len(people), 'person', 'people')}"


def say_leaks(leaks: Sequence[Leak], site: Path) -> str:
    """Return where withheld texts are; the texts themselves are not said, because this may stand in a log."""
    if not leaks:
        return f"In {site} nothing was found that is withheld."
    lines = [f"  {defuse(leak.file)}: {leak.what}, from {defuse(leak.source)}" for leak in leaks]
    return "\n".join([f"In {site} there is what this audience may not read:", *lines])
