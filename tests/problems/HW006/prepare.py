"""A goal plan of more than 1 MiB, which git need not keep for us."""

from __future__ import annotations

from pathlib import Path

import pytest


def prepare(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    goals = repo / "content/partnerships/lena-omar/goals.yaml"
    goals.write_text("goals: []\n" + "# a very long comment\n" * 60_000, encoding="utf-8")
