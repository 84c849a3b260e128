"""The rooms of the package: who may import whom, and what only one of them may do."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

PACKAGE = Path(__file__).parent.parent / "generator/headway"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "_bundled" not in path.parts)

ROOMS = (
    *("patterns", "problems", "catalogue", "printers", "bundled", "choice", "source", "documents", "model", "progress"),
    *("pages", "feeds", "theme", "output", "standing", "made", "build", "inputs", "jobs", "rebuild", "audit"),
    *("writing", "preview", "cli"),
)
"""From the ground up: a room imports from itself and from those before it."""

ONLY_IN = {"click": "cli", "subprocess": "source/git.py"}


def imports(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room_of(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_modules_are_small() -> None:
    assert median(len(module.read_bytes().splitlines()) for module in MODULES) < 130


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_keeps_to_its_room(module: Path) -> None:
    room, place = room_of(module), module.relative_to(PACKAGE).as_posix()
    for name in imports(module):
        top, _, rest = name.partition(".")
        allowed = ONLY_IN.get(top)
        assert allowed is None or place.startswith(allowed), f"{place} imports {name}"
        target = rest.partition(".")[0]
        if top == "headway" and target in ROOMS and room in ROOMS:
            is_below = ROOMS.index(target) <= ROOMS.index(room) or (room, target) == ("problems", "catalogue")
            assert is_below, f"{place} imports {name}, from a room above it"
    assert len(module.read_bytes().splitlines()) <= 300, f"{place} is past 300 lines; which idea is missing?"


def test_every_room_is_in_the_order() -> None:
    assert {room_of(module) for module in MODULES} - {"__init__", "__main__"} <= set(ROOMS)
