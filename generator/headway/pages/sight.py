"""Sight: how one partnership, or the program, looks to the people a site is built for.

Who may see what, how a person appears, what stands in place of hidden names. Made once for all pages of a
partnership; the names in running text are `headway.pages.redaction`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import sha256

from msgspec import Struct, field

from headway.documents.names import fold_words
from headway.documents.note import Note
from headway.model.fields import Role, Visibility
from headway.model.goals import Goal, Milestone
from headway.model.partnership import Membership, Partnership
from headway.model.person import Person
from headway.model.program import ProgramContext
from headway.pages.addresses import Addresses
from headway.pages.audience import least, sees_person
from headway.pages.parts import PersonLink
from headway.pages.redaction import Redaction, compute_redaction, fold

STRANGER = "guest"
"""The word for somebody hidden who has no role here."""


class Sight(Struct, frozen=True):
    """What one audience sees, of the program or (with ``roles`` and ``visibility``) of one partnership."""

    context: ProgramContext
    addresses: Addresses
    roles: Mapping[str, Role] = field(default_factory=dict)
    """The members' roles by person; the first one where somebody has several."""
    visibility: Visibility = Visibility.PUBLIC
    redaction: Redaction = field(default_factory=Redaction)
    handles: Mapping[str, str] = field(default_factory=dict)
    """The people's ids by each handle, case-folded."""

    def sees(self, visibility: Visibility | None) -> bool:
        return self.context.audience.admits(least(visibility, self.visibility))

    @property
    def is_partners(self) -> bool:
        """Whether energy, obstacles and feedback may be shown."""
        return self.context.audience.admits(Visibility.PARTNERS)

    def sees_goal(self, goal: Goal) -> bool:
        return self.sees(goal.visibility or self.context.record.program.visibility.goals)

    def sees_details(self, goal: Goal) -> bool:
        return self.sees_goal(goal) and self.sees(goal.details or self.context.record.program.visibility.details)

    def sees_milestone(self, goal: Goal, milestone: Milestone) -> bool:
        own = milestone.visibility or goal.details or self.context.record.program.visibility.details
        return self.sees_goal(goal) and self.sees(own)

    def sees_milestones(self, goal: Goal) -> bool:
        """Whether every milestone of a goal may be shown, and so their number."""
        return all(self.sees_milestone(goal, milestone) for milestone in goal.milestones)

    def sees_all_meetings(self, partnership: Partnership) -> bool:
        """Whether counts of meetings and tasks may be shown: where not one note that they count is withheld."""
        if not partnership.meetings:
            return self.sees(self.context.record.program.visibility.meetings)
        return all(self.sees(meeting.visibility) for meeting in partnership.meetings) and all(
            self.sees(entry.visibility) for entry in partnership.journal if entry.note.tasks
        )

    def sees_lines(self, note: Note, first: int, last: int) -> bool:
        """Whether lines of a visible note may be shown: feedback and energy are for the partners only."""
        return self.is_partners or not any(begin <= last and first <= end for begin, end in note.private_lines)

    def sees_line(self, note: Note, line: int) -> bool:
        return self.sees_lines(note, line, line)

    def title(self, note: Note) -> str:
        """Return a visible note's title, "" where it stands in lines that may not be shown."""
        is_seen = note.title_line is None or self.sees_line(note, note.title_line)
        return self.redaction.redact(note.title) if is_seen else ""

    def person(self, person_id: str, role: Role | None = None) -> PersonLink:
        """Return a person, or their role where they are not visible; a name that is no id stays as written."""
        role = role or self.roles.get(person_id)
        people = self.context.record.people
        person = people.get(person_id)
        if person is not None and sees_person(person, self.context):
            is_here = self.addresses.own_site is None or person_id in self.roles
            address = self.addresses.person(person_id) if is_here else None
            return PersonLink(person.name, address, role.value if role else None)
        if person is None and role is None:
            return PersonLink(self.redaction.redact(person_id))
        return PersonLink(self.word(role), is_hidden=True)

    def person_or_none(self, person_id: str | None) -> PersonLink | None:
        """Return a member, or somebody else whom the audience may see; None for everybody else."""
        person = self.context.record.people.get(person_id) if person_id else None
        is_named = person_id in self.roles or (person is not None and sees_person(person, self.context))
        return self.person(person_id) if person_id and is_named else None

    def names_hidden(self, text: str) -> bool:
        """Whether a text, its redaction done, still names somebody hidden, who may have left since it was written."""
        words = _hidden_words(_SameContext(self.context))
        return bool(words) and not words.isdisjoint(fold_words(self.say(text)))

    def member(self, member: Membership) -> PersonLink:
        return self.person(member.person, member.role)

    def mention(self, handle: str) -> tuple[str, str] | None:
        """Return the name and address for ``@handle``, or None where it leads to no person's page.

        Handles of hidden people are already redacted where this is asked.
        """
        person_id = self.handles.get(fold(handle))
        link = self.person(person_id) if person_id is not None else None
        return (link.name, link.address) if link is not None and link.address is not None else None

    def word(self, role: Role | None) -> str:
        """Return the program's own word for a role."""
        word = role.value if role else STRANGER
        return self.context.record.program.terms.get(word, word)

    def say(self, text: str) -> str:
        """Return what somebody wrote, with the names of hidden people replaced by their roles."""
        return self.redaction.redact(text)

    def say_or_none(self, text: str | None) -> str | None:
        return self.redaction.redact(text) if text else None

    def shown_name(self, name: str) -> str:
        """Return an id or file name for an address: a digest where it would tell the name of somebody hidden."""
        if not self.redaction.tells(name):
            return name
        stem, dot, ending = name.rpartition(".")
        keeps_ending = dot and stem and ending.isalnum() and not self.redaction.tells(ending)
        return sha256(name.encode()).hexdigest()[:12] + (dot + ending if keeps_ending else "")


def program_sight(context: ProgramContext, addresses: Addresses) -> Sight:
    """Return what the audience sees of the program itself."""
    handles, hidden = _index_handles(_SameContext(context))
    redaction = compute_redaction({}, hidden, Sight(context, addresses).word(None))
    return Sight(context, addresses, redaction=redaction, handles=handles)


def partnership_sight(partnership: Partnership, context: ProgramContext, addresses: Addresses) -> Sight:
    """Return what the audience sees of a partnership."""
    roles: dict[str, Role] = {}
    for member in partnership.members:
        roles.setdefault(member.person, member.role)
    people = context.record.people
    words = Sight(context, addresses)
    hidden: dict[str, tuple[Person | None, str]] = {}
    for person_id in (*roles, *_named_people(partnership)):
        person = people.get(person_id)
        if (person is None and person_id in roles) or (person is not None and not sees_person(person, context)):
            hidden.setdefault(person_id, (person, words.word(roles.get(person_id))))
    handles, hidden_handles = _index_handles(_SameContext(context))
    redaction = compute_redaction(hidden, hidden_handles, words.word(None))
    return Sight(context, addresses, roles, partnership.visibility, redaction, handles)


def all_notes(partnership: Partnership) -> Iterator[Note]:
    """Yield every note of a partnership, whoever may see it: meetings, journal, introductions."""
    yield from (meeting.note for meeting in partnership.meetings)
    yield from (entry.note for entry in partnership.journal)
    yield from (introduction.note for introduction in partnership.introductions)


def shown_title(partnership: Partnership, sight: Sight) -> str:
    """Return the partnership's title as the audience may read it: names of hidden people are their roles."""
    known = sight.context.record.people
    if partnership.file.title is not None or all(member.person in known for member in partnership.members):
        title = sight.say(partnership.title)
    else:
        title = " & ".join(sight.member(member).name for member in partnership.members)
    return title[:1].upper() + title[1:] if title != partnership.title else title


class _SameContext:
    """A context, equal only to itself: so that its people are indexed once for all partnerships."""

    def __init__(self, context: ProgramContext) -> None:
        self.context = context

    def __hash__(self) -> int:
        return id(self.context)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _SameContext) and self.context is other.context


@lru_cache(maxsize=2)
def _index_handles(same: _SameContext) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the id of each person by handle (id or alias, folded), and those of the hidden people alone."""
    people = same.context.record.people
    handles = {fold(alias): person_id for person_id, person in people.items() for alias in person.aliases}
    handles |= {fold(person_id): person_id for person_id in people}
    hidden = {person_id for person_id, person in people.items() if not sees_person(person, same.context)}
    return handles, {handle: person_id for handle, person_id in handles.items() if person_id in hidden}


@lru_cache(maxsize=2)
def _hidden_words(same: _SameContext) -> frozenset[str]:
    """Return the words that name hidden people, as names are compared."""
    people = same.context.record.people.items()
    hidden = [(person_id, person) for person_id, person in people if not sees_person(person, same.context)]
    names = (name for person_id, person in hidden for name in (person_id, person.name, *person.aliases))
    return frozenset(word for name in names for word in fold_words(name) if len(word) > 1)


def _named_people(partnership: Partnership) -> dict[str, None]:
    """Return whom the notes name by structure: attendees, owners, thanked people, authors; in order, each once."""
    named: dict[str, None] = {}
    for note in all_notes(partnership):
        named.update(dict.fromkeys((*note.attendance.present, *note.attendance.absent)))
        named.update(dict.fromkeys((*note.energy, *([note.author] if note.author else []))))
        named.update(dict.fromkeys(task.owner for task in note.tasks if task.owner))
        for mark in note.marks:
            named.update(dict.fromkeys(mark.people))
            if mark.giver:
                named[mark.giver] = None
    return named
