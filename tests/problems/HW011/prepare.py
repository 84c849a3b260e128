"""A shallow clone, which git does not keep inside of a repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from git_repository import commit


def prepare(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    id_ = commit(repo)
    (repo / ".git/shallow").write_text(f"{id_}\n", encoding="utf-8")
