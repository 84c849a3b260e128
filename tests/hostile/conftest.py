"""A small program for hostile files to be put into."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

PAIR = {
    "headway.yaml": b"program: P\ntoday: 2026-05-20\nsite: {audience: partners}\n",
    "content/people/ada.yaml": b"name: Ada Byron\n",
    "content/people/grace.yaml": b"name: Grace Brewster\n",
    "content/partnerships/ada-grace/partnership.yaml": (
        b"start: 2026-01-01\nmembers: [{person: ada, role: mentee}, {person: grace, role: mentor}]\n"
    ),
    "content/partnerships/ada-grace/goals.yaml": b"goals: [{id: speak, title: Give a talk, owner: ada}]\n",
    "content/partnerships/other/partnership.yaml": b"kind: solo\nmembers: [{person: grace, role: member}]\n",
    "content/partnerships/other/files/secret.png": b"secret picture",
}


@pytest.fixture
def pair(tmp_path: Path) -> Callable[[Mapping[str, bytes]], Path]:
    """Write a small program that is fine, with some files of it exchanged or added."""

    def write(files: Mapping[str, bytes]) -> Path:
        program = tmp_path / "program"
        for path, content in (PAIR | dict(files)).items():
            (program / path).parent.mkdir(parents=True, exist_ok=True)
            (program / path).write_bytes(content)
        return program

    return write
