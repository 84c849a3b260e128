"""Marks: the fixture notes, and that no feedback is shown by mistake."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from note_cases import BOOK, NAMES, blocks_of, mark_lines, read_case

from headway.documents.marks import find_marks
from headway.documents.note import Mark

WITH_MARKS = [name for name in NAMES if read_case(name).only("mark", "private")]


@pytest.mark.parametrize("name", WITH_MARKS)
def test_fixture_notes(name: str) -> None:
    case = read_case(name)
    assert mark_lines(case) == case.only("mark", "private")


def marks(text: str) -> tuple[Mark, ...]:
    return find_marks(blocks_of(text), BOOK, "ada")[0]


def private(text: str) -> tuple[tuple[int, int], ...]:
    return find_marks(blocks_of(text), BOOK, "ada")[1]


@pytest.mark.parametrize("arrow", ["->", "→", "-->", "=>", "to"])
def test_feedback_has_a_giver_receivers_and_both_kinds_of_items(arrow: str) -> None:
    text = (
        f"Feedback @ghopper {arrow} @ada: well done\n\n- worked: short\n- **worked:** loud\n- try: slower\n- and more"
    )
    (mark,) = marks(text)
    assert (mark.giver, mark.people, mark.text) == ("grace", ("ada",), "well done")
    assert (mark.worked, mark.to_try) == (("short", "loud"), ("slower", "and more"))
    assert private(text) == ((1, 6),)


@pytest.mark.parametrize(
    ("text", "people"),
    [("Thanks @grace: a", ("grace",)), ("- **Thanks Ben:** a", ("ben",)), ("Thanks: @ada and @ben", ("ada", "ben"))],
)
def test_thanks_name_people(text: str, people: tuple[str, ...]) -> None:
    assert [(mark.kind, mark.people) for mark in marks(text)] == [("thanks", people)]


@pytest.mark.parametrize(
    "text", ["Thanks for coming: see you", "A question: why", "Decisions were made", "Win", "Idea:"]
)
def test_other_lines_are_no_marks(text: str) -> None:
    assert marks(text) == ()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("# a\n\n## Feedback\n\nx\n\n### y\n\nz\n\n## b\n", ((3, 10),)),
        ("**Feedback**\n\nx\n\n- y\n\n**Notes**\n", ((1, 6),)),
        ("- My feedback: x\n  - y\n- z", ((1, 2),)),
        ("1. Feedback\n   - x\n2. b", ((1, 2),)),
        ("Obstacles:\n- no time\n\n**End**", ((1, 3),)),
        ("| Feedback | b |\n|---|---|\n| x | y |\n", ((1, 3),)),
        ("| a | b |\n|---|---|\n| feedback | y |\n", ((1, 3),)),
        ("> Feedback: x", ((1, 1),)),
        ("<!--\nFeedback: x\n-->", ((1, 3),)),
        ("- a\nFeedback\n--------\nx\n", ((2, 4),)),
        ("##Feedback\nx", ((1, 2),)),
        ("Feed-back from Grace: x", ((1, 1),)),
        ("```\nFeedback: x\n```", ((1, 3),)),
    ],
)
def test_feedback_and_obstacles_are_for_the_partners_only(text: str, lines: tuple[tuple[int, int], ...]) -> None:
    assert private(text) == lines


WORDS = "Feedback |## |- |Win: |Thanks |@ada| -> |: |\n|try: |> |**"
PIECES = st.lists(st.sampled_from([*WORDS.split("|"), "| "]), max_size=25)


@given(PIECES)
def test_every_feedback_mark_lies_in_a_private_range(pieces: list[str]) -> None:
    found, ranges = find_marks(blocks_of("".join(pieces)), BOOK, "ada")
    for mark in found:
        inside = any(first <= mark.line and mark.end_line <= last for first, last in ranges)
        assert inside or mark.kind != "feedback"


@pytest.mark.parametrize(
    "text",
    [
        "### Executive director feedback\n\nx",
        "Feedback revolved around items in this issue: x",
        "- feedback to CI",
        "- Feedback for calls: x",
        "- Call for feedback on the policy: x",
        "- Feedback on the new docs: they are long",
        "#### Feedback Loop Process\n\nx",
        "Gather feedback from mentors.",
    ],
)
def test_feedback_on_things_is_for_everybody(text: str) -> None:
    assert private(text) == ()
