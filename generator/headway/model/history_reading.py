"""Reading history: commits become the records of the partnerships whose files they changed.

A record is a sum over commits: adding those since the last reading gives what reading all of them gives. It names
authors as git does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from headway.documents.validation import check_document
from headway.documents.yaml import parse_yaml
from headway.model.changes import Turn, compare_plans
from headway.model.goals import Goal, GoalPlan
from headway.model.history import EVERYTHING, PLAN, Find, HistoryRecord, PlanChange, Touch, age
from headway.problems import Severity
from headway.source.history import Commit, FileChange

_ID = 16
"""Characters of an id that are kept: enough to tell the versions of one file apart."""

ReadBlobs = Callable[[Iterable[str]], Iterator[bytes | None]]
"""Yields the bytes of each object by its id; None where it is too large to be a goal plan."""


def add_commits(find: Find, commits: Iterable[Commit], read_blobs: ReadBlobs) -> dict[str, HistoryRecord]:
    """Return the records of the folders that these commits changed, with what they changed; ``find`` has the rest.

    Parents come before children. Raises OSError where a version of a goal plan is not in this clone.
    """
    drafts: dict[str, _Draft] = {}
    for commit in commits:
        for change in commit.changes:
            folder, _, path = change.path.partition("/")
            if path and folder not in drafts:
                drafts[folder] = _Draft(find(folder))
            if path:
                drafts[folder].take(commit, change, path)
    contents = read_blobs(blob for draft in drafts.values() for blob in draft.versions())
    return {folder: draft.finish(contents) for folder, draft in drafts.items()}


def parse_plan(content: bytes) -> GoalPlan | None:
    """Return the goal plan that a file of these bytes holds, or None where there is an error in it."""
    document, problems = parse_yaml(content, PLAN)
    if document is None or any(problem.severity is Severity.ERROR for problem in problems):
        return None
    checked = check_document(GoalPlan, document)
    return None if any(problem.severity is Severity.ERROR for problem in checked.problems) else checked.value


class _Draft:
    """A record while commits are added to it."""

    def __init__(self, record: HistoryRecord) -> None:
        self.files = {path: list(touches) for path, touches in record.files.items()}
        self.plan = list(record.plan)
        self.authors = {mark: set(names) for mark, names in record.authors.items()}
        self.broken = dict(record.broken)
        self._changes: list[tuple[Commit, FileChange]] = []
        if record.unread:
            [first] = record.plan
            commit = Commit(first.commit, first.at, first.on, "", first.author, ())
            self._changes.append((commit, FileChange(PLAN, ("",), record.unread)))
            self.plan.clear()

    def take(self, commit: Commit, change: FileChange, path: str) -> None:
        id_, before = commit.id[:_ID], tuple(blob[:_ID] for blob in change.before)
        touch = Touch(id_, commit.at, commit.on, commit.mark, before, change.after[:_ID], change.came_from)
        self.files.setdefault(path, []).append(touch)
        self.authors.setdefault(commit.mark, set()).add(commit.name)
        if path == PLAN and change.before != (change.after,):
            self._changes.append((commit, change))

    def versions(self) -> tuple[str, ...]:
        """Return the ids of all versions of the plan that have to be looked at."""
        named: dict[str, None] = {}
        for _, change in () if self._is_first_alone() else self._changes:
            named |= dict.fromkeys((*(self.broken.get(blob, blob) for blob in change.before), change.after))
        return tuple(blob for blob in named if blob)

    def _is_first_alone(self) -> bool:
        """Whether the plan has had one version only, which then needs no reading."""
        return [touch.before for touch in self.files.get(PLAN, ()) if touch.before != (touch.after,)] == [("",)]

    def _compare(self, commit: Commit, change: FileChange, plans: Mapping[str, GoalPlan | None]) -> None:
        """Note what the commit changed in the plan; of a merge, what it changed against each of its parents."""
        after = plans[change.after]
        olds = [self.broken.get(blob, blob) for blob in change.before]
        if after is None:
            self.broken[change.after] = olds[0]
            return
        differences = [compare_plans(plans[old] or GoalPlan(), after) for old in olds]
        goals, turns = differences[0]
        for other in differences[1:]:
            results = {_result(turn) for turn in other.turns}
            goals = tuple(goal for goal in goals if goal in other.goals)
            turns = tuple(turn for turn in turns if _result(turn) in results)
        if goals:
            self.plan.append(PlanChange(commit.id[:_ID], commit.at, commit.on, commit.mark, goals, turns))

    def finish(self, contents: Iterator[bytes | None]) -> HistoryRecord:
        """Return the record, in an order that no reading changes; ``contents`` yields the bytes of `versions` next."""
        plans: dict[str, GoalPlan | None] = {"": GoalPlan()}
        goals: dict[Goal, Goal] = {}  # thousands of versions of one plan share most of their goals
        for blob, content in zip(self.versions(), contents, strict=False):
            plan = None if content is None else parse_plan(content)
            shared = tuple(goals.setdefault(goal, goal) for goal in plan.goals) if plan else ()
            plans[blob] = plan and GoalPlan(goals=shared)
        unread = ""
        for commit, change in self._changes:
            if self._is_first_alone():
                unread = change.after
                self.plan.append(PlanChange(commit.id[:_ID], commit.at, commit.on, commit.mark, (EVERYTHING,), ()))
            else:
                self._compare(commit, change, plans)
        return HistoryRecord(
            {path: tuple(sorted(touches, key=age)) for path, touches in sorted(self.files.items())},
            tuple(sorted(self.plan, key=age)),
            {mark: tuple(sorted(names)) for mark, names in sorted(self.authors.items())},
            dict(sorted(self.broken.items())),
            unread,
        )


def _result(turn: Turn) -> tuple[object, ...]:
    """Return what a turn led to: a removal is known by what is gone."""
    wording = turn.after or turn.before
    return turn.goal, turn.is_milestone, turn.after is None, wording and wording.facts
