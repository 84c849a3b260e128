"""What pages do in a browser beyond being there: for everybody's senses, without scripts, on paper, by choice."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from page_kinds import find_kinds

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Any]
ROOT = Path(__file__).parents[2]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_keeps_anybody_from_a_page(site: Path, axe: str, open_bare: OpenPage, width: int, scheme: str) -> None:
    # The site's own policy would keep axe out, too.
    page = open_bare(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    found = []
    for kind, path in find_kinds(site).items():
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        page.evaluate(axe)
        result = page.evaluate(f"axe.run({{runOnly: {WCAG}}})")
        found += [f"{kind}: {v['id']}: {v['nodes'][0]['html'][:200]}" for v in result["violations"]]
    assert found == []


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_anybody_from_what_opens(site: Path, axe: str, open_bare: OpenPage, scheme: str) -> None:
    page = open_bare(viewport={"width": 320, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page.goto((site / "index.html").as_uri())
    page.locator("[name=q]").fill("zoe")
    found(page, "1 of 12")
    page.evaluate(axe)
    problems = page.evaluate(f"axe.run({{runOnly: {WCAG}}})")["violations"]
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Search").click()
    page.keyboard.type("talk")
    page.get_by_text(re.compile(r"^\d+ found\.$")).wait_for()
    problems += page.evaluate(f"axe.run({{runOnly: {WCAG}}})")["violations"]
    assert [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in problems] == []


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_names_on_the_trail_do_not_stand_on_each_other(site: Path, open_page: OpenPage, width: int) -> None:
    page = open_page(width=width)
    for kind, path in find_kinds(site).items():
        page.goto(path.as_uri())
        boxes = page.evaluate(
            "[...document.querySelectorAll('.trail text')].map(t => t.getBoundingClientRect())"
            ".filter(b => b.width).map(b => [b.left, b.right, b.top + 1, b.bottom - 1])"
        )
        for number, (left, right, top, bottom) in enumerate(boxes):
            assert left >= 0, kind
            assert right <= width, kind
            for other_left, other_right, other_top, other_bottom in boxes[:number]:
                apart = right <= other_left or other_right <= left or bottom <= other_top or other_bottom <= top
                assert apart, kind


def test_the_mark_of_the_day_stands_where_the_day_is(site: Path, open_page: OpenPage) -> None:
    page = open_page()
    page.goto((site / "partnerships/maya-ruth/index.html").as_uri())
    place = "(s => {const b = document.querySelector(s).getBoundingClientRect(); return b.left + b.width / 2})"
    today = page.evaluate(f"{place}('.trail .days .today')")
    # The site is that of 20 May: after the meeting of the 13th, before the one planned for the 27th.
    before, after = (page.evaluate(f"{place}('.trail use.is-{kind}:last-of-type')") for kind in ("planned", "planned"))
    held = page.evaluate(
        "Math.max(...[...document.querySelectorAll('.trail > svg > use.is-held')]"
        ".map(u => u.getBoundingClientRect()).map(b => b.left + b.width / 2))"
    )
    assert before == after
    assert held < today < after
    assert abs((today - held) - (after - today)) < 2


def test_the_trail_is_told_in_words_too(site: Path, open_page: OpenPage) -> None:
    page = open_page()
    page.goto((site / "partnerships/maya-ruth/index.html").as_uri())
    picture = page.get_by_role("img", name="The way of Maya & Ruth")
    assert picture.count() == 1
    assert picture.evaluate("p => p.querySelectorAll('a, [tabindex]').length") == 0
    summary = page.get_by_text("The same as a table")
    summary.focus()
    page.keyboard.press("Enter")
    rows = page.locator(".trail tbody tr")
    assert rows.count() == picture.evaluate("p => p.querySelectorAll('.m > g, :scope > use:not(.spark)').length")
    assert rows.filter(has_text="Give the statement").get_by_role("link").is_visible()


def shown(page: Any) -> list[str]:
    return [text.strip() for text in page.locator(".rows h3:visible").all_inner_texts()]


def found(page: Any, said: str) -> None:
    """Wait until what was chosen has been sifted, in the next frame, and has given this."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.locator(".sift output").inner_text() == said


def test_partnerships_are_sifted_and_sorted(site: Path, open_page: OpenPage) -> None:
    page = open_page()
    page.goto((site / "index.html").as_uri())
    everybody = shown(page)
    assert len(everybody) == 12
    page.locator("[name=q]").fill("zoe")
    found(page, "1 of 12")
    assert shown(page) == ["Yuki & Zoë"]
    page.locator("[name=q]").fill("tomasz")
    page.locator("[name=r]").select_option("mentor")
    found(page, "2 of 12")
    assert shown(page) == ["Min-seo & Tomasz", "Kofi & Tomasz"]
    page.locator("[name=r]").select_option("mentee")
    found(page, "0 of 12")
    page.get_by_role("button", name="Show all").click()
    found(page, "12 of 12")
    page.locator("[name=m]").select_option("closed")
    found(page, "2 of 12")
    page.get_by_role("button", name="Show all").click()
    page.locator("[name=c]").select_option("Autumn 2025")
    page.locator("[name=s]").select_option("name")
    found(page, "2 of 12")
    assert shown(page) == ["Kofi & Tomasz", "Søren & Gwen"]
    assert page.locator(".rows > li:visible > .momentum").all_inner_texts() == ["Closed", "Closed"]
    page.get_by_role("button", name="Show all").click()
    found(page, "12 of 12")
    assert shown(page) == everybody


def test_a_choice_of_partnerships_can_be_passed_on(site: Path, open_page: OpenPage) -> None:
    page = open_page()
    page.goto((site / "index.html").as_uri() + "?m=stalled&s=name")
    found(page, "1 of 12")
    assert shown(page) == ["Diego & Elif"]


def test_colours_are_chosen_and_remembered(site: Path, open_page: OpenPage) -> None:
    page = open_page(scheme="light")
    page.goto((site / "index.html").as_uri())
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(ground)
    for said in ("on this device", "light"):
        button = page.get_by_role("button", name=re.compile(f"Colours: .*{said}"))
        assert page.evaluate(ground) == light
        button.click()
    dark = page.evaluate(ground)
    assert dark != light
    page.goto((site / "people/index.html").as_uri())
    assert page.evaluate(ground) == dark
    page.get_by_role("button", name="Colours: dark").click()
    assert page.evaluate(ground) == light


def test_everything_is_there_without_scripts(site: Path, open_bare: OpenPage) -> None:
    page = open_bare(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page.goto((site / "index.html").as_uri())
    assert page.locator(".rows h3:visible").count() == 12
    assert page.locator("form:visible, button:visible").count() == 0
    page.goto((site / "partnerships/maya-ruth/index.html").as_uri())
    assert page.locator(".trail > svg").is_visible()
    page.get_by_text("The same as a table").click()
    assert page.locator(".trail tbody tr").first.is_visible()


def test_a_progress_page_is_a_report_on_paper(site: Path, open_page: OpenPage) -> None:
    page = open_page(scheme="dark")
    page.goto((site / "partnerships/maya-ruth/index.html").as_uri())
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.documentElement).color") == "rgb(0, 0, 0)"
    for hidden in (".top nav", ".crumbs", ".tabs", ".scheme"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator(".trail > svg").is_visible()
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 6
    assert io.BytesIO(pdf).getbuffer().nbytes < 1_000_000


def test_people_who_ask_for_rest_or_for_contrast_get_it(site: Path, open_bare: OpenPage) -> None:
    page = open_bare(reduced_motion="reduce", contrast="more")
    page.goto((site / "partnerships/maya-ruth/index.html").as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('a.program')).transitionDuration") == "0s"
    colour = "getComputedStyle(document.querySelector('.because')).color"
    assert page.evaluate(colour) == page.evaluate("getComputedStyle(document.documentElement).color")


def test_a_right_to_left_page_is_read_from_the_right(site: Path, tmp_path: Path, open_page: OpenPage) -> None:
    page = open_page(width=768)
    page.goto((site / "partnerships/maya-ruth/index.html").as_uri())
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 768
    headline = page.locator("h1").bounding_box()
    assert headline["x"] + headline["width"] > 700


def test_pages_are_as_light_as_they_promise(site: Path) -> None:
    for path in (site / "partnerships").glob("*/meetings/*/index.html"):
        html = path.read_text(encoding="utf-8")
        body = re.search(r'<div class="first prose">(.*?)<div class="second">', html, re.S)
        assert body, path
        assert len(html.encode()) - len(body[1].encode()) < 15_000, path
    assert len((site / "index.html").read_bytes()) < 60_000
    sizes = {path.name: path.stat().st_size for path in (site / "assets").iterdir()}
    assert sum(size for name, size in sizes.items() if name.endswith(".css")) <= 25 * 1024
    assert sum(size for name, size in sizes.items() if name.endswith(".js")) <= 20 * 1024
