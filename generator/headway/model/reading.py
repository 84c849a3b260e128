"""Reading: a partnership's folder becomes a `Partnership`.

Each file is read once; what is wrong in it becomes a problem, and what can be saved is kept. How a note is
understood is in `headway.documents.notes`, what files owe each other in `headway.model.rules`. An OSError of
the snapshot's is not caught: a file that vanishes while it is read is nobody's typing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from headway.documents.names import NameBook, Named
from headway.documents.note import Note
from headway.documents.notes import NoteReading, parse_logbook, parse_note
from headway.model.desk import Desk
from headway.model.fields import Role
from headway.model.files import look_at_files
from headway.model.goals import Goal, GoalPlan
from headway.model.note_memo import NoteMemo, Told
from headway.model.partnership import Agreement, Introduction, JournalEntry, Meeting, Partnership, PartnershipFile
from headway.model.program import ProgramRecord
from headway.model.resolving import (
    compose_title,
    default_author,
    name_notes,
    note_visibility,
    resolve_cadence,
    resolve_end,
    resolve_file,
    resolve_goal,
    resolve_start,
    sort_notes,
)
from headway.model.rules import check_partnership
from headway.problems import Location, Problem, sort_problems
from headway.source.names import fold_id
from headway.source.snapshot import Folder, Snapshot


def read_partnership(
    snapshot: Snapshot, folder: Folder, record: ProgramRecord, today: date, memo: NoteMemo | None = None
) -> tuple[Partnership | None, tuple[Problem, ...]]:
    """Return a partnership with everything in its folder, and what is wrong with it on that day.

    None where its partnership.yaml is missing or cannot be read; the other files' problems are told anyway. With
    the ``memo`` of an earlier reading, begun anew by the caller, only notes that changed are read.
    """
    desk = Desk(snapshot, problems=list(folder.problems))
    path, plan_path = f"{folder.path}/partnership.yaml", f"{folder.path}/goals.yaml"
    file = desk.read(PartnershipFile, path) if path in folder.files else None
    if path not in folder.files:
        hint = "Write one: `members:` and below it `- {person: ada, role: mentee}`."
        desk.problems.append(Problem("HW226", Location(path), "This partnership has no partnership.yaml.", hint))
    plan = desk.read(GoalPlan, plan_path) if plan_path in folder.files else GoalPlan()
    resolved = resolve_file(file or PartnershipFile(), record)
    notes = _read_notes(desk, folder, resolved, record, memo or NoteMemo())
    desk.problems += [problem for note in notes.all() for problem in note.problems]
    if file is None:
        return None, sort_problems(desk.problems)
    partnership = _join(folder, resolved, plan or GoalPlan(), notes, record)
    looks = look_at_files(snapshot, partnership.attachments, notes.all())
    partnership = replace(partnership, files=looks)
    desk.problems += check_partnership(partnership, record, today, folder.path, desk.places)
    return partnership, sort_problems(desk.problems)


class _Notes(Struct, frozen=True):
    meetings: tuple[Note, ...]
    journal: tuple[Note, ...]
    introductions: tuple[Note, ...]

    def all(self) -> Iterable[Note]:
        return (*self.meetings, *self.journal, *self.introductions)


def _read_notes(desk: Desk, folder: Folder, file: PartnershipFile, record: ProgramRecord, memo: NoteMemo) -> _Notes:
    reading, author = _note_reading(file, record), default_author(file)
    meetings: list[Note] = []
    journal: list[Note] = []
    introductions: list[Note] = []
    for path in folder.files:
        within = path.removeprefix(folder.path + "/")
        area, slash, _ = within.partition("/")
        if not within.endswith(".md"):
            continue
        if slash and area == "meetings":
            text = desk.read_text(path)
            meetings += memo.recall(path, text, None, partial(_read_note, text, path, reading)).notes
        elif slash and area == "journal":
            text = desk.read_text(path)
            read = partial(_read_note, text, path, reading, author, "journal")
            journal += memo.recall(path, text, author, read).notes
        elif not slash and within.startswith("logbook"):
            text = desk.read_text(path)
            told = memo.recall(path, text, None, partial(_read_logbook, text, path, reading))
            meetings += told.notes
            introductions += [told.introduction] if told.introduction is not None else []
    return _Notes(tuple(sort_notes(meetings)), tuple(sort_notes(journal)), tuple(introductions))


def _read_note(text: str, path: str, reading: NoteReading, author: str | None = None, kind: str = "meeting") -> Told:
    return Told((parse_note(text, path, reading, default_author=author, kind=kind),))


def _read_logbook(text: str, path: str, reading: NoteReading) -> Told:
    introduction, notes = parse_logbook(text, path, reading)
    return Told(notes, introduction)


def _note_reading(file: PartnershipFile, record: ProgramRecord) -> NoteReading:
    """Return what a note's reader has to know: the people, and the program's habits."""
    program = record.program
    length = (file.agreement.length if file.agreement else None) or program.defaults.length
    members: dict[str, Named] = {}
    for member in file.members:
        person = record.people.get(member.person)
        name, aliases = (person.name, person.aliases) if person else (member.person, ())
        if member.person not in members or member.role is Role.MENTEE:
            members[member.person] = Named(member.person, name, aliases, member.role.value)
    return NoteReading(
        book=NameBook(tuple(members.values()), record.everybody),
        date_order=program.date_order,
        task_sections=program.task_sections,
        length_minutes=length.minutes if length else None,
    )


def _join(folder: Folder, file: PartnershipFile, plan: GoalPlan, notes: _Notes, record: ProgramRecord) -> Partnership:
    """Return the partnership that these files make together."""
    defaults = record.program.visibility
    partnership_id = unicodedata.normalize("NFC", folder.name)
    visibility = file.visibility or defaults.partnerships
    goals = tuple(resolve_goal(goal, record, defaults, visibility) for goal in plan.goals)
    meetings = [_with_goals(note, goals) for note in notes.meetings]
    journal = [_with_goals(note, goals) for note in notes.journal]
    return Partnership(
        id=partnership_id,
        title=compose_title(file, record, partnership_id),
        file=file,
        start=resolve_start(file, record, (note.date for note in meetings)),
        end=resolve_end(file, record),
        cadence=resolve_cadence(file.agreement or Agreement(), record),
        visibility=visibility,
        goals=goals,
        meetings=tuple(
            Meeting(slug, note, note_visibility(note, defaults.meetings, visibility))
            for slug, note in zip(name_notes(meetings), meetings, strict=True)
        ),
        journal=tuple(
            JournalEntry(slug, note, note.author, note_visibility(note, defaults.journal, visibility))
            for slug, note in zip(name_notes(journal), journal, strict=True)
        ),
        introductions=tuple(
            Introduction(note, note_visibility(note, defaults.meetings, visibility)) for note in notes.introductions
        ),
        attachments=tuple(path for path in folder.files if path.startswith(f"{folder.path}/files/")),
    )


def _with_goals(note: Note, goals: tuple[Goal, ...]) -> Note:
    """Return the note with the goals' ids as the plan spells them; unknown ones stay as written."""
    if not note.goals:
        return note
    spelled = {fold_id(goal.id): goal.id for goal in goals}
    return replace(note, goals=tuple(spelled.get(fold_id(written), written) for written in note.goals))
