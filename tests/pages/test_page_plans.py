"""Which pages there are, what stands on them and in which order."""

from __future__ import annotations

import time as clock
from datetime import date, time

import pytest
from msgspec.structs import replace
from page_values import (
    FOLDER,
    PARTNERS,
    PROGRAM,
    PUBLIC,
    context,
    full_partnership,
    meeting,
    note,
    partnership,
    person,
    program_pages,
    report,
)

from headway.documents.note import Attendance, Mark, Task
from headway.model.fields import MeetingStatus, Role
from headway.model.goals import Goal, Milestone
from headway.model.partnership import Introduction, JournalEntry, Membership
from headway.model.program import ProgramPage
from headway.pages.addresses import Addresses
from headway.pages.note_pages import page_title, short_title
from headway.pages.partnership_pages import PartnershipPages, plan_partnership_pages
from headway.pages.program_pages import site_view
from headway.pages.summary import PartnershipSummary, summarise
from headway.pages.views import (
    CohortView,
    GoalView,
    HomeView,
    MeetingListView,
    NoteView,
    NotFoundView,
    PartnershipView,
    PeopleView,
    PersonView,
)
from headway.progress.report import (
    MeetingNumbers,
    MeetingReport,
    Momentum,
    MomentumState,
    PartnershipReport,
    TaskReport,
    TaskState,
)

SITE = Addresses()


def plan(numbers: PartnershipReport, audience: object = PARTNERS) -> PartnershipPages:
    return plan_partnership_pages(numbers, context(audience), SITE)  # type: ignore[arg-type]


def progress(pages: PartnershipPages) -> PartnershipView:
    view = pages.pages[0].view
    assert isinstance(view, PartnershipView)
    return view


def note_views(pages: PartnershipPages) -> dict[str, NoteView]:
    return {page.address: page.view for page in pages.pages if isinstance(page.view, NoteView)}


def test_every_thing_has_its_page_and_template() -> None:
    pages = plan(report(full_partnership()))
    assert [(page.address.removeprefix("/partnerships/pier/"), page.template) for page in pages.pages] == [
        ("", "partnership.html"),
        ("goals/", "goals.html"),
        ("goals/Wideid/", "goal.html"),
        ("goals/Programid/", "goal.html"),
        ("goals/Innerid/", "goal.html"),
        ("meetings/", "meetings.html"),
        ("logbook/", "note.html"),
        ("meetings/2026-03-02/", "note.html"),
        ("meetings/2026-03-16/", "note.html"),
        ("meetings/2026-03-30/", "note.html"),
        ("journal/", "meetings.html"),
        ("journal/2026-04-20/", "note.html"),
        ("agreement/", "agreement.html"),
    ]
    assert {page.audience for page in pages.pages} == {"partners"}


def test_an_empty_partnership_has_its_progress_page_and_its_agreement() -> None:
    pages = plan(report(partnership()))
    assert [page.template for page in pages.pages] == ["partnership.html", "agreement.html"]
    assert [link.text for link in progress(pages).links] == ["Agreement"]


def test_several_logbooks_have_an_introduction_each() -> None:
    intros = tuple(
        Introduction(note(f"{stem}.md", "Hello", title="Rules"), PUBLIC) for stem in ("logbook", "logbook-2025")
    )
    pages = plan(report(partnership(introductions=intros)))
    listed = next(page.view for page in pages.pages if isinstance(page.view, MeetingListView))
    assert [link.address for link in listed.introductions] == [
        "/partnerships/pier/logbook/",
        "/partnerships/pier/logbook/logbook-2025/",
    ]


def task(
    text: str, owner: str | None, state: TaskState = TaskState.OPEN, carried: int = 0, **places: str
) -> TaskReport:
    first, last = places.get("first", "2026-03-02"), places.get("last", "2026-03-02")
    path = f"{FOLDER}/meetings/{last}.md"
    return TaskReport(text, owner, first, date.fromisoformat(first), last, path, 3, None, state, carried)


def test_open_tasks_stand_by_owner_the_urgent_ones_first() -> None:
    tasks = (
        task("for nobody", None),
        task("for all", "all"),
        task("of odd", "odd"),
        task("of ona, new", "ona"),
        task("of ona, carried", "ona", carried=2),
        task("of ona, overdue", "ona", TaskState.OVERDUE),
        task("of ona, done", "ona", TaskState.DONE),
        task("of a guest", "Mr. Babbage"),
    )
    numbers = report(partnership(meetings=(meeting("2026-03-02", PUBLIC, "Hello"),)), tasks=tasks)
    groups = progress(plan(numbers)).tasks
    assert [(g.owner.name if g.owner else None, g.is_everybodys) for g in groups] == [
        ("Onafirst Onalast", False),
        ("Oddfirst Oddlast", False),
        ("Mr. Babbage", False),
        (None, True),
        (None, False),
    ]
    assert [str(t.text).strip() for t in groups[0].tasks] == ["of ona, overdue", "of ona, carried", "of ona, new"]
    assert groups[0].tasks[0].address == "/partnerships/pier/meetings/2026-03-02/"


def test_a_notes_tasks_stand_as_they_are_today() -> None:
    notes = (
        meeting(
            "2026-03-02", PUBLIC, "x", tasks=(Task(3, "Send  the list", "ona"), Task(4, "Old", due=date(2026, 3, 9)))
        ),
        meeting("2026-03-16", PUBLIC, "x", tasks=(Task(3, "send the list", "ona", is_done=True),)),
    )
    followed = task("Send the list", "ona", TaskState.DONE, carried=1, last="2026-03-16")
    views = note_views(plan(report(partnership(meetings=notes), tasks=(followed,))))
    first, second = (view.tasks for view in views.values())
    assert [(t.state, t.carried) for t in first] == [("done", 1), ("overdue", 0)]
    assert (second[0].state, second[0].first_on) == ("done", date(2026, 3, 2))
    assert second[0].address == "/partnerships/pier/meetings/2026-03-02/"


def test_meetings_are_listed_by_year_the_newest_first_and_undated_ones_last() -> None:
    slugs = ("2025-12-01", "2026-01-05", "2026-01-19")
    notes = (*(meeting(slug, PUBLIC, "x") for slug in slugs), meeting("lost", PUBLIC, "x", date=None))
    pages = plan(report(partnership(meetings=notes)))
    listed = next(page.view for page in pages.pages if isinstance(page.view, MeetingListView))
    days = [(year, [card.on.isoformat() if card.on else None for card in cards]) for year, cards in listed.years]
    assert days == [("2026", ["2026-01-19", "2026-01-05"]), ("2025", ["2025-12-01"]), ("", [None])]
    views = list(note_views(pages).values())
    assert views[0].earlier is None
    assert views[1].earlier is not None
    assert views[1].earlier.text == "2025-12-01"
    assert views[1].later is not None
    assert views[1].later.address == "/partnerships/pier/meetings/2026-01-19/"


def test_the_progress_page_has_the_five_latest_meetings_and_the_next() -> None:
    notes = tuple(meeting(f"2026-03-{day:02}", PUBLIC, "x") for day in range(1, 9))
    planned = meeting("2026-06-01", PUBLIC, "x", time=time(17))
    numbers = report(partnership(meetings=(*notes, planned)))
    numbers = report(
        numbers.partnership,
        meetings=(*numbers.meetings[:-1], MeetingReport(planned, MeetingStatus.PLANNED)),
        numbers=MeetingNumbers(next_on=date(2026, 6, 1)),
    )
    view = progress(plan(numbers))
    assert [card.on.day for card in view.recent if card.on] == [8, 7, 6, 5, 4]
    assert view.next is not None
    assert view.next.address == "/partnerships/pier/meetings/2026-06-01/"
    announced = report(numbers.partnership, numbers=MeetingNumbers(next_on=date(2026, 5, 27), next_at=time(9)))
    card = progress(plan(announced)).next
    assert card is not None
    assert (card.on, card.at, card.address, card.status) == (date(2026, 5, 27), time(9), None, "planned")


@pytest.mark.parametrize(
    ("state", "moves"),
    [(MomentumState.STALLED, True), (MomentumState.NEEDS_CHECK_IN, True), (MomentumState.ON_TRACK, False)],
)
def test_moves_are_offered_where_it_stands_still(state: MomentumState, moves: bool) -> None:
    view = progress(plan(report(partnership(), momentum=Momentum(state, "because of this"))))
    assert (view.moves, view.because) == (moves, "because of this")


def test_what_went_well_stands_together_the_newest_first() -> None:
    plan_of_two = (
        Goal(
            id="a",
            title="A <b>",
            owner="ona",
            milestones=(
                Milestone(title="cheered", done=date(2026, 3, 3), celebrated="cake"),
                Milestone(title="waiting", done=date(2026, 3, 4)),
                Milestone(title="let go", dropped=date(2026, 3, 4)),
            ),
        ),
    )
    marks = (
        Mark("win", 3, 3, "a *win*"),
        Mark("thanks", 4, 4, "for all", people=("odd",)),
        Mark("reframe", 5, 5, "no"),
    )
    notes = (meeting("2026-03-02", PUBLIC, "x", marks=marks), meeting("2026-03-16", PUBLIC, "x", marks=marks[:1]))
    view = progress(plan(report(partnership(goals=plan_of_two, meetings=notes))))
    assert [(c.kind, c.on.isoformat() if c.on else "", c.how) for c in view.celebrations] == [
        ("win", "2026-03-16", None),
        ("milestone", "2026-03-03", "cake"),
        ("win", "2026-03-02", None),
        ("thanks", "2026-03-02", None),
    ]
    assert view.celebrations[0].text == "a <em>win</em>"
    assert view.celebrations[3].people[0].name == "Oddfirst Oddlast"
    assert [(link.text, link.address) for link in view.not_yet_celebrated] == [
        ("waiting", "/partnerships/pier/goals/a/#milestone-2")
    ]


def test_decisions_questions_blockers_and_ideas_are_lifted_out_eight_at_most() -> None:
    kinds = ("decision", "question", "blocker", "idea", "reframe")
    notes = tuple(
        meeting(f"2026-03-{day:02}", PUBLIC, "x", marks=tuple(Mark(kind, 3, 3, f"{kind} {day}") for kind in kinds))
        for day in (2, 16, 30)
    )
    marks = progress(plan(report(partnership(meetings=notes)))).marks
    assert [mark.kind for mark in marks] == [*kinds[:4], *kinds[:4]]
    assert [mark.on.day for mark in marks if mark.on] == [30] * 4 + [16] * 4


def test_feedback_both_ways_and_energy_of_each() -> None:
    marks = (
        Mark("feedback", 3, 3, "", "ona", ("odd",), ("clear",), ("slower",)),
        Mark("feedback", 4, 4, "", "odd", ("ona",), ("brave",), ()),
    )
    notes = (
        meeting("2026-03-02", PUBLIC, "x", marks=marks, energy={"odd": 5, "ona": 2}),
        meeting("2026-03-16", PUBLIC, "x", energy={"ona": 4}),
    )
    view = progress(plan(report(partnership(meetings=notes))))
    assert [(f.giver.name, f.receivers[0].name) for f in view.feedback if f.giver] == [
        ("Onafirst Onalast", "Oddfirst Oddlast"),
        ("Oddfirst Oddlast", "Onafirst Onalast"),
    ]
    assert [[value for _, value in line.values] for line in view.energy] == [[2, 4], [5]]
    public = progress(plan(report(partnership(meetings=notes)), PUBLIC))
    assert (public.feedback, public.energy) == ((), ())


def test_a_goals_page_lists_the_meetings_that_name_it_and_what_is_not_yet_written() -> None:
    goals = (Goal(id="speak", title="Speak", why="To be heard"), Goal(id="rest", title="Rest"))
    notes = (
        meeting("2026-03-02", PUBLIC, "x", goals=("speak", "speak", "unknown")),
        meeting("2026-03-16", PUBLIC, "x", goals=("speak",)),
    )
    pages = plan(report(partnership(goals=goals, meetings=notes)))
    speak, rest = (page.view for page in pages.pages if isinstance(page.view, GoalView))
    assert [card.on.day for card in speak.meetings if card.on] == [16, 2]
    assert rest.meetings == ()
    assert speak.hints == ("measure", "due", "milestones")
    assert [link.address for link in next(iter(note_views(pages).values())).goals] == [
        "/partnerships/pier/goals/speak/"
    ]


@pytest.mark.parametrize(
    ("title", "short", "own"),
    [
        ("2026-03-02", "", ""),
        ("2 March 2026", "", "2 March 2026"),
        ("Monday, 2 March 2026", "", "Monday, 2 March 2026"),
        ("2 March 2026 (shortened, 15 min)", "", "2 March 2026 (shortened, 15 min)"),
        ("2026-03-02 Rehearsal", "2026-03-02 Rehearsal", "2026-03-02 Rehearsal"),
        ("Rehearsal", "Rehearsal", "Rehearsal"),
        ("", "", ""),
    ],
)
def test_a_title_that_is_only_a_day_is_left_to_the_date(title: str, short: str, own: str) -> None:
    assert (short_title(title), page_title(title)) == (short, own)


def test_an_excerpt_is_what_was_said_not_who_was_there() -> None:
    text = (
        "# Rehearsal\n\n**Present:** ona, odd\n\n## Attendees\n\n- ona\n- odd\n\n## Talk\n\n"
        "We *spoke* about [slides](https://example.org).\n\nStatus: held\n\n- and about `time`\n\n" + "word " * 90
    )
    notes = (meeting("2026-03-02", PUBLIC, text, attendance=Attendance(True, ("ona",))),)
    card = progress(plan(report(partnership(meetings=notes)))).recent[0]
    assert card.excerpt.startswith("We spoke about slides. and about time · word word")
    assert len(card.excerpt) <= 164
    assert card.excerpt.endswith("word …")


def test_a_very_long_line_is_no_work() -> None:
    notes = (meeting("2026-03-02", PUBLIC, "a" * 100_000), meeting("2026-03-16", PUBLIC, "*[_a " * 20_000))
    started = clock.process_time()
    view = progress(plan(report(partnership(meetings=notes))))
    assert clock.process_time() - started < 5
    assert view.recent[1].excerpt == "a" * 160 + "…"


def summaries(*numbers: PartnershipReport) -> list[PartnershipSummary]:
    return [summarise(entry, context(PARTNERS), SITE) for entry in numbers]


def test_the_home_page_asks_for_check_ins_first() -> None:
    states = (MomentumState.CLOSED, MomentumState.ON_TRACK, MomentumState.STALLED, MomentumState.NEEDS_CHECK_IN)
    found = summaries(
        *(report(partnership(id=f"p{n}"), momentum=Momentum(state, "x")) for n, state in enumerate(states))
    )
    home = program_pages(found, context(PARTNERS), SITE)[0].view
    assert isinstance(home, HomeView)
    assert [group.momentum for group in home.groups] == ["needs-check-in", "stalled", "on-track", "closed"]
    assert (home.people, home.partnerships) == (2, 4)


@pytest.mark.parametrize(
    ("days", "celebrated", "listed"),
    [
        (("2026-02-28", "2026-03-01", "2026-03-04"), 4, ("2026-03-04", "2026-03-01")),
        (("2026-02-27", "2026-02-28"), 0, ("2026-02-28", "2026-02-27")),
    ],
)
def test_the_home_page_celebrates_the_month(days: tuple[str, ...], celebrated: int, listed: tuple[str, ...]) -> None:
    win = (Mark("win", 3, 3, "a win"),)
    notes = tuple(meeting(day, PUBLIC, "x", marks=win) for day in days)
    now = replace(context(PARTNERS), today=date(2026, 3, 20))
    found = [summarise(report(partnership(id=i, meetings=notes)), now, SITE) for i in "ab"]
    home = next(p.view for p in program_pages(found, now, SITE) if isinstance(p.view, HomeView))
    assert (home.celebrated, home.celebrating) == (celebrated, 2 if celebrated else 0)
    assert tuple(dict.fromkeys(str(c.on) for c in home.celebrations)) == listed


def test_a_cohort_sums_what_is_known_and_says_what_is_not() -> None:
    found = summaries(
        report(partnership(id="a"), numbers=MeetingNumbers(kept=3, expected=4)),
        report(partnership(id="b"), numbers=MeetingNumbers(kept=2, expected=None)),
        *(report(partnership(id=i), numbers=MeetingNumbers(kept=5, expected=5)) for i in "cdef"),
    )
    cohort = next(p.view for p in program_pages(found, context(PARTNERS), SITE) if isinstance(p.view, CohortView))
    assert (cohort.name, cohort.address, cohort.partnerships) == ("Spring", "/cohorts/spring/", 6)
    assert (cohort.kept, cohort.expected, cohort.unknown) == (23, 24, 1)
    assert cohort.numbers is not None
    assert (cohort.numbers.kept, cohort.numbers.counted, cohort.numbers.uncounted) == (23, 5, 1)


def test_of_a_group_under_five_no_number_is_told() -> None:
    found = summaries(
        *(report(partnership(id=i), numbers=MeetingNumbers(kept=5, expected=5)) for i in "abcd"),
        *(report(partnership(id=i), numbers=MeetingNumbers(kept=5, expected=None)) for i in "ef"),
    )
    pages = program_pages(found[:4], context(PARTNERS), SITE)
    cohort = next(p.view for p in pages if isinstance(p.view, CohortView))
    assert (cohort.partnerships, cohort.kept, cohort.expected, cohort.numbers) == (4, 0, 0, None)
    # Six partnerships, but only four whose expected meetings are known; and of the one mentor nothing is said.
    home = next(p.view for p in program_pages(found, context(PARTNERS), SITE) if isinstance(p.view, HomeView))
    assert home.numbers is not None
    assert (home.numbers.partnerships, home.numbers.kept, home.numbers.expected) == (6, None, 0)
    assert (home.numbers.mentors, home.numbers.loads, home.numbers.places) == (0, (), None)
    assert (home.numbers.endings, home.numbers.reasons, home.numbers.standings) == ((), (), ())


def test_a_person_stands_with_all_their_partnerships_giving_and_receiving() -> None:
    members = (Membership(person="ona", role=Role.MENTOR), Membership(person="odd", role=Role.MENTEE))
    other = replace(partnership().file, members=members)
    found = summaries(report(partnership(id="a")), report(partnership(id="b", file=other, title="Back")))
    pages = program_pages(found, context(PARTNERS), SITE)
    views = {page.address: page.view for page in pages}
    ona = views["/people/ona/"]
    assert isinstance(ona, PersonView)
    assert [(p.partnership.id, p.roles, p.gives, p.receives) for p in ona.parts] == [
        ("b", ("mentor",), True, False),
        ("a", ("mentee",), False, True),
    ]
    people = views["/people/"]
    assert isinstance(people, PeopleView)
    assert [link.name for link, _ in people.people] == ["Oddfirst Oddlast", "Onafirst Onalast"]


def test_a_persons_links_lead_to_web_pages_only() -> None:
    links = {"web": "HTTPS://example.org", "bad": "javascript:alert(1)", "worse": "//example.org"}
    about = context(PARTNERS, {"ona": replace(person("Ona", PUBLIC), links=links)})
    view = next(p.view for p in program_pages([], about, SITE) if isinstance(p.view, PersonView))
    assert [link.text for link in view.links] == ["web"]


def test_the_programs_texts_and_the_404_page() -> None:
    texts = (
        ProgramPage("about", note("../../pages/about.md", "# About us\n\nSee [rules](rules.md)."), PUBLIC),
        ProgramPage("rules", note("../../pages/rules.md", "Be kind."), PROGRAM),
    )
    about = context(PUBLIC, pages=texts, site={"url": "https://example.org/m"})
    pages = {page.address: page for page in program_pages([], about, SITE)}
    assert pages["/pages/about/"].title == "About us"
    assert "/pages/rules/" not in pages
    missing = pages["/404.html"].view
    assert isinstance(missing, NotFoundView)
    assert missing.home.address == "https://example.org/m/"
    assert [link.address for link in site_view(about, SITE).sections] == ["/people/", "/pages/about/"]


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("fa-IR", "rtl"), ("he_IL", "rtl")])
def test_the_direction_follows_the_language(language: str, direction: str) -> None:
    assert site_view(context(PUBLIC, language=language), SITE).direction == direction


def test_ten_thousand_notes_stay_linear() -> None:
    def seconds(count: int) -> float:
        notes = tuple(
            meeting(
                f"2026-03-02-{n}", PUBLIC, f"[x]({n}.md) said", date=date(2026, 3, 2), goals=("g",),
                tasks=(Task(1, f"task {n}", "ona"),),
            )
            for n in range(count)
        )  # fmt: skip
        numbers = report(partnership(meetings=notes, goals=(Goal(id="g", title="G"),)))
        started = clock.process_time()
        plan(numbers)
        return clock.process_time() - started

    small = seconds(200)
    assert seconds(1600) < 8 * 4 * max(small, 0.02)


def test_a_journal_has_its_own_list() -> None:
    entries = tuple(
        JournalEntry(
            f"2026-03-{day:02}", note(f"journal/2026-03-{day:02}.md", "x", date=date(2026, 3, day)), "ona", PUBLIC
        )
        for day in (3, 4)
    )
    pages = plan(report(partnership(journal=entries)))
    listed = next(page.view for page in pages.pages if isinstance(page.view, MeetingListView))
    assert (listed.kind, listed.numbers) == ("journal", None)
    assert [card.people[0].name for _, cards in listed.years for card in cards] == ["Onafirst Onalast"] * 2
    assert [card.on.day for card in progress(pages).journal if card.on] == [4, 3]
