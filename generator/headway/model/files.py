"""Files beside the notes: which of them a page may show, and how large the pictures are.

Only files that a note names are looked at. What is taken out of a picture is `headway.documents.pictures`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from msgspec import Struct, field

from headway.documents.note import Note
from headway.documents.pictures import PICTURES, PictureError, clean_picture, why_not_published
from headway.source.snapshot import Snapshot


class FileLooks(Struct, frozen=True):
    """What is known of files by path: the pictures' width and height, and why some files are not published."""

    sizes: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)


def look_at_files(snapshot: Snapshot, paths: Iterable[str], notes: Iterable[Note]) -> FileLooks:
    """Return what is known of those of a partnership's files that its notes may name."""
    paths = tuple(paths)
    if not paths:
        return FileLooks()
    named = {name for note in notes for name in _names(note)}
    sizes: dict[str, tuple[int, int]] = {}
    faults: dict[str, str] = {}
    for path in paths:
        if path.rpartition("/")[2] not in named:
            continue
        fault = why_not_published(path)
        try:
            if not fault and path.lower().endswith(PICTURES):
                picture = clean_picture(path, snapshot.read(path))
                if picture.width and picture.height:
                    sizes[path] = (picture.width, picture.height)
        except PictureError as error:
            fault = str(error)
        if fault:
            faults[path] = fault
    return FileLooks(sizes, faults)


def publish_file(path: str, data: bytes) -> bytes:
    """Return a file as the site has it: of a picture, only the picture."""
    return clean_picture(path, data).data if path.lower().endswith(PICTURES) else data


def _names(note: Note) -> Iterable[str]:
    """Yield the names of the files that a note's links and pictures may mean."""
    for token in note.tokens:
        for child in token.children or ():
            if child.type in ("link_open", "image"):
                href = unquote(str(child.attrs.get("href" if child.type == "link_open" else "src", "")))
                yield href.partition("#")[0].partition("?")[0].rpartition("/")[2]
