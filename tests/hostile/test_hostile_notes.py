"""Notes and titles: each line of the inputs that must not hurt, by its own words, in every field of a small program.

What is asserted is that everything that was built is inert, in pages and in feeds, calendars, data and tables. The
same texts all together, for more audiences and commands, are in `test_hostile_texts`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile_program import program_with, run
from outputs import faults_of_outputs

TEXTS = {
    "<script>": "<script>alert(1)</script>",
    "<img onerror>": "<img src=x onerror=alert(1)>",
    "<svg onload>": "<svg onload=alert(1)>",
    "<math>": '<math><a xlink:href="javascript:alert(1)">m</a></math>',
    "<iframe srcdoc>": '<iframe srcdoc="<script>alert(1)</script>">',
    "<base>": '<base href="//evil.example/">',
    "<meta refresh>": '<meta http-equiv="refresh" content="0;url=//evil.example">',
    "<style>@import": "<style>@import '//evil.example/x.css';</style>",
    "<form action>": '<form action="//evil.example"><button formaction="javascript:x">b</button></form>',
    "unclosed <!--": "before <!-- never closed",
    "unclosed <![CDATA[": "before <![CDATA[ never closed",
    "stray </main></body>": "</main></body></html>",
    "links to javascript:": "[a](javascript:alert(1)) ![a](javascript:alert(1))",
    "javascript: in mixed case": "[a](JaVaScRiPt:alert(1)) ![a](JAVASCRIPT:alert(1))",
    "javascript: with entities": "[a](java&#115;cript:alert(1)) [a](&#x6a;avascript&colon;alert(1))",
    "javascript: with tabs inside": "[a](<java\tscript:alert(1)>) [a](java%09script:alert(1))",
    "javascript: as an autolink": "<javascript:alert(1)> <JAVASCRIPT:alert(1)>",
    "javascript: in a reference definition": "[a]\n\n[a]: javascript:alert(1)",
    "data:": "[a](data:text/html,<script>alert(1)</script>) ![a](data:image/svg+xml;base64,PHN2Zz4=)",
    "vbscript:": "[a](vbscript:msgbox(1)) ![a](vbscript:msgbox(1))",
    "file:": "[a](file:///etc/passwd) ![a](file:///etc/passwd)",
    "intent:": "[a](intent://x#Intent;end)",
    "ms-office:": "[a](ms-office:ofe|u|x) [a](ms-word:ofe|u|x)",
    "//host": "[a](//evil.example/x) ![a](//evil.example/x) [a](\\\\evil.example) [a](/\\evil.example)",
    "a link title that breaks out": '[a](https://a.example "x\\" onmouseover=\\"alert(1)")',
    "a fence's info string that breaks out": '```js" onmouseover="alert(1)\nx\n```',
    "an image's alt that breaks out": '![x" onerror="alert(1)](files/a.png)',
    "a heading that breaks out": '# x"><script>alert(1)</script>',
    "a person's name that breaks out": "\"><script>alert(1)</script> ' onx='",
    "heading id __proto__": "# __proto__\n\n## constructor",
    "heading id location": "# location\n\n# document",
    "heading ids that are duplicates": "# same\n\n# same\n\n# same-1\n\n# _main",
    "{{ 7*7 }}": "{{ 7*7 }} {{ cycler.__init__.__globals__ }}",
    '{% include "/etc/passwd" %}': '{% include "/etc/passwd" %} {# gone #}',
    "</script> in a title that lands in JSON": "</script><script>alert(1)</script> \u2028",
    "]]> in text that lands in Atom": "]]> &unknown; <![CDATA[",
    "U+0008 in text that lands in Atom": "a\bb\x0b\x1f\ufffe",
    r"\r\nBEGIN:VALARM in text that lands in a calendar": "a\r\nBEGIN:VALARM\r\nEND:VALARM",
    r";,\ in text that lands in a calendar": "a;b,c\\;\\n\\,",
    "=HYPERLINK() in text that lands in CSV": '=HYPERLINK("//evil.example")',
}


@pytest.mark.parametrize("line", TEXTS)
def test_notes_and_titles(write_program: Callable[[str], Path], line: str) -> None:
    text = TEXTS[line]
    program = write_program(program_with((text,)))
    result = run("-C", program, "build", "--jobs", "1")
    has_controls = any(sign in "\b\x0b\x1f\ufffe" for sign in text)
    assert (result.exit_code, "HW103" in result.output) == ((1, True) if has_controls else (0, False)), result.output
    if has_controls:
        for place in (program / "content").rglob("*.yaml"):
            place.write_text(place.read_text().replace(json.dumps(text)[1:-1], "some text"), encoding="utf-8")
        settings = program / "headway.yaml"
        settings.write_text(settings.read_text().replace(json.dumps(text)[1:-1], "some text"), encoding="utf-8")
        assert run("-C", program, "build", "--jobs", "1").exit_code == 0
    assert faults_of_outputs(program / "site") == {}
    pages = "".join(path.read_text(encoding="utf-8") for path in (program / "site").rglob("*.html"))
    assert "root:x:" not in pages
    assert "{{ 7*7 }}" in pages or "7*7" not in text, "shown as it was written, not computed"
