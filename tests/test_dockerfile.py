"""The Dockerfile: read, not run, since few machines that run tests can build images; its parts are there."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
INSTRUCTIONS = {"FROM", "WORKDIR", "COPY", "RUN", "USER", "ENTRYPOINT", "CMD"}


def instructions() -> list[tuple[str, str]]:
    lines = (line for line in (ROOT / "Dockerfile").read_text().splitlines() if not line.startswith("#"))
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in joined.splitlines() if line)]


def test_every_instruction_is_known_and_everything_copied_is_there() -> None:
    found = instructions()
    assert {word for word, _ in found} <= INSTRUCTIONS
    assert [rest.split()[0] for word, rest in found if word == "FROM"] == ["python:3.12-slim"] * 2
    sources = [part for word, rest in found if word == "COPY" for part in shlex.split(rest)[:-1]]
    assert all((ROOT / source).exists() for source in sources)
    let_in = (ROOT / ".dockerignore").read_text().splitlines()
    assert {line[1:] for line in let_in if line.startswith("!")} == set(sources)


def test_what_the_wheel_is_made_from_is_copied() -> None:
    sources = {part for word, rest in instructions() if word == "COPY" for part in shlex.split(rest)[:-1]}
    hook = (ROOT / "generator/build_hook.py").read_text()
    assert {"generator", "themes", "content", "headway.yaml", "pyproject.toml", "README.md", "LICENSE"} <= sources
    assert {name for name in ("themes", "content", "headway.yaml") if f'"{name}"' in hook} <= sources


@pytest.mark.parametrize("shell", ["sh", "bash"])
def test_its_commands_are_well_formed(shell: str) -> None:
    for word, rest in instructions():
        if word == "RUN":
            command = re.sub(r"^(--mount=\S+\s+)+", "", rest)
            subprocess.run([shell, "-n", "-c", command], check=True)


def test_nobody_works_as_root() -> None:
    assert [rest for word, rest in instructions() if word == "USER"] == ["headway"]
