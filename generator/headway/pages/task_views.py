"""Tasks as pages show them: on their note's page, and together, by owner, on the progress page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from headway.documents.note import EVERYBODY, Note, Task
from headway.pages.parts import FollowThroughView, PersonLink, TaskGroup, TaskView
from headway.pages.prose import Prose
from headway.pages.shown import Shown
from headway.progress.report import TaskReport, TaskState

INHERITED = 4
"""How many inherited tasks a meeting's page shows."""

Words = tuple[str, str | None]
"""What makes two tasks the same: the words, case and spaces aside, and the owner."""


Place = tuple[bool, str]
"""A note of the partnership: whether it is in the journal, and its slug."""


class TaskIndex(Struct, frozen=True):
    """The tasks of a partnership by their words, and the notes that the audience may read with their addresses.

    ``hidden`` are the tasks in lines of these notes that it may not.
    """

    by_words: Mapping[Words, tuple[TaskReport, ...]]
    notes: Mapping[Place, tuple[Note, str]]
    hidden: frozenset[tuple[Place, Words]]


def index_tasks(shown: Shown) -> TaskIndex:
    """Return where to look up tasks; once for all pages of a partnership."""
    by_words: dict[Words, list[TaskReport]] = {}
    for task in shown.report.tasks:
        by_words.setdefault(_words(task.text, task.owner), []).append(task)
    notes = {(False, e.meeting.slug): (e.meeting.note, shown.meeting_address(e.meeting.slug)) for e in shown.meetings}
    notes |= {(True, entry.slug): (entry.note, shown.journal_address(entry.slug)) for entry in shown.journal}
    hidden = frozenset(
        (place, _words(task.text, task.owner))
        for place, (note, _) in notes.items()
        for task in note.tasks
        if not shown.sight.sees_line(note, task.line)
    )
    return TaskIndex({words: tuple(tasks) for words, tasks in by_words.items()}, notes, hidden)


def visible_tasks(shown: Shown, index: TaskIndex) -> Iterator[tuple[TaskReport, Note, str]]:
    """Yield the tasks whose notes the audience may read, each with its first note and that note's address."""
    for task in shown.report.tasks:
        first, last = (task.first_in_journal, task.first), (task.last_in_journal, task.last)
        words = _words(task.text, task.owner)
        if first in index.notes and last in index.notes and not index.hidden & {(first, words), (last, words)}:
            yield task, *index.notes[first]


def group_open_tasks(shown: Shown, index: TaskIndex, prose: Prose) -> tuple[TaskGroup, ...]:
    """Return the open tasks: the members' in their order, guests', everybody's, then those of nobody yet."""
    groups: dict[str | None, list[tuple[TaskReport, Note, str]]] = {member: [] for member in shown.sight.roles}
    for found in visible_tasks(shown, index):
        if found[0].state is not TaskState.DONE:
            groups.setdefault(found[0].owner, []).append(found)
    shared, unassigned = groups.pop(EVERYBODY, []), groups.pop(None, [])
    ordered = [*groups.items(), (EVERYBODY, shared), (None, unassigned)]
    return tuple(
        TaskGroup(
            owner_link(shown, owner),
            owner == EVERYBODY,
            tuple(_task_view(shown, *found, prose) for found in sorted(tasks, key=_urgency)),
        )
        for owner, tasks in ordered
        if tasks
    )


def note_tasks(shown: Shown, index: TaskIndex, note: Note, place: Place, prose: Prose) -> tuple[TaskView, ...]:
    """Return the tasks of one note, each as it stands today."""
    return tuple(
        _note_task(shown, index, note, place, task, prose)
        for task in note.tasks
        if shown.sight.sees_line(note, task.line)
    )


class InheritedTasks:
    """The tasks that each meeting found open, from the notes before it; each is written once for all of them."""

    def __init__(self, shown: Shown, index: TaskIndex) -> None:
        self._shown = shown
        # What was ticked where it stands has no day on which it was done, so nobody knows who found it open.
        found = visible_tasks(shown, index) if shown.sees_all else ()
        dated = [(f[0].first_on, f) for f in found if f[0].first_on is not None]
        dated = [(on, f) for on, f in dated if f[0].state is not TaskState.DONE or f[0].done_on is not None]
        self._tasks = sorted(dated, key=lambda entry: entry[0], reverse=True)
        self._times = [(first_on, found[0].done_on or date.max) for first_on, found in self._tasks]
        self._views: dict[int, TaskView] = {}

    def before(self, on: date, page: str) -> tuple[tuple[TaskView, ...], int]:
        """Return the newest of the tasks that were open when the meeting of a day began, and how many more were.

        ``page`` is the address of any meeting's page: they all stand beside each other, and so share their links.
        """
        open_then = [number for number, (first_on, done_on) in enumerate(self._times) if first_on < on <= done_on]
        shown = open_then[:INHERITED]
        for number in shown:
            if number not in self._views:
                task, note, address = self._tasks[number][1]
                self._views[number] = _task_view(self._shown, task, note, address, self._shown.prose(page))
        return tuple(self._views[number] for number in shown), len(open_then) - len(shown)


def follow_through(shown: Shown) -> tuple[FollowThroughView, ...]:
    """Return each member's follow-through, where every note that it counts may be read."""
    if not shown.sees_all:
        return ()
    return tuple(
        FollowThroughView(shown.sight.person(entry.person), entry.done, entry.due)
        for entry in shown.report.follow_through
    )


def owner_link(shown: Shown, owner: str | None) -> PersonLink | None:
    return None if owner is None or owner == EVERYBODY else shown.sight.person(owner)


def _words(text: str, owner: str | None) -> Words:
    return " ".join(text.split()).casefold(), owner


def _urgency(entry: tuple[TaskReport, Note, str]) -> tuple[bool, int, date, str]:
    task = entry[0]
    return task.state is not TaskState.OVERDUE, -task.carried, task.first_on or date.max, task.text


def _task_view(shown: Shown, task: TaskReport, note: Note, address: str, prose: Prose) -> TaskView:
    return TaskView(
        text=prose.inline(task.text, note.path),
        owner=owner_link(shown, task.owner),
        is_everybodys=task.owner == EVERYBODY,
        due=task.due,
        state=task.state.value,
        # How often a task was carried counts meetings, and so would tell of withheld ones.
        carried=task.carried if shown.sees_all else 0,
        first_on=task.first_on,
        address=address,
    )


def _note_task(shown: Shown, index: TaskIndex, note: Note, place: Place, task: Task, prose: Prose) -> TaskView:
    known = _followed(index.by_words.get(_words(task.text, task.owner), ()), place) if shown.sees_all else None
    first = index.notes.get((known.first_in_journal, known.first)) if known else None
    # A note that is withheld may say that it was done: then nobody is told that it was not.
    late = shown.sees_all and task.due is not None and task.due < shown.report.today
    written = TaskState.DONE if task.is_done else TaskState.OVERDUE if late else TaskState.OPEN
    return TaskView(
        text=prose.inline(task.text, note.path),
        owner=owner_link(shown, task.owner),
        is_everybodys=task.owner == EVERYBODY,
        due=task.due or (known.due if known else None),
        state=(known.state if known else written).value,
        carried=known.carried if known else 0,
        first_on=known.first_on if known else note.date,
        address=first[1] if first else None,
    )


def _followed(tasks: Sequence[TaskReport], place: Place) -> TaskReport | None:
    """Return which of the tasks with the same words is the one in this note: that which begins or ends here."""
    for task in tasks:
        if place in ((task.first_in_journal, task.first), (task.last_in_journal, task.last)):
            return task
    return tasks[0] if len(tasks) == 1 else None
