"""Tasks followed through the notes, carried, their numbers, and follow-through."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest
from progress_samples import ADA, GRACE, PROGRAM, D, journal, meeting, partnership

from headway.documents.note import EVERYBODY, Task
from headway.model.fields import Role
from headway.model.partnership import Membership, Partnership
from headway.progress.compute import compute_report
from headway.progress.report import TaskReport
from headway.progress.threads import normalise_words

TODAY = D(3, 2)
Said = tuple[str, str | None]


def said(*lines: str) -> tuple[Task, ...]:
    """Tasks from lines such as ``x ada: send it (2026-03-01)``."""
    tasks = []
    for number, line in enumerate(lines, 1):
        is_done = line.startswith("x ")
        owner, _, text = line.removeprefix("x ").rpartition(": ")
        text, _, due = text.partition(" (")
        tasks.append(Task(number, text, owner or None, date.fromisoformat(due[:10]) if due else None, is_done))
    return tuple(tasks)


def tell(tasks: tuple[TaskReport, ...]) -> list[str]:
    return [f"{t.state} {t.owner}: {t.text} {t.carried}" for t in tasks]


def notes(*each: tuple[str, ...]) -> Partnership:
    """A meeting every week from 5 January, with these tasks."""
    return partnership(*(meeting(D(1, 5 + 7 * n), tasks=said(*lines)) for n, lines in enumerate(each)))


@pytest.mark.parametrize(
    ("each", "expected"),
    [
        ([("ada: send it",)], ["open ada: send it 0"]),
        ([("x ada: send it",)], ["done ada: send it 0"]),
        ([("ada: send it",), ()], ["open ada: send it 1"]),
        ([("ada: send it",), ("ada: Send  **it**!",), ()], ["open ada: send it 2"]),
        ([("ada: send it",), (), ("x ada: send it",), ()], ["done ada: send it 1"]),
        ([("ada: send it",), ("grace: send it",)], ["open ada: send it 1", "open grace: send it 0"]),
        ([("ada: send it", "ada: send it")], ["open ada: send it 0"]),
        # After it was closed it is a new one; ticked once more it is not.
        (
            [("ada: send it",), ("x ada: send it",), ("ada: send it",), ()],
            ["done ada: send it 0", "open ada: send it 1"],
        ),
        ([("ada: send it",), ("x ada: send it",), ("x ada: send it",)], ["done ada: send it 0"]),
        ([("x ada: send it", "ada: send it")], ["done ada: send it 0", "open ada: send it 0"]),
        # Nobody's task gains the owner a repetition names; a repetition that names nobody is the only owner's.
        ([("send it",), ("x ada: send it",)], ["done ada: send it 0"]),
        ([("ada: send it",), ("x send it",)], ["done ada: send it 0"]),
        (
            [("ada: send it", "grace: send it"), ("x send it",)],
            ["open ada: send it 1", "open grace: send it 1", "done None: send it 0"],
        ),
        ([("ada: send it",), ("x ada: send it",), ("x send it",)], ["done ada: send it 0"]),
        ([("all: send it",), ("ada: send it",)], ["open all: send it 1", "open ada: send it 0"]),
        ([("Mr. Babbage: send it",), ("x Mr.  babbage: send it",)], ["done Mr. Babbage: send it 0"]),
    ],
)
def test_following(each: list[tuple[str, ...]], expected: list[str]) -> None:
    assert tell(compute_report(notes(*each), PROGRAM, TODAY).tasks) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Send the abstract", "send *the* __abstract__.", True),
        ("read [the paper](https://a.example/x)", "Read the paper", True),
        ("follow-up with Bo", "Follow up with Bo", True),
        ("Ada’s slides", "Ada's slides", True),
        ("Cafe\u0301", "Caf\u00e9", True),
        ("soft\u00adly", "softly", True),
        ("learn C", "learn C#", False),
        ("learn C", "learn C++", False),
        ("chapter 1", "chapter 2", False),
        ("राम को लिखो", "रमा को लिखो", False),
        ("???", "!!!", False),
        ("\U0001f382", "\U0001f389", False),
    ],
)
def test_same_words(one: str, other: str, same: bool) -> None:
    assert (normalise_words(one) == normalise_words(other)) is same


@pytest.mark.parametrize("text", ["](" * 50_000, "[a](b " * 20_000, "*" * 100_000, "\u0301" * 100_000])
def test_long_words_take_no_long_time(text: str) -> None:
    begin = process_time()
    normalise_words(text)
    assert process_time() - begin < 2


def test_places_and_days() -> None:
    pair = notes(("ada: send it (2026-01-20)",), ("", "ada: send it (2026-02-01)"), ("ada: send it",))
    task = next(t for t in compute_report(pair, PROGRAM, TODAY).tasks if t.text)
    assert (task.first, task.first_on, task.last) == ("2026-01-05", D(1, 5), "2026-01-19")
    assert (task.path, task.line) == ("meetings/2026-01-19.md", 1)
    assert (task.due, task.state, task.done_on) == (D(2, 1), "overdue", None)


def test_done_on_is_the_day_of_the_note_that_ticked_it() -> None:
    report = compute_report(notes(("ada: a", "x ada: b"), ("x ada: a",)), PROGRAM, TODAY)
    assert [t.done_on for t in report.tasks] == [D(1, 12), None]


@pytest.mark.parametrize(
    ("today", "state"),
    [(D(2, 28, 2024), "open"), (D(2, 29, 2024), "open"), (D(3, 1, 2024), "overdue")],
)
def test_overdue_from_the_day_after(today: date, state: str) -> None:
    pair = partnership(meeting(D(2, 1, 2024), tasks=said("ada: a (2024-02-29)")))
    assert compute_report(pair, PROGRAM, today).tasks[0].state == state


def test_only_kept_meetings_carry() -> None:
    later = [(D(1, 12), "cancelled"), (D(1, 13), "missed"), (D(1, 14), "moved"), (D(1, 15), "shortened")]
    later += [(D(1, 16), "planned"), (D(1, 17), None), (D(4, 1), None)]
    others = [meeting(on, status) for on, status in later] + [meeting(D(1, 18), kind="experience"), meeting(None)]
    pair = partnership(meeting(D(1, 5), tasks=said("ada: a")), *others)
    assert compute_report(pair, PROGRAM, TODAY).tasks[0].carried == 2


def test_second_meeting_of_the_day_carries() -> None:
    pair = partnership(meeting(D(1, 5), tasks=said("ada: a")), meeting(D(1, 5), slug="2026-01-05-2"))
    assert compute_report(pair, PROGRAM, TODAY).tasks[0].carried == 1


def test_tasks_of_cancelled_undated_and_journal_notes_are_shown() -> None:
    pair = partnership(
        meeting(D(1, 5), "cancelled", tasks=said("ada: a")),
        meeting(D(1, 12)),
        meeting(None, tasks=said("ada: u (2026-02-01)")),
        entries=[journal(D(1, 5), *said("ada: j")), journal(D(1, 20), *said("x ada: a"))],
    )
    report = compute_report(pair, PROGRAM, TODAY)
    assert tell(report.tasks) == ["done ada: a 1", "open ada: j 1", "overdue ada: u 0"]
    assert [(t.first_on, t.first_in_journal, t.last_in_journal) for t in report.tasks] == [
        (D(1, 5), False, True),
        (D(1, 5), True, True),
        (None, False, False),
    ]
    assert report.tasks[0].done_on == D(1, 20)
    assert report.follow_through[0].due == 0


def test_undated_note_neither_reopens_nor_tells_when() -> None:
    pair = partnership(
        meeting(D(1, 5), tasks=said("x ada: a", "ada: b (2026-01-06)")),
        meeting(None, tasks=said("ada: a", "x ada: b")),
    )
    report = compute_report(pair, PROGRAM, TODAY)
    assert tell(report.tasks) == ["done ada: a 0", "done ada: b 0"]
    assert (report.tasks[1].done_on, report.follow_through[0].done) == (None, 1)


def test_numbers() -> None:
    report = compute_report(notes(("ada: a", "x ada: b", "c", "x d", "all: e (2026-01-06)", "Bo: f")), PROGRAM, TODAY)
    n = report.task_numbers
    assert (n.open, n.done, n.overdue, n.unassigned) == (4, 2, 1, 1)


@pytest.mark.parametrize(
    ("first", "later", "expected"),
    [
        ("ada: a (2026-02-01)", "", (0, 1)),
        ("x ada: a (2026-02-01)", "", (1, 1)),
        ("ada: a (2026-01-12)", "x ada: a", (1, 1)),
        ("ada: a (2026-01-11)", "x ada: a", (0, 1)),
        ("ada: a (2026-01-06)", "x ada: a (2026-01-20)", (1, 1)),
        ("ada: a (2026-03-02)", "", (0, 1)),
        ("ada: a (2026-03-03)", "", (0, 0)),
        ("x ada: a (2026-03-03)", "", (0, 0)),
        ("ada: a", "x ada: a", (0, 0)),
        ("a (2026-02-01)", "", (0, 0)),
        ("grace: a (2026-02-01)", "", (0, 0)),
        ("all: a (2026-02-01)", "x all: a", (1, 1)),
    ],
)
def test_follow_through(first: str, later: str, expected: tuple[int, int]) -> None:
    ada = compute_report(notes((first,), (later,) if later else ()), PROGRAM, TODAY).follow_through[0]
    assert (ada.person, ada.done, ada.due) == ("ada", *expected)


def test_mentors_are_measured_too_and_everybodys_tasks_count_for_each() -> None:
    pair = notes(("grace: a (2026-02-01)", "x all: b (2026-02-01)"))
    assert [(f.person, f.done, f.due) for f in compute_report(pair, PROGRAM, TODAY).follow_through] == [
        ("ada", 1, 1),
        ("grace", 1, 2),
    ]
    assert said("all: b")[0].owner == EVERYBODY


def test_everybody_are_those_who_were_members_then() -> None:
    left = Membership(person="kim", role=Role.MENTOR, end=D(1, 4))
    joined = Membership(person="lin", role=Role.MENTOR, start=D(2, 2))
    twice = Membership(person="ada", role=Role.MENTOR)
    pair = partnership(meeting(D(1, 5), tasks=said("all: a (2026-02-01)")), members=[ADA, left, GRACE, joined, twice])
    counts = {f.person: f.due for f in compute_report(pair, PROGRAM, TODAY).follow_through}
    assert counts == {"ada": 1, "kim": 0, "grace": 1, "lin": 0}
