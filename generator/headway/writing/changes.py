"""Changes: files as they would be, before anything is written; their diff, and the program with them in it.

Pure: the disk is `headway.writing.files`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import unified_diff
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from headway.source.layout import SETTINGS
from headway.source.snapshot import Folder, Reader, Snapshot, digest_files


class RefusedError(Exception):
    """Something is not written, because what stands in its place, or was asked for, does not allow it.

    ``message`` is a full sentence; ``hint`` says what to do, or is empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n   {self.hint}" if self.hint else self.message


class Change(Struct, frozen=True):
    """One file: its path from the program's root, its bytes now (None where it is new) and as they shall be."""

    path: str
    before: bytes | None
    after: bytes


def render_diff(changes: Iterable[Change]) -> str:
    """Return the changes as a unified diff, with line breaks that are not ``\\n`` left out."""
    lines: list[str] = []
    for change in changes:
        old, new = _lines(change.before or b""), _lines(change.after)
        source = f"a/{change.path}" if change.before is not None else "/dev/null"
        lines += unified_diff(old, new, source, f"b/{change.path}", lineterm="", n=2)
    return "".join(f"{line}\n" for line in lines)


def _lines(content: bytes) -> list[str]:
    text = content.decode("utf-8", "replace").replace("\r\n", "\n")
    return text.removesuffix("\n").split("\n") if text else []


class _Overlay(Struct, frozen=True):
    """Reads the files that are to be written as if they stood there already."""

    below: Reader
    files: Mapping[str, bytes]

    def read(self, path: str) -> bytes:
        return self.files[path] if path in self.files else self.below.read(path)


def overlay(snapshot: Snapshot, changes: Sequence[Change]) -> Snapshot:
    """Return the program as it would be with these changes; nothing is written."""
    files = {change.path: change.after for change in changes}
    partnerships = {folder.path: folder for folder in snapshot.partnerships}
    for path in files:
        parts = path.split("/")
        if parts[:2] == ["content", "partnerships"] and len(parts) > 3:
            place = "/".join(parts[:3])
            partnerships[place] = _join(partnerships.get(place, Folder(place, {}, "")), files)
    return replace(
        snapshot,
        reader=_Overlay(snapshot.reader, files),
        settings=SETTINGS if SETTINGS in files else snapshot.settings,
        people=_join(snapshot.people, files),
        partnerships=tuple(partnerships[path] for path in sorted(partnerships)),
        pages=_join(snapshot.pages, files),
        problems=tuple(p for p in snapshot.problems if not (p.code == "HW001" and SETTINGS in files)),
    )


def _join(folder: Folder, files: Mapping[str, bytes]) -> Folder:
    """Return a folder with those of the files that belong into it."""
    own = {path: sha256(content).hexdigest() for path, content in files.items() if path.startswith(f"{folder.path}/")}
    if not own:
        return folder
    joined = dict(sorted({**folder.files, **own}.items()))
    return Folder(folder.path, joined, digest_files(joined), folder.problems)
