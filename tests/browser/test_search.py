"""Search in a real browser: every script people write in, from a folder and from a server, with the keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect
from serving import serve

from headway.cli import headway

OpenPage = Callable[..., Page]
SAID = re.compile(r"^(?:\d+ found|Nothing found)\.$")

NOTES = {
    "2026-03-01": "Søren read a résumé at the Łódź café; the naïve Straße.",
    "2026-03-02": "김민서와 함께 발표를 연습했다.",
    "2026-03-03": "العَرَبِيَّة كتبنا أهداف المشروع",
    "2026-03-04": "Встреча прошла хорошо: всё готово, Ёлка тоже.",
    "2026-03-05": "e\u0301te\u0301 and Vie\u0323\u0302t Nam, ΟΔΥΣΣΕΥΣ",
    "2026-03-06": "The plan\n\n| step | when |\n|---|---|\n| rehearse | Tuesday |\n\n<b>bold</b> & `code`",
    "2026-03-07": "खुशी की बात",
}
FOUND = {
    "soren": "2026-03-01",
    "RESUME": "2026-03-01",
    "lodz strasse": "2026-03-01",
    "résumé cafe": "2026-03-01",
    "민서": "2026-03-02",
    "발표": "2026-03-02",
    "العربية": "2026-03-03",
    "اهداف": "2026-03-03",
    "елка": "2026-03-04",
    "ВСТРЕЧА": "2026-03-04",
    "été": "2026-03-05",
    "ete viet": "2026-03-05",
    "οδυσσευς": "2026-03-05",
    "hears": "2026-03-06",
    "<b>bold": "2026-03-06",
    "खुशी": "2026-03-07",
}


def write(root: Path, partnerships: int, url: str = "") -> Path:
    settings = f"program: Many tongues\ntoday: 2026-05-20\nsite: {{audience: partners{url}}}\n"
    files = {"headway.yaml": settings, "content/people/ana.yaml": "name: Ana Ñandú\nvisibility: public\n"}
    for number in range(partnerships):
        folder = f"content/partnerships/pair-{number:02}"
        files[f"{folder}/partnership.yaml"] = f"title: Pair {number}\nmembers: [{{person: ana, role: mentee}}]\n"
        for day, text in NOTES.items() if number == 0 else [("2026-04-01", f"Needle{number} in a haystack")]:
            files[f"{folder}/meetings/{day}.md"] = f"{text}\n"
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    result = CliRunner().invoke(headway, ["-C", str(root), "build", "--jobs", "1"])
    assert result.exit_code == 0, result.output
    return root / "site"


@pytest.fixture(scope="module")
def tongues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("a search #1 %41"), 20)


@pytest.fixture(scope="module")
def web_tongues(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site = write(tmp_path_factory.mktemp("web"), 20, ", url: 'https://example.org/'")
    with serve(site) as root:
        yield root


def search(page: Page, words: str) -> list[str]:
    """Type into the open search box and return where its results lead, once it has looked everywhere."""
    page.locator(".search input").fill("")
    expect(page.locator(".search-said")).to_have_text("")
    page.locator(".search input").fill(words)
    expect(page.locator(".search-said")).to_have_text(SAID)
    links: list[str] = page.locator(".search-found a").evaluate_all("links => links.map(link => link.href)")
    return links


def test_every_script_is_found_from_a_folder(tongues: Path, open_page: OpenPage) -> None:
    page = open_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text))
    page.goto((tongues / "people/index.html").as_uri())
    page.keyboard.press("/")
    for words, day in FOUND.items():
        assert [link.split("/")[-2] for link in search(page, words)] == [day], words
    assert search(page, "xyzzy") == []
    assert page.locator(".search-said").inner_text() == "Nothing found."
    assert errors == []


def test_every_script_is_found_on_the_web_too(web_tongues: str, open_page: OpenPage) -> None:
    page = open_page()
    page.goto(f"{web_tongues}/index.html")
    page.keyboard.press("/")
    for words, day in FOUND.items():
        assert [link.split("/")[-2] for link in search(page, words)] == [day], words
    assert page.evaluate("performance.getEntriesByType('resource').some(({name}) => name.endsWith('list.json'))")
    page.goto("about:blank")


def test_the_keyboard_is_enough(tongues: Path, open_page: OpenPage) -> None:
    page = open_page(width=320)
    page.goto((tongues / "partnerships/pair-03/index.html").as_uri())
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.type("haystack")
    expect(page.locator(".search-said")).to_have_text(SAID)
    page.keyboard.press("ArrowDown")
    first = page.evaluate("document.activeElement.href")
    assert "/pair-03/" in first, "what is here comes first"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.href") != first
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.press("Escape")
    assert not page.locator("dialog").is_visible()
    page.keyboard.press("/")
    page.keyboard.press("Enter")
    page.wait_for_url(first, wait_until="commit", timeout=20_000)


def test_parts_come_as_they_are_needed(tongues: Path, open_page: OpenPage) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tongues / "index.html").as_uri())
    assert not [url for url in asked if "/search/" in url], "a page that nobody searches loads nothing of it"
    page.keyboard.press("/")
    [link] = search(page, "needle19")
    assert "/pair-19/" in link
    assert [url.split("/")[-1] for url in asked if "/search/partnerships/" in url] == ["pair-19.js"]
    search(page, "haystack")
    loaded = sorted(url.split("/")[-1] for url in asked if "/search/partnerships/" in url)
    assert loaded == [f"pair-{number:02}.js" for number in range(1, 20)], "what is there is not loaded again"


def test_a_few_parts_are_loaded_at_a_time_and_shown_as_they_come(web_tongues: str, open_page: OpenPage) -> None:
    """The parts of this search come one by one, when the test lets them."""
    page = open_page()
    page.add_init_script("""
        const ask = window.fetch;
        window.open_requests = [], window.most = 0;
        window.fetch = async (url) => {
          if (!`${url}`.includes("/search/partnerships/")) return ask(url);
          await new Promise((go) => { open_requests.push(go); most = Math.max(most, open_requests.length); });
          return ask(url);
        };
    """)
    page.goto(f"{web_tongues}/index.html")
    page.keyboard.press("/")
    page.locator(".search input").fill("haystack")
    for number in range(1, 20):
        expect(page.locator(".search-found a")).to_have_count(number - 1)
        page.evaluate("""new Promise((done) => {
            const look = () => open_requests.length ? done(open_requests.shift()()) : setTimeout(look, 10);
            look();
        })""")
    expect(page.locator(".search-said")).to_have_text("19 found.")
    assert page.evaluate("most") == 6
    links = page.locator(".search-found a").evaluate_all("links => links.map(link => link.href.match(/pair-../)[0])")
    assert links == [f"pair-{number:02}" for number in sorted(range(1, 20), key=str)], "in the order of their titles"
    page.goto("about:blank")


def test_matches_are_marked_where_they_stand(tongues: Path, open_page: OpenPage) -> None:
    page = open_page()
    page.goto((tongues / "index.html").as_uri())
    page.keyboard.press("/")
    search(page, "strasse resume")
    assert page.locator(".search-found mark").all_inner_texts() == ["résumé", "Straße"]
    search(page, "민")
    assert page.locator(".search-found mark").all_inner_texts() == ["민"]


def test_typing_a_slash_elsewhere_is_typing(tongues: Path, open_page: OpenPage) -> None:
    page = open_page()
    page.goto((tongues / "index.html").as_uri())
    page.get_by_role("button", name="Search").click()
    page.keyboard.type("a/b")
    assert page.locator(".search input").input_value() == "a/b"


def test_without_scripts_there_is_no_search_box(tongues: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((tongues / "index.html").as_uri())
    assert page.locator(".search-open, .search").count() == 0
    assert not [control for control in page.locator("input, button").all() if control.is_visible()]
    context.close()
