"""Notes: what somebody says of a meeting or of their own days, as a file or as an entry of a logbook.

A partnership keeps the layout that it has: notes in files, or one growing logbook with its own headings and order.
How a note is understood is in `headway.documents`; nothing here is read from it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, time

from msgspec import Struct
from msgspec.structs import replace

from headway.documents.dates import find_date
from headway.documents.frontmatter import parse_front_matter
from headway.model.fields import MeetingStatus
from headway.model.partnership import Meeting, Partnership
from headway.patterns import compile_late
from headway.progress.report import MeetingReport, PartnershipReport
from headway.writing.changes import Change, RefusedError
from headway.writing.yaml_edits import set_key
from headway.writing.yaml_values import Value, render_block

_ISO = compile_late(r"\d{4}-\d{2}-\d{2}")
_NAMED = compile_late(r"(\d{1,2}) ([A-Z][a-z]{3,8}) (\d{4})")
_HEADING = compile_late(r"(?m)^(#{1,6})(?=[ \t])")
_NOTES_HEADING = compile_late(r"(?mi)^##+[ \t]+notes[ \t]*$")
_PLANNED = (MeetingStatus.PLANNED, MeetingStatus.UNCONFIRMED)


class Said(Struct, frozen=True):
    """What somebody says of one meeting; ``text`` is Markdown, everything else as front matter has it."""

    on: date
    text: str = ""
    at: time | None = None
    minutes: int | None = None
    planned_minutes: int | None = None
    status: str | None = None
    notice: str | None = None
    attendees: tuple[str, ...] = ()
    next_on: date | None = None
    author: str | None = None
    visibility: str | None = None

    def matter(self) -> dict[str, Value]:
        """Return what front matter holds of it, in the order in which people write it."""
        values: dict[str, Value | None] = {
            "author": self.author,
            "status": self.status,
            "time": self.at.strftime("%H:%M") if self.at else None,
            "minutes": self.minutes,
            "planned_minutes": self.planned_minutes,
            "notice": self.notice,
            "attendees": self.attendees or None,
            "next": self.next_on,
            "visibility": self.visibility,
        }
        return {key: value for key, value in values.items() if value is not None}


def plan_meeting(
    report: PartnershipReport,
    folder: str,
    files: Mapping[str, bytes],
    said: Said,
    names: Mapping[str, str],
    how: str = "",
) -> Change:
    """Return the change that writes a meeting down: into its planned note, the logbook, or a file of its own.

    ``files`` are the partnership's notes, ``names`` its people's names by id. Where a note of that day tells of
    a meeting already, ``how`` says whether this is to ``add`` to it or a ``second`` one; else it is refused.
    """
    there = [r for r in report.meetings if r.meeting.on == said.on]
    planned = next((r for r in there if r.status in _PLANNED and r.meeting.note.path in files), None)
    logbook = find_logbook(report.partnership, folder, files)
    if planned is not None and not _is_logbook(planned.meeting.note.path):
        path = planned.meeting.note.path
        return Change(path, files[path], _fill(files[path], path, _settled(said, planned)))
    if how == "add" and not there:
        raise RefusedError(f"There is no note of {said.on.isoformat()} to add to.", "Leave --add out to begin one.")
    if how == "add":
        return _add(there[-1].meeting, files, said)
    if there and how != "second":
        note = there[-1].meeting.note
        message = f"{note.path}:{note.line} tells of a meeting on {said.on.isoformat()} already."
        raise RefusedError(message, "Say --add to add your words to it, or --second for another meeting that day.")
    if logbook is not None:
        return Change(logbook, files[logbook], _enter(files[logbook], logbook, report.partnership, said, names))
    return Change(_free_path(f"{folder}/meetings", said.on, files), None, render_note(said).encode())


def plan_journal(folder: str, files: Collection[str], said: Said) -> Change:
    """Return the change that writes a journal entry; several on one day are fine."""
    return Change(_free_path(f"{folder}/journal", said.on, files), None, render_note(said).encode())


def render_note(said: Said) -> str:
    """Return a note's whole text: front matter where there is something to say in it, and the words."""
    matter = said.matter()
    head = "".join(f"{line}\n" for line in ("---", *render_block(matter), "---")) if matter else ""
    text = _lines(said.text)
    if text.startswith("---") and not head:
        text = f"\n{text}"
    return "\n".join(part for part in (head, text) if part) or "\n"


def find_logbook(partnership: Partnership, folder: str, files: Collection[str]) -> str | None:
    """Return the logbook that the partnership writes its meetings into now, None where it keeps them in files."""
    books = sorted(path for path in files if _is_logbook(path) and path.count("/") == folder.count("/") + 1)
    dated = [m for m in partnership.meetings if m.on is not None]
    if not dated:
        return books[-1] if books else None
    latest = dated[-1].note.path
    return latest if latest in books else None


def check_meeting(before: Partnership, after: Partnership | None, said: Said, path: str) -> None:
    """Raise RefusedError where what was written reads as something else than one meeting on its day."""
    old = [(m.note.path, m.on) for m in before.meetings]
    new = [(m.note.path, m.on) for m in after.meetings] if after is not None else []
    expected = old if (path, said.on) in old and len(new) == len(old) else [*old, (path, said.on)]
    if sorted(new, key=str) != sorted(expected, key=str):
        message = "A line of your text would be read as the beginning of another meeting, because it is a date."
        raise RefusedError(message, "Put a word before the date, or `- ` at the beginning of its line.")


def _is_logbook(path: str) -> bool:
    name = path.rpartition("/")[2]
    return name.startswith("logbook") and name.endswith(".md")


def _lines(text: str) -> str:
    """Return a text with ``\\n`` for its line breaks, ending in one; empty where there is nothing."""
    joined = re.sub("\r\n?", "\n", text).strip("\n").rstrip()
    return f"{joined}\n" if joined else ""


def _free_path(folder: str, on: date, files: Collection[str]) -> str:
    stems = (f"{folder}/{on.isoformat()}{number}.md" for number in ("", *(f"-{n}" for n in range(2, len(files) + 3))))
    return next(path for path in stems if path not in files)


def _settled(said: Said, planned: MeetingReport) -> Said:
    """Return what is said with the outcome that takes the place of `planned`."""
    expected = planned.meeting.note.planned_minutes
    is_short = said.minutes is not None and expected is not None and said.minutes < expected
    status = said.status or ("shortened" if is_short else "held")
    return replace(said, status=status)


def _fill(content: bytes, path: str, said: Said) -> bytes:
    """Return a planned meeting's note with what came of it, everything else in it as it was."""
    text = _decode(content, path)
    newline = "\r\n" if "\r\n" in text else "\n"
    front = parse_front_matter(text.replace("\r\n", "\n"), path)
    if front.document is None:
        head = newline.join(["---", *render_block(said.matter()), "---", "", ""])
        text = head + re.sub(r"(?mi)^(status[ \t]*:[ \t]*)planned[ \t]*$", lambda m: f"{m[1]}{said.status}", text)
    else:
        lines = text.split("\n")
        matter = "\n".join(lines[1 : front.height - 1]) + "\n"
        for key, value in said.matter().items():
            matter = set_key(matter.encode(), path, (), key, value, ("status", "minutes"), replace=True).decode()
        text = "\n".join([lines[0], matter.removesuffix("\n"), *lines[front.height - 1 :]])
    return _put_words(text, _lines(said.text), newline).encode()


def _put_words(text: str, words: str, newline: str) -> str:
    """Return a note with words under its heading `Notes`; at its end, under a new one, where it has none."""
    if not words:
        return text
    words = words.replace("\n", newline)
    heading = _NOTES_HEADING.search(text.replace("\r\n", " \n"))
    if heading is None:
        return text.rstrip() + f"{newline}{newline}## Notes{newline}{newline}{words}"
    before, after = text[: heading.end()].rstrip("\r\n"), text[heading.end() :].lstrip("\r\n")
    return f"{before}{newline}{newline}{words}{newline if after else ''}{after}"


def _add(meeting: Meeting, files: Mapping[str, bytes], said: Said) -> Change:
    """Return the change that puts words at the end of a meeting's note; other facts than words are refused."""
    note = meeting.note
    if not said.text.strip() or said.matter():
        raise RefusedError("--add takes words only; what stands in the note already is changed in the note itself.")
    text = _decode(files[note.path], note.path)
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(newline)
    words = _lines(said.text).rstrip("\n").split("\n")
    rest = lines[note.end_line :]
    lines[note.end_line :] = ["", *words, *(rest if any(rest) else [""])]
    return Change(note.path, files[note.path], newline.join(lines).encode())


def _decode(content: bytes, path: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise RefusedError(f"{path} is not UTF-8, so nothing is added to it.", "Save it as UTF-8 first.") from None


def _enter(content: bytes, path: str, partnership: Partnership, said: Said, names: Mapping[str, str]) -> bytes:
    """Return a logbook with one more entry, in the form and the order of those that it has."""
    text = _decode(content, path)
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(newline)
    entries = sorted((m.note.line, m.on) for m in partnership.meetings if m.note.path == path and m.on is not None)
    heading = _head(lines[entries[-1][0] - 1] if entries else "## 2026-01-01", said.on)
    level = len(heading) - len(heading.lstrip("#")) or 2
    present = ", ".join(names.get(who, who) for who in said.attendees)
    facts = {key: value for key, value in said.matter().items() if key in ("status", "minutes", "notice", "next")}
    labels = [f"**Present:** {present}"] if present else []
    labels += [f"{key.capitalize()}: {value}" for key, value in facts.items()]
    parts = [heading, *labels, *([demote(_lines(said.text), level).rstrip("\n")] if said.text.strip() else [])]
    entry = "\n\n".join(parts).split("\n")
    is_newest_first = len(entries) > 1 and entries[0][1] > entries[-1][1]
    if is_newest_first:
        at = entries[0][0] - 1
        lines[at:at] = [*entry, ""]
    else:
        while lines and not lines[-1].strip():
            lines.pop()
        lines += [*([""] if lines else []), *entry, ""]
    return newline.join(lines).encode()


def _head(like: str, on: date) -> str:
    """Return the line that begins an entry, in the form of another entry's; without that one's title."""
    found = find_date(like, "dmy")
    if found is None or (prefix := like[: found.start]).strip("#*_ \t("):
        return f"## {on.isoformat()}"
    closing = re.match(r"[*_)]{0,4}", like[found.end :])
    is_named = _NAMED.fullmatch(found.text.strip()) is not None
    day = f"{on.day} {on:%B} {on.year}" if is_named else on.isoformat()
    return f"{prefix}{day}{closing[0] if closing and prefix.strip('# ') else ''}"


def demote(text: str, level: int) -> str:
    """Return Markdown with its headings below ``level``, so that none ends the entry that it stands in."""
    levels = [len(marks) for marks in _HEADING.findall(text)]
    by = max(0, level + 1 - min(levels)) if levels else 0
    return _HEADING.sub(lambda match: "#" * min(6, len(match[1]) + by), text)
