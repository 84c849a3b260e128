"""Ticking: the open tasks and milestones of a partnership, found by words or number and ticked where they stand.

A task is ticked in the note that repeats it last, in whatever form it is written there; the note is read again
afterwards, and only what makes this one task done and leaves everything else as it was is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from headway.build import Walk
from headway.documents.validation import check_document
from headway.documents.yaml import Keys, parse_yaml
from headway.model.goals import GoalPlan
from headway.model.partnership import Partnership
from headway.model.reading import read_partnership
from headway.patterns import compile_late
from headway.progress.report import PartnershipReport, Standing, TaskState
from headway.progress.threads import normalise_words
from headway.source.snapshot import Folder
from headway.writing.changes import Change, RefusedError, overlay
from headway.writing.yaml_edits import set_key

_BOX = compile_late(r"\[ ?\](?=\s)")
_MARKER = compile_late(r"[ \t>]{0,40}(?:[-*+]|\d{1,9}[.)])[ \t]+(?=\S)")
_BREAK = compile_late(rb"\r\n?|\n")
_LOOKED_AT = 12
"""Lines of one task that are looked through for the end of its words."""


class OpenItem(Struct, frozen=True):
    """A task, milestone or step that is not done. ``number`` is its place in the agenda's list, from 1.

    A task stands in a note, at ``path`` and ``line``; the others in goals.yaml, at ``keys``. ``within`` is the
    goal (and milestone) that it belongs to, empty for a task.
    """

    number: int
    kind: str
    words: str
    owner: str | None
    path: str
    line: int = 0
    keys: Keys = ()
    within: str = ""
    due: date | None = None
    carried: int = 0


def list_open_items(report: PartnershipReport, folder: str) -> tuple[OpenItem, ...]:
    """Return what is open: tasks in the order they were written, then milestones and steps as the plan has them."""
    found = [
        OpenItem(0, "task", t.text, t.owner, t.path, line=t.line, due=t.due, carried=t.carried)
        for t in report.tasks
        if t.state is not TaskState.DONE
    ]
    for index, goal_report in enumerate(report.goals):
        if goal_report.standing in (Standing.DONE, Standing.DROPPED):
            continue
        goal = goal_report.goal
        for place, milestone in enumerate(goal.milestones):
            if milestone.done is not None or milestone.dropped is not None:
                continue
            keys: Keys = ("goals", index, "milestones", place)
            plan = f"{folder}/goals.yaml"
            found.append(
                OpenItem(0, "milestone", milestone.title, goal.owner, plan, 0, keys, goal.title, milestone.due)
            )
            within = f"{goal.title}: {milestone.title}"
            found += [
                OpenItem(0, "step", step.title, goal.owner, plan, 0, (*keys, "steps", at), within, step.due)
                for at, step in enumerate(milestone.steps)
                if step.done is None
            ]
    return tuple(_numbered(found))


def _numbered(items: Sequence[OpenItem]) -> Iterator[OpenItem]:
    for number, item in enumerate(items, 1):
        yield replace(item, number=number)


def find_items(items: Sequence[OpenItem], words: str) -> tuple[OpenItem, ...]:
    """Return the items that words may mean: by number, as a whole, by the beginnings of words, by their parts."""
    wanted = words.strip().removeprefix("#")
    if wanted.isdecimal() and (numbered := [item for item in items if item.number == int(wanted[:9])]):
        return tuple(numbered)
    asked = normalise_words(words).split()
    if not asked:
        return ()
    texts = [(item, normalise_words(item.words)) for item in items]
    exact = [item for item, text in texts if text == " ".join(asked)]
    begun = [item for item, text in texts if all(any(w.startswith(a) for w in text.split()) for a in asked)]
    parts = [item for item, text in texts if all(a in text for a in asked)]
    return tuple(exact or begun or parts)


def tick(walk: Walk, folder: Folder, item: OpenItem, on: date) -> Change:
    """Return the change that ticks an item, done on that day; raise RefusedError where it cannot be ticked safely."""
    content = walk.snapshot.read(item.path)
    if item.keys:
        keys = _keys_as_written(content, item)
        after = ("title", "size", "due")
        return Change(item.path, content, set_key(content, item.path, keys, "done", on, after))
    before = _read(walk, folder)
    for candidate in _tick_line(content, item.line):
        change = Change(item.path, content, candidate)
        after_tick = _read(walk, folder, change)
        if before is not None and after_tick is not None and _is_only_ticked(before, after_tick, item):
            return change
    message = f"{item.path}:{item.line} is written in a way that cannot be ticked safely."
    raise RefusedError(message, "Write ` - done` behind it, or repeat it in a later note as `- [x] ...`.")


def _keys_as_written(content: bytes, item: OpenItem) -> Keys:
    """Return where the item stands in the file, empty entries counted too."""
    document, _ = parse_yaml(content, item.path)
    return check_document(GoalPlan, document).document.origin(item.keys) if document is not None else item.keys


def _read(walk: Walk, folder: Folder, *changes: Change) -> Partnership | None:
    snapshot = overlay(walk.snapshot, changes)
    now = next(f for f in snapshot.partnerships if f.path == folder.path)
    return read_partnership(snapshot, now, walk.context.record, walk.context.today)[0]


def _is_only_ticked(before: Partnership, after: Partnership, item: OpenItem) -> bool:
    """Whether the one task is done now, and every task, mark and day is what it was."""
    old = dict(_facts(before))
    new = dict(_facts(after))
    place = (item.path, item.line)
    if old.keys() != new.keys() or place not in new:
        return False
    is_same = all(new[key][:-1] == old[key][:-1] and (key == place or new[key] == old[key]) for key in old)
    return is_same and new[place][-1] is True and old[place][-1] is False


def _facts(partnership: Partnership) -> Iterator[tuple[tuple[str, int], tuple[object, ...]]]:
    notes = [meeting.note for meeting in partnership.meetings] + [entry.note for entry in partnership.journal]
    for note in notes:
        yield (note.path, -note.line), (note.date, note.status, note.minutes, note.marks, note.attendance, None)
        for task in note.tasks:
            yield (note.path, task.line), (task.text, task.owner, task.due, task.is_done)


def _tick_line(content: bytes, line: int) -> Iterator[bytes]:
    """Yield a note with the task on that line ticked, in each way in which people tick."""
    breaks = [0, *(match.end() for match in _BREAK.finditer(content)), len(content)]
    if not 0 < line < len(breaks):
        return
    for number in range(line, min(line + _LOOKED_AT, len(breaks))):
        start, end = breaks[number - 1], breaks[number]
        raw = content[start:end].decode("utf-8", "surrogateescape")
        text = raw.rstrip("\r\n")
        if not text.strip():
            return
        for ticked in _tick_text(text, is_first=number == line):
            yield content[:start] + (ticked + raw[len(text) :]).encode("utf-8", "surrogateescape") + content[end:]


def _tick_text(text: str, *, is_first: bool) -> Iterator[str]:
    if is_first:
        for box in _BOX.finditer(text):
            yield f"{text[: box.start()]}[x]{text[box.end() :]}"
        if text.count("|") > 1:
            yield from _tick_row(text)
            return
        if marker := _MARKER.match(text):
            yield f"{text[: marker.end()]}[x] {text[marker.end() :]}"
    kept = text.rstrip()
    yield f"{kept} - done{text[len(kept) :]}"


def _tick_row(text: str) -> Iterator[str]:
    """Yield a table's row with `done` in one cell, the last first, at the cost of its spaces where there are any."""
    cells = text.split("|")
    for at in range(len(cells) - 1, -1, -1):
        words = cells[at].strip()
        done = "done" if not words or words.casefold() in _OPEN_WORDS else f"{words} - done"
        yield "|".join([*cells[:at], f" {done} ".ljust(len(cells[at])), *cells[at + 1 :]])


_OPEN_WORDS = frozenset(("open", "todo", "to do", "in progress", "not started", "not yet", "no", "pending", "-", "–"))
