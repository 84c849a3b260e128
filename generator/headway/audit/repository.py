"""The repository itself: what everybody who can read it finds there, whatever a site withholds.

Git's configuration and log are read; nothing that they name is run or reached.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from headway.model.person import Person
from headway.source.git import start_git
from headway.source.snapshot import Snapshot, SourceError

_POSITION = (b"\x88\x25", b"\x25\x88")
"""The tag under which a picture says where it was taken, in both orders of bytes."""


def look_at_repository(root: Path, snapshot: Snapshot, people: Iterable[Person]) -> tuple[str, ...]:
    """Return sentences about what the repository tells; where there is no git, only about the files."""
    return tuple(_look(root, snapshot, tuple(people)))


def _look(root: Path, snapshot: Snapshot, people: tuple[Person, ...]) -> Iterator[str]:
    addresses, obstacles = sum(bool(p.email) for p in people), sum(bool(p.obstacles) for p in people)
    if addresses:
        yield f"E-mail addresses in people's files: {addresses}."
    if obstacles:
        yield f"People's files with obstacles in them: {obstacles}."
    for folder in snapshot.partnerships:
        for path in folder.files:
            if path.lower().endswith((".jpg", ".jpeg")) and _has_position(snapshot.read(path)):
                yield f"{path} says where it was taken; the site's copy does not."
    try:
        yield from _look_at_git(root)
    except SourceError:
        return


def _has_position(picture: bytes) -> bool:
    at = picture.find(b"Exif\0\0")
    return at >= 0 and any(tag in picture[at : at + (1 << 16)] for tag in _POSITION)


def _look_at_git(root: Path) -> Iterator[str]:
    log = start_git(root, "log", "--all", "--format=%ae%n%ce")
    authors = {line for line in log.stdout.splitlines() if line} if log.returncode == 0 else set()
    if authors:
        yield f"E-mail addresses in git's history: {len(authors)}; they stay when files change."
    deleted = start_git(root, "log", "--all", "--diff-filter=D", "--name-only", "--format=", "-z", "--", "content")
    gone = {name for name in deleted.stdout.split(b"\0") if name.strip()} if deleted.returncode == 0 else set()
    if gone:
        yield f"Files that were deleted and are still in git's history: {len(gone)}."
    remotes = start_git(root, "config", "--local", "--no-includes", "--get-regexp", r"^remote\..*\.url$")
    for line in sorted(set(remotes.stdout.decode("utf-8", "replace").splitlines())):
        place = line.partition(" ")[2].rpartition("@")[2]
        yield f"A copy is at {place}: ask who can read it there."
