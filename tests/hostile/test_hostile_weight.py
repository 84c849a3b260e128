"""Notes made to cost: each is built in little time and memory, by a process of its own that is measured."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from measured import MEGABYTES, SECONDS, measure

NOTE = "content/partnerships/ada-grace/meetings/2026-02-02.md"
LOGBOOK = "content/partnerships/ada-grace/logbook.md"
PLAN = "content/partnerships/ada-grace/goals.yaml"
DAYS = [(date(1900, 1, 1) + timedelta(days=number)).isoformat() for number in range(50_000)]

FILES = {
    "a 100 KB link reference used 50,000 times": (NOTE, "[a]: /" + "x" * 100_000 + "\n\n" + "[a] " * 50_000),
    "10^5 times [": (NOTE, "[" * 100_000),
    "10^5 times ![": (NOTE, "![" * 100_000),
    "10^5 times >": (NOTE, ">" * 100_000),
    "10^5 times *a_": (NOTE, "*a_" * 100_000),
    "lists nested 2,000 deep": (NOTE, "\n".join("  " * depth + "- a" for depth in range(2_000))[:1_000_000]),
    "a 5 MB line": (NOTE, "a " * 2_500_000),
    "a 1 MB line": (NOTE, "a" * 1_000_000),
    "a 1,000 x 1,000 table": (
        NOTE,
        ("|" + "a|" * 1000 + "\n") + ("|" + "-|" * 1000 + "\n") + ("|" * 1001 + "\n") * 1000,
    ),
    "10^5 reference definitions": (NOTE, "".join(f"[{i}]: /\n" for i in range(100_000))[:1_000_000]),
    "emphasised letters": (NOTE, "*a* " * 240_000),
    "handles": (NOTE, ("@ada " * 40 + "\n") * 4_900),
    "entities": (NOTE, "&amp; " * 160_000),
    "tasks": (NOTE, "## Tasks\n" + "- @ada: do it (due 2026-03-01)\n" * 9_900),
    "a logbook of 50,000 dated lines": (LOGBOOK, "\n\n".join(DAYS)),
    "a logbook of 20,000 dated lines in one paragraph": (LOGBOOK, "\n".join(DAYS[:20_000])),
    "a logbook of 9,000 headings": (LOGBOOK, "".join(f"## {day}\n" for day in DAYS[:9_000])),
    "5,000 goals": (PLAN, "goals:\n" + "".join(f"- {{id: g{number}, title: T}}\n" for number in range(5_000))),
    "300 goals": (PLAN, "goals:\n" + "".join(f"- {{id: g{number}, title: T}}\n" for number in range(300))),
    "front matter of 90,000 names": (NOTE, "---\nattendees: [" + "n, " * 90_000 + "n]\n---\nx"),
    "billion laughs in front matter": (NOTE, "---\na: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n---\nx"),
}


SHORT = {
    "a goal's title in 14,900 references": {
        PLAN: f"goals: [{{id: speak, title: {'t' * 1000}}}]\n",
        NOTE: "[[goal:speak]] " * 14_900,
    },
    "a person's name in 59,000 handles": {
        "content/people/ada.yaml": f"name: {'n' * 1000}\n",
        NOTE: "@ada " * 59_000,
    },
    "a role in the place of a name of one letter": {
        "headway.yaml": f"program: P\ntoday: 2026-05-20\nterms: {{mentee: {'m' * 40}}}\n",
        "content/people/ada.yaml": "name: Ada Byron\naliases: [a]\nvisibility: private\n",
        NOTE: "@a " * 320_000,
    },
}
"""A few letters that stand for many: what a note may be made to come to after it is read."""


@pytest.mark.parametrize("line", SHORT)
def test_expansion(pair: Callable[..., Path], line: str) -> None:
    program = pair({path: text.encode() for path, text in SHORT[line].items()})
    code, seconds, megabytes = measure("-C", program, "build", "--jobs", "1")
    assert (code, megabytes < MEGABYTES) == (0, True)
    assert seconds < SECONDS


@pytest.mark.parametrize("line", FILES)
def test_weight(pair: Callable[..., Path], line: str) -> None:
    path, text = FILES[line]
    code, seconds, megabytes = measure("-C", pair({path: text.encode()}), "build", "--jobs", "1")
    assert code in (0, 1)
    assert seconds < SECONDS
    assert megabytes < MEGABYTES


def test_10000_notes_in_one_partnership(pair: Callable[..., Path]) -> None:
    folder = "content/partnerships/ada-grace/meetings"
    program = pair({f"{folder}/2026-02-02-{number}.md": b"Hello\n" for number in range(10_000)})
    code, seconds, megabytes = measure("-C", program, "check")
    assert (code, megabytes < MEGABYTES) == (0, True)
    assert seconds < SECONDS


def test_a_fifo_a_device_and_a_1_gb_sparse_file_as_a_note(pair: Callable[..., Path]) -> None:
    program = pair({})
    folder = program / "content/partnerships/ada-grace"
    (folder / "meetings").mkdir()
    os.mkfifo(folder / "meetings/2026-02-02.md")
    os.mkfifo(program / "content/people/pipe.yaml")
    with suppress(PermissionError):  # only root makes devices
        os.mknod(folder / "meetings/2026-02-04.md", stat.S_IFCHR | 0o666, os.makedev(1, 5))
    for name in ("meetings/2026-02-03.md", "goals.yaml", "files.png"):
        with (folder / name).open("wb") as sparse:
            sparse.truncate(1 << 30)
    code, seconds, megabytes = measure("-C", program, "check")
    assert code == 1
    assert seconds < SECONDS
    assert megabytes < MEGABYTES
