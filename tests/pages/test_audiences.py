"""What is withheld from an audience is in none of its pages: a unique word in every field says so."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace
from page_values import (
    PARTNERS,
    PRIVATE,
    PROGRAM,
    PUBLIC,
    context,
    full_context,
    full_meeting,
    full_partnership,
    meeting,
    partnership,
    person,
    program_pages,
    report,
    strings,
)

from headway.documents.note import Mark
from headway.model.fields import Role, Visibility
from headway.model.partnership import Membership, PartnershipFile
from headway.model.person import Person
from headway.pages.addresses import Addresses
from headway.pages.audience import Withheld, count_withheld
from headway.pages.partnership_pages import PartnershipPages, plan_partnership_pages
from headway.pages.parts import from_json, to_json
from headway.pages.program_pages import site_view
from headway.pages.summary import PartnershipSummary, summarise
from headway.pages.views import AgreementView, GoalView, Page, PartnershipView

SITE = Addresses()
AUDIENCES = list(Visibility)

SEEN: dict[str, Visibility] = {
    # goals
    "Widetitle": PUBLIC, "Widewhy": PARTNERS, "Widemeasure": PARTNERS, "Wideopen": PARTNERS,
    "Wideparty": PARTNERS, "Widestep": PARTNERS, "Widewas": PARTNERS, "Widelesson": PARTNERS,
    "Wideuncelebrated": PARTNERS, "Widearea": PARTNERS, "2026-07-13": PARTNERS, "2026-04-07": PARTNERS,
    "2026-01-11": PARTNERS, "2026-03-29": PARTNERS, "Widecelebrated": PARTNERS,
    "Programtitle": PROGRAM, "Programwhy": PARTNERS, "Shownmilestone": PROGRAM, "Programmilestone": PARTNERS,
    "Innertitle": PARTNERS, "Secrettitle": PRIVATE, "Secretwhy": PRIVATE, "Secretid": PRIVATE, "Innerid": PARTNERS,
    # notes
    **{f"Wide{part}": PUBLIC for part in ("heading", "body", "task", "win", "decision", "thanks", "guest", "link")},
    **{f"Program{part}": PROGRAM for part in ("heading", "body", "task", "win", "decision", "guest", "link")},
    **{f"Inner{part}": PARTNERS for part in ("heading", "body", "task", "win", "decision", "guest", "journal")},
    **{f"Secret{part}": PRIVATE for part in ("heading", "body", "task", "win", "decision", "guest", "feedback")},
    "Widefeedback": PARTNERS, "Wideworked": PARTNERS, "Widetotry": PARTNERS, "Programfeedback": PARTNERS,
    "Programintroduction": PROGRAM, "2026-03-16": PROGRAM, "2026-03-30": PARTNERS, "2026-04-13": PRIVATE,
    "Wide.pdf": PUBLIC, "Program.pdf": PROGRAM, "Inner.pdf": PARTNERS, "Secret.pdf": PRIVATE,
    # numbers over notes of which one is private
    "7531": PRIVATE, "8642": PRIVATE, "9753": PRIVATE, "6420": PRIVATE, "5319": PRIVATE, "becausecanary": PRIVATE,
    "2026-06-03": PRIVATE, "17:07": PRIVATE,
    # people
    "Onafirst": PARTNERS, "Onalast": PARTNERS, "/people/ona/": PARTNERS, "@ona": PARTNERS, "Onabio": PARTNERS,
    "Onaneeds": PARTNERS, "Onapronouns": PARTNERS, "onalink": PARTNERS, "Onaobstacle": PARTNERS,
    "Oddfirst": PUBLIC, "/people/odd/": PUBLIC, "Oddstrength": PUBLIC, "Oddbio": PUBLIC, "oddlink": PUBLIC,
    "Oddobstacle": PARTNERS, "Oddcounter": PARTNERS, "Samfirst": PROGRAM, "/people/sam/": PROGRAM,
    # the program's texts
    "Widetext": PUBLIC, "Programtext": PROGRAM, "Innerpage": PARTNERS, "Secrettext": PRIVATE, "secret-page": PRIVATE,
    "purposecanary": PUBLIC, "agreedsuccess": PUBLIC,
}  # fmt: skip
"""Each word, and the widest audience that may read it."""


def plan(audience: Visibility) -> tuple[PartnershipPages, PartnershipSummary, tuple[Page, ...]]:
    numbers, about = report(full_partnership()), full_context(audience)
    summary = summarise(numbers, about, SITE)
    return plan_partnership_pages(numbers, about, SITE), summary, program_pages([summary], about, SITE)


@pytest.fixture(scope="module", params=AUDIENCES)
def site(request: pytest.FixtureRequest) -> tuple[Visibility, str]:
    pages, summary, program = plan(request.param)
    shown = (pages.pages, pages.attachments, summary, program, site_view(full_context(request.param), SITE))
    return request.param, "\n".join(strings([part for part in strings(shown) if "content/" not in part]))


@pytest.mark.parametrize("word", SEEN)
def test_a_word_is_read_by_its_audience_and_by_nobody_else(site: tuple[Visibility, str], word: str) -> None:
    audience, text = site
    assert (word in text) is audience.admits(SEEN[word])


@pytest.mark.parametrize("word", ["email", "Unused.pdf"])
def test_some_things_are_never_published(site: tuple[Visibility, str], word: str) -> None:
    assert word not in site[1]


def test_paths_of_withheld_notes_are_nowhere_either() -> None:
    pages, summary, program = plan(PUBLIC)
    text = "\n".join(strings((pages.pages, pages.attachments, summary, program)))
    assert "2026-03-02.md" in text
    for word in ("2026-03-16", "2026-03-30", "2026-04-13", "logbook", "journal"):
        assert word not in text


def test_what_is_withheld_is_counted() -> None:
    pages, _, _ = plan(PUBLIC)
    assert pages.withheld == Withheld(goals=3, goal_details=1, meetings=3, journal=1, introductions=1)
    assert count_withheld(full_context(PUBLIC)) == Withheld(people=2, pages=3)
    assert plan(PRIVATE)[0].withheld == Withheld()
    assert (pages.withheld + Withheld(people=1)).sentence() == (
        "1 person, 3 goals, 1 goal's details, 3 meetings, 1 journal entry, 1 logbook introduction"
    )
    assert Withheld().sentence() == "nothing"


def test_of_a_withheld_partnership_nothing_is_left() -> None:
    hidden = report(partnership(visibility=PARTNERS, meetings=(full_meeting("2026-03-02", "Wide", PUBLIC),)))
    about = context(PROGRAM)
    pages = plan_partnership_pages(hidden, about, SITE)
    assert (pages.pages, pages.attachments, pages.withheld) == ((), (), Withheld(partnerships=1))
    summary = summarise(hidden, about, SITE)
    assert summary == PartnershipSummary()
    text = "\n".join(strings(program_pages([summary], about, SITE)))
    assert "pier" not in text


def test_a_thing_is_no_more_visible_than_its_partnership() -> None:
    # The partnership is for the program; its meeting says public and is not more public than that.
    inner = report(partnership(visibility=PROGRAM, meetings=(full_meeting("2026-03-02", "Wide", PUBLIC),)))
    assert plan_partnership_pages(inner, context(PUBLIC), SITE).pages == ()
    assert plan_partnership_pages(inner, context(PROGRAM), SITE).pages


def progress_page(pages: PartnershipPages) -> PartnershipView:
    view = pages.pages[0].view
    assert isinstance(view, PartnershipView)
    return view


def test_numbers_stand_only_over_what_the_audience_sees() -> None:
    seen = report(partnership(meetings=(full_meeting("2026-03-02", "Wide", PUBLIC),)))
    partly = report(partnership(meetings=(*seen.partnership.meetings, full_meeting("2026-03-16", "Inner", PARTNERS))))
    whole, part = (progress_page(plan_partnership_pages(r, context(PUBLIC), SITE)) for r in (seen, partly))
    assert whole.meetings is not None
    assert (whole.meetings.kept, whole.tasks_done, len(whole.follow_through)) == (7531, 6420, 1)
    assert whole.because == "becausecanary of 2026-05-17"
    assert whole.tasks[0].tasks[0].carried == 2
    assert (part.meetings, part.tasks_done, part.follow_through) == (None, None, ())
    assert part.momentum == "needs-check-in"
    assert part.because == "Its record is for the partners."
    assert part.tasks[0].tasks[0].carried == 0
    assert summarise(partly, context(PUBLIC), SITE).card.open_tasks is None  # type: ignore[union-attr]


def test_a_partnership_without_meetings_tells_nothing_where_meetings_are_withheld() -> None:
    empty = report(partnership())
    defaults = {"visibility": {"meetings": "partners"}}
    assert progress_page(plan_partnership_pages(empty, context(PROGRAM, **defaults), SITE)).meetings is None
    assert progress_page(plan_partnership_pages(empty, context(PARTNERS, **defaults), SITE)).meetings is not None


def test_the_momentum_does_not_tell_days_of_a_hidden_plan() -> None:
    planned = report(partnership(goals=full_partnership().goals[:1]))
    assert progress_page(plan_partnership_pages(planned, context(PUBLIC), SITE)).because == (
        "The last meeting was kept on 17 May 2026."
    )
    assert progress_page(plan_partnership_pages(planned, context(PARTNERS), SITE)).because.startswith("becausecanary")


def test_a_goal_without_details_is_its_title_owner_progress_and_standing() -> None:
    pages = plan_partnership_pages(report(full_partnership()), full_context(PUBLIC), SITE)
    (goal,) = (page.view for page in pages.pages if isinstance(page.view, GoalView))
    assert (goal.card.title, goal.card.progress, goal.card.standing) == ("Widetitle", 40, "on-track")
    assert goal.card.owner is not None
    assert (goal.card.owner.name, goal.card.owner.address) == ("mentee", None)
    assert (goal.card.due, goal.card.next_milestone, goal.card.milestones_done) == (None, None, None)
    assert not goal.shows_details
    assert goal.hints == ()


def test_a_hidden_person_is_their_role_in_the_programs_own_word() -> None:
    about = context(PUBLIC, {"ona": person("Ona", PARTNERS), "odd": person("Odd", PUBLIC)}, terms={"mentee": "fellow"})
    pages = plan_partnership_pages(report(full_partnership()), about, SITE)
    view = progress_page(pages)
    assert view.title == "Fellow & Oddfirst Oddlast"
    assert [(m.name, m.address) for m in view.members] == [("fellow", None), ("Oddfirst Oddlast", "/people/odd/")]
    assert view.tasks[0].owner is not None
    assert view.tasks[0].owner.name == "fellow"
    agreement = next(page.view for page in pages.pages if isinstance(page.view, AgreementView))
    assert agreement.sides[0].person.name == "fellow"
    assert agreement.sides[0].strengths == ()
    assert agreement.sides[1].strengths == ("Oddstrength",)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Ona Byron & Odd", "Mentee & Odd"),
        ("Ona and Odd", "Mentee and Odd"),
        ("The pier", "The pier"),
        ("Ona", "Mentee"),
    ],
)
def test_a_given_title_does_not_tell_hidden_names(title: str, shown: str) -> None:
    file = replace(partnership().file, title=title)
    people = {"ona": Person(name="Ona Byron", visibility=PARTNERS), "odd": Person(name="Odd Berg", visibility=PUBLIC)}
    pages = plan_partnership_pages(report(partnership(file=file, title=title)), context(PUBLIC, people), SITE)
    assert progress_page(pages).title == shown


def test_folder_and_file_names_do_not_tell_hidden_names() -> None:
    people = {"ona": Person(name="Ona Byron", visibility=PARTNERS), "odd": Person(name="Odd Berg", visibility=PUBLIC)}
    notes = (meeting("undated-ona", PUBLIC, "Hello", date=None), meeting("2026-03-02", PUBLIC, "Hello"))
    written = partnership(id="ona-odd", title="Ona Byron & Odd Berg", meetings=notes)
    pages = plan_partnership_pages(report(written), context(PUBLIC, people), SITE)
    text = "\n".join(strings(pages.pages)).casefold()
    assert not re.search(r"\bona\b", text)
    assert "/meetings/2026-03-02/" in text
    seen = plan_partnership_pages(report(partnership(id="ona-odd")), context(PARTNERS, people), SITE)
    assert seen.pages[0].address == "/partnerships/ona-odd/"


@pytest.mark.parametrize("name", ["Ona Byron", "Ona", "ONA BYRON", "Byron"])
def test_names_in_running_text_become_roles(name: str) -> None:
    people = {"ona": Person(name="Ona Byron", visibility=PARTNERS), "odd": Person(name="Odd Berg", visibility=PUBLIC)}
    text = (
        f"# With {name}\n\n**Present:** {name}, Odd\n\n`{name}` ![{name}](x.png) [{name}](https://example.org '{name}')"
    )
    written = partnership(title="Ona Byron & Odd Berg", meetings=(meeting("2026-03-02", PUBLIC, text),))
    pages = plan_partnership_pages(report(written), context(PUBLIC, people), SITE)
    shown = "\n".join(strings([page.view for page in pages.pages]))
    assert name not in shown
    assert "With mentee" in shown
    assert "Odd" in shown


def test_hidden_lines_are_in_no_title_and_no_excerpt() -> None:
    text = "# Feedback for Odd\n\nWe met.\nEnergy: ona 2\nIt rained."
    mark = Mark("win", 3, 5, "several lines")
    written = meeting("2026-03-02", PUBLIC, text, private_lines=((1, 1), (4, 4)), marks=(mark,))
    numbers = report(partnership(meetings=(written,)))
    public = "\n".join(strings(plan_partnership_pages(numbers, context(PROGRAM), SITE).pages))
    assert "Feedback for" not in public
    assert "Energy" not in public
    assert "several lines" not in public
    assert "We met. It rained." in " ".join(public.split())
    partners = "\n".join(strings(plan_partnership_pages(numbers, context(PARTNERS), SITE).pages))
    assert "Feedback for Odd" in partners
    assert "Energy: ona 2" in partners


def test_a_person_without_a_file_is_hidden_too() -> None:
    file = PartnershipFile(members=(Membership(person="ghost", role=Role.MENTOR),))
    pages = plan_partnership_pages(report(partnership(file=file, title="ghost")), context(PRIVATE), SITE)
    assert "ghost" not in "\n".join(strings(pages.pages))
    assert progress_page(pages).title == "Mentor"


def test_a_partnerships_own_site_has_no_trace_of_others() -> None:
    own = Addresses("pier")
    about = full_context(PARTNERS)
    numbers = report(full_partnership())
    summary = summarise(numbers, about, own)
    pages = (*plan_partnership_pages(numbers, about, own).pages, *program_pages([summary], about, own))
    text = "\n".join(strings([(page.address, page.title, page.trail, page.view) for page in pages]))
    assert "Samfirst" not in text
    assert "/partnerships/" not in text.replace("content/partnerships/", "")
    assert "/cohorts/" not in text
    addresses = [page.address for page in pages]
    assert len(addresses) == len(set(addresses))
    assert {"/", "/goals/", "/meetings/", "/journal/", "/agreement/", "/people/ona/", "/pages/wide-page/"} <= set(
        addresses
    )
    site = site_view(about, own, [summary])
    sections = [link.text for link in site.sections]
    assert sections[:5] == ["Goals", "Meetings", "Journal", "Agreement", "People"]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_summary_survives_being_written_down(audience: Visibility) -> None:
    summary = plan(audience)[1]
    kept = from_json(to_json(summary).decode(), PartnershipSummary)
    assert kept == summary
    assert all(type(a.text) is type(b.text) for a, b in zip(kept.celebrations, summary.celebrations, strict=True))
