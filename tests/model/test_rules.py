"""Rules across files: each finding at its place, and nothing said where all is well."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from headway.model.program_reading import read_program
from headway.model.reading import read_partnership
from headway.problems import Problem
from headway.source.folder import read_folder

TODAY = date(2026, 5, 20)
HEAD = "program: P\ncohorts:\n  - {id: spring, start: 2026-02-01, end: 2026-06-30}\n"
MEMBERS = "members:\n  - {person: ines, role: mentee}\n  - {person: otto, role: mentor}\n"
PERSON = "content/people/{0}.yaml"
FOLDER = "content/partnerships/p/"


@pytest.fixture
def check(write_program: Callable[[str], Path]) -> Callable[..., tuple[Problem, ...]]:
    """Return the problems of a small program: given its partnership.yaml, goals.yaml, headway.yaml and notes."""

    def check_files(file: str = MEMBERS, plan: str = "", head: str = HEAD, **notes: str) -> tuple[Problem, ...]:
        files = {"headway.yaml": head, f"{FOLDER}partnership.yaml": file}
        files |= {PERSON.format(name): f"name: {name.title()} Lind\n" for name in ("ines", "otto", "mara")}
        files |= {f"{FOLDER}goals.yaml": plan} if plan else {}
        files |= {f"{FOLDER}{'/'.join(name.split('__'))}.md".replace("_", "-"): text for name, text in notes.items()}
        root = write_program("".join(f"--- {path}\n{text}" for path, text in files.items()))
        snapshot = read_folder(root)
        record, problems = read_program(snapshot)
        return (*problems, *read_partnership(snapshot, snapshot.partnerships[0], record, TODAY)[1])

    return check_files


def goal(*lines: str) -> str:
    return "goals:\n  - id: a\n    title: A\n" + "".join(f"    {line}\n" for line in lines)


def test_where_all_is_well_nothing_is_said(check: Callable[..., tuple[Problem, ...]]) -> None:
    plan = goal("owner: all", "start: 2026-02-10", "due: 2026-06-01", "milestones: [{title: m, done: 2026-03-01}]")
    agreement = "cohort: spring\nagreement: {agreed: {ines: 2026-02-02, OTTO: 2026-02-02}}\n"
    assert check(MEMBERS + agreement, plan, meetings__2026_03_02="---\ngoals: [A]\n---\nHello.\n") == ()


@pytest.mark.parametrize(
    ("file", "code", "line", "column", "words"),
    [
        ("members: [{person: inez, role: mentee}, {person: otto, role: mentor}]\n", "HW201", 1, 20, "`ines`?"),
        ("members: [{person: zzz, role: mentee}, {person: otto, role: mentor}]\n", "HW201", 1, 20, "people/zzz.yaml"),
        (MEMBERS + "agreement: {agreed: {inez: 2026-02-02}}\n", "HW201", 4, 22, "`ines`?"),
        (MEMBERS + "cohort: sprng\n", "HW202", 4, 9, "`spring`?"),
        (MEMBERS + "agreement: {agreed: {mara: 2026-02-02}}\n", "HW204", 4, 22, "Mara Lind"),
        ("title: x\n", "HW207", 1, 1, "no members"),
        (MEMBERS + "  - {person: ines, role: mentee}\n", "HW208", 4, 5, "twice as mentee"),
        (MEMBERS + "start: 2026-03-01\nend: 2026-02-01\n", "HW211", 5, 6, "before it starts"),
        (MEMBERS + "cohort: spring\nend: 2026-01-01\n", "HW211", 5, 6, "before it starts on 2026-02-01"),
        (
            MEMBERS + "  - {person: mara, role: mentor, from: 2026-03-01, to: 2026-02-01}\n",
            "HW211",
            4,
            56,
            "before joining",
        ),
        (
            MEMBERS + "  - {person: mara, role: mentor, from: 2026-01-01}\ncohort: spring\n",
            "HW212",
            4,
            40,
            "before the partnership",
        ),
        (
            MEMBERS + "  - {person: mara, role: mentor, to: 2026-07-01}\ncohort: spring\n",
            "HW212",
            4,
            38,
            "after the partnership",
        ),
        ("members: [{person: ines, role: mentee}]\n", "HW219", 1, 1, "no mentor yet"),
        ("members: [{person: ines, role: mentor}]\n", "HW219", 1, 1, "no mentee yet"),
        (MEMBERS + "status: paused\n", "HW220", 4, 9, "paused"),
        (MEMBERS + "agreement: {cadence: weekly}\n", "HW221", 4, 1, "yet"),
    ],
)
def test_a_partnership_that_does_not_fit(
    check: Callable[..., tuple[Problem, ...]], file: str, code: str, line: int, column: int, words: str
) -> None:
    problems = [problem for problem in check(file) if problem.code == code]
    assert [(p.location.path, p.location.line, p.location.column) for p in problems] == [
        (f"{FOLDER}partnership.yaml", line, column)
    ]
    assert words in f"{problems[0].message} {problems[0].hint}"


@pytest.mark.parametrize(
    "file",
    [
        "members:\n  - {person: ines, role: mentee}\n  - {person: ines, role: mentor}\n",
        MEMBERS
        + "  - {person: mara, role: mentor, to: 2026-03-01}\n  - {person: mara, role: mentor, from: 2026-04-01}\n",
        MEMBERS + "status: ended\nreason: all done\n",
        "kind: solo\nmembers: [{person: ines, role: member}]\n",
        "members: [{person: ines, role: mentee}, {person: otto, role: co-mentor}]\n",
    ],
)
def test_what_is_fine_is_not_remarked_on(check: Callable[..., tuple[Problem, ...]], file: str) -> None:
    assert check(file) == ()


@pytest.mark.parametrize(
    ("plan", "code", "line", "words"),
    [
        (goal("owner: inez"), "HW201", 4, "`ines`?"),
        (goal("owner: mara"), "HW203", 4, "Mara Lind owns this goal"),
        (goal() + "  - {id: A, title: B}\n", "HW209", 4, "already a goal"),
        (goal("start: 2026-03-01", "due: 2026-02-01"), "HW213", 5, "before it starts"),
        (goal("start: 2026-03-01", "milestones: [{title: m, due: 2026-02-01}]"), "HW213", 5, "milestone"),
        (goal("milestones: [{title: m, steps: [{title: s, done: 2026-05-21}]}]"), "HW214", 4, "This step is done"),
        (goal("done: 2026-05-21"), "HW214", 4, "2026-05-20"),
        (goal("start: 2026-03-01", "milestones: [{title: m, done: 2026-02-01}]"), "HW215", 5, "started"),
        (goal("done: 2026-05-01", "milestones: [{title: m}, {title: n}]"), "HW216", 4, "2 milestones are not yet: m"),
        (goal("progress: 100", "milestones: [{title: m}]"), "HW216", 4, "1 milestone is not yet: m."),
        (goal("status: active", "done: 2026-05-01"), "HW217", 4, "its status is active"),
    ],
)
def test_a_goal_that_does_not_fit(
    check: Callable[..., tuple[Problem, ...]], plan: str, code: str, line: int, words: str
) -> None:
    problems = check(plan=plan)
    assert [(p.code, p.location.path, p.location.line) for p in problems] == [(code, f"{FOLDER}goals.yaml", line)]
    assert words in f"{problems[0].message} {problems[0].hint}"


@pytest.mark.parametrize(
    "plan",
    [
        goal("status: done", "milestones: [{title: m, dropped: 2026-03-01}]"),
        goal("done: 2026-05-20"),
        goal("progress: 30", "milestones: [{title: m}]"),
    ],
)
def test_goals_that_are_fine(check: Callable[..., tuple[Problem, ...]], plan: str) -> None:
    assert check(plan=plan) == ()


@pytest.mark.parametrize(
    ("file", "notes", "code", "path", "line"),
    [
        (MEMBERS, {"meetings__2026_03_02": "---\ngoals: [b, x]\n---\nHi.\n"}, "HW205", "meetings/2026-03-02.md", 2),
        (MEMBERS + "start: 2026-04-01\n", {"meetings__2026_03_02": "Hi.\n"}, "HW223", "meetings/2026-03-02.md", 1),
        (MEMBERS + "end: 2026-03-01\n", {"meetings__2026_03_02": "Hi.\n"}, "HW224", "meetings/2026-03-02.md", 1),
        (MEMBERS, {"journal__2026_03_02": "---\nauthor: inez\n---\nHi.\n"}, "HW229", "journal/2026-03-02.md", 2),
        (
            MEMBERS + "agreement: {agreed: {ines: 2026-03-03, otto: 2026-03-02}}\n",
            {"meetings__2026_03_02": "Hi.\n"},
            "HW222",
            "partnership.yaml",
            4,
        ),
    ],
)
def test_a_note_that_does_not_fit(
    check: Callable[..., tuple[Problem, ...]], file: str, notes: dict[str, str], code: str, path: str, line: int
) -> None:
    problems = check(file, goal() + "  - {id: b, title: B}\n", **notes)
    assert [(p.code, p.location.path, p.location.line) for p in problems] == [(code, FOLDER + path, line)]


def test_open_work_of_somebody_who_left_is_pointed_out(check: Callable[..., tuple[Problem, ...]]) -> None:
    file = MEMBERS + "  - {person: mara, role: mentor, to: 2026-05-19}\n"
    first = "Actions:\n\n- Mara: buy seeds\n- Mara: call the school\n"
    problems = check(
        file, goal("owner: mara"), meetings__2026_03_02=first, meetings__2026_03_09="- [x] @mara buy seeds\n"
    )
    assert [problem.code for problem in problems] == ["HW218"]
    assert problems[0].message == "Mara Lind left on 2026-05-19 and still owns 1 open goal and 1 open task."
    assert check(file + "status: completed\n", goal("owner: mara")) == ()
    assert check(file.replace("19}", "20}"), goal("owner: mara")) == ()


@pytest.mark.parametrize(
    ("head", "code", "line"),
    [
        ("cohorts: [{id: a}, {id: A}]\n", "HW210", 1),
        ("cohorts: [{id: a, start: 2026-02-01, end: 2026-01-01}]\n", "HW211", 1),
        ("program: P\nlanguage: portugese\n", "HW225", 2),
        ("thresholds: {stalled: 1}\n", "HW228", 1),
    ],
)
def test_settings_that_do_not_fit(check: Callable[..., tuple[Problem, ...]], head: str, code: str, line: int) -> None:
    problems = check(head=head)
    assert [(p.code, p.location.path, p.location.line) for p in problems] == [(code, "headway.yaml", line)]


@pytest.mark.parametrize("language", ["en", "pt-BR", "pt_BR", "ar", "zh-Hant", "de"])
def test_languages_are_known_by_their_tags(check: Callable[..., tuple[Problem, ...]], language: str) -> None:
    assert check(head=f"language: {language}\n") == ()


def test_what_could_not_be_read_is_not_missed(check: Callable[..., tuple[Problem, ...]]) -> None:
    broken = check("members:\n  - {person: Ines Faro, role: mentee}\n  - {person: otto, role: mentor}\n")
    assert [problem.code for problem in broken] == ["HW136"]
    unreadable = check(plan="goals: [\n", meetings__2026_03_02="---\ngoals: [a]\n---\nHi.\n")
    assert [problem.code for problem in unreadable] == ["HW101"]


def test_a_flood_of_findings_is_told_in_part(check: Callable[..., tuple[Problem, ...]]) -> None:
    plan = "goals:\n" + "".join(f"  - {{id: g{n}, title: A, owner: nobody{n}}}\n" for n in range(300))
    assert len(check(plan=plan)) == 100
