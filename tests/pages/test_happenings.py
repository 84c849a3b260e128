"""What stands on the way: for each audience, in the order of days, and what is news since the last meeting."""

from __future__ import annotations

from datetime import date

import pytest
from page_values import (
    PARTNERS,
    PROGRAM,
    PUBLIC,
    context,
    full_context,
    full_partnership,
    goal,
    meeting,
    note,
    partnership,
    report,
    strings,
)

from headway.documents.note import Mark, Task
from headway.model.fields import MeetingStatus, Visibility
from headway.model.partnership import JournalEntry, Meeting
from headway.pages.addresses import Addresses
from headway.pages.partnership_pages import plan_partnership_pages
from headway.pages.summary import summarise
from headway.pages.views import GoalView, NoteView, PartnershipView
from headway.progress.report import MeetingReport, PartnershipReport, TaskReport, TaskState

SITE = Addresses()


def progress(numbers: PartnershipReport, audience: Visibility = PARTNERS) -> PartnershipView:
    view = plan_partnership_pages(numbers, context(audience), SITE).pages[0].view
    assert isinstance(view, PartnershipView)
    return view


def notes(numbers: PartnershipReport, audience: Visibility = PARTNERS) -> dict[str, NoteView]:
    pages = plan_partnership_pages(numbers, context(audience), SITE).pages
    return {page.address.split("/")[-2]: page.view for page in pages if isinstance(page.view, NoteView)}


def met(*statuses: tuple[str, MeetingStatus], **values: object) -> PartnershipReport:
    meetings = tuple(meeting(slug, PUBLIC, "Hello") for slug, _ in statuses)
    reports = tuple(MeetingReport(m, status) for m, (_, status) in zip(meetings, statuses, strict=True))
    return report(partnership(meetings=meetings, **values), meetings=reports)


def test_the_trail_holds_what_the_audience_may_see_and_nothing_else() -> None:
    plan = report(full_partnership())
    for audience, words in (
        (PUBLIC, {"Wide"}),
        (PROGRAM, {"Wide", "Program"}),
        (PARTNERS, {"Wide", "Program", "Inner"}),
    ):
        pages = plan_partnership_pages(plan, full_context(audience), SITE).pages
        view = pages[0].view
        assert isinstance(view, PartnershipView)
        assert view.trail is not None
        told = " ".join(strings(view.trail.marks))
        for word in ("Wide", "Program", "Inner", "Secret"):
            assert (f"{word}heading" in told) == (word in words), (audience, word)
        # Milestones, goals' days and old wordings are details of a goal.
        assert ("Widemilestone" in told) == ("Widetitle" in told) == (audience is PARTNERS)
        assert ("Shownmilestone" in told) == (audience is not PUBLIC)
        card = summarise(plan, full_context(audience), SITE).card
        assert card is not None
        assert card.trail is not None
        assert card.trail.kept.count("h0") == len(words)
        assert bool(card.trail.reached) == (audience is not PUBLIC)


def test_each_thing_on_the_way_is_told_apart() -> None:
    statuses = {
        "2026-02-02": MeetingStatus.HELD,
        "2026-02-09": MeetingStatus.SHORTENED,
        "2026-02-16": MeetingStatus.MOVED,
        "2026-02-23": MeetingStatus.MISSED,
        "2026-05-25": MeetingStatus.PLANNED,
    }
    view = progress(met(*statuses.items(), goals=(goal("Own", PUBLIC, PUBLIC),)))
    assert view.trail is not None
    assert [(mark.on.isoformat(), mark.kind, mark.state, mark.is_celebrated) for mark in view.trail.marks] == [
        ("2026-02-02", "held", "", False),
        ("2026-02-09", "shortened", "", False),
        ("2026-02-16", "moved", "", False),
        ("2026-02-23", "missed", "", False),
        ("2026-03-29", "reframe", "", False),
        ("2026-04-07", "milestone", "done", True),
        ("2026-04-09", "milestone", "done", False),
        ("2026-05-25", "planned", "", False),
        ("2026-06-09", "milestone", "open", False),
        ("2026-07-13", "goal", "open", False),
    ]
    assert [mark.address for mark in view.trail.marks[4:6]] == [
        "/partnerships/pier/goals/Ownid/#_reframed",
        "/partnerships/pier/goals/Ownid/#milestone-1",
    ]


def test_an_experience_and_a_win_have_marks_of_their_own() -> None:
    shared = meeting("2026-03-02", PUBLIC, "Hello", kind="experience")
    won = meeting("2026-03-09", PUBLIC, "Win: it", marks=(Mark("win", 1, 1, "it"),))
    view = progress(report(partnership(meetings=(shared, won))))
    assert view.trail is not None
    assert [(mark.kind, mark.is_celebrated) for mark in view.trail.marks] == [("experience", False), ("held", True)]


def test_a_goals_trail_has_its_own_meetings_only() -> None:
    meetings = (
        meeting("2026-03-02", PUBLIC, "Hello", goals=("Ownid",)),
        meeting("2026-03-09", PUBLIC, "Hello", goals=("Otherid",)),
    )
    goals = (goal("Own", PUBLIC, PUBLIC), goal("Other", PUBLIC, PARTNERS))
    pages = plan_partnership_pages(report(partnership(meetings=meetings, goals=goals)), context(PUBLIC), SITE).pages
    own, other = (page.view for page in pages if isinstance(page.view, GoalView))
    assert own.trail is not None
    assert [mark.on.isoformat() for mark in own.trail.marks if mark.kind == "held"] == ["2026-03-02"]
    assert other.trail is None  # its milestones are for the partners, and days of meetings alone are no picture


@pytest.mark.parametrize(
    ("statuses", "since", "news"),
    [
        # After the last kept meeting something happened.
        ("hh", "2026-03-30", ["2026-04-09 milestone", "2026-04-07 milestone"]),
        # Nothing did, so that the last meeting itself is the news.
        ("hhh", "2026-03-30", ["2026-04-20 held", "2026-04-09 milestone", "2026-04-07 milestone"]),
        (
            "hm",
            "2026-03-16",
            ["2026-04-09 milestone", "2026-04-07 milestone", "2026-03-30 missed", "2026-03-29 reframe"],
        ),
        ("mm", None, []),
    ],
)
def test_news_are_what_happened_since_the_last_kept_meeting(statuses: str, since: str | None, news: list[str]) -> None:
    slugs = ("2026-03-16", "2026-03-30", "2026-04-20")
    words = {"h": MeetingStatus.HELD, "m": MeetingStatus.MISSED}
    found = tuple((slug, words[letter]) for slug, letter in zip(slugs, statuses, strict=False))
    view = progress(met(*found, goals=(goal("Own", PUBLIC, PUBLIC),)))
    assert view.since == (date.fromisoformat(since) if since else None)
    assert [f"{mark.on} {mark.kind}" for mark in view.lately] == news


def test_where_meetings_are_withheld_there_is_no_news() -> None:
    meetings = (meeting("2026-03-02", PUBLIC, "a"), meeting("2026-03-16", PARTNERS, "b"))
    entry = JournalEntry("2026-04-20", note("journal/2026-04-20.md", "Hi", date=date(2026, 4, 20)), "ona", PUBLIC)
    numbers = report(partnership(meetings=meetings, journal=(entry,)))
    assert [mark.kind for mark in progress(numbers).lately] == ["journal"]
    assert (progress(numbers, PUBLIC).lately, progress(numbers, PUBLIC).since) == ((), None)


def with_tasks(*tasks: TaskReport) -> PartnershipReport:
    meetings = tuple(
        Meeting(m.slug, m.note, PUBLIC)
        for m in (
            meeting("2026-03-02", PUBLIC, "a", tasks=tuple(Task(1, t.text, t.owner) for t in tasks)),
            *(meeting(slug, PUBLIC, "b") for slug in ("2026-03-16", "2026-03-30")),
        )
    )
    return report(partnership(meetings=meetings), tasks=tasks)


def task(text: str, state: TaskState, done_on: str | None = None) -> TaskReport:
    first = "2026-03-02"
    done = date.fromisoformat(done_on) if done_on else None
    place = f"content/partnerships/pier/meetings/{first}.md"
    return TaskReport(text, "ona", first, date.fromisoformat(first), first, place, 1, None, state, done_on=done)


def test_a_meeting_tells_what_it_inherited_and_where_that_stands_now() -> None:
    views = notes(
        with_tasks(
            task("open still", TaskState.OPEN),
            task("done that day", TaskState.DONE, "2026-03-16"),
            task("done where it stood", TaskState.DONE),
        )
    )
    told = {slug: [(str(t.text).strip(), t.state) for t in view.inherited] for slug, view in views.items()}
    assert told == {
        "2026-03-02": [],
        "2026-03-16": [("open still", "open"), ("done that day", "done")],
        "2026-03-30": [("open still", "open")],
    }


def test_of_many_inherited_tasks_the_newest_are_told_and_the_others_counted() -> None:
    views = notes(with_tasks(*(task(f"task {n}", TaskState.OPEN) for n in range(9))))
    assert (len(views["2026-03-30"].inherited), views["2026-03-30"].inherited_more) == (4, 5)
