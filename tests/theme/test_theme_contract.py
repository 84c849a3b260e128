"""The contract with theme makers: its documentation is current, and a tiny theme can rely on it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner, Result
from msgspec.structs import fields
from theme_docs import make_docs

from headway.cli import headway
from headway.pages.views import Page, SiteView
from headway.theme.templates import PAGE_TEMPLATES

Write = Callable[[str], Path]

PROGRAM = """--- headway.yaml
program: Harbour
today: 2026-05-20
site: {theme: ours}
--- content/people/ada.yaml
name: Ada
--- content/partnerships/ada-bo/partnership.yaml
title: Ada & Bo
members: [{person: ada, role: mentee}]
--- content/partnerships/ada-bo/meetings/2026-05-04.md
# First walk

Along the quay.
"""
TINY = """--- themes/ours/theme.yaml
name: ours
extends: trail
tokens: {accent: "#7a3b69", dark-accent: "#e0a6d0"}
--- themes/ours/templates/base.html
{% extends "!trail/base.html" %}
{% block footer %}<footer><p>Moored at {{ site.program }}</p></footer>{% endblock %}
--- themes/ours/templates/note.html
{% extends "base.html" %}
{% block main %}<h1>Log: {{ page.title }}</h1>{{ view.body }}{% endblock %}
"""


def run(program: Path, *arguments: str) -> Result:
    return CliRunner().invoke(headway, ["-C", str(program), *arguments])


def test_the_documentation_is_made_from_the_code(starter: Path, expect: Callable[[Path, str], None]) -> None:
    expect(starter / "docs/themes.md", make_docs())


def test_every_view_and_field_is_in_the_documentation() -> None:
    docs = make_docs()
    for template, view in PAGE_TEMPLATES.items():
        assert f"`{template}`" in docs
        section = docs.partition(f": {view.__name__}\n")[2].partition("\n### ")[0]
        assert [f"`{field.name}`" in section for field in fields(view)] == [True] * len(fields(view)), view
    for view in (Page, SiteView):
        assert all(f"| `{field.name}` |" in docs for field in fields(view))


def test_a_tiny_theme_changes_tokens_a_block_and_a_template(write_program: Write) -> None:
    program = write_program(PROGRAM + TINY)
    result = run(program, "build", "--strict")
    assert result.exit_code == 0, result.output
    site = program / "site"
    tokens = (site / "assets/tokens.css").read_text()
    assert "--accent: #7a3b69;" in tokens
    assert "--paper: #f8f3e8;" in tokens
    for path in site.rglob("*.html"):
        assert "<p>Moored at Harbour</p>" in path.read_text(), path
    note = (site / "partnerships/ada-bo/meetings/2026-05-04/index.html").read_text()
    assert "<h1>Log: First walk</h1><p>Along the quay.</p>" in note
    assert 'class="skip"' in note, "what is not changed is the parent's"
    assert "<h1>Log" not in (site / "index.html").read_text()
    assert (site / "search/list.js").is_file()


def test_the_themes_are_listed(write_program: Write) -> None:
    said = run(write_program(PROGRAM + TINY), "theme", "list").output
    assert re.search(r"^\* ours  \(themes/ours, extends trail\)$", said, re.M)
    assert re.search(r"^  trail  \(headway/themes/trail\)$", said, re.M)


def test_an_ejected_template_takes_effect_and_the_site_is_the_same(write_program: Write) -> None:
    program = write_program(PROGRAM.replace("site: {theme: ours}\n", ""))
    assert run(program, "build").exit_code == 0
    before = {path.name: path.read_bytes() for path in program.rglob("index.html")}
    assert "note.html" in run(program, "theme", "eject").output.split()
    result = run(program, "theme", "eject", "note.html", "trail.css")
    assert result.exit_code == 0, result.output
    assert (program / "themes/trail/theme.yaml").is_file()
    assert run(program, "build", "--strict").exit_code == 0
    assert {path.name: path.read_bytes() for path in program.rglob("index.html")} == before
    template = program / "themes/trail/templates/note.html"
    template.write_text(template.read_text().replace("{% block main %}", "{% block main %}<p>mine</p>"))
    assert run(program, "build").exit_code == 0
    assert "<p>mine</p>" in (program / "site/partnerships/ada-bo/meetings/2026-05-04/index.html").read_text()


def test_ejecting_never_writes_over_anything(write_program: Write, tmp_path: Path) -> None:
    program = write_program(PROGRAM + TINY)
    again = run(program, "theme", "eject", "note.html", "404.html")
    assert again.exit_code == 2
    assert "themes/ours/templates/note.html is there already" in again.output
    assert not (program / "themes/ours/templates/404.html").exists()
    assert run(program, "theme", "eject", "404.html").exit_code == 0
    assert "Did you mean note.html?" in run(program, "theme", "eject", "ntoe.html").output
    assert run(program, "theme", "eject", "goal.html", "--to", "../x").exit_code == 2
    (tmp_path / "elsewhere").mkdir()
    (program / "themes/away").symlink_to(tmp_path / "elsewhere")
    assert run(program, "theme", "eject", "goal.html", "--to", "away").exit_code == 2
    assert [*(tmp_path / "elsewhere").iterdir()] == []


def test_everything_can_be_ejected(write_program: Write) -> None:
    program = write_program(PROGRAM + TINY)
    result = run(program, "theme", "eject", "--all", "--to", "whole")
    assert result.exit_code == 0, result.output
    settings = program / "headway.yaml"
    settings.write_text(settings.read_text().replace("theme: ours", "theme: whole"))
    assert run(program, "build", "--strict").exit_code == 0
