"""Where a YAML syntax fault lies, and what it is in plain words.

A parser notices a fault where it can go no further, which is often far below the author's mistake: an
unclosed quote is noticed at the next quote, an unclosed bracket at the next key. This module looks back
from there. It is asked only when a file cannot be read.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from msgspec import Struct

from headway.documents.text import Lines
from headway.patterns import compile_late

_QUOTES = "If it is text, put the whole value in quotes."
_INDENT = compile_late(r"[ \t]*")
_KEY = compile_late(r"""[ \t]*(?:-[ ]+)*(?:"[^"]*"|'[^']*'|[^\s#"'\[{][^:]*)[ ]*:(?:\s|$)""")
_ENTRY = compile_late(r"[ \t]*-(?:\s|$)")
_HEAD = 300
"""Characters of a line in which its key is looked for."""
_GLUED_DASH = compile_late(r"[ ]*-[^\s-]")
_LARGE = 100_000
"""Characters past which no mending is tried out: it parses the text anew each time."""


class Fault(Struct, frozen=True):
    """What is wrong and the characters it concerns, counted from the text's first."""

    code: str
    span: tuple[int, int]
    message: str
    hint: str = ""


class _Scene(Struct, frozen=True):
    """The text around a fault: where it was noticed, and the tokens up to there."""

    text: str
    lines: Lines
    error: yaml.MarkedYAMLError
    at: int
    tokens: tuple[Any, ...]
    loader: Any

    @property
    def line(self) -> int:
        return self.lines.place(self.at)[0]

    def start(self, line: int) -> int:
        return self.lines.start(line)

    def indent(self, line: int) -> int:
        match = _INDENT.match(self.lines.texts[line])
        return match.end() if match else 0

    def line_above(self, line: int) -> int | None:
        """Return the nearest line above that says something."""
        for number in range(line - 1, -1, -1):
            if self.lines.texts[number].strip() and not self.lines.texts[number].lstrip().startswith("#"):
                return number
        return None

    def whole_line(self, line: int) -> tuple[int, int]:
        start = self.start(line) + self.indent(line)
        return start, max(start + 1, self.start(line) + len(self.lines.texts[line].rstrip()))


def find_fault(text: str, error: yaml.MarkedYAMLError, loader: Any) -> Fault:
    """Return the fault behind a parser's error, at the author's mistake as well as can be known."""
    mark = error.problem_mark or error.context_mark
    at = min(mark.index, len(text)) if mark is not None else 0
    scene = _Scene(text, Lines(text), error, at, _tokens(text, at, loader), loader)
    for find in (_tag, _tab, _open_quote, _open_bracket, _missing_colon, _odd_indent, _odd_start):
        fault = find(scene)
        if fault is not None:
            return fault
    message = f"This cannot be read as YAML: {_in_words(error)}."
    return Fault("HW101", (at, at + 1), message, _QUOTES)


def _tokens(text: str, at: int, loader: Any) -> tuple[Any, ...]:
    tokens = []
    try:
        for token in yaml.scan(text, Loader=loader):
            if token.start_mark.index > at:
                break
            tokens.append(token)
    except (yaml.YAMLError, ValueError, OverflowError):
        pass  # the fault itself: what came before it is what is wanted
    return tuple(tokens)


def _in_words(error: yaml.MarkedYAMLError) -> str:
    context = f"{error.context}, " if error.context else ""
    return f"{context}{error.problem or 'it is not clear what is meant'}"


def _tag(scene: _Scene) -> Fault | None:
    if "tag" not in f"{scene.error.context} {scene.error.problem}":
        return None
    span = (scene.at, scene.at + 1)
    return Fault("HW108", span, "A tag starts here, and Headway's files have none.", _QUOTES)


def _tab(scene: _Scene) -> Fault | None:
    """A tab in the indentation of the line, or of one just above it."""
    above = scene.line_above(scene.line)
    for line in (scene.line, above):
        if line is not None and "\t" in (indent := scene.lines.texts[line][: scene.indent(line)]):
            start = scene.start(line) + indent.index("\t")
            return Fault("HW104", (start, start + 1), "A tab indents this line.", "Indent with spaces, two a level.")
    return None


def _open_quote(scene: _Scene) -> Fault | None:
    """A quoted text that runs into the next quote of the file, or to its end."""
    error = scene.error
    message = "This quote is opened and not closed."
    hint = "Close it at the end of the text, or take it out."
    if error.context_mark is not None and "quoted scalar" in (error.context or ""):
        start = error.context_mark.index
        if scene.lines.place(start)[0] != scene.line or "end of stream" in (error.problem or ""):
            return Fault("HW101", (start, start + 1), message, hint)
    quoted = [token for token in scene.tokens if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"')]
    if not quoted:
        return None
    start, end = quoted[-1].start_mark.index, quoted[-1].end_mark.index
    first, last = scene.lines.place(start)[0], scene.lines.place(end)[0]
    if first < last and last in (scene.line, scene.line - 1):
        return Fault("HW101", (start, start + 1), message, hint)
    return None


def _open_bracket(scene: _Scene) -> Fault | None:
    """A bracket that swallows the lines below it."""
    opened: list[Any] = []
    for token in scene.tokens:
        if isinstance(token, yaml.FlowSequenceStartToken | yaml.FlowMappingStartToken):
            opened.append(token)
        elif isinstance(token, yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken) and opened:
            opened.pop()
    if not opened or opened[-1].start_mark.index == scene.at:
        return None
    first = scene.lines.place(opened[0].start_mark.index)[0]
    is_at_end = not scene.text[scene.at :].strip()
    if first == scene.line and not is_at_end:
        return None
    for line in range(first + 1, scene.line + 1):
        text = scene.lines.texts[line]
        if scene.indent(line) <= scene.indent(first) and text.strip() and _begins_entry(text):
            break
    else:
        if not is_at_end:
            return None
        line = scene.line + 1
    start = [t.start_mark.index for t in opened if scene.lines.place(t.start_mark.index)[0] < line][-1]
    bracket = scene.text[start]
    message = f"This `{bracket}` is opened and not closed."
    return Fault("HW101", (start, start + 1), message, f"Close it with `{']' if bracket == '[' else '}'}`.")


def _begins_entry(line: str) -> bool:
    return bool(_KEY.match(line[:_HEAD]) or _ENTRY.match(line[:_HEAD]))


def _missing_colon(scene: _Scene) -> Fault | None:
    """A line whose key has no colon: it is noticed at the next line's colon."""
    error = scene.error
    hint = "Write `key: value`, with a colon and a space."
    if error.problem is not None and "expected ':'" in error.problem and error.context_mark is not None:
        line = scene.lines.place(error.context_mark.index)[0]
        return Fault("HW101", scene.whole_line(line), "A colon after the key is missing in this line.", hint)
    if error.problem is None or "mapping values are not allowed" not in error.problem:
        return None
    line, column = scene.lines.place(scene.at)
    if re.search(r":\s", scene.lines.texts[line][:column]):
        message = "A second colon stands in this value, as if a key began here."
        return Fault("HW101", (scene.at, scene.at + 1), message, _QUOTES)
    above = scene.line_above(line)
    if above is not None and _GLUED_DASH.match(scene.lines.texts[above]):
        message = "A space after the dash is missing in this line."
        return Fault("HW101", scene.whole_line(above), message, "Write `- `, with a space.")
    if above is not None and not _KEY.match(scene.lines.texts[above][:_HEAD]):
        return Fault("HW101", scene.whole_line(above), "A colon after the key is missing in this line.", hint)
    message = "This line is indented deeper than the one it follows."
    return Fault("HW101", scene.whole_line(line), message, "Give all keys of a mapping the same indentation.")


def _odd_indent(scene: _Scene) -> Fault | None:
    """A line that is indented unlike its neighbours: the one whose shifting mends the file."""
    if len(scene.text) > _LARGE:
        return None
    line = scene.line
    above = scene.line_above(line)
    for number in (line, above):
        if number is None:
            continue
        for shift in (-1, 1, -2, 2):
            if _is_mended_by_shifting(scene, number, shift):
                side = "deeper" if shift < 0 else "less deep"
                message = f"This line is indented {side} than its neighbours."
                return Fault("HW101", scene.whole_line(number), message, "Give lines of one level one indentation.")
    return None


def _is_mended_by_shifting(scene: _Scene, line: int, shift: int) -> bool:
    indent = scene.indent(line)
    if indent + shift < 0:
        return False
    start = scene.start(line)
    spaces = " " * (indent + shift)
    return _is_readable(scene.text[:start] + spaces + scene.text[start + indent :], scene.loader)


def _is_readable(text: str, loader: Any) -> bool:
    try:
        for _ in yaml.parse(text, Loader=loader):
            pass
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError):
        return False
    return True


def _odd_start(scene: _Scene) -> Fault | None:
    """A value that starts with a character that means something else to YAML."""
    sign = scene.text[scene.at : scene.at + 1]
    if "cannot start any token" in (scene.error.problem or ""):
        return Fault("HW101", (scene.at, scene.at + 1), f"The character {sign} cannot start a value.", _QUOTES)
    if "alias" in (scene.error.context or "") or "anchor" in (scene.error.context or ""):
        start = scene.error.context_mark.index if scene.error.context_mark else scene.at
        sign = scene.text[start : start + 1]
        message = f"A value cannot start with {sign} here: it means something else in YAML."
        return Fault("HW101", (start, start + 1), message, _QUOTES)
    return None
