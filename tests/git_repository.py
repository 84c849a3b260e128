"""Real git repositories for tests: fixed names and days, nothing of the machine's own configuration."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

QUIET = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
GRACE = ("Grace Brewster", "grace@example.org")
ADA = ("Ada Byron", "ada@example.org")


def git(folder: Path, *arguments: str, stdin: bytes = b"", **environment: str) -> str:
    """Run git in a folder and return what it says."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments],
        input=stdin,
        capture_output=True,
        check=True,
        env=inherited | QUIET | environment,
    )
    return done.stdout.decode().strip()


def commit(
    folder: Path,
    on: str = "2026-01-01T12:00:00+0000",
    author: tuple[str, str] = ADA,
    *more: str,
    committed: str = "2026-01-01T12:00:00+0000",
) -> str:
    """Commit all that stands in the folder, which becomes a repository where it is none; return the commit's id."""
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    people = {
        "GIT_AUTHOR_NAME": author[0],
        "GIT_AUTHOR_EMAIL": author[1],
        "GIT_AUTHOR_DATE": on,
        "GIT_COMMITTER_NAME": "A committer",
        "GIT_COMMITTER_EMAIL": "committer@example.org",
        "GIT_COMMITTER_DATE": committed,
    }
    git(folder, "commit", "--quiet", "--allow-empty", "--message=unspeakable message", *more, **people)
    return git(folder, "rev-parse", "HEAD")


def write(folder: Path, files: dict[str, str | bytes | None]) -> None:
    """Write files below a folder; those that are None are deleted."""
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            place.unlink()
        else:
            place.write_bytes(content.encode() if isinstance(content, str) else content)


TRAPS = """
[core]
  hooksPath = {traps}
  fsmonitor = {trap}
  sshCommand = {trap}
  attributesFile = {traps}/attributes
  pager = {trap}
  gitProxy = {trap}
  askPass = {trap}
  editor = {trap}
  alternateRefsCommand = {trap}
[diff]
  external = {trap}
  orderFile = {traps}/order
  renames = copies
  relative = true
  noprefix = true
  ignoreSubmodules = all
[diff "trap"]
  textconv = {trap}
  command = {trap}
[filter "trap"]
  clean = {trap}
  smudge = {trap}
  process = {trap}
  required = true
[log]
  showSignature = true
  mailmap = true
  follow = true
  date = relative
  showRoot = false
  diffMerges = off
  excludeDecoration = *
  decorate = full
[gpg]
  program = {trap}
[mailmap]
  file = {traps}/mailmap
[format]
  pretty = %B
  notes = true
[color]
  ui = always
[i18n]
  logOutputEncoding = UTF-16
[alias]
  log = !{trap}
  rev-parse = !{trap}
[credential]
  helper = !{trap}
[pager]
  log = {trap}
[notes]
  displayRef = refs/notes/*
[uploadpack]
  packObjectsHook = {trap}
"""


def lay_traps(repository: Path, place: Path) -> Path:
    """Let a clone's configuration name a program everywhere it can; return the file that tells whether it ran."""
    traps, ran = place / "traps", place / "ran"
    traps.mkdir()
    trap = traps / "trap"
    trap.write_text(f'#!/bin/sh\necho "$0 $*" >> {ran}\ncat\n')
    trap.chmod(0o755)
    for hook in ("reference-transaction", "post-checkout", "pre-auto-gc", "fsmonitor-watchman", "post-index-change"):
        (traps / hook).write_text(trap.read_text())
        (traps / hook).chmod(0o755)
        (repository / ".git/hooks" / hook).write_text(trap.read_text())
        (repository / ".git/hooks" / hook).chmod(0o755)
    (traps / "attributes").write_text("* diff=trap filter=trap\n")
    (traps / "order").write_text("*.md\n")
    (traps / "mailmap").write_text("Mallory <m@x> <ada@example.org>\n")
    write(repository, {".gitattributes": "* diff=trap filter=trap\n", ".mailmap": "Mallory <m@x> <ada@example.org>\n"})
    (repository / ".git/info/grafts").write_text("")
    with (repository / ".git/config").open("a") as config:
        config.write(TRAPS.format(traps=traps, trap=trap))
    return ran
