"""Where a build's time goes: processor time by stage, in one process, of three builds of the same program.

python tests/benchmarks/stages.py --notes 500

A stage's time is its own, without that of the stages inside of it; what git takes is counted, too.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

from programs import write_program

STAGES: Mapping[str, Sequence[str]] = {
    "asking git": ("headway.source.git:start_git", "headway.source.history:start_git"),
    "looking at the files": ("headway.cli.build:read_snapshot", "headway.cli.building:has_same_files"),
    "the history": ("headway.cli.build:read_history",),
    "settings, people, theme": ("headway.cli.building:read_walk",),
    "reading notes": ("headway.model.reading:parse_note", "headway.model.reading:parse_logbook"),
    "reading plans, rules": ("headway.build:read_partnership",),
    "numbers": ("headway.build:compute_report",),
    "Markdown to HTML": ("headway.pages.prose:render_markdown",),
    "planning pages": ("headway.build:plan_partnership_pages", "headway.build:summarise"),
    "templates": ("headway.build:render_page",),
    "feeds, search, pictures": ("headway.build:plan_partnership_files",),
    "the program's own pages": ("headway.rebuild:plan_program", "headway.rebuild:build_program"),
    "writing the site": (
        "headway.output.stage:StagedSite.write",
        "headway.output.stage:StagedSite.keep",
        "headway.output.stage:StagedSite.finish",
        "headway.output.stage:swap_in",
    ),
    "keeping the cache": ("headway.rebuild:Rebuild._store", "headway.output.cache:Cache.save"),
}
START, REST = "start and imports", "everything else"
BUILDS = ("cold", "note", "nothing")


def used() -> float:
    """Return the processor time of this process and of those it has waited for, in seconds."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


class Stopwatch:
    """Counts processor time for whichever stage is the innermost."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._stack = [START]
        self._since = 0.0

    def _turn(self) -> None:
        now = used()
        stage = self._stack[-1]
        self.spent[stage] = self.spent.get(stage, 0.0) + now - self._since
        self._since = now

    def enter(self, stage: str) -> None:
        self._turn()
        self._stack.append(stage)

    def leave(self) -> None:
        self._turn()
        self._stack.pop()

    def wrap(self, place: str, stage: str) -> None:
        module, _, path = place.partition(":")
        owner: Any = import_module(module)
        *owners, name = path.split(".")
        for step in owners:
            owner = getattr(owner, step)
        setattr(owner, name, self._watched(getattr(owner, name), stage))

    def _watched(self, function: Callable[..., Any], stage: str) -> Callable[..., Any]:
        def watched(*given: Any, **named: Any) -> Any:
            self.enter(stage)
            try:
                return function(*given, **named)
            finally:
                self.leave()

        return watched


def watch_build(is_quick: bool) -> dict[str, float]:
    """Build the program in the current folder, in this process; return the seconds of each stage.

    A build that finds nothing to do loads little, and is not made to load more by being watched.
    """
    watch = Stopwatch()
    from headway.cli import run

    for stage, places in {} if is_quick else STAGES.items():
        for place in places:
            watch.wrap(place, stage)
    watch.enter(REST)
    sys.argv = ["headway", "build", "--jobs", "1"]
    if code := run():
        sys.exit(code)
    watch.leave()
    return watch.spent


def measure_stages(notes: int, each: int, rounds: int) -> dict[str, dict[str, float]]:
    """Return each build's stages in milliseconds, medians of the rounds, each in a fresh process."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_program(root, notes // each, each)
        _git(root, "init", "--quiet")
        (root / ".gitignore").write_text("site/\n.headway/\n")
        note = next(root.glob("content/partnerships/*/meetings/*.md"))
        found: dict[str, list[dict[str, float]]] = {build: [] for build in BUILDS}
        for number in range(rounds):
            for build in BUILDS:
                if build == "cold":
                    for made in ("site", ".headway"):
                        shutil.rmtree(root / made, ignore_errors=True)
                if build != "nothing":
                    note.write_text(f"{note.read_text()}\nRound {number}, {build}.\n")
                    _git(root, "add", "--all")
                    _git(root, "commit", "--quiet", "--message=Another")
                command = [sys.executable, __file__, "--watch", *(["--quick"] if build == "nothing" else [])]
                done = subprocess.run(command, cwd=root, capture_output=True, check=True, text=True)
                found[build].append(json.loads(done.stderr.splitlines()[-1]))
    return {
        build: {stage: 1000 * median(one.get(stage, 0.0) for one in series) for stage in (START, *STAGES, REST)}
        for build, series in found.items()
    }


def render_stages(notes: int, stages: Mapping[str, Mapping[str, float]]) -> str:
    """Return the table, in Markdown."""
    lines = [
        f"## Where the time goes: {notes:,} notes",
        "",
        "Processor time in milliseconds, one process, the theme that Headway ships; made by",
        f"`python tests/benchmarks/stages.py --notes {notes}`, which watches each stage from inside.",
        "",
        "| stage | cold | one note | nothing |",
        "|---|--:|--:|--:|",
    ]
    lines += [
        f"| {stage} | " + " | ".join(f"{stages[build][stage]:,.0f}" for build in BUILDS) + " |"
        for stage in (START, *STAGES, REST)
        if any(stages[build][stage] >= 0.5 for build in BUILDS)
    ]
    total = " | ".join(f"{sum(stages[build].values()):,.0f}" for build in BUILDS)
    return "\n".join([*lines, f"| **together** | {total} |", ""])


def _git(root: Path, *arguments: str) -> None:
    author = ("-c", "user.name=Bench", "-c", "user.email=bench@example.org")
    subprocess.run(["git", *author, *arguments], cwd=root, check=True, capture_output=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notes", type=int, default=500)
    parser.add_argument("--each", type=int, default=50, help="notes in one partnership")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--watch", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--quick", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.watch:
        print(json.dumps(watch_build(given.quick)), file=sys.stderr)
    else:
        print(render_stages(given.notes, measure_stages(given.notes, given.each, given.rounds)))


if __name__ == "__main__":
    main()
