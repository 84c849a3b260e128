"""YAML with positions: every value as the text that was written, and the place where it stands.

Nothing is constructed: what a scalar means is decided by the schema's fields (`headway.model.fields`), so
``no`` is a country, ``16:00`` a time and ``1.10`` a version. Refused is what YAML offers beyond text, dicts and
lists: anchors, merge keys, tags, doubled keys, keys that are not text, a second document; and what is too much. Where
a syntax fault lies is in `headway.documents.yaml_faults`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, NoReturn

import yaml
from msgspec import Struct, field
from msgspec.structs import replace

from headway.documents.text import Lines, decode_strictly, shorten
from headway.documents.yaml_faults import Fault, find_fault
from headway.patterns import compile_late
from headway.problems import Location, Problem

MAX_BYTES, MAX_DEPTH, MAX_VALUES = 1 << 20, 32, 20_000
MAX_ENTRIES = 300  # of one list: every goal is a page
MAX_REFUSALS = 100  # told of one file: nobody mends more at once, and a hostile file has a million

FORBIDDEN = compile_late("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that no text may hold."""

Keys = tuple[str | int, ...]
Span = tuple[int, int]
"""The index of a first character, and of the one after the last."""

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})

LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # in C it is ten times faster, and gives the same events


class YamlDocument(Struct, frozen=True, dict=True):
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
    if match := FORBIDDEN.search(text):
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
    return replace(whole, value=tree.value, spans=tree.spans, key_spans=tree.key_spans), tuple(problems)


class FatalRefusalError(Exception):
    """The rest of the text is not worth reading; the refusal is noted."""


class _Frame(Struct):
    """A mapping or a list that is being read. What stands in a ``hidden`` one has no place and no use."""

    container: Any
    path: Keys
    start: int
    is_hidden: bool
    key: str | None = None
    """The key whose value comes next; None where that value is to be thrown away."""
    is_waiting: bool = False
    """Whether a key was read and its value not yet."""
    known: set[str] = field(default_factory=set)

    @property
    def wants_key(self) -> bool:
        return isinstance(self.container, dict) and not self.is_waiting


class TreeBuilder(Struct):
    """Reads events into ``value``; ``is_unusable`` where what was refused leaves a hole in it."""

    value: Any = None
    spans: dict[Keys, Span] = field(default_factory=dict)
    key_spans: dict[Keys, Span] = field(default_factory=dict)
    refusals: list[Fault] = field(default_factory=list)
    is_unusable: bool = False
    _stack: list[_Frame] = field(default_factory=list)
    _documents: int = 0

    def read(self, events: Iterable[Any]) -> None:
        """Read all events; raise what the parser raises, and FatalRefusalError."""
        for event in events:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._note_extras(event)
                self._take_scalar(event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self._note_extras(event)
                self._open({} if kind is yaml.MappingStartEvent else [], event)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._close(event)
            elif kind is yaml.AliasEvent:
                self._refuse_alias(event)
            elif kind is yaml.DocumentStartEvent:
                self._begin_document(event)

    def _refuse(self, code: str, event: Any, message: str, hint: str) -> None:
        if len(self.refusals) < MAX_REFUSALS:
            self.refusals.append(Fault(code, (event.start_mark.index, event.end_mark.index), message, hint))

    def _begin_document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            message = "A second document starts here, and only the first would be read."
            self._refuse("HW109", event, message, "Make it a file of its own, or take the `---` out.")
            raise FatalRefusalError

    def _note_extras(self, event: Any) -> None:
        if event.tag is not None:
            message = f"`{event.tag}` is a tag, and Headway's files have none."
            self._refuse("HW108", event, message, "Leave the tag out; if it is text, put it in quotes.")
        if event.anchor is not None:
            message = f"`&{event.anchor}` is an anchor, and Headway's files have none."
            self._refuse("HW106", event, message, "Leave the anchor out; if it is text, put it in quotes.")

    def _refuse_alias(self, event: Any) -> None:
        message = f"`*{event.anchor}` is an alias, and Headway's files have none."
        self._refuse("HW106", event, message, "Write the value out here; if it is text, put it in quotes.")
        self.is_unusable = True
        if self._stack and self._stack[-1].wants_key:
            self._stack[-1].is_waiting, self._stack[-1].key = True, None
        else:
            self._store(None, event)

    def _take_scalar(self, event: Any) -> None:
        text = event.value
        if event.style == '"' and (match := FORBIDDEN.search(text)):
            message = f"This text holds the character U+{ord(match[0]):04X}, which no text may hold."
            self._refuse("HW103", event, message, "Take the `\\` and the code after it out.")
            text = FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
        if self._stack and self._stack[-1].wants_key:
            self._take_key(self._stack[-1], text, event)
        else:
            self._store(None if event.implicit[0] and text in _NULLS else text, event)

    def _take_key(self, frame: _Frame, text: str, event: Any) -> None:
        frame.is_waiting, frame.key = True, None
        if text == "<<" and event.implicit[0]:
            message = "`<<` would merge another mapping in, and Headway's files have no merge keys."
            self._refuse("HW107", event, message, "Write the keys out here.")
            self.is_unusable = True
        elif not text.strip():
            self._refuse("HW111", event, "A key is empty here.", "Write the key before the colon.")
        elif text in frame.known:
            message = f"`{shorten(text)}` stands twice in the same mapping."
            self._refuse("HW105", event, message, "Keep one of the two.")
        else:
            frame.known.add(text)
            frame.key = text
            if not frame.is_hidden:
                self.key_spans[(*frame.path, text)] = (event.start_mark.index, event.end_mark.index)

    def _store(self, value: Any, event: Any) -> Keys | None:
        """Put a value where it belongs and return its path, or None where it has no place."""
        if len(self.spans) >= MAX_VALUES:
            self._give_up(event, f"More than {MAX_VALUES:,} values stand in this file.")
        span = (event.start_mark.index, event.end_mark.index)
        if not self._stack:
            self.value = value
            self.spans[()] = span
            return ()
        frame = self._stack[-1]
        key: str | int | None = frame.key
        if isinstance(frame.container, list):
            key = len(frame.container)
            if key >= MAX_ENTRIES:
                self._give_up(event, f"More than {MAX_ENTRIES:,} entries stand in this list.")
            frame.container.append(value)
        elif frame.key is not None:
            frame.container[frame.key] = value
        frame.is_waiting = False
        if key is None or frame.is_hidden:
            return None
        path = (*frame.path, key)
        self.spans[path] = span
        return path

    def _give_up(self, event: Any, message: str) -> NoReturn:
        self._refuse("HW110", event, message, "Write less of it, or flatter; if it is text, put it in quotes.")
        self.is_unusable = True
        raise FatalRefusalError

    def _open(self, container: Any, event: Any) -> None:
        if len(self._stack) >= MAX_DEPTH:
            self._give_up(event, f"More than {MAX_DEPTH} lists and mappings stand in each other here.")
        path: Keys | None = None
        if self._stack and self._stack[-1].wants_key:
            self._refuse("HW111", event, "A key must be text.", "If it is text, put it in quotes.")
            self._stack[-1].is_waiting, self._stack[-1].key = True, None
        else:
            path = self._store(container, event)
        self._stack.append(_Frame(container, path or (), event.start_mark.index, path is None))

    def _close(self, event: Any) -> None:
        frame = self._stack.pop()
        if not frame.is_hidden:
            self.spans[frame.path] = (frame.start, event.end_mark.index)
