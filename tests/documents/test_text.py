"""Text: bytes of notes become characters, with a warning for what could not be read."""

from __future__ import annotations

import pytest

from headway.documents.text import Lines, decode_text, shorten


@pytest.mark.parametrize(
    ("data", "text", "codes"),
    [
        ("café\n".encode(), "café\n", []),
        ("\ufeffcafé".encode(), "café", []),
        (b"one\r\ntwo", "one\r\ntwo", []),
        (b"one\ncaf\xe9\n", "one\ncaf\ufffd\n", [("HW141", 2, 4)]),
        ("\ufeffé ".encode() + b"\xff", "é \ufffd", [("HW141", 1, 3)]),
        (b"a\n\0b\0", "a\nb", [("HW142", 2, 1)]),
        (b"\xe9\0", "\ufffd", [("HW141", 1, 1), ("HW142", 1, 2)]),
        ("höhe\n".encode("utf-16"), "höhe\n", [("HW141", 1, 1)]),
        (b"", "", []),
    ],
)
def test_a_note_is_always_text(data: bytes, text: str, codes: list[tuple[str, int, int]]) -> None:
    decoded, problems = decode_text(data, "n.md")
    assert decoded == text
    assert [(problem.code, problem.location.line, problem.location.column) for problem in problems] == codes


def test_a_place_counts_lines_and_characters_from_zero() -> None:
    lines = Lines("one\r\ntwo\rthree\n")
    assert lines.texts == ("one", "two", "three", "")
    assert [lines.place(index) for index in (0, 4, 5, 9, 14, 15, 99)] == [
        (0, 0),
        (0, 3),
        (1, 0),
        (2, 0),
        (2, 5),
        (3, 0),
        (3, 0),
    ]


def test_a_text_is_named_in_one_short_line() -> None:
    assert shorten(" a\n b\t c ") == "a b c"
    assert shorten("x" * 5_000_000, 10) == "xxxxxxxxx…"
