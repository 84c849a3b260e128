"""Where a YAML syntax fault lies, and what it is in plain words.

A parser notices a fault where it can go no further, which is often far below the author's mistake: an
unclosed quote is noticed at the next quote, an unclosed bracket at the next key. This module looks back
from there. It is asked only when a file cannot be read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

_CODE = "HW101"
_QUOTES = "If it is text, put the whole value in quotes."
_TAB_INDENT = re.compile(r"[ ]*\t")
_ENTRY_OR_KEY = re.compile(r"""[ ]*(?:-(?:[ ]|$)|[^\s#\[\]{},"':][^:#\[\]{},]*:(?:[ ]|$))""")
_KEY = re.compile(r"""[ ]*(?:-[ ]+)*(?:"[^"]*"|'[^']*'|[^\s#"'\[{][^:#]*|[^\s#"'\[{](?:[^:]|:[^ ])*):(?:\s|$)""")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong and the characters it concerns, counted from the text's first."""

    code: str
    span: tuple[int, int]
    message: str
    hint: str = ""
