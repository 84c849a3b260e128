"""A logbook of years, a line a day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest


def prepare(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    days = (date(2026, 1, 5) + timedelta(days=number) for number in range(1_001))
    logbook = "".join(f"## {day}\n\nWe met.\n\n" for day in days)
    (repo / "content/partnerships/lena-omar/logbook.md").write_text(logbook, encoding="utf-8")
