"""What must hold for any bytes, whatever made them: hypothesis in CI, a fuzzer that follows the code in `make fuzz`.

Each target takes bytes, and asserts: no exception, every problem at a place that the file has, nothing in HTML that
could act, and the processor's time bounded. Of the limits, the small ones are in `headway.documents`.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from msgspec.structs import replace

from headway.build import read_walk
from headway.choice import Choice
from headway.documents.dates import find_dates
from headway.documents.frontmatter import parse_front_matter
from headway.documents.markdown import render_inline_markdown, render_markdown
from headway.documents.names import NameBook, Named
from headway.documents.note import Note
from headway.documents.notes import NoteReading, parse_logbook, parse_note, parse_page
from headway.documents.scalars import parse_day, parse_duration, parse_number, parse_time, parse_whole
from headway.documents.text import decode_text, is_utf16
from headway.documents.yaml import MAX_DEPTH, parse_yaml
from headway.jobs import build_partnerships
from headway.problems import Problem
from headway.source.layout import Listing, arrange, size_limit
from headway.source.snapshot import Snapshot
from headway.theme.themes import Theme, load_theme
from hostile.inert import Page

SECONDS = 10.0
"""Of the processor, for one input of a few thousand bytes; a fuzzer's own counting makes it many times slower."""
PATH = "content/partnerships/ada-grace/meetings/2026-02-02.md"
CHOICE = Choice(now=datetime(2026, 5, 20, tzinfo=UTC))
PROGRAM: Mapping[str, bytes] = {
    "headway.yaml": b"program: P\ntoday: 2026-05-20\nsite: {audience: partners, url: https://mentoring.example.org/}\n",
    "content/people/ada.yaml": b"name: Ada Byron\n",
    "content/people/grace.yaml": b"name: Grace Brewster\nvisibility: private\n",
    "content/partnerships/ada-grace/partnership.yaml": (
        b"start: 2026-01-01\nmembers: [{person: ada, role: mentee}, {person: grace, role: mentor}]\n"
    ),
    "content/partnerships/ada-grace/goals.yaml": b"goals: [{id: speak, title: Give a talk, owner: ada}]\n",
}
PLACES = (
    "headway.yaml",
    "content/people/ada.yaml",
    "content/partnerships/ada-grace/partnership.yaml",
    "content/partnerships/ada-grace/goals.yaml",
    PATH,
    "content/partnerships/ada-grace/logbook.md",
    "content/partnerships/ada-grace/journal/2026-02-03.md",
    "content/pages/about.md",
)
READING = NoteReading(
    NameBook((Named("ada", "Ada Byron", ("ab",), "mentee"), Named("grace", "Grace Brewster", (), "mentor"))), "dmy"
)


@dataclass(frozen=True)
class MemoryReader:
    """Files that stand in no folder."""

    files: Mapping[str, bytes]

    def read(self, path: str) -> bytes:
        return self.files[path]

    def digest(self, path: str) -> str:
        return str(hash(self.files[path]))


def take(files: Mapping[str, bytes]) -> Snapshot:
    return arrange(Listing(sizes={path: len(content) for path, content in files.items()}), MemoryReader(files))


def assert_places(problems: Iterable[Problem], files: Mapping[str, bytes]) -> None:
    """Every problem stands in a file that there is, at a line and a column of it, and says something."""
    for problem in problems:
        place = problem.location
        assert problem.message, problem
        assert min(place.line, place.column, place.width) >= 1, problem
        if place.path in files:
            data = files[place.path]
            if b"\0" in data and not is_utf16(data):  # left out of a note's text: then a return and a feed may meet
                data = data.replace(b"\r\0", b"\r \0")
            text = decode_text(data, place.path)[0]
            lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            lines = lines if len(lines) >= place.line else text.splitlines()
            assert place.line <= max(1, len(lines)), (problem, len(lines))
            if problem.excerpt:
                assert place.column <= len(problem.excerpt) + 1, problem


def assert_inert(html: str) -> None:
    faults = Page(html).faults
    assert not faults, faults


def show(note: Note) -> None:
    """Render a note as pages do, with links and people known and unknown."""
    assert note.line >= 1
    assert note.end_line >= note.line - 1
    html = render_markdown(
        note.tokens,
        link=lambda href: None if "x" in href else f"../{len(href)}/",
        mention=lambda handle: ("Ada Byron", "../ada/") if handle.startswith(("ada", "goal:")) else None,
        hidden=note.private_lines,
        shift=note.shift,
    )
    assert_inert(html)
    for task in note.tasks:
        assert note.line <= task.line <= note.end_line, task
        assert_inert(render_inline_markdown(task.text, link=lambda _: None, mention=lambda _: None))
    for mark in note.marks:
        assert note.line <= mark.line <= mark.end_line, mark


def try_yaml(data: bytes) -> None:
    document, problems = parse_yaml(data, "a.yaml")
    assert_places(problems, {"a.yaml": data})
    assert document is not None or problems
    if document is not None:
        assert_shape(document.value, 0)
        for keys in document.spans:
            assert document.locate(keys).line >= 1


def assert_shape(value: object, depth: int) -> None:
    """Text, None, lists and mappings with text for keys, no deeper than is allowed."""
    assert depth <= MAX_DEPTH + 1
    assert value is None or isinstance(value, str | list | dict)
    if isinstance(value, dict):
        assert all(isinstance(key, str) for key in value)
        value = list(value.values())
    if isinstance(value, list):
        for entry in value:
            assert_shape(entry, depth + 1)


def try_notes(data: bytes) -> None:
    text, problems = decode_text(data, PATH)
    assert_places(problems, {PATH: data})
    front = parse_front_matter(text, PATH)
    assert 0 <= front.height <= text.count("\n") + 1
    introduction, entries = parse_logbook(text, PATH, READING)
    for note in (parse_note(text, PATH, READING), parse_page(text, PATH), *entries, introduction):
        if note is not None:
            assert_places(note.problems, {PATH: data})
            show(note)


def try_notations(data: bytes) -> None:
    """Bytes that name pieces of the notation: what mutations of letters hardly ever put together."""
    lines = [PIECES[byte % len(PIECES)] for byte in data[:60]]
    try_notes("\n".join(lines).encode())
    try_notes(" ".join(lines).encode())


PIECES = ("", " ", "\\", "\u202e", "\u2028", *"""\
---
# 2026-02-16
## Next steps
### Ada
**Tasks**
Tasks:
Present: Ada, Grace & Mr. X (lead)
Present
- Ada Byron
- [ ] @ada: write (due 2026-03-01)
- [x] Grace to call
  - [ ] nested
1. ab will go
| Who | What | Due | Status |
|---|---|---|---|
| Ada | go | 2026-03-01 | done |
ACTION: Ada to write
Win: it went
Thanks @grace: for
Feedback @ada -> @grace:
- worked: this
- try: that
Energy: ada 4, grace 5
Energy
Status: moved
Minutes: 25
Notice: 30 hours
Next: 2026-03-02T17:00
Date: 03/04/26
16th of March
Reframe: x
Decision:
Blocker: y
Question: z
Idea:
> quoted
> [!NOTE]
```
~~~ js
    code
<script>alert(1)</script>
{{ 7*7 }}
[a](javascript:x)
[a][r]
[r]: /x 'y'
[^1]
[^1]: note
![a](files/b.png)
[[goal:speak]]
[[person:ada|x]]
<!--
-->
***
***bold
`code
~~done~~
&amp;
@ada @grace @x
title: x
energy: {ada: 9}
attendees: [ada, 'x']
visibility: private
kind: review
- done
Actions from last meeting
""".splitlines())  # fmt: skip
"""Lines as people write them, whose every order must do."""


def try_dates(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    for order in (None, "dmy", "mdy", "ymd"):
        for found in find_dates(text, order, 2026):
            assert 0 <= found.start < found.end <= len(text)
            assert text[found.start : found.end].strip()
            assert (found.on is None) != (found.fault is None) or found.lacks_year, found
            assert found.on is None or isinstance(found.in_year_of(date(2026, 1, 1)), date | None)
    for parse in READERS:
        with suppress(ValueError):  # with which they refuse
            assert parse(text) == parse(text)
    try:
        day = parse_day(text)
    except ValueError:
        return
    assert parse_day(day.isoformat()) == day


def _percent(text: str) -> int:
    value = parse_whole(text, 0, 100)
    assert 0 <= value <= 100
    return value


def _number(text: str) -> float:
    value = parse_number(text, 0.1, 100)
    assert math.isfinite(value)
    return value


def _minutes(text: str) -> int:
    minutes = parse_duration(text).minutes
    assert 1 <= minutes <= 11 * 366 * 24 * 60
    return minutes


READERS: tuple[Callable[[str], object], ...] = (parse_time, _minutes, _percent, _number)


def try_settings(data: bytes) -> None:
    build_all({**PROGRAM, "headway.yaml": data})


def try_theme(data: bytes) -> None:
    """A theme.yaml, and behind a line of equal signs a template of it."""
    settings, _, template = data.partition(b"\n===\n")
    files = {
        **PROGRAM,
        "headway.yaml": PROGRAM["headway.yaml"].replace(b"{audience", b"{theme: own, audience"),
        "themes/own/theme.yaml": settings,
    }
    if template:
        files["themes/own/templates/person.html"] = template
    walk = read_walk(take(files), CHOICE, with_theme=True)
    assert_places(walk.problems, files)
    assert walk.theme is not None or walk.problems


def try_files(data: bytes) -> None:
    """One file of the program, chosen by the first byte, through the whole walk to pages."""
    build_all({**PROGRAM, PLACES[data[0] % len(PLACES)]: data[1:]} if data else PROGRAM)


def build_all(files: Mapping[str, bytes]) -> None:
    """Read and render a program's partnerships for the public and for the partners."""
    assert all(len(content) <= size_limit(path) for path, content in files.items())
    walk = replace(read_walk(take(files), CHOICE), theme=_theme())
    assert_places(walk.problems, files)
    for part in build_partnerships(walk, walk.folders(), 1):
        assert_places(part.problems, files)
        for file in part.files:
            if file.path.endswith(".html"):
                assert_inert(file.content.decode())


@cache
def _theme() -> Theme | None:
    return load_theme("trail", take(PROGRAM))[0]


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "yaml": try_yaml,
    "notes": try_notes,
    "notations": try_notations,
    "dates": try_dates,
    "settings": try_settings,
    "theme": try_theme,
    "files": try_files,
}


def try_in_time(target: str, data: bytes) -> None:
    """Try an input, and assert that it took the processor no longer than it may."""
    started = time.process_time()
    TARGETS[target](data)
    assert time.process_time() - started < SECONDS
