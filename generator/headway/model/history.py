"""History: when a partnership's files and its goal plan changed, and by whom.

Owns the record of it and the questions to it. How a record is made from commits is in
`headway.model.history_reading`, who the authors are in `headway.model.program_history`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from headway.model.changes import Dated, Turn

PLAN = "goals.yaml"
EVERYTHING = "*"


class Touch(NamedTuple):
    """A commit's change of one file; ``before`` and ``after`` tell versions apart, ``came_from`` is its old path."""

    commit: str
    at: int
    on: date | None
    author: str
    before: tuple[str, ...]
    after: str
    came_from: str = ""


class PlanChange(NamedTuple):
    """A commit's change of the goal plan: which goals differ (`EVERYTHING` for one that was not looked into), and what
    happened to titles and days."""

    commit: str
    at: int
    on: date | None
    author: str
    goals: tuple[str, ...]
    turns: tuple[Turn, ...]


class HistoryRecord(Struct, frozen=True):
    """What the commits made of one partnership's folder. Paths of ``files`` are relative to it."""

    files: Mapping[str, tuple[Touch, ...]] = field(default_factory=dict)
    plan: tuple[PlanChange, ...] = ()
    authors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The names under which each author committed, by their mark."""
    broken: Mapping[str, str] = field(default_factory=dict)
    """Versions of the plan that cannot be read, each with the last one before it that can."""
    unread: str = ""
    """The plan's first version, as long as there is no other: most plans of an imported program never change."""

    def sources(self) -> set[str]:
        """Return the other folders that files came from."""
        return {t.came_from.partition("/")[0] for touches in self.files.values() for t in touches if t.came_from}


def age(change: Touch | PlanChange) -> tuple[int, str]:
    return change.at, change.commit


class LastChange(Struct, frozen=True):
    """The day on which something last changed, and the person of the program who did it, where they are known."""

    on: date
    person: str | None


class PartnershipHistory(Struct, frozen=True):
    """One partnership's history, with the program's people for its authors; ``files`` by path in its folder."""

    files: Mapping[str, tuple[Touch, ...]] = field(default_factory=dict)
    plan: tuple[PlanChange, ...] = ()
    people: Mapping[str, str] = field(default_factory=dict)
    """The ids of the people that authors are, by mark."""

    def until(self, day: date) -> PartnershipHistory:
        """Return what had happened up to a day."""
        files = {path: tuple(t for t in touches if _is_past(t, day)) for path, touches in self.files.items()}
        return replace(self, files=files, plan=tuple(change for change in self.plan if _is_past(change, day)))

    def next_day(self, day: date) -> date | None:
        """Return the first day after ``day`` of which there is something to tell."""
        days = (t.on for touches in self.files.values() for t in touches if t.on is not None and t.on > day)
        return min(days, default=None)

    def last_change(self, paths: Iterable[str]) -> LastChange | None:
        """Return when one of these files last changed, and by whom; None where no commit with a day tells of them."""
        found = [touch for path in paths for touch in _list_ends(self.files.get(path, ())) if touch.on is not None]
        return self._describe(max(found, key=age, default=None))

    def last_change_of_goal(self, goal: str) -> LastChange | None:
        """Return when anything in a goal last changed, and by whom."""
        found = [change for change in self.plan if change.on and {goal, EVERYTHING} & {*change.goals}]
        return self._describe(max(found, key=age, default=None))

    def turns_of(self, goal: str) -> tuple[Dated, ...]:
        """Return what happened to a goal's titles and days, and its milestones'."""
        return tuple(
            Dated(turn, change.commit, change.at, change.on)
            for change in self.plan
            for turn in change.turns
            if turn.goal == goal
        )

    def _describe(self, change: Touch | PlanChange | None) -> LastChange | None:
        if change is None or change.on is None:
            return None
        return LastChange(change.on, self.people.get(change.author))


def _is_past(change: Touch | PlanChange, day: date) -> bool:
    return change.on is None or change.on <= day


def _list_ends(touches: Sequence[Touch]) -> Sequence[Touch]:
    """Return the changes of a file's bytes that no other one followed: its last, whatever the clocks said.

    A file that only moved did not change. Where its bytes went there and back, any may be the last.
    """
    changes = [touch for touch in touches if touch.before != (touch.after,)]
    left = {blob for touch in changes for blob in touch.before}
    return [touch for touch in changes if touch.after not in left] or changes


Find = Callable[[str], HistoryRecord]
"""Returns the record of a folder by its name, an empty one where no commit knows it."""


def join_history(name: str, find: Find, people: Mapping[str, str]) -> PartnershipHistory:
    """Return a partnership's history, with what its files were under the names they had before."""
    files = {path: tuple(sorted(_follow(f"{name}/{path}", find), key=age)) for path in find(name).files}
    plan = [
        change
        for place, until in _places(f"{name}/{PLAN}", find)
        if place.endswith(f"/{PLAN}") and place.count("/") == 1
        for change in find(place.partition("/")[0]).plan
        if _is_by(change, until)
    ]
    return PartnershipHistory(files, tuple(sorted(plan, key=age)), people)


def _follow(path: str, find: Find) -> Iterator[Touch]:
    for place, until in _places(path, find):
        yield from (touch for touch in _touches(place, find) if _is_by(touch, until))


def _places(path: str, find: Find) -> Iterator[tuple[str, int | None]]:
    """Yield the paths a file has had, each with the clock of the move that ended it."""
    seen: set[str] = set()
    left: list[tuple[str, int | None]] = [(path, None)]
    while left:
        place, until = left.pop()
        if place not in seen:
            seen.add(place)
            yield place, until
            left += [(t.came_from, t.at) for t in _touches(place, find) if t.came_from]


def _touches(path: str, find: Find) -> tuple[Touch, ...]:
    folder, _, name = path.partition("/")
    return find(folder).files.get(name, ())


def _is_by(change: Touch | PlanChange, until: int | None) -> bool:
    return until is None or change.at <= until
