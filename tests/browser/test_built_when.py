"""What every page says of its own age, and where it leads to write: in a browser, at a day that the test sets."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from git_repository import commit, write
from headway.cli import headway

pytestmark = pytest.mark.browser

PAGE = "partnerships/ada-bo/index.html"
PROGRAM = "program: P\nrepository: https://github.com/example/p\nsite: {stale_after: 3}\n"


def build(root: Path, settings: str = PROGRAM, audience: str = "program") -> Path:
    write(root, {"headway.yaml": settings, "content/people/ada.yaml": "name: Ada\n"})
    plain = "start: 2026-02-02\nmembers: [{person: ada, role: mentee}]\n"
    write(root, {"content/partnerships/ada-bo/partnership.yaml": plain})
    commit(root, committed="2026-02-27T12:00:00+0000")
    options = ["build", "--today", "2026-03-01", "--audience", audience]
    result = CliRunner().invoke(headway, ["-C", str(root), *options])
    assert result.exit_code == 0, result.output
    return root / "site" / PAGE


def open_on(open_page: Callable[..., Any], path: Path, day: str) -> Any:
    page = open_page()
    page.clock.set_fixed_time(datetime.datetime.fromisoformat(f"{day}T12:00:00"))
    page.goto(path.as_uri())
    return page


def shown(page: Any, selector: str) -> str:
    """Return what a stylesheet shows there, as a reader sees it."""
    return str(page.evaluate(f"getComputedStyle(document.querySelector({selector!r}), '::before').content"))


@pytest.mark.parametrize(("day", "is_old"), [("2026-02-28", False), ("2026-03-04", False), ("2026-03-05", True)])
def test_a_page_says_when_it_is_old(tmp_path: Path, open_page: Callable[..., Any], day: str, is_old: bool) -> None:
    page = open_on(open_page, build(tmp_path), day)
    page.wait_for_function("document.readyState === 'complete'")
    assert page.locator(".stale").is_visible() == is_old
    assert shown(page, ".stale .as-of") == '"1 March 2026"'


def test_a_frozen_program_never_is(tmp_path: Path, open_page: Callable[..., Any]) -> None:
    page = open_on(open_page, build(tmp_path, PROGRAM + "today: 2026-03-01\n"), "2030-01-01")
    page.wait_for_function("document.readyState === 'complete'")
    assert not page.locator(".stale").is_visible()


@pytest.mark.parametrize("audience", ["program", "public"])
def test_the_commit_is_for_those_who_may_know(tmp_path: Path, open_page: Callable[..., Any], audience: str) -> None:
    page = open_on(open_page, build(tmp_path, audience=audience), "2026-03-01")
    page.wait_for_function("document.readyState === 'complete'")
    assert page.locator(".from-commit").is_visible() == (audience == "program")
    if audience == "program":
        assert re.fullmatch(r'"[0-9a-f]{7}"', shown(page, ".commit"))
        assert shown(page, ".committed") == '"27 February 2026"'
    assert shown(page, ".built .as-of") == '"1 March 2026"'


def test_a_new_note_is_named_after_today(tmp_path: Path, open_page: Callable[..., Any]) -> None:
    page = open_on(open_page, build(tmp_path), "2026-03-07")
    page.wait_for_selector("a.log[href*='filename=2026-03-07.md']")
    assert "YYYY" in (tmp_path / "site" / PAGE).read_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_anybody_from_the_links_and_the_word(
    tmp_path: Path, open_bare: Callable[..., Any], axe: str, scheme: str
) -> None:
    page = open_bare(viewport={"width": 320, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page.goto(build(tmp_path).as_uri())
    page.wait_for_selector(".stale:visible")
    page.evaluate(axe)
    found = page.evaluate("axe.run()")["violations"]
    assert [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found] == []


def test_no_page_is_made_again_for_a_commit(tmp_path: Path) -> None:
    build(tmp_path)
    before = {path: path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()}
    commit(tmp_path, "2026-02-28T12:00:00+0000", committed="2026-02-28T12:00:00+0000")
    build(tmp_path)
    changed = {path.name for path, content in before.items() if path.read_bytes() != content}
    assert changed == {"today.css", ".headway-site"}
