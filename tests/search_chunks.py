"""Reading the search's files as the browser does."""

from __future__ import annotations

import json
from pathlib import Path


def read_chunk(path: Path) -> list[list[str]]:
    """Return what the list of the search's chunks holds, or one of them."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".js":
        text = text.partition("(")[2].partition(",")[2].rstrip().removesuffix(")")
    loaded: list[list[str]] = json.loads(text)
    return loaded
