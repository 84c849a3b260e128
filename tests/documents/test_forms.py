"""Forms: what a field's type says may stand in a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

import pytest
from msgspec import Struct

from headway.documents.forms import Choice, Entries, Form, Keyed, Scalar, Spread, Without, kind_of, places_of
from headway.documents.validation import check_document
from headway.documents.yaml import parse_yaml
from headway.model.fields import Size

WORD = Scalar(str, "HW122")
Word = Annotated[str, WORD]


class Leaf(Form, frozen=True, rename={"start": "from"}):
    word: Word
    start: Word | None = None


class Tree(Form, frozen=True):
    leaves: tuple[Leaf, ...] = ()
    named: Mapping[str, Leaf] = {}


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        (Word, WORD),
        (Word | None, WORD),
        (Literal["a", "b"], Choice({"a": "a", "b": "b"})),
        (Size, Choice({"S": Size.S, "M": Size.M, "L": Size.L}, "Size")),
        (Annotated[Size, Without(Size.M)], Choice({"S": Size.S, "L": Size.L})),
        (tuple[Word, ...] | None, Entries(WORD)),
        (Annotated[tuple[Word, ...], Spread(list)], Entries(WORD, list)),
        (Mapping[str, tuple[Word, ...]], Keyed(Entries(WORD))),
        (Leaf, Leaf),
    ],
)
def test_a_type_says_what_may_stand_there(written: Any, kind: object) -> None:
    assert kind_of(written) == kind


@pytest.mark.parametrize("written", [int, date, list[str], Struct, Annotated[Word, Without("x")], Annotated[int, "x"]])
def test_what_no_file_can_say_is_a_slip_of_ours(written: Any) -> None:
    with pytest.raises(TypeError):
        kind_of(written)


def test_keys_are_those_of_files() -> None:
    assert [(key, place.name, place.is_required) for key, place in places_of(Leaf).items()] == [
        ("word", "word", True),
        ("from", "start", False),
    ]


def test_an_entry_that_lacks_something_is_left_out_and_its_like_are_kept() -> None:
    text = "leaves:\n  - {word: a, from: b}\n  - {from: c}\nnamed: {x: {word: d}, y: {from: e}, z: }\n"
    document, _ = parse_yaml(text, "f.yaml")
    assert document is not None
    checked = check_document(Tree, document)
    assert checked.value == Tree((Leaf("a", "b"),), {"x": Leaf("d")})
    assert [(p.code, p.location.line, p.location.column) for p in checked.problems] == [
        ("HW121", 3, 5),
        ("HW121", 4, 26),
    ]
