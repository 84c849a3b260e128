"""Problems: what is wrong in somebody's files, where, and what to do about it.

A problem is a value. What a person typed never raises; it becomes one of these. The codes and their
explanations are in `headway.catalogue`; printing is in `headway.printers`.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct


class Severity(StrEnum):
    """How much a problem matters: an error stops the build, a warning does with ``--strict``."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Location(Struct, frozen=True, order=True):
    """A place in a file of the program; lines and columns count from 1, ``width`` is in characters."""

    path: str
    line: int = 1
    column: int = 1
    width: int = 1


class Problem(Struct, frozen=True):
    """One thing to mend: ``message`` says what is wrong in a sentence, ``hint`` what to do.

    ``excerpt`` is the author's own line, without its line break, or empty where there is none. ``is_withheld`` says
    that a build does not tell it, because the site's audience may not read what it quotes.
    """

    code: str
    location: Location
    message: str
    hint: str = ""
    excerpt: str = ""
    is_withheld: bool = False

    @property
    def severity(self) -> Severity:
        from headway.catalogue import CODES

        return CODES[self.code].severity


def sort_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems by place, each once."""
    unique = {(p.code, p.location, p.message): p for p in problems}
    return tuple(sorted(unique.values(), key=lambda p: (p.location, p.code, p.message)))
