"""Views: what a theme sees. Every value here may be shown to the page's audience; nothing else is here.

Addresses are site addresses (``/partnerships/ada-grace/``); the theme's ``link`` filter makes them relative
to the page. ``Markup`` values are HTML that is already safe; every other text is escaped by the template.
The names and fields of these classes are the contract with theme makers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Annotated

from markupsafe import Markup
from pydantic import GetPydanticSchema
from pydantic_core import core_schema

Html = Annotated[
    Markup,
    GetPydanticSchema(
        lambda _type, _next: core_schema.no_info_after_validator_function(Markup, core_schema.str_schema())
    ),
]
"""HTML that is already safe; what pydantic writes to JSON and reads from there stays so."""


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class PersonLink:
    """A person, or, where the audience may not see them, their role: then ``address`` is None."""

    name: str
    address: str | None = None
    role: str | None = None
    """mentor, mentee, ...: show it with the ``word`` filter, so that a program's own terms are used."""


@dataclass(frozen=True, slots=True)
class SiteView:
    """What every page knows. ``sections`` is the main navigation; ``today`` the day all numbers are for."""

    program: str
    language: str
    direction: str
    """ltr or rtl."""
    audience: str
    today: date
    home: Link
    sections: tuple[Link, ...]
    terms: Mapping[str, str]
    """The program's own words, by ours: ``{"mentee": "fellow"}``."""
    generator: str


@dataclass(frozen=True, slots=True)
class MeetingsView:
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


@dataclass(frozen=True, slots=True)
class GoalCard:
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


@dataclass(frozen=True, slots=True)
class PartnershipCard:
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


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task with where it stands. ``state`` is open, done or overdue; ``carried`` is a count of meetings."""

    text: Html
    owner: PersonLink | None
    is_everybodys: bool
    due: date | None
    state: str
    carried: int
    first_on: date | None
    address: str | None
    """The note that first has it."""


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """The tasks of one owner. ``name`` is a member's name, None for everybody's or for nobody's yet."""

    owner: PersonLink | None
    is_everybodys: bool
    tasks: tuple[TaskView, ...]


@dataclass(frozen=True, slots=True)
class MeetingCard:
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


@dataclass(frozen=True, slots=True)
class Celebration:
    """Something that went well: ``kind`` is milestone, goal, win or thanks."""

    kind: str
    on: date | None
    text: Html
    how: str | None = None
    """How it was celebrated."""
    people: tuple[PersonLink, ...] = ()
    address: str | None = None
    partnership: Link | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    """For the partners only."""

    on: date | None
    giver: PersonLink | None
    receivers: tuple[PersonLink, ...]
    text: Html
    worked: tuple[Html, ...]
    to_try: tuple[Html, ...]
    address: str | None


@dataclass(frozen=True, slots=True)
class EnergyLine:
    """One member's energy, 1..5, over time. For the partners only."""

    person: PersonLink
    values: tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class FollowThroughView:
    person: PersonLink
    done: int
    due: int


@dataclass(frozen=True, slots=True)
class MarkView:
    """A decision, blocker, question or idea from the notes, newest first."""

    kind: str
    on: date | None
    text: Html
    address: str | None


@dataclass(frozen=True, slots=True)
class PartnershipView:
    """The progress page."""

    title: str
    kind: str
    cohort: Link | None
    members: tuple[PersonLink, ...]
    start: date | None
    end: date | None
    status: str
    reason: str | None
    purpose: str | None
    momentum: str
    because: str
    moves: bool
    """Whether the three moves are to be offered: reframe, adjust, learn something new."""
    goals: tuple[GoalCard, ...]
    tasks: tuple[TaskGroup, ...]
    """Open tasks by owner; overdue and carried ones first."""
    tasks_done: int | None
    follow_through: tuple[FollowThroughView, ...]
    meetings: MeetingsView | None
    next: MeetingCard | None
    recent: tuple[MeetingCard, ...]
    celebrations: tuple[Celebration, ...]
    not_yet_celebrated: tuple[Link, ...]
    marks: tuple[MarkView, ...]
    feedback: tuple[Feedback, ...]
    energy: tuple[EnergyLine, ...]
    journal: tuple[MeetingCard, ...]
    links: tuple[Link, ...]
    """The partnership's other pages: goals, meetings, agreement, journal."""


@dataclass(frozen=True, slots=True)
class StepView:
    title: str
    due: date | None
    done: date | None
    is_past_due: bool


@dataclass(frozen=True, slots=True)
class MilestoneView:
    anchor: str
    title: str
    size: str
    due: date | None
    done: date | None
    dropped: date | None
    celebrated: str | None
    is_past_due: bool
    steps: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class ReframeView:
    on: date
    was: str
    why: str | None


@dataclass(frozen=True, slots=True)
class GoalView:
    """A goal's page. Where the audience may not see details, all of them are empty or None."""

    card: GoalCard
    partnership: Link
    shows_details: bool
    why: str | None
    measure: str | None
    area: tuple[str, ...]
    start: date | None
    done: date | None
    lesson: str | None
    celebrated: str | None
    milestones: tuple[MilestoneView, ...]
    reframed: tuple[ReframeView, ...]
    meetings: tuple[MeetingCard, ...]
    """The meetings whose notes name this goal."""
    hints: tuple[str, ...]
    """SMART parts that are not yet written: why, measure, due, milestones."""


@dataclass(frozen=True, slots=True)
class GoalListView:
    partnership: Link
    goals: tuple[GoalCard, ...]


@dataclass(frozen=True, slots=True)
class MeetingListView:
    """All meetings, newest first, by year; ``introductions`` link what logbooks say before the first.

    ``numbers`` is None where the audience may not see every meeting, and for the list of a journal, which has
    this shape too; ``kind`` tells the two apart: meetings or journal. Undated notes stand under the year "".
    """

    partnership: Link
    numbers: MeetingsView | None
    years: tuple[tuple[str, tuple[MeetingCard, ...]], ...]
    introductions: tuple[Link, ...]
    kind: str = "meetings"


@dataclass(frozen=True, slots=True)
class NoteView:
    """A meeting's note, a journal entry, a logbook's introduction or a page of the program."""

    card: MeetingCard
    partnership: Link | None
    kind: str
    """meeting, journal, introduction or page."""
    body: Html
    people: tuple[PersonLink, ...]
    guests: tuple[str, ...]
    absent: tuple[PersonLink, ...]
    planned_minutes: int | None
    has_late_notice: bool
    goals: tuple[Link, ...]
    tasks: tuple[TaskView, ...]
    energy: tuple[tuple[PersonLink, int], ...]
    next_on: date | None
    earlier: Link | None
    later: Link | None
    path: str
    """Where it is written, from the program's root."""


@dataclass(frozen=True, slots=True)
class SideView:
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


@dataclass(frozen=True, slots=True)
class AgreementView:
    partnership: Link
    is_written: bool
    terms: tuple[tuple[str, str], ...]
    """(what, how) in order: how often, how long, medium, notice, contact, feedback, success, confidentiality and
    ending."""
    review_on: date | None
    sides: tuple[SideView, ...]


@dataclass(frozen=True, slots=True)
class PersonPart:
    """A person's part in one partnership; ``gives`` whether as mentor, co-mentor or lead."""

    partnership: PartnershipCard
    roles: tuple[str, ...]
    gives: bool
    receives: bool


@dataclass(frozen=True, slots=True)
class PersonView:
    name: str
    pronouns: str | None
    affiliation: str | None
    country: str | None
    timezone: str | None
    bio: Html | None
    strengths: tuple[str, ...]
    growing: tuple[str, ...]
    needs: tuple[str, ...]
    offers: tuple[str, ...]
    help: tuple[str, ...]
    availability: tuple[str, ...]
    links: tuple[Link, ...]
    """To other sites; the addresses are checked to be http or https."""
    parts: tuple[PersonPart, ...]


@dataclass(frozen=True, slots=True)
class PeopleView:
    people: tuple[tuple[PersonLink, tuple[Link, ...]], ...]
    """Each person with their partnerships."""


@dataclass(frozen=True, slots=True)
class MomentumGroup:
    """Partnerships with the same momentum, those that need a check-in first."""

    momentum: str
    partnerships: tuple[PartnershipCard, ...]


@dataclass(frozen=True, slots=True)
class CohortView:
    """A cohort's page; the home page's part for each cohort too."""

    name: str
    address: str
    start: date | None
    end: date | None
    partnerships: int
    kept: int
    expected: int
    unknown: int
    """Partnerships whose expected meetings are not known: not in the rate."""
    groups: tuple[MomentumGroup, ...]


@dataclass(frozen=True, slots=True)
class HomeView:
    """The program's home."""

    groups: tuple[MomentumGroup, ...]
    cohorts: tuple[CohortView, ...]
    celebrations: tuple[Celebration, ...]
    pages: tuple[Link, ...]
    people: int
    partnerships: int


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """The 404 page; its links are absolute where the site's address is known."""

    home: Link


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site, ready for a theme.

    ``address`` ends with ``/`` (or names a file, as ``/404.html``); ``template`` is the theme's template;
    ``trail`` are the pages above it, outermost first; ``view`` is one of this module's views.
    """

    address: str
    template: str
    title: str
    view: object
    audience: str
    trail: tuple[Link, ...] = ()
    description: str = ""
