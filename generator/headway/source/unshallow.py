"""Unshallow: fetches the older commits of a shallow clone, where somebody asked for it.

The one time that Headway uses the network. The address is the clone's own; a clone whose configuration could let
git start another program for it, or could lead it elsewhere, is refused.
"""

from __future__ import annotations

import re
from pathlib import Path

from headway.patterns import compile_late
from headway.source.git import run_git, start_git
from headway.source.snapshot import SourceError

_HARMLESS = compile_late(
    r"""
    core\.(repositoryformatversion|filemode|bare|logallrefupdates|ignorecase|precomposeunicode|symlinks|autocrlf|eol
      |longpaths|quotepath|abbrev|hookspath|fsmonitor)      # the last two are overruled by every call of ours
    | remote\..+\.(url|pushurl|fetch|tagopt|prune)
    | branch\..+\.(remote|merge|rebase)
    | http\.(.+\.)?extraheader
    | user\.(name|email) | gc\.auto | extensions\.objectformat | submodule\.active | init\.defaultbranch | pull\.rebase
    """,
    re.VERBOSE,
)
"""What a clone's own configuration may hold: nothing here starts a program or changes an address."""
_PROTOCOLS = "https:http:ssh:git:file"
_BY_HAND = "If you trust this clone, `git fetch --unshallow` does the same."
_CREDENTIALS = compile_late(r"//[^/@\s]*@")


def fetch_older_commits(root: Path) -> None:
    """Fetch what a shallow clone lacks; raise SourceError where that is refused or fails."""
    listed = run_git(root, "config", "--local", "--name-only", "--null", "--list").decode("utf-8", "replace")
    strange = [name for name in listed.split("\0") if name and not _HARMLESS.fullmatch(name.lower())]
    if strange:
        message = f"The older commits are not fetched, because this clone's own configuration sets {strange[0]!r}."
        raise SourceError(message, _BY_HAND)
    arguments = ("fetch", "--unshallow", "--quiet", "--no-tags", "--no-recurse-submodules", "--no-auto-maintenance")
    done = start_git(root, *arguments, GIT_ALLOW_PROTOCOL=_PROTOCOLS)
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        reason = _CREDENTIALS.sub("//", said.removeprefix("fatal: ")) or f"it ended with {done.returncode}"
        raise SourceError(f"git cannot fetch the older commits: {reason}.", _BY_HAND)
