"""``headway new person`` and ``cohort``: who there is, and in which group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from headway.cli.writing import Desk, finish, schema_for, split_list, take_id, writing_options
from headway.writing.changes import Change
from headway.writing.naming import propose_id, propose_person_id
from headway.writing.starter_files import render_yaml
from headway.writing.yaml_edits import append_entry
from headway.writing.yaml_values import Value


@click.command("person")
@click.argument("name", required=False)
@click.option("--id", "given", metavar="ID", help="The file's name; made from the name where nothing is said.")
@click.option("--pronouns", help="As she/her.")
@click.option("--timezone", metavar="ZONE", help="As Europe/London.")
@click.option("--email", help="Never published.")
@click.option("--strengths", metavar="A,B", help="What they are good at.")
@click.option("--growing", metavar="A,B", help="What they want to become better at.")
@click.option("--allows", metavar="A,B", help="What of theirs others may see: stories, thanks, celebrations.")
@writing_options
def person(
    name: str | None,
    given: str | None,
    pronouns: str | None,
    timezone: str | None,
    email: str | None,
    strengths: str | None,
    growing: str | None,
    allows: str | None,
    desk: Desk,
) -> None:
    """Add a person called NAME: content/people/<id>.yaml."""
    is_asked = name is None
    name = desk.ask(name, "NAME", "What is their name")
    if is_asked:
        strengths = strengths or desk.ask(
            None, "--strengths", "What are they good at? (with commas; Enter to skip)", ""
        )
        growing = growing or desk.ask(None, "--growing", "What do they want to become better at?", "")
    facts = {"pronouns": pronouns, "timezone": timezone, "email": email}
    lists = {"strengths": split_list(strengths), "growing": split_list(growing), "allows": split_list(allows)}
    change = plan_person(desk, name, given, {**facts, **lists})
    finish(desk, [change], f"New person: {name}")


def plan_person(
    desk: Desk, name: str, given: str | None, facts: Mapping[str, Value | None], taken: Sequence[str] = ()
) -> Change:
    """Return the change that adds a person's file; facts that are empty are left out."""
    people = (*desk.walk.context.record.people, *taken)
    if not name.strip():
        raise click.UsageError("NAME is missing: what is their name?")
    id_ = take_id(given, propose_person_id(name, people), people, "a person")
    path = f"content/people/{id_}.yaml"
    values: dict[str, Value] = {"name": name, **{key: fact for key, fact in facts.items() if fact}}
    return Change(path, None, render_yaml(values, schema_for(desk, "person"), path).encode())


@click.command("cohort")
@click.argument("name", required=False)
@click.option("--id", "given", metavar="ID", help="Made from the name where nothing is said.")
@click.option("--start", metavar="DAY", help="The day it begins.")
@click.option("--end", metavar="DAY", help="The day it ends.")
@writing_options
def cohort(name: str | None, given: str | None, start: str | None, end: str | None, desk: Desk) -> None:
    """Add a cohort called NAME to headway.yaml."""
    name = desk.ask(name, "NAME", "What is the cohort called")
    taken = [each.id for each in desk.walk.context.record.program.cohorts]
    id_ = take_id(given, propose_id(name), taken, "a cohort")
    days = {"start": desk.optional_day(start), "end": desk.optional_day(end)}
    entry: dict[str, Value] = {"id": id_, "name": name, **{key: day for key, day in days.items() if day}}
    path = desk.walk.snapshot.settings or "headway.yaml"
    content = desk.walk.snapshot.read(path)
    finish(desk, [Change(path, content, append_entry(content, path, ("cohorts",), entry))], f"New cohort: {name}")
