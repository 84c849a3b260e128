"""Previews beside each other: how long after a save the new page is served, by `headway serve` and `hugo server`.

python tests/benchmarks/saving.py --notes 500,5000 --saves 20

The clock runs from the moment the file is closed to the first byte of the page that shows what was saved, asked for
over HTTP again and again. Three kinds of saves: a note's text, seen on its page; its title, seen on the partnership's;
the partnership's title, seen on the home page.
"""

from __future__ import annotations

import argparse
import os
import re
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import median

from peers import PEERS, Peer
from programs import Pair, make_pairs
from timing import CommandFailedError, memory_of

PATIENCE = 120.0
CALM = 0.4
"""Seconds between two saves, as between two of a fast writer."""
KINDS = ("note", "partnership", "home")
TARGETS: Mapping[str, float] = {"note": 60, "partnership": 120, "home": 120}
"""Milliseconds from a save to its page at 5,000 notes."""
FIRST_TARGETS: Mapping[str, float] = {"headway": 1.5, "headway-cached": 0.8}
"""Seconds from the start to the first answer at 5,000 notes."""


@dataclass(frozen=True)
class PreviewCommand:
    """One preview: its sources are a peer's; ``prepare`` is a command that is run before it."""

    name: str
    label: str
    peer: Peer
    arguments: tuple[str, ...]
    title_file: str
    """The file that holds a partnership's title."""
    prepare: tuple[str, ...] = ()

    def program(self) -> str:
        return str(self.peer.find())


@dataclass
class PreviewSeries:
    """What one preview took: seconds to the first answer, milliseconds of each save by kind, MB in the end."""

    label: str
    first: float = 0.0
    saves: dict[str, list[float]] = field(default_factory=dict)
    memory: float = 0.0
    failure: str = ""


def _previews() -> Sequence[PreviewCommand]:
    peers = {peer.name: peer for peer in PEERS}
    ours, hugo = peers["headway-trail"], peers["hugo"]
    serve = ("serve", "--port", "{port}")
    place = "content/partnerships/{pair}/partnership.yaml"
    return (
        PreviewCommand("headway", "`headway serve`", ours, serve, place),
        PreviewCommand("headway-cached", "`headway serve` after `headway build`", ours, serve, place, ("build",)),
        PreviewCommand(
            "hugo",
            "`hugo server`",
            hugo,
            ("server", "--quiet", "--port", "{port}", "--bind", "127.0.0.1", "--cacheDir", "{root}/cache"),
            "content/partnerships/{pair}/_index.md",
        ),
    )


PREVIEWS = _previews()


def compare_previews(
    notes: int, each: int, saves: int, folder: Path, environment: Mapping[str, str]
) -> dict[str, PreviewSeries]:
    """Measure all previews at one size, one after the other."""
    pairs = tuple(make_pairs(max(1, notes // each), each))
    found = {}
    for preview in PREVIEWS:
        root = folder / f"{notes}-{preview.name}"
        root.mkdir(parents=True)
        preview.peer.write(root, pairs)
        series = found[preview.name] = PreviewSeries(preview.label)
        try:
            _measure(preview, root, pairs, saves, series, environment)
        except (CommandFailedError, OSError) as error:
            series.failure = str(error).partition("\n")[0]
        print(f"  {preview.label}: {_row(series)}", flush=True)
    return found


def _measure(
    preview: PreviewCommand,
    root: Path,
    pairs: Sequence[Pair],
    saves: int,
    series: PreviewSeries,
    environment: Mapping[str, str],
) -> None:
    pair = pairs[len(pairs) // 2]
    note = pair.notes[len(pair.notes) // 2]
    pages = {
        "note": preview.peer.note_page.format(pair=pair.id, day=note.day),
        "partnership": preview.peer.pair_pages[-1].format(pair=pair.id),
        "home": "index.html",
    }
    files = {
        "note": root / preview.peer.source.format(pair=pair.id, day=note.day),
        "partnership": root / preview.peer.source.format(pair=pair.id, day=note.day),
        "home": root / preview.title_file.format(pair=pair.id),
    }
    edits: Mapping[str, Callable[[str, str], str]] = {
        "note": lambda text, word: text.replace("## What happened", f"## What happened\n\n{word}\n", 1),
        "partnership": lambda text, word: text.replace(note.title, f"{note.title} {word}"),
        "home": _rename,
    }
    if preview.prepare:
        subprocess.run(
            [preview.program(), *preview.prepare], cwd=root, env=dict(environment), check=True, capture_output=True
        )
    with _running(preview, root, environment) as (process, port, started):
        _wait_for(port, pages["note"], note.marker)
        series.first = time.perf_counter() - started
        for page in pages.values():
            _wait_for(port, page, pair.id)
        for kind in KINDS:
            before = files[kind].read_text()
            series.saves[kind] = []
            for number in range(saves):
                time.sleep(CALM)
                word = f"saved{kind}{number}x"
                files[kind].write_text(edits[kind](before, word))
                closed = time.perf_counter()
                series.saves[kind].append(1000 * (_wait_for(port, pages[kind], word) - closed))
            files[kind].write_text(before)
            time.sleep(CALM)
        series.memory = memory_of(process.pid)


def _rename(text: str, word: str) -> str:
    """Return a partnership's file with another title."""
    if '"title"' in text:
        return re.sub(r'"title": "[^"]*"', f'"title": "Renamed {word}"', text, count=1)
    return f"title: Renamed {word}\n{text}"


@contextmanager
def _running(
    preview: PreviewCommand, root: Path, environment: Mapping[str, str]
) -> Iterator[tuple[subprocess.Popen[bytes], int, float]]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    arguments = [argument.format(port=port, root=root) for argument in preview.arguments]
    started = time.perf_counter()
    process = subprocess.Popen(
        [preview.program(), *arguments],
        cwd=root,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process, port, started
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int, page: str, word: str) -> float:
    """Return the moment of the first byte of the first answer that holds the word."""
    end = time.perf_counter() + PATIENCE
    while time.perf_counter() < end:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("GET", f"/{page.removesuffix('index.html')}")
            answer = connection.getresponse()
            moment = time.perf_counter()
            if word in answer.read().decode(errors="replace") and answer.status == 200:
                return moment
        except (OSError, HTTPException):
            pass  # not there yet
        finally:
            connection.close()
        time.sleep(0.001)
    raise CommandFailedError(f"{word} was never seen on {page}")


def render_previews(results: Mapping[int, Mapping[str, PreviewSeries]]) -> str:
    """Return one table a size, and the verdicts on what is aimed at, as Markdown."""
    lines = []
    for notes, found in results.items():
        lines += [f"## Previews at {notes:,} notes\n", "Medians (and the slowest) of the saves.\n"]
        lines += [
            "| | first answer, s | note, ms | partnership, ms | home, ms | memory, MB |",
            "|---|--:|--:|--:|--:|--:|",
        ]
        lines += [f"| {series.label} | {_row(series)} |" for series in found.values()]
        lines += ["", *(_judge(found) if notes == 5_000 else ())]
    return "\n".join(lines) + "\n"


def _row(series: PreviewSeries) -> str:
    if series.failure:
        return f"**Out of the comparison**: {series.failure} | | | |"
    saves = (f"{median(series.saves[kind]):.0f} ({max(series.saves[kind]):.0f})" for kind in KINDS)
    return " | ".join((f"{series.first:.2f}", *saves, f"{series.memory:.0f}"))


def _judge(found: Mapping[str, PreviewSeries]) -> Iterator[str]:
    ours = found["headway"]
    if ours.failure:
        return
    got = [(f"{kind} page, ms", TARGETS[kind], median(ours.saves[kind])) for kind in KINDS]
    got += [
        (f"first answer of {found[name].label}, s", bound, found[name].first) for name, bound in FIRST_TARGETS.items()
    ]
    yield from ("| target | wanted | reached | |", "|---|--:|--:|---|")
    for what, bound, reached in got:
        yield f"| {what} | at most {bound:g} | {reached:.2f} | {'met' if reached <= bound else '**not met**'} |"
    yield ""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--notes", default="500,5000", help="sizes, with commas between them")
    parser.add_argument("--each", type=int, default=50, help="notes in one partnership")
    parser.add_argument("--saves", type=int, default=20, help="of each kind")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="headway-bench-") as name:
        environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": name, "LANG": "C.UTF-8"}
        sizes = [int(size) for size in options.notes.split(",")]
        results = {size: compare_previews(size, options.each, options.saves, Path(name), environment) for size in sizes}
    print(f"\n{render_previews(results)}")


if __name__ == "__main__":
    main()
