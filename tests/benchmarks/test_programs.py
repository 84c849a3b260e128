"""The benchmarks' own machinery: the programs they build, and the tables they print."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from peers import PEERS, Peer
from programs import make_pairs, write_program
from run import IncompleteError, Site
from tables import Series, render_results, render_targets
from timing import CommandFailedError, Cost, measure

from headway.build import check_program, read_walk
from headway.choice import Choice
from headway.source.folder import read_folder


def digest(root: Path) -> dict[str, str]:
    files = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        write_program(tmp_path / name, 2, 60, seed)
    assert digest(tmp_path / "one") == digest(tmp_path / "again") != digest(tmp_path / "other")


def test_a_larger_program_begins_with_the_smaller_one() -> None:
    assert list(make_pairs(5, 3))[:2] == list(make_pairs(2, 3))


def test_every_note_has_its_own_day_and_marker_and_two_kilobytes() -> None:
    notes = [note for pair in make_pairs(3, 60) for note in pair.notes]
    assert len({note.marker for note in notes}) == len(notes) == 180
    assert all(note.marker in note.body.split() for note in notes)
    assert len({note.day for note in notes}) == 60
    assert 1_800 < sum(len(note.body) for note in notes) / len(notes) < 2_200


@pytest.mark.parametrize("peer", [peer for peer in PEERS if peer.in_git], ids=lambda peer: peer.name)
def test_the_program_has_no_problems(peer: Peer, tmp_path: Path) -> None:
    peer.write(tmp_path, make_pairs(2, 5))
    walk = read_walk(read_folder(tmp_path), Choice(now=datetime(2026, 1, 5, tzinfo=UTC)), with_theme=True)
    assert check_program(walk) == []


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_each_generator_gets_every_note(peer: Peer, tmp_path: Path) -> None:
    pairs = tuple(make_pairs(2, 3))
    peer.write(tmp_path, pairs)
    for pair in pairs:
        for note in pair.notes:
            assert note.marker in (tmp_path / peer.source.format(pair=pair.id, day=note.day)).read_text()


def test_a_site_that_leaves_a_note_out_is_not_complete(tmp_path: Path) -> None:
    pairs = tuple(make_pairs(1, 2))
    site = Site(next(peer for peer in PEERS if peer.name == "hugo"), tmp_path, pairs, {})
    out = tmp_path / "public"
    lists = " ".join([*(goal.title for goal in pairs[0].goals), *(note.title for note in pairs[0].notes)])
    pages = {"index.html": '<a href="pair-0/">', "partnerships/pair-0/index.html": lists}
    pages |= {f"partnerships/pair-0/{note.day}/index.html": note.marker for note in pairs[0].notes}
    for name, text in pages.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(text)
    site.check()
    (out / f"partnerships/pair-0/{pairs[0].notes[1].day}/index.html").write_text("another text")
    with pytest.raises(IncompleteError, match="2025-01-13 of pair-0 is not on its page"):
        site.check()


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="reads Linux's /proc")
def test_memory_and_time_of_descendants_count(tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    child = "import time; data = b'x' * 50_000_000; sum(range(2_000_000)); time.sleep(0.3)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}], check=True)"
    cost = measure([sys.executable, "-c", parent], work, os.environ, with_memory=True)
    assert cost.wall > 0.3
    assert 0 < cost.cpu < 30
    assert 50 < cost.peak < 150
    with pytest.raises(CommandFailedError, match="ended with 3"):
        measure([sys.executable, "-c", "raise SystemExit(3)"], work, os.environ, with_memory=False)


def series(label: str, cold: float, warm: float, peak: float = 100.0, **others: bool) -> Series:
    made = Series(label, is_python=others.get("is_python", True), is_ours=others.get("is_ours", False))
    for step, wall in (("cold", cold), ("note", warm), ("nothing", warm)):
        made.costs[step] = [Cost(wall + extra, wall, 0.0) for extra in (-0.5, 0.0, 9.0)]
        made.peaks[step] = peak
    return made


def test_tables_say_medians_ratios_and_what_is_not_met() -> None:
    sizes = {
        "headway": series("Headway, plain theme", 9.0, 1.0, is_ours=True),
        "hugo": series("Hugo", 4.0, 10.0, is_python=False),
        "mkdocs": series("MkDocs", 36.0, 1.5),
        "lektor": series("Lektor", 30.0, 3.0),
    }
    sizes["lektor"].failure = "the home page does not lead to pair-0"
    page = render_results({5_000: sizes})
    assert "| Headway, plain theme | 9.00 (8.50–18.00) | 9.00 | 100 | 2.25 | 0.25 | 3 |" in page
    assert "times Hugo | times MkDocs |" in page, "a generator that is out is nobody's measure"
    assert "**Out of the comparison**: the home page does not lead to pair-0" in page

    targets = render_targets({5_000: sizes}, start=1.5)
    assert "| 5,000 | cold build, times Hugo's | at most 2 | 2.25 | **not met** |" in targets
    assert "| 5,000 | cold build, times faster than the fastest Python peer | at least 3 | 4.00 | met |" in targets
    assert "| 5,000 | one note, times faster than MkDocs `--dirty` | at least 2 | 1.50 | **not met** |" in targets
    assert '`headway --version`, times `python -c "import click"` | at most 2 | 1.50 | met |' in targets

    del sizes["hugo"]
    assert "not measured" in render_targets({5_000: sizes}, start=None)
