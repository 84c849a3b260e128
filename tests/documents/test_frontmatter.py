"""Front matter: where it counts, what it says, and where the author is told of a slip."""

from __future__ import annotations

import datetime

import pytest

from headway.documents.frontmatter import matter_date, parse_front_matter

FULL = """---
title: Rehearsal
date: 2026-02-16
time: 17:00
minutes: 25
planned_minutes: 45 minutes
status: shortened
notice: 30 hours
attendees: [ada, grace]
absent: ben and ken
kind: review
goals: speak
energy: {ada: 4, grace: 5}
next: 2026-03-02T17:00
visibility: partners
author: ada
layout: post
---
We met.
"""


def test_every_key_is_read() -> None:
    front = parse_front_matter(FULL, "n.md")
    matter = front.matter
    assert front.problems == ()
    assert (front.body, front.height) == ("We met.\n", 18)
    assert (matter.title, matter.minutes, matter.planned_minutes, matter.status) == ("Rehearsal", 25, 45, "shortened")
    assert (matter.time, matter.notice, matter.kind) == (datetime.time(17), 30, "review")
    assert (matter.attendees, matter.absent, matter.goals) == (("ada", "grace"), ("ben", "ken"), ("speak",))
    assert (matter.energy, matter.visibility, matter.author) == ({"ada": 4, "grace": 5}, "partners", "ada")
    assert front.values["layout"] == "post"


@pytest.mark.parametrize(
    "text",
    [
        "We met.\n",
        "---\n\nWe met.\n\n---\n",
        "---\nWe met and talked.\n---\nMore.\n",
        "---\n- one\n- two\n---\n",
        "---\n---\nWe met.\n",
        "--- \nonly a rule",
        "----\ntitle: x\n----\n",
        "",
    ],
)
def test_what_is_no_mapping_is_body(text: str) -> None:
    front = parse_front_matter(text, "n.md")
    assert (front.body, front.height, front.problems) == (text, 0, ())


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        ("minutes: soon", "HW134", 10),
        ("time: 25:00", "HW316", 7),
        ("status: shortend", "HW125", 9),
        ("notice: a while", "HW133", 9),
        ("kind: party", "HW125", 7),
        ("energy: {ada: 6}", "HW134", 15),
        ("visibility: friends", "HW125", 13),
        ("title: [a, b]", "HW122", 8),
        ("atendees: [ada]", "HW307", 1),
        ("Date: 2026-02-16", "HW307", 1),
        ("participants: [ada]", "HW307", 1),
    ],
)
def test_a_slip_is_told_at_its_place(line: str, code: str, column: int) -> None:
    front = parse_front_matter(f"---\nauthor: ada\n{line}\n---\n", "n.md")
    assert [(p.code, p.location.line, p.location.column) for p in front.problems] == [(code, 3, column)]
    assert front.problems[0].excerpt == line
    assert front.problems[0].hint
    assert front.matter.author == "ada", "the other keys are still read"


def test_unknown_keys_are_kept_and_harmless() -> None:
    front = parse_front_matter("---\ntags: [x]\nlayout: post\nslides:\n---\n", "n.md")
    assert front.problems == ()
    assert front.values == {"tags": ["x"], "layout": "post", "slides": None}


def test_a_broken_mapping_is_an_error_and_the_note_is_still_read() -> None:
    front = parse_front_matter("---\ntitle: [Rehearsal\n---\nWe met.\n", "n.md")
    assert front.body == "We met.\n"
    assert [p.location.line in (2, 3) for p in front.problems] == [True]


def test_front_matter_that_never_closes_is_text_with_a_warning() -> None:
    front = parse_front_matter("---\nminutes: 25\n\nWe met.\n", "n.md")
    assert front.height == 0
    assert [p.code for p in front.problems] == ["HW313"]
    assert parse_front_matter("---\nOnce: upon a time\n", "n.md").problems == ()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-03-02T17:00", (datetime.date(2026, 3, 2), datetime.time(17))),
        ("2 March 2026", (datetime.date(2026, 3, 2), None)),
        ("02/03/2026", (datetime.date(2026, 3, 2), None)),
    ],
)
def test_the_next_day_may_be_written_in_every_form(value: str, expected: tuple[object, object]) -> None:
    found, problems = matter_date(parse_front_matter(f"---\nnext: {value}\n---\n", "n.md"), "next", "dmy")
    assert problems == ()
    assert found is not None
    assert (found.on, found.at) == expected


@pytest.mark.parametrize(
    ("value", "code"), [("2026-02-30", "HW131"), ("soon", "HW131"), ("2 March", "HW131"), ("03/04/2026", "HW303")]
)
def test_a_day_that_is_none_is_told(value: str, code: str) -> None:
    found, problems = matter_date(parse_front_matter(f"---\ndate: {value}\n---\n", "n.md"), "date", None)
    assert found is None
    assert [(p.code, p.location.line, p.location.column) for p in problems] == [(code, 2, 7)]
