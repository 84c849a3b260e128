"""YAML made to hurt, and values of every wrong type in every field: problems at their place, nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from headway.build import check_program, read_walk
from headway.choice import Choice
from headway.printers import render_problems_text
from headway.problems import Problem
from headway.source.folder import read_folder

LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(20)
)
FILES: dict[str, bytes] = {
    "a billion laughs": LAUGHS.encode(),
    "a merge bomb": b"a: &a {x: 1}\nb: {<<: [" + b"*a, " * 5000 + b"*a]}\n",
    "recursion": b"a: &a [*a]\n",
    "brackets": b"[" * 5000,
    "braces": b"{" * 5000,
    "block sequences": b"- " * 5000,
    "mappings in mappings": "".join(f"{' ' * depth}a:\n" for depth in range(500)).encode(),
    "a call": b"title: !!python/object/apply:os.system ['touch hacked']\n",
    "a module": b"title: !!python/module:antigravity\n",
    "a doubled key": b"title: a\ntitle: b\n",
    "a large integer": b"start: " + b"9" * 5000 + b"\n",
    "an octal number": b"start: 0o17\n",
    "an exponent": b"start: 1e3\n",
    "a day that is none": b"start: 2026-02-30\n",
    "a year too far": b"start: 99999-01-01\n",
    "a time": b"start: 12:30:00\n",
    "a complex key": b"? [a, b]\n: c\n",
    "a byte order mark": b"\xef\xbb\xbfmembers: []\n",
    "UTF-16": "members: []\n".encode("utf-16"),
    "UTF-16 without a mark": "members: []\n".encode("utf-16-le"),
    "Latin-1": b"title: Zo\xeb\n",
    "NUL": b"title: a\0b\n",
    "a surrogate": b'title: "\\ud800"\n',
    "an overlong escape": b'title: "\\U00110000"\n',
    "a tab": b"members:\n\t- {person: ada}\n",
    "carriage returns": b"title: a\r\nmembers: []\r\n",
    "several documents": b"title: a\n---\ntitle: b\n",
    "a directive": b"%YAML 9.9\n---\ntitle: a\n",
    "a rule in a block scalar": b"title: |\n  a\n  ---\n  b\n",
    "nothing": b"",
    "null": b"~\n",
    "a list": b"- a\n",
    "a text": b"hello\n",
    "a quote left open": b'title: "a\n',
    "a colon": b":\n",
    "a percent sign": b"%\n",
    "an at sign": b"@ada: x\n",
    "a key of 100,000 characters": b"k" * 100_000 + b": x\n",
    "20,000 keys": b"".join(b"k%d: x\n" % number for number in range(20_000)),
    "10,000 members": b"members:\n" + b"- {person: ada, role: mentee}\n" * 10_000,
    "a deep block scalar": b"title: >9\n          a\n",
    "escapes of a terminal": b'title: "\\e[2J\\a"\n',
    "raw escapes of a terminal": b"title: \x1b[2J\x9b\n",
}
CONTROLS = {*map(chr, range(32)), *map(chr, range(127, 160))} - {"\n"}
"""What makes a terminal act."""

PLACES = (
    "headway.yaml",
    "content/people/ada.yaml",
    "content/partnerships/ada-grace/partnership.yaml",
    "content/partnerships/ada-grace/goals.yaml",
    "content/partnerships/ada-grace/meetings/2026-02-02.md",
)
WRONG = (
    "~", "no", "true", "12", "-1", "1e3", "0x1F", "1.5", ".nan", "2026-02-30", "12:30:00", "99999-01-01", "[]", "{}",
    "[[]]", "[~]", "{a: b}", "[{a: b}]", '""', '" "', '"\\u202e"', "9" * 400, "x" * 20_000, "../../x", "'<script>'",
)  # fmt: skip
FIELDS = {
    "headway.yaml": "program language timezone date_order today repository site defaults visibility terms cohorts "
    "thresholds task_sections",
    "content/people/ada.yaml": "name pronouns timezone email strengths growing needs offers help availability capacity "
    "obstacles aliases bio affiliation country links visibility",
    "content/partnerships/ada-grace/partnership.yaml": "title kind cohort members start end status reason purpose "
    "agreement visibility",
    "content/partnerships/ada-grace/goals.yaml": "id title owner why area measure start due done status visibility "
    "milestones reframed progress details lesson celebrated",
    "content/partnerships/ada-grace/meetings/2026-02-02.md": "title date time minutes planned_minutes status notice "
    "attendees absent kind goals energy next visibility author",
}


def check(program: Path) -> list[Problem]:
    return check_program(read_walk(read_folder(program), Choice(now=datetime(2026, 5, 20, tzinfo=UTC))))


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_a_problem_in_itself(
    pair: Callable[..., Path], name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for path in PLACES:
        content = FILES[name]
        if path.endswith(".md"):
            content = b"---\n" + content + b"\n---\nHello\n"
        program = pair({path: content})
        problems = check(program)
        assert not set(render_problems_text(problems)) & CONTROLS
        if path.startswith("content/partnerships"):
            # Where the members cannot be read, a goal's owner is not one of them.
            assert {problem.location.path for problem in problems} <= {path, *PLACES[2:4]}
        shutil.rmtree(program)
    assert not list(tmp_path.rglob("hacked"))


@pytest.mark.parametrize("path", FIELDS)
@pytest.mark.parametrize("value", WRONG)
def test_a_wrong_value_in_any_field_never_raises(pair: Callable[..., Path], path: str, value: str) -> None:
    for field in FIELDS[path].split():
        content = f"{field}: {value}\n"
        if path.endswith("goals.yaml"):
            rest = "".join(f", {key}: a" for key in ("id", "title") if key != field)
            content = f"goals:\n- {{{field}: {value}{rest}}}\n"
        elif path.endswith(".md"):
            content = f"---\n{content}---\nHello\n"
        problems = check(pair({path: content.encode()}))
        assert all(problem.message for problem in problems)
