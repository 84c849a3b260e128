"""Programs with themes of their own, in memory."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from headway.source.snapshot import Folder, MemoryReader, Snapshot
from headway.theme.themes import Theme, load_theme

EMPTY = Folder("content", {}, "")


@pytest.fixture(scope="session")
def snapshot_of() -> Callable[[dict[str, str]], Snapshot]:
    """Make a program of the files of its themes, by path inside ``themes/``."""

    def make(files: dict[str, str]) -> Snapshot:
        contents = {f"themes/{path}": text.encode() for path, text in files.items()}
        contents["headway.yaml"] = b"program: P\nsite:\n  theme: ours\n"
        themes = Folder("themes", {path: "digest" for path in sorted(contents) if path.startswith("themes/")}, "")
        return Snapshot(MemoryReader(contents), "headway.yaml", EMPTY, (), EMPTY, themes)

    return make


@pytest.fixture(scope="session")
def trail(snapshot_of: Callable[[dict[str, str]], Snapshot]) -> Theme:
    """The bundled theme."""
    theme, problems = load_theme("trail", snapshot_of({}))
    assert problems == ()
    assert theme is not None
    return theme
