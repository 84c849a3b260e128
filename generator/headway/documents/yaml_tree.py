"""The tree of a YAML text: the parser's events as text, dicts and lists, each with its place.

Refuses what YAML offers beyond that: anchors, aliases, merge keys, tags, doubled keys, keys that are not
text, a second document, deep nesting. Works through the events one by one and never calls itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import yaml

from headway.documents.text import shorten

MAX_DEPTH = 32
MAX_REFUSALS = 100
"""Told of one file at a time: nobody mends more at once, and a hostile file has a million."""

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that no text may hold."""

Keys = tuple[str | int, ...]
Span = tuple[int, int]
"""The index of a first character, and of the one after the last."""

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Refusal:
    code: str
    span: Span
    message: str
    hint: str


class FatalRefusalError(Exception):
    """The rest of the text is not worth reading; the refusal is noted."""


@dataclass(slots=True)
class _Frame:
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


@dataclass(slots=True)
class TreeBuilder:
    """Reads events into ``value``; ``is_unusable`` where what was refused leaves a hole in it."""

    value: Any = None
    spans: dict[Keys, Span] = field(default_factory=dict)
    key_spans: dict[Keys, Span] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
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
            self.refusals.append(Refusal(code, (event.start_mark.index, event.end_mark.index), message, hint))

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
        span = (event.start_mark.index, event.end_mark.index)
        if not self._stack:
            self.value = value
            self.spans[()] = span
            return ()
        frame = self._stack[-1]
        key: str | int | None = frame.key
        if isinstance(frame.container, list):
            key = len(frame.container)
            frame.container.append(value)
        elif frame.key is not None:
            frame.container[frame.key] = value
        frame.is_waiting = False
        if key is None or frame.is_hidden:
            return None
        path = (*frame.path, key)
        self.spans[path] = span
        return path

    def _open(self, container: Any, event: Any) -> None:
        if len(self._stack) >= MAX_DEPTH:
            message = f"More than {MAX_DEPTH} lists and mappings stand in each other here."
            self._refuse("HW110", event, message, "Write it flatter; if it is text, put it in quotes.")
            self.is_unusable = True
            raise FatalRefusalError
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
