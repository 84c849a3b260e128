"""Printers: problems for people, tools and GitHub, whatever a person typed."""

from __future__ import annotations

import json

import pytest

from headway.printers import WINDOW, render_problems_github, render_problems_json, render_problems_text
from headway.problems import Location, Problem

DUE = Problem(
    "HW131",
    Location("content/partnerships/ada-grace/goals.yaml", 3, 10, 10),
    "2026-02-30 is not a day: February 2026 has 28.",
    "Write dates as YYYY-MM-DD.",
    "    due: 2026-02-30",
)


def one(excerpt: str, column: int, width: int, message: str = "It is so.", path: str = "f.md") -> Problem:
    return Problem("HW112", Location(path, 7, column, width), message, "", excerpt)


def test_text_names_the_place_shows_the_line_and_says_what_to_do() -> None:
    assert render_problems_text([DUE]) == (
        "content/partnerships/ada-grace/goals.yaml:3:10: error HW131: 2026-02-30 is not a day: February 2026 has 28.\n"
        "   3 |     due: 2026-02-30\n"
        "                ^^^^^^^^^^\n"
        "   Write dates as YYYY-MM-DD.\n"
    )


def test_a_problem_without_a_line_or_a_remedy_is_one_line() -> None:
    problem = Problem("HW226", Location("a/partnership.yaml"), "It is missing.")
    assert render_problems_text([problem]) == "a/partnership.yaml:1:1: error HW226: It is missing.\n"


def test_without_problems_there_is_no_text() -> None:
    assert render_problems_text([]) == ""
    assert render_problems_github([]) == ""
    assert json.loads(render_problems_json([])) == []


def test_colour_is_only_added() -> None:
    coloured = render_problems_text([DUE], colour=True)
    assert "\x1b[31merror\x1b[0m" in coloured
    assert "\x1b" not in render_problems_text([DUE])


@pytest.mark.parametrize(
    ("excerpt", "column", "width", "shown", "marks"),
    [
        ("a: b", 4, 1, "a: b", "   ^"),
        ("\ta: b", 5, 1, "    a: b", "       ^"),
        ("名前: ab", 5, 2, "名前: ab", "      ^^"),
        ("a: 名前", 4, 2, "a: 名前", "   ^^^^"),
        ("e\u0301: x", 5, 1, "e\u0301: x", "   ^"),
        ("a: \x1b[31mx", 4, 1, "a: \\x1b[31mx", "   ^^^^"),
        ("a: \u202eb", 5, 1, "a: \\u202eb", "         ^"),
        ("a: b", 99, 5, "a: b", "    ^"),
        ("a: b  ", 4, 99, "a: b", "   ^"),
    ],
)
def test_marks_stand_under_what_they_mean(excerpt: str, column: int, width: int, shown: str, marks: str) -> None:
    lines = render_problems_text([one(excerpt, column, width)]).splitlines()
    assert lines[1:] == [f"   7 | {shown}", f"       {marks}"]


@pytest.mark.parametrize("column", [1, 50, 24_000, 48_365])
def test_a_long_line_is_cut_around_its_place(column: int) -> None:
    excerpt = "a" * (column - 1) + "#" + "b" * (48_365 - column)
    _, shown, marks = render_problems_text([one(excerpt, column, 40_000)]).splitlines()
    assert len(shown) <= WINDOW + len("   7 | ") + 2
    assert len(marks) <= len(shown)
    assert shown[marks.index("^")] == "#"


def test_a_flood_of_invisible_characters_is_cut_too() -> None:
    _, shown, _ = render_problems_text([one("a" + "\u0301" * 50_000 + "b", 1, 1)]).splitlines()
    assert len(shown) < 2 * WINDOW


@pytest.mark.parametrize("sign", ["\x1b[2J", "\r", "\n::error::", "\u202e", "\u2066", "\x9b31m", "\u2028", "\ud800"])
def test_what_was_typed_does_nothing_to_a_terminal(sign: str) -> None:
    problem = one(f"x{sign}y", 1, 1, message=f"Here is {sign}.", path=f"a{sign}b.md")
    text = render_problems_text([problem])
    assert len(text.split("\n")) == 4
    assert sign[0] not in text.replace("\n", "")
    text.encode()


def test_json_has_exactly_these_keys() -> None:
    assert json.loads(render_problems_json([DUE])) == [
        {
            "path": "content/partnerships/ada-grace/goals.yaml",
            "line": 3,
            "column": 10,
            "severity": "error",
            "code": "HW131",
            "message": "2026-02-30 is not a day: February 2026 has 28.",
            "hint": "Write dates as YYYY-MM-DD.",
        }
    ]


def test_json_keeps_letters_and_writes_the_rest_out() -> None:
    message = "Zoë 名 \x1b \x9b \u202e \u2028 \ud800."
    text = render_problems_json([one("", 1, 1, message=message)])
    assert "Zoë 名" in text
    assert not set("\x1b\x9b\u202e\u2028\ud800") & set(text)
    assert json.loads(text)[0]["message"] == message


def test_github_gets_one_command_a_problem() -> None:
    assert render_problems_github([DUE]) == (
        "::error file=content/partnerships/ada-grace/goals.yaml,line=3,col=10,endColumn=20,title=HW131::"
        "2026-02-30 is not a day: February 2026 has 28.%0AWrite dates as YYYY-MM-DD.\n"
    )


def test_github_commands_cannot_be_forged() -> None:
    problem = one("", 1, 1, message="100 %\n::set-output name=x::y", path="a,b:c%\n::error::.md")
    text = render_problems_github([problem])
    assert text.count("\n") == 1
    assert text.startswith(
        "::warning file=a%2Cb%3Ac%25%0A%3A%3Aerror%3A%3A.md,line=7,col=1,endColumn=2,title=HW112::100 %25"
    )
