"""Validation: faults as problems at the author's line, and what can be saved."""

from __future__ import annotations

from typing import Any

import pytest

from headway.documents.forms import Form, places_of
from headway.documents.text import find_nearest_key
from headway.documents.validation import check_document
from headway.documents.yaml import parse_yaml
from headway.model.goals import GoalPlan
from headway.model.partnership import PartnershipFile
from headway.model.person import Person
from headway.model.program import Program
from headway.problems import Problem


def check(schema: type[Form], text: str) -> tuple[Any, tuple[Problem, ...]]:
    document, problems = parse_yaml(text, "f.yaml")
    assert not problems
    assert document is not None
    checked = check_document(schema, document)
    return checked.value, checked.problems


def in_short(problems: tuple[Problem, ...]) -> list[tuple[str, int, int]]:
    return [(problem.code, problem.location.line, problem.location.column) for problem in problems]


GOAL = "goals:\n  - id: a\n    title: A\n"


@pytest.mark.parametrize(
    ("schema", "text", "code", "line", "column", "words"),
    [
        (GoalPlan, GOAL + "    due_date: 2026-01-01\n", "HW120", 4, 5, "Did you mean `due`?"),
        (GoalPlan, "goals:\n  - {id: a, name: A}\n", "HW120", 2, 13, "Did you mean `title`?"),
        (GoalPlan, GOAL + "    Due: 2026-01-01\n", "HW120", 4, 5, "Did you mean `due`?"),
        (GoalPlan, GOAL + "    milestnes: []\n", "HW120", 4, 5, "Did you mean `milestones`?"),
        (GoalPlan, GOAL + "    zebra: 1\n", "HW120", 4, 5, "Known here: id, title, owner"),
        (GoalPlan, GOAL + "    zebra:\n", "HW120", 4, 5, "Known here: id, title, owner"),
        (GoalPlan, "goals:\n  - id: a\n", "HW121", 2, 5, "`title` is missing in this entry of `goals`."),
        (GoalPlan, "goals:\n  - id: a\n    title:\n", "HW121", 3, 5, "`title` is empty."),
        (GoalPlan, "goals:\n  - id: a\n    title: '  '\n", "HW121", 3, 5, "`title` is empty."),
        (GoalPlan, "goals:\n  - id: a\n    title: [x]\n", "HW122", 3, 12, "not a list"),
        (GoalPlan, "goals:\n  - id: a\n    title: {x: y}\n", "HW122", 3, 12, "not a mapping"),
        (GoalPlan, "goals: all\n", "HW123", 1, 8, "`goals` is a list, and here is `all`."),
        (PartnershipFile, "members:\n  - ada\n", "HW124", 2, 5, "Known here: person, role, help, from, to."),
        (PartnershipFile, "agreement: yes\n", "HW124", 1, 12, "here is `yes`"),
        (GoalPlan, "- a\n", "HW124", 1, 1, "as `key: value`."),
        (GoalPlan, GOAL + "    status: actve\n", "HW125", 4, 13, "Did you mean `active`?"),
        (
            GoalPlan,
            GOAL + "    status: zzz\n",
            "HW125",
            4,
            13,
            "must be one of planned, active, paused, done, dropped.",
        ),
        (GoalPlan, GOAL + "    status: [done]\n", "HW125", 4, 13, "here is a list"),
        (PartnershipFile, "status: unknown\n", "HW125", 1, 9, "one of proposed, active, paused, completed, ended."),
        (Program, "site: {audience: private}\n", "HW125", 1, 18, "one of public, program, partners."),
        (GoalPlan, GOAL + "    due: 2026-02-30\n", "HW131", 4, 10, "2026-02-30 is not a day: February 2026 has 28."),
        (GoalPlan, GOAL + "    due: no\n", "HW131", 4, 10, "Write dates as YYYY-MM-DD."),
        (GoalPlan, GOAL + "    due: 1754006400\n", "HW131", 4, 10, "not a day"),
        (GoalPlan, GOAL + "    due: [2026-01-01]\n", "HW122", 4, 10, "not a list"),
        (PartnershipFile, "agreement: {cadence: biweekly}\n", "HW133", 1, 22, "two things"),
        (GoalPlan, GOAL + "    progress: 101\n", "HW134", 4, 15, "101 is not from 0 to 100."),
        (GoalPlan, GOAL + "    progress: " + "9" * 5000 + "\n", "HW134", 4, 15, "whole number"),
        (PartnershipFile, "cohort: a/../b\n", "HW136", 1, 9, "cannot be an id"),
        (PartnershipFile, "cohort: CON\n", "HW136", 1, 9, "Windows"),
        (Person, "name: A\nlinks: {web: 'javascript:alert(1)'}\n", "HW137", 2, 14, "not an address"),
        (Person, "name: A\nlinks: {web: 'https://[::1'}\n", "HW137", 2, 14, "not an address"),
        (Person, f"name: A\nbio: {'x' * 5001}\n", "HW138", 2, 6, "5,001 characters"),
        (Person, "name: A\ntimezone: Lisbon\n", "HW139", 2, 11, "Did you mean Europe/Lisbon?"),
        (Person, "name: A\ntimezone: ../../etc/passwd\n", "HW139", 2, 11, "not a time zone"),
        (PartnershipFile, "members:\n  - {person: a, role: mentee, start: 2026-01-01}\n", "HW120", 2, 31, "`from`"),
        (Program, "thresholds: {stalled: 1e3}\n", "HW134", 1, 23, "not a number"),
    ],
)
def test_a_fault_is_a_problem_at_its_place(
    schema: type[Form], text: str, code: str, line: int, column: int, words: str
) -> None:
    _, problems = check(schema, text)
    assert in_short(problems) == [(code, line, column)]
    assert words in f"{problems[0].message} {problems[0].hint}"
    assert problems[0].excerpt == text.splitlines()[line - 1]
    assert problems[0].message.endswith(".")


def test_all_faults_are_told_at_once_and_the_rest_is_read() -> None:
    text = (
        "goals:\n"
        "  - {id: a, title: A, due: 2026-02-30, status: done}\n"
        "  - {title: without an id, status: nope}\n"
        "  - id: c\n"
        "    title: C\n"
        "    milestones:\n"
        "      - {size: XL}\n"
        "      - {title: kept, done: 2026-01-01}\n"
    )
    plan, problems = check(GoalPlan, text)
    assert sorted(in_short(problems)) == [
        ("HW121", 3, 5),
        ("HW121", 7, 9),
        ("HW125", 3, 36),
        ("HW125", 7, 16),
        ("HW131", 2, 28),
    ]
    assert [(goal.id, goal.due, goal.status) for goal in plan.goals] == [("a", None, "done"), ("c", None, None)]
    assert [milestone.title for milestone in plan.goals[1].milestones] == ["kept"]


def test_places_fit_what_is_left() -> None:
    document, _ = parse_yaml("goals:\n  - {id: ''}\n  -\n  - {id: b, title: B, area: [x, ~, y]}\n", "f.yaml")
    assert document is not None
    checked = check_document(GoalPlan, document)
    assert checked.value is not None
    assert checked.value.goals[0].area == ("x", "y")
    assert checked.document.locate(("goals", 0, "title")).line == 4
    assert checked.document.locate(("goals", 0, "area", 1)).column == 36


@pytest.mark.parametrize(("schema", "text"), [(Person, "name: []\n"), (Person, "bio: x\n"), (Person, "x\n")])
def test_where_nothing_can_be_saved_there_is_nothing(schema: type[Form], text: str) -> None:
    value, problems = check(schema, text)
    assert value is None
    assert problems


def test_an_empty_file_is_a_warning_and_all_its_defaults() -> None:
    value, problems = check(Program, "# later\n")
    assert value == Program()
    assert in_short(problems) == [("HW112", 1, 1)]


def test_what_is_left_empty_is_as_if_it_were_not_there() -> None:
    value, problems = check(Person, "name: Ada\nstrengths:\nbio: ''\nlinks:\n  web:\nhelp: [coach, ~]\n")
    assert not problems
    assert (value.strengths, value.bio, value.links, value.help) == ((), None, {}, ("coach",))


def test_one_word_is_a_list_of_one() -> None:
    value, _ = check(Person, "name: Ada\nstrengths: writing\nhelp: coach\n")
    assert (value.strengths, value.help) == (("writing",), ("coach",))


def test_text_is_text_whatever_it_looks_like() -> None:
    value, _ = check(Person, "name: 5319E7\ncountry: no\naliases: [0x174, 007, 1.10, 2026-01-01]\n")
    assert (value.name, value.country) == ("5319E7", "no")
    assert value.aliases == ("0x174", "007", "1.10", "2026-01-01")


def test_ids_are_normalised() -> None:
    value, _ = check(PartnershipFile, "members:\n  - {person: zoe\u0308, role: mentor}\n")
    assert value.members[0].person == "zoë"


@pytest.mark.parametrize("value", ["x", "[x]", "{x: y}", "[[x]]", "{x: [y]}", "~", "2026-01-01", "'{{ 7*7 }}'", "-1"])
@pytest.mark.parametrize("schema", [Program, Person, PartnershipFile, GoalPlan])
def test_the_wrong_type_for_every_field_never_raises(schema: type[Form], value: str) -> None:
    for key in places_of(schema):
        document, _ = parse_yaml(f"{key}: {value}\n", "f.yaml")
        assert document is not None
        assert all(problem.location.line == 1 for problem in check_document(schema, document).problems)
    for name in ("role", "id", "cadence", "size", "from", "url", "title"):
        text = f"agreement: {{{name}: {value}}}\nmembers: [{{{name}: {value}}}]\ngoals: [{{{name}: {value}}}]\n"
        document, _ = parse_yaml(text, "f.yaml")
        assert document is not None
        check_document(schema, document)


def test_many_faults_are_told_in_part() -> None:
    text = "goals:\n" + "".join(f"  - {{id: g{n}, titel: x}}\n" for n in range(300))
    plan, problems = check(GoalPlan, text)
    assert plan.goals == ()
    assert 0 < len(problems) <= 200


@pytest.mark.parametrize(
    ("written", "known", "near"),
    [
        ("due-date", ("due", "done"), "due"),
        ("name", ("title", "id"), "title"),
        ("title", ("name", "bio"), "name"),
        ("description", ("why", "title"), "why"),
        ("description", ("bio", "name"), "bio"),
        ("review-on", ("review_on",), "review_on"),
        ("mentor", ("members", "kind"), "members"),
        ("x" * 100_000, ("due",), None),
    ],
)
def test_the_nearest_key_is_the_one_people_mean(written: str, known: tuple[str, ...], near: str | None) -> None:
    assert find_nearest_key(written, known) == near
