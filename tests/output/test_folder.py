"""The output folder: whole or not at all, and never somebody else's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from headway.output.folder import MARKER, OutputError, refuse_foreign_folder
from headway.output.stage import staged_site


@pytest.fixture
def program(tmp_path: Path) -> Path:
    folder = tmp_path / "program"
    (folder / "content").mkdir(parents=True)
    (folder / "headway.yaml").write_text("program: P\n")
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def build(out: Path, program: Path, pages: dict[str, str]) -> int:
    with staged_site(out, program) as site:
        for address, text in pages.items():
            site.write(address, text.encode())
    return site.changed


def test_a_site_is_swapped_in_and_stale_pages_vanish(program: Path) -> None:
    out = program / "site"
    build(out, program, {"index.html": "one", "people/ada/index.html": "Ada"})
    build(out, program, {"index.html": "two"})
    assert files(out).keys() == {"index.html", MARKER}
    assert (out / "index.html").read_text() == "two"
    assert [p.name for p in program.iterdir() if p.name.startswith(".site")] == []


def test_a_build_that_fails_leaves_the_standing_site_whole(program: Path) -> None:
    out = program / "site"
    build(out, program, {"index.html": "one", "a/index.html": "a"})
    before = files(out)
    with pytest.raises(RuntimeError), staged_site(out, program) as site:
        site.write("index.html", b"two")
        raise RuntimeError
    assert files(out) == before
    assert sorted(p.name for p in program.iterdir()) == ["content", "headway.yaml", "site"]


def test_what_did_not_change_is_not_written_again(program: Path) -> None:
    out = program / "site"
    pages = {"index.html": "one", "a/index.html": "a"}
    assert build(out, program, pages) == 2
    stamp = (out / "a/index.html").stat().st_mtime_ns
    os.utime(out / "a/index.html", ns=(stamp - 10**9, stamp - 10**9))
    assert build(out, program, pages | {"index.html": "two"}) == 1
    assert (out / "a/index.html").stat().st_mtime_ns == stamp - 10**9


def test_own_files_of_the_folder_stay(program: Path) -> None:
    out = program / "site"
    out.mkdir()
    (out / ".gitignore").write_text("*\n")
    build(out, program, {"index.html": "one"})
    build(out, program, {"index.html": "two"})
    assert (out / ".gitignore").read_text() == "*\n"


def test_without_an_exchange_by_the_system_the_swap_still_works(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headway.output.folder._exchange", lambda one, other: False)
    out = program / "site"
    build(out, program, {"index.html": "one"})
    build(out, program, {"index.html": "two"})
    assert (out / "index.html").read_text() == "two"
    assert sorted(p.name for p in program.iterdir()) == ["content", "headway.yaml", "site"]


@pytest.mark.parametrize("address", ["", "/", "../x", "a/../b", "a//b", "./a", "a\0b"])
def test_a_page_outside_the_site_is_refused(program: Path, address: str) -> None:
    with pytest.raises(ValueError, match="not a path inside"), staged_site(program / "site", program) as site:
        site.write(address, b"")


def test_two_pages_may_not_claim_one_address(program: Path) -> None:
    with pytest.raises(ValueError, match="two pages"), staged_site(program / "site", program) as site:
        site.write("zoë/index.html", b"")
        site.write("zoë/index.html", b"")


def test_folders_that_are_not_ours_are_refused(program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "thesis.txt").write_text("years of work")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "elsewhere")
    a_file = tmp_path / "file"
    a_file.write_text("")
    for out in (Path("/"), home, program, tmp_path, foreign, link, a_file, program / "content", program / "content/x"):
        with pytest.raises(OutputError):
            refuse_foreign_folder(out, program)
    assert (foreign / "thesis.txt").read_text() == "years of work"


def test_what_a_killed_build_left_is_swept_away_and_a_living_ones_is_not(program: Path) -> None:
    out, dead = program / "site", program / ".site.dead"
    dead.mkdir()
    (dead / "index.html").write_text("half")
    with staged_site(out, program) as site:
        living = site.stage.parent
        assert not dead.exists()
        build(out, program, {"index.html": "two"})
        assert living.is_dir()
        site.write("index.html", b"one")
    assert (out / "index.html").read_text() == "one"
    assert not living.exists()
