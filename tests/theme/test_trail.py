"""The theme `trail`: what every page of it holds, with full views and with empty ones."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import PurePosixPath

import pytest
from markupsafe import Markup
from msgspec.structs import replace
from trail_views import AXIS, BO, COHORT, EMPTY, EVIL, FULL, HIDDEN, IN_NUMBERS, NUMBERS, PAIR, SITE, partnership

from headway.pages.addresses import output_path, relative
from headway.pages.parts import Celebration, Link, MomentumGroup, PersonLink
from headway.pages.trail import Happening, compute_brief
from headway.pages.views import GoalListView, HomeView, NoteView, NotFoundView, Page, PartnershipView
from headway.theme.render import render_page
from headway.theme.templates import PAGE_TEMPLATES
from headway.theme.themes import Theme

VOID = frozenset({"meta", "link", "br", "hr", "img", "input", "path", "polyline"})
PAGES = [
    pytest.param(page, id=f"{kind}-{page.template}")
    for kind, pages in (("full", FULL), ("empty", EMPTY))
    for page in pages
]


class Outline(HTMLParser):
    """Checks that tags balance while it reads; keeps ids, headings, addresses and attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.levels: list[int] = []
        self.addresses: list[str] = []
        self.attributes: set[str] = set()
        self.tags: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append(tag)
        self.attributes |= values.keys()
        self.ids += [values["id"]] if values.get("id") else []  # type: ignore[list-item]
        self.addresses += [value for name, value in attrs if name in ("href", "src") and value is not None]
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag


def href(page: Page, address: str) -> str:
    base = page.view.home.address if isinstance(page.view, NotFoundView) and "://" in page.view.home.address else None
    return relative(page.address, address, base=base)


def render(theme: Theme, page: Page) -> str:
    html = render_page(theme, page, SITE)
    assert isinstance(html, str)
    return html


def test_every_template_has_a_full_and_an_empty_page_here() -> None:
    assert {page.template for page in FULL} == PAGE_TEMPLATES.keys()
    assert {page.template for page in EMPTY} == PAGE_TEMPLATES.keys() - {"404.html"}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_well_formed_and_has_its_landmarks(trail: Theme, page: Page) -> None:
    html = render(trail, page)
    outline = Outline(html)
    assert outline.open == []
    assert len(outline.ids) == len(set(outline.ids))
    assert [outline.tags.count(tag) for tag in ("h1", "main")] == [1, 1]
    assert html.partition("</head>")[0].count("<title>") == 1
    assert {"header", "footer"} <= set(outline.tags)
    steps = zip([0, *outline.levels], outline.levels, strict=False)
    assert all(deeper <= level + 1 for level, deeper in steps), outline.levels
    assert "#_main" in outline.addresses


@pytest.mark.parametrize("page", PAGES)
def test_a_page_runs_nothing_and_fetches_nothing_from_elsewhere(trail: Theme, page: Page) -> None:
    html = render(trail, page)
    outline = Outline(html)
    assert not {"style", "iframe", "object", "embed"} & set(outline.tags)
    assert re.findall("<script.*?>(.*?)</script>", html, re.S) == [""]
    assert re.findall(r'<script src="([^"]+)">', html) == [href(page, "/assets/trail.js")]
    assert "style" not in outline.attributes
    assert not [name for name in outline.attributes if name.startswith("on")]
    assert {address for address in outline.addresses if "//" in address} <= {"https://example.org/?a=1&b=2"}


@pytest.mark.parametrize("page", PAGES)
def test_links_are_relative_and_stay_inside_the_site(trail: Theme, page: Page) -> None:
    here = PurePosixPath("/" + output_path(page.address)).parent
    for address in Outline(render(trail, page)).addresses:
        if address.startswith(("https://example.org/", "#")):
            continue
        assert not address.startswith("/"), address
        assert address.count("../") < len(here.parts), address


@pytest.mark.parametrize("page", FULL, ids=lambda page: page.template)
def test_what_people_wrote_is_inert(trail: Theme, page: Page) -> None:
    html = render(trail, page)
    assert html.count("<script") == 1
    assert EVIL not in html
    assert "{{ 7*7 }}" in html
    assert "49" not in re.sub(r'&#\d+;| (d|[xy][12]?|viewBox)="[^"]*"', "", html)


def test_a_page_says_its_language_and_its_direction(trail: Theme) -> None:
    site = replace(SITE, language="ar", direction="rtl")
    html = render_page(trail, FULL[1], site)
    assert isinstance(html, str)
    assert '<html lang="ar" dir="rtl">' in html


def test_numbers_are_shown_with_what_they_are_of(trail: Theme) -> None:
    html = render(trail, FULL[1])
    assert "7 of 8 visits kept" in html
    assert "Needs a check-in" in html
    assert ">fellow<" in html


def test_more_meetings_than_expected_are_no_share(trail: Theme) -> None:
    view = FULL[1].view
    assert isinstance(view, PartnershipView)
    for kept, expected, said in [
        (8, 7, "8 visits kept, 7 expected"),
        (0, None, "No visit kept yet"),
        (0, 9, "No kept visit is written down yet, 9 expected"),
        (1, None, "1 visit"),
    ]:
        numbers = replace(NUMBERS, kept=kept, expected=expected)
        assert said in render(trail, replace(FULL[1], view=replace(view, meetings=numbers)))


def test_thanks_read_as_a_sentence(trail: Theme) -> None:
    view = FULL[1].view
    assert isinstance(view, PartnershipView)
    thanks = [
        Celebration("thanks", None, Markup("for the map"), None, (BO,)),
        Celebration("thanks", None, Markup("you came"), None, (HIDDEN,)),
    ]
    html = render(trail, replace(FULL[1], view=replace(view, celebrations=tuple(thanks))))
    said = [" ".join(re.sub("<[^>]+>", "", text).split()) for text in re.findall('<p class="what">(.*?)</p>', html)]
    assert said == [f"Thanks to {BO.name} for the map", "Thanks to the mentor: you came"]


def crumbs(html: str) -> list[str]:
    trail = re.search('aria-label="Where you are">(.*?)</nav>', html, re.S)
    return [re.sub("<[^>]+>", "", step) for step in re.findall("<li.*?>(.*?)</li>", trail[1])] if trail else []


def test_the_way_to_a_page_begins_at_home(trail: Theme) -> None:
    page = Page("/partnerships/a/goals/", "goals.html", "Goals", GoalListView(PAIR, ()), "public")
    assert crumbs(render(trail, replace(page, trail=(Link("A", "/partnerships/a/"),)))) == ["Home", "A", "Goals"]
    assert crumbs(render(trail, replace(page, trail=()))) == ["Home", "Goals"]
    # In a partnership's own site, the partnership is home.
    assert crumbs(render(trail, replace(page, address="/goals/", trail=(Link("A", "/"),)))) == ["A", "Goals"]
    assert crumbs(render(trail, FULL[0])) == []


def test_a_note_without_a_title_is_called_by_its_day(trail: Theme) -> None:
    note = next(page for page in FULL if page.template == "note.html")
    assert isinstance(note.view, NoteView)
    view = replace(note.view, earlier=Link("2026-03-02", "/partnerships/ada-bo/meetings/2026-03-02/", date(2026, 3, 2)))
    html = render(trail, replace(note, title="2026-05-13", day=date(2026, 5, 13), view=view))
    assert "<h1><bdi>13 May 2026</bdi></h1>" in html
    assert "<bdi>2 March 2026</bdi>" in html
    assert "<title>13 May 2026 · " in html


def test_the_progress_page_begins_with_goals_and_tasks(trail: Theme) -> None:
    html = render(trail, FULL[1])
    titles = ("Goals", "The way so far", "Still to do", "Visits", "Worth celebrating", "Feedback, both ways", "Energy")
    order = [html.index(f"<h2>{title}</h2>") for title in titles]
    order.append(html.index("<h2>Since the visit of"))
    assert order == sorted(order)
    assert order[1] < html.index("Needs a check-in") < html.index("Three moves that help") < order[2]


def test_the_three_moves_stand_only_where_they_are_offered(trail: Theme) -> None:
    view = FULL[1].view
    assert "<dt>Reframe</dt>" in render(trail, FULL[1])
    assert "<dt>Reframe</dt>" not in render(trail, replace(FULL[1], view=replace(view, moves=False)))  # type: ignore[type-var]


@pytest.mark.parametrize(
    ("home", "href"), [("/", "assets/trail.css"), ("https://x.org/y/", "https://x.org/y/assets/trail.css")]
)
def test_the_404_page_links_absolutely_where_the_address_is_known(trail: Theme, home: str, href: str) -> None:
    page = Page("/404.html", "404.html", "Not found", NotFoundView(Link("Home", home)), "public")
    assert href in Outline(render(trail, page)).addresses


def test_four_hundred_partnerships_fit_on_one_page(trail: Theme) -> None:
    fortnights = [Happening(date(2026, 1, 5) + timedelta(14 * n), "held", "", None) for n in range(14)]
    steps = [Happening(date(2026, 2, 9) + timedelta(30 * n), "milestone", "x", None, "done", "M") for n in range(4)]
    brief = compute_brief(fortnights + steps, date(2026, 1, 5), date(2026, 7, 31), date(2026, 7, 20))
    because = "The last meeting was kept on 13 May 2026, and the plan last changed on 13 May 2026; it is every 14 days."
    members = (PersonLink("Ada Byron", "/people/ada/", "mentee"), PersonLink("Grace Hopper", "/people/g/", "mentor"))
    rows = tuple(partnership(n, trail=brief, because=because, members=members) for n in range(400))
    view = HomeView((MomentumGroup("on-track", rows),), (COHORT, COHORT), (), (), 800, 400, IN_NUMBERS, AXIS)
    html = render(trail, Page("/", "home.html", "Program", view, "public"))
    assert html.count('href="partnerships/ada-grace-') == 400
    assert len(html.encode()) < 300_000, len(html.encode())


def test_the_stylesheet_is_small_and_asks_nobody_else(trail: Theme) -> None:
    css = trail.assets()["/assets/trail.css"].decode()
    assert sum(len(data) for name, data in trail.assets().items() if name.endswith(".css")) < 25_600
    asked = set(re.findall(r"url\(([^)]*)\)", css))
    assert asked == {"contours.svg", "literata.woff2", "literata-ext.woff2", "literata-italic.woff2"}
    assert asked <= {name.removeprefix("/assets/") for name in trail.assets()}
    assert "@import" not in css


def test_the_scripts_are_small_and_ask_nobody(trail: Theme) -> None:
    scripts = {name: data.decode() for name, data in trail.assets().items() if name.endswith(".js")}
    assert sum(map(len, scripts.values())) < 20_000
    assert "fetch(" not in scripts["/assets/trail.js"]  # search.js fetches the site's own lists
    for script in scripts.values():
        assert not re.search(r"\b(eval|XMLHttpRequest|innerHTML|document\.write|Function)\b", script)


def test_every_token_the_stylesheet_asks_for_is_declared(trail: Theme) -> None:
    assets = trail.assets()
    asked = set(re.findall(rb"var\(--([a-z-]+)", assets["/assets/trail.css"]))
    declared = set(re.findall(rb"--([a-z-]+):", assets["/assets/tokens.css"] + assets["/assets/trail.css"]))
    # These are made at each build.
    assert asked <= declared | {b"today", b"day", b"commit", b"committed", b"from-commit"}


def test_colours_have_enough_contrast(trail: Theme) -> None:
    tokens = trail.layers[0].tokens
    for scheme in ("", "dark-"):
        for text in ("ink", "soft", "accent"):
            for ground in ("paper", "card", "tint"):
                assert contrast(tokens[scheme + text], tokens[scheme + ground]) >= 4.5
        assert contrast(tokens[scheme + "accent-ink"], tokens[scheme + "accent"]) >= 4.5


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
