"""Views for the theme's tests: one full and one nearly empty page for every template."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from markupsafe import Markup, escape
from msgspec.structs import replace

from headway.pages.overview import EndingView, NumbersView, compute_axis
from headway.pages.parts import (
    Celebration,
    EnergyLine,
    Feedback,
    FollowThroughView,
    GoalCard,
    Link,
    MarkView,
    MeetingCard,
    MeetingsView,
    MilestoneView,
    MomentumGroup,
    PartnershipCard,
    PersonLink,
    PersonPart,
    ReframeView,
    SideView,
    StepView,
    TaskGroup,
    TaskView,
)
from headway.pages.trail import Happening, compute_brief, compute_trail
from headway.pages.views import (
    AgreementView,
    CohortView,
    GoalListView,
    GoalView,
    HomeView,
    MeetingListView,
    NoteView,
    NotFoundView,
    Page,
    PartnershipView,
    PeopleView,
    PersonView,
    SiteView,
)

EVIL = "<script>alert(1)</script> \"x\" 'y' & {{ 7*7 }}"
HOME = "/partnerships/ada-bo/"
PAIR = Link(f"Ada & Bo {EVIL}", HOME)
ADA = PersonLink(f"Ada {EVIL}", "/people/ada/", "mentee")
BO = PersonLink("Bo 民서 بو", "/people/bo/", "mentor")
HIDDEN = PersonLink("mentor", is_hidden=True)
DAY = date(2026, 5, 13)

SITE = SiteView(
    program=f"Program {EVIL}",
    language="en",
    direction="ltr",
    audience="partners",
    today=date(2026, 5, 20),
    home=Link("Home", "/"),
    sections=(Link("Partnerships", "/"), Link("People", "/people/")),
    terms={"mentee": "fellow", "partnership": "pair", "meeting": "visit"},
    generator="Headway 0.1",
)
NUMBERS = MeetingsView(7, 8, 2, 1, 1, 1, 1, 1, 1, 5, DAY, date(2026, 5, 27), time(17, 0))
NO_NUMBERS = MeetingsView(0, None, 0, 0, 0, 0, 0, 0, 0, 0, None, None, None)


def goal(title: str = EVIL, **changes: Any) -> GoalCard:
    card = GoalCard(title, f"{HOME}goals/speak/", ADA, 62, False, "on-track", date(2026, 6, 15), "Rehearse", 5, 8)
    return replace(card, **changes)


def task(state: str, **changes: Any) -> TaskView:
    text = Markup("send <em>it</em>")
    return replace(TaskView(text, ADA, False, DAY, state, 2, DAY, f"{HOME}meetings/2026-05-13/"), **changes)


def meeting(status: str | None, **changes: Any) -> MeetingCard:
    address = f"{HOME}meetings/2026-05-13/"
    card = MeetingCard(EVIL, address, DAY, time(9, 30), status, "meeting", 25, EVIL, (ADA, BO))
    return replace(card, **changes)


TIME = (
    Happening(date(2026, 2, 2), "held", EVIL, f"{HOME}meetings/2026-02-02/", is_celebrated=True),
    Happening(date(2026, 3, 2), "shortened", "", f"{HOME}meetings/2026-03-02/"),
    Happening(date(2026, 3, 9), "reframe", EVIL, f"{HOME}goals/speak/#_reframed"),
    Happening(date(2026, 4, 2), "milestone", EVIL, f"{HOME}goals/speak/", "done", "L", is_celebrated=True),
    Happening(date(2026, 5, 2), "milestone", EVIL, None, "past-due", "S"),
    Happening(date(2026, 6, 2), "milestone", EVIL, None, "open", "M"),
    Happening(date(2026, 6, 20), "goal", EVIL, f"{HOME}goals/speak/", "open"),
    *(Happening(date(2026, 5, n), kind, EVIL, None) for n, kind in enumerate(("moved", "cancelled", "missed"), 3)),
    *(Happening(date(2026, 5, n), kind, EVIL, None) for n, kind in enumerate(("experience", "unconfirmed"), 8)),
    Happening(date(2026, 5, 27), "planned", EVIL, None),
)
TRAIL = compute_trail(sorted(TIME, key=lambda h: h.on), DAY, DAY, DAY)
BRIEF = compute_brief(sorted(TIME, key=lambda h: h.on), date(2026, 1, 5), date(2026, 7, 31), DAY)


def partnership(number: int = 0, **changes: Any) -> PartnershipCard:
    card = PartnershipCard(
        id=f"p{number}",
        title=f"Ada Byron & Grace Hopper {number}",
        address=f"/partnerships/ada-grace-{number}/",
        kind="mentoring",
        cohort=Link("Spring", "/cohorts/spring/"),
        members=(PersonLink("Ada Byron", f"/people/ada-{number}/"), PersonLink("Grace Hopper", f"/people/g-{number}/")),
        status="active",
        momentum="on-track",
        because="The last meeting was on 13 May 2026; every 2 weeks was agreed.",
        meetings=NUMBERS,
        goals=(goal("Give a talk at a local meetup"), goal("Read query plans", progress=30)),
        open_tasks=3,
        reason=EVIL if number % 9 == 1 else None,
        trail=BRIEF,
    )
    return replace(card, **changes)


STATES = ("needs-check-in", "stalled", "on-track", "too-early", "paused", "closed")
GROUPS = tuple(
    MomentumGroup(state, (partnership(number, momentum=state, title=EVIL), partnership(number + 9, meetings=None)))
    for number, state in enumerate(STATES)
)
IN_NUMBERS = NumbersView(
    *(12, 70, 80, 11, 1, 30, (("on-track", 20), ("done", 10)), 6, (("completed", 4), ("unknown", 2))),
    *((EndingView(PAIR, "completed", EVIL),), 9, ((0, 1), (1, 8)), 8, 4),
)
AXIS = compute_axis([partnership()])
COHORT = CohortView(EVIL, "/cohorts/spring/", DAY, DAY, 12, 70, 80, 1, GROUPS, IN_NUMBERS, AXIS)
CHEERS = (
    Celebration("milestone", DAY, Markup("Done"), EVIL, (ADA,), HOME, PAIR),
    Celebration("thanks", None, Markup("for it"), None, (BO, HIDDEN)),
)
PARTNERSHIP = PartnershipView(
    title=EVIL,
    kind="mentoring",
    cohort=Link("Spring", "/cohorts/spring/"),
    members=(ADA, BO, HIDDEN),
    start=DAY,
    end=DAY,
    status="paused",
    reason=EVIL,
    purpose=EVIL,
    momentum="needs-check-in",
    because=EVIL,
    moves=True,
    goals=(goal(), goal("B", owner=None, progress=None, standing="planned", due=None, milestones_total=None)),
    tasks=(
        TaskGroup(ADA, False, (task("overdue"), task("open", due=None))),
        TaskGroup(None, True, (task("open", carried=0),)),
        TaskGroup(None, False, (task("done", address=None, owner=None),)),
    ),
    tasks_done=14,
    follow_through=(FollowThroughView(ADA, 5, 7), FollowThroughView(BO, 0, 0)),
    meetings=NUMBERS,
    next=meeting("planned", address=None),
    recent=(
        meeting("held"),
        meeting("shortened"),
        meeting("cancelled", minutes=None, people=()),
        meeting(None, on=None),
    ),
    celebrations=CHEERS,
    not_yet_celebrated=(PAIR,),
    marks=(MarkView("decision", DAY, Markup("ten"), HOME), MarkView("question", None, Markup("why"), None)),
    feedback=(
        Feedback(DAY, ADA, (BO,), Markup("good"), (Markup("a"),), (Markup("b"),), HOME),
        Feedback(None, None, (), Markup("ok"), (), (), None),
    ),
    energy=(EnergyLine(ADA, ((date(2026, 4, 1), 3), (DAY, 5))), EnergyLine(BO, ((DAY, 4),)), EnergyLine(BO, ())),
    journal=(meeting(None, kind="journal"),),
    links=(PAIR,),
)
PARTNERSHIP = replace(
    PARTNERSHIP,
    trail=TRAIL,
    since=date(2026, 5, 2),
    lately=(MarkView("milestone", DAY, escape(EVIL), HOME), MarkView("missed", DAY, Markup(""), HOME)),
)
EMPTY_PARTNERSHIP = PartnershipView(
    *("Pair", "mentoring", None, (), None, None, "unknown", None, None, "too-early", "Nothing yet.", False, ()),
    *((), None, (), None, None, (), (), (), (), (), (), (), ()),
)
GOAL = GoalView(
    trail=TRAIL,
    card=goal(),
    partnership=PAIR,
    shows_details=True,
    why=EVIL,
    measure=EVIL,
    area=("communication", EVIL),
    start=DAY,
    done=DAY,
    lesson=EVIL,
    celebrated=EVIL,
    milestones=(
        MilestoneView("abstract", EVIL, "S", DAY, DAY, None, EVIL, False, ()),
        MilestoneView("rehearse", EVIL, "L", DAY, None, None, None, True, (StepView(EVIL, DAY, None, True),)),
        MilestoneView("slides", EVIL, "M", None, None, DAY, None, False, (StepView("a", None, DAY, False),)),
        MilestoneView("give", EVIL, "M", DAY, None, None, None, False, (StepView("b", None, None, False),)),
    ),
    reframed=(ReframeView(DAY, EVIL, EVIL), ReframeView(DAY, EVIL, None)),
    meetings=(meeting("held"),),
    hints=("a measure",),
)
EMPTY_GOAL = GoalView(
    *(goal("G", owner=None, progress=None, due=None, next_milestone=None, milestones_total=None), PAIR, False),
    *(None, None, (), None, None, None, None, (), (), (), ()),
)
NOTE = NoteView(
    card=meeting("shortened"),
    partnership=PAIR,
    kind="meeting",
    body=Markup("<h2>Agenda</h2><p>We met.</p><table><tr><td>x</td></tr></table>"),
    people=(ADA, BO),
    guests=(EVIL,),
    absent=(HIDDEN,),
    planned_minutes=45,
    has_late_notice=True,
    goals=(PAIR,),
    tasks=(task("overdue"), task("done"), task("open", owner=None, due=None)),
    energy=((ADA, 4),),
    next_on=DAY,
    earlier=PAIR,
    later=PAIR,
    path=f"content/{EVIL}.md",
)
EMPTY_NOTE = NoteView(
    *(MeetingCard("About", None, None, None, None, "meeting", None, ""), None, "page", Markup(""), (), (), ()),
    *(None, False, (), (), (), None, None, None, "content/pages/about.md"),
)
LIST = ("be on time", EVIL)
SIDE = SideView(
    ADA, "coach", DAY, LIST, LIST, LIST, LIST, LIST, LIST, "UTC", (("excuse", EVIL, EVIL), ("x", "y", None))
)
EMPTY_SIDE = SideView(HIDDEN, None, None, (), (), (), (), (), (), None, ())
PERSON = PersonView(
    *(EVIL, EVIL, EVIL, "GB", "UTC", Markup("<p>Bio.</p>"), LIST, LIST, LIST, LIST, ("coach",), LIST),
    (Link(EVIL, "https://example.org/?a=1&b=2"),),
    (
        PersonPart(partnership(1), ("mentor",), True, False),
        PersonPart(partnership(2, cohort=None, meetings=None), ("mentee",), False, True),
        PersonPart(partnership(3), ("peer", "mentor"), True, True),
    ),
    AXIS,
)
EMPTY_PERSON = PersonView("Nobody", None, None, None, None, None, (), (), (), (), (), (), (), ())


def page(address: str, template: str, view: object, *trail: Link) -> Page:
    title = getattr(view, "title", EVIL)
    return Page(address, template, title, view, "partners", trail, EVIL)


FULL = (
    page("/", "home.html", HomeView(GROUPS, (COHORT, COHORT), CHEERS, (PAIR,), 21, 13, IN_NUMBERS, AXIS)),
    page(HOME, "partnership.html", PARTNERSHIP, SITE.home),
    page(f"{HOME}goals/", "goals.html", GoalListView(PAIR, (goal(),)), PAIR),
    page(f"{HOME}goals/speak/", "goal.html", GOAL, PAIR),
    page(f"{HOME}meetings/", "meetings.html", MeetingListView(PAIR, NUMBERS, (("2026", (meeting("held"),)),), (PAIR,))),
    page(f"{HOME}meetings/2026-05-13/", "note.html", NOTE, PAIR),
    page(f"{HOME}agreement/", "agreement.html", AgreementView(PAIR, True, ((EVIL, EVIL),), DAY, (SIDE, EMPTY_SIDE))),
    page("/people/", "people.html", PeopleView(((ADA, (PAIR, PAIR)), (HIDDEN, ())))),
    page("/people/zoë/", "person.html", PERSON),
    page("/cohorts/spring/", "cohort.html", COHORT),
    page("/404.html", "404.html", NotFoundView(SITE.home)),
)
EMPTY = (
    page("/", "home.html", HomeView((), (), (), (), 0, 0)),
    page(HOME, "partnership.html", EMPTY_PARTNERSHIP),
    page(f"{HOME}goals/", "goals.html", GoalListView(PAIR, ())),
    page(f"{HOME}goals/speak/", "goal.html", EMPTY_GOAL),
    page(f"{HOME}meetings/", "meetings.html", MeetingListView(PAIR, NO_NUMBERS, (), ())),
    page(f"{HOME}journal/", "meetings.html", MeetingListView(PAIR, None, (), (), "journal")),
    page("/pages/about/", "note.html", EMPTY_NOTE),
    page(f"{HOME}agreement/", "agreement.html", AgreementView(PAIR, False, (), None, (EMPTY_SIDE,))),
    page("/people/", "people.html", PeopleView(())),
    page("/people/nobody/", "person.html", EMPTY_PERSON),
    page("/cohorts/next/", "cohort.html", CohortView("Next", "/cohorts/next/", None, None, 0, 0, 0, 0, ())),
)
