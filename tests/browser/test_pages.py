"""What people see: the pages of a built site in a real browser, narrow and wide, light and dark, by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from page_kinds import KINDS, find_kinds
from serving import serve

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Any]
STATES = {"needs-check-in", "stalled", "too-early", "on-track", "paused", "closed"}


def wait_until(page: Any, expression: str) -> None:
    """Wait five seconds at most. Playwright's own way asks for `eval`, which the pages' policy refuses."""
    for _ in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"it never came to be: {expression}")


def test_the_starter_has_a_page_of_every_kind(site: Path) -> None:
    found = set(find_kinds(site))
    assert {kind for kind, _ in KINDS} - {"partnership"} <= found
    assert {f"partnership-{state}" for state in STATES} <= found


@pytest.mark.parametrize("built", ["site", "wide_site"])
def test_no_page_is_wider_than_a_telephone(built: str, open_page: OpenPage, request: pytest.FixtureRequest) -> None:
    page = open_page(width=320)
    for kind, path in find_kinds(request.getfixturevalue(built)).items():
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, kind


def test_no_page_asks_for_anything_elsewhere_or_complains(site: Path, wide_site: Path, open_page: OpenPage) -> None:
    page = open_page()
    asked: list[str] = []
    failed: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    # The next page may be opened before the last one's icon is there: that is aborted, not missing.
    page.on("requestfailed", lambda request: failed.append(f"{request.failure} {request.url}"))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for path in (*find_kinds(site).values(), *find_kinds(wide_site).values()):
        page.goto(path.as_uri())
    assert [url for url in asked if not url.startswith("file:///")] == []
    assert [failure for failure in failed if not failure.startswith("net::ERR_ABORTED")] == []
    assert complaints == []
    assert any(url.endswith("/trail.css") for url in asked)


def test_the_picture_of_a_note_is_there(site: Path, open_page: OpenPage) -> None:
    page = open_page(width=320)
    page.goto(find_kinds(site)["note-picture"].as_uri())
    picture = page.locator(".prose img")
    picture.scroll_into_view_if_needed()
    wait_until(page, "document.querySelector('.prose img').naturalWidth > 320")
    assert picture.bounding_box()["width"] <= 320


def test_light_and_dark_differ_on_every_page(site: Path, open_page: OpenPage) -> None:
    page = open_page()
    for kind, path in find_kinds(site).items():
        page.goto(path.as_uri())
        colours = []
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            colours.append(
                page.evaluate(
                    "(({backgroundColor, color}) => [backgroundColor, color])"
                    "(getComputedStyle(document.documentElement))"
                )
            )
        (light, light_ink), (dark, dark_ink) = colours
        assert brightness(light) > 200 > 60 > brightness(dark), kind
        assert brightness(light_ink) < 60 < 200 < brightness(dark_ink), kind


def brightness(colour: str) -> float:
    """Return the mean of ``rgb(1, 2, 3)``, 0..255."""
    channels = [float(part) for part in colour.partition("(")[2].rstrip(")").split(",")[:3]]
    return sum(channels) / 3


def test_the_keyboard_reaches_the_content_first(site: Path, open_page: OpenPage) -> None:
    page = open_page(width=320)
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to the content"
    wait_until(page, "document.activeElement.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "_main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_what_scrolls_can_be_scrolled_by_keyboard(wide_site: Path, open_page: OpenPage) -> None:
    page = open_page(width=320)
    page.goto(find_kinds(wide_site)["note-table"].as_uri())
    for box in (page.get_by_role("region", name="Table 1"), page.locator("pre")):
        box.focus()
        assert box.evaluate("box => box === document.activeElement && box.scrollWidth > box.clientWidth")
        page.keyboard.press("ArrowRight")
        wait_until(page, "document.activeElement.scrollLeft > 0")


@pytest.mark.parametrize("width", [320, 1280])
def test_the_links_lead_from_home_to_a_meeting_and_back(site: Path, width: int, open_page: OpenPage) -> None:
    page = open_page(width=width)
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name="Maya & Ruth").first.click()
    assert page.locator("h1").inner_text() == "Maya & Ruth"
    page.locator(".goal h3 a").first.click()
    goal = page.locator("h1").inner_text()
    page.locator(".step.is-held h3 a").first.click()
    assert goal in page.locator(".lead").inner_text()
    page.get_by_role("navigation", name="Where you are").get_by_role("link", name="Home").click()
    assert page.url == (site / "index.html").as_uri()


def test_a_site_under_a_path_finds_its_stylesheets(site: Path, tmp_path: Path, open_page: OpenPage) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x/y").symlink_to(site)
    page = open_page()
    missing: list[str] = []
    page.on("response", lambda response: missing.append(response.url) if response.status >= 400 else None)
    with serve(tmp_path) as root:
        for kind, path in find_kinds(site).items():
            page.goto(f"{root}/x/y/{path.relative_to(site).as_posix()}")
            assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--paper')"), kind
            assert page.evaluate("document.styleSheets.length") == 3, kind
        page.goto("about:blank")
    assert missing == []
