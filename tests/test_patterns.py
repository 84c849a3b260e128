"""Patterns that are compiled late: each can be, and behaves as the pattern that it is."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

import headway
from headway.patterns import LatePattern, compile_late

PACKAGE = Path(headway.__file__).parent
MODULES = sorted(
    path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".")
    for path in PACKAGE.rglob("*.py")
    if "compile_late(" in path.read_text() and path.stem != "patterns"
)


@pytest.mark.parametrize("name", MODULES)
def test_every_pattern_can_be_compiled(name: str) -> None:
    values = vars(import_module(f"headway.{name}")).values()
    listed = [value for held in values if isinstance(held, tuple | list) for value in held]
    inner = [value for held in listed if isinstance(held, tuple | list) for value in held]
    found = [value for value in (*values, *listed, *inner) if isinstance(value, LatePattern)]
    assert found
    for pattern in found:
        assert pattern.pattern


def test_nothing_is_compiled_before_it_is_asked_for() -> None:
    wrong = compile_late("(")
    with pytest.raises(re.error):
        wrong.match("x")


def test_it_answers_as_the_pattern_does() -> None:
    late, compiled = compile_late(r"(?P<word>A)\d", re.IGNORECASE), re.compile(r"(?P<word>A)\d", re.IGNORECASE)
    for _ in range(2):
        found = late.search("x a1")
        assert found is not None
        assert (found["word"], found.span()) == ("a", (2, 4))
        assert late.sub("-", "a1 A2") == compiled.sub("-", "a1 A2") == "- -"
        assert (late.pattern, late.flags, late.groups) == (compiled.pattern, compiled.flags, compiled.groups)
