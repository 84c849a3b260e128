"""Patterns: regular expressions that are compiled when they are first used.

Compiling all of them takes a fifth of Headway's start, and a build of one note uses half of them.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, AnyStr, Generic, cast


def compile_late(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what `re.compile` returns, as far as anybody who uses it can tell."""
    return cast("re.Pattern[AnyStr]", LatePattern(source, flags))


class LatePattern(Generic[AnyStr]):
    """What stands for a pattern. What was once asked of it is an attribute of its own: then it costs no detour."""

    def __init__(self, source: AnyStr, flags: int) -> None:
        self._given: tuple[AnyStr, int] = (source, flags)

    @cached_property
    def _compiled(self) -> re.Pattern[AnyStr]:
        return re.compile(*self._given)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._compiled, name)
        setattr(self, name, found)
        return found
