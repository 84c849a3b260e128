"""Rules of a partnership.yaml: who is in it, when, and what they agreed.

The rules of goals and of notes have their own modules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from headway.documents.note import Task
from headway.model.case import Case, Rule, ask_for, count, find_nearest, find_nearest_person
from headway.model.fields import GoalStatus, PartnershipKind, PartnershipStatus, Role
from headway.model.goals import Goal
from headway.model.resolving import planned_start
from headway.problems import Problem

_CLOSED = (PartnershipStatus.COMPLETED, PartnershipStatus.ENDED)


def check_people(case: Case) -> Iterator[Problem]:
    """Every member has a file."""
    for index, member in enumerate(case.partnership.members):
        if member.person not in case.record.people:
            near = find_nearest_person(member.person, case.record)
            hint = ask_for(near, f"Write content/people/{member.person}.yaml, with a `name`.")
            message = f"There is no person with the id `{member.person}`."
            yield case.in_file("HW201", ("members", index, "person"), message, hint)


def check_members(case: Case) -> Iterator[Problem]:
    """There are members, and none stands twice in one role at one time."""
    members = case.partnership.members
    if not members and not case.places.written(case.file, "members"):
        hint = "Write `members:` and below it `- {person: ada, role: mentee}`."
        yield case.in_file("HW207", ("members",), "This partnership has no members.", hint, key=True)
    by_start = sorted(range(len(members)), key=lambda index: (members[index].start or date.min, index))
    ends: dict[tuple[str, Role], date] = {}
    for index in by_start:
        member = members[index]
        part = (member.person, member.role)
        if (member.start or date.min) <= ends.get(part, date.min) and part in ends:
            message = f"{case.name(member.person)} stands here twice as {member.role.value}."
            hint = "Take one out, or give the two times that do not overlap with `from` and `to`."
            yield case.in_file("HW208", ("members", index), message, hint)
        ends[part] = max(ends.get(part, date.min), member.end or date.max)


def check_cohort(case: Case) -> Iterator[Problem]:
    cohort = case.partnership.file.cohort
    if cohort is None or case.record.cohort(cohort) is not None:
        return
    near = find_nearest(cohort, (known.id for known in case.record.program.cohorts))
    hint = ask_for(near, "Add it to `cohorts` in headway.yaml.")
    yield case.in_file("HW202", ("cohort",), f"There is no cohort with the id `{cohort}`.", hint)


def check_days(case: Case) -> Iterator[Problem]:
    """Nothing ends before it starts, and nobody is a member while there is no partnership."""
    start, end = planned_start(case.partnership.file, case.record), case.partnership.end
    if start and end and end < start and (case.partnership.file.start or case.partnership.file.end):
        key = "end" if case.partnership.file.end else "start"
        message = f"This partnership ends on {end}, before it starts on {start}."
        yield case.in_file("HW211", (key,), message, "Mend one of the two days.")
    for index, member in enumerate(case.partnership.members):
        name, keys = case.name(member.person), ("members", index)
        if member.start and member.end and member.end < member.start:
            message = f"{name} leaves on {member.end}, before joining on {member.start}."
            yield case.in_file("HW211", (*keys, "to"), message, "Mend one of the two days.")
        elif start and member.start and member.start < start:
            message = f"{name} joins on {member.start}, before the partnership starts on {start}."
            yield case.in_file("HW212", (*keys, "from"), message, "Mend one of the two days.")
        elif end and member.end and member.end > end:
            message = f"{name} leaves on {member.end}, after the partnership ends on {end}."
            yield case.in_file("HW212", (*keys, "to"), message, "Mend one of the two days.")


def check_roles(case: Case) -> Iterator[Problem]:
    """Mentoring has two sides; one may still be looked for."""
    roles = {member.role for member in case.partnership.members}
    written = case.places.written(case.file, "members")
    if case.partnership.file.kind is not PartnershipKind.MENTORING or not roles:
        return
    if isinstance(written, list) and len(written) > len(case.partnership.members):
        return  # an entry could not be read: it may be the one that seems to be missing
    if not roles & {Role.MENTOR, Role.CO_MENTOR}:
        message = "This partnership has no mentor yet."
    elif Role.MENTEE not in roles:
        message = "This partnership has no mentee yet."
    else:
        return
    hint = "Add one to `members`, or choose another `kind`: peer, co-mentoring, team, solo."
    yield case.in_file("HW219", ("members",), message, hint, key=True)


def check_reason(case: Case) -> Iterator[Problem]:
    status = case.partnership.file.status
    if status in (PartnershipStatus.PAUSED, PartnershipStatus.ENDED) and not case.partnership.file.reason:
        message = f"This partnership is {status.value}, and nobody has written why yet."
        yield case.in_file("HW220", ("status",), message, "Add a line `reason: ...`; a few words are enough.")


def check_agreed(case: Case) -> Iterator[Problem]:
    """Those who agreed are members, and somebody has."""
    agreement = case.partnership.file.agreement
    if agreement is None:
        return
    for person in agreement.agreed:
        if person not in case.record.people:
            near = find_nearest(person, case.member_ids) or find_nearest_person(person, case.record)
            hint = ask_for(near, "Write the id of a member.")
            message = f"There is no person with the id `{person}`."
            yield case.in_file("HW201", ("agreement", "agreed", _as_written(case, person)), message, hint, key=True)
        elif not case.is_member(person):
            message = f"{case.name(person)} agreed, and is not a member of this partnership."
            hint = "Add them to `members`, or take the line out."
            yield case.in_file("HW204", ("agreement", "agreed", _as_written(case, person)), message, hint, key=True)
    if not agreement.agreed and not case.places.written(case.file, "agreement", "agreed"):
        message = "Nobody has agreed to this agreement yet."
        hint = "When you have talked it over, add `agreed:` with each member's id and the day."
        yield case.in_file("HW221", ("agreement",), message, hint, key=True)


def _as_written(case: Case, person: str) -> str:
    """Return the key that somebody wrote for a person."""
    written = case.places.written(case.file, "agreement", "agreed") or {}
    return next((key for key in written if (case.record.resolve_person(key) or key) == person), person)


def check_open_work_of_past_members(case: Case) -> Iterator[Problem]:
    """What a member who has left still owns should find a new owner."""
    if case.partnership.file.status in _CLOSED:
        return
    tasks = Counter(task.owner for task in _find_open_tasks(case))
    goals = Counter(goal.owner for goal in case.partnership.goals if _is_open(goal))
    last_days: dict[str, tuple[date, int]] = {}
    for index, member in enumerate(case.partnership.members):
        last_day = (member.end or date.max, index)
        last_days[member.person] = max(last_day, last_days.get(member.person, last_day))
    for person, (left_on, index) in last_days.items():
        if left_on < case.today and (goals[person] or tasks[person]):
            owned = [count(goals[person], "open goal", "open goals")] * bool(goals[person])
            owned += [count(tasks[person], "open task", "open tasks")] * bool(tasks[person])
            message = f"{case.name(person)} left on {left_on} and still owns {' and '.join(owned)}."
            hint = "Find a new owner, or mark them done or dropped."
            yield case.in_file("HW218", ("members", index, "to"), message, hint)


def _is_open(goal: Goal) -> bool:
    is_over = goal.status in (GoalStatus.DONE, GoalStatus.DROPPED)
    return goal.done is None and goal.progress != 100 and not is_over


def _find_open_tasks(case: Case) -> list[Task]:
    """Return the tasks that were open when last written; the same words and owner are the same task."""
    latest: dict[tuple[str | None, str], Task] = {}
    for meeting in case.partnership.meetings:
        for task in meeting.note.tasks:
            latest[task.owner, " ".join(task.text.casefold().split())] = task
    return [task for task in latest.values() if not task.is_done]


PARTNERSHIP_RULES: tuple[Rule, ...] = (
    check_people,
    check_members,
    check_cohort,
    check_days,
    check_roles,
    check_reason,
    check_agreed,
    check_open_work_of_past_members,
)
