"""New files in the program's own folder: written only where there is nothing yet, all of them or none."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def write_new_files(root: Path, files: Mapping[str, bytes]) -> list[str]:
    """Write files by their paths from ``root``; return the paths that are taken, in which case nothing is written.

    A folder on the way that is a link counts as taken: what lies behind it may be anybody's.
    """
    taken = [path for path in files if os.path.lexists(root / path) or _leads_away(root, path)]
    if taken:
        return taken
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        with (root / path).open("xb") as file:
            file.write(content)
    return []


def _leads_away(root: Path, path: str) -> bool:
    return any((root / folder).is_symlink() for folder in Path(path).parents)
