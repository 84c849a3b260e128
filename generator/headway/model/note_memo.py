"""The memory of notes: what one partnership's notes said, for whoever reads them again and again, as a preview does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from msgspec import Struct, field

from headway.documents.notes import NoteReading

N = TypeVar("N")


class NoteMemo(Struct):
    """What one partnership's notes said when they were last read, for whoever reads it again and again.

    A note is a function of its text and of what it is read with: where both are the same, so is the note.
    """

    _reading: NoteReading | None = None
    _fresh: dict[tuple[str, str, str | None], Any] = field(default_factory=dict)
    _known: dict[tuple[str, str, str | None], Any] = field(default_factory=dict)

    def begin(self, reading: NoteReading) -> None:
        """Begin a reading of all notes; what the one before this found still holds, if it read alike."""
        self._known = self._fresh if self._reading in (None, reading) else {}
        self._reading, self._fresh = reading, {}

    def alone(self) -> NoteMemo:
        """Return what the notes said without what they were read with: for whoever knows that this stays the same."""
        return NoteMemo(None, self._fresh)

    def recall(self, path: str, text: str, author: str | None, parse: Callable[[], N]) -> N:
        """Return what a note said, or what ``parse`` makes of it."""
        key = (path, text, author)
        if key not in self._fresh:
            self._fresh[key] = self._known[key] if key in self._known else parse()
        note: N = self._fresh[key]
        return note
