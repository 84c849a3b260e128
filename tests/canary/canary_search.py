"""Finds canaries in bytes, however they are written down: compressed, in base64, hex, percent or entity form."""

from __future__ import annotations

import base64
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote_to_bytes

_CANARY = re.compile(rb"zq[0-9a-f]{10}", re.IGNORECASE)
_HEX = re.compile(rb"(?:[0-9a-fA-F]{2}){12,}")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}")
_ESCAPED = re.compile(rb"\\u00([0-9a-fA-F]{2})|\\x([0-9a-fA-F]{2})")
_DEEP = 3


@lru_cache(maxsize=256)  # sites have most of their assets in common
def find_canaries(content: bytes) -> frozenset[str]:
    """Return the canaries in these bytes, in any form."""
    return frozenset(match.decode().lower() for form in _forms(content, _DEEP) for match in _CANARY.findall(form))


def search_site(site: Path) -> dict[str, frozenset[str]]:
    """Return the canaries in the bytes of each file, and in each path, by path."""
    found = {}
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        content = path.read_bytes() if path.is_file() else b""
        found[name] = find_canaries(name.encode()) | find_canaries(content)
    return found


def _forms(content: bytes, depth: int) -> Iterator[bytes]:
    yield content
    if not depth:
        return
    seen = {content}
    for form in _decoded(content):
        if form not in seen and len(form) >= 12:
            seen.add(form)
            yield from _forms(form, depth - 1)


def _decoded(content: bytes) -> Iterator[bytes]:
    if b"%" in content:
        yield unquote_to_bytes(content)
    if b"&" in content:
        yield unescape(content.decode("utf-8", "replace")).encode("utf-8", "replace")
    if b"\r\n " in content or b"\n " in content:
        yield re.sub(rb"\r?\n[ \t]", b"", content)
    if b"\\" in content:
        yield _ESCAPED.sub(lambda m: bytes([int(m[1] or m[2], 16)]), content)
    if b"\0" in content:
        yield content.replace(b"\0", b"")
    yield from _unpacked(content)
    for match in _HEX.findall(content):
        yield bytes.fromhex(match.decode())
    for match in _BASE64.findall(content):
        plain = match.translate(bytes.maketrans(b"-_", b"+/"))
        for start in range(4):
            part = plain[start : start + (len(plain) - start) // 4 * 4]
            yield base64.b64decode(part)


def _unpacked(content: bytes) -> Iterator[bytes]:
    """Yield what is compressed in these bytes: zip, gzip, and zlib streams wherever they begin."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from (name.encode() + b"\n" + archive.read(name) for name in archive.namelist())
    for begin in re.finditer(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08", content):
        try:
            yield zlib.decompressobj(wbits=47).decompress(content[begin.start() :], 1 << 20)
        except zlib.error:
            continue
