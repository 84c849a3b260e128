"""What git knows of a working folder: which files are, byte for byte, those that its index names.

Saves reading them to learn what changed. Where git would not say for sure, nothing is known and the bytes
decide: outside of a repository, where files are converted when they are checked out, where one is not like its blob.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from hashlib import sha256
from pathlib import Path

from msgspec import Struct, field

from headway.patterns import compile_late
from headway.source.git import run_git
from headway.source.layout import PARTNERSHIPS, ROOTS
from headway.source.places import find_id_holder
from headway.source.snapshot import SourceError, digest_lines

_PARTNERSHIPS = f"{PARTNERSHIPS}/".encode()
_ID_LENGTH = 40
_AS_IT_WAS = compile_late(
    rb"(?<![^\0])H 100(?:644|755) ([0-9a-f]{40}|[0-9a-f]{64}) 0\t(content/partnerships/[^/\0]+(?=/)|)([^\0]*)\0"
)
"""The record of a plain file that stands as the index has it: its id, its partnership's folder, what is below it."""
_ATTRIBUTES = ".gitattributes"
_ATTRIBUTES_BELOW = compile_late(rb"(?:\t|\? )([^\0]*\.gitattributes)\0")
_CONVERSIONS = (b"filter", b"eol", b"ident", b"text", b"crlf", b"encoding")


class Checkout(Struct, frozen=True):
    """What stands just as git's index has it."""

    partnerships: Mapping[str, str] = field(default_factory=dict)
    """A digest of each such partnership's folder, by the folder's path."""
    files: Mapping[str, str] = field(default_factory=dict)
    """The digest of each other such file, by its path."""
    digest: str = ""
    """A digest of everything, where all of it stands so; else empty."""


def read_checkout(root: Path) -> Checkout:
    """Return what git knows of the program's files."""
    try:
        return _read_index(root)
    except (SourceError, OSError, UnicodeDecodeError):
        return Checkout()


def _read_index(root: Path) -> Checkout:
    where = run_git(root, "rev-parse", "--show-toplevel", "--show-prefix", "--git-path", "info/attributes")
    top, prefix, attributes = where.decode().split("\n")[:3]
    if (Path(top) / prefix).resolve() != root.resolve():  # a setting leads git to other files than ours
        return Checkout()
    above = [Path(top, *Path(prefix).parts[:depth], _ATTRIBUTES) for depth in range(len(Path(prefix).parts) + 1)]
    # A filter is a command; one that comes with the clone must not run, and git runs it where it compares files.
    if any(map(_converts, (*above, root / attributes))) or _has_filters(root):
        return Checkout()
    listing = run_git(
        root,
        *("-c", "core.autocrlf=false", "-c", "core.eol=lf", "-c", "core.attributesFile="),
        *("ls-files", "-z", "-v", "--cached", "--modified", "--deleted", "--others", "--stage", "--", *ROOTS),
    )
    below = _ATTRIBUTES_BELOW.findall(listing) if _ATTRIBUTES.encode() in listing else ()
    if any(_converts(root / path.decode()) for path in below):
        return Checkout()
    settled = _AS_IT_WAS.findall(listing)
    records = listing.count(b"\0")
    doubtful = set() if len(settled) == records else _list_doubtful(listing)
    digest = sha256(listing).hexdigest() if settled and not doubtful else ""
    return Checkout(*_digest_files(settled, doubtful), digest)


def _list_doubtful(listing: bytes) -> set[bytes]:
    """Return the partnerships' folders, and the files around them, of which git has something to say."""
    records = (record for record in listing.split(b"\0")[:-1] if not _AS_IT_WAS.fullmatch(record + b"\0"))
    paths = (record[2:] if record.startswith(b"? ") else record.partition(b"\t")[2] for record in records)
    return {b"/".join(path.split(b"/", 3)[:3]) if path.startswith(_PARTNERSHIPS) else path for path in paths}


def _has_filters(root: Path) -> bool:
    """Whether the clone's own settings name commands through which files go."""
    names = run_git(root, "config", "--local", "--includes", "--name-only", "--list").lower()
    return any(name.startswith(b"filter.") for name in names.split(b"\n"))


def _converts(attributes: Path) -> bool:
    """Whether a file of git's attributes may say that a checked-out file is not its blob."""
    try:
        text = attributes.read_bytes()
    except FileNotFoundError:
        return False
    return any(word in text for word in _CONVERSIONS)


def _digest_files(
    settled: Sequence[tuple[bytes, bytes, bytes]], doubtful: Set[bytes]
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return a digest for each partnership of which git has nothing else to say, and those of the files around.

    ``settled`` are what `_AS_IT_WAS` finds; what is not as it was git names twice.
    """
    if settled and len(settled[0][0]) != _ID_LENGTH:  # in a repository of longer ids git's names are not ours
        return {}, {}
    around: dict[str, str] = {}
    inside: dict[bytes, list[bytes]] = {}
    for blob, folder, path in settled:
        if folder:
            inside.setdefault(folder, []).append(b"%b%b\0%b\n" % (folder, path, blob))
        elif path not in doubtful:
            around[path.decode()] = blob.decode()
    sure = ((path.decode(), lines) for path, lines in inside.items() if path not in doubtful)
    return {path: digest_lines(lines) for path, lines in sure if find_id_holder(f"{path}/")}, around
