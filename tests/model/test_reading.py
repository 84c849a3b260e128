"""Reading: files become a record and partnerships, with what they leave to others filled in."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from headway.model.fields import Visibility
from headway.model.partnership import Partnership
from headway.model.program_reading import read_program
from headway.model.reading import read_partnership
from headway.problems import Problem, Severity
from headway.source.folder import read_folder

TODAY = date(2026, 5, 20)
PAIR = """
--- content/people/ines.yaml
name: Ines Faro
--- content/people/otto.yaml
name: Otto Lind
--- content/partnerships/ines-otto/partnership.yaml
members:
  - {person: ines, role: mentee}
  - {person: OTTO, role: mentor}
"""

Write = Callable[[str], Path]


def read_all(root: Path) -> tuple[list[Partnership], list[Problem]]:
    snapshot = read_folder(root)
    record, problems = read_program(snapshot)
    found = list(problems)
    partnerships = []
    for folder in snapshot.partnerships:
        partnership, more = read_partnership(snapshot, folder, record, record.program.today or TODAY)
        found += more
        partnerships += [partnership] if partnership else []
    return partnerships, found


@pytest.fixture
def read(write_program: Write) -> Callable[[str], Partnership]:
    def read_one(text: str) -> Partnership:
        program = text if "--- headway.yaml" in text else f"--- headway.yaml\nprogram: P\n{text.lstrip()}"
        return read_all(write_program(program))[0][0]

    return read_one


def test_ids_are_resolved_to_the_names_of_files(read: Callable[[str], Partnership]) -> None:
    goals = "--- content/partnerships/ines-otto/goals.yaml\ngoals:\n  - {id: a, title: A, owner: Otto}\n"
    goals += "  - {id: b, title: B, owner: All}\n"
    partnership = read(PAIR + goals)
    assert [member.person for member in partnership.members] == ["ines", "otto"]
    assert [goal.owner for goal in partnership.goals] == ["otto", "all"]
    assert partnership.title == "Ines Faro & Otto Lind"


def test_a_decomposed_id_is_the_same_id(write_program: Write) -> None:
    text = "--- headway.yaml\nprogram: P\n--- content/people/zoë.yaml\nname: Zoë\n"
    text += "--- content/partnerships/p/partnership.yaml\nkind: solo\nmembers: [{person: zoe\u0308, role: member}]\n"
    partnerships, problems = read_all(write_program(text))
    assert partnerships[0].members[0].person == "zoë"
    assert not problems


def test_days_and_cadence_come_from_the_nearest_that_says_so(read: Callable[[str], Partnership]) -> None:
    head = "--- headway.yaml\nprogram: P\ndefaults: {cadence: 3 weeks}\ncohorts:\n"
    head += "  - {id: Spring, start: 2026-02-01, end: 2026-06-30}\n"
    by_cohort = read(head + PAIR.lstrip() + "cohort: spring\n")
    assert (by_cohort.start, by_cohort.end, by_cohort.cadence) == (date(2026, 2, 1), date(2026, 6, 30), 21)
    assert by_cohort.file.cohort == "Spring"
    own = read(head + PAIR.lstrip() + "cohort: spring\nstart: 2026-03-01\nagreement: {cadence: weekly}\n")
    assert (own.start, own.end, own.cadence) == (date(2026, 3, 1), date(2026, 6, 30), 7)


def test_without_any_start_the_first_meeting_starts(read: Callable[[str], Partnership]) -> None:
    notes = "--- content/partnerships/ines-otto/meetings/2026-03-09.md\nHello.\n"
    notes += "--- content/partnerships/ines-otto/meetings/2026/2026-02-09.md\nHello.\n"
    partnership = read(PAIR + notes)
    assert (partnership.start, partnership.end, partnership.cadence) == (date(2026, 2, 9), None, 14)


def test_meetings_are_named_by_day_and_sorted(read: Callable[[str], Partnership]) -> None:
    folder = "--- content/partnerships/ines-otto/"
    notes = f"{folder}meetings/2026-03-09-b.md\nTwo.\n{folder}meetings/2026-03-09-a.md\nOne.\n"
    notes += f"{folder}meetings/no-day.md\nNever.\n{folder}logbook.md\nBefore.\n\n## 2026-03-02\n\nZero.\n"
    notes += f"{folder}journal/2026-03-03.md\nI wrote this.\n{folder}files/plan.txt\nx\n"
    partnership = read(PAIR + notes)
    assert [meeting.slug for meeting in partnership.meetings] == ["2026-03-02", "2026-03-09", "2026-03-09-2", "no-day"]
    assert partnership.meetings[1].note.path.endswith("2026-03-09-a.md")
    assert [(entry.slug, entry.author) for entry in partnership.journal] == [("2026-03-03", "ines")]
    assert len(partnership.introductions) == 1
    assert partnership.attachments == ("content/partnerships/ines-otto/files/plan.txt",)


def test_the_least_visible_of_an_item_and_its_holders_counts(read: Callable[[str], Partnership]) -> None:
    head = "--- headway.yaml\nprogram: P\nvisibility: {goals: public, meetings: partners, details: partners}\n"
    goals = """--- content/partnerships/ines-otto/goals.yaml
goals:
  - id: a
    title: A
    milestones: [{title: one}, {title: two, visibility: public}, {title: three, visibility: private}]
  - {id: b, title: B, visibility: private, details: public}
  - {id: c, title: C, details: public}
--- content/partnerships/ines-otto/meetings/2026-03-02.md
---
visibility: public
---
Hello.
--- content/partnerships/ines-otto/meetings/2026-03-09.md
Hello.
--- content/partnerships/ines-otto/meetings/2026-03-16.md
---
visibilty: private
---
Hello.
"""
    partnership = read(head + PAIR.lstrip() + "visibility: program\n" + goals)
    shown = [(goal.visibility, goal.details) for goal in partnership.goals]
    assert shown == [("program", "partners"), ("private", "private"), ("program", "program")]
    assert [m.visibility for m in partnership.goals[0].milestones] == ["partners", "program", "private"]
    assert [meeting.visibility for meeting in partnership.meetings] == ["program", "partners", "private"]


def test_pages_get_the_programs_default_and_people_keep_their_own(write_program: Write) -> None:
    text = "--- headway.yaml\nprogram: P\nvisibility: {people: program, pages: partners}\n"
    text += "--- content/people/ines.yaml\nname: Ines\n--- content/people/otto.yaml\nname: Otto\nvisibility: public\n"
    text += "--- content/people/mara.yaml\nname: [\n--- content/pages/about.md\n# About\n"
    record, problems = read_program(read_folder(write_program(text)))
    assert {key: person.visibility for key, person in record.people.items()} == {
        "ines": None,
        "mara": Visibility.PRIVATE,
        "otto": Visibility.PUBLIC,
    }
    assert [(page.slug, page.visibility) for page in record.pages] == [("about", Visibility.PARTNERS)]
    assert [problem.code for problem in problems] == ["HW101"]


def test_a_folder_without_its_file_is_a_problem_and_its_notes_are_read(write_program: Write) -> None:
    text = "--- headway.yaml\nprogram: P\n--- content/partnerships/p/goals.yaml\ngoals: 1\n"
    partnerships, problems = read_all(write_program(text))
    assert partnerships == []
    assert {problem.code for problem in problems} == {"HW226", "HW123"}


def test_the_starter_has_no_errors(starter: Path) -> None:
    partnerships, problems = read_all(starter)
    assert len(partnerships) >= 3
    assert [problem for problem in problems if problem.severity is Severity.ERROR] == []


@pytest.mark.parametrize("name", ["node-mentorship", "ols", "rust-council", "ipfs"])
def test_real_programs_have_no_errors(name: str, corpus: Path) -> None:
    partnerships, problems = read_all(corpus / name)
    assert len(partnerships) == len(os.listdir(corpus / name / "content/partnerships"))  # noqa: PTH208 - names only
    assert [problem for problem in problems if problem.severity is Severity.ERROR] == []
