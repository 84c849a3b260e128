"""Resolving: what a file leaves to others is filled in: ids, titles, days, addresses, who may see it.

Pure functions of what was written; reading is in `headway.model.reading`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec.structs import replace

from headway.documents.note import EVERYBODY, Note
from headway.model.fields import Role, Visibility
from headway.model.goals import Goal, Milestone
from headway.model.partnership import Agreement, PartnershipFile
from headway.model.program import ProgramRecord, VisibilityDefaults
from headway.source.names import check_id, fold_id

DEFAULT_CADENCE = 14.0
_LONGEST_SLUG = 80


def least_visible(*visibilities: Visibility) -> Visibility:
    """Return the one that the fewest may see."""
    return max(visibilities, key=lambda visibility: visibility.rank)


def note_visibility(note: Note, default: Visibility, *holders: Visibility) -> Visibility:
    """Return who may see a note; where what it says of that cannot be understood, it is private."""
    if note.visibility is None:
        is_misspelled = any(key.casefold().startswith("visib") for key in note.keys)
        return Visibility.PRIVATE if is_misspelled else least_visible(default, *holders)
    try:
        own = Visibility(note.visibility)
    except ValueError:
        own = Visibility.PRIVATE
    return least_visible(own, *holders)


def resolve_file(file: PartnershipFile, record: ProgramRecord) -> PartnershipFile:
    """Return the file with ids as people's files and cohorts spell them; unknown ids stay as written."""
    members = tuple(replace(m, person=_person(m.person, record)) for m in file.members)
    agreement = file.agreement
    if agreement is not None:
        agreed = {_person(key, record): day for key, day in agreement.agreed.items()}
        agreement = replace(agreement, agreed=agreed)
    cohort = file.cohort
    if cohort is not None:
        same = (known.id for known in record.program.cohorts if fold_id(known.id) == fold_id(cohort))
        cohort = next(same, cohort)
    return replace(file, members=members, agreement=agreement, cohort=cohort)


def resolve_goal(goal: Goal, record: ProgramRecord, defaults: VisibilityDefaults, holder: Visibility) -> Goal:
    """Return the goal with its owner's id, and with its visibility and its milestones' decided."""
    visibility = least_visible(goal.visibility or defaults.goals, holder)
    details = least_visible(goal.details or defaults.details, visibility)

    def resolve_milestone(milestone: Milestone) -> Milestone:
        own = milestone.visibility
        return replace(milestone, visibility=least_visible(own, visibility) if own else details)

    owner = goal.owner
    if owner is not None:
        owner = EVERYBODY if fold_id(owner) == EVERYBODY else _person(owner, record)
    milestones = tuple(map(resolve_milestone, goal.milestones))
    return replace(goal, owner=owner, visibility=visibility, details=details, milestones=milestones)


def _person(written: str, record: ProgramRecord) -> str:
    return record.resolve_person(written) or written


def compose_title(file: PartnershipFile, record: ProgramRecord, partnership_id: str) -> str:
    """Return the given title, else the members' names, else the id."""
    if file.title is not None:
        return file.title
    ids = dict.fromkeys(member.person for member in file.members)
    names = [record.people[key].name if key in record.people else key for key in ids]
    if not names:
        return partnership_id
    return f"{', '.join(names[:-1])} & {names[-1]}" if len(names) > 1 else names[0]


def resolve_start(file: PartnershipFile, record: ProgramRecord, meetings: Iterable[date | None]) -> date | None:
    """Return the file's start, else the cohort's, else the first meeting's day."""
    return planned_start(file, record) or min((day for day in meetings if day is not None), default=None)


def planned_start(file: PartnershipFile, record: ProgramRecord) -> date | None:
    """Return the start that was written down: the file's, else the cohort's."""
    cohort = record.cohort(file.cohort)
    return file.start or (cohort.start if cohort else None)


def resolve_end(file: PartnershipFile, record: ProgramRecord) -> date | None:
    """Return the file's end, else the cohort's."""
    cohort = record.cohort(file.cohort)
    return file.end or (cohort.end if cohort else None)


def resolve_cadence(agreement: Agreement, record: ProgramRecord) -> float:
    """Return the days between meetings: agreed, else the program's, else fourteen."""
    cadence = agreement.cadence or record.program.defaults.cadence
    return cadence.days if cadence else DEFAULT_CADENCE


def default_author(file: PartnershipFile) -> str | None:
    """Return who writes a journal that names nobody: the only mentee, else the only member."""
    mentees = {member.person for member in file.members if member.role is Role.MENTEE}
    members = {member.person for member in file.members}
    for group in (mentees, members):
        if len(group) == 1:
            return next(iter(group))
    return None


def sort_notes(notes: Iterable[Note]) -> list[Note]:
    """Return notes by day, then by file and line; undated ones last."""
    return sorted(notes, key=lambda note: (note.date or date.max, note.path, note.line))


def name_notes(notes: Sequence[Note]) -> list[str]:
    """Return an address part for each note: its day, ``-2`` for a second; undated, its file's name."""
    taken: set[str] = set()
    counts: dict[str, int] = {}
    slugs = []
    for note in notes:
        slug = wanted = note.date.isoformat() if note.date else _safe_stem(note.path)
        while fold_id(slug) in taken:
            counts[wanted] = counts.get(wanted, 1) + 1
            slug = f"{wanted}-{counts[wanted]}"
        taken.add(fold_id(slug))
        slugs.append(slug)
    return slugs


def _safe_stem(path: str) -> str:
    stem = path.rpartition("/")[2].removesuffix(".md")
    safe = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in stem)
    safe = "-".join(filter(None, safe.split("-")))[:_LONGEST_SLUG]
    return safe if safe and check_id(safe) is None else "undated"
