"""Ships the themes and the starter program inside the wheel, where `headway.bundled` finds them.

Packaging only. An editable install needs nothing of it: there the checkout's own folders are used.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED = {
    "themes": "headway/_bundled/themes",
    "content": "headway/_bundled/starter/content",
    "headway.yaml": "headway/_bundled/starter/headway.yaml",
}
"""What of the checkout goes where in the wheel."""


class BundleHook(BuildHookInterface[Any]):
    """Adds what is shipped to a wheel's files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or version == "editable":
            return
        for source, target in SHIPPED.items():
            place = Path(self.root) / source
            files = [place] if place.is_file() else sorted(path for path in place.rglob("*") if path.is_file())
            for file in files:
                inside = file.relative_to(place)
                if not any(part.startswith(".") for part in inside.parts):  # what editors and file managers leave
                    build_data["force_include"][str(file)] = str(Path(target, inside))
