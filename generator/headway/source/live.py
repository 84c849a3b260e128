"""A working folder that is looked at again and again, while people write in it: what changed since the last look.

What the system says of a file (size, times, number) shows only where to look; whether a file is another one its
bytes decide. A look is as wide as its question: one partnership's folder, or the whole program.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from headway.source.folder import FolderReader, find_settings, list_below
from headway.source.layout import SETTINGS, Listing, arrange, arrange_folder, size_limit
from headway.source.names import is_scratch
from headway.source.snapshot import Folder, Snapshot, SourceError, digest_bytes, digest_files

SHARED = (SETTINGS, "content/people", "content/pages", "themes")
"""What every page of a program may depend on."""

_LOOSE = ("content", "content/partnerships")
"""Areas that hold others; what stands in them beside those is seen by looking at everything."""

Entries = Mapping[str, tuple[int, ...] | str]
"""What stands in an area: the mark of each plain file, or the kind of oddity that it is instead."""

_REMOTE = frozenset("nfs nfs4 cifs smb3 smbfs 9p vboxsf vmhgfs virtiofs osxfs grpcfuse drvfs afs ceph".split())
_MOUNTS = Path("/proc/self/mountinfo")


class Look(Struct, frozen=True):
    """What a look has found: the program's files now, and the paths of those that are not what they were.

    ``is_unsettled`` where one of them is gone or empty that was neither before: an editor may be about to write it.
    """

    snapshot: Snapshot
    changed: tuple[str, ...] = ()
    is_unsettled: bool = False


class LiveFolder:
    """A program's folder and what was last seen in it. For one thread at a time."""

    def __init__(self, root: Path) -> None:
        if not root.is_dir():
            raise SourceError(f"There is no folder {root}.", "Name the folder that holds headway.yaml.")
        self.root = root
        self._reader = FolderReader(root)
        self._areas: dict[str, Entries] = {}
        self._digests: dict[str, Mapping[str, str]] = {}
        """The digest of each file that can be used, by area and path."""
        self._snapshot: Snapshot | None = None

    @property
    def count(self) -> int:
        """How many files there are."""
        return sum(map(len, self._areas.values()))

    def look(self, areas: Iterable[str] | None = None, named: Collection[str] = ()) -> Look:
        """Look again at some areas (`area_of`), or at everything, and read what is not what it was.

        The ``named`` paths are read again whatever the system says of them.
        """
        before, digests = self._areas, self._digests
        known = self._snapshot
        now = _see_all(self.root) if areas is None or known is None else _see(self.root, areas, before)
        changed = sorted(_differences(before, now, frozenset(named)))
        self._areas = now
        if known is not None and not changed:
            return Look(known)
        snapshot = self._read_again(known, before, changed) if known is not None else None
        self._snapshot = snapshot or self._read_all(changed)
        digests_now = self._digests
        told = tuple(
            path
            for path in changed
            if not _digest_in(digests_now, path) or _digest_in(digests, path) != _digest_in(digests_now, path)
        )
        return Look(self._snapshot, told, any(self._may_come_back(path, before) for path in told))

    def _may_come_back(self, path: str, before: Mapping[str, Entries]) -> bool:
        old, new = before.get(area_of(path), {}).get(path), self._areas.get(area_of(path), {}).get(path)
        was_full = isinstance(old, tuple) and old[0] > 0
        return was_full and (new is None or (isinstance(new, tuple) and new[0] == 0))

    def _read_again(self, known: Snapshot, before: Mapping[str, Entries], changed: Sequence[str]) -> Snapshot | None:
        """Return the snapshot with the areas read again in which something changed; None where that is not enough."""
        areas = {area_of(path) for path in changed}
        partnerships = {folder.path for folder in known.partnerships} & self._areas.keys()
        if not all(area in partnerships and self._areas[area] for area in areas) and not self._has_same_names(
            before, changed
        ):
            return None
        reader = _RememberingReader(self._reader, self._digests, changed)
        fresh: dict[str, Folder] = {}
        for area in areas:
            if area in partnerships:
                fresh[area] = arrange_folder(area, _list(self._areas[area]), reader)
                continue
            try:
                files = {**self._digests.get(area, {}), **{p: reader.digest(p) for p in changed if area_of(p) == area}}
            except OSError:
                return None
            fresh[area] = Folder(area, files, digest_files(files))
        self._digests = {**self._digests, **{area: folder.files for area, folder in fresh.items()}}
        return replace(
            known,
            reader=_FaithfulReader(self._reader, self._digests),
            people=fresh.get("content/people", known.people),
            partnerships=tuple(fresh.get(folder.path, folder) for folder in known.partnerships),
            pages=fresh.get("content/pages", known.pages),
            themes=fresh.get("themes", known.themes),
            settings_digest=fresh[SETTINGS].files[SETTINGS] if SETTINGS in fresh else known.settings_digest,
        )

    def _has_same_names(self, before: Mapping[str, Entries], changed: Iterable[str]) -> bool:
        """Whether all that changed are files which could be used before, and can be now as far as can be seen."""
        for path in changed:
            old, new = before.get(area_of(path), {}).get(path), self._areas.get(area_of(path), {}).get(path)
            is_plain = isinstance(old, tuple) and isinstance(new, tuple) and new[0] <= size_limit(path)
            if not is_plain or not _digest_in(self._digests, path):
                return False
        return True

    def _read_all(self, changed: Iterable[str]) -> Snapshot:
        """Return the snapshot of all that stands there; only what changed is read for it."""
        listing = _list({path: entry for entries in self._areas.values() for path, entry in entries.items()})
        if SETTINGS not in listing.sizes:
            listing.elsewhere.extend(find_settings(self.root))
        reader = _RememberingReader(self._reader, self._digests, changed)
        snapshot = arrange(listing, reader)
        grouped: dict[str, dict[str, str]] = {}
        for path, digest in reader.used.items():
            grouped.setdefault(area_of(path), {})[path] = digest
        self._digests = dict(grouped)
        return replace(snapshot, reader=_FaithfulReader(self._reader, self._digests))


def _list(entries: Entries) -> Listing:
    listing = Listing()
    for path, entry in entries.items():
        if isinstance(entry, str):
            listing.oddities[path] = entry
        else:
            listing.sizes[path] = entry[0]
    return listing


def _digest_in(digests: Mapping[str, Mapping[str, str]], path: str) -> str:
    return digests.get(area_of(path), {}).get(path, "")


class _FaithfulReader(Struct, frozen=True):
    """Reads the bytes that a snapshot has digests of; an OSError where a file is another one since the look.

    Otherwise a file that is changed and changed back between two looks would be read as what it never was.
    """

    reader: FolderReader
    digests: Mapping[str, Mapping[str, str]]

    def read(self, path: str) -> bytes:
        content = self.reader.read(path)
        if _digest_in(self.digests, path) != digest_bytes(content):
            raise OSError(f"{path} has changed since it was looked at")
        return content


class _RememberingReader:
    """Gives the digests that are known, and reads what changed; ``used`` are those that were asked for."""

    def __init__(self, reader: FolderReader, known: Mapping[str, Mapping[str, str]], changed: Iterable[str]) -> None:
        self._reader = reader
        self._known = known
        self._changed = frozenset(changed)
        self.used: dict[str, str] = {}

    def read(self, path: str) -> bytes:
        return self._reader.read(path)

    def digest(self, path: str) -> str:
        known = "" if path in self._changed else _digest_in(self._known, path)
        self.used[path] = known or self._reader.digest(path)
        return self.used[path]


def area_of(path: str) -> str:
    """Return the part of the program that is looked at as a whole: a partnership's folder, ``content/people``."""
    parts = path.split("/")
    if parts[0] != "content":
        return parts[0]
    depth = 3 if parts[1:2] == ["partnerships"] and len(parts) > 3 else 2
    return "/".join(parts[:depth]) if len(parts) > depth else "content"


def _see_all(root: Path) -> dict[str, Entries]:
    listing = Listing()
    list_below(root, "", listing)
    areas: dict[str, dict[str, tuple[int, ...] | str]] = {}
    for path, entry in _entries(listing):
        areas.setdefault(area_of(path), {})[path] = entry
    return dict(areas)


def _see(root: Path, areas: Iterable[str], before: Mapping[str, Entries]) -> dict[str, Entries]:
    """Return what stands there, some areas looked at again; everything where one is no longer what it was."""
    now = dict(before)
    for area in areas:
        if area in _LOOSE:
            return _see_all(root)
        listing = Listing()
        try:
            status = (root / area).lstat()
        except FileNotFoundError:
            status = None
        if status is None and area in before:
            return _see_all(root)
        if status is None:
            continue
        if stat.S_ISDIR(status.st_mode):
            list_below(root / area, area, listing)
        elif stat.S_ISREG(status.st_mode) and area in before:
            listing.sizes[area] = status.st_size
            listing.marks[area] = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        else:
            return _see_all(root)
        now[area] = dict(_entries(listing))
    return now


def _entries(listing: Listing) -> Iterator[tuple[str, tuple[int, ...] | str]]:
    yield from listing.marks.items()
    yield from listing.oddities.items()


def _differences(before: Mapping[str, Entries], now: Mapping[str, Entries], named: frozenset[str]) -> Iterator[str]:
    for area in before.keys() | now.keys():
        old, new = before.get(area, {}), now.get(area, {})
        if old is not new:
            found = (path for path in old.keys() | new.keys() if old.get(path) != new.get(path) or path in named)
            yield from (path for path in found if not is_scratch(path.rpartition("/")[2]))


def find_remote_mount(folder: Path) -> str | None:
    """Return the kind of the network or container mount that a folder lies on, where others may write unnoticed.

    None on a disk of this machine, and where the system does not tell.
    """
    try:
        lines = _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    place = os.path.realpath(folder)
    best, kind = "", ""
    for line in lines:
        mount = line.split()[4].replace("\\040", " ")
        if (place == mount or place.startswith(f"{mount.rstrip('/')}/")) and len(mount) >= len(best):
            best, kind = mount, line.partition(" - ")[2].split()[0]
    return kind if kind in _REMOTE or kind.startswith("fuse") else None
