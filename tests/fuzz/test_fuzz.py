"""The laws of `laws`, in CI: a few hundred examples of each, the same every time; HEADWAY_FUZZ_EXAMPLES asks for more.

The files in `corpus/` are where `make fuzz` begins, and those in `found/` what was wrong once: each is tried here, too.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from laws import TARGETS, build_all, try_files, try_in_time, try_notes, try_yaml
from strategies import FOLDERS, MATTER, NOTES, PLANS

HERE = Path(__file__).parent
ASKED = int(os.environ.get("HEADWAY_FUZZ_EXAMPLES", "0"))
SEEDS = sorted(path for folder in ("corpus", "found") for path in (HERE / folder).rglob("*") if path.is_file())


def examples(number: int) -> settings:
    """Run that many examples, the same each time, unless more are asked for: then others each time."""
    return settings(
        max_examples=ASKED or number,
        derandomize=not ASKED,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: f"{seed.parent.name}/{seed.name}")
def test_what_the_fuzzer_begins_with_and_what_it_found(seed: Path) -> None:
    try_in_time(seed.parent.name, seed.read_bytes())


def test_every_target_has_something_to_begin_with() -> None:
    assert {path.name for path in (HERE / "corpus").iterdir()} == TARGETS.keys()


@pytest.mark.parametrize("target", TARGETS)
def test_any_bytes(target: str) -> None:
    @examples(60 if target in ("settings", "files", "theme", "notations") else 300)
    @given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
    def holds(data: bytes) -> None:
        try_in_time(target, data)

    holds()


@examples(200)
@given(PLANS)
def test_any_plan(plan: bytes) -> None:
    try_yaml(plan)
    try_files(bytes([3]) + plan)


@examples(250)
@given(NOTES | MATTER)
def test_any_note(note: bytes) -> None:
    try_notes(note)


@examples(100)
@given(FOLDERS)
def test_any_folder(files: Mapping[str, bytes]) -> None:
    build_all(files)
