"""Any slip of the keyboard in the starter, through the whole walk: no exception, and a problem where it was made."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from headway.build import Walk, check_program, read_walk, report_partnership
from headway.choice import Choice
from headway.pages.addresses import Addresses
from headway.pages.partnership_pages import plan_partnership_pages
from headway.problems import Problem
from headway.source.layout import Listing, arrange
from headway.source.snapshot import Snapshot

SEED = 20260520
SIGNS = "abz019 :-{}[]\"',#&*!|>%@`\t\n\\?~é\u0301\u202e\0<"
CHOICE = Choice(now=datetime(2026, 5, 20, tzinfo=UTC))

Files = Mapping[str, bytes]


class MemoryReader:
    """Files that stand in no folder."""

    def __init__(self, files: Files) -> None:
        self.files = files

    def read(self, path: str) -> bytes:
        return self.files[path]

    def digest(self, path: str) -> str:
        return str(hash(self.files[path]))


def take(files: Files) -> Snapshot:
    return arrange(Listing(sizes={path: len(content) for path, content in files.items()}), MemoryReader(files))


def check_part(files: Files, changed: str, before: Walk) -> Iterator[Problem]:
    """Yield the problems of the program's own files, where they changed, and of a changed file's partnership."""
    snapshot = take(files)
    is_inside = changed.startswith("content/partnerships/")
    walk = replace(before, snapshot=snapshot) if is_inside else read_walk(snapshot, CHOICE)
    yield from walk.problems
    holder = "/".join(changed.split("/")[:3])
    folders = walk.folders()
    for folder in [folder for folder in folders if folder.path == holder] or sorted(
        folders, key=lambda f: len(f.files)
    )[:1]:
        report, problems = report_partnership(walk, folder)
        yield from problems
        if report is not None:
            yield from plan_partnership_pages(report, walk.context, Addresses()).problems


@pytest.fixture(scope="module")
def starter_files(starter: Path) -> dict[str, bytes]:
    paths = [starter / "headway.yaml", *sorted((starter / "content").rglob("*"))]
    return {path.relative_to(starter).as_posix(): path.read_bytes() for path in paths if path.is_file()}


def edit(text: str, chance: random.Random) -> tuple[str, int]:
    """Return the text with one character changed, and the line of that."""
    at, sign = chance.randrange(len(text)), chance.choice(SIGNS)
    kind = chance.choice(["insert", "delete", "replace"])
    changed = text[:at] + ("" if kind == "delete" else sign) + text[at + (kind != "insert") :]
    return changed, text.count("\n", 0, at) + 1


def test_a_slip_in_yaml_is_found_in_its_file(starter_files: dict[str, bytes]) -> None:
    chance = random.Random(SEED)
    walk = read_walk(take(starter_files), CHOICE)
    names = [path for path in starter_files if path.endswith(".yaml")]
    known = {problem for path in names for problem in check_part(starter_files, path, walk)}
    faults = near = 0
    for _ in range(500):
        path = chance.choice(names)
        changed, line = edit(starter_files[path].decode(), chance)
        found = set(check_part({**starter_files, path: changed.encode()}, path, walk)) - known
        for problem in found:
            if "HW101" <= problem.code <= "HW142":
                assert problem.location.path == path, problem
            if problem.code in ("HW101", "HW104"):
                faults += 1
                near += 0 <= problem.location.line - line <= 2
            assert problem.location.path in starter_files
            assert 1 <= problem.location.line <= starter_files[problem.location.path].count(b"\n") + 2
    assert faults > 30
    assert near / faults >= 0.95


def test_a_slip_in_a_note_never_raises(starter_files: dict[str, bytes]) -> None:
    chance = random.Random(SEED)
    walk = read_walk(take(starter_files), CHOICE)
    names = [path for path in starter_files if path.endswith(".md")]
    for _ in range(300):
        path = chance.choice(names)
        changed = edit(starter_files[path].decode(), chance)[0].encode()
        if chance.random() < 0.1:
            changed = changed[: chance.randrange(len(changed))]  # cut in the middle, perhaps of a character
        for problem in check_part({**starter_files, path: changed}, path, walk):
            assert problem.location.path in starter_files


def test_files_that_go_or_move_never_raise(starter_files: dict[str, bytes]) -> None:
    chance = random.Random(SEED)
    names = sorted(starter_files)
    for _ in range(15):
        files = dict(starter_files)
        for path in chance.sample(names, 3):
            content = files.pop(path, b"")
            folder, _, name = path.rpartition("/")
            match chance.randrange(5):
                case 0:
                    files[chance.choice(names)] = content
                case 1:
                    files[f"{folder}/{name.upper()}".lstrip("/")] = content
                case 2:
                    files[f"{folder}/{name}.bak".lstrip("/")] = content
                case 3:
                    files[path] = starter_files[chance.choice(names)]
        problems = check_program(read_walk(take(files), CHOICE))
        assert all(problem.message for problem in problems)
