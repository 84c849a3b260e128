"""The README's section on writing is a session that really takes place as it is printed there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from headway.cli import headway

TUESDAY = "1773144000"
"""Noon on 10 March 2026, as SOURCE_DATE_EPOCH."""


def test_the_session_of_the_readme(
    starter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TUESDAY)
    monkeypatch.chdir(tmp_path)
    readme = starter / "README.md"
    text = readme.read_text(encoding="utf-8")
    before, section = text[: text.index("\n## Writing\n")], text[text.index("\n## Writing\n") :]
    section, after = section[: section.index("\n## ", 4)], section[section.index("\n## ", 4) :]

    def play(block: re.Match[str]) -> str:
        said = ""
        for command in re.findall(r"(?m)^\$ (.*)$", block[1]):
            said += f"$ {command}\n"
            words = shlex.split(command)
            if words[0] == "cd":
                monkeypatch.chdir(words[1])
                continue
            result = CliRunner().invoke(headway, words[1:])
            assert result.exit_code == 0, result.output
            said += "".join(f"{line}".rstrip() + "\n" for line in result.output.splitlines())
        return f"```console\n{said}```\n"

    played = re.sub(r"(?ms)^```console\n(.*?)^```\n", play, section)
    if request.config.getoption("--update"):
        readme.write_text(before + played + after, encoding="utf-8")
        played = section
    assert played == section
    check = CliRunner().invoke(headway, ["check", "--strict"])
    assert "no problems" in check.output, check.output
    built = CliRunner().invoke(headway, ["build", "--strict", "--audience", "partners"])
    assert built.exit_code == 0, built.output
    page = next(Path("site/partnerships").glob("*/index.html")).read_text(encoding="utf-8")
    assert "Give a talk at a local meetup" in page
