"""Since: which of a program's files are not what they were in an older revision.

Compares names and bytes, never clocks; a change that was made and taken back is none.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from headway.problems import Problem
from headway.source.git import find_commit, read_revision, start_git
from headway.source.snapshot import Snapshot


class Changes(Struct, frozen=True):
    """The paths of files that were added, changed or removed."""

    paths: frozenset[str]

    def touch(self, problem: Problem) -> bool:
        """Whether a problem is about such a file, or about a folder that holds one."""
        place = problem.location.path
        return place in self.paths or any(path.startswith(f"{place}/") for path in self.paths)


def find_changes(root: Path, now: Snapshot, since: str, revision: str | None) -> Changes:
    """Return what changed since the commit where ``since`` and the snapshot's own revision parted.

    ``revision`` is the snapshot's, None for a working folder. What others added to ``since`` afterwards is no change.
    Raises SourceError where there is no such revision.
    """
    commit, own = find_commit(root, since), find_commit(root, revision or "HEAD")
    parted = start_git(root, "merge-base", commit, own)
    base = parted.stdout.decode().strip() if parted.returncode == 0 else commit
    before = read_revision(root, base)
    old, new = _digests(before), _digests(now)
    changed = {path for path in old.keys() | new.keys() if old.get(path) != new.get(path)}
    # A link or a name that is not allowed is no file with bytes: there the problem itself is what is new.
    faults = {(problem.location.path, problem.code) for problem in before.all_problems()}
    changed |= {p.location.path for p in now.all_problems() if (p.location.path, p.code) not in faults}
    return Changes(frozenset(changed))


def _digests(snapshot: Snapshot) -> dict[str, str]:
    inside = {path: digest for folder in snapshot.partnerships for path, digest in folder.files.items()}
    return {**snapshot.own_files, **snapshot.people.files, **inside}
