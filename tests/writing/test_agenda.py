"""The agenda: written down as a note it adds nothing, loses nothing, and orders nobody about."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from headway.build import Walk, read_walk, report_partnership
from headway.choice import Choice
from headway.progress.report import PartnershipReport
from headway.source.folder import read_folder
from headway.writing.agenda import draft_agenda, render_agenda
from headway.writing.changes import Change, overlay
from headway.writing.notes import Said, plan_meeting
from headway.writing.ticking import OpenItem, list_open_items, tick

CHOICE = Choice(datetime(2026, 5, 20, tzinfo=UTC), audience="partners")
OPEN = (
    *("amina-callum", "elif-diego", "leilani-wanjiru-søren", "maya-ruth", "minseo-tomasz", "noor-maya"),
    *("priya-journal", "seed-library", "zoë-yuki"),
)


@pytest.fixture(scope="module")
def walk() -> Walk:
    return read_walk(read_folder(Path(__file__).parents[2]), CHOICE)


def report_of(walk: Walk, name: str) -> PartnershipReport:
    report, _ = report_partnership(walk, walk.folders(name)[0])
    assert report is not None
    return report


def name_of(walk: Walk, person: str) -> str:
    people = walk.context.record.people
    return people[person].name if person in people else person


@pytest.mark.parametrize("name", OPEN)
def test_written_down_it_carries_every_task_and_makes_none(walk: Walk, name: str) -> None:
    report, folder = report_of(walk, name), walk.folders(name)[0]
    on = report.today + timedelta(days=9)
    lines = draft_agenda(report, list_open_items(report, folder.path), on, lambda person: name_of(walk, person))
    files = {path: walk.snapshot.read(path) for path in folder.files if path.endswith(".md")}
    change = plan_meeting(report, folder.path, files, Said(on, render_agenda(lines), status="planned"), {})
    after = report_of(read_walk(overlay(walk.snapshot, [change]), CHOICE), name)
    known = [(task.text, task.owner, task.due, task.state, task.first) for task in report.tasks]
    assert [(task.text, task.owner, task.due, task.state, task.first) for task in after.tasks] == known
    assert after.numbers.next_on == min(filter(None, (report.numbers.next_on, on)))
    assert len(after.meetings) == len(report.meetings) + 1


@pytest.mark.parametrize("name", OPEN)
def test_it_asks_and_names_each_open_item_once(walk: Walk, name: str) -> None:
    report, folder = report_of(walk, name), walk.folders(name)[0]
    items = list_open_items(report, folder.path)
    lines = draft_agenda(report, items, report.today, lambda person: name_of(walk, person))
    numbers = [line.number for line in lines if line.number is not None]
    assert len(numbers) == len(set(numbers))
    assert {item.number for item in items if item.kind == "task"} <= set(numbers)
    text = render_agenda(lines)
    assert text.count("?") >= 2
    assert not re.search(r"(?i)\b(?:must|should|overdue|failed|late|forgot)\b", re.sub(r"(?m)^- \[ \].*$", "", text))


def test_many_open_tasks_are_not_all_read_out(walk: Walk) -> None:
    report = report_of(walk, "maya-ruth")
    items = [OpenItem(number, "task", f"do {number}", None, "x.md") for number in range(1, 41)]
    text = render_agenda(draft_agenda(report, items, report.today, str))
    assert text.count("- [ ] do") == 20
    assert "20 older ones are open, too. Which can we let go?" in text


def test_a_reframed_goal_and_a_new_one_are_told(walk: Walk) -> None:
    report = report_of(walk, "maya-ruth")
    numbers = replace(report.numbers, last_on=date(2026, 3, 31))
    text = render_agenda(draft_agenda(replace(report, numbers=numbers), (), report.today, str))
    assert "(it was: Convince the transport committee to change the timetable of the 76). Does the new wording" in text


@pytest.mark.parametrize("name", OPEN)
def test_every_open_item_of_the_starter_can_be_ticked(walk: Walk, name: str) -> None:
    folder = walk.folders(name)[0]
    items = list_open_items(report_of(walk, name), folder.path)
    for item in items:
        change = tick(walk, folder, item, walk.context.today)
        after = list_open_items(report_of(read_walk(overlay(walk.snapshot, [change]), CHOICE), name), folder.path)
        assert item.words not in [other.words for other in after] or len(after) == len(items) - 1
        assert len(after) < len(items)


def test_changes_are_told_as_a_diff() -> None:
    from headway.writing.changes import render_diff

    assert render_diff([Change("a.md", b"one\r\ntwo\r\n", b"one\r\n2\r\n")]) == (
        "--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n"
    )
