"""Every workflow that `init` writes: its steps run as written, twice; the second run makes one partnership anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from workflow_runner import Runner

from git_repository import commit, git, write
from headway.cli import headway

HOSTS = ("github", "gitlab", "netlify", "cloudflare", "server")
TODAY = "1773144000"
"""Noon on 10 March 2026, as SOURCE_DATE_EPOCH."""

RSYNC = """#!/bin/sh
# Stands for rsync where that is not installed: the last two arguments are what is copied, and where to.
while [ "$#" -gt 2 ]; do shift; done
cp -R "$1." "$2"
"""


def begin(tmp_path: Path, host: str, monkeypatch: pytest.MonkeyPatch) -> Runner:
    """Return a runner for a new program with two partnerships, a goal plan that changed, and a commit for each."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY)
    origin, place = tmp_path / "origin", tmp_path / "work"
    run(["init", str(origin), "--yes", "--host", host, "--name", "Spring", "--audience", "partners"])
    for pair in (("cy", "di"), ("eve", "flo")):
        members = ", ".join(f"{{person: {person}, role: peer}}" for person in pair)
        place_of = f"content/partnerships/{'-'.join(pair)}/partnership.yaml"
        write(origin, {place_of: f"kind: peer\nstart: 2026-02-02\nmembers: [{members}]\n"})
        write(origin, {f"content/people/{person}.yaml": f"name: {person.title()}\n" for person in pair})
    commit(origin)
    plan = origin / "content/partnerships/ada-grace/goals.yaml"
    plan.write_text(plan.read_text().replace("Give a talk", "Give a short talk"))
    commit(origin, on="2026-02-01T12:00:00+0000")
    git(origin, "config", "uploadpack.allowFilter", "true")
    git(origin, "config", "uploadpack.allowAnySHA1InWant", "true")
    (place / "tools").mkdir(parents=True)
    (place / "tools/rsync").write_text(RSYNC)
    (place / "tools/rsync").chmod(0o755)
    return Runner(origin, place)


def run(arguments: list[str]) -> None:
    result = CliRunner().invoke(headway, arguments)
    assert result.exit_code == 0, result.output


@pytest.mark.slow
@pytest.mark.parametrize("host", HOSTS)
def test_the_second_run_makes_one_partnership_anew(tmp_path: Path, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    runner = begin(tmp_path, host, monkeypatch)
    first = runner.run(host)
    assert "Made anew: 3 of 3 partnerships." in first
    assert "warning" not in first  # the older goal plans are there, too
    write(runner.origin, {"content/partnerships/cy-di/meetings/2026-03-09.md": "Win: we met.\n"})
    commit(runner.origin)
    second = runner.run(host)
    assert "Made anew: 1 of 3 partnerships." in second
    assert runner.published is not None
    assert "meetings/2026-03-09/" in (runner.published / "partnerships/cy-di/index.html").read_text()
    goal = (runner.published / "partnerships/ada-grace/goals/speak/index.html").read_text()
    assert "Give a talk" in goal  # what it was called before, which only an older plan knows


def test_a_pull_request_hears_of_its_own_files_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runner = begin(tmp_path, "github", monkeypatch)
    git(runner.origin, "checkout", "--quiet", "-b", "mine")
    write(runner.origin, {"content/partnerships/cy-di/meetings/2026-03-09.md": "---\nminuts: 25\n---\n\nWe met.\n"})
    commit(runner.origin)
    git(runner.origin, "checkout", "--quiet", "main")
    write(runner.origin, {"content/partnerships/eve-flo/meetings/2026-03-09.md": "---\nminuts: 5\n---\n\nWe met.\n"})
    commit(runner.origin)
    runner.event, runner.base = "pull_request", "main"
    said = runner.run("github")
    assert "::warning file=content/partnerships/cy-di/meetings/2026-03-09.md,line=2" in said
    assert "::warning file=content/partnerships/eve-flo" not in said
    assert runner.published == runner.clone / "site"
