"""What all tests share: ``--update`` for expected files, the corpus, and programs written inside a test."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from page_text import PageText, source_words

ROOT = Path(__file__).parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the expected files instead of comparing them")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--update") and os.environ.get("CI"):
        raise pytest.UsageError("--update is refused under CI: expected files change only where somebody reads them")
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # as a shell's background jobs have it, and their children
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def expect(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare a text with an expected file, or write it there with ``--update``."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.is_file(), f"{path} is missing; run pytest --update and read it"
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture
def write_program(tmp_path: Path) -> Callable[[str], Path]:
    """Write a program that stands in the test: a text with ``--- path`` lines, each before a file's text."""

    def write(text: str, root: Path | None = None) -> Path:
        program = root or tmp_path / "program"
        program.mkdir(parents=True, exist_ok=True)
        for path, content in re.findall(r"^--- (\S+)\n(.*?)(?=^--- \S+\n|\Z)", text, re.M | re.S):
            (program / path).parent.mkdir(parents=True, exist_ok=True)
            (program / path).write_text(content, encoding="utf-8")
        return program

    return write


@pytest.fixture(scope="session")
def starter() -> Path:
    """The starter program: the checkout itself."""
    return ROOT


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real programs, where HEADWAY_CORPUS names one; the test is passed over elsewhere."""
    place = os.environ.get("HEADWAY_CORPUS")
    if not place or not Path(place).is_dir():
        pytest.skip("HEADWAY_CORPUS names no folder of programs")
    return Path(place)


@pytest.fixture(scope="session")
def words_missing() -> Callable[[Path, Path], dict[str, set[str]]]:
    """Give, for a program and its built site, the words of each note that no page of its partnership has."""

    def missing(program: Path, site: Path) -> dict[str, set[str]]:
        lost = {}
        for folder in sorted((program / "content/partnerships").iterdir()):
            pages = [
                page
                for part in ("meetings", "journal", "logbook")
                for page in (site / "partnerships" / folder.name / part).rglob("index.html")
            ]
            there = set().union(*(PageText(page.read_text(encoding="utf-8")).words() for page in pages))
            for note in sorted(folder.rglob("*.md")):
                text = note.read_bytes().decode("utf-8", "replace")
                if re.search(r"^visibility: private$", text, re.M):
                    continue
                gone = source_words(text) - there
                if gone:
                    lost[note.relative_to(program).as_posix()] = gone
        return lost

    return missing
