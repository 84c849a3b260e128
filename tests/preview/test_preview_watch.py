"""Watching: many notices become one, and what editors and git do to a folder is heard."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from watchdog.events import DirModifiedEvent, FileClosedNoWriteEvent, FileMovedEvent, FileOpenedEvent

from headway.preview import watch
from headway.preview.watch import BUNDLED_THEME, BURST, EVERYTHING, Coalescing, Watcher, explain_silence
from previewing import wait_until

NOTE = "content/partnerships/ada-grace/meetings/2026-02-16.md"


def gather(*steps: tuple[float, str]) -> list[frozenset[str]]:
    """Name paths after so many seconds each, and return what is handed over."""
    handed: list[frozenset[str]] = []

    async def run() -> None:
        coalescing = Coalescing(handed.append)
        for pause, path in steps:
            await asyncio.sleep(pause)
            coalescing.name(path)
        await asyncio.sleep(4 * watch.QUIET)

    # In a thread of its own: a browser that other tests have opened runs a loop in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, run()).result()
    return handed


def test_a_save_of_many_notices_is_one_change() -> None:
    assert gather(*((0, path) for path in ("a", "b", "a", "a"))) == [frozenset("ab")]


def test_two_saves_are_two_changes() -> None:
    assert gather((0, "a"), (5 * watch.QUIET, "b")) == [frozenset("a"), frozenset("b")]


def test_notices_without_end_are_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "PATIENCE", 0.05)
    handed = gather(*((0.01, "a") for _ in range(20)))
    assert len(handed) >= 2


def test_a_burst_means_everything() -> None:
    assert gather(*((0, str(number)) for number in range(BURST + 1))) == [frozenset((EVERYTHING,))]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / NOTE).parent.mkdir(parents=True)
    (tmp_path / NOTE).write_text("Hello\n")
    (tmp_path / "headway.yaml").write_text("program: P\n")
    return tmp_path


@pytest.fixture
def themes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("themes")


@pytest.fixture
def told(root: Path, themes: Path) -> Iterator[list[str]]:
    """What a watcher of the program tells, from now on."""
    told: list[str] = []
    watcher = Watcher(root, themes, told.append)
    watcher.start()
    yield told
    watcher.stop()


def save_by_vim(note: Path) -> None:
    (note.parent / "4913").touch()
    (note.parent / "4913").unlink()
    note.rename(note.with_name(f"{note.name}~"))
    note.write_text("by vim\n")
    note.with_name(f"{note.name}~").unlink()


def save_by_jetbrains(note: Path) -> None:
    beside = note.with_name(f"{note.name}___jb_tmp___")
    beside.write_text("by an IDE\n")
    note.rename(note.with_name(f"{note.name}___jb_old___"))
    beside.rename(note)
    note.with_name(f"{note.name}___jb_old___").unlink()


def save_by_rename(note: Path) -> None:
    beside = note.with_name(".x1y2z3.tmp")
    beside.write_text("in one step\n")
    beside.replace(note)


def save_by_writing(note: Path) -> None:
    with note.open("w") as file:
        file.flush()
        time.sleep(0.01)
        file.write("truncated, then written\n")


@pytest.mark.parametrize("save", [save_by_vim, save_by_jetbrains, save_by_rename, save_by_writing, Path.unlink])
def test_editors_are_heard_and_their_scratch_is_not(save: Callable[[Path], None], told: list[str], root: Path) -> None:
    save(root / NOTE)
    wait_until(lambda: NOTE in told)
    time.sleep(0.05)
    assert set(told) == {NOTE}


def test_folders_that_come_and_go_are_heard(told: list[str], root: Path) -> None:
    away = root.with_name(f"{root.name}-away")
    (root / "content").rename(away)
    wait_until(lambda: EVERYTHING in told)
    told.clear()
    away.rename(root / "content")
    wait_until(lambda: EVERYTHING in told)
    time.sleep(0.1)
    told.clear()
    (root / NOTE).write_text("Back\n")
    wait_until(lambda: NOTE in told)


def test_the_settings_and_own_themes_are_heard_and_the_rest_is_nobodys_business(
    told: list[str], root: Path, themes: Path
) -> None:
    for place in ("site/index.html", ".headway/x.db", ".git/index", "README.md", "content/.hidden/x.md"):
        (root / place).parent.mkdir(exist_ok=True)
        (root / place).write_text("x")
    (root / "headway.yaml").write_text("program: Q\n")
    wait_until(lambda: "headway.yaml" in told)
    (themes / "base.html").write_text("x")
    wait_until(lambda: BUNDLED_THEME in told)
    assert set(told) <= {"headway.yaml", BUNDLED_THEME, "content", EVERYTHING}


def test_reading_is_no_change(root: Path, themes: Path) -> None:
    told: list[str] = []
    watcher = Watcher(root, themes, told.append)
    place = str(root / NOTE)
    watcher.on_any_event(FileOpenedEvent(place))
    watcher.on_any_event(FileClosedNoWriteEvent(place))
    watcher.on_any_event(DirModifiedEvent(str(root / "content")))
    assert told == []
    watcher.on_any_event(FileMovedEvent(f"{place}~", place))
    assert told == [NOTE]


def test_whether_changes_are_told_is_tried_out_and_leaves_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sorted(root.rglob("*"))
    assert explain_silence(root) is None
    assert sorted(root.rglob("*")) == before
    monkeypatch.setattr(watch, "HEARING", 0.05)
    monkeypatch.setattr(watch.Observer, "schedule", lambda *given: None)
    assert explain_silence(root) == "The system tells of no changes in the program's folder"
    monkeypatch.setattr(watch, "find_remote_mount", lambda root: "nfs4")
    assert "(nfs4)" in (explain_silence(root) or "")
