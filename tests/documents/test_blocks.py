"""Blocks: what stands where in a note, and in which line of the file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from note_cases import blocks_of

from headway.documents.blocks import Kind

MARKDOWN = st.text(st.sampled_from("ab# -*_[]x|>`~\n\t:<!1.@=✅\r\ufeff"), max_size=200)


def shape(text: str, shift: int = 0) -> list[tuple[str, int, str]]:
    return [(block.kind.value, block.line, block.text) for block in blocks_of(text, shift)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#Notes\ntext", [("heading", 1, "Notes"), ("paragraph", 2, "text")]),
        ("##Action items\n#12 is open", [("heading", 1, "Action items"), ("paragraph", 2, "#12 is open")]),
        ("#rust is a channel", [("paragraph", 1, "#rust is a channel")]),
        ("#Meeting\n=====", [("heading", 1, "Meeting")]),
        ("one\ntwo\n---", [("paragraph", 1, "one\ntwo"), ("rule", 3, "")]),
        ("Tasks\n---", [("heading", 1, "Tasks")]),
        ("> - quoted", [("quote", 1, "quoted")]),
        ("```\n- [ ] code\n```", [("code", 1, "- [ ] code\n")]),
        ("<!--\n- Ana\n-->\n- Bo", [("code", 1, "<!--"), ("code", 2, "Ana\n-->"), ("item", 4, "Bo")]),
        ("a <!-- b --> c", [("code", 1, "a <!-- b --> c"), ("paragraph", 1, "a  c")]),
        ("\ufeff# Check-in\r\n\r\n- a\r\n", [("heading", 1, "Check-in"), ("item", 3, "a")]),
        ("- a\nPresent: Bo", [("item", 1, "a"), ("paragraph", 2, "Present: Bo")]),
        ("- a\nNotes\n=====\nb", [("item", 1, "a"), ("heading", 2, "Notes"), ("paragraph", 4, "b")]),
        ("• a\n-b\n2. c", [("item", 1, "a"), ("item", 2, "b"), ("item", 3, "c")]),
        ("*a: b,\nc*", [("paragraph", 1, "*a: b,\nc*")]),
        ("a\\\nb  \nc", [("paragraph", 1, "a\nb\nc")]),
    ],
)
def test_a_note_is_a_flat_list_of_what_people_see(text: str, expected: list[tuple[str, int, str]]) -> None:
    assert shape(text) == expected


def test_items_know_their_parent_depth_and_box() -> None:
    blocks = blocks_of("- a\n  - [x] b\n    1. c\n\n    more\n- [ ] d\n- [y] e\n- [x](u) f")
    assert [(b.text, b.level, b.parent, b.is_ticked) for b in blocks] == [
        ("a", 1, None, None),
        ("b", 2, 0, True),
        ("c", 3, 1, None),
        ("more", 2, 1, None),
        ("d", 1, None, False),
        ("[y] e", 1, None, None),
        ("[x](u) f", 1, None, None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "| A | B |\n|---|---|\n| 1 | 2 |",
        "| A | B |\n\n|---|---|\n| 1 | 2 |",
        "| A | B |\n|---|---|\n\n| 1 | 2 |",
        "| A | B |\n\n| 1 | 2 |",
        "A | B\n--- | ---\n1 | 2",
    ],
)
def test_a_table_is_a_table_whatever_keeps_markdown_from_seeing_it(text: str) -> None:
    rows = blocks_of(text)
    assert [(row.kind, row.cells, row.is_header, row.table) for row in rows] == [
        (Kind.ROW, ("A", "B"), True, 0),
        (Kind.ROW, ("1", "2"), False, 0),
    ]


def test_indented_lines_that_all_are_items_are_a_list() -> None:
    assert shape("**Who**\n\n    - a\n    - b") == [("paragraph", 1, "**Who**"), ("item", 3, "a"), ("item", 4, "b")]
    assert blocks_of("a\n\n    x = 1")[1].kind is Kind.CODE


def test_lines_count_from_the_files_first() -> None:
    assert shape("# a\n\n- b", shift=4) == [("heading", 5, "a"), ("item", 7, "b")]


@given(MARKDOWN)
def test_any_text_gives_blocks_in_the_order_of_their_lines(text: str) -> None:
    blocks = blocks_of(text)
    lines = [block.line for block in blocks]
    assert lines == sorted(lines)
    assert all(block.line <= block.end_line for block in blocks)
    assert all(block.parent is None or block.parent < at for at, block in enumerate(blocks))


@pytest.mark.parametrize("text", ["- a\n" + "b\n===\n" * 10_000, "a" + " " * 100_000 + "b", "<!--" * 30_000])
def test_long_notes_are_read_in_time_that_grows_with_their_length(text: str) -> None:
    assert blocks_of(text)
