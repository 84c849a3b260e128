from __future__ import annotations

import time as clock
import unicodedata

import pytest
from page_values import strings

from headway.documents.markdown import parse_markdown
from headway.model.person import Person
from headway.pages.redaction import Redaction, compute_redaction

PEOPLE = {
    "will": Person(name="Will van der May", aliases=("will-m", "may", "Bill")),
    "minseo": Person(name="김민서"),
    "zoe": Person(name="Zoë"),
}


@pytest.fixture(scope="module")
def redaction() -> Redaction:
    handles = {"will": "will", "will-m": "will", "may": "will", "bill": "will", "minseo": "minseo", "other": "other"}
    return compute_redaction({key: (person, "mentee") for key, person in PEOPLE.items()}, handles, "guest")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Will came", "mentee came"),
        ("he will come in may", "he will come in may"),
        ("WILL VAN DER MAY and Bill", "mentee and mentee"),
        ("will van der may, Will Van Der May", "mentee, mentee"),
        ("WILL came", "mentee came"),
        ("will-m wrote", "mentee wrote"),
        ("Willow and Mayor stay", "Willow and Mayor stay"),
        ("@will, @Will-M. and @other", "mentee, mentee. and guest"),
        ("mail x@will.org and @nobody", "mail x@will.org and @nobody"),
        ("김민서가 왔다", "mentee가 왔다"),
        (unicodedata.normalize("NFD", "Zoë sang"), "mentee sang"),
        ("Zoë's song", "mentee's song"),
    ],
)
def test_names_and_handles_become_roles(redaction: Redaction, text: str, shown: str) -> None:
    assert redaction.redact(text) == shown


@pytest.mark.parametrize(
    ("name", "tells"),
    [
        ("will-grace", True),
        ("WILL", True),
        ("2026-03-02-May.md", True),
        ("willow", False),
        ("der-weg", True),
        ("x", False),
    ],
)
def test_names_of_files_and_folders(redaction: Redaction, name: str, tells: bool) -> None:
    assert redaction.tells(name) is tells


def test_tokens_hide_names_wherever_a_page_may_show_them(redaction: Redaction) -> None:
    text = (
        "Bill `Bill` ![Bill](Bill.png 'Bill') [Bill](https://example.org/Bill 'Bill')\n\n```Bill\nBill\n```\n\n"
        "    Bill\n\n| Bill |\n|---|\n| Bill |\n\n[Bill]: https://example.org/Bill 'Bill'\n\n[^Bill]\n\n[^Bill]: Bill\n"
    )
    tokens = parse_markdown(text)
    before = "\n".join(strings([token.as_dict() for token in tokens]))
    hidden = "\n".join(strings([token.as_dict() for token in redaction.redact_tokens(tokens)]))
    assert "Bill" not in hidden
    assert "mentee" in hidden
    assert "\n".join(strings([token.as_dict() for token in tokens])) == before


def test_without_hidden_people_tokens_stay_the_same() -> None:
    tokens = parse_markdown("Bill and @bill")
    assert Redaction().redact_tokens(tokens) == tokens
    assert Redaction().redact("Bill and @bill") == "Bill and @bill"


@pytest.mark.parametrize("unit", ["a", "@", "@a", "Will", "W", "김", "@a.", " ", "-"])
def test_a_very_long_line_is_no_work(redaction: Redaction, unit: str) -> None:
    started = clock.process_time()
    redaction.redact(unit * 100_000)
    assert clock.process_time() - started < 2
