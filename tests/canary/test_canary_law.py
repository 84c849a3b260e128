"""The canary law: what an audience may not see is in no byte and no name of its site; what it may see is there."""

from __future__ import annotations

import os
from collections.abc import Set as AbstractSet
from pathlib import Path
from urllib.parse import unquote

import pytest
from canary_program import LEVELS, CanaryProgram
from canary_search import find_canaries, search_site
from click.testing import CliRunner

from headway.cli import headway
from headway.feeds.search import sift
from search_chunks import read_chunk

PROGRAMS = 3
SMALL_PROGRAMS = int(os.environ.get("HEADWAY_CANARY_SEEDS", "200"))


def build(program: CanaryProgram, out: Path, audience: int, *options: str) -> str:
    """Build a site and return what the terminal said."""
    arguments = ["-C", str(program.root), "build", "--audience", LEVELS[audience], "--out", str(out), "--jobs", "1"]
    result = CliRunner().invoke(headway, [*arguments, *options], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def list_leaks(program: CanaryProgram, found: AbstractSet[str], audience: int, own_site: str | None) -> list[str]:
    canaries = {token: program.canaries[token] for token in found if token in program.canaries}
    return sorted(c.what for c in canaries.values() if not c.may_be_in(audience, own_site))


def find_leaks(program: CanaryProgram, site: Path, audience: int, own_site: str | None = None) -> dict[str, list[str]]:
    """Return the withheld canaries of each file, in words."""
    leaks = {name: list_leaks(program, found, audience, own_site) for name, found in search_site(site).items()}
    return {name: found for name, found in leaks.items() if found}


def find_foreign_bits(site: Path) -> list[str]:
    """Return the search's chunks whose sieves are of anything else than of what stands in them."""
    [listed] = site.glob("search/list.*")
    return [
        name
        for name, title, sieve in read_chunk(listed)
        if sieve != (sift(read_chunk(site / unquote(name))) if title else "")
    ]


def find_lost(program: CanaryProgram, site: Path, audience: int) -> list[str]:
    """Return the canaries that the site should show and does not, in words."""
    there: set[str] = set().union(*search_site(site).values())
    expected = {token for token, c in program.canaries.items() if c.is_shown and c.may_be_in(audience, None)}
    return sorted(program.canaries[token].what for token in expected - there)


@pytest.mark.parametrize("seed", range(PROGRAMS))
def test_each_audience_finds_what_it_may_see_and_nothing_else(tmp_path: Path, seed: int) -> None:
    program = CanaryProgram(tmp_path / "program", seed).write_all()
    for audience in range(3):
        site, form = tmp_path / f"site-{LEVELS[audience]}", ("text", "json", "github")[audience]
        said = build(program, site, audience, "--format", form)
        assert find_leaks(program, site, audience) == {}
        assert find_foreign_bits(site) == []
        assert list_leaks(program, find_canaries(said.encode()), audience, None) == [], said
        assert find_lost(program, site, audience) == []


@pytest.mark.parametrize("seed", range(SMALL_PROGRAMS))
def test_small_programs_keep_the_law(tmp_path: Path, seed: int) -> None:
    """Each for all audiences, and, in turns, for one audience the own sites."""
    program = CanaryProgram(tmp_path / "program", PROGRAMS + seed, is_small=True).write_all()
    for audience in range(3):
        site = tmp_path / f"site-{LEVELS[audience]}"
        said = build(program, site, audience, "--format", ("text", "json", "github")[seed % 3])
        assert find_leaks(program, site, audience) == {}
        assert find_foreign_bits(site) == []
        assert list_leaks(program, find_canaries(said.encode()), audience, None) == [], said
        assert find_lost(program, site, audience) == []
    if seed % 4 < 3:
        build(program, tmp_path / "own", seed % 4, "--each")
        for name in program.partnerships:
            if (tmp_path / "own" / name).is_dir():
                assert find_leaks(program, tmp_path / "own" / name, seed % 4, name) == {}


@pytest.mark.parametrize("seed", range(PROGRAMS))
def test_an_own_site_has_nothing_of_the_others(tmp_path: Path, seed: int) -> None:
    program = CanaryProgram(tmp_path / "program", seed).write_all()
    for audience in range(3):
        site = tmp_path / f"site-{LEVELS[audience]}"
        build(program, site, audience, "--each")
        for name in program.partnerships:
            if (site / name).is_dir():
                assert find_leaks(program, site / name, audience, name) == {}
                assert find_foreign_bits(site / name) == []


@pytest.mark.parametrize("seed", range(PROGRAMS))
def test_what_tools_are_given_keeps_the_law_too(tmp_path: Path, seed: int) -> None:
    program = CanaryProgram(tmp_path / "program", seed).write_all()
    for audience in range(3):
        for command in ("status", "export"):
            arguments = ["-C", str(program.root), command, "--format", "json", "--audience", LEVELS[audience]]
            said = CliRunner().invoke(headway, arguments, catch_exceptions=False)
            assert said.exit_code == 0, said.output
            assert list_leaks(program, find_canaries(said.stdout.encode()), audience, None) == []


@pytest.mark.parametrize("seed", range(PROGRAMS))
def test_a_digest_keeps_the_law_too(tmp_path: Path, seed: int) -> None:
    program = CanaryProgram(tmp_path / "program", seed).write_all()
    found: AbstractSet[str] = set()
    for audience in range(3):
        for form in ("text", "markdown", "html"):
            options = ("--all", "--since", "2026-02-01", "--format", form, "--audience", LEVELS[audience])
            said = CliRunner().invoke(headway, ["-C", str(program.root), "digest", *options], catch_exceptions=False)
            assert said.exit_code == 0, said.output
            found = find_canaries(said.stdout.encode())
            assert list_leaks(program, found, audience, None) == []
    assert found, "the partners are told something"
