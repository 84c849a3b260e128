"""Leaks: whether withheld texts are in a built site, in any file or name, also compressed or encoded.

Texts are compared word by word, so that markup between words hides nothing; a long one is looked for in runs of five
words, so that an excerpt is found, too. What the audience may read elsewhere is no leak. Single short words cannot be
told from the site's own, and are not looked for.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from urllib.parse import unquote_to_bytes

from msgspec import Struct

from headway.audit.writings import Writing, list_writings
from headway.build import Walk
from headway.patterns import compile_late

RUN = 5
"""Words that are looked for together."""
_DISTINCT = 12
"""Letters that a text of fewer words must have, to be looked for."""
_DEPTH = 3
_LARGEST = 1 << 24
"""Bytes that are unpacked of one compressed stream."""
_WORD = compile_late(r"\w+")
_TAG = compile_late(rb"<[^<>]{0,2000}>")
_PACKED = compile_late(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")
_ZIPPED = compile_late(rb"PK\x03\x04.{22}(..)(..)", re.DOTALL)
_HEX = compile_late(rb"(?:[0-9a-fA-F]{2}){12,}")
_BASE64 = compile_late(rb"[A-Za-z0-9+/_-]{16,}")
_ESCAPE = compile_late(rb"\\u([0-9a-fA-F]{4})")
_FOLD = compile_late(rb"\r?\n[ \t]")
_BASE64_PLAIN = bytes.maketrans(b"-_", b"+/")

Words = tuple[str, ...]


class Leak(Struct, frozen=True, order=True):
    """A withheld text in a site: the site's file, what it is and where it is written."""

    file: str
    what: str
    source: str


class LeakSearch:
    """Looks for what is withheld in the files of a site."""

    def __init__(self, writings: Iterable[Writing]) -> None:
        writings = tuple(writings)
        shown = {run for writing in writings if not writing.is_withheld for run in _all_runs(writing.text)}
        self._wanted: Mapping[Words, Writing] = {
            run: writing
            for writing in writings
            if writing.is_withheld
            for run in _runs(writing.text)
            if run not in shown
        }
        self._lengths = sorted({len(run) for run in self._wanted})
        common = {run[0] for run in shown if len(run) == 1}
        # One word of each run: where none of them is, no run is, and most files are passed over quickly.
        self._marks = {max(run, key=lambda word: (word not in common, len(word))) for run in self._wanted}

    def find(self, name: str, content: bytes) -> tuple[Leak, ...]:
        """Return the withheld texts that a file's name or bytes hold, each once."""
        found = set()
        for form in (*_forms(name.encode("utf-8", "replace"), 1), *_forms(content, _DEPTH)):
            words = _split(form.decode("utf-8", "replace"))
            if self._marks.isdisjoint(words):
                continue
            for length in self._lengths:
                for run in zip(*(words[start:] for start in range(length)), strict=False):
                    if (writing := self._wanted.get(run)) is not None:
                        found.add(Leak(name, writing.what, writing.path))
        return tuple(sorted(found))


def search_for_leaks(walk: Walk, files: Iterable[tuple[str, bytes]]) -> list[Leak]:
    """Return what files, by name, hold of the texts that the walk's audience may not read.

    What the walk's theme says in its assets is no leak.
    """
    assets = walk.theme.assets().values() if walk.theme else ()
    own = (Writing(asset.decode("utf-8", "replace"), "", "", False) for asset in assets)
    search = LeakSearch((*list_writings(walk), *own))
    return [leak for name, content in files for leak in search.find(name, content)]


def _split(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


def _runs(text: str) -> Iterator[Words]:
    """Yield the runs of words by which a text is found; none where it is too short to be told from others."""
    words = _split(text)
    if len(words) >= RUN:
        yield from (tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1))
    elif sum(map(len, words)) >= _DISTINCT:
        yield tuple(words)


def _all_runs(text: str) -> Iterator[Words]:
    words = _split(text)
    for length in range(1, RUN + 1):
        yield from (tuple(words[start : start + length]) for start in range(len(words) - length + 1))


def _forms(content: bytes, depth: int) -> Iterator[bytes]:
    """Yield bytes as they are, and what they are when they are unpacked and decoded."""
    yield content
    seen = {content}
    for form in _decode(content) if depth else ():
        if len(form) >= _DISTINCT and form not in seen:
            seen.add(form)
            yield from _forms(form, depth - 1)


def _decode(content: bytes) -> Iterator[bytes]:
    if b"<" in content:
        yield _TAG.sub(b" ", content)
        yield _TAG.sub(b"", content)
    if b"&" in content:
        yield unescape(content.decode("utf-8", "replace")).encode("utf-8", "replace")
    if b"%" in content:
        yield unquote_to_bytes(content)
    if b"\\" in content:
        plain = _ESCAPE.sub(lambda m: chr(int(m[1], 16)).encode("utf-8", "replace"), content)
        yield plain.replace(b"\\n", b" ").replace(b"\\", b"")
    if b"\n " in content or b"\n\t" in content:
        yield _FOLD.sub(b"", content)
    if b"\0" in content:
        yield content.replace(b"\0", b"")
    yield from _unpack(content)
    yield from filter(_may_say, (binascii.unhexlify(match) for match in _HEX.findall(content)))
    for match in _BASE64.findall(content):
        plain = match.translate(_BASE64_PLAIN)
        yield from filter(_may_say, (base64.b64decode(plain[s : s + (len(plain) - s) // 4 * 4]) for s in range(4)))


def _may_say(content: bytes) -> bool:
    """Whether decoded bytes can be a text, or hold a packed one: most that look encoded are not."""
    if _PACKED.search(content) or _ZIPPED.search(content):
        return True
    text = content.replace(b"\0", b"").decode("utf-8", "replace")
    return text.count("\ufffd") * 4 <= len(text)


def _unpack(content: bytes) -> Iterator[bytes]:
    """Yield what the zlib, gzip and zip streams in these bytes hold."""
    starts = [(match.start(), 47) for match in _PACKED.finditer(content)]
    for match in _ZIPPED.finditer(content):
        name, extra = (int.from_bytes(size, "little") for size in match.groups())
        starts.append((match.end() + name + extra, -15))
    for start, window in starts:
        try:
            yield zlib.decompressobj(wbits=window).decompress(content[start:], _LARGEST)
        except zlib.error:
            continue
