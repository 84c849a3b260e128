"""What a note says, once read: the values that meetings and journals are made of.

Owners and attendees are already the ids of people; the matching is in `headway.documents.names`.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from markdown_it.token import Token
from msgspec import Struct, field

from headway.problems import Problem

EVERYBODY = "all"
"""The owner of a task or goal that each member shares."""


class Task(Struct, frozen=True):
    """Something somebody said they would do, as it stands in one note.

    ``text`` is Markdown without the marks that say who, when and whether; ``owner`` is a person's id,
    `EVERYBODY`, the name of a guest who was there, as written, or None where nobody was named.
    """

    line: int
    text: str
    owner: str | None = None
    due: datetime.date | None = None
    is_done: bool = False


class Mark(Struct, frozen=True):
    """A marked line: ``kind`` is win, thanks, feedback, decision, blocker, question, idea or reframe.

    For feedback, ``giver`` gave it and ``people`` received it, ``worked`` and ``to_try`` are the items under
    it; for thanks, ``people`` are thanked. ``text`` is Markdown without the label.
    """

    kind: str
    line: int
    end_line: int
    text: str
    giver: str | None = None
    people: tuple[str, ...] = ()
    worked: tuple[str, ...] = ()
    to_try: tuple[str, ...] = ()


class Attendance(Struct, frozen=True):
    """Who was there. ``is_known`` is False where the note has no list: then nobody counts as absent."""

    is_known: bool = False
    present: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()
    """Names that match nobody, as written, without role and links."""
    absent: tuple[str, ...] = ()


class Note(Struct, frozen=True):
    """One meeting's or journal entry's note, read.

    ``line`` and ``end_line`` are its first and last line in ``path``; ``tokens`` are its Markdown tokens
    for rendering, their maps relative to the note's own text; ``shift`` is the file's lines before that text.
    """

    path: str
    line: int
    end_line: int
    title: str
    date: datetime.date | None = None
    time: datetime.time | None = None
    minutes: int | None = None
    planned_minutes: int | None = None
    status: str | None = None
    """held, shortened, moved, cancelled, missed or planned, where the note says so."""
    notice_hours: float | None = None
    kind: str = "meeting"
    goals: tuple[str, ...] = ()
    energy: Mapping[str, int] = field(default_factory=dict)
    next_on: datetime.date | None = None
    next_at: datetime.time | None = None
    visibility: str | None = None
    author: str | None = None
    attendance: Attendance = Attendance()
    tasks: tuple[Task, ...] = ()
    marks: tuple[Mark, ...] = ()
    private_lines: tuple[tuple[int, int], ...] = ()
    """Line ranges (first, last) for the partners only: feedback, energy."""
    tokens: tuple[Token, ...] = ()
    shift: int = 0
    keys: tuple[str, ...] = ()
    """The keys of its front matter as they are written, unknown ones too."""
    problems: tuple[Problem, ...] = ()
    title_line: int | None = None
    """The line of the heading that is the title, so that a page need not say it twice; None without one."""
