"""YAML with positions: every value as the text that was written, and the place where it stands.

Nothing is constructed: what a scalar means is decided by the schema's fields (`headway.model.fields`), so
``no`` is a country, ``16:00`` a time and ``1.10`` a version. What is refused is in
`headway.documents.yaml_tree`, where a syntax fault lies in `headway.documents.yaml_faults`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import yaml

from headway.documents.text import Lines, decode_strictly
from headway.documents.yaml_faults import find_fault
from headway.documents.yaml_tree import FORBIDDEN, FatalRefusalError, Keys, Span, TreeBuilder
from headway.problems import Location, Problem

MAX_BYTES = 1 << 20

# The C parser is seven to thirteen times faster; both give the same events.
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True)
class YamlDocument:
    """One YAML document: text, None, dicts and lists, and where each of them stands.

    ``spans`` and ``key_spans`` are the character ranges of values and of mappings' keys, by their path from
    the root. Where list entries were left out, ``kept`` has the old numbers of those that stayed.
    """

    value: Any
    path: str
    text: str = ""
    spans: Mapping[Keys, Span] = field(default_factory=dict)
    key_spans: Mapping[Keys, Span] = field(default_factory=dict)
    first_line: int = 1
    kept: Mapping[Keys, tuple[int, ...]] = field(default_factory=dict)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)

    @property
    def lines(self) -> tuple[str, ...]:
        return self._lines.texts

    def origin(self, keys: Keys) -> Keys:
        """Return the path that a value had when the file was read, before entries were left out."""
        old: Keys = ()
        for key in keys:
            numbers = self.kept.get(old, ())
            old = (*old, numbers[key] if isinstance(key, int) and key < len(numbers) else key)
        return old

    def locate(self, keys: Keys = (), key: bool = False) -> Location:
        """Return the place of a value, or of its key; of what holds it where there is no such value."""
        old = self.origin(keys)
        if key and old in self.key_spans:
            return self.locate_span(self.key_spans[old])
        while old and old not in self.spans:
            old = old[:-1]
        return self.locate_span(self.spans.get(old, (0, 0)))

    def locate_span(self, span: Span) -> Location:
        """Return the place of a range of characters; its width ends with the first line."""
        line, column = self._lines.place(span[0])
        width = min(span[1] - span[0], len(self.lines[line].rstrip()) - column)
        return Location(self.path, line + self.first_line, column + 1, max(1, width))

    def excerpt(self, line: int) -> str:
        """Return the author's own line, by the file's count of lines; empty where there is none."""
        index = line - self.first_line
        return self.lines[index] if 0 <= index < len(self.lines) else ""

    def problem(self, code: str, keys: Keys, message: str, hint: str = "", key: bool = False) -> Problem:
        """Return a problem with a value, or with its key."""
        place = self.locate(keys, key)
        return Problem(code, place, message, hint, self.excerpt(place.line))

    def problem_at(self, code: str, span: Span, message: str, hint: str = "") -> Problem:
        """Return a problem with a range of characters."""
        place = self.locate_span(span)
        return Problem(code, place, message, hint, self.excerpt(place.line))


def parse_yaml(text: str | bytes, path: str, first_line: int = 1) -> tuple[YamlDocument | None, tuple[Problem, ...]]:
    """Return the document of a YAML text and what is wrong with it, in the order it stands there.

    The document is None where it cannot be read as YAML at all; doubled keys, tags and a second document
    leave what can be used. ``first_line`` is the line of the file on which the text begins.
    """
    size = len(text)
    if size > MAX_BYTES:
        message = f"This file has {size:,} bytes, and Headway reads up to {MAX_BYTES:,}."
        return None, (Problem("HW110", Location(path, first_line), message, "Split it, or take out what is not YAML."),)
    if isinstance(text, bytes):
        decoded = decode_strictly(text, path)
        if isinstance(decoded, Problem):
            return None, (decoded,)
        text = decoded
    text = text.removeprefix("\N{BYTE ORDER MARK}")
    whole = YamlDocument(None, path, text, first_line=first_line)
    match = FORBIDDEN.search(text)
    if match:
        message = f"The character U+{ord(match[0]):04X} stands here, which no text may hold."
        return None, (whole.problem_at("HW103", match.span(), message, "Delete the character."),)
    return _build(whole)


def _build(whole: YamlDocument) -> tuple[YamlDocument | None, tuple[Problem, ...]]:
    tree = TreeBuilder()
    problems: list[Problem] = []
    try:
        tree.read(yaml.parse(whole.text, Loader=LOADER))
    except FatalRefusalError:
        pass
    except yaml.MarkedYAMLError as error:
        fault = find_fault(whole.text, error, LOADER)
        problems.append(whole.problem_at(fault.code, fault.span, fault.message, fault.hint))
        tree.is_unusable = True
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError):
        # What the parser itself stumbles over: it names no place, so the last one that it reached must do.
        last = max((end for _, end in tree.spans.values()), default=0)
        problems.append(whole.problem_at("HW101", (last, last), "This cannot be read as YAML from here on."))
        tree.is_unusable = True
    problems += [whole.problem_at(r.code, r.span, r.message, r.hint) for r in tree.refusals]
    problems.sort(key=lambda problem: problem.location)
    if tree.is_unusable:
        return None, tuple(problems)
    return (
        YamlDocument(tree.value, whole.path, whole.text, tree.spans, tree.key_spans, whole.first_line),
        tuple(problems),
    )
