"""`headway digest`: what it tells, to whom, in which form; and what its documentation says of it."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from markdown_it import MarkdownIt

from headway.cli import headway

EXAMPLES = (
    "headway digest maya-ruth",
    "headway digest leilani --since 2026-05-01 --format markdown",
    "headway digest elif",
)
PAIR = """\
--- headway.yaml
program: P
site: {audience: partners}
--- content/people/ada.yaml
name: Ada Byron
--- content/people/grace.yaml
name: Grace Brewster
--- content/partnerships/ada-grace/partnership.yaml
start: 2026-02-02
status: active
members: [{person: ada, role: mentee}, {person: grace, role: mentor}]
agreement: {cadence: 2 weeks}
--- content/partnerships/ada-grace/goals.yaml
goals:
  - id: speak
    title: Give a talk
    owner: ada
    due: 2026-06-15
    milestones:
      - {title: Write the abstract, due: 2026-02-20, done: 2026-02-18}
      - {title: Rehearse, due: 2026-03-09}
    reframed: [{on: 2026-02-17, was: Speak at a conference}]
--- content/partnerships/ada-grace/meetings/2026-02-16.md
---
minutes: 20
planned_minutes: 45
status: shortened
next: 2026-03-02
---
# Abstract

Win: accepted
Thanks @grace: for reading
Feedback @grace -> @ada: secret words

- [x] Ada: read the call
- [ ] Ada: send the abstract by 2026-02-20
- [ ] Grace: find a room
"""


@pytest.fixture
def program(write_program: Callable[[str], Path]) -> Path:
    return write_program(PAIR)


def digest(program: Path, *arguments: str) -> Result:
    return CliRunner().invoke(headway, ["-C", str(program), "digest", *arguments])


def test_it_tells_what_happened_and_what_is_next(program: Path) -> None:
    assert digest(program, "--today", "2026-02-20").output == (
        """\
Ada Byron & Grace Brewster

What happened since 13 February 2026, up to 20 February 2026.

Next: 2 March 2026

What happened
-------------
- Abstract, 16 February 2026. 20 minutes, and they count.

What went well
--------------
- Write the abstract: reached on 18 February 2026. How will you
  celebrate it?
- Done: Ada Byron: read the call
- Win: accepted
- Thanks, Grace Brewster: for reading

What changed in the plan
------------------------
- Reframed: Give a talk (it was: Speak at a conference)

What you said you would do
--------------------------
- Ada Byron: send the abstract, meant for 20 February 2026. What would
  help?
- Grace Brewster: find a room
"""
    )


def test_all_is_well_is_said_once_or_not_at_all(program: Path) -> None:
    (program / "content/partnerships/ada-grace/goals.yaml").unlink()
    (program / "content/partnerships/ada-grace/meetings/2026-02-16.md").write_text("We met.\n")
    quiet = digest(program, "--today", "2026-02-25")
    assert (quiet.exit_code, quiet.output.splitlines()[2:]) == (
        0,
        ["Nothing new since 18 February 2026, and nothing to remind of. All is", "well."],
    )
    for form in ("text", "markdown", "html"):
        assert digest(program, "--today", "2026-02-25", "--skip-empty", "--format", form).output == ""
    assert digest(program, "--today", "2026-02-20", "--skip-empty").output != ""


def test_what_an_audience_may_not_see_is_not_told(program: Path) -> None:
    everything = digest(program, "--today", "2026-02-20", "--format", "markdown").output
    assert "secret" not in everything, "feedback stays in the note"
    told = digest(program, "--today", "2026-03-31", "--audience", "partners", "--since", "2026-03-01").output
    assert "A moment to check in" in told
    assert "No meeting has been kept since 16 February 2026" in told
    (program / "headway.yaml").write_text("program: P\nvisibility: {meetings: partners, goals: program}\n")
    public = digest(program, "--today", "2026-03-31", "--since", "2026-02-01")
    assert public.exit_code == 0, "the site's audience is public now"
    for words in ("16 February", "Rehearse", "Abstract", "find a room", "check in"):
        assert words not in public.output


def test_words_stay_inert_in_every_form(program: Path) -> None:
    plan = program / "content/partnerships/ada-grace/goals.yaml"
    plan.write_text(
        "goals:\n  - id: a\n    title: '<script>@all #1 **b** [x](javascript:y) \\e[31m&amp;'\n    done: 2026-02-18\n"
    )
    html, markdown, text = (
        digest(program, "--today", "2026-02-20", "--format", form).output for form in ("html", "markdown", "text")
    )
    assert "<script" not in html
    assert "&lt;script&gt;@all #1 **b**" in html
    assert not re.search(r"(?i)<(?:script|link|img|style|iframe)|\son\w+=|url\(|class=", html)
    line = next(line for line in markdown.splitlines() if "script" in line)
    assert "@all" not in line
    assert "#1" not in line
    assert "\\<script\\>" in line
    assert "\\[x\\](" in line
    assert "&amp;amp;" in line
    assert "<script>@all" in text
    assert max(map(len, text.splitlines())) <= 72


def test_words_are_markdown_that_says_the_same(program: Path) -> None:
    """What a Markdown reader makes of each line is what the text form says, mentions aside."""
    titles = [
        "1. first",
        "- dash",
        "+ plus",
        "= line",
        "# head",
        "> quote",
        "a\\*b*",
        "~~x~~ $y$ ^z",
        "&amp; x",
        "[ ] box",
    ]
    goals = "".join(f"  - {{id: g{n}, title: {json.dumps(t)}, start: 2026-02-18}}\n" for n, t in enumerate(titles))
    (program / "content/partnerships/ada-grace/goals.yaml").write_text(f"goals:\n{goals}")
    said = digest(program, "--today", "2026-02-20", "--format", "markdown").output
    html = MarkdownIt("gfm-like", {"linkify": False}).render(said)
    for title in titles:
        assert f"<li>New goal: {escape(title)}</li>" in html
    (program / "content/partnerships/ada-grace/partnership.yaml").write_text(
        "title: 1. ours\nstart: 2026-02-02\nmembers: [{person: ada, role: mentee}, {person: grace, role: mentor}]\n"
    )
    html = MarkdownIt("gfm-like", {"linkify": False}).render(
        digest(program, "--today", "2026-02-20", "--format", "markdown").output
    )
    assert "<h1>1. ours</h1>" in html


def test_links_lead_to_a_site_that_has_the_pages(program: Path) -> None:
    (program / "headway.yaml").write_text(
        "program: P\nvisibility: {meetings: program}\nsite: {url: 'https://example.org/x/', audience: program}\n"
    )
    told = digest(program, "--today", "2026-02-20", "--format", "markdown").output
    assert "[Abstract, 16 February 2026" in told
    assert "](https://example.org/x/partnerships/ada-grace/meetings/2026-02-16/)" in told
    assert "https://" not in digest(program, "--today", "2026-02-20", "--audience", "partners").output


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--all", "ada-grace"], "leave the name out"),
        (["ada-grace", "more"], "takes one partnership"),
        (["--since", "2026-03-10", "--today", "2026-03-10"], "must be before the digest's day"),
        (["--since", "soon"], "is not a day"),
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_said(program: Path, arguments: list[str], says: str) -> None:
    refused = digest(program, *arguments)
    assert (refused.exit_code, says in refused.output) == (2, True), refused.output


def test_a_broken_program_sends_nothing(program: Path) -> None:
    (program / "content/partnerships/ada-grace/goals.yaml").write_text("goals: [{due: 2026-02-30}]\n")
    broken = digest(program, "--all")
    assert (broken.exit_code, broken.stdout) == (1, "")
    assert "HW131" in broken.stderr


def test_a_withheld_partnership_is_not_told_of(program: Path) -> None:
    path = program / "content/partnerships/ada-grace/partnership.yaml"
    path.write_text(path.read_text() + "visibility: partners\n")
    assert digest(program, "--audience", "public").exit_code == 2
    whole = digest(program, "--audience", "public", "--all", "--today", "2026-02-20")
    assert "Ada" not in whole.output


def test_the_examples_are_what_the_starter_says(starter: Path, expect: Callable[[Path, str], None]) -> None:
    page = starter / "docs/digest.md"
    before, mark, _ = page.read_text(encoding="utf-8").partition("## Three of the starter's digests\n")
    said = ""
    for example in EXAMPLES:
        result = digest(starter, *shlex.split(example)[2:])
        assert result.exit_code == 0, result.output
        said += f"\n```console\n$ {example}\n{result.output}```\n"
    expect(page, before + mark + said)


def test_the_documented_jobs_are_well_formed(starter: Path, tmp_path: Path) -> None:
    text = (starter / "docs/digest.md").read_text(encoding="utf-8")
    [workflow] = re.findall(r"(?ms)^```yaml\n(.*?)^```$", text)
    steps = yaml.safe_load(workflow)["jobs"]["digest"]["steps"]
    scripts = [*re.findall(r"(?ms)^```sh\n(.*?)^```$", text), *(step["run"] for step in steps if "run" in step)]
    assert len(scripts) == 5
    for script in scripts:
        subprocess.run(["sh", "-n"], input=script, text=True, check=True)
        for line in re.findall(r"headway (digest [^>\n]*)", script):
            said = CliRunner().invoke(headway, ["-C", str(starter), *shlex.split(line)])
            assert said.exit_code == 0, said.output


def test_a_mail_is_sent_as_documented(starter: Path, tmp_path: Path) -> None:
    """The script of the documentation, with a mail program that keeps what it gets."""
    import email
    import os
    import sys

    text = (starter / "docs/digest.md").read_text(encoding="utf-8")
    script = next(s for s in re.findall(r"(?ms)^```sh\n(.*?)^```$", text) if "msmtp" in s)
    for name, body in {
        "headway": f'{sys.executable} -m headway -C "{starter}" "$@"',
        "msmtp": "cat > sent.eml",
    }.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{body}\n")
        (tmp_path / name).chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    subprocess.run(["sh", "-c", script], cwd=tmp_path, env=environment, check=True)
    sent = email.message_from_bytes((tmp_path / "sent.eml").read_bytes())
    assert sent["Subject"] == "Your partnership this week"
    body = sent.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert body.decode() == (tmp_path / "digest.html").read_text()
    assert "<h1 " in body.decode()
