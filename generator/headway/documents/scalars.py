"""Scalars: what the text of one YAML value means, as a day, a time, a duration, a number.

Every parser takes the text as written and raises ValueError with a sentence for the author.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in minutes, with the words it was written in."""

    minutes: int
    text: str

    @property
    def days(self) -> float:
        return self.minutes / 1440

    @property
    def hours(self) -> float:
        return self.minutes / 60
