"""Parts: the pieces that several views are made of, such as a person's link, a goal in short, a task.

Like the views, a part holds only what its page's audience may see; names and fields are the contract with theme makers.
"""

from __future__ import annotations

from datetime import date, time
from typing import TypeVar

from markupsafe import Markup
from msgspec import Struct
from msgspec.json import decode, encode

from headway.pages.trail import TrailBrief

T = TypeVar("T")


def to_json(value: object) -> bytes:
    """Return views, parts or what is made of them as JSON; safe HTML is a text there."""
    return encode(value, enc_hook=str)


def from_json(text: str, kind: type[T]) -> T:
    """Return what `to_json` wrote; what was safe HTML is so again."""
    return decode(text, type=kind, dec_hook=lambda wanted, plain: wanted(plain))


class Link(Struct, frozen=True):
    """``day`` is set where the text is nothing but a day: show it as the language writes days."""

    text: str
    address: str
    day: date | None = None


class Feed(Struct, frozen=True):
    """What a page also is for other programs. ``kind`` is atom, calendar, json or csv; ``type`` its media type."""

    kind: str
    type: str
    title: str
    address: str


class PersonLink(Struct, frozen=True):
    """A person; where the audience may not see them, their role stands in the place of the name, and nothing else."""

    name: str
    address: str | None = None
    role: str | None = None
    """mentor, mentee, ...: show it with the ``word`` filter, so that a program's own terms are used."""
    is_hidden: bool = False
    """Whether ``name`` is a role, in the program's own word, for somebody whom the audience may not see."""


class MeetingsView(Struct, frozen=True):
    """The meeting numbers, for "7 of 8": show both. ``expected`` is None where no start is known."""

    kept: int
    expected: int | None
    shortened: int
    moved: int
    cancelled: int
    missed: int
    planned: int
    unconfirmed: int
    experiences: int
    run: int
    last_on: date | None
    next_on: date | None
    next_at: time | None


class GoalCard(Struct, frozen=True):
    """A goal in short. ``progress`` 0..100 or None; ``standing`` one of `headway.progress.report.Standing`."""

    title: str
    address: str
    owner: PersonLink | None
    """None: the goal is everybody's."""
    progress: int | None
    is_judged: bool
    standing: str
    due: date | None
    next_milestone: str | None
    milestones_done: int | None
    """None where the audience may not see milestones."""
    milestones_total: int | None


class PartnershipCard(Struct, frozen=True):
    """A partnership in short, for the home page, cohort pages and people's pages."""

    id: str
    title: str
    address: str
    kind: str
    cohort: Link | None
    members: tuple[PersonLink, ...]
    status: str
    momentum: str
    because: str
    meetings: MeetingsView | None
    goals: tuple[GoalCard, ...]
    open_tasks: int | None
    purpose: str | None = None
    reason: str | None = None
    """Why it is paused or over."""
    trail: TrailBrief | None = None


class TaskView(Struct, frozen=True):
    """A task with where it stands. ``state`` is open, done or overdue; ``carried`` is a count of meetings."""

    text: Markup
    owner: PersonLink | None
    is_everybodys: bool
    due: date | None
    state: str
    carried: int
    first_on: date | None
    address: str | None
    """The note that first has it."""


class TaskGroup(Struct, frozen=True):
    """The tasks of one owner. ``name`` is a member's name, None for everybody's or for nobody's yet."""

    owner: PersonLink | None
    is_everybodys: bool
    tasks: tuple[TaskView, ...]


class MeetingCard(Struct, frozen=True):
    """A meeting in lists. ``status`` is None where the note has no date; ``has_note`` False for a meeting
    that is only announced by a ``next``."""

    title: str
    address: str | None
    on: date | None
    at: time | None
    status: str | None
    kind: str
    minutes: int | None
    excerpt: str
    people: tuple[PersonLink, ...] = ()


class Celebration(Struct, frozen=True):
    """Something that went well: ``kind`` is milestone, goal, win or thanks."""

    kind: str
    on: date | None
    text: Markup
    how: str | None = None
    """How it was celebrated."""
    people: tuple[PersonLink, ...] = ()
    address: str | None = None
    partnership: Link | None = None


class Feedback(Struct, frozen=True):
    """For the partners only."""

    on: date | None
    giver: PersonLink | None
    receivers: tuple[PersonLink, ...]
    text: Markup
    worked: tuple[Markup, ...]
    to_try: tuple[Markup, ...]
    address: str | None


class EnergyLine(Struct, frozen=True):
    """One member's energy, 1..5, over time. For the partners only."""

    person: PersonLink
    values: tuple[tuple[date, int], ...]


class FollowThroughView(Struct, frozen=True):
    person: PersonLink
    done: int
    due: int


class MarkView(Struct, frozen=True):
    """A decision, blocker, question or idea from the notes, newest first."""

    kind: str
    on: date | None
    text: Markup
    address: str | None


class StepView(Struct, frozen=True):
    title: str
    due: date | None
    done: date | None
    is_past_due: bool


class MilestoneView(Struct, frozen=True):
    anchor: str
    title: str
    size: str
    due: date | None
    done: date | None
    dropped: date | None
    celebrated: str | None
    is_past_due: bool
    steps: tuple[StepView, ...]
    days: tuple[date, ...] = ()
    """The days it was for, first to last, where it was moved."""
    added: date | None = None
    """The day it joined a goal that was there already."""


class ReframeView(Struct, frozen=True):
    on: date
    was: str
    why: str | None


class SideView(Struct, frozen=True):
    """A member's side of the agreement."""

    person: PersonLink
    help: str | None
    agreed_on: date | None
    responsibilities: tuple[str, ...]
    strengths: tuple[str, ...]
    growing: tuple[str, ...]
    needs: tuple[str, ...]
    offers: tuple[str, ...]
    availability: tuple[str, ...]
    timezone: str | None
    obstacles: tuple[tuple[str, str, str | None], ...]
    """(kind, what, counter-move), for the partners only."""


class PersonPart(Struct, frozen=True):
    """A person's part in one partnership; ``gives`` whether as mentor, co-mentor or lead."""

    partnership: PartnershipCard
    roles: tuple[str, ...]
    gives: bool
    receives: bool


class MomentumGroup(Struct, frozen=True):
    """Partnerships with the same momentum, those that need a check-in first."""

    momentum: str
    partnerships: tuple[PartnershipCard, ...]
