"""Words: when two people wrote the same thing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LINK_TARGET = re.compile(r"\]\([^()\s]*\)")
_EMPHASIS = "*`~"
# "C#" is not "C", and "50%" not "50".
_MEANINGFUL = "#%&@"


def normalise_words(text: str) -> str:
    """Return a task's words without case, spacing, punctuation, emphasis and the targets of links.

    A text that holds nothing else is kept as it is.
    """
    composed = unicodedata.normalize("NFC", _LINK_TARGET.sub("]", text)).casefold()
    return " ".join("".join(map(_plain, composed)).split()) or text


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if character in _EMPHASIS or category == "Cf":
        return ""
    is_spacing = category[0] in "PZC" and character not in _MEANINGFUL
    return " " if is_spacing else character
