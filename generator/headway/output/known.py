"""What is known of two sites, the one that stands and the one before it: their parts, and where they differ.

A part is a partnership's files, or the program's own. Where most parts stay as they are, nobody looks into these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, Protocol

from msgspec import Struct, field

Manifest = Mapping[str, str]
"""The digest of each file's bytes by its path from the site's root."""


class Part(Protocol):
    """One part of a site: a partnership's files, or the program's own."""

    @property
    def digests(self) -> Manifest: ...


class Behind(NamedTuple):
    """A file that the spare has not as the standing site has it; each field is empty where it has no such file."""

    part: str
    """The part of the standing site that the file belongs to."""
    digest: str
    """The digest of what the spare has."""


class Known(Struct, frozen=True, dict=True):
    """What a cache says of the site that stands and of the spare in ``folder``, if both still carry these ids."""

    parts: Mapping[str, Part]
    """The parts of the standing site, by their names."""
    behind: Mapping[str, Behind]
    """Where the spare differs from it, by the files' paths."""
    standing_id: str
    spare_id: str
    folder: Path

    def standing(self, part: str) -> Manifest:
        """Return the files of one part of the site that stands."""
        return self.parts[part].digests if part in self.parts else {}

    @cached_property
    def behind_by_part(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path, file in self.behind.items():
            found.setdefault(file.part, []).append(path)
        return found


class Change(Struct, frozen=True):
    """What a new site has otherwise than the one before it."""

    before: Manifest = field(default_factory=dict)
    """The files that are gone or have other bytes now, as they were."""
    now: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Those that are new or have other bytes: their parts and digests."""

    def behind(self) -> dict[str, Behind]:
        """Return where the site before is behind the new one."""
        paths = self.before.keys() | self.now.keys()
        places = ((path, self.before.get(path, ""), *self.now.get(path, ("", ""))) for path in paths)
        return {path: Behind(part, old) for path, old, part, new in places if old != new}

    def identify(self, standing_id: str) -> str:
        """Return a digest of the whole new site: the same for the same files, whatever stood before.

        It is the sum of its files' digests, so that the id of the site before spares looking at what stayed.
        """
        lines = ((path, digest) for path, (_, digest) in self.now.items())
        total = int(standing_id or "0", 16) - _sum_up(self.before.items()) + _sum_up(lines)
        return f"{total % 2**256:064x}"


def find_change(known: Known | None, kept: Iterable[str], parts: Mapping[str, Manifest]) -> Change:
    """Return what is otherwise in a site of some parts that were kept as they are, and others that were made."""
    before: dict[str, str] = {}
    now: dict[str, tuple[str, str]] = {}
    for name in (known.parts.keys() if known else set()) - set(kept) | parts.keys():
        old, new = (known.standing(name) if known else {}), parts.get(name, {})
        before.update(old.items() - new.items())
        now.update((path, (name, digest)) for path, digest in new.items() if old.get(path) != digest)
    return Change(before, now)


def _sum_up(files: Iterable[tuple[str, str]]) -> int:
    return sum(int.from_bytes(sha256(f"{path}\t{digest}".encode()).digest(), "big") for path, digest in files)
