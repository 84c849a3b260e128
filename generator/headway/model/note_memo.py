"""The memory of notes: what one partnership's notes said, for whoever reads them again: a preview, the next build."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from hashlib import blake2b

from msgspec import DecodeError, Struct, field
from msgspec.msgpack import Decoder, encode

from headway.documents.note import Note


class Told(Struct, frozen=True):
    """What one file of notes said: its notes, and a logbook's introduction."""

    notes: tuple[Note, ...]
    introduction: Note | None = None


class _Remembered(Struct, frozen=True, array_like=True):
    path: str
    text: str
    """A digest of the file's text."""
    author: str | None
    told: Told


class _Packed(Struct, frozen=True, array_like=True):
    habits: str
    files: list[_Remembered]


_decoder = Decoder(_Packed)


class NoteMemo(Struct):
    """What one partnership's files of notes said when they were last read.

    A file is a function of its text and of what it is read with: where both are the same, so is what it says.
    ``habits`` is a digest of what all of them were read with.
    """

    habits: str = ""
    _fresh: dict[tuple[str, str, str | None], Told] = field(default_factory=dict)
    _known: dict[tuple[str, str, str | None], Told] = field(default_factory=dict)

    def begin(self, habits: str) -> None:
        """Begin a reading of all notes; what the one before this found still holds, if it read alike."""
        self._known = self._fresh if self.habits == habits else {}
        self.habits, self._fresh = habits, {}

    def recall(self, path: str, text: str, author: str | None, read: Callable[[], Told]) -> Told:
        """Return what a file said, or what ``read`` makes of it."""
        key = (path, blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest(), author)
        if key not in self._fresh:
            self._fresh[key] = self._known[key] if key in self._known else read()
        return self._fresh[key]

    def pack(self) -> bytes:
        """Return it as bytes, in a tenth of the room."""
        files = [_Remembered(*key, told) for key, told in self._fresh.items()]
        return zlib.compress(encode(_Packed(self.habits, files)), 1)

    @classmethod
    def unpack(cls, packed: bytes) -> NoteMemo:
        """Return what was packed; nothing is remembered where these bytes are something else."""
        try:
            plain = _decoder.decode(zlib.decompress(packed))
        except (zlib.error, DecodeError):
            return cls()
        return cls(plain.habits, {(one.path, one.text, one.author): one.told for one in plain.files})
