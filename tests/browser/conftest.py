"""One browser for all its tests, and one built site for them to look at."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from wide_program import WIDE

from headway.cli import headway

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
ROOT = Path(__file__).parents[2]

try:
    from playwright.sync_api import Browser, Page, sync_playwright
except ImportError:  # the test extra is not installed as a whole
    sync_playwright = None


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, started once; without it the tests are passed over, except where CI would not notice."""
    missing = "playwright" if sync_playwright is None else "Debian's chromium" if not CHROMIUM.exists() else ""
    if missing:
        said = f"{missing} is missing: nobody has looked at the pages (apt-get install chromium; make test)"
        pytest.fail(said) if os.environ.get("CI") else pytest.skip(said)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page of a width and colour scheme; it is closed after the test."""
    opened: list[Page] = []

    def make(width: int = 1280, scheme: str = "light") -> Page:
        opened.append(browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme))
        opened[-1].set_default_timeout(5_000)
        return opened[-1]

    yield make
    for page in opened:
        page.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The text of axe-core, which finds what keeps people from a page."""
    package = pytest.importorskip("axe_playwright_python")
    return (Path(package.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def open_bare(browser: Browser) -> Iterator[Callable[..., Any]]:
    """Open a page in a context of its own, with the options of the browser's contexts."""
    contexts = []

    def make(**options: Any) -> Any:
        contexts.append(browser.new_context(**options))
        return contexts[-1].new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter's site for its partners, in a folder whose name wants care in an address."""
    program = tmp_path_factory.mktemp("starter")
    (program / "headway.yaml").write_bytes((ROOT / "headway.yaml").read_bytes())
    shutil.copytree(ROOT / "content", program / "content")
    return _build(program, program / "a site #1 %41", "--audience", "partners")


@pytest.fixture(scope="session")
def wide_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small program of what is too wide for a telephone."""
    program = tmp_path_factory.mktemp("wide")
    for path, text in WIDE.items():
        (program / path).parent.mkdir(parents=True, exist_ok=True)
        (program / path).write_text(text, encoding="utf-8")
    return _build(program, program / "site", "--audience", "partners")


def _build(program: Path, out: Path, *options: str) -> Path:
    result = CliRunner().invoke(headway, ["-C", str(program), "build", "--out", str(out), *options])
    assert result.exit_code == 0, result.output
    return out
