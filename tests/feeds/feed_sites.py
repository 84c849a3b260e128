"""Building sites for the tests of feeds."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from headway.cli import headway

URL = "https://mentoring.example.org/x%20y/"


def build(program: Path, out: Path, *options: str) -> Path:
    result = CliRunner().invoke(headway, ["-C", str(program), "build", "--out", str(out), "--jobs", "1", *options])
    assert result.exit_code == 0, result.output
    return out
