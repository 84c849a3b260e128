"""YAML with positions: values as text, refusals and faults where the author made them."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
import yaml as pyyaml

from headway.documents import yaml as reader
from headway.documents.yaml import MAX_BYTES, YamlDocument, parse_yaml
from headway.problems import Location


def read(text: str | bytes, first_line: int = 1) -> YamlDocument:
    document, problems = parse_yaml(text, "f.yaml", first_line)
    assert not problems
    assert document is not None
    return document


@pytest.fixture(params=["c", "pure"])
def each_loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a test with the C parser, and with the one that stands in where it is missing."""
    if request.param == "pure":
        monkeypatch.setattr(reader, "LOADER", pyyaml.BaseLoader)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("true", "true"),
        ("16:00", "16:00"),
        ("12:30:00", "12:30:00"),
        ("1.10", "1.10"),
        ("1e3", "1e3"),
        ("0o17", "0o17"),
        ("0x174", "0x174"),
        ("007", "007"),
        ("5319E7", "5319E7"),
        ("2026-02-30", "2026-02-30"),
        ("9" * 5000, "9" * 5000),
        ("~", None),
        ("null", None),
        ("NULL", None),
        ("", None),
        ("'null'", "null"),
        ("''", ""),
        ('"a\\tb"', "a\tb"),
        ("|\n  one\n  ---\n  two", "one\n---\ntwo\n"),
        ("[a, ~, {b: c}]", ["a", None, {"b": "c"}]),
    ],
)
def test_every_scalar_is_the_text_that_was_written(each_loader: None, written: str, value: object) -> None:
    assert read(f"key: {written}\n").value == {"key": value}


def test_keys_are_text_too(each_loader: None) -> None:
    assert read("no: 1\n1.0: 2\n~: 3\n2026-01-01: 4").value == {"no": "1", "1.0": "2", "~": "3", "2026-01-01": "4"}


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_places_count_characters_whatever_ends_a_line(each_loader: None, line_break: str, mark: str) -> None:
    text = mark + line_break.join(["goals:", "  - title: 😀 é", "    due: 2026-02-30", "  - 'x: y': [a, bc]"])
    document = read(text)
    assert document.locate(("goals", 0, "title")) == Location("f.yaml", 2, 12, 3)
    assert document.locate(("goals", 0, "due")) == Location("f.yaml", 3, 10, 10)
    assert document.locate(("goals", 0, "due"), key=True) == Location("f.yaml", 3, 5, 3)
    assert document.locate(("goals", 1, "x: y", 1)) == Location("f.yaml", 4, 17, 2)
    assert document.excerpt(3) == "    due: 2026-02-30"


def test_a_value_that_is_not_there_is_where_it_would_be() -> None:
    document = read("goals:\n  - title: x\n")
    assert document.locate(("goals", 0, "due")).line == 2
    assert document.locate(("nothing", "here")) == Location("f.yaml", 1, 1, 6)


def test_front_matter_counts_the_lines_of_its_file() -> None:
    document = read("title: x\ndate: y\n", first_line=2)
    assert document.locate(("date",)).line == 3
    assert document.excerpt(3) == "date: y"
    assert document.excerpt(1) == ""


def test_a_text_over_several_lines_is_marked_on_its_first() -> None:
    assert read("bio: |\n  one\n  two\n").locate(("bio",)) == Location("f.yaml", 1, 6, 1)


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing yet\n", "---\n", "~"])
def test_an_empty_file_is_a_document_without_a_value(text: str) -> None:
    assert read(text).value is None


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "value"),
    [
        ("a: 1\nb: 2\na: 3", "HW105", 3, 1, {"a": "1", "b": "2"}),
        ("{a: 1, 'a': 2}", "HW105", 1, 8, {"a": "1"}),
        ("a: 1\nb: *x", "HW106", 2, 4, None),
        ("a: 1\nb: &x 2", "HW106", 2, 4, {"a": "1", "b": "2"}),
        ("*x : 1", "HW106", 1, 1, None),
        ("a: 1\n<<: {b: 2}", "HW107", 2, 1, None),
        ("a: !!python/object/apply:os.system [x]", "HW108", 1, 4, {"a": ["x"]}),
        ("a: !mine x", "HW108", 1, 4, {"a": "x"}),
        ("a: !foo!bar x", "HW108", 1, 4, None),
        ("---\na: 1\n---\nb: 2", "HW109", 3, 1, {"a": "1"}),
        ("? [a, b]\n: c\nd: e", "HW111", 1, 3, {"d": "e"}),
        ("{{a: b}: c, d: e}", "HW111", 1, 2, {"d": "e"}),
        ("? {a: 1, a: {b: [c]}}\n: [{d: e}]\nf: g", "HW111", 1, 3, {"f": "g"}),
        ('"": x\nd: e', "HW111", 1, 1, {"d": "e"}),
        ('a: "\\x00"', "HW103", 1, 4, {"a": "\ufffd"}),
        ("a: b\nc: \x00d", "HW103", 2, 4, None),
        ("a: b\x1b[31m", "HW103", 1, 5, None),
        ("a: b\n\tc: d", "HW104", 2, 1, None),
        ("a:\n  b: c\n \td: e", "HW104", 3, 2, None),
        (b"caf\xe9: x", "HW102", 1, 4, None),
        ("a: b\nc: café \xe9".encode() + b"\xe9", "HW102", 2, 10, None),
        ("a: b".encode("utf-16"), "HW102", 1, 1, None),
        ("a: b".encode("utf-16-le"), "HW102", 1, 1, None),
    ],
)
def test_what_is_refused_has_its_place(
    each_loader: None, text: str | bytes, code: str, line: int, column: int, value: object
) -> None:
    document, problems = parse_yaml(text, "f.yaml")
    assert code in [problem.code for problem in problems]
    first = next(problem for problem in problems if problem.code == code)
    assert (first.location.line, first.location.column) == (line, column)
    assert first.message.endswith(".")
    assert (document.value if document else None) == value


def test_all_refusals_are_told_at_once_and_in_order() -> None:
    _, problems = parse_yaml("a: &x 1\nb: 2\nb: 3\nc: *x\n", "f.yaml")
    assert [(problem.code, problem.location.line) for problem in problems] == [("HW106", 1), ("HW105", 3), ("HW106", 4)]


def test_an_escaped_half_character_is_refused_by_either_parser(each_loader: None) -> None:
    document, problems = parse_yaml('a: "\\ud800"', "f.yaml")
    assert [problem.location.line for problem in problems] == [1]
    assert document is None or "\ud800" not in document.value["a"]


def test_half_characters_in_text_are_refused() -> None:
    _, problems = parse_yaml("a: b\nc: \ud800", "f.yaml")
    assert [(problem.code, problem.location.line) for problem in problems] == [("HW103", 2)]


@pytest.mark.parametrize("text", ["[" * 5000, "{a: " * 5000, "- " * 5000, "[" * 33 + "]" * 33])
def test_deep_nesting_is_refused_and_never_recursed(each_loader: None, text: str) -> None:
    document, problems = parse_yaml(text, "f.yaml")
    assert document is None
    assert [problem.code for problem in problems] == ["HW110"]


def test_nesting_up_to_the_limit_is_read() -> None:
    assert read("[" * 32 + "]" * 32).value


def test_a_file_past_the_limit_is_not_parsed() -> None:
    document, problems = parse_yaml("a: " + "b" * MAX_BYTES, "f.yaml")
    assert document is None
    assert [problem.code for problem in problems] == ["HW110"]


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(200)),
        "".join(f"- {{a: {n}, a: {n}}}\n" for n in range(20_000)),
        "- " * 20_000 + "\nx y",
        "a: |\n  " + "- " * 100_000 + "\nx y\nz: b",
        'a: "' + "x " * 100_000 + "\nb: c",
        "a: " + "x: " * 50_000,
        "a: " + "[" * 30 + "x, " * 50_000,
        " " * 100_000 + "\t: x",
        "a:\n" + "\n" * 200_000 + "b c\nd: e",
    ],
)
def test_weight_is_bounded(text: str) -> None:
    start = time.process_time()
    _, problems = parse_yaml(text, "f.yaml")
    assert 0 < len(problems) <= 101
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('a: b\nc: "d\ne: f\ng: "h"\n', 2),
        ("a: b\nc: 'd\ne: f\n", 2),
        ("a: b\nc: [d, e\nf: g\nh: i\n", 2),
        ("a: {b: c\nd: e\n", 1),
        ("a: [b", 1),
        ("a: b\nc d\ne: f\n", 2),
        ("a:b\nc: d\n", 1),
        ("a: b\nc: d: e\n", 2),
        ("goals:\n  -id: x\n    title: y\n", 2),
        ("a:\n   b: c\n  d: e\n  f: g\n", 2),
        ("a:\n  b: c\n   d: e\n  f: g\n", 3),
        ("a: b\nc: @d\n", 2),
        ("a: b\nc: **bold** text\n", 2),
        ("a: b\nc: d]\n}\n", 3),
        ('a: "b" c\nd: e\n', 1),
    ],
)
def test_a_syntax_fault_is_where_the_author_made_it(text: str, line: int) -> None:
    document, problems = parse_yaml(text, "f.yaml")
    assert document is None
    assert [(problem.code, problem.location.line) for problem in problems] == [("HW101", line)]


SIGNS = "abz019 :-{}[]\"',#&*!|>%@`\t\n\\?~é"


def edit(text: str, chance: random.Random) -> tuple[str, int, bool]:
    """Return the text with one character changed, the line of that, and whether it made a new line."""
    at, sign = chance.randrange(len(text)), chance.choice(SIGNS)
    kind = chance.choice(["insert", "delete", "replace"])
    changed = text[:at] + ("" if kind == "delete" else sign) + text[at + (kind != "insert") :]
    return changed, text.count("\n", 0, at) + 1, kind != "delete" and sign == "\n"


def test_any_edit_is_read_or_found_where_it_was_made(starter: Path) -> None:
    files = [starter / "headway.yaml", *sorted((starter / "content").rglob("*.yaml"))]
    texts = [path.read_text(encoding="utf-8") for path in files]
    chance = random.Random(20260520)
    exact = near = faults = 0
    for _ in range(500):
        changed, line, is_new_line = edit(chance.choice(texts), chance)
        _, problems = parse_yaml(changed, "f.yaml")
        for problem in problems:
            if problem.code in ("HW101", "HW104"):
                away = problem.location.line - line
                faults += 1
                exact += away == 0 or (away == 1 and is_new_line)
                near += 0 <= away <= 2
    assert faults > 30
    assert exact / faults >= 0.9
    assert near / faults >= 0.97
