"""Names and links that lead elsewhere, and clones that would run something: nothing outside is read or written."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from inert import faults_of, leaving_links

from headway.cli import headway

SECRET = "the secret of somebody else"
FOLDER = "content/partnerships/ada-grace"
MEMBERS = b"kind: solo\nmembers: [{person: ada, role: member}]\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(headway, [str(argument) for argument in arguments], catch_exceptions=False)


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(folder)), path.read_bytes()


def build_and_look(program: Path) -> Result:
    """Build; whatever the exit code, the site is inert and holds no secret, and nothing beside it has changed."""
    outside = program.parent
    before = {path for path in outside.iterdir() if path != program}
    result = run("-C", program, "build", "--jobs", "1")
    assert result.exit_code in (0, 1), result.output
    assert {path for path in outside.iterdir() if path != program} == before
    assert {path.name for path in program.iterdir()} <= {"headway.yaml", "content", "themes", "site", ".headway"}
    if (program / "site").is_dir():
        assert faults_of(program / "site") == {}
        assert leaving_links(program / "site") == set()
        for name, content in files(program / "site"):
            assert SECRET.encode() not in content
            assert "secret" not in name
    return result


@pytest.mark.parametrize(
    "name",
    [
        *("..%2fx", "%2e%2e", "C:\\x", "a\nb", "a\tb", "CON", "nul.txt", "dot.", "space ", " space"),
        *("-rf", "a'b", 'a"b'),
        *("<script>", "a&b", "a?b", "a#b", "\u202egnp", "\u200b", "\u0301a", "ж" * 120, "x" * 200),
        *("__proto__", "index.html"),
        *("assets", "people", "goals", "404.html", "дата", "नमस्ते", "민서", "e\u0301", "ß", "İ"),
        *("\ufeff", "a*b", "$(id)", "`id`"),
    ],
)  # fmt: skip
def test_a_name_is_an_address_or_a_problem(pair: Callable[..., Path], name: str) -> None:
    program = pair({})
    for place in ("content/partnerships/{}/partnership.yaml", "content/people/{}.yaml", "content/pages/{}.md",
                  FOLDER + "/meetings/{}.md", FOLDER + "/files/{}"):  # fmt: skip
        path = program / place.format(name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(MEMBERS if place.startswith("content/partnerships/{}") else b"name: N\n")
        except OSError:
            pytest.skip("no file of this system has such a name")
    note = program / FOLDER / "meetings/2026-02-02.md"
    note.write_text(f"![p](<../files/{name}>) [p](../files/{name})\n", encoding="utf-8")
    build_and_look(program)
    for partnership in ("--each",), ("--partnership", "ada-grace"):
        assert run("-C", program, "build", *partnership).exit_code in (0, 1)


@pytest.mark.parametrize("written", ["../../x", "..%2f..", "/etc/passwd", "C:\\x", ".", "..", "''", "CON", "a/b", "x."])
def test_an_id_in_a_file_cannot_lead_out(pair: Callable[..., Path], written: str) -> None:
    id_ = written if written.startswith("'") else f"'{written}'"
    program = pair({
        f"{FOLDER}/goals.yaml": f"goals: [{{id: {id_}, title: T}}]\n".encode(),
        f"{FOLDER}/meetings/2026-02-02.md": f"---\ngoals: [{id_}]\nattendees: [{id_}]\n---\n@{written}\n".encode(),
    })  # fmt: skip
    assert build_and_look(program).exit_code == 1
    cohorts = f"program: P\ntoday: 2026-05-20\ncohorts: [{{id: {id_}}}]\nsite: {{theme: {id_}}}\n"
    assert (
        build_and_look(pair({"headway.yaml": cohorts.encode(), f"{FOLDER}/goals.yaml": b"goals: []\n"})).exit_code == 1
    )


@pytest.mark.parametrize(
    "place",
    [
        *("content", "content/people", "content/people/eve.yaml", "content/pages", "content/partnerships", FOLDER),
        *(f"{FOLDER}/{name}" for name in ("goals.yaml", "meetings", "meetings/2026-02-02.md", "files", "files/a.png")),
        *("themes", "themes/own", "headway.yaml"),
    ],
)
def test_a_link_is_not_followed(pair: Callable[..., Path], tmp_path: Path, place: str) -> None:
    outside = tmp_path / "outside"
    (outside / "ada-grace").mkdir(parents=True)
    for name in ("goals.yaml", "theme.yaml", "2026-02-02.md", "a.png", "eve.yaml", "ada-grace/partnership.yaml"):
        (outside / name).write_text(f"name: {SECRET}\n")
    program = pair({f"{FOLDER}/files/note.txt": b"x", f"{FOLDER}/meetings/2026-02-03.md": b"![a](../files/a.png)\n"})
    path = program / place
    if path.exists():
        path.rename(tmp_path / "moved")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(outside if "." not in path.name else outside / path.name)
    assert SECRET not in build_and_look(program).output
    path.unlink()
    path.symlink_to(path)
    build_and_look(program)


@pytest.mark.parametrize("link", ["../../other/files/secret.png", "/content/partnerships/other/files/secret.png",
                                  "../../../partnerships/other/files/secret.png",
                                  "..%2F..%2Fother%2Ffiles%2Fsecret.png",
                                  "../files/../../other/files/secret.png"])  # fmt: skip
def test_the_files_of_another_partnership_stay_there(pair: Callable[..., Path], link: str) -> None:
    program = pair({
        f"{FOLDER}/meetings/2026-02-02.md": f"![x]({link}) [x]({link})\n".encode(),
        "content/partnerships/other/files/secret.png": SECRET.encode(),
    })  # fmt: skip
    assert "HW50" in build_and_look(program).output


def test_names_that_collide_are_one_error(pair: Callable[..., Path]) -> None:
    program = pair(
        {"content/partnerships/Ada-Grace/partnership.yaml": MEMBERS, "content/people/ADA.yaml": b"name: A\n"}
    )
    result = build_and_look(program)
    assert result.exit_code == 1
    assert result.output.count("HW003") == 2


def test_an_unreadable_file_is_a_problem(pair: Callable[..., Path]) -> None:
    program = pair({f"{FOLDER}/meetings/2026-02-02.md": b"x\n"})
    (program / FOLDER / "meetings/2026-02-02.md").chmod(0)
    if os.access(program / FOLDER / "meetings/2026-02-02.md", os.R_OK):
        pytest.skip("this user may read everything")
    assert "HW007" in build_and_look(program).output


@pytest.mark.parametrize("out", [".", "/", "~", "content", "content/site", "content/partnerships/ada-grace/files", "..",
                                 "headway.yaml", "themes"])  # fmt: skip
def test_no_folder_that_is_somebodys_is_replaced(pair: Callable[..., Path], out: str) -> None:
    program = pair({"themes/readme.txt": b"x"})
    before = dict(files(program))
    place = Path(out).expanduser() if out in ("/", "~") else program / out
    result = run("-C", program, "build", "--out", place)
    assert result.exit_code == 2
    assert "Error: " in result.output
    assert dict(files(program)) == before


def git(repository: Path, *arguments: str) -> None:
    identity = (
        "-c",
        "user.name=<script>alert(1)</script>",
        "-c",
        "user.email=a@example.org",
        "-c",
        "commit.gpgsign=false",
    )
    subprocess.run(["git", *identity, "-C", repository, *arguments], check=True, capture_output=True)


@pytest.mark.parametrize("day", ["1970-01-01T00:00:00Z", "2099-12-31T23:59:59Z"])
def test_a_clone_runs_nothing_that_its_configuration_names(
    pair: Callable[..., Path], tmp_path: Path, day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = pair(
        {f"{FOLDER}/meetings/2026-02-02 \"q\" 'r'.md": b"x\n", ".gitattributes": b"* filter=evil diff=evil\n"}
    )
    monkeypatch.setenv("GIT_AUTHOR_DATE", day)
    monkeypatch.setenv("GIT_COMMITTER_DATE", day)
    git(program, "init", "-q")
    git(program, "add", ".")
    git(program, "commit", "-q", "-m", "<script>alert(1)</script>")
    marker = tmp_path / "ran"
    evil = tmp_path / "evil.sh"
    evil.write_text(f"#!/bin/sh\ntouch {marker}\ncat\n")
    evil.chmod(0o755)
    for key in ("core.fsmonitor", "core.sshCommand", "core.pager", "filter.evil.smudge", "filter.evil.clean",
                "filter.evil.process", "diff.evil.textconv", "diff.external", "gpg.program", "core.editor",
                "uploadpack.packObjectsHook"):  # fmt: skip
        git(program, "config", key, str(evil))
    for hook in ("post-checkout", "pre-commit", "post-index-change", "reference-transaction"):
        (program / ".git/hooks" / hook).write_text(evil.read_text())
        (program / ".git/hooks" / hook).chmod(0o755)
    marker.unlink(missing_ok=True)
    for command in ("check", "build", "status", "export"):
        for revision in ((), ("--rev", "HEAD")):
            assert run("-C", program, command, *revision).exit_code in (0, 1)
    assert not marker.exists()
    assert faults_of(program / "site") == {}
