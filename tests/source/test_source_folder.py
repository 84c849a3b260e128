"""A working folder as a source, and what the layout says of the files in it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from headway.source.folder import FolderReader, read_folder
from headway.source.snapshot import Snapshot, SourceError

Write = Callable[[str], Path]

SMALL = """\
--- headway.yaml
program: P
--- README.md
nobody's business
--- content/people/ada.yaml
name: Ada
--- content/pages/about.md
# About
--- content/partnerships/ada-bo/partnership.yaml
members: [{person: ada, role: mentee}]
--- content/partnerships/ada-bo/meetings/2026/2026-01-12.md
# First
--- content/partnerships/ada-bo/files/plan.txt
x
--- themes/own/theme.yaml
extends: trail
"""


def said(snapshot: Snapshot) -> list[tuple[str, str]]:
    return [(problem.code, problem.location.path) for problem in snapshot.all_problems()]


def test_a_program_is_grouped_into_its_folders(write_program: Write) -> None:
    snapshot = read_folder(write_program(SMALL))
    assert snapshot.all_problems() == ()
    assert snapshot.settings == "headway.yaml"
    assert snapshot.revision is None
    assert list(snapshot.people.files) == ["content/people/ada.yaml"]
    assert list(snapshot.pages.files) == ["content/pages/about.md"]
    assert list(snapshot.themes.files) == ["themes/own/theme.yaml"]
    assert [(folder.path, folder.name) for folder in snapshot.partnerships] == [
        ("content/partnerships/ada-bo", "ada-bo")
    ]
    assert list(snapshot.partnerships[0].files) == [
        "content/partnerships/ada-bo/files/plan.txt",
        "content/partnerships/ada-bo/meetings/2026/2026-01-12.md",
        "content/partnerships/ada-bo/partnership.yaml",
    ]
    assert snapshot.read("content/people/ada.yaml") == b"name: Ada\n"


def test_a_changed_byte_changes_its_own_folder_alone(write_program: Write) -> None:
    program = write_program(SMALL)
    before = read_folder(program)
    (program / "content/people/ada.yaml").write_text("name: Ida\n")
    after = read_folder(program)
    assert before.people.digest != after.people.digest
    assert before.partnerships == after.partnerships
    assert (before.pages, before.themes) == (after.pages, after.themes)


def test_an_empty_program_has_no_problem(write_program: Write) -> None:
    snapshot = read_folder(write_program("--- headway.yaml\nprogram: P\n"))
    assert (snapshot.all_problems(), snapshot.partnerships, dict(snapshot.people.files)) == ((), (), {})


def test_a_folder_that_is_not_there_is_the_callers_mistake(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="There is no folder"):
        read_folder(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("place", "hint"),
    [
        ("content/people", "There is one in ../..: work there."),
        (".", "Every program has one"),
    ],
)
def test_a_missing_settings_file_is_looked_for_nearby(write_program: Write, place: str, hint: str) -> None:
    program = write_program(SMALL)
    if place == ".":
        (program / "headway.yaml").unlink()
    problem = read_folder(program / place).all_problems()[0]
    assert problem.code == "HW001"
    assert hint.rstrip(".").split(":")[0] in problem.hint


def test_a_settings_file_below_or_misspelled_is_named(write_program: Write, tmp_path: Path) -> None:
    program = write_program("--- deep/mentoring/headway.yaml\nprogram: P\n")
    assert "There is one in deep/mentoring/" in read_folder(program).all_problems()[0].hint
    (program / "Headway.yml").write_text("program: P\n")
    assert read_folder(program).all_problems()[0].hint == "Rename Headway.yml to headway.yaml."


def test_scratch_and_hidden_folders_are_passed_over_in_silence(write_program: Write) -> None:
    program = write_program(SMALL)
    meetings = program / "content/partnerships/ada-bo/meetings"
    for name in ("a.md~", ".a.md.swp", "#a.md#", ".DS_Store", ".gitkeep"):
        (meetings / name).write_text("x")
    (meetings / ".#a.md").symlink_to("somebody@somewhere:1")
    (program / "content/people/._iris may.yaml").write_text("x")
    (program / "content/.obsidian").mkdir()
    (program / "content/.obsidian/workspace.json").write_text("{}")
    (program / "themes/own/.cache").write_text("x")
    snapshot = read_folder(program)
    assert snapshot.all_problems() == ()
    assert len(snapshot.partnerships[0].files) == 3
    assert list(snapshot.themes.files) == ["themes/own/theme.yaml"]


def test_an_empty_partnership_is_a_partnership(write_program: Write) -> None:
    program = write_program("--- headway.yaml\n--- content/partnerships/new/.gitkeep\n")
    snapshot = read_folder(program)
    assert [(folder.name, dict(folder.files)) for folder in snapshot.partnerships] == [("new", {})]
    assert snapshot.all_problems() == ()


def test_a_folder_of_strangers_is_named_once(write_program: Write) -> None:
    program = write_program(
        "--- headway.yaml\n--- content/notes/a.md\n--- content/notes/b.md\n--- content/people/ada.yml\nname: Ada\n"
    )
    snapshot = read_folder(program)
    assert said(snapshot) == [("HW004", "content/notes"), ("HW004", "content/people/ada.yml")]
    assert dict(snapshot.people.files) == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("content/people/Ada.yaml", "content/people/ada.yaml"),
        ("content/people/zo\u00eb.yaml", "content/people/zoe\u0308.yaml"),
        ("content/pages/A.md", "content/pages/a.md"),
        ("content/partnerships/A-b/goals.yaml", "content/partnerships/a-b/goals.yaml"),
    ],
)
def test_two_names_for_one_id_collide(write_program: Write, one: str, other: str) -> None:
    program = write_program(f"--- headway.yaml\n--- {one}\n--- {other}\n")
    if not (program / one).exists() or (program / one).samefile(program / other):
        pytest.skip("this file system holds only one of the two")
    snapshot = read_folder(program)
    assert [problem.code for problem in snapshot.all_problems()] == ["HW003"]
    first, second = sorted((one, other))
    held = [*snapshot.people.files, *snapshot.pages.files, *(p for f in snapshot.partnerships for p in f.files)]
    assert held == [first]
    holder = "/".join(second.split("/")[:3])
    assert snapshot.all_problems()[0].location.path == holder


def test_a_person_and_a_partnership_may_share_an_id(write_program: Write) -> None:
    program = write_program("--- headway.yaml\n--- content/people/ada.yaml\n--- content/partnerships/ada/goals.yaml\n")
    assert read_folder(program).all_problems() == ()


def test_bad_ids_and_bad_names_are_left_out(write_program: Write) -> None:
    program = write_program("--- headway.yaml\n")
    people, meetings = program / "content/people", program / "content/partnerships/ada/meetings"
    for folder in (people, meetings, program / "content/partnerships/x y"):
        folder.mkdir(parents=True)
    (people / "nul.yaml").write_text("")
    (meetings / "a\nb.md").write_text("")
    (meetings / os.fsdecode(b"\xff.md")).write_text("")
    (program / "content/partnerships/x y/goals.yaml").write_text("")
    snapshot = read_folder(program)
    assert said(snapshot) == [
        ("HW010", "content/partnerships/ada/meetings/\\udcff.md"),
        ("HW010", "content/partnerships/ada/meetings/a\\u000ab.md"),
        ("HW002", "content/partnerships/x y"),
        ("HW002", "content/people/nul.yaml"),
    ]
    assert dict(snapshot.people.files) == {}
    assert [folder.name for folder in snapshot.partnerships] == ["ada"]


def test_links_pipes_and_foreign_repositories_are_named_and_never_opened(write_program: Write, tmp_path: Path) -> None:
    program = write_program(SMALL)
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "key.md").write_text("secret")
    ours = program / "content/partnerships/ada-bo"
    (ours / "meetings/link.md").symlink_to(secret / "key.md")
    (ours / "meetings/inside.md").symlink_to("2026/2026-01-12.md")
    (ours / "journal").symlink_to(secret)
    (ours / "meetings/loop").symlink_to(".")
    os.mkfifo(ours / "meetings/pipe.md")
    (ours / "files/module/.git").mkdir(parents=True)
    (ours / "files/module/a.txt").write_text("x")
    snapshot = read_folder(program)
    base = "content/partnerships/ada-bo"
    assert said(snapshot) == [
        ("HW008", f"{base}/files/module"),
        ("HW005", f"{base}/journal"),
        ("HW005", f"{base}/meetings/inside.md"),
        ("HW005", f"{base}/meetings/link.md"),
        ("HW005", f"{base}/meetings/loop"),
        ("HW008", f"{base}/meetings/pipe.md"),
    ]
    assert len(snapshot.partnerships[0].files) == 3


@pytest.mark.parametrize("tells", [True, False])
def test_what_is_exchanged_for_a_link_or_a_pipe_later_is_not_read(
    write_program: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tells: bool
) -> None:
    program = write_program(SMALL)
    snapshot = read_folder(program)
    if not tells:  # a system that does not say where an opened file stands
        monkeypatch.setattr(os, "readlink", lambda path: os.fspath(tmp_path / "nowhere"))
    assert snapshot.read("content/pages/about.md")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "about.md").write_text("secret")
    (outside / "ada.yaml").write_text("secret")
    (program / "content/pages").rename(tmp_path / "moved")
    (program / "content/pages").symlink_to(outside)
    (program / "content/people/ada.yaml").unlink()
    os.mkfifo(program / "content/people/ada.yaml")
    for path in ("content/pages/about.md", "content/people/ada.yaml"):
        with pytest.raises(OSError, match=r"about\.md|pages|plain file|Not a directory"):
            snapshot.read(path)


@pytest.mark.parametrize("path", ["../secret", "/etc/passwd", "content/../../secret", "", "content//people"])
def test_nothing_outside_the_program_is_read(write_program: Write, tmp_path: Path, path: str) -> None:
    (tmp_path / "secret").write_text("secret")
    with pytest.raises(FileNotFoundError):
        FolderReader(write_program(SMALL)).read(path)


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("content/people/big.yaml", 1 << 20),
        ("content/partnerships/ada-bo/logbook.md", 1 << 20),
        ("content/partnerships/ada-bo/files/film.mp4", 32 << 20),
    ],
)
def test_files_past_their_limit_are_left_out_unread(write_program: Write, path: str, limit: int) -> None:
    program = write_program(SMALL)
    with (program / path).open("wb") as file:
        file.truncate(limit)
    assert read_folder(program).all_problems() == ()
    os.truncate(program / path, 1 << 40)
    snapshot = read_folder(program)
    assert said(snapshot) == [("HW006", path)]
    assert "1,099,511,627,776 bytes" in snapshot.all_problems()[0].message
    with pytest.raises(OSError, match="bytes"):
        snapshot.read(path)


def test_settings_past_their_limit_are_not_called_missing(write_program: Write) -> None:
    program = write_program(SMALL)
    os.truncate(program / "headway.yaml", 1 << 30)
    snapshot = read_folder(program)
    assert (said(snapshot), snapshot.settings) == ([("HW006", "headway.yaml")], None)


def test_a_file_that_cannot_be_read_is_a_problem(write_program: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    program = write_program(SMALL)
    whole = FolderReader.digest

    def digest(reader: FolderReader, path: str) -> str:
        if path.endswith("ada.yaml"):
            raise PermissionError(path)
        return whole(reader, path)

    monkeypatch.setattr(FolderReader, "digest", digest)
    snapshot = read_folder(program)
    assert said(snapshot) == [("HW007", "content/people/ada.yaml")]
    assert dict(snapshot.people.files) == {}


def test_folders_are_descended_to_a_depth_and_no_further(write_program: Write) -> None:
    program = write_program(SMALL)
    files = "content/partnerships/ada-bo/files"
    fine = program / files / "/".join("d" * 28)
    fine.mkdir(parents=True)
    (fine / "a.txt").write_text("x")
    assert read_folder(program).all_problems() == ()
    (fine / "d").mkdir()
    (fine / "d/b.txt").write_text("x")
    snapshot = read_folder(program)
    assert said(snapshot) == [("HW009", f"{files}/{'/'.join('d' * 29)}")]
