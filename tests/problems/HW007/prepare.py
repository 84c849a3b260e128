"""A file that must not be read. Its rights alone would not do: root may read everything."""

from __future__ import annotations

from pathlib import Path

import pytest

from headway.source.folder import FolderReader


def prepare(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = FolderReader.read

    def refuse(reader: FolderReader, path: str) -> bytes:
        if path == "content/people/omar.yaml":
            raise PermissionError(path)
        return read(reader, path)

    monkeypatch.setattr(FolderReader, "read", refuse)
