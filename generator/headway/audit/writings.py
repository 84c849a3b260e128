"""Writings: every text of a program with its place, and whether an audience may read it.

Lines of notes and values of YAML files, as they are written. What of them is in a built site is
`headway.audit.leaks`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from headway.build import Walk, report_partnership
from headway.documents.note import Note
from headway.model.goals import Goal
from headway.model.partnership import Partnership
from headway.model.person import Person
from headway.pages.addresses import Addresses
from headway.pages.audience import sees_partnership, sees_person
from headway.pages.consent import withhold_without_consent
from headway.pages.prose import hidden_lines
from headway.pages.sight import Sight, partnership_sight, program_sight


class Writing(Struct, frozen=True):
    """One text: ``what`` it is, as ``a goal's title``, and its file; ``is_withheld`` from the audience."""

    text: str
    what: str
    path: str
    is_withheld: bool


def list_writings(walk: Walk) -> Iterator[Writing]:
    """Yield every text of the program; a partnership with an error in its files has none."""
    context, sight = walk.context, program_sight(walk.context, Addresses())
    for person_id, person in context.record.people.items():
        yield from _person(person, f"content/people/{person_id}.yaml", sight)
    for page in context.record.pages:
        yield from _note(walk, page.note, sight, is_seen=context.audience.admits(page.visibility))
    for folder in walk.folders():
        report, _ = report_partnership(walk, folder)
        if report is not None:
            yield from _partnership(walk, report.partnership, withhold_without_consent(report, context).partnership)


def _person(person: Person, path: str, sight: Sight) -> Iterator[Writing]:
    is_seen = sees_person(person, sight.context)
    yield from _say([person.email], "an e-mail address", path, is_seen=False)
    yield from _say([person.name], "a person's name", path, is_seen)
    lists = (*person.strengths, *person.growing, *person.needs, *person.offers, *person.availability)
    said = (person.affiliation, *(person.bio or "").split("\n"), *lists, *person.links.values())
    yield from _say(said, "what a person says of themselves", path, is_seen)
    obstacles = (text for o in person.obstacles for text in (o.what, o.counter))
    yield from _say(obstacles, "an obstacle", path, is_seen and sight.is_partners)


def _partnership(walk: Walk, partnership: Partnership, allowed: Partnership) -> Iterator[Writing]:
    """Yield what is written of a partnership; ``allowed`` is it without what needs somebody's consent."""
    sight = partnership_sight(partnership, walk.context, Addresses())
    folder, is_seen = f"content/partnerships/{partnership.id}", sees_partnership(partnership, walk.context)
    file, agreement = partnership.file, partnership.agreement
    duties = (duty for duties in agreement.responsibilities.values() for duty in duties)
    terms = (agreement.medium, agreement.feedback, agreement.success, agreement.confidentiality, agreement.ending)
    said = (file.title, file.purpose, *terms, *duties)
    yield from _say(said, "what a partnership agreed", f"{folder}/partnership.yaml", is_seen)
    may_tell = is_seen and allowed.file.reason == file.reason
    yield from _say([file.reason], "a story", f"{folder}/partnership.yaml", may_tell)
    for goal, shown in zip(partnership.goals, allowed.goals, strict=True):
        yield from _goal(goal, f"{folder}/goals.yaml", sight, celebrates=goal == shown)
    held = [(entry.note, entry.visibility) for entry in allowed.meetings]
    held += [(entry.note, entry.visibility) for entry in allowed.journal]
    held += [(entry.note, entry.visibility) for entry in allowed.introductions]
    for note, visibility in held:
        yield from _note(walk, note, sight, is_seen=sight.sees(visibility))


def _goal(goal: Goal, path: str, sight: Sight, *, celebrates: bool) -> Iterator[Writing]:
    yield from _say([goal.title], "a goal's title", path, sight.sees_goal(goal))
    details = (goal.why, goal.measure, goal.lesson)
    reframed = (text for reframe in goal.reframed for text in (reframe.was, reframe.why))
    yield from _say((*details, *reframed), "a goal's details", path, sight.sees_details(goal))
    yield from _say([goal.celebrated], "a celebration", path, sight.sees_details(goal) and celebrates)
    for milestone in goal.milestones:
        is_seen = sight.sees_milestone(goal, milestone)
        texts = (milestone.title, *(step.title for step in milestone.steps))
        yield from _say(texts, "a milestone", path, is_seen)
        yield from _say([milestone.celebrated], "a celebration", path, is_seen and celebrates)


def _note(walk: Walk, note: Note, sight: Sight, *, is_seen: bool) -> Iterator[Writing]:
    lines = walk.snapshot.read(note.path).decode("utf-8", "replace").splitlines()
    hidden = hidden_lines(note, sight)
    for number, line in enumerate(lines[note.line - 1 : note.end_line], note.line):
        is_inner = any(first <= number <= last for first, last in hidden)
        what = "a line of a note" if not is_inner else "a line for the partners only"
        yield Writing(line, what, f"{note.path}:{number}", not is_seen or is_inner)


def _say(texts: Iterable[str | None], what: str, path: str, is_seen: bool) -> Iterator[Writing]:
    return (Writing(text, what, path, not is_seen) for text in texts if text)
