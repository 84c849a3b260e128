"""A working folder as a source: its files as they stand on the disk now.

Follows no link, opens nothing but plain files, and reads nothing outside the program's root, also where the
folder changes while it is read.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property, partial
from itertools import islice
from operator import attrgetter
from pathlib import Path

from msgspec import Struct, field

from headway.source.checkout import Checkout, read_checkout
from headway.source.layout import (
    CONTENT,
    DEEPEST,
    NEAR_SETTINGS,
    PARTNERSHIPS,
    ROOTS,
    SETTINGS,
    Listing,
    arrange,
    arrange_folder,
    size_limit,
)
from headway.source.snapshot import Folder, Snapshot, SourceError, UnlistedFolder, digest_bytes

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
# Without O_NONBLOCK a pipe that took the file's place would keep us waiting for ever.
_FILE = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
_SEARCHED = 200
"""How many children are looked into for a headway.yaml that is not where it was expected."""


def read_folder(root: Path, checkout: Checkout | None = None, around: Listing | None = None) -> Snapshot:
    """Return what stands in the program's root now; raise SourceError where there is no such folder.

    The files of a partnership that git knows to be those of its index are listed when they are asked for;
    ``checkout`` is what it knows, asked here where it is not given. So is ``around``, see `list_around`.
    """
    if not root.is_dir():
        raise SourceError(f"There is no folder {root}.", "Name the folder that holds headway.yaml.")
    list_partnership = partial(_list_partnership, root)
    checkout = read_checkout(root) if checkout is None else checkout
    known = {path: UnlistedFolder(path, digest, list_partnership) for path, digest in checkout.partnerships.items()}
    listing = list_around(root) if around is None else around
    if _has_partnerships(root, listing):
        list_below(root / PARTNERSHIPS, PARTNERSHIPS, listing, known)
    if SETTINGS not in listing.sizes:
        listing.elsewhere.extend(find_settings(root))
    return arrange(listing, FolderReader(root, checkout.files), unlisted=known)


def list_around(root: Path) -> Listing:
    """Return what stands in the program's root, without what stands in the folder of the partnerships."""
    listing = Listing()
    list_below(root, "", listing, (PARTNERSHIPS,))
    return listing


def _has_partnerships(root: Path, around: Listing) -> bool:
    """Whether there is a folder of partnerships to look into: not a link, nor in what is not looked into itself."""
    if PARTNERSHIPS in around.oddities or CONTENT in around.oddities:
        return False
    with suppress(OSError):
        return stat.S_ISDIR((root / PARTNERSHIPS).lstat().st_mode)
    return False


def has_same_files(root: Path, files: Mapping[str, str], checkout: Checkout) -> bool:
    """Whether files have now the digests that they had; ``checkout`` is what git knows of them."""
    reader = FolderReader(root, checkout.files)
    try:
        return all(reader.digest(path) == digest for path, digest in files.items())
    except OSError:
        return False


def read_digests(root: Path, partnerships: Iterable[Folder], checkout: Checkout) -> Mapping[str, str]:
    """Return the digests that these partnerships' folders have now, by their paths; ``checkout`` is git's word."""
    unread = [folder.path for folder in partnerships if folder.path not in checkout.partnerships]
    return {**checkout.partnerships, **{path: _list_partnership(root, path).digest for path in unread}}


def _list_partnership(root: Path, path: str) -> Folder:
    listing = Listing()
    list_below(root / path, path, listing)
    return arrange_folder(path, listing, FolderReader(root))


class FolderReader(Struct, frozen=True, dict=True):
    """Reads the plain files below ``root``; a link anywhere in a path is an OSError.

    ``known`` are files' digests by path that somebody vouches for.
    """

    root: Path
    known: Mapping[str, str] = field(default_factory=dict)

    def read(self, path: str) -> bytes:
        handle = self._open(path)
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise OSError(f"{path} is not a plain file")
            if status.st_size > size_limit(path):
                raise OSError(f"{path} has {status.st_size} bytes")
            return _read_bytes(handle, status.st_size)
        finally:
            os.close(handle)

    def digest(self, path: str) -> str:
        return self.known.get(path) or digest_bytes(self.read(path))

    def _open(self, path: str) -> int:
        """Open a file that stands where its path says, and is not reached by a link, even one just put there."""
        parts = path.split("/")
        if not {"", ".", ".."}.isdisjoint(parts):
            raise FileNotFoundError(path)
        # Linux tells where an opened file really stands: one question instead of two for each folder on the way.
        wanted = f"{self._place}/{path}"
        with suppress(OSError):
            handle = os.open(wanted, _FILE)
            with suppress(OSError):
                stands = os.readlink(f"/proc/self/fd/{handle}")  # noqa: PTH115
                if stands == wanted:
                    return handle
            os.close(handle)
        return self._walk_to(*parts)

    @cached_property
    def _place(self) -> str:
        return os.path.realpath(self.root)

    def _walk_to(self, *parts: str) -> int:
        """Open a file one folder at a time, so that none of them can be exchanged for a link meanwhile."""
        *folders, name = parts
        place = os.open(self.root, _FOLDER)
        try:
            for folder in folders:
                below = os.open(folder, _FOLDER | os.O_NOFOLLOW, dir_fd=place)
                os.close(place)
                place = below
            return os.open(name, _FILE, dir_fd=place)
        finally:
            os.close(place)


def _read_bytes(handle: int, size: int) -> bytes:
    """Return the first ``size`` bytes, or fewer where the file has become shorter."""
    content = os.read(handle, size)
    while 0 < len(content) < size:
        more = os.read(handle, size - len(content))
        if not more:
            break
        content += more
    return content


def list_below(place: Path, path: str, listing: Listing, known: Container[str] = ()) -> None:
    """Add what stands in the folder at ``place`` to the listing; ``path`` is its path from the root.

    Folders that are ``known`` by their paths are left out.
    """
    try:
        with os.scandir(place) as found:
            entries = sorted(found, key=attrgetter("name"))
    except OSError:
        listing.oddities[path or SETTINGS] = "unreadable"
        return
    if path and any(entry.name == ".git" for entry in entries):
        listing.oddities[path] = "repository"
        return
    for entry in entries:
        if path:
            _list_entry(entry, f"{path}/{entry.name}", listing, known)
        elif entry.name in ROOTS:
            _list_entry(entry, entry.name, listing, known)


def _list_entry(entry: os.DirEntry[str], path: str, listing: Listing, known: Container[str]) -> None:
    if entry.is_symlink():
        listing.oddities[path] = "link"
    elif entry.is_dir(follow_symlinks=False):
        if entry.name.startswith(".") or path in known:
            return
        if path.count("/") >= DEEPEST:
            listing.oddities[path] = "deep"
        else:
            list_below(Path(entry.path), path, listing, known)
    elif entry.is_file(follow_symlinks=False):
        with suppress(FileNotFoundError):  # gone since the folder was listed
            status = entry.stat(follow_symlinks=False)
            listing.sizes[path] = status.st_size
            listing.marks[path] = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    else:
        listing.oddities[path] = "special"


def find_settings(root: Path) -> Iterator[str]:
    """Yield files that may be the missing headway.yaml: under another spelling, in a parent, in a child."""
    yield from sorted(child.name for child in root.iterdir() if child.name.lower() in NEAR_SETTINGS and child.is_file())
    for up in ("..", "../..", "../../.."):
        if (root / up / SETTINGS).is_file():
            yield f"{up}/{SETTINGS}"
    for pattern in ("*", "*/*"):
        for child in islice(root.glob(pattern), _SEARCHED):
            if (child / SETTINGS).is_file() and not child.name.startswith("."):
                yield (child / SETTINGS).relative_to(root).as_posix()
