"""What the browser makes of a word when it searches is what Headway made of it when it built the site."""

from __future__ import annotations

import json
import random
import re
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from headway.feeds.sieve import count_run, fold, list_runs

SCRIPT = Path(__file__).parents[2] / "themes/trail/assets/search.js"
OpenPage = Callable[..., Page]


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A page that knows the script's own functions."""
    page = open_page()
    text = SCRIPT.read_text(encoding="utf-8")
    for name in ("LETTERS", "letter", "fold", "count", "runs"):
        [made] = re.findall(rf"^  const {name} = (.*?);\n(?=  const |\n|$)", text, re.M | re.S)
        page.evaluate(f"void (globalThis.{name} = {made})")
    return page


def test_every_character_is_folded_alike(page: Page) -> None:
    characters = [chr(number) for number in range(sys.maxunicode + 1)]
    characters = [one for one in characters if unicodedata.category(one) not in ("Cn", "Co", "Cs")]
    assert len(characters) > 140_000
    # As one text: a list of as many takes its time on its way from and to the browser.
    said = page.evaluate(
        "text => JSON.stringify([...text].map(one => /\\p{Cn}/u.test(one) ? null : fold(one)))", "".join(characters)
    )
    for character, folded in zip(characters, json.loads(said), strict=True):
        if folded is not None:  # else it is one that only Headway knows
            assert fold(character) == folded, f"U+{ord(character):04X}"


def test_words_have_the_same_runs(page: Page) -> None:
    choose = random.Random(1)
    blocks = [(0x20, 0x7E), (0xC0, 0x24F), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x4FF), (0x5D0, 0x6FF)]
    blocks += [(0x900, 0x97F), (0xE01, 0xE3A), (0x1100, 0x11FF), (0x3041, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3)]
    blocks += [(0xFB00, 0xFB4F), (0xFF01, 0xFFEE), (0x10400, 0x1044F), (0x1F600, 0x1F64F), (0x20000, 0x20100)]
    texts = []
    for _ in range(2_000):
        some = choose.sample(blocks, 2)
        text = "".join(chr(choose.randint(*choose.choice(some))) for _ in range(choose.randint(1, 12)))
        if all(unicodedata.category(character) != "Cn" for character in text):
            texts.append(text)
    assert len(texts) > 1_000
    said = page.evaluate("texts => texts.map(fold).map(text => [text, text.split(/\\s+/).flatMap(runs)])", texts)
    for text, (folded, runs) in zip(texts, said, strict=True):
        assert folded == fold(text), ascii(text)
        assert sorted(set(runs)) == sorted({count_run(run) for run in list_runs(folded.split())}), ascii(text)


def test_of_a_character_that_is_not_known_nothing_is_asked(page: Page) -> None:
    assert page.evaluate("runs('abcd\\u{3fffd}')") == []
