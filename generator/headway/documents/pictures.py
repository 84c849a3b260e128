"""Pictures: how large they are, and what of them is the picture.

Photographs say where and by whom they were taken. That, and whatever else a file holds beside the picture, is taken
out by walking through the parts of its format; no pixel is decoded, so nothing is lost and nothing hostile unpacked.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from msgspec import Struct

from headway.patterns import compile_late

MAX_BYTES = 10 * 1024 * 1024
MAX_SIDE = 16_000
MAX_PIXELS = 50_000_000
"""A picture past one of these takes more of a reader's telephone than a page may ask for."""

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
OTHER_PICTURES = (".avif", ".bmp", ".heic", ".heif", ".ico", ".jxl", ".tif", ".tiff")
RUNNING = (".html", ".htm", ".xhtml", ".xht", ".shtml", ".xml", ".xsl", ".xslt", ".svgz", ".mht", ".mhtml", ".hta")
"""Endings of files that a browser would run as a part of the site."""

_PNG_PARTS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs cICP acTL fcTL fdAT".split(),
)
_WEBP_PARTS = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_MARKER = compile_late(rb"\xff[^\x00\xd0-\xd7\xff]")
_STARTS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SVG = "{http://www.w3.org/2000/svg}"
_ACTING = frozenset(
    "script foreignObject handler listener animate animateMotion animateTransform set iframe object embed".split()
)
_REACHING = compile_late(
    r"<!ENTITY|<!DOCTYPE[^>]{0,999}\[|<\?xml-stylesheet|@import|url\(\s{0,9}[\"']?(?!#|[\"'])", re.IGNORECASE
)
_NUMBER = compile_late(r"\s*(\d{1,6}(?:\.\d+)?)(?:px)?\s*\Z")
_EMBEDDED = compile_late(r"\s*(?:#|data:image/(?:png|jpeg|gif|webp)[;,])", re.IGNORECASE)


def why_not_published(path: str) -> str:
    """Return why a file of this name is never published, the end of a sentence; "" where it can be."""
    name = path.lower()
    if name.endswith(RUNNING):
        return "could act as a part of the site in a reader's browser"
    if name.endswith(OTHER_PICTURES):
        return "may say where it was taken, and cannot be freed of that"
    return ""


class PictureError(Exception):
    """Why a picture cannot be shown: the end of a sentence that begins with its name."""


class Picture(Struct, frozen=True):
    """A picture without what is not picture. Width and height are in CSS pixels as it is shown, None where it has
    no size of its own."""

    data: bytes
    width: int | None
    height: int | None


def clean_picture(path: str, data: bytes) -> Picture:
    """Return what may be shown of a picture; raise `PictureError` where that is nothing."""
    if len(data) > MAX_BYTES:
        raise PictureError(f"has {len(data):,} bytes, and {MAX_BYTES:,} are the most that a page shows")
    try:
        picture = _clean(path, data)
    except (IndexError, struct.error):
        raise PictureError("ends too early") from None
    width, height = picture.width, picture.height
    if width is not None and height is not None:
        if not width or not height:
            raise PictureError("has no size")
        if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
            raise PictureError(f"is {width:,} by {height:,} pixels large")
    return picture


def _clean(path: str, data: bytes) -> Picture:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _clean_png(data)
    if data.startswith(b"\xff\xd8"):
        return _clean_jpeg(data)
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return _clean_gif(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _clean_webp(data)
    if path.lower().endswith(".svg"):
        return _check_svg(data)
    raise PictureError("is no PNG, JPEG, GIF or WebP inside")


def _clean_png(data: bytes) -> Picture:
    kept = [data[:8]]
    width, height = struct.unpack_from(">II", data, 16)
    place, kind = 8, b""
    while kind != b"IEND":
        (length,) = struct.unpack_from(">I", data, place)
        kind, end = data[place + 4 : place + 8], place + 12 + length
        if end > len(data) or (place == 8 and kind != b"IHDR"):
            raise PictureError("ends too early")
        if kind in _PNG_PARTS:
            kept.append(data[place:end])
        place = end
    return Picture(b"".join(kept), width, height)


def _clean_jpeg(data: bytes) -> Picture:
    kept: list[bytes] = []
    width = height = 0
    turned = 1
    for marker, part in _jpeg_parts(data):
        if marker in _STARTS and not width:
            height, width = struct.unpack_from(">HH", part, 5)
        if marker == 0xE1 and part[4:10] == b"Exif\0\0":
            turned = _find_turn(part[10:])
        is_profile = marker == 0xE2 and part[4:16] == b"ICC_PROFILE\0"
        if marker in (0xE0, 0xEE) or is_profile or not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            kept.append(part)
    # Without its turn a photograph would lie on its side.
    exif = b"Exif\0\0" + _say_turn(turned) if turned > 1 else b""
    head = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif if exif else b""
    return Picture(b"\xff\xd8" + head + b"".join(kept), *_turn(width, height, turned))


def _jpeg_parts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each marker with its whole part; what follows the picture's end is not its own."""
    place = 2
    while True:
        found = _MARKER.match(data, place)
        if found is None:
            if data[place : place + 2] == b"\xff\xff":
                place += 1
                continue
            raise PictureError("ends too early" if place >= len(data) else "is damaged")
        marker = data[place + 1]
        if marker == 0xD9:
            yield marker, b"\xff\xd9"
            return
        end = place + 2 + struct.unpack_from(">H", data, place + 2)[0]
        if marker == 0xDA:
            following = _MARKER.search(data, end)
            if following is None:
                raise PictureError("ends too early")
            end = following.start()
        if end > len(data) or end < place + 4:
            raise PictureError("ends too early")
        yield marker, data[place:end]
        place = end


def _find_turn(exif: bytes) -> int:
    """Return how a camera was held, 1 to 8, as its EXIF data say; 1 where they say nothing that can be read."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None:
        return 1
    try:
        (first,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, first)
        for number in range(min(count, 200)):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", exif, first + 2 + 12 * number)
            if tag == 0x0112 and kind == 3 and 1 <= value <= 8:
                return int(value)
    except struct.error:
        pass
    return 1


def _say_turn(turn: int) -> bytes:
    """Return EXIF data that say nothing but how the camera was held."""
    return b"MM\0*\0\0\0\x08\0\x01" + struct.pack(">HHIHH", 0x0112, 3, 1, turn, 0) + b"\0\0\0\0"


def _turn(width: int, height: int, turn: int) -> tuple[int, int]:
    return (height, width) if turn >= 5 else (width, height)


def _clean_gif(data: bytes) -> Picture:
    width, height, flags = struct.unpack_from("<HHB", data, 6)
    place = 13 + _gif_colours(flags)
    kept = [data[:place]]
    while data[place] != 0x3B:
        start = place
        if data[place] == 0x2C:
            place = _skip_blocks(data, place + 11 + _gif_colours(data[place + 9]))
            kept.append(data[start:place])
        elif data[place] == 0x21:
            label, name = data[place + 1], data[place + 3 : place + 14]
            place = _skip_blocks(data, place + 2)
            if label == 0xF9 or (label == 0xFF and name in (b"NETSCAPE2.0", b"ANIMEXTS1.0")):
                kept.append(data[start:place])
        else:
            raise PictureError("is damaged")
    return Picture(b"".join((*kept, b";")), width, height)


def _gif_colours(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _skip_blocks(data: bytes, place: int) -> int:
    while data[place]:
        place += data[place] + 1
    return place + 1


def _clean_webp(data: bytes) -> Picture:
    kept: list[bytes] = []
    width = height = 0
    turned, place, whole = 1, 12, struct.unpack_from("<I", data, 4)[0] + 8
    if whole > len(data):
        raise PictureError("ends too early")
    while place + 8 <= whole:
        kind, (length,) = data[place : place + 4], struct.unpack_from("<I", data, place + 4)
        end = place + 8 + length + (length & 1)
        if place + 8 + length > whole:
            raise PictureError("ends too early")
        part = data[place : place + 8 + length] + b"\0" * (length & 1)
        if not width:
            width, height = _webp_size(kind, part[8:])
        if kind == b"EXIF":
            turned = _find_turn(part[8:].removeprefix(b"Exif\0\0"))
        elif kind in _WEBP_PARTS:
            kept.append(part)
        place = end
    if kept and kept[0].startswith(b"VP8X"):
        flags = kept[0][8] & ~0x0C | (0x08 if turned > 1 else 0)
        kept[0] = kept[0][:8] + bytes([flags]) + kept[0][9:]
        if turned > 1:
            exif = _say_turn(turned)
            kept.append(b"EXIF" + struct.pack("<I", len(exif)) + exif)
    body = b"WEBP" + b"".join(kept)
    return Picture(b"RIFF" + struct.pack("<I", len(body)) + body, *_turn(width, height, turned))


def _webp_size(kind: bytes, part: bytes) -> tuple[int, int]:
    if kind == b"VP8X":
        return int.from_bytes(part[4:7], "little") + 1, int.from_bytes(part[7:10], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(part[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", part, 6)
        return width & 0x3FFF, height & 0x3FFF
    return 0, 0


def _check_svg(data: bytes) -> Picture:
    """Return a drawing as it is, if nothing in it acts or asks for something elsewhere."""
    from xml.etree import ElementTree  # few programs have drawings

    try:
        text = data.decode("utf-8-sig")
        if _REACHING.search(text):
            raise PictureError("declares entities, or asks for something elsewhere")
        root = ElementTree.fromstring(text)
    except (UnicodeDecodeError, ElementTree.ParseError, ValueError):
        raise PictureError("cannot be read as SVG") from None
    if root.tag != f"{_SVG}svg":
        raise PictureError("cannot be read as SVG")
    for element in root.iter():
        name = str(element.tag)
        if "xhtml" in name or name.rpartition("}")[2] in _ACTING:
            raise PictureError(f"holds a {name.rpartition('}')[2]}, which may act in a reader's browser")
        for key, value in element.attrib.items():
            bare = key.rpartition("}")[2].lower()
            if bare.startswith("on") or (bare in ("href", "src") and not _EMBEDDED.match(value)):
                raise PictureError(f"has `{bare}`, which may act or ask for something elsewhere")
    sides = [_NUMBER.match(root.get(side, "")) for side in ("width", "height")]
    if sides[0] and sides[1]:
        return Picture(data, round(float(sides[0][1])), round(float(sides[1][1])))
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    size = [_NUMBER.match(number) for number in box[2:4]]
    if len(size) == 2 and size[0] and size[1]:
        return Picture(data, round(float(size[0][1])), round(float(size[1][1])))
    return Picture(data, None, None)
