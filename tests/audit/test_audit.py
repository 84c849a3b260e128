"""`headway audit`, and the leak search of a strict build."""

from __future__ import annotations

import base64
import gzip
import io
import json
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from headway.cli import headway

PROGRAM = """\
--- headway.yaml
program: P
today: 2026-05-20
--- content/people/ada.yaml
name: Ada Byron
email: ada.byron@example.org
obstacles: [{kind: excuse, what: never enough time on Mondays}]
--- content/people/grace.yaml
name: Grace Hopperton
visibility: partners
--- content/partnerships/pair/partnership.yaml
start: 2026-02-02
members: [{person: ada, role: mentee}, {person: grace, role: mentor}]
agreement: {cadence: 2 weeks, agreed: {ada: 2026-02-02, grace: 2026-02-02}}
--- content/partnerships/pair/meetings/2026-05-11.md
---
visibility: partners
---
# Rehearsal

The talk was shorter than a cup of tea, and we laughed.
--- content/partnerships/pair/meetings/2026-05-18.md
# Open

Everybody may read this line of the open note.
"""
SECRET = b"shorter than a cup of tea, and we laughed"


def run(program: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(headway, ["-C", str(program), *map(str, arguments)], catch_exceptions=False)


def zipped(content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", b"<p>was <b>shorter</b> than a <i>cup</i> of tea"),
        ("a.gz", gzip.compress(SECRET, mtime=0)),
        ("a.zip", zipped(SECRET)),
        ("a.txt", base64.b64encode(SECRET)),
        ("a.txt", SECRET.hex().encode()),
        ("a.txt", SECRET.replace(b" ", b"%20")),
        ("a.html", "".join(f"&#{byte};" for byte in SECRET).encode()),
        ("a.ics", b"shorter than a c\r\n up of tea"),
        ("a.json", b'"shorter than\\na cup\\u0020of tea"'),
        ("shorter-than-a-cup-of-tea.png", b""),
        ("a.vcf", b"ada.byron@example.org"),
        ("a.js", b"never enough time on Mondays"),
        ("a.txt", b"grace hopperton"),
    ],
)
def test_a_leak_is_found_in_any_form_and_its_place_is_said(
    write_program: Callable[[str], Path], tmp_path: Path, name: str, content: bytes
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / name).write_bytes(content)
    done = run(write_program(PROGRAM), "audit", "--leaks", site, "--format", "json")
    assert done.exit_code == 1
    [leak] = {leak["file"] for leak in json.loads(done.stdout)["leaks"]}
    assert leak == name


def test_a_site_as_it_is_built_has_no_leak(write_program: Callable[[str], Path], tmp_path: Path) -> None:
    program = write_program(PROGRAM)
    assert run(program, "build", "--out", tmp_path / "site", "--jobs", "1").exit_code == 0
    done = run(program, "audit", "--leaks", tmp_path / "site")
    assert (done.exit_code, "nothing was found" in done.stdout) == (0, True)
    assert "name 1 person: Ada Byron" in done.stdout
    assert "E-mail addresses in people's files: 1." in done.stdout
    # The partners may read the note, so for them it is no leak.
    (tmp_path / "site/a.txt").write_bytes(SECRET)
    assert run(program, "audit", "--leaks", tmp_path / "site").exit_code == 1
    assert run(program, "audit", "--leaks", tmp_path / "site", "--audience", "partners").exit_code == 0


def test_a_strict_build_that_would_leak_leaves_the_last_site(
    write_program: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, site = write_program(PROGRAM), tmp_path / "site"
    arguments = ("build", "--strict", "--out", site, "--jobs", "1")
    assert run(program, *arguments).exit_code == 0
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    monkeypatch.setattr("headway.build.render_today", lambda _: SECRET.decode())
    done = run(program, *arguments)
    assert done.exit_code == 1
    assert "assets/today.css: a line of a note" in done.output
    assert "cup of tea" not in done.output
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_what_the_repository_tells_is_said(write_program: Callable[[str], Path], tmp_path: Path) -> None:
    program = write_program(PROGRAM)

    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=Ada", "-c", "user.email=secret@example.org")
        subprocess.run(["git", "-C", str(program), *identity, *arguments], check=True, capture_output=True)

    git("init")
    git("add", "-A")
    git("commit", "-m", "one")
    git("rm", "content/partnerships/pair/meetings/2026-05-11.md")
    git("commit", "-m", "two")
    git("remote", "add", "origin", "https://me:password@example.org/mentoring.git")
    told = json.loads(run(program, "audit", "--format", "json").stdout)["repository"]
    assert "E-mail addresses in git's history: 1; they stay when files change." in told
    assert "Files that were deleted and are still in git's history: 1." in told
    assert "A copy is at example.org/mentoring.git: ask who can read it there." in told
