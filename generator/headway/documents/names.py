"""Names as people write them in notes, matched to the people of the program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody a note may speak of. ``role`` is the role in this partnership, None for everybody else."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    role: str | None = None


@dataclass(frozen=True)
class NameBook:
    """The people a partnership's notes may name: its members first, then everybody else."""

    members: tuple[Named, ...]
    others: tuple[Named, ...] = ()
    initials: Mapping[str, str] = None  # type: ignore[assignment]
