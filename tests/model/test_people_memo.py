"""What people's files said is remembered by the files' digests; a program read with it is the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from headway.model.program_reading import PeopleMemo, read_program
from headway.source.folder import FolderReader, read_folder

EVERYTHING = """\
name: Zoë Ødegård
pronouns: she/her
timezone: Europe/Oslo
email: zoe@example.org
strengths: [writing, "Yes: plainly"]
growing: speaking
needs: [time]
offers: [a second look]
help: [coach, peer]
availability: Tue 17:00-19:00
capacity: 3
aliases: [zoe_o]
bio: "Writes *much*."
affiliation: Home
country: "NO"
links: {web: https://example.org/zoe}
visibility: program
"""


@pytest.fixture
def program(tmp_path: Path, starter: Path) -> Path:
    root = tmp_path / "program"
    root.mkdir()
    shutil.copy(starter / "headway.yaml", root)
    shutil.copytree(starter / "content/people", root / "content/people")
    (root / "content/people/zoe-o.yaml").write_text(EVERYTHING, encoding="utf-8")
    return root


def test_a_program_read_from_memory_is_the_same(program: Path) -> None:
    snapshot, memo = read_folder(program), PeopleMemo()
    first = read_program(snapshot, memo)
    record, _ = first
    remembered = {i: person for i, person in record.people.items() if not person.obstacles}
    assert len(memo.fresh) == len(remembered)
    again = PeopleMemo(memo.fresh)
    # Nobody but the search for leaks needs the address itself.
    people = {i: replace(person, email=None) for i, person in remembered.items()}
    found, _ = read_program(snapshot, again)
    assert found == replace(record, people={**record.people, **people})
    assert (found.addresses, again.fresh) == (record.addresses, memo.fresh)
    assert "zoe-o" in found.addresses


def test_neither_addresses_nor_obstacles_are_remembered(program: Path) -> None:
    memo = PeopleMemo()
    (program / "content/people/ann.yaml").write_text("name: Ann\nobstacles: [{kind: fear, what: unspeakable}]\n")
    read_program(read_folder(program), memo)
    kept = "".join(memo.fresh.values())
    assert "Zoë" in kept
    assert "@" not in kept
    assert "unspeakable" not in kept


def test_only_what_is_not_remembered_is_read(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memo = PeopleMemo()
    read_program(read_folder(program), memo)
    (program / "content/people/zoe-o.yaml").write_text("name: Zoë\n", encoding="utf-8")
    snapshot = read_folder(program)
    read: list[str] = []
    whole = FolderReader.read

    def note(reader: FolderReader, path: str) -> bytes:
        read.append(path)
        return whole(reader, path)

    monkeypatch.setattr(FolderReader, "read", note)
    record, _ = read_program(snapshot, PeopleMemo(memo.fresh))
    assert record.people["zoe-o"].name == "Zoë"
    with_obstacles = {f"content/people/{i}.yaml" for i, person in record.people.items() if person.obstacles}
    assert {path for path in read if "/people/" in path} == {"content/people/zoe-o.yaml", *with_obstacles}


def test_whose_file_has_a_problem_is_read_each_time(program: Path) -> None:
    (program / "content/people/zoe-o.yaml").write_text("name: Zoë\ncapacity: many\n", encoding="utf-8")
    snapshot, memo = read_folder(program), PeopleMemo()
    first = read_program(snapshot, memo)
    again, problems = read_program(snapshot, PeopleMemo(memo.fresh))
    assert (again.people["zoe-o"], problems) == (first[0].people["zoe-o"], first[1])
    assert [problem.location.path for problem in first[1]] == ["content/people/zoe-o.yaml"]
