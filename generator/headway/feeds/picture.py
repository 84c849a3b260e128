"""Pictures for those who share a link: a partnership's trail, and the program's, as PNG.

No words are in them, because a drawn word needs a font for every script; the title stands beside the picture anyway.
A picture is a few hundred discs on paper in an indexed PNG. An imaging library would bring 22 MB to draw these.
"""

from __future__ import annotations

import math
import re
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from msgspec import Struct

from headway.feeds.told import Told
from headway.pages.parts import PartnershipCard
from headway.patterns import compile_late

WIDTH, HEIGHT = 1200, 630
"""The size in pixels that those who show pictures of links ask for."""

_LEVELS = 6
"""Steps from the paper to a colour, for smooth edges."""
_TONES = ("line", "accent")
_PLAIN = {"paper": "#f8f3e8", "line": "#d9cfb8", "accent": "#23594a"}
_COLOUR = compile_late(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})\Z", re.IGNORECASE)
_RADIUS = {"S": 15, "M": 21, "L": 28}
_KEPT = ("held", "shortened")
_MARGIN = 110
_MOST = 24
_HALO = 3


Stamp = tuple[tuple[int, int, bytes], ...]
"""Runs of pixels: each a row's distance from the middle, its start's, and the pixels' colours."""


class Disc(Struct, frozen=True):
    """A disc, or with ``is_open`` a ring, in pixels."""

    x: int
    y: int
    radius: int
    tone: str = "accent"
    is_open: bool = False


def draw_trail(told: Told, tokens: Mapping[str, str]) -> bytes:
    """Return a partnership's path: meetings as small discs, milestones as large ones, rings where they are to come."""
    marks: list[tuple[date, int, bool]] = [
        (card.on, 9, card.status not in _KEPT)
        for card in told.meetings
        if card.on is not None and card.status in (*_KEPT, "planned")
    ]
    for goal in told.goals:
        for milestone in goal.milestones:
            day = milestone.done or milestone.due
            if day is not None and milestone.dropped is None:
                marks.append((day, _RADIUS.get(milestone.size, 21), milestone.done is None))
    days = [day for day, _, _ in marks] + [day for day in (told.progress.start, told.progress.end) if day]
    first, last = min(days, default=date.min), max(days, default=date.min)
    span = max((last - first).days, 1)
    marks.sort(key=lambda mark: (mark[1], mark[0]))  # large ones on small ones
    discs = [*_path(), *(_on_path((day - first).days / span, radius, is_open) for day, radius, is_open in marks)]
    return _draw(discs, tokens)


def draw_program(cards: Sequence[PartnershipCard], tokens: Mapping[str, str]) -> bytes:
    """Return a path with a disc for each partnership, all of one size, because none is measured against another."""
    shown = cards[:_MOST]
    discs = [*_path(), *(_on_path((n + 1) / (len(shown) + 1), 17, not _has_met(c)) for n, c in enumerate(shown))]
    return _draw(discs, tokens)


def _has_met(card: PartnershipCard) -> bool:
    return card.meetings is None or card.meetings.kept > 0


def _path() -> list[Disc]:
    return [_on_path(step / 60, 4, tone="line") for step in range(61)]


def _on_path(share: float, radius: int, is_open: bool = False, tone: str = "accent") -> Disc:
    """Return a disc at a share 0..1 of a path that winds a little and climbs from the left to the right."""
    x = _MARGIN + share * (WIDTH - 2 * _MARGIN)
    y = HEIGHT / 2 + 110 - 220 * share + 60 * math.sin(share * 3 * math.pi)
    return Disc(round(x), round(y), radius, tone, is_open)


def _draw(discs: Iterable[Disc], tokens: Mapping[str, str]) -> bytes:
    rows = [bytearray(WIDTH) for _ in range(HEIGHT)]
    for disc in discs:
        if disc.tone != "line":  # paper around it parts it from what lies below
            _press(rows, disc, _stamp(disc.radius + _HALO, False, None))
        _press(rows, disc, _stamp(disc.radius, disc.is_open, disc.tone))
    return _encode(rows, _palette(tokens))


def _press(rows: Sequence[bytearray], disc: Disc, stamp: Stamp) -> None:
    for down, right, pixels in stamp:
        start = disc.x + right
        rows[disc.y + down][start : start + len(pixels)] = pixels


@lru_cache(maxsize=32)
def _stamp(radius: int, is_open: bool, tone: str | None) -> Stamp:
    """Return a disc's pixels; without a tone it is paper."""
    inner = radius - max(3, radius // 4) if is_open else -1.0
    base = None if tone is None else _TONES.index(tone) * _LEVELS
    runs = []
    for y in range(-radius - 1, radius + 2):
        pixels = [_level(math.hypot(x, y), radius, inner) for x in range(-radius - 1, radius + 2)]
        inked = [x for x, level in enumerate(pixels) if level is not None]
        if inked:
            row = bytes(base + level if base is not None and level else 0 for level in pixels if level is not None)
            runs.append((y, inked[0] - radius - 1, row))
    return tuple(runs)


def _level(distance: float, radius: int, inner: float) -> int | None:
    """Return how much of a pixel is inked, in levels: 0 inside a ring, None outside of it."""
    cover = min(max(radius + 0.5 - distance, 0.0), 1.0)
    hole = min(max(inner + 0.5 - distance, 0.0), 1.0)
    return None if cover * _LEVELS < 0.5 else round((cover - hole) * _LEVELS)


def _palette(tokens: Mapping[str, str]) -> bytes:
    """Return the paper, then each tone from nearly paper to itself; tokens that are no plain colours have ours."""
    colours = {name: _rgb(tokens.get(name, "")) or _rgb(plain) for name, plain in _PLAIN.items()}
    paper = colours["paper"] or (255, 255, 255)
    steps = [paper]
    for tone in _TONES:
        full = colours[tone] or (0, 0, 0)
        for level in range(1, _LEVELS + 1):
            red, green, blue = (round(p + (f - p) * level / _LEVELS) for p, f in zip(paper, full, strict=True))
            steps.append((red, green, blue))
    return b"".join(bytes(step) for step in steps)


def _rgb(colour: str) -> tuple[int, int, int] | None:
    found = _COLOUR.match(colour.strip())
    return (int(found[1], 16), int(found[2], 16), int(found[3], 16)) if found else None


def _encode(rows: Sequence[bytearray], palette: bytes) -> bytes:
    """Return the picture as PNG."""
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows), 1)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", body), (b"IEND", b""))
    )
