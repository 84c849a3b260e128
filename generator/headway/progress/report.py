"""Reports: what the numbers of format.md, section 4, are for one partnership on one day."""

from __future__ import annotations

from datetime import date, time
from enum import StrEnum

from msgspec import Struct

from headway.model.fields import MeetingStatus, PartnershipStatus
from headway.model.goals import Goal
from headway.model.partnership import Meeting, Partnership


class Standing(StrEnum):
    """How a goal stands."""

    DONE = "done"
    DROPPED = "dropped"
    PAUSED = "paused"
    PLANNED = "planned"
    OVERDUE = "overdue"
    BEHIND = "behind"
    ON_TRACK = "on-track"


class MomentumState(StrEnum):
    """How a partnership moves; ``needs-check-in`` and ``stalled`` ask for somebody's attention."""

    ON_TRACK = "on-track"
    NEEDS_CHECK_IN = "needs-check-in"
    STALLED = "stalled"
    TOO_EARLY = "too-early"
    PAUSED = "paused"
    CLOSED = "closed"


class TaskState(StrEnum):
    OPEN = "open"
    DONE = "done"
    OVERDUE = "overdue"


class Momentum(Struct, frozen=True):
    """``because`` is the rule that fired, as a sentence with its dates, in words that ask and never blame."""

    state: MomentumState
    because: str


class MeetingReport(Struct, frozen=True):
    """A meeting with what became of it. ``minutes`` as said; ``has_late_notice``: moved or cancelled later
    than agreed. An undated meeting has status None and counts nowhere."""

    meeting: Meeting
    status: MeetingStatus | None
    has_late_notice: bool = False

    @property
    def is_kept(self) -> bool:
        return self.status in (MeetingStatus.HELD, MeetingStatus.SHORTENED)


class MeetingNumbers(Struct, frozen=True):
    """Counts of meetings; ``expected`` is None where no start is known.

    Experiences are in none of these but ``experiences``, which counts those that took place; ``undated`` are
    notes of every kind without a day, which count nowhere else.
    """

    kept: int = 0
    expected: int | None = None
    held: int = 0
    shortened: int = 0
    moved: int = 0
    cancelled: int = 0
    missed: int = 0
    planned: int = 0
    unconfirmed: int = 0
    undated: int = 0
    experiences: int = 0
    late_notices: int = 0
    run: int = 0
    last_on: date | None = None
    """The last kept meeting's day."""
    next_on: date | None = None
    """The next planned meeting's day, from a planned note or a `next`."""
    next_at: time | None = None


class TaskReport(Struct, frozen=True):
    """A task followed through the notes: the same words and owner again are the same task.

    ``first`` is the note (its slug) where it was first written, ``last`` the latest that repeats it, each a
    meeting's unless it says journal; ``path`` and ``line`` are the place in the latest, where a tick closes
    it. ``carried`` counts the kept meetings since it was written while it stayed open; ``done_on`` is the day
    of the note that ticked it, None where it was ticked where it stood. ``text`` is the wording of the first.
    """

    text: str
    owner: str | None
    first: str
    first_on: date | None
    last: str
    path: str
    line: int
    due: date | None
    state: TaskState
    carried: int = 0
    done_on: date | None = None
    first_in_journal: bool = False
    last_in_journal: bool = False


class GoalReport(Struct, frozen=True):
    """``progress`` is a percentage 0..100, None where there is nothing to compute it from.

    ``past_due`` are the open milestones and steps whose due day is past, as positions in the goal:
    (milestone, step), the step None where it is the milestone itself.
    """

    goal: Goal
    progress: int | None
    standing: Standing
    is_judged: bool = False
    past_due: tuple[tuple[int, int | None], ...] = ()


class FollowThrough(Struct, frozen=True):
    """Of the tasks of ``person`` that were due up to today, ``due``, how many were done in time, ``done``."""

    person: str
    done: int
    due: int


class TaskNumbers(Struct, frozen=True):
    """Counts of tasks, each thread once, also those of undated notes and of the journal."""

    open: int = 0
    """Open tasks, overdue ones too."""
    done: int = 0
    overdue: int = 0
    unassigned: int = 0
    """Open tasks without an owner."""


class PartnershipReport(Struct, frozen=True):
    """One partnership on ``today``. ``fresh_until`` is the first later day on which any number here would
    change if no file did; None where none ever would."""

    partnership: Partnership
    today: date
    status: PartnershipStatus
    meetings: tuple[MeetingReport, ...]
    numbers: MeetingNumbers
    goals: tuple[GoalReport, ...]
    tasks: tuple[TaskReport, ...]
    task_numbers: TaskNumbers
    follow_through: tuple[FollowThrough, ...]
    momentum: Momentum
    fresh_until: date | None
