"""Fetching the older commits: only when asked, and never by a program or to an address that the clone smuggles in."""

from __future__ import annotations

from pathlib import Path

import pytest

from git_repository import commit, git, write
from headway.source.history import find_head, read_log
from headway.source.snapshot import SourceError
from headway.source.unshallow import fetch_older_commits


@pytest.fixture
def shallow(tmp_path: Path) -> Path:
    """A shallow clone of a program with three commits."""
    for number in range(3):
        write(tmp_path / "origin", {"content/partnerships/ada-bo/meetings/2026-01-12.md": f"# {number}\n"})
        commit(tmp_path / "origin", f"2026-01-0{number + 1}T10:00:00+0000")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{tmp_path}/origin", "clone")
    return tmp_path / "clone"


def test_the_older_commits_come_when_asked_for(shallow: Path) -> None:
    head = find_head(shallow, None)
    assert head is not None
    assert head.is_shallow
    with (shallow / ".git/config").open("a") as config:
        config.write("[core]\n\thooksPath = .husky\n\tfsmonitor = /bin/false\n[user]\n\tname = Ada\n")
    fetch_older_commits(shallow)
    head = find_head(shallow, None)
    assert head is not None
    assert not head.is_shallow
    assert len(list(read_log(shallow, head))) == 3


@pytest.mark.parametrize(
    "setting",
    [
        ("core.sshCommand", "{trap}"),
        ("core.gitProxy", "{trap}"),
        ("core.askPass", "{trap}"),
        ("core.alternateRefsCommand", "{trap}"),
        ("remote.origin.uploadpack", "{trap}"),
        ("remote.origin.vcs", "trap"),
        ("remote.origin.proxy", "http://127.0.0.1:9"),
        ("credential.helper", "!{trap}"),
        ("credential.https://x.helper", "!{trap}"),
        ("url.ext::{trap} %S.insteadOf", "file://"),
        ("include.path", "{trap}"),
        ("includeIf.gitdir:/.path", "{trap}"),
        ("extensions.worktreeConfig", "true"),
        ("fetch.recurseSubmodules", "true"),
        ("http.sslCert", "{trap}"),
    ],
)
def test_a_configuration_that_could_do_more_is_refused(shallow: Path, tmp_path: Path, setting: tuple[str, str]) -> None:
    ran, trap = tmp_path / "ran", tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {ran}\n")
    trap.chmod(0o755)
    name, value = (text.format(trap=trap) for text in setting)
    git(shallow, "config", name, value)
    with pytest.raises(SourceError, match="this clone's own configuration sets"):
        fetch_older_commits(shallow)
    assert not ran.exists()


@pytest.mark.parametrize(
    "address", ["ext::sh -c touch% {ran}", "ext::{ran}", "/nowhere", "https://u:secret@127.0.0.1:9/x"]
)
def test_an_address_that_leads_nowhere_or_to_a_program_is_said(shallow: Path, tmp_path: Path, address: str) -> None:
    ran = tmp_path / "ran"
    git(shallow, "config", "remote.origin.url", address.format(ran=ran))
    with pytest.raises(SourceError, match="git cannot fetch the older commits: ") as caught:
        fetch_older_commits(shallow)
    assert "secret" not in str(caught.value)
    assert not ran.exists()
