"""A thousand notes and one more, which nobody wants to have in a repository."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest


def prepare(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = repo / "content/partnerships/lena-omar/journal"
    folder.mkdir()
    for number in range(1001):
        day = date(2023, 1, 1) + timedelta(days=number)
        (folder / f"{day}.md").write_text("---\nauthor: lena\n---\nRead a page.\n", encoding="utf-8")
