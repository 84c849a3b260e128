"""Text: from bytes to characters, with the place of what could not be read; and which key a misspelt one means.

A note with a broken byte is still shown; a YAML file is not, because half a plan is a wrong plan. Knows
neither YAML nor Markdown.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from difflib import get_close_matches

from headway.patterns import compile_late
from headway.problems import Location, Problem

_LINE_BREAK = compile_late(r"\r\n|\r|\n")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SYNONYMS = {
    **dict.fromkeys(("due_date", "deadline", "target_date", "by"), ("due",)),
    **dict.fromkeys(("start_date", "begin", "since", "joined"), ("start", "from")),
    **dict.fromkeys(("end_date", "finish", "until", "left"), ("end", "to", "due")),
    "from": ("start",),
    "to": ("end",),
    "start": ("from",),
    "end": ("to",),
    **dict.fromkeys(("name", "label", "goal", "milestone", "step", "what"), ("title", "name", "id")),
    "title": ("name", "what"),
    **dict.fromkeys(("description", "desc", "reason", "because", "motivation"), ("why", "purpose", "bio", "reason")),
    **dict.fromkeys(("assignee", "responsible", "who", "for"), ("owner", "person")),
    **dict.fromkeys(("people", "participants", "partners", "mentor", "mentee", "mentors", "mentees"), ("members",)),
    **dict.fromkeys(("frequency", "rhythm", "every", "interval"), ("cadence",)),
    "duration": ("length",),
    "state": ("status",),
    **dict.fromkeys(("tz", "time_zone", "zone"), ("timezone",)),
    **dict.fromkeys(("mail", "e_mail"), ("email",)),
    **dict.fromkeys(("tasks", "todo", "subgoals", "checkpoints"), ("milestones", "steps")),
    **dict.fromkeys(("finished", "completed", "closed", "done_on", "date"), ("done", "on")),
    **dict.fromkeys(("percent", "percentage", "completion"), ("progress",)),
    **dict.fromkeys(("id", "member", "handle", "user"), ("person",)),
    "skills": ("strengths",),
    **dict.fromkeys(("handles", "nicknames", "github"), ("aliases", "links")),
    "lang": ("language",),
    **dict.fromkeys(("website", "urls"), ("links", "url")),
    **dict.fromkeys(("topic", "topics", "tags", "category"), ("area",)),
    **dict.fromkeys(("metric", "success"), ("measure", "success")),
    **dict.fromkeys(("private", "public", "audience"), ("visibility",)),
    "repo": ("repository",),
    "about": ("bio",),
}
"""What people write instead of a key, and the keys that they may mean, likelier ones first."""


class Lines:
    """A text's lines, and where in them a character stands."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _LINE_BREAK.finditer(text))]
        self.texts: tuple[str, ...] = tuple(_LINE_BREAK.split(text))

    def start(self, line: int) -> int:
        """Return the index of a line's first character."""
        return self._starts[line]

    def place(self, index: int) -> tuple[int, int]:
        """Return the line and the column of a character, both from 0; past the end counts as the end."""
        line = bisect_right(self._starts, max(index, 0)) - 1
        return line, min(max(index, 0) - self._starts[line], len(self.texts[line]))


def is_utf16(data: bytes) -> bool:
    """Whether these bytes are UTF-16, by their mark or by the zeros between Latin letters."""
    return data.startswith(_UTF16_MARKS) or (len(data) > 3 and b"\0" in data[:2] and data[:4].count(0) == 2)


def decode_strictly(data: bytes, path: str) -> str | Problem:
    """Return the text of UTF-8 bytes without their byte order mark, or what keeps them from being read."""
    hint = "Save the file as UTF-8."
    if is_utf16(data):
        return Problem("HW102", Location(path), "This file is UTF-16, and Headway reads UTF-8.", hint)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        body = data.removeprefix(b"\xef\xbb\xbf")
        lines = Lines(body.decode("utf-8", "surrogateescape"))
        fault = body[error.start]
        line, column = lines.place(len(body[: error.start].decode("utf-8", "surrogateescape")))
        excerpt = lines.texts[line].encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        message = f"The byte 0x{fault:02X} in line {line + 1} is not UTF-8: the file was saved in another encoding."
        return Problem("HW102", Location(path, line + 1, column + 1), message, hint, excerpt)


def decode_text(data: bytes, path: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of a note and warnings for what could not be read in it.

    Bytes that are not UTF-8 become U+FFFD, NUL is left out, a byte order mark is dropped; the first line of
    each kind is named. Line breaks stay as they are.
    """
    if data.startswith(_UTF16_MARKS):
        message = "This note is UTF-16; its text is read, but other tools may not manage."
        return data.decode("utf-16", "replace").replace("\0", ""), (
            Problem("HW141", Location(path), message, "Save the file as UTF-8."),
        )
    text = data.decode("utf-8-sig", "replace")
    problems: list[Problem] = []
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        index = len(data[: error.start].decode("utf-8-sig", "replace"))
        message = "This line holds bytes that are not UTF-8; they are shown as \N{REPLACEMENT CHARACTER}."
        problems.append(_point("HW141", path, text, index, message, "Save the file as UTF-8."))
    if "\0" in text:
        message = f"NUL characters ({text.count(chr(0))} in this note) are left out."
        problems.append(_point("HW142", path, text, text.index("\0"), message, "Delete the characters."))
        text = text.replace("\0", "")
    return text, tuple(problems)


def _point(code: str, path: str, text: str, index: int, message: str, hint: str) -> Problem:
    lines = Lines(text)
    line, column = lines.place(index)
    return Problem(code, Location(path, line + 1, column + 1), message, hint, lines.texts[line])


def shorten(text: str, limit: int = 60) -> str:
    """Return a text in one line of at most ``limit`` characters, to be named in a message."""
    line = " ".join(text[: limit * 8].split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def find_nearest_key(written: str, known: Iterable[str]) -> str | None:
    """Return the known key that was most likely meant, or None."""
    plain = {re.sub(r"[-_ ]", "", key.casefold()): key for key in known}
    folded = re.sub(r"[-_ ]", "", written[:80].casefold())
    if folded in plain:
        return plain[folded]
    meant = _SYNONYMS.get(written.casefold().replace(" ", "_").replace("-", "_"), ())
    likely = next((key for key in meant if key in plain.values()), None)
    near = get_close_matches(folded, plain, 1, 0.7)
    return likely or (plain[near[0]] if near else None)
