"""Whole sites: each folder in tests/sites holds a program and the files that its build must give, byte for byte."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from headway.cli import headway
from headway.output.folder import MARKER

CASES = sorted((Path(__file__).parent.parent / "sites").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_site_is_as_expected(case: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    shutil.copytree(case / "repo", tmp_path / "repo")
    result = CliRunner().invoke(headway, ["-C", str(tmp_path / "repo"), "build", "--out", str(tmp_path / "site")])
    assert result.exit_code == 0, result.output
    built = {
        str(path.relative_to(tmp_path / "site")): path.read_bytes()
        for path in (tmp_path / "site").rglob("*")
        # The theme's own files change with the theme, and have tests of their own.
        if path.is_file() and path.name not in (MARKER, "data.schema.json") and "assets" not in path.parts
    }
    expected = case / "expected"
    if request.config.getoption("--update"):
        shutil.rmtree(expected, ignore_errors=True)
        for name, content in built.items():
            (expected / name).parent.mkdir(parents=True, exist_ok=True)
            (expected / name).write_bytes(content)
    wanted = {str(path.relative_to(expected)): path.read_bytes() for path in expected.rglob("*") if path.is_file()}
    assert sorted(built) == sorted(wanted)
    for name, content in built.items():
        assert content.decode() == wanted[name].decode(), name
