"""Links and pictures in notes: where they lead on the site, what they bring along, what is broken."""

from __future__ import annotations

import re

import pytest
from page_values import FOLDER, PARTNERS, PROGRAM, PUBLIC, context, goal, meeting, note, partnership, report

from headway.model.fields import Visibility
from headway.model.partnership import Introduction, JournalEntry, Meeting
from headway.model.program import ProgramPage
from headway.pages.addresses import Addresses
from headway.pages.partnership_pages import Attachment, PartnershipPages, plan_partnership_pages
from headway.pages.program_pages import check_program_links
from headway.pages.views import NoteView

HERE = "2026-03-02"


def plan(text: str, *more: Meeting, audience: Visibility = PUBLIC, site: Addresses | None = None) -> PartnershipPages:
    whole = partnership(
        meetings=(meeting(HERE, PUBLIC, text), *more),
        goals=(goal("Wide", PUBLIC, PARTNERS),),
        journal=(JournalEntry("2026-03-05", note("journal/2026-03-05.md", "x"), "ona", PUBLIC),),
        introductions=(Introduction(note("logbook.md", "x"), PUBLIC),),
        attachments=(f"{FOLDER}/files/plan.png", f"{FOLDER}/files/größe 1.pdf", f"{FOLDER}/files/secret.png"),
    )
    pages = (
        ProgramPage("about", note("../../pages/about.md", "x"), PUBLIC),
        ProgramPage("inner", note("../../pages/inner.md", "x"), PARTNERS),
    )
    pages = tuple(ProgramPage(p.slug, _at(p.note, f"content/pages/{p.slug}.md"), p.visibility) for p in pages)
    return plan_partnership_pages(report(whole), context(audience, pages=pages), site or Addresses())


def _at(written: object, path: str) -> object:
    from msgspec.structs import replace

    return replace(written, path=path)  # type: ignore[type-var]


def body(pages: PartnershipPages) -> str:
    found = (page.view for page in pages.pages if isinstance(page.view, NoteView) and page.view.kind == "meeting")
    return str(next(found).body)


OTHERS = (meeting("2026-03-16", PUBLIC, "x"), meeting("2026-03-30", PARTNERS, "x"))


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("2026-03-16.md", "../2026-03-16/index.html"),
        ("./2026-03-16.md#actions", "../2026-03-16/index.html"),
        ("../meetings/2026-03-16.md", "../2026-03-16/index.html"),
        ("../journal/2026-03-05.md", "../../journal/2026-03-05/index.html"),
        ("../logbook.md", "../../logbook/index.html"),
        ("../goals.yaml", "../../goals/index.html"),
        ("../goals.yaml#wideid", "../../goals/Wideid/index.html"),
        ("../goals.yaml#of-old", "../../goals/index.html"),
        ("../partnership.yaml", "../../agreement/index.html"),
        ("../", "../../index.html"),
        ("../meetings/", "../index.html"),
        ("../files/plan.png", "../../files/plan.png"),
        ("<../files/größe 1.pdf>", "../../files/gr%C3%B6%C3%9Fe%201.pdf"),
        ("../../../pages/about.md", "../../../../pages/about/index.html"),
        ("/content/pages/about.md", "../../../../pages/about/index.html"),
        ("../../../people/ona.yaml", "../../../../people/ona/index.html"),
        ("https://example.org/a?b=c&d#e", "https://example.org/a?b=c&amp;d#e"),
        ("mailto:help@example.org", "mailto:help@example.org"),
        ("gohugo.io/documentation/", "https://gohugo.io/documentation/"),
        ("www.julialang.org", "https://www.julialang.org"),
    ],
)
def test_a_link_leads_to_the_page_that_shows_its_file(href: str, address: str) -> None:
    pages = plan(f"A [word]({href}) here", *OTHERS)
    assert f'<a href="{address}">word</a>' in body(pages)
    assert pages.problems == ()


@pytest.mark.parametrize(
    ("href", "code"),
    [
        ("2026-03-30.md", None),  # withheld from this audience
        ("../../../pages/inner.md", None),
        ("2026-04-30.md", "HW501"),
        ("../meetings/nothing%0Ahere.md", "HW501"),
        ("../files/none.pdf", "HW502"),
        ("../../other/meetings/2026-03-02.md", "HW504"),
        ("../../../../../../etc/passwd", "HW504"),
        ("/etc/passwd", "HW504"),
        ("//example.org/x", None),
        ("ms-office:open", None),
    ],
)
def test_a_link_that_leads_nowhere_is_text(href: str, code: str | None) -> None:
    pages = plan(f"A [word]({href}) here", *OTHERS)
    assert "<a" not in body(pages)
    assert "word" in body(pages)
    assert [problem.code for problem in pages.problems] == ([code] if code else [])


def test_in_its_own_site_links_stay_inside() -> None:
    pages = plan("[a](2026-03-16.md) [b](../goals.yaml) [c](../../../pages/about.md)", *OTHERS, site=Addresses("pier"))
    assert re.findall('href="([^"]+)"', body(pages)) == [
        "../2026-03-16/index.html",
        "../../goals/index.html",
        "../../pages/about/index.html",
    ]


def test_a_logbook_of_several_meetings_leads_to_their_list() -> None:
    one, two = (meeting(slug, PUBLIC, "x") for slug in ("2026-03-16", "2026-03-17"))
    both = tuple(Meeting(m.slug, _at(m.note, f"{FOLDER}/logbook-b.md"), PUBLIC) for m in (one, two))  # type: ignore[arg-type]
    assert 'href="../index.html"' in body(plan("[book](../logbook-b.md)", *both))


def test_pictures_and_files_come_along_where_a_visible_note_uses_them() -> None:
    more = meeting("2026-03-30", PARTNERS, "![secret](../files/secret.png)")
    pages = plan("![The plan](../files/plan.png) and [size](<../files/größe 1.pdf>)", more)
    assert pages.attachments == (
        Attachment(f"{FOLDER}/files/größe 1.pdf", "/partnerships/pier/files/größe 1.pdf"),
        Attachment(f"{FOLDER}/files/plan.png", "/partnerships/pier/files/plan.png"),
    )
    assert '<img src="../../files/plan.png" alt="The plan"' in body(pages)
    assert len(plan("x", more, audience=PARTNERS).attachments) == 1


def test_a_picture_in_hidden_lines_does_not_come_along() -> None:
    text = "Hello\n\nFeedback: ![x](../files/secret.png)"
    whole = partnership(
        meetings=(meeting(HERE, PUBLIC, text, private_lines=((3, 3),)),), attachments=(f"{FOLDER}/files/secret.png",)
    )
    assert plan_partnership_pages(report(whole), context(PROGRAM), Addresses()).attachments == ()
    assert len(plan_partnership_pages(report(whole), context(PARTNERS), Addresses()).attachments) == 1


def test_problems_name_the_line_and_the_words() -> None:
    text = "# Title\n\nOne\ntwo ![](../files/plan.png) three\nfour [x](gone.md)\n\n| a |\n|---|\n| [y](lost.md) |\n"
    found = plan(text).problems
    assert [(p.code, p.location.line, p.location.column, p.location.width, p.excerpt) for p in found] == [
        ("HW503", 4, 9, 17, "two ![](../files/plan.png) three"),
        ("HW501", 5, 10, 7, "four [x](gone.md)"),
        ("HW501", 9, 5, 7, "[y](lost.md)"),
    ]
    assert "'gone.md'" in found[1].message
    assert all(p.location.path == f"{FOLDER}/meetings/{HERE}.md" for p in found)


def test_problems_are_the_same_for_every_audience_even_of_a_withheld_partnership() -> None:
    whole = partnership(visibility=PARTNERS, meetings=(meeting(HERE, PARTNERS, "[x](gone.md)"),))
    found = [plan_partnership_pages(report(whole), context(a), Addresses()).problems for a in Visibility]
    assert [problem.code for problem in found[0]] == ["HW501"]
    assert all(problems == found[0] for problems in found)


def test_mentions_lead_to_people() -> None:
    html = body(plan("Thanks @ona and @nobody"))
    assert 'href="../../../../people/ona/index.html"' in html
    assert "@nobody" in html


def test_the_heading_that_is_the_title_is_not_said_twice() -> None:
    assert "Rehearsal" not in body(plan("# Rehearsal\n\nHello"))
    assert "Rehearsal" in body(plan("# [Rehearsal](https://example.org)\n\nHello"))
    underlined = meeting(HERE, PUBLIC, "Rehearsal\n===\n\nHello", title="Rehearsal", title_line=1)
    pages = plan_partnership_pages(report(partnership(meetings=(underlined,))), context(PUBLIC), Addresses())
    assert "Rehearsal" not in body(pages)


def test_the_programs_texts_are_checked_too() -> None:
    written = _at(note("x.md", "[x](gone.md)"), "content/pages/about.md")
    pages = (ProgramPage("about", written, PUBLIC),)  # type: ignore[arg-type]
    assert [problem.code for problem in check_program_links(context(PUBLIC, pages=pages))] == ["HW501"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[[goal:wideid]]", '<a href="../../goals/Wideid/index.html">Widetitle</a>'),
        ("[[goal:WIDEID|the wide one]]", '<a href="../../goals/Wideid/index.html">the wide one</a>'),
        ("[[meeting:2026-03-16]]", '<a href="../2026-03-16/index.html">2026-03-16</a>'),
        ("[[meeting:2026-03-30]]", "<p>meeting</p>"),
        ("[[person:ona]]", "../../../../people/ona/index.html"),
    ],
)
def test_a_name_leads_to_its_page_where_the_audience_may_see_it(written: str, shown: str) -> None:
    pages = plan(written, *OTHERS)
    assert shown in body(pages)
    assert pages.problems == ()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("We spoke of [[goal:WIDEID]].", "We spoke of Widetitle."),
        ("We spoke of [[goal:wideid|the wide one]].", "We spoke of the wide one."),
        ("We spoke of [[goal:nowhere]].", "We spoke of goal."),
    ],
)
def test_an_excerpt_calls_a_goal_by_its_title(written: str, said: str) -> None:
    assert said in [page.description for page in plan(written).pages]


@pytest.mark.parametrize(
    ("written", "hint"), [("[[goal:wid]]", "[[goal:"), ("[[meeting:1999-01-01]]", ""), ("[[person:nobody-here]]", "")]
)
def test_a_name_of_nothing_is_a_problem(written: str, hint: str) -> None:
    [problem] = plan(f"See {written}.").problems
    assert problem.code == "HW506"
    assert hint in problem.hint
    assert problem.excerpt == f"See {written}."
