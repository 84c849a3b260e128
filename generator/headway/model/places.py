"""Places: where in whose file a rule's finding stands.

Reading keeps the YAML documents and the notes' texts here and hands them to the rules; the model itself
knows no lines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from headway.documents.note import Note
from headway.documents.text import Lines
from headway.documents.yaml import YamlDocument
from headway.documents.yaml_tree import Keys
from headway.problems import Location, Problem

_SEARCHED_LINES = 60
"""How far into a note a word of its front matter is looked for."""


@dataclass(frozen=True, slots=True)
class Places:
    """The YAML documents and the notes' texts of a partnership, or of the program, by their paths."""

    documents: Mapping[str, YamlDocument] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    """Files that are there and could not be read: nothing can be said of what should stand in them."""

    def written(self, path: str, *keys: str | int) -> Any:
        """Return what stands at a path of keys, as it was written; None where nothing does."""
        document = self.documents.get(path)
        if document is None:
            return None
        value: Any = document.value
        for key in document.origin(keys):
            try:
                value = value[key]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def problem(self, code: str, path: str, keys: Keys, message: str, hint: str = "", key: bool = False) -> Problem:
        """Return a problem with a value of a YAML file, or with its key."""
        document = self.documents.get(path)
        if document is None:
            return Problem(code, Location(path), message, hint)
        return document.problem(code, keys, message, hint, key)

    def problem_in_note(self, code: str, note: Note, message: str, hint: str = "", word: str = "") -> Problem:
        """Return a problem with a note: at the first place of ``word`` in it, else at its first line."""
        lines = Lines(self.texts.get(note.path, "")).texts
        last = min(note.end_line, note.line + _SEARCHED_LINES, len(lines))
        for number in range(note.line, last + 1):
            column = lines[number - 1].find(word) if word else -1
            if column >= 0:
                place = Location(note.path, number, column + 1, len(word))
                return Problem(code, place, message, hint, lines[number - 1])
        excerpt = lines[note.line - 1] if 0 < note.line <= len(lines) else ""
        return Problem(code, Location(note.path, note.line, 1, max(1, len(excerpt.rstrip()))), message, hint, excerpt)
