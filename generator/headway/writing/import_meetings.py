"""Importing meetings: each row of a spreadsheet becomes a note of its partnership, where that day has none yet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from headway.build import Walk
from headway.documents.names import fold_name
from headway.model.reading import read_partnership
from headway.patterns import compile_late
from headway.source.names import fold_id
from headway.source.snapshot import Folder
from headway.writing.importing import ROLES, read_members
from headway.writing.imports import Import
from headway.writing.records import Directory, Faults, Record, list_people, quote, read_day, read_people, split_entries
from headway.writing.yaml_values import Value, render_block

_MINUTES = compile_late(r"(\d{1,4})(?:[.,]0+)?\s*(?:m|min|mins|minutes)?\.?", re.IGNORECASE)
_HOURS = compile_late(r"(\d{1,2}):(\d\d)(?::\d\d)?")
_OUTCOMES = {
    "done": "held", "yes": "held", "completed": "held", "took place": "held", "short": "shortened",
    "postponed": "moved", "rescheduled": "moved", "canceled": "cancelled", "no show": "missed", "no": "missed",
    "scheduled": "planned", "upcoming": "planned",
}  # fmt: skip


class _Pairs(Struct, frozen=True):
    """The partnerships by what a spreadsheet may call them: id, title, or the people in them."""

    folders: Mapping[str, Folder]
    titles: Mapping[str, Sequence[str]]
    members: Mapping[frozenset[str], Sequence[str]]
    people: Directory

    def find(self, record: Record, faults: Faults) -> Folder | None:
        """Return the partnership that a row is of; None where that is a fault."""
        text, column = record.get("partnership"), record.columns.get("partnership")
        if text:
            found = [text] if text in self.folders else self.titles.get(fold_name(text), ())
            found = found or [name for name in self.folders if fold_id(name) == fold_id(text)]
            found = found or self._of_people(self.people, text)
            called = quote(text)
        else:
            column = next((record.columns[role] for role in ROLES if role in record.columns), column)
            before = len(faults.found)
            ids = [id_ for role in ROLES for id_ in read_people(record, role, self.people, faults)]
            if len(faults.found) > before:
                return None
            if not ids:
                faults.add(record.row, column, "It is not said of which partnership this is.")
                return None
            found, called = self.members.get(frozenset(ids), ()), " & ".join(ids)
        if len(found) == 1:
            return self.folders[found[0]]
        hint = "Write its id, the name of its folder." if found else "Import or add it first: headway new partnership."
        message = f"{called} may be {' or '.join(sorted(found))}." if found else f"There is no partnership {called}."
        faults.add(record.row, column, message, hint)
        return None

    def _of_people(self, people: Directory, text: str) -> Sequence[str]:
        found = [people.find(part) for part in re.split(r"[;,&+/\r\n]|\sand\s", text) if part.strip()]
        is_clear = all(len(ids) == 1 for ids in found)
        return self.members.get(frozenset(ids[0] for ids in found), ()) if is_clear else ()


def plan_meetings(records: Sequence[Record], walk: Walk, order: str | None) -> Import:
    """Return a note for each meeting on a day of which its partnership has none; that day's is left as it is."""
    result, pairs = Import(), _list_pairs(walk)
    days_there: dict[str, set[date]] = {}
    rows: dict[tuple[str, date], int] = {}
    for record in records:
        folder = pairs.find(record, result.faults)
        on, next_on = (read_day(record, name, order, result.faults) for name in ("date", "next"))
        if not record.get("date"):
            result.faults.add(record.row, record.columns.get("date"), "The day is missing.", "Write it as 2026-03-01.")
        matter = dict(_matter(record, pairs.people, next_on, result.faults))
        if folder is None or on is None:
            continue
        if (folder.path, on) in rows:
            message = f"Row {rows[folder.path, on]} is of that day already."
            hint = "Write both into one row; `headway log --second` adds another meeting on a day."
            result.faults.add(record.row, record.columns["date"], message, hint)
            continue
        rows[folder.path, on] = record.row
        if folder.path not in days_there:
            days_there[folder.path] = _days_of(walk, folder)
        path = f"{folder.path}/meetings/{on.isoformat()}.md"
        if on in days_there[folder.path] or path in folder.files:
            result.there.append(record.row)
        else:
            result.add(record, path, _note(matter, record))
    return result


def _matter(record: Record, people: Directory, next_on: date | None, faults: Faults) -> Iterator[tuple[str, Value]]:
    """Yield what a note's front matter says of a row."""
    if title := record.get("title"):
        yield "title", title
    if hours := record.get("time"):
        match = _HOURS.fullmatch(hours)
        if match is None or int(match[1]) > 23 or int(match[2]) > 59:
            faults.add(
                record.row, record.columns["time"], f"{quote(hours)} is not a time of day.", "Write it as 17:00."
            )
        else:
            yield "time", f"{int(match[1]):02}:{match[2]}"
    if minutes := record.get("minutes"):
        if match := _MINUTES.fullmatch(minutes):
            yield "minutes", int(match[1])
        else:
            hint = "Write whole minutes, as 45."
            faults.add(record.row, record.columns["minutes"], f"{quote(minutes)} is not a number of minutes.", hint)
    for key in ("status", "kind", "visibility"):
        if word := record.get(key).casefold():
            yield key, _OUTCOMES.get(word.replace("-", " "), word) if key == "status" else word
    if attendees := split_entries(record.get("attendees")):
        found = [(people.find(name), name) for name in attendees]
        yield "attendees", [ids[0] if len(ids) == 1 else name for ids, name in found]
    if next_on is not None:
        yield "next", next_on


def _note(matter: Mapping[str, Value], record: Record) -> str:
    """Return a note's text: front matter, the words, and a box for each task."""
    head = ["---", *render_block(matter), "---", ""] if matter else []
    text = record.get("text").replace("\r\n", "\n").replace("\r", "\n")
    tasks = [f"- [ ] {' '.join(task.split())}" for task in split_entries(record.get("tasks"))]
    parts = [text] if text else []
    parts += ["## Next steps\n\n" + "\n".join(tasks)] if tasks else []
    body = "\n\n".join(parts)
    # Text that begins with a rule would be read as front matter.
    gap = "\n" if body.startswith("---") and not head else ""
    return "".join(f"{line}\n" for line in head) + gap + f"{body}\n"


def _list_pairs(walk: Walk) -> _Pairs:
    titles: dict[str, list[str]] = {}
    members: dict[frozenset[str], list[str]] = {}
    folders = {folder.name: folder for folder in walk.folders()}
    for name, folder in folders.items():
        written = read_members(walk, folder)
        if written is not None:
            ids = dict.fromkeys(id_ for id_, _ in written[0])
            members.setdefault(frozenset(ids), []).append(name)
            names = " & ".join(walk.context.record.people[id_].name for id_ in ids if id_)
            titles.setdefault(fold_name(str(written[1].get("title") or names)), []).append(name)
    return _Pairs(folders, titles, members, list_people(walk.context.record))


def _days_of(walk: Walk, folder: Folder) -> set[date]:
    partnership, _ = read_partnership(walk.snapshot, folder, walk.context.record, walk.context.today)
    return {meeting.on for meeting in partnership.meetings if meeting.on} if partnership else set()
