"""The preview in a real browser: what a writer sees while they write."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from previewing import Running, running_preview, wait_until

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Any]
PAIR = "/partnerships/maya-ruth/"
NOTE = f"{PAIR}meetings/2026-03-18/"
FOLDER = "content/partnerships/maya-ruth"


@pytest.fixture
def program(tmp_path: Path, starter: Path) -> Path:
    root = tmp_path / "program"
    root.mkdir()
    shutil.copy(starter / "headway.yaml", root)
    shutil.copytree(starter / "content", root / "content")
    return root


@pytest.fixture
def preview(program: Path) -> Iterator[Running]:
    with running_preview(program, audience="partners", editor="vscode://file/{path}:{line}:{column}") as running:
        running.page("/")
        yield running


@pytest.fixture
def page(open_page: OpenPage) -> Any:
    """A page that collects what the browser complains of."""
    page = open_page(width=1000)
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


def look(page: Any, preview: Running, address: str) -> None:
    """Open a page, and wait until it listens."""
    with page.expect_response(lambda response: "/_headway/events" in response.url):
        page.goto(preview.url + address)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def take_own_theme(preview: Running, program: Path) -> None:
    """Use the theme `own`, and wait until every page is made with it."""
    edit(program / "headway.yaml", "theme: trail", "theme: own")
    wait_until(lambda: any("headway.yaml" in path for update in preview.updates for path in update.paths))


def test_a_saved_note_is_seen_and_the_place_is_kept(preview: Running, page: Any, program: Path) -> None:
    note = program / FOLDER / "meetings/2026-03-18.md"
    note.write_text(note.read_text() + "\n\n".join(f"Line {number}, about a loom." for number in range(200)))
    page.set_viewport_size({"width": 1000, "height": 500})
    look(page, preview, NOTE)
    page.evaluate("scrollTo(0, 2000)")
    link = page.locator("main a").first
    link.evaluate("link => link.focus({preventScroll: true})")
    focused = page.evaluate("document.activeElement.href")
    edit(note, "Line 190, about a loom.", "Line 190, about an engine.")
    page.get_by_text("about an engine").wait_for(state="attached")
    wait_until(lambda: abs(page.evaluate("scrollY") - 2000) <= 2)
    wait_until(lambda: page.evaluate("document.activeElement.href") == focused)
    assert page.complaints == []


def test_what_was_unfolded_stays_so_and_other_pages_stay_alone(preview: Running, page: Any, program: Path) -> None:
    (program / "themes/own/templates").mkdir(parents=True)
    (program / "themes/own/theme.yaml").write_text("extends: trail\n")
    (program / "themes/own/templates/note.html").write_text(
        '{% extends "!trail/note.html" %}\n{% block main %}{{ super() }}'
        "<details><summary>One</summary>a</details><details><summary>Two</summary>b</details>{% endblock %}\n"
    )
    take_own_theme(preview, program)
    look(page, preview, NOTE)
    page.locator("summary", has_text="Two").click()
    page.evaluate("window.isTheSame = true")
    edit(program / FOLDER / "meetings/2026-02-04.md", "\n\n", "\n\nNothing that this page shows.\n\n")
    wait_until(lambda: preview.updates and "2026-02-04.md" in preview.updates[-1].paths[0])
    page.wait_for_timeout(300)
    assert page.evaluate("window.isTheSame") is True
    edit(program / FOLDER / "meetings/2026-03-18.md", "\n\n", "\n\nSomething new.\n\n")
    page.get_by_text("Something new.").first.wait_for()
    unfolded = page.locator("main details")
    wait_until(lambda: unfolded.evaluate_all("all => all.map(one => one.open)") == [False, True])


def test_an_error_is_shown_over_the_last_good_page_until_it_is_mended(
    preview: Running, page: Any, program: Path
) -> None:
    look(page, preview, PAIR)
    title = page.locator("h1").inner_text()
    goals = program / FOLDER / "goals.yaml"
    before = goals.read_text()
    goals.write_text(before.replace("due: 2026", "due: 2026-02-30 #", 1))
    line = next(n for n, text in enumerate(goals.read_text().splitlines(), 1) if "2026-02-30" in text)
    overlay = page.locator(".overlay")
    overlay.wait_for()
    assert "2026-02-30 is not a day" in overlay.inner_text()
    assert "Write dates as YYYY-MM-DD." in overlay.inner_text()
    assert overlay.locator(".excerpt .number").inner_text() == str(line)
    assert overlay.locator("mark").inner_text() == "2026-02-30"
    place = overlay.locator("a.place")
    assert place.inner_text().startswith(f"{FOLDER}/goals.yaml:{line}:")
    assert place.get_attribute("href").startswith(f"vscode://file{program.resolve()}/{FOLDER}/goals.yaml:{line}:")
    assert page.locator("h1").inner_text() == title
    page.reload()
    overlay.wait_for()
    assert page.locator("h1").inner_text() == title
    page.keyboard.press("Escape")
    overlay.wait_for(state="hidden")
    page.locator(".reopen").click()
    overlay.wait_for()
    goals.write_text(before)
    overlay.wait_for(state="detached")
    assert [text for text in page.complaints if "500" not in text] == []


@pytest.mark.parametrize(
    ("path", "broken", "said"),
    [
        ("headway.yaml", "program: [\n", "headway.yaml:"),
        ("themes/own/theme.yaml", "extends: nothing\n", "There is no theme called nothing"),
        ("themes/own/templates/note.html", "{% if %}\n", "themes/own/templates/note.html:1"),
        ("themes/own/templates/note.html", "{{ view.nonsense }}\n", "themes/own/templates/note.html:1"),
    ],
)
def test_broken_settings_and_themes_end_nothing(
    path: str, broken: str, said: str, preview: Running, page: Any, program: Path
) -> None:
    (program / "themes/own/templates").mkdir(parents=True)
    (program / "themes/own/theme.yaml").write_text("extends: trail\n")
    (program / "themes/own/templates/note.html").write_text('{% extends "!trail/note.html" %}\n')
    take_own_theme(preview, program)
    look(page, preview, NOTE)
    title = page.locator("h1").inner_text()
    before = (program / path).read_text()
    (program / path).write_text(broken)
    overlay = page.locator(".overlay")
    overlay.wait_for()
    assert said in overlay.inner_text()
    assert page.locator("h1").inner_text() == title
    (program / path).write_text(before)
    overlay.wait_for(state="detached")


def test_the_audience_is_switched_on_the_page(preview: Running, page: Any) -> None:
    look(page, preview, PAIR)
    strip = page.locator(".strip")
    assert strip.locator("[aria-current]").inner_text() == "partners"
    assert page.get_by_text("Energy").count() > 0
    strip.get_by_text("public", exact=True).click()
    strip.locator("[aria-current]", has_text="public").wait_for()
    assert "maya" not in page.url, "the partnership's name would tell who is in it"
    assert page.get_by_text("Energy").count() == 0
    strip.get_by_text("partners", exact=True).click()
    page.wait_for_url(preview.url + PAIR)


def test_a_style_changes_without_a_reload(preview: Running, page: Any, program: Path) -> None:
    (program / "themes/own/assets").mkdir(parents=True)
    (program / "themes/own/theme.yaml").write_text("extends: trail\n")
    (program / "themes/own/assets/trail.css").write_text("h1 { color: rgb(1, 2, 3); }\n")
    take_own_theme(preview, program)
    look(page, preview, NOTE)
    page.evaluate("window.isTheSame = true")
    (program / "themes/own/assets/trail.css").write_text("h1 { color: rgb(4, 5, 6); }\n")
    wait_until(lambda: page.locator("h1").evaluate("h1 => getComputedStyle(h1).color") == "rgb(4, 5, 6)")
    assert page.evaluate("window.isTheSame") is True


def test_a_deleted_note_says_so_and_leads_back_to_a_list_without_it(preview: Running, page: Any, program: Path) -> None:
    look(page, preview, NOTE)
    (program / FOLDER / "meetings/2026-03-18.md").unlink()
    page.get_by_text("This page is gone").wait_for()
    assert "2026-03-18 was here" in page.locator("main").inner_text()
    page.locator("main a").click()
    page.wait_for_url(f"**{PAIR}meetings/")
    assert "2026-03-18/" not in page.content()
    assert "2026-03-04/" in page.content()


def test_ten_rapid_saves_give_the_last(preview: Running, page: Any, program: Path) -> None:
    look(page, preview, NOTE)
    note = program / FOLDER / "meetings/2026-03-18.md"
    before = note.read_text()
    for number in range(10):
        note.write_text(before + f"\nSaved for the {number}. time.\n")
        page.wait_for_timeout(12)
    page.get_by_text("Saved for the 9. time.").first.wait_for()
    page.wait_for_timeout(300)
    assert page.get_by_text("Saved for the 9. time.").count() >= 1
    assert page.complaints == []


@pytest.mark.parametrize("width", [320, 1440])
def test_the_strip_fits_and_covers_nothing(width: int, preview: Running, page: Any) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    look(page, preview, NOTE)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    footer, strip = page.locator("footer").bounding_box(), page.locator(".strip").bounding_box()
    assert footer["y"] + footer["height"] <= strip["y"] + 1
    page.locator(".others summary").click()
    problems = page.locator(".others ol").bounding_box()
    assert problems["x"] >= 0
    assert problems["x"] + problems["width"] <= width
