"""The benchmarks: Headway beside other generators, on the same notes, in one run.

python tests/benchmarks/run.py --notes 500,5000 --rounds 3 --date 2026-01-31 --out docs/benchmarks.md

`make bench` installs what it needs and runs it. Each round gives every generator its turn: a build from nothing,
one after a change of one note, one after no change, each in a fresh process.
"""

from __future__ import annotations

import argparse
import os
import platform
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from peers import OURS, PEERS, Peer
from programs import Pair, make_pairs
from saving import PreviewSeries, compare_previews, render_previews
from stages import measure_stages, render_stages
from tables import STEPS, Results, Series, render_results, render_targets
from timing import CommandFailedError, Cost, measure

STAGED = 500
"""Notes of the program whose builds are taken apart by stages."""
SLOW = 15.0
"""Seconds of a cold build from which on another generator gets `--slow-rounds` instead of `--rounds`."""


class IncompleteError(Exception):
    """A build ended well, but something of the program is on no page."""


@dataclass(frozen=True)
class Site:
    """One generator's site in a folder of its own, and the pairs that must be on its pages."""

    peer: Peer
    root: Path
    pairs: Sequence[Pair]
    environment: Mapping[str, str]

    def prepare(self) -> None:
        self.root.mkdir(parents=True)
        self.peer.write(self.root, self.pairs)
        if self.peer.in_git:
            self._git("init", "--quiet")
            self._commit()

    def build(self, step: str, *, with_memory: bool = False) -> Cost:
        """Return what one build costs; what the step asks for is done before the clock starts."""
        if step == "cold":
            for name in (self.peer.output, *self.peer.state):
                shutil.rmtree(self.root / name, ignore_errors=True)
        line = self._change_one_note() if step == "note" else None
        os.sync()  # nobody pays for what another one wrote
        command = self.peer.command(self.root, is_cold=step == "cold")
        cost = measure(command, self.root, self.environment, with_memory=with_memory)
        if line is not None and line not in self._read(self._changed(self.peer.note_page)):
            raise IncompleteError("the changed note's page was not made again")
        return cost

    def check(self) -> None:
        """Raise IncompleteError unless every note, goal and partnership is where a reader looks for it."""
        home = self._read("index.html")
        for pair in self.pairs:
            lists = "".join(self._read(page.format(pair=pair.id)) for page in self.peer.pair_pages)
            if f"{pair.id}/" not in home:
                raise IncompleteError(f"the home page does not lead to {pair.id}")
            for title in [*(goal.title for goal in pair.goals), *(note.title for note in pair.notes)]:
                if title not in lists:
                    raise IncompleteError(f"{pair.id} does not list {title!r}")
            for note in pair.notes:
                text = self._read(self.peer.note_page.format(pair=pair.id, day=note.day))
                if note.marker not in text:
                    raise IncompleteError(f"the note of {note.day} of {pair.id} is not on its page")

    def weigh(self) -> tuple[int, float]:
        """Return the number of pages and the megabytes of the output."""
        files = [path for path in (self.root / self.peer.output).rglob("*") if path.is_file()]
        pages = sum(path.suffix == ".html" for path in files)
        return pages, sum(path.stat().st_size for path in files) / 1e6

    def _read(self, page: str) -> str:
        try:
            return (self.root / self.peer.output / page).read_text()
        except FileNotFoundError:
            raise IncompleteError(f"{page} is missing") from None

    def _changed(self, pattern: str) -> str:
        pair = self.pairs[len(self.pairs) // 2]
        return pattern.format(pair=pair.id, day=pair.notes[-1].day)

    def _change_one_note(self) -> str:
        """Append a line to one note, commit it where the program is in git, and return the line."""
        path = self.root / self._changed(self.peer.source)
        text = path.read_text()
        line = f"Added as line {text.count('Added as line') + 1}."
        path.write_text(f"{text}\n{line}\n")
        if self.peer.in_git:
            self._commit()
        return line

    def _commit(self) -> None:
        self._git("add", "--all")
        self._git("-c", "user.name=Benchmark", "-c", "user.email=benchmark@example.org", "commit", "--quiet", "-m", "x")

    def _git(self, *arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=self.root, env=dict(self.environment), check=True)


def compare(
    notes: int, each: int, peers: Sequence[Peer], rounds: int, slow_rounds: int, folder: Path
) -> dict[str, Series]:
    """Measure all generators at one size: once for memory and completeness, then the rounds for time."""
    pairs = tuple(make_pairs(max(1, notes // each), each))
    sites = {peer.name: Site(peer, folder / f"{notes}/{peer.name}", pairs, make_environment(folder)) for peer in peers}
    found = {
        peer.name: Series(peer.label, peer.is_python, peer.name.startswith("headway"), peer.remark) for peer in peers
    }
    cold = {name: _attempt(site, found[name], _look_at_memory) for name, site in sites.items()}
    for number in range(max(rounds, slow_rounds)):
        for name, site in sites.items():
            allowed = slow_rounds if cold[name] > SLOW and not found[name].is_ours else rounds
            if number < allowed and not found[name].failure:
                _attempt(site, found[name], _time)
                print(f"  round {number + 1}, {site.peer.label}: {_say_last(found[name])}", flush=True)
    return found


def _attempt(site: Site, series: Series, work: Callable[[Site, Series], float]) -> float:
    """Do a part of the work with one generator; where it fails, it is out of the comparison."""
    try:
        return work(site, series)
    except (CommandFailedError, IncompleteError) as error:
        series.failure = str(error).partition("\n")[0]
        print(f"  {site.peer.label} is out: {error}", file=sys.stderr, flush=True)
        return 0.0


def _look_at_memory(site: Site, series: Series) -> float:
    """Fill in memory and weight; return the seconds of the cold build."""
    site.prepare()
    seconds = 0.0
    for step in STEPS:
        cost = site.build(step, with_memory=True)
        series.peaks[step] = cost.peak
        if step == "cold":
            seconds = cost.wall
            site.check()
            series.pages, series.megabytes = site.weigh()
    return seconds


def _time(site: Site, series: Series) -> float:
    for step in STEPS:
        series.costs[step].append(site.build(step))
    return 0.0


def _say_last(series: Series) -> str:
    return ", ".join(f"{step} {costs[-1].wall:.2f} s" for step, costs in series.costs.items() if costs)


def make_environment(folder: Path) -> dict[str, str]:
    """Return the environment of all that is measured: nobody's own settings take part."""
    return {
        "PATH": f"{OURS / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }


def compare_start(folder: Path, times: int = 15) -> float:
    """Return how many times as long as importing click `headway --version` takes."""
    commands = ([sys.executable, "-c", "import click"], [str(OURS / "bin/headway"), "--version"])
    walls: tuple[list[float], list[float]] = ([], [])
    for _ in range(times):
        for command, taken in zip(commands, walls, strict=True):
            taken.append(measure(command, folder, make_environment(folder), with_memory=False).wall)
    return median(walls[1]) / median(walls[0])


def describe_machine() -> str:
    """Return processor, cores, memory, system and Python in one sentence."""
    text = Path("/proc/cpuinfo").read_text()
    model = next((line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("model name")), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = f"Python {platform.python_version()}"
    return f"{model or platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB; {platform.system()}, {python}"


def render_document(
    results: Results,
    previews: Mapping[int, Mapping[str, PreviewSeries]],
    start: float,
    stages: str,
    options: argparse.Namespace,
    load: float,
) -> str:
    """Return the page of the documentation that tells the results."""
    versions = ", ".join(
        f"{name} {number}" for name, number in {_product(p): p.version() for p in options.peers}.items()
    )
    text = (Path(__file__).parent / "document.md").read_text()
    values = {
        "date": f" of {options.date}" if options.date else "",
        "machine": describe_machine(),
        "load": f"{load:.1f}",
        "versions": versions,
        "command": options.command,
        "slow": f"{SLOW:.0f}",
        "each": str(options.each),
        "targets": render_targets(results, start),
        "results": render_results(results),
        "previews": render_previews(previews),
        "stages": stages,
    }
    for name, value in values.items():
        text = text.replace(f"<{name}>", value)
    return text


def _product(peer: Peer) -> str:
    return peer.label.partition(",")[0]


def read_options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    known = {peer.name: peer for peer in PEERS}
    parser.add_argument("--notes", default="500,5000", help="sizes, with commas between them")
    parser.add_argument("--each", type=int, default=50, help="notes in one partnership")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--slow-rounds", type=int, default=1, help=f"of others that take over {SLOW:.0f} s for a cold build"
    )
    parser.add_argument("--saves", type=int, default=20, help="of each kind, for the previews; 0 leaves these out")
    parser.add_argument("--peers", default=",".join(known), help="which generators, with commas between them")
    parser.add_argument("--date", default="", help="the day of the run, for the document")
    parser.add_argument("--out", type=Path, help="the document to write")
    options = parser.parse_args(arguments)
    try:
        options.peers = [known[name] for name in options.peers.split(",")]
        options.notes = [int(number) for number in options.notes.split(",")]
    except (KeyError, ValueError) as error:
        parser.error(f"{error} is none of: {', '.join(known)}" if isinstance(error, KeyError) else str(error))
    options.command = shlex.join(["python", "tests/benchmarks/run.py", *arguments])
    return options


def main() -> int:
    options = read_options(sys.argv[1:])
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="headway-bench-") as name:
        folder = Path(name)
        results = {}
        previews: dict[int, Mapping[str, PreviewSeries]] = {}
        for notes in options.notes:
            print(f"{notes:,} notes", flush=True)
            results[notes] = compare(
                notes, options.each, options.peers, options.rounds, options.slow_rounds, folder / "sites"
            )
            shutil.rmtree(folder / f"sites/{notes}")
            if options.saves:
                environment = make_environment(folder)
                previews[notes] = compare_previews(notes, options.each, options.saves, folder / "previews", environment)
                shutil.rmtree(folder / "previews")
        work = folder / "start"
        work.mkdir()
        start = compare_start(work)
        stages = render_stages(STAGED, measure_stages(STAGED, options.each, options.rounds))
    print(f"\n{render_targets(results, start)}\n{render_results(results)}\n{render_previews(previews)}\n{stages}")
    if options.out:
        options.out.write_text(render_document(results, previews, start, stages, options, load))
    return any(series.failure for sizes in results.values() for series in sizes.values())


if __name__ == "__main__":
    sys.exit(main())
