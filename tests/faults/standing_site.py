"""A small program whose site stands, and builds of it that may fail; for the tests of faults and of kills."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner, Result

from headway.cli import headway

TODAY = "2026-03-01"
FILES = {
    "headway.yaml": "program: P\nsite: {audience: partners, theme: plain}\n",
    "themes/plain/theme.yaml": "name: plain\nextends: trail\n",
    "content/people/ada.yaml": "name: Ada Byron\n",
    "content/people/grace.yaml": "name: Grace Brewster\n",
    "content/partnerships/ada-grace/partnership.yaml": (
        "start: 2026-01-01\nmembers: [{person: ada, role: mentee}, {person: grace, role: mentor}]\n"
    ),
    "content/partnerships/ada-grace/goals.yaml": "goals: [{id: speak, title: Give a talk, owner: ada}]\n",
    "content/partnerships/ada-grace/meetings/2026-01-12.md": "Win: it went well\n\n## Tasks\n- @ada: write\n",
    "content/partnerships/solo/partnership.yaml": "kind: solo\nmembers: [{person: grace, role: member}]\n",
}
NOTE = "content/partnerships/ada-grace/meetings/2026-02-09.md"


def write_program(root: Path) -> Path:
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def edit(program: Path, number: int) -> None:
    """Change the program: a meeting more, another name, and every third time a partnership that goes or comes."""
    (program / NOTE).write_text(f"# Number {number}\n\nDecision: {number}\n", encoding="utf-8")
    (program / "content/people/grace.yaml").write_text(f"name: Grace B{number}\n", encoding="utf-8")
    solo = program / "content/partnerships/solo/partnership.yaml"
    if number % 3 == 2:
        shutil.rmtree(solo.parent, ignore_errors=True)
    else:
        solo.parent.mkdir(exist_ok=True)
        solo.write_text(FILES["content/partnerships/solo/partnership.yaml"], encoding="utf-8")


def run_build(program: Path, today: str = TODAY, *more: str) -> Result:
    arguments = ["-C", str(program), "build", "--today", today, "--jobs", "1", *more]
    return CliRunner().invoke(headway, arguments)


def read_files(site: Path) -> dict[str, bytes]:
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def copy_afresh(program: Path, place: Path, *without: str) -> Path:
    """Return a copy of the program in the place of what stood there; without the folders that are named."""
    shutil.rmtree(place, ignore_errors=True)
    return shutil.copytree(program, place, ignore=shutil.ignore_patterns(*without), symlinks=True)


@dataclass
class CleanBuilds:
    """What a build from nothing gives, by the number of the edit before it."""

    program: Path
    place: Path

    def __post_init__(self) -> None:
        self._known: dict[tuple[int, str], dict[str, bytes]] = {}

    def of(self, number: int, today: str = TODAY) -> dict[str, bytes]:
        if (number, today) not in self._known:
            copy = copy_afresh(self.program, self.place, "site", ".headway")
            edit(copy, number)
            result = run_build(copy, today)
            assert result.exit_code == 0, result.output
            self._known[number, today] = read_files(copy / "site")
        return self._known[number, today]
