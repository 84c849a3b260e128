"""Rendering: safe whatever is written, complete to the last word, and never long."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import headway.documents.markdown
from headway.documents.markdown import (
    MAX_CHARACTERS,
    parse_markdown,
    parse_within_limits,
    render_inline_markdown,
    render_markdown,
)


def link(address: str) -> str | None:
    return f"../{address}" if address.startswith("files/") else None


def mention(handle: str) -> tuple[str, str] | None:
    return ("Grace Hopper", "/people/grace/") if handle == "grace" else None


def render(text: str, hidden: Sequence[tuple[int, int]] = (), shift: int = 0) -> str:
    return render_markdown(parse_markdown(text), link=link, mention=mention, hidden=hidden, shift=shift)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Title", '<h2 id="h-title">Title</h2>'),
        # Under the page's h1 and the h2 above a note, so that no level is left out.
        ("###### Six", '<h3 id="h-six">Six</h3>'),
        ("## A\n\n#### B\n\n#### C", '<h4 id="h-b">B</h4>\n<h4 id="h-c">C</h4>'),
        ("#### A\n\n## B\n\n# C\n\n### D", '<h3 id="h-b">B</h3>\n<h2 id="h-c">C</h2>\n<h3 id="h-d">D</h3>'),
        ("|a|\n|-|\n|b|", '<div class="table-wrap" role="region" aria-label="Table 1" tabindex="0"><table>'),
        ("#Kickoff meeting\n---\nhello", '<h2 id="h-kickoff-meeting">Kickoff meeting</h2>\n<p>hello</p>'),
        ("##Scope", '<h3 id="h-scope">Scope</h3>'),
        ("#4th Meeting\n---", '<h2 id="h-4th-meeting">4th Meeting</h2>'),
        ("#123 is open", "<p>#123 is open</p>"),
        ("#fun and more", "<p>#fun and more</p>"),
        ("#Fun #Win", "<p>#Fun #Win</p>"),
        ("We talked.\n#Fun", "<p>We talked.<br>\n#Fun</p>"),
        ("It was good.\n---", "<p>It was good.</p>\n<hr>"),
        ("# Über Zoë 민서", '<h2 id="h-über-zoë-민서">Über Zoë 민서</h2>'),
        (
            "# __proto__\n\n# `location`",
            '<h2 id="h-proto"><strong>proto</strong></h2>\n<h2 id="h-location"><code>location</code></h2>',
        ),
        ("# A\n\n# A", '<h2 id="h-a">A</h2>\n<h2 id="h-a-1">A</h2>'),
        ("<enter date> & co", "<p>&lt;enter date&gt; &amp; co</p>"),
        ("<!-- a note -->", "<p>&lt;!-- a note --&gt;</p>"),
        ("<div>\n*x*\n</div>", "<p>&lt;div&gt;<br>\n<em>x</em><br>\n&lt;/div&gt;</p>"),
        ("hi @grace, @nobody", 'hi <a class="mention" href="/people/grace/" title="Grace Hopper">@grace</a>, @nobody'),
        ("_@grace_.", '<em><a class="mention" href="/people/grace/" title="Grace Hopper">@grace</a></em>.'),
        ("a@grace.org `@grace`", "<p>a@grace.org <code>@grace</code></p>"),
        ("[@grace](https://example.org)", '<a href="https://example.org">@grace</a>'),
        ("see https://example.org/a_b_c.", '<a href="https://example.org/a_b_c">https://example.org/a_b_c</a>.'),
        ("(http://example.org/x(1))", '(<a href="http://example.org/x(1)">http://example.org/x(1)</a>)'),
        ("**http://example.org**", '<strong><a href="http://example.org">http://example.org</a></strong>'),
        ("xhttp://", "<p>xhttp://</p>"),
        ("[a](files/b.pdf 'Why')", '<a href="../files/b.pdf" title="Why">a</a>'),
        ("[a](elsewhere.md)", "<p>a</p>"),
        ("![tree](files/t.png)", '<img src="../files/t.png" alt="tree" loading="lazy">'),
        ("![tree](https://example.org/t.png)", '<p><a href="https://example.org/t.png">tree</a></p>'),
        ("![](https://example.org/t.png)", '<p><a href="https://example.org/t.png">t.png</a></p>'),
        ("[![ci](https://a.org/b.svg)](https://a.org)", '<a href="https://a.org"><span>ci</span></a>'),
        ("[up](#the-title)\n\n# The title", '<a href="#h-the-title">up</a>'),
        ("[up](#nowhere)", "<p>up</p>"),
        ("- [x] done\n- [ ] open", 'aria-label="done">☑</span> done'),
        ("~~gone~~", "<s>gone</s>"),
        ("|a|b|\n|-|-:|\n|1|2|", '<td class="align-right">2</td>'),
        ("3. c", '<ol start="3">'),
        (
            '```py "x\nif a < b\n```',
            '<pre data-language="py &quot;x" tabindex="0"><code class="language-py">if a &lt; b',
        ),
        ("text[^1]\n\n[^1]: why", '<sup class="footnote-ref" id="fnref-1"><a href="#fn-1">1</a></sup>'),
        ("text[^1]\n\n[^1]: why", '<a class="footnote-back" href="#fnref-1" title="Back to the text">↩</a></div>'),
        ("> [!NOTE]\n> mind *this*", '<p class="alert-title">Note</p>\n<p>mind <em>this</em></p>\n</div>'),
        ("> [!warning]\n>\n> - one", '<div class="alert alert-warning" role="note"><p class="alert-title">Warning</p>'),
        ("> [!NOTE] said inline", "<blockquote>\n<p>[!NOTE] said inline</p>"),
        ("> [!NOTE]\n> a\n>\n> > b", "<blockquote>\n<p>b</p>\n</blockquote>\n</div>"),
        ("[[goal:speak]]", "<p>speak</p>"),
        ("[[goal:speak|the *talk*]]", "<p>the *talk*</p>"),
        ("[[goal:a]b]] [[page]] [[goal:]]", "<p>[[goal:a]b]] [[page]] [[goal:]]</p>"),
        ("[b]: https://example.org 'T'", '<p>[b]: https://example.org "T"</p>'),
        ("{{ 7*7 }} {% include x %}", "<p>{{ 7*7 }} {% include x %}</p>"),
        ("Present: Ada\nDate: today", "<p>Present: Ada<br>\nDate: today</p>"),
    ],
)
def test_what_people_write(text: str, expected: str) -> None:
    assert expected in render(text)


def test_prose_that_an_editor_wrapped_flows() -> None:
    text = "We talked about the abstract for the meetup and what it should say first,\nand then about the slides."
    assert "<br>" not in render(text)


HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "<svg onload=alert(1)>",
    "<iframe srcdoc='<script>'></iframe>",
    "<base href=//evil><meta http-equiv=refresh>",
    "<style>@import 'x'</style>",
    "<form action=x><input>",
    "<!-- <![CDATA[ </main></body>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java&#x73;cript:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](<java script:alert(1)>)",
    "<javascript:alert(1)>",
    "[a][b]\n\n[b]: javascript:alert(1)",
    "[a][b]\n\n[b]: vbscript:x 'y'",
    "![a](data:image/png;base64,AAAA)",
    "![a](data:text/html,<script>)",
    "[a](file:///etc/passwd) [a](intent:x) [a](ms-office:x) [a](ftp://host/x)",
    "[a](//host/x) ![a](//host/x) [a](\\\\host) [a](/\\host)",
    '[a](https://x "\\" onmouseover=\\"alert(1)")',
    '![" onerror="alert(1)](files/x.png)',
    '```"><script>alert(1)</script>\nx\n```',
    '# "><img src=x onerror=alert(1)>',
    '@grace"onclick=alert(1)',
    '[^"><script>]: x\n\ny[^"><script>]',
    'https://x/"onclick="alert(1)',
    "|<script>|b|\n|:-:|-|\n|a|b|",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_inert(text: str) -> None:
    page = render(text)
    tags = re.findall(r"<[^>]*>", page)
    allowed = "p|a|code|pre|em|strong|s|h[2-6]|br|hr|ul|ol|li|img|span|div|sup|table|thead|tbody|tr|th|td|blockquote"
    assert all(re.fullmatch(rf"</?(?:{allowed})(?: [a-z-]+=\"[^\"<>]*\")*>", tag) for tag in tags), page
    for tag in tags:
        names = re.findall(r' ([a-z-]+)="', tag)
        known = {
            "href",
            "src",
            "alt",
            "title",
            "class",
            "id",
            "role",
            "aria-label",
            "start",
            "loading",
            "data-language",
            "tabindex",
        }
        assert set(names) <= known
        for address in re.findall(r'(?:href|src)="([^"]*)"', tag):
            assert re.match(r"https?:|mailto:|\.\./files/|#|/people/", html.unescape(address)), address


@pytest.mark.parametrize(
    ("text", "hidden", "shift", "gone", "kept"),
    [
        ("one\nsecret\ntwo", [(2, 2)], 0, ["secret"], ["one", "two"]),
        ("one\nsecret\ntwo", [(12, 12)], 10, ["secret"], ["one", "two"]),
        ("- one\n- secret\n- two", [(2, 2)], 0, ["secret"], ["one", "two", "<li>"]),
        ("- secret\n  - secret\n\nend", [(1, 2)], 0, ["secret", "<ul>", "<li>"], ["end"]),
        ("- one\n  - secret\n\nend", [(2, 2)], 0, ["secret"], ["one", "end"]),
        ("> secret\n\nend", [(1, 1)], 0, ["secret", "blockquote"], ["end"]),
        ("# secret\n\nend [x](#secret)", [(1, 1)], 0, ['"#h-secret', "h2"], ["end"]),
        ("|a|b|\n|-|-|\n|secret|b|\n|c|d|", [(3, 3)], 0, ["secret"], ["<td>c</td>"]),
        ("```\none\nsecret\n```", [(3, 3)], 0, ["secret"], ["one"]),
        ("[^1]: secret\n\nend[^1]", [(1, 1)], 0, ["secret"], ["end"]),
        ("[b]: http://secret.org\n\nend", [(1, 1)], 0, ["secret"], ["end"]),
        ("one **a\nsecret** b\ntwo", [(2, 2)], 0, ["secret"], ["one", "two"]),
    ],
)
def test_hidden_lines_leave_no_trace(
    text: str, hidden: list[tuple[int, int]], shift: int, gone: list[str], kept: list[str]
) -> None:
    page = render(text, hidden, shift)
    assert [word for word in gone if word in page] == []
    assert [word for word in kept if word not in page] == []


def test_tokens_can_be_rendered_again() -> None:
    tokens = parse_markdown("# A\n\n- [x] b @grace\n\n[c]: d\n")
    pages = {render_markdown(tokens, link=link, mention=mention) for _ in range(3)}
    assert len(pages) == 1


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]{2,}", text)


SNIPPETS = [
    "# Title",
    "#Tight",
    "para graph",
    "  indented",
    "- item",
    "  - nested",
    "1. one",
    "- [ ] open",
    "> quote",
    "| cell | more |",
    "|--|--|",
    "```info",
    "```",
    "---",
    "===",
    "**bold",
    "*emph*",
    "`code",
    "<tag attr>",
    "<!-- comment -->",
    "https://host.org/path",
    "[text](files/target 'title')",
    "[ref][label]",
    "[label]: files/where 'reason'",
    "[^foot]",
    "[^foot]: note",
    "\\escaped",
    "&amp; &bogus;",
    "![alt](files/pic.png)",
    "",
    "\t",
    "@grace",
    "Present: Ada",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(SNIPPETS) | st.text(alphabet="ab*_[]()`#>|-\n \\<&!:~^", max_size=12), max_size=12))
def test_every_word_is_on_the_page(lines: list[str]) -> None:
    text = "\n".join(lines)
    page = html.unescape(render(text))
    source = re.sub(r"&(?:amp|bogus);", " ", text)
    # A label only points from a link to its definition.
    missing = set(words(source)) - set(words(page)) - {"label"}
    assert missing == set()


NEST = "".join("  " * depth + "- a\n" for depth in range(600))
HEAVY = {
    "brackets": "[" * 100_000,
    "pictures": "![" * 100_000,
    "quotes": ">" * 100_000,
    "emphasis": "*a_" * 100_000,
    "lists": NEST,
    "line": "a" * 900_000,
    "references": f"[a]: http://x/{'y' * 100_000}\n\n" + "[a] " * 50_000,
    "definitions": "".join(f"[a{number}]: http://x\n" for number in range(20_000)),
    "cells": ("|a" * 1000 + "\n") + ("|-" * 1000 + "\n") + ("|a" * 1000 + "\n") * 50,
    "addresses": "http://" * 50_000,
    "address": "http://a" + ")" * 100_000,
    "mentions": "@grace " * 15_000,
    "comments": "<!--" * 50_000,
    "links": "[a](b" * 25_000,
    "backticks": "".join("`" * number + " " for number in range(600)),
    "headings": "# a\n" * 20_000,
    "hashes": "#A" * 50_000,
    "entities": "&" * 100_000,
    "tildes": "~~a" * 50_000,
}


@pytest.mark.parametrize("name", HEAVY)
def test_heavy_text_stays_within_time_and_size(name: str) -> None:
    text = HEAVY[name]
    start = time.process_time()
    page = render(text)
    assert time.process_time() - start < 12
    assert len(page) < 20 * len(text) + 10_000


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a" * (MAX_CHARACTERS + 1), 0),
        ("fine\n\n" + ">" * 120 + "deep", 2),
        (f"fine\n\n[a]: http://x/{'y' * 100_000}\n\n" + "[a] " * 50_000, 2),
        ("fine\n" + "[" * 40_000, 1),
        ("fine\n" + "|a" * 50_000, 1),
    ],
)
def test_what_is_too_heavy_is_plain_text_and_says_where(text: str, line: int) -> None:
    tokens, excess = parse_within_limits(text)
    assert excess is not None
    assert excess.line == line
    assert {token.type for token in tokens} == {"paragraph_open", "inline", "paragraph_close"}
    assert "\n".join(token.content for token in tokens if token.type == "inline").split() == text.split()


def test_control_signs_are_left_out_and_lines_keep_their_count() -> None:
    tokens = parse_markdown("\ufeff# a\x08b\r\n\r\nc\x00d\re\ud800")
    assert [token.map for token in tokens if token.map] == [[0, 1], [0, 1], [2, 4], [2, 4]]
    assert "ab" in render("a\x08b")


def test_every_word_of_real_notes_is_on_the_page(corpus: Path) -> None:
    lost = {}
    for path in sorted(corpus.glob("*/content/partnerships/*/meetings/**/*.md")):
        text = path.read_bytes().decode("utf-8-sig", "replace")
        page = render_markdown(parse_markdown(text), link=lambda address: address, mention=mention)
        gone = set(words(html.unescape(text))) - set(words(html.unescape(page)))
        if gone:
            lost[path.name] = gone
    assert len(lost) <= 3, lost


PLAIN = MarkdownIt("commonmark", {"html": False, "maxNesting": 100}).enable(["table", "strikethrough"])
PARTS = (
    *(
        "- ",
        "* ",
        "+ ",
        "1. ",
        "10) ",
        "> ",
        ">",
        "# ",
        "## ",
        "- - -\n",
        "***",
        "___\n",
        "\n===\n",
        "\n---\n",
        "  ",
        "\t",
    ),
    *(
        "**a**",
        "a",
        "b c",
        "é",
        ":",
        "!",
        "_e_",
        "*e*",
        "`c`",
        "```",
        "~~~",
        "~~s~~",
        "\\*",
        "&amp;",
        "<b>",
        "<http://q.r>",
    ),
    *("| a | b |", "|---|---|\n", ":-:|:-:\n", "[x] ", "[ ] ", "[a](b)", "![i](j)", "http:", "\n", "\n", "\n\n"),
)


@settings(deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=25).map("".join))
def test_lines_told_by_their_first_character_are_what_markdown_says(text: str) -> None:
    expected = PLAIN.parse(text)
    for opening, inline in pairwise(expected):
        # Below a whole paragraph, dashes are a rule here.
        assume(not (opening.tag == "h2" and opening.markup == "-" and re.search(r"\n|\.$", inline.content)))
    assert [token.as_dict() for token in parse_markdown(text)] == [token.as_dict() for token in expected]


def test_where_a_box_is_hidden_the_line_after_it_is_none() -> None:
    html = render("- [ ] what they may not see\n**a line** after it\n", hidden=[(1, 1)])
    assert "<strong>a line</strong> after it" in html
    assert "task-box" not in html


@given(st.text("abzAZ09 ,;?%()'-.", max_size=20))
def test_a_line_without_marks_comes_out_as_its_markdown_would(text: str) -> None:
    def render() -> str:
        return render_inline_markdown(text, link=lambda _: None, mention=lambda _: None)

    with patch.object(headway.documents.markdown, "_PLAIN_LINE", re.compile("(?!)")):
        read = render()
    assert render() == read
