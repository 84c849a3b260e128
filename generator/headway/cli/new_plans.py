"""``headway new goal`` and ``milestone``: entries in a partnership's goals.yaml."""

from __future__ import annotations

from difflib import get_close_matches

import click

from headway.cli.choosing import choose, choose_partnership
from headway.cli.writing import Desk, finish, schema_for, split_list, take_id, writing_options
from headway.documents.note import EVERYBODY
from headway.documents.validation import check_document
from headway.documents.yaml import parse_yaml
from headway.model.goals import Goal, GoalPlan
from headway.progress.report import PartnershipReport
from headway.progress.threads import normalise_words
from headway.source.names import fold_id
from headway.writing.changes import Change, RefusedError
from headway.writing.naming import propose_id
from headway.writing.starter_files import render_yaml
from headway.writing.yaml_edits import append_entry
from headway.writing.yaml_values import Value

_WORDS_OF_AN_ID = 3
_SMALL = frozenset("a an the to of in on at for and or my our your with from by".split())


@click.command("goal")
@click.argument("words", nargs=-1, metavar="[PARTNERSHIP] [TITLE]")
@click.option("--id", "given", metavar="ID", help="Made from the title where nothing is said.")
@click.option("--owner", metavar="PERSON", help="Whose goal it is: a member, or all.")
@click.option("--why", help="Why it matters to them.")
@click.option("--measure", help="How you will know that it is reached.")
@click.option("--area", metavar="A,B", help="What it is about.")
@click.option("--due", metavar="DAY", help="The day it is to be reached by.")
@writing_options
def goal(
    words: tuple[str, ...],
    given: str | None,
    owner: str | None,
    why: str | None,
    measure: str | None,
    area: str | None,
    due: str | None,
    desk: Desk,
) -> None:
    """Add a goal with this TITLE to the plan of PARTNERSHIP."""
    folder, rest = choose_partnership(desk, words)
    report = desk.report(folder)
    is_asked = not rest
    title = desk.ask(" ".join(rest) or None, "TITLE", "What is the goal, in its owner's words")
    members = [member.person for member in report.partnership.members]
    if owner is None and len(members) > 1:
        owner = desk.ask(None, "--owner", f"Whose goal is it ({', '.join(members)}, all)", members[0])
    if is_asked:
        why = why or desk.ask(None, "--why", "Why does it matter? (Enter to skip)", "")
        measure = measure or desk.ask(None, "--measure", "How will you know that it is reached?", "")
    due_on = desk.ask_day(due, "--due", "By which day?") if is_asked else desk.optional_day(due)
    taken = [each.goal.id for each in report.goals]
    entry: dict[str, Value | None] = {
        "id": take_id(given, given or _propose(title, taken), taken, "a goal"),
        "title": title,
        "owner": _find_owner(desk, members, owner),
        "why": why,
        "area": split_list(area),
        "measure": measure,
        "start": desk.today,
        "due": due_on,
    }
    kept: dict[str, Value] = {key: value for key, value in entry.items() if value}
    path = f"{folder.path}/goals.yaml"
    if path in folder.files:
        content = desk.walk.snapshot.read(path)
        change = Change(path, content, append_entry(content, path, ("goals",), kept))
    else:
        change = Change(path, None, render_yaml({"goals": [kept]}, schema_for(desk, "goals"), path).encode())
    finish(desk, [change], f"{report.partnership.title}: new goal: {title}")


@click.command("milestone")
@click.argument("words", nargs=-1, metavar="[PARTNERSHIP] [GOAL] [TITLE]")
@click.option("--goal", "goal_words", metavar="GOAL", help="The goal's id or words of its title, if not given before.")
@click.option("--size", type=click.Choice(["S", "M", "L"], case_sensitive=False), help="M where nothing is said.")
@click.option("--due", metavar="DAY", help="The day it is to be reached by.")
@writing_options
def milestone(words: tuple[str, ...], goal_words: str | None, size: str | None, due: str | None, desk: Desk) -> None:
    """Add a milestone with this TITLE to a GOAL of PARTNERSHIP.

    The only partnership, and its only goal, may be left out.
    """
    folder, rest = choose_partnership(desk, words)
    report = desk.report(folder)
    if not report.goals:
        raise click.UsageError(f"{folder.name} has no goal yet. `headway new goal {folder.name}` adds one.")
    if goal_words is not None:
        index = _find_goal(desk, report, goal_words)
    elif (found := _match_goals(report, rest[0]) if rest else []) and (len(rest) > 1 or len(report.goals) > 1):
        index, rest = _find_goal(desk, report, rest[0]) if len(found) > 1 else found[0], rest[1:]
    else:
        index = 0 if len(report.goals) == 1 else _find_goal(desk, report, rest[0] if len(rest) > 1 else "")
    is_asked = not rest
    title = desk.ask(" ".join(rest) or None, "TITLE", "What is the milestone, in a few words")
    _refuse_twin(report.goals[index].goal, title)
    due_on = desk.ask_day(due, "--due", "By which day? (Enter to skip)") if is_asked else desk.optional_day(due)
    entry: dict[str, Value | None] = {"title": title, "size": (size or "").upper(), "due": due_on}
    kept: dict[str, Value] = {key: value for key, value in entry.items() if value}
    path = f"{folder.path}/goals.yaml"
    content = desk.walk.snapshot.read(path)
    document, _ = parse_yaml(content, path)
    origin = check_document(GoalPlan, document).document.origin(("goals", index)) if document else ("goals", index)
    change = Change(path, content, append_entry(content, path, (*origin, "milestones"), kept))
    finish(desk, [change], f"{report.partnership.title}: new milestone: {title}")


def _refuse_twin(goal: Goal, title: str) -> None:
    """Raise where the goal has an open milestone of that title: `headway done` could not tell the two apart."""
    words = normalise_words(title)
    if any(normalise_words(m.title) == words for m in goal.milestones if m.done is None and m.dropped is None):
        raise RefusedError(f"{goal.title} has an open milestone {title[:60]!r} already.", "Give this one other words.")


def _propose(title: str, taken: list[str]) -> str:
    """Return an id from the telling words of a title: `give-talk-local`."""
    words = [word for word in title.split() if word.casefold() not in _SMALL] or title.split()
    return propose_id(" ".join(words[:_WORDS_OF_AN_ID]), taken) or propose_id(f"goal {len(taken) + 1}", taken)


def _find_owner(desk: Desk, members: list[str], written: str | None) -> str | None:
    if written is None:
        return None
    if fold_id(written) == EVERYBODY:
        return EVERYBODY
    record = desk.walk.context.record
    id_ = record.resolve_person(written) or record.everybody.match(written, members)
    if id_ not in members:
        raise click.UsageError(f"--owner {written[:60]!r} is not a member; there are {', '.join(members)} and all.")
    return id_


def _match_goals(report: PartnershipReport, written: str) -> list[int]:
    goals: list[Goal] = [each.goal for each in report.goals]
    exact = [index for index, each in enumerate(goals) if fold_id(each.id) == fold_id(written)]
    asked = normalise_words(written).split()
    titled = [i for i, each in enumerate(goals) if all(word in normalise_words(each.title).split() for word in asked)]
    return exact or [i for i, each in enumerate(goals) if fold_id(each.id).startswith(fold_id(written))] or titled


def _find_goal(desk: Desk, report: PartnershipReport, written: str) -> int:
    found = _match_goals(report, written) if written else list(range(len(report.goals)))
    if not found:
        ids = [each.goal.id for each in report.goals]
        near = get_close_matches(written, ids, n=1)
        hint = f" Did you mean {near[0]}?" if near else f" There are {', '.join(ids)}."
        raise click.UsageError(f"There is no goal {written[:60]!r}.{hint}")
    goals = [(index, report.goals[index].goal) for index in found]
    return found[0] if len(found) == 1 else choose(desk, "Which goal", goals, lambda g: f"{g[1].id}: {g[1].title}")[0]
