"""Clauses behind a name in a list of people: ``Clara came in for the second half``, ``Bo couldn't come``."""

from __future__ import annotations

import re
from collections.abc import Callable

from headway.patterns import compile_late

_NO_CLAUSE = frozenset(
    "and da de del della den der di do dos du e el la le of op or ten ter und van vom von y zu".split()
)
"""Small words that go on with a name, or with the list."""
_AWAY = compile_late(
    r"(?:(?:is|was|has|had|who|has to be|with|sends?|sent)\s)?(?:absent|away|sick|ill|off|not|out|regrets|apologies"
    r"|missed|missing|(?:ca|could|did|was|is|wo|would|has)n['’]t)\b",
    re.IGNORECASE,
)
_STRANGER = compile_late(
    r"([^\W\d_a-z][\w.'’-]*(?:\s[^\W\d_a-z][\w.'’-]*){1,3})\s"
    r"(?:who(?:['’]s)?|came|joined|dropped|looked|popped|sat|stopped|left|turned)\s"
)


def without_clause(part: str, is_name: Callable[[str], bool]) -> tuple[str, bool]:
    """Return the name that a part of a list begins with, and whether what follows says that they were away.

    What follows begins with a small letter, and the name is one we know or has two capital letters.
    """
    words = part.split(maxsplit=4)
    if len(words) < 2 or is_name(part):
        return part, False
    for count in range(min(3, len(words) - 1), 0, -1):
        name, clause = " ".join(words[:count]), words[count]
        if clause[:1].islower() and clause not in _NO_CLAUSE and is_name(name):
            return name, _AWAY.match(part.partition(words[count - 1])[2].strip()) is not None
    stranger = _STRANGER.match(part)
    return (stranger[1] if stranger else part), False
