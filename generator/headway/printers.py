"""Printers: problems as text for people, as JSON for tools, as annotations for GitHub.

What a person typed is shown so that it can do nothing to a terminal: escape sequences, control characters and
marks that turn the reading direction are written out.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence

from headway.patterns import compile_late
from headway.problems import Problem, Severity

WINDOW = 100
"""Columns of an excerpt at most; a longer line is cut around the place."""

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTICE: "36"}
_TAB = "    "
_CUT = "…"
_HARMFUL_ANYWHERE = "\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff\\ud800-\\udfff"
_HARMFUL = compile_late(rf"[\x00-\x1f{_HARMFUL_ANYWHERE}]")
"""Controls, marks that turn the reading direction, line separators, and what cannot be encoded."""

_HARMFUL_IN_JSON = compile_late(f"[{_HARMFUL_ANYWHERE}]")
"""The same without those that JSON writes out by itself."""

_GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "notice"}


def render_problems_text(problems: Sequence[Problem], colour: bool = False) -> str:
    """Return the problems for people: place, what is wrong, the author's line with a mark, a remedy."""
    return "".join(_render_problem(problem, colour) for problem in problems)


def render_problems_json(problems: Sequence[Problem]) -> str:
    """Return the problems as a JSON list of objects, as format.md, 5, has them."""
    entries = [
        {
            "path": problem.location.path,
            "line": problem.location.line,
            "column": problem.location.column,
            "severity": problem.severity.value,
            "code": problem.code,
            "message": problem.message,
            "hint": problem.hint,
        }
        for problem in problems
    ]
    return _HARMFUL_IN_JSON.sub(
        lambda match: f"\\u{ord(match[0]):04x}", json.dumps(entries, indent=2, ensure_ascii=False)
    )


def render_problems_github(problems: Sequence[Problem]) -> str:
    """Return the problems as workflow commands, which GitHub shows beside the lines of a pull request."""
    return "".join(_render_command(problem) for problem in problems)


def _render_problem(problem: Problem, colour: bool) -> str:
    place = problem.location
    severity = _paint(problem.severity.value, _COLOURS[problem.severity], colour)
    where = _paint(f"{defuse(place.path)}:{place.line}:{place.column}:", "1", colour)
    lines = [f"{where} {severity} {problem.code}: {defuse(problem.message)}"]
    if problem.excerpt.strip():
        before, marked, after = cut_excerpt(problem.excerpt, place.column, place.width)
        gutter = f"{place.line:>4} | "
        lines.append(f"{gutter}{before}{marked}{after}")
        marks = _paint("^" * max(1, _width(marked)), _COLOURS[problem.severity], colour)
        lines.append(f"{' ' * (len(gutter) + _width(before))}{marks}")
    if problem.hint:
        lines.append(f"   {defuse(problem.hint)}")
    return "\n".join(lines) + "\n"


def _paint(text: str, style: str, colour: bool) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if colour else text


def defuse(text: str) -> str:
    """Return a text in one line that does nothing to a terminal."""
    return "".join(map(_show, text))


def _show(character: str) -> str:
    """Return what stands for a character on a terminal."""
    if character == "\t":
        return _TAB
    if _HARMFUL.match(character):
        code = ord(character)
        return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
    return character


def _width(text: str) -> int:
    """Return the columns that a shown text takes on a terminal."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cut_excerpt(excerpt: str, column: int, width: int) -> tuple[str, str, str]:
    """Return the part of a line around a place: what stands before what is marked, that, and what follows."""
    line = excerpt.rstrip()
    at = min(max(column - 1, 0), len(line))
    start = 0 if at <= WINDOW * 2 // 3 else at - WINDOW // 3
    end = min(len(line), start + WINDOW)
    until = max(at, min(end, at + width))
    left, right = _CUT if start else "", _CUT if end < len(line) else ""
    return left + defuse(line[start:at]), defuse(line[at:until]), defuse(line[until:end]) + right


def _render_command(problem: Problem) -> str:
    place = problem.location
    properties = {
        "file": place.path.encode("utf-8", "replace").decode("utf-8"),
        "line": place.line,
        "col": place.column,
        "endColumn": place.column + place.width,
        "title": problem.code,
    }
    written = ",".join(f"{key}={_escape_property(str(value))}" for key, value in properties.items())
    message = defuse(problem.message) + (f"\n{defuse(problem.hint)}" if problem.hint else "")
    return f"::{_GITHUB_LEVELS[problem.severity]} {written}::{_escape_data(message)}\n"


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")
