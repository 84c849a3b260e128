"""What git knows of a working folder: which files are, byte for byte, those that its index names.

Saves reading them to learn what changed. Where git would not say for sure, nothing is known and the bytes
decide: outside of a repository, where files are converted when they are checked out, where one is not like its blob.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from msgspec import Struct, field

from headway.source.git import run_git
from headway.source.layout import ROOTS
from headway.source.places import find_id_holder
from headway.source.snapshot import SourceError, digest_names

_PARTNERSHIPS = b"content/partnerships/"
_PLAIN_MODES = (b"100644", b"100755")
_BLOB_LENGTH = len(b"100644 ") + 40 + len(b" 0")
_ATTRIBUTES = ".gitattributes"
_CONVERSIONS = (b"filter", b"eol", b"ident", b"text", b"crlf", b"encoding")


class Checkout(Struct, frozen=True):
    """What stands just as git's index has it."""

    partnerships: Mapping[str, str] = field(default_factory=dict)
    """A digest of each such partnership's folder, by the folder's path."""
    files: Mapping[str, str] = field(default_factory=dict)
    """The digest of each other such file, by its path."""
    digest: str = ""
    """A digest of everything, where all of it stands so; else empty."""


def read_checkout(root: Path, places: Sequence[str] = ROOTS) -> Checkout:
    """Return what git knows of the program's files, or only of those at some places."""
    try:
        return _read_index(root, places)
    except (SourceError, OSError, UnicodeDecodeError):
        return Checkout()


def _read_index(root: Path, places: Sequence[str]) -> Checkout:
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
        *("ls-files", "-z", "-v", "--cached", "--modified", "--deleted", "--others", "--stage", "--", *places),
    )
    records = [_split(record) for record in listing.split(b"\0")[:-1]]
    if any(_converts(root / path.decode()) for _, _, path in records if path.endswith(_ATTRIBUTES.encode())):
        return Checkout()
    is_settled = all(map(_is_as_it_was, records))
    digest = sha256(listing).hexdigest() if is_settled and records else ""
    return Checkout(*_digest_records(records), digest)


def _split(record: bytes) -> tuple[bytes, bytes, bytes]:
    """Return what git thinks of a file, as ``H`` for one that is as it was; its mode, id and stage; its path."""
    tag, _, said = record.partition(b" ")
    blob, _, path = said.partition(b"\t") if tag != b"?" else (b"", b"", said)
    return tag, blob, path


def _is_as_it_was(record: tuple[bytes, bytes, bytes]) -> bool:
    """Whether a plain file stands as the index has it."""
    tag, blob, _ = record
    return tag == b"H" and blob[:6] in _PLAIN_MODES and blob[-2:] == b" 0"


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


def _digest_records(records: Iterable[tuple[bytes, bytes, bytes]]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return a digest for each partnership of which git has nothing else to say, and those of the files around."""
    inside: dict[bytes, dict[bytes, bytes]] = {}
    doubtful: set[bytes] = set()
    for record in records:
        _, blob, path = record
        # A file around the partnerships stands for itself, one inside for all of its folder.
        unit = b"/".join(path.split(b"/", 3)[:3]) if path.startswith(_PARTNERSHIPS) else path
        # In a repository of longer ids git's names are not ours. What is not as it was git names twice.
        if _is_as_it_was(record) and len(blob) == _BLOB_LENGTH:
            inside.setdefault(unit, {})[path] = blob[7:47]
        else:
            doubtful.add(unit)
    sure = {unit: files for unit, files in inside.items() if unit not in doubtful}
    around = {path.decode(): files[path].decode() for path, files in sure.items() if path in files}
    folders = ((path.decode(), files) for path, files in sure.items() if path not in files)
    return {path: digest_names(files) for path, files in folders if find_id_holder(f"{path}/")}, around
