"""Views: what a theme sees. Every value here may be shown to the page's audience; nothing else is here.

Addresses are site addresses (``/partnerships/ada-grace/``); the theme's ``link`` filter makes them relative
to the page. ``Markup`` values are HTML that is already safe; every other text is escaped by the template.
The names and fields of these classes are the contract with theme makers.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from markupsafe import Markup
from msgspec import Struct

from headway.pages.axis import AxisView
from headway.pages.overview import NumbersView
from headway.pages.parts import (
    Celebration,
    EnergyLine,
    Feed,
    Feedback,
    FollowThroughView,
    GoalCard,
    Link,
    MarkView,
    MeetingCard,
    MeetingsView,
    MilestoneView,
    MomentumGroup,
    PersonLink,
    PersonPart,
    ReframeView,
    SideView,
    TaskGroup,
    TaskView,
)
from headway.pages.past import ChangedView, PlanTurnView, ScopeView
from headway.pages.trail import TrailView


class SiteView(Struct, frozen=True):
    """What every page knows. ``sections`` is the main navigation.

    ``today`` is the day that the home page, the cohorts' pages and 404 are for. All others have None: they stay as they
    are until one of their numbers changes, and say no day but those of what they tell.
    """

    program: str
    language: str
    direction: str
    """ltr or rtl."""
    audience: str
    today: date | None
    home: Link
    sections: tuple[Link, ...]
    terms: Mapping[str, str]
    """The program's own words, by ours: ``{"mentee": "fellow"}``."""
    generator: str
    url: str | None = None
    """Where the site stands on the web, ending in ``/``; None where nobody said, and for a partnership's own site."""
    search: str | None = None
    """The address of the list that a search begins with; None where the theme has no ``search.js``."""
    manifest: str | None = None
    """The address of the web manifest; None where the site has no ``url``."""


class PartnershipView(Struct, frozen=True):
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
    changed: ChangedView | None = None
    """When anything that is shown of it last changed."""
    trail: TrailView | None = None
    lately: tuple[MarkView, ...] = ()
    """What happened after ``since``, newest first. Kinds: milestone, goal, reframe, experience, journal, or what became
    of a meeting."""
    since: date | None = None
    """The last kept meeting, or the one before where nothing has happened after it."""


class GoalView(Struct, frozen=True):
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
    days: tuple[date, ...] = ()
    """The days it was for, first to last, where it was moved."""
    turns: tuple[PlanTurnView, ...] = ()
    """What happened to its plan since it was written, in the order of the days."""
    scope: ScopeView | None = None
    changed: ChangedView | None = None
    trail: TrailView | None = None


class GoalListView(Struct, frozen=True):
    partnership: Link
    goals: tuple[GoalCard, ...]


class MeetingListView(Struct, frozen=True):
    """All meetings, newest first, by year; ``introductions`` link what logbooks say before the first.

    ``numbers`` is None where the audience may not see every meeting, and for the list of a journal, which has
    this shape too; ``kind`` tells the two apart: meetings or journal. Undated notes stand under the year "".
    """

    partnership: Link
    numbers: MeetingsView | None
    years: tuple[tuple[str, tuple[MeetingCard, ...]], ...]
    introductions: tuple[Link, ...]
    kind: str = "meetings"


class NoteView(Struct, frozen=True):
    """A meeting's note, a journal entry, a logbook's introduction or a page of the program."""

    card: MeetingCard
    partnership: Link | None
    kind: str
    """meeting, journal, introduction or page."""
    body: Markup
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
    changed: ChangedView | None = None
    """When its file last changed; None for a file that holds more than this note."""
    inherited: tuple[TaskView, ...] = ()
    """Tasks of earlier notes that were open when this meeting began, with where each stands now."""
    inherited_more: int = 0
    """How many more there were."""


class AgreementView(Struct, frozen=True):
    partnership: Link
    is_written: bool
    terms: tuple[tuple[str, str], ...]
    """(what, how) in order: how often, how long, medium, notice, contact, feedback, success, confidentiality and
    ending."""
    review_on: date | None
    sides: tuple[SideView, ...]


class PersonView(Struct, frozen=True):
    name: str
    pronouns: str | None
    affiliation: str | None
    country: str | None
    timezone: str | None
    bio: Markup | None
    strengths: tuple[str, ...]
    growing: tuple[str, ...]
    needs: tuple[str, ...]
    offers: tuple[str, ...]
    help: tuple[str, ...]
    availability: tuple[str, ...]
    links: tuple[Link, ...]
    """To other sites; the addresses are checked to be http or https."""
    parts: tuple[PersonPart, ...]
    axis: AxisView | None = None
    """The time that the small trails of these partnerships share."""


class PeopleView(Struct, frozen=True):
    people: tuple[tuple[PersonLink, tuple[Link, ...]], ...]
    """Each person with their partnerships."""


class CohortView(Struct, frozen=True):
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
    numbers: NumbersView | None = None
    axis: AxisView | None = None


class HomeView(Struct, frozen=True):
    """The program's home.

    ``celebrated`` is how much was celebrated in the month of the site's day, up to it, in ``celebrating`` partnerships;
    ``celebrations`` are the newest of these, or the newest there are where that month has none yet.
    """

    groups: tuple[MomentumGroup, ...]
    cohorts: tuple[CohortView, ...]
    celebrations: tuple[Celebration, ...]
    pages: tuple[Link, ...]
    people: int
    partnerships: int
    numbers: NumbersView | None = None
    axis: AxisView | None = None
    celebrated: int = 0
    celebrating: int = 0


class NotFoundView(Struct, frozen=True):
    """The 404 page; its links are absolute where the site's address is known."""

    home: Link


class Page(Struct, frozen=True):
    """One page of the site, ready for a theme.

    ``address`` ends with ``/`` (or names a file, as ``/404.html``); ``template`` is the theme's template;
    ``trail`` are the pages above it, outermost first; ``view`` is one of this module's views; ``day`` is set where
    the title is nothing but a day.
    """

    address: str
    template: str
    title: str
    view: object
    audience: str
    trail: tuple[Link, ...] = ()
    description: str = ""
    day: date | None = None
    feeds: tuple[Feed, ...] = ()
    """What this page also is for feed readers, calendars and other programs."""
    picture: str | None = None
    """The address of a picture for those who share a link to this page; only where the site's URL is known."""
    edit: str | None = None
    """Where the repository's web editor opens the file that this page is made from, for those who may know of it."""
    log: str | None = None
    """Where it begins the note of a new meeting. ``YYYY-MM-DD`` in it stands for the meeting's day."""
