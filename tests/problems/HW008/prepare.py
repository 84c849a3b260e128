"""A pipe where a note should be, which git cannot keep."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def prepare(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    meetings = repo / "content/partnerships/lena-omar/meetings"
    meetings.mkdir()
    os.mkfifo(meetings / "2026-01-12.md")
