"""Names: who is meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from note_cases import BOOK, JOSHES

from headway.documents.declared import declared_initials
from headway.documents.names import NameBook, Named, NameIndex, read_name


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Ada", "ada"),
        ("ada byron", "ada"),
        ("@ADA-b", "ada"),
        ("ada_b", "ada"),
        ("**Ada Byron** (mentee)", "ada"),
        ("Remy Rakic", "remy"),
        ("RÉMY", "remy"),
        ("Grace H.", "grace"),
        ("GraceH", "grace"),
        ("Grace Brewster Hopper", "grace"),
        ("Mrs. Grace Hopper, Navy", "grace"),
        ("Grace Hopper she/her", "grace"),
        ("[Grace](https://example.org)", "grace"),
        ("Nobody Known (@ghopper)", "grace"),
        ("Somebody (ghopper)", "grace"),
        ("[Somebody](https://github.com/ghopper)", "grace"),
        ("Grace X.", None),
        ("Ben Coe", None),
        ("Benjamin", None),
        ("", None),
        ("@", None),
    ],
)
def test_a_member_is_matched_by_every_form_of_the_name(text: str, person: str | None) -> None:
    members = NameBook(BOOK.members)
    assert members.match_person(text) == person


def test_members_come_before_all_others() -> None:
    book = NameBook((Named("ken", "Ken Lee"),), (Named("kent", "Ken Thompson"), Named("dan", "Dan Shaw")))
    assert book.match_person("Ken") == "ken"
    assert book.match_person("Ken Thompson") == "kent"
    assert book.match_person("Dan") == "dan"
    assert book.match_member("Dan") is None


def test_a_shared_first_name_means_nobody_unless_one_of_them_was_there() -> None:
    assert JOSHES.match_member("Josh") is None
    assert JOSHES.match_member("Josh", ("joshg", "ada")) == "joshg"
    assert JOSHES.match_member("Josh G.") == "joshg"


def test_initials_count_where_the_note_declares_them() -> None:
    found = declared_initials(["with Grace Hopper (GH) and **Ada Byron** (AB)", "the Office (OF)"], BOOK)
    assert found == {"GH": "grace", "AB": "ada"}
    assert BOOK.with_initials(found).match_person("GH") == "grace"
    assert BOOK.match_person("GH") is None


def test_a_name_is_taken_apart() -> None:
    written = read_name("- _Dan Shaw_ (@dshaw - CommComm member)")
    assert (written.name, written.handles) == ("Dan Shaw", ("dshaw",))


def test_one_index_serves_many_partnerships() -> None:
    everybody = NameIndex(tuple(Named(f"p{n}", f"First{n} Last{n}") for n in range(1000)))
    books = [NameBook((), everybody) for _ in range(3)]
    assert [book.match_person("First7 Last7") for book in books] == ["p7"] * 3
    assert all(book.other_index is everybody for book in books)


@given(st.text(max_size=80))
def test_any_text_names_somebody_or_nobody(text: str) -> None:
    assert BOOK.match_person(text) in {None, "ada", "grace", "ben", "remy", "ken", "dshaw", "bcoe"}
