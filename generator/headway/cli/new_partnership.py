"""``headway new partnership``: who is in it, and the agreement, asked for in four questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import click
from msgspec import Struct, field

from headway.cli.new_people import plan_person
from headway.cli.writing import Desk, finish, schema_for, split_list, take_id, writing_options
from headway.documents.scalars import parse_duration
from headway.model.fields import PartnershipKind, Role
from headway.writing.changes import Change
from headway.writing.naming import propose_partnership_id, propose_person_id
from headway.writing.starter_files import render_yaml
from headway.writing.yaml_values import Value

HELP_KINDS = ("coach", "sponsor", "connector", "mentor", "peer")
FEEDBACK = "in the last five minutes of every meeting, both ways"
REVIEW_AFTER = timedelta(weeks=8)
USUAL_ROLES = {
    "mentoring": ("mentee", "mentor"),
    "co-mentoring": ("co-mentor", "co-mentor"),
    "peer": ("peer", "peer"),
    "team": ("lead", "member"),
    "solo": ("member", "member"),
}
"""The role of the first person named, and of the others."""


class Circle(Struct):
    """The people of the partnership that is to be: ids in order, roles, and the names of those who are new."""

    ids: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    new: dict[str, str] = field(default_factory=dict)
    strengths: dict[str, str] = field(default_factory=dict)
    helps: dict[str, str] = field(default_factory=dict)

    def members(self) -> list[Value]:
        pairs = zip(self.ids, self.roles, strict=True)
        entries = [{"person": id_, "role": role, "help": self.helps.get(id_, "")} for id_, role in pairs]
        return [{key: value for key, value in entry.items() if value} for entry in entries]


@click.command("partnership")
@click.argument("people", nargs=-1, metavar="[PERSON[:ROLE]]...")
@click.option("--id", "given", metavar="ID", help="The folder's name; else made from the people's.")
@click.option("--kind", type=click.Choice([kind.value for kind in PartnershipKind]), help="Mentoring, if not said.")
@click.option("--cohort", metavar="ID", help="Its cohort in headway.yaml.")
@click.option("--start", metavar="DAY", help="The day it begins: the cohort's, or the first meeting's.")
@click.option("--end", metavar="DAY", help="The day it ends.")
@click.option("--purpose", help="Where it is meant to lead.")
@click.option("--strengths", "strong", multiple=True, metavar="PERSON=A,B", help="What somebody new is good at.")
@click.option("--help-kind", "help_kinds", multiple=True, metavar="PERSON=KIND", help="How somebody can help.")
@click.option("--cadence", metavar="TIME", help="How often you meet.")
@click.option("--length", metavar="TIME", help="How long a meeting is planned to be.")
@click.option("--success", help="What will be true when this went well.")
@click.option("--feedback", help="How you give each other feedback.")
@click.option("--review-on", metavar="DAY", help="When you look at the agreement again.")
@click.option("--agreed", is_flag=True, help="Everybody in it has agreed, today.")
@writing_options
def partnership(
    people: tuple[str, ...],
    given: str | None,
    strong: tuple[str, ...],
    help_kinds: tuple[str, ...],
    agreed: bool,
    desk: Desk,
    **said: str | None,
) -> None:
    """Begin a partnership of PERSONs, by id or name: the mentee, then mentors.

    A role can be said with a colon: ada:mentee grace:co-mentor. Somebody who
    is not in the program yet is added. The agreement is asked for in four
    questions, which can all be left open.
    """
    circle = _gather(desk, people or _ask_people(desk), said["kind"])
    circle.strengths = _by_person(desk, circle, strong, "--strengths")
    circle.helps = _by_person(desk, circle, help_kinds, "--help-kind")
    _ask_strengths_and_help(desk, circle)
    start = desk.optional_day(said["start"])
    agreement = _ask_agreement(desk, said, start or desk.today)
    if agreed or (desk.may_ask and click.confirm("\nHas everybody agreed to this?", default=False)):
        agreement["agreed"] = dict.fromkeys(circle.ids, desk.today)
    values: dict[str, Value | None] = {
        "kind": said["kind"] or ("solo" if len(circle.ids) == 1 else "mentoring"),
        "cohort": said["cohort"],
        "start": start,
        "end": desk.optional_day(said["end"]),
        "members": circle.members(),
        "purpose": said["purpose"],
        "agreement": agreement,
    }
    taken = [folder.name for folder in desk.walk.folders()]
    id_ = take_id(given, propose_partnership_id(circle.ids, taken), taken, "a partnership")
    path = f"content/partnerships/{id_}/partnership.yaml"
    text = render_yaml({k: v for k, v in values.items() if v}, schema_for(desk, "partnership"), path)
    changes = [Change(path, None, text.encode())]
    for key, name in circle.new.items():
        changes.append(plan_person(desk, name, key, {"strengths": split_list(circle.strengths.get(key))}))
    finish(desk, changes, f"New partnership: {id_}")


def _ask_people(desk: Desk) -> tuple[str, ...]:
    people = tuple(split_list(desk.ask(None, "PERSON", "Who is in it? Names with commas, the mentee first")))
    if not people:
        raise click.UsageError("PERSON is missing: who is in it?")
    return people


def _gather(desk: Desk, people: Sequence[str], kind: str | None) -> Circle:
    """Return the people with their ids and roles; who is not in the program yet gets an id."""
    record, circle = desk.walk.context.record, Circle()
    first, others = USUAL_ROLES[kind or ("solo" if len(people) == 1 else "mentoring")]
    for written in people:
        name, _, role = (part.strip() for part in written.partition(":"))
        if role and role not in list(Role):
            raise click.UsageError(f"{role[:40]!r} is not a role; there are {', '.join(Role)}.")
        id_ = record.resolve_person(name) or record.everybody.match(name)
        if id_ is None:
            taken = [*record.people, *circle.ids]
            id_ = take_id(None, propose_person_id(name, taken), taken, "a person")
            circle.new[id_] = name
        if id_ in circle.ids:
            raise click.UsageError(f"{name} is named twice.")
        circle.roles.append(role or (others if circle.ids else first))
        circle.ids.append(id_)
    return circle


def _by_person(desk: Desk, circle: Circle, written: Sequence[str], option: str) -> dict[str, str]:
    """Return what options of the form PERSON=... say, by the person's id."""
    found: dict[str, str] = {}
    for each in written:
        name, equals, value = (part.strip() for part in each.partition("="))
        by_name = {new.casefold(): id_ for id_, new in circle.new.items()} | {id_: id_ for id_ in circle.ids}
        id_ = by_name.get(name.casefold()) or desk.walk.context.record.everybody.match(name)
        if not equals or id_ is None or id_ not in circle.ids:
            raise click.UsageError(f"{option} {each[:60]!r}: write PERSON=..., for somebody who is in it.")
        if option == "--help-kind" and value not in HELP_KINDS:
            raise click.UsageError(f"{value[:40]!r} is no kind of help; there are {', '.join(HELP_KINDS)}.")
        found[id_] = value
    return found


def _ask_strengths_and_help(desk: Desk, circle: Circle) -> None:
    """Ask the first two of the four questions, where somebody can be asked."""
    if not desk.may_ask:
        return
    click.echo("\n1. Who are you to each other, and what are your strengths? (Enter leaves a question open)")
    for id_, name in circle.new.items():
        if id_ not in circle.strengths:
            circle.strengths[id_] = desk.ask(None, "--strengths", f"   What is {name} good at", "")
    click.echo(f"\n2. How can you help each other? ({', '.join(HELP_KINDS)})")
    for id_ in circle.ids[1:]:
        while id_ not in circle.helps:
            name = circle.new.get(id_) or desk.name(id_)
            answer = desk.ask(None, "--help-kind", f"   How can {name} help", "").casefold()
            if answer in ("", *HELP_KINDS):
                circle.helps[id_] = answer


def _ask_agreement(desk: Desk, said: dict[str, str | None], start: date) -> dict[str, Value]:
    """Ask the third and the fourth question; what nobody answers stays open."""
    usual = desk.walk.context.record.program.defaults.cadence
    if desk.may_ask:
        click.echo("\n3. What do you agree?")
    cadence = desk.ask(said["cadence"], "--cadence", "   How often do you meet", usual.text if usual else "2 weeks")
    success = desk.ask(said["success"], "--success", "   What will be true when this went well", "")
    if desk.may_ask:
        click.echo("\n4. Which steps will you take to keep it good?")
    feedback = desk.ask(said["feedback"], "--feedback", "   How do you give each other feedback", FEEDBACK)
    question = "   When do you look at this again"
    review_on = desk.ask_day(said["review_on"], "--review-on", question, (start + REVIEW_AFTER).isoformat())
    for option, value in (("--cadence", cadence), ("--length", said["length"] or cadence)):
        try:
            parse_duration(value)
        except ValueError as error:
            raise click.UsageError(f"{option}: {error}. Write it as 2 weeks, or 45 minutes.") from None
    facts = {"cadence": cadence, "length": said["length"], "feedback": feedback, "success": success}
    kept: dict[str, Value] = {key: fact for key, fact in facts.items() if fact}
    return {**kept, "review_on": review_on} if review_on else kept
