"""What git knows of a working folder: which partnerships' files are, byte for byte, those that its index names.

Saves reading them to learn that nothing changed. Where git would not say for sure, nothing is known and the bytes
decide: outside of a repository, where files are converted when they are checked out, where one is not like its blob.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from headway.source.git import run_git
from headway.source.layout import ROOTS
from headway.source.places import find_id_holder
from headway.source.snapshot import SourceError

_PLAIN_MODES = (b"100644", b"100755")
_ATTRIBUTES = ".gitattributes"
_CONVERSIONS = (b"filter", b"eol", b"ident", b"text", b"crlf", b"encoding")


def read_checkout(root: Path, paths: Collection[str] = ROOTS) -> Mapping[str, str]:
    """Return a digest of each partnership's folder that stands just as git's index has it, by the folder's path.

    Only what lies in ``paths`` is looked at.
    """
    try:
        return _read_index(root, paths)
    except (SourceError, OSError, UnicodeDecodeError):
        return {}


def _read_index(root: Path, paths: Collection[str]) -> Mapping[str, str]:
    where = run_git(root, "rev-parse", "--show-toplevel", "--show-prefix", "--git-path", "info/attributes")
    top, prefix, attributes = where.decode().split("\n")[:3]
    if (Path(top) / prefix).resolve() != root.resolve():  # a setting leads git to other files than ours
        return {}
    above = [Path(top, *Path(prefix).parts[:depth], _ATTRIBUTES) for depth in range(len(Path(prefix).parts) + 1)]
    # A filter is a command; one that comes with the clone must not run, and git runs it where it compares files.
    if any(map(_converts, (*above, root / attributes))) or _has_filters(root):
        return {}
    listing = run_git(
        root,
        *("-c", "core.autocrlf=false", "-c", "core.eol=lf", "-c", "core.attributesFile="),
        *("ls-files", "-z", "-v", "--cached", "--modified", "--deleted", "--others", "--stage", "--", *paths),
    )
    records = [_split(record) for record in listing.split(b"\0")[:-1]]
    if any(_converts(root / path.decode()) for _, _, path in records if path.endswith(_ATTRIBUTES.encode())):
        return {}
    return _digest_folders(records)


def _split(record: bytes) -> tuple[bytes, bytes, bytes]:
    """Return what git thinks of a file, as ``H`` for one that is as it was; its mode, id and stage; its path."""
    tag, _, said = record.partition(b" ")
    blob, _, path = said.partition(b"\t") if tag != b"?" else (b"", b"", said)
    return tag, blob, path


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


def _digest_folders(records: Iterable[tuple[bytes, bytes, bytes]]) -> Mapping[str, str]:
    """Return a digest of the index's lines for each partnership of which git has nothing else to say."""
    lines: dict[bytes, list[bytes]] = {}
    doubtful: set[bytes] = set()
    for tag, blob, path in records:
        if path.startswith(b"content/partnerships/"):
            folder = b"/".join(path.split(b"/", 3)[:3])
            lines.setdefault(folder, []).append(blob + b"\t" + path)
            if tag != b"H" or blob[:6] not in _PLAIN_MODES or blob[-2:] != b" 0":
                doubtful.add(folder)
    sure = {folder.decode(): sha256(b"\0".join(lines[folder])).hexdigest() for folder in lines.keys() - doubtful}
    return {folder: digest for folder, digest in sure.items() if find_id_holder(f"{folder}/")}
