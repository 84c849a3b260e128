"""Texts that would run, lead away or break out, in every place where people write: the site shows them, inert."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile_program import program_with, run
from inert import Page, faults_of, leaving_links, pages

TEXTS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    '<math><a xlink:href="javascript:alert(1)">m</a></math>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<base href="//evil.example/">',
    '<meta http-equiv="refresh" content="0;url=//evil.example">',
    "<style>@import '//evil.example/x.css';</style>",
    '<form action="//evil.example"><button formaction="javascript:x">b</button></form>',
    "<!-- never closed",
    "<![CDATA[ never closed",
    "</main></body></html><h1>mine",
    "</title></head><body onload=alert(1)>",
    "</bdi></a></code></pre></td></table><b onclick=x>",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    "x` onclick=`y",
    '"><script>alert(1)</script>',
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62;",
    "{{ 7*7 }} {% include '/etc/passwd' %} {# gone #}",
    "{{ ''.__class__.__mro__ }} ${7*7} #{7*7} <%= 7*7 %>",
    "</script><script>alert(1)</script> ]]> \u2028",
    '=HYPERLINK("//evil.example") ;,\\ BEGIN:VALARM',
    "+1+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "javascript:alert(1)",
    "[a](javascript:alert(1)) <javascript:alert(1)>",
    "\u202egnp.exe\u2066 \u200b\u200b\u200d\u2069",
    "Z\u0351\u036b\u0343\u0351\u0350\u0302\u0306\u030a\u0305a\u0327\u0322\u0329l",
    "دانا 123 نور",
    "%s %d {0} {name} \\1 \\g<0> $&",
    "../../../etc/passwd",
    "__proto__",
    "x" * 900,
)

CONTROLS = {*map(chr, range(32)), *map(chr, range(127, 160))} - {"\n"}
"""What makes a terminal act."""

LINKS = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "java&#115;cript:alert(1)",
    "&#x6a;avascript&colon;alert(1)", "javascript&#58;alert(1)", "\x01javascript:alert(1)", " javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>", "data:image/svg+xml;base64,PHN2Zz4=", "vbscript:msgbox(1)",
    "file:///etc/passwd", "intent://x#Intent;end", "ms-office:ofe|u|x", "ms-word:ofe|u|x", "//evil.example/x",
    "\\\\evil.example\\x", "/\\evil.example", "https:evil.example", "view-source:x", "blob:x", "/etc/passwd",
    "../../../../../../etc/passwd", "%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "..%2f..%2f..%2fetc/passwd",
    "../../other/files/secret.png", "files/../../other/files/secret.png", "?x=javascript:1", "#\"onclick=\"x",
)  # fmt: skip

SHAPES = (
    "[a]({0})", "[a](<{0}>)", "![a]({0})", "<{0}>", "[a][r]\n\n[r]: {0}", "[a]: <{0}>\n\n[a]", "[![a]({0})]({0})",
    "[a]({0} \"x\" )", "{0}",
)  # fmt: skip

NOTES = (
    '[a](https://a.example "x\\" onmouseover=\\"alert(1)")',
    "[a](https://a.example 'x\" onmouseover=alert(1) y')",
    '```js" onmouseover="alert(1)\nx\n```',
    "```<script>alert(1)</script>\n</code></pre><script>alert(1)</script>\n```",
    '~~~ x{onclick=alert(1) style="x:y"}\nx\n~~~',
    '![x" onerror="alert(1)](files/a.png)',
    "![<script>](files/a.png '<script>')",
    '# __proto__\n\n# location\n\n# location\n\n# _main\n\n# "><script>',
    '| <script> | `<b>` |\n|:-" onclick=x|-|\n| <img src=x onerror=y> | "\'> |',
    "[^<script>]: <script>alert(1)</script>\n\ntext[^<script>]",
    "<div>\n\n# heading\n\n</div>\n\n<script>\n\nalert(1)\n\n</script>",
    "<!--\n\n- [ ] a task\n\n",
    '<a href="javascript:alert(1)">x</a><input type=checkbox onclick=x>',
    '@<script> @ada"onclick=x @ada',
    'Present: <script>alert(1)</script>, "onclick=x, Ada\n\n## Tasks\n- @ada: <img src=x onerror=y> (due 2026-02-20)\n'
    '- <script>x</script>: do it\n\nWin: <svg onload=x>\n\nThanks @ada: "><script>\n\n'
    "Feedback @ada -> @grace: <iframe>\n"
    "- worked: <b onclick=x>\n- try: <style>\n\nDecision: {{ 7*7 }}\n\nReframe: </main>",
    '---\ntitle: "<script>alert(1)</script>"\nattendees: ["<script>", ada]\nstatus: "<script>"\n---\nx',
)


@pytest.mark.parametrize("audience", ["partners", "public"])
def test_a_text_in_every_field_stays_text(write_program: Callable[..., Path], audience: str) -> None:
    program = write_program(program_with(TEXTS))
    result = run("-C", program, "build", "--audience", audience, "--jobs", "1")
    assert result.exit_code == 0, result.output
    site = program / "site"
    assert faults_of(site) == {}
    assert leaving_links(site) == set()
    everything = "".join(path.read_text(encoding="utf-8") for path in pages(site))
    assert "root:" not in everything
    for text in TEXTS[:19] if audience == "partners" else ():
        number = TEXTS.index(text)
        shown = "".join(Page((site / f"partnerships/p{number}/index.html").read_text(encoding="utf-8")).text)
        assert " ".join(text.split()) in " ".join(shown.split()), "shown as it was written"


@pytest.mark.parametrize("arguments", [("check",), ("status",), ("export",), ("status", "--format", "json")])
def test_the_other_commands_print_it_without_control(
    write_program: Callable[..., Path], arguments: tuple[str, ...]
) -> None:
    program = write_program(program_with(TEXTS))
    (program / "content/partnerships/p0/meetings/2026-03-03.md").write_text("## Tasks\n- \x1b[31mred \x07\x9b31m @zz\n")
    result = run("-C", program, *arguments)
    assert result.exit_code == 0, result.output
    assert not set(result.output) & CONTROLS
    if "json" in arguments or arguments == ("export",):
        assert len(json.loads(result.stdout)["partnerships"]) == len(TEXTS)


@pytest.mark.parametrize("table", ["partnerships", "goals", "meetings", "tasks"])
def test_no_cell_of_a_table_is_a_formula(write_program: Callable[..., Path], table: str) -> None:
    result = run("-C", write_program(program_with(TEXTS)), "export", "--format", "csv", "--table", table)
    cells = [cell for row in csv.reader(io.StringIO(result.stdout)) for cell in row]
    assert cells
    assert [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_no_link_of_a_note_runs_or_leads_where_nobody_meant(write_program: Callable[..., Path]) -> None:
    parts = [PAIR]
    texts = [shape.replace("{0}", link) for link in LINKS for shape in SHAPES]
    parts.append("--- content/partnerships/ada-grace/meetings/2026-02-02.md\n" + "\n\n---\n\n".join(texts[::1]) + "\n")
    for number, link in enumerate(LINKS):
        body = "\n\n".join(shape.replace("{0}", link) for shape in SHAPES)
        parts.append(f"--- content/partnerships/ada-grace/meetings/n{number}.md\ndate: 2026-03-01\n\n{body}\n")
        parts.append(f"--- content/pages/n{number}.md\n{body}\n")
    program = write_program("".join(parts))
    (program / "content/partnerships/other/files").mkdir(parents=True)
    (program / "content/partnerships/other/files/secret.png").write_bytes(b"secret picture")
    result = run("-C", program, "build", "--jobs", "1")
    assert result.exit_code == 0, result.output
    assert faults_of(program / "site") == {}
    assert leaving_links(program / "site") == set()
    assert not [path for path in (program / "site").rglob("*") if "secret" in path.name]


@pytest.mark.parametrize("note", NOTES)
def test_a_note_that_breaks_out_stays_inside(write_program: Callable[..., Path], note: str) -> None:
    program = write_program(
        f"{PAIR}--- content/partnerships/ada-grace/meetings/2026-02-02.md\n{note}\n"
        f"--- content/partnerships/ada-grace/logbook.md\n{note}\n\n## 2026-03-01\n{note}\n"
        f"--- content/pages/p.md\n{note}\n"
    )
    (program / "content/partnerships/ada-grace/files").mkdir()
    (program / "content/partnerships/ada-grace/files/a.png").write_bytes(b"png")
    result = run("-C", program, "build", "--jobs", "1")
    assert result.exit_code in (0, 1), result.output
    if result.exit_code == 0:
        assert faults_of(program / "site") == {}


PAIR = """\
--- headway.yaml
program: P
today: 2026-05-20
site: {audience: partners}
--- content/people/ada.yaml
name: Ada Byron
--- content/people/grace.yaml
name: Grace Brewster
--- content/partnerships/other/partnership.yaml
start: 2026-01-01
members: [{person: grace, role: mentee}]
--- content/partnerships/ada-grace/partnership.yaml
start: 2026-01-01
members: [{person: ada, role: mentee}, {person: grace, role: mentor}]
"""
