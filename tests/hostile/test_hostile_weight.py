"""Notes made to cost: each is built in little time and memory, by a process of its own that is measured."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SECONDS, MEGABYTES = 4.0, 300
"""Of the processor and of memory, with Python's own start. The aim is two seconds; a busy machine takes more."""

NOTES = {
    "a long reference used often": "[a]: /" + "x" * 100_000 + "\n\n" + "[a] " * 50_000,
    "opening brackets": "[" * 100_000,
    "opening pictures": "![" * 100_000,
    "quotes": ">" * 100_000,
    "openers": "*a_" * 100_000,
    "lists in lists": "\n".join("  " * depth + "- a" for depth in range(2_000)),
    "a line of five million characters": "a " * 2_500_000,
    "a line of a million characters": "a" * 1_000_000,
    "a large table": "|" + "a|" * 1000 + "\n|" + "-|" * 1000 + "\n" + ("|" + "a|" * 1000 + "\n") * 400,
    "reference definitions": "".join(f"[{i}]: /\n" for i in range(90_000)),
    "headings of one name": "# h\n" * 100_000,
    "lines of dots": ". . . " * 100_000,
    "a front matter of brackets": "---\na: " + "[" * 5000 + "\n---\nx",
    "a billion laughs": "---\na: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n---\nx",
}


# A process counts the memory of the one it was started from, too: so a small one stands between.
MEASURE = """
import resource, subprocess, sys
code = subprocess.call([sys.executable, "-m", "headway", *sys.argv[1:]], stdout=2)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(code, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


def measure(*arguments: str | Path) -> tuple[int, float, float]:
    """Return the exit code, the seconds of the processor and the megabytes of memory of a command."""
    command = [sys.executable, "-c", MEASURE, *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
    code, seconds, memory = done.stdout.split()
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return int(code), float(seconds), int(memory) / unit


@pytest.mark.parametrize("name", NOTES)
def test_a_heavy_note_costs_little(pair: Callable[..., Path], name: str) -> None:
    program = pair({"content/partnerships/ada-grace/meetings/2026-02-02.md": NOTES[name].encode()})
    code, seconds, megabytes = measure("-C", program, "build", "--jobs", "1")
    assert code in (0, 1)
    assert seconds < SECONDS
    assert megabytes < MEGABYTES


def test_many_notes_of_one_day_cost_what_they_are(pair: Callable[..., Path]) -> None:
    folder = "content/partnerships/ada-grace/meetings"
    program = pair({f"{folder}/2026-02-02-{number}.md": b"Hello\n" for number in range(2_000)})
    code, seconds, megabytes = measure("-C", program, "check")
    assert (code, megabytes < MEGABYTES) == (0, True)
    assert seconds < 2 * SECONDS


def test_sparse_files_and_pipes_are_not_opened(pair: Callable[..., Path]) -> None:
    program = pair({})
    folder = program / "content/partnerships/ada-grace"
    (folder / "meetings").mkdir()
    os.mkfifo(folder / "meetings/2026-02-02.md")
    os.mkfifo(program / "content/people/pipe.yaml")
    for name in ("meetings/2026-02-03.md", "goals.yaml", "files.png"):
        with (folder / name).open("wb") as sparse:
            sparse.truncate(1 << 30)
    code, seconds, megabytes = measure("-C", program, "check")
    assert code == 1
    assert seconds < SECONDS
    assert megabytes < MEGABYTES
