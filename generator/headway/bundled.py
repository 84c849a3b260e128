"""Where the themes and the starter program that come with Headway stand: in a wheel, or in a checkout.

Found from the package's own place, never from the folder somebody works in.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection
from functools import cache
from hashlib import sha256
from io import open_code
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_SHIPPED = _PACKAGE / "_bundled"
_CHECKOUT = _PACKAGE.parent.parent


def bundled_themes() -> Path:
    """Return the folder that holds a folder for each shipped theme."""
    return _find("themes", _CHECKOUT / "themes")


def bundled_starter() -> Path:
    """Return the starter's root, which holds `headway.yaml` and `content/`.

    In a checkout that is the checkout itself, which holds more: take those two, not everything.
    """
    return _find("starter", _CHECKOUT)


@cache
def digest_own_code() -> str:
    """Return one digest of all of Headway's own modules."""
    total = sha256()
    places = (f"{folder}/{name}" for folder, _, names in os.walk(_PACKAGE) for name in names if name.endswith(".py"))
    for place in sorted(places):
        with open_code(place) as file:
            total.update(file.read())
    return total.hexdigest()


def list_distributions(names: Collection[str]) -> tuple[str, ...]:
    """Return the installed distributions of these names, each with its version, as ``jinja2-3.1.6.dist-info``.

    Their folders' names say it; `importlib.metadata` takes longer to load than a build without changes may take.
    """
    places = (Path(place) for place in sys.path)
    found = (entry.name for place in places if place.is_dir() for entry in place.iterdir())
    known = (entry for entry in found if entry.endswith((".dist-info", ".egg-info")))
    return tuple(sorted(e for e in known if e.partition("-")[0].lower().replace("_", "-") in names))


def read_data_schema() -> bytes:
    """Return the JSON Schema of a site's data, as `headway.feeds.data_shapes` makes it."""
    return (_PACKAGE / "feeds" / "data.schema.json").read_bytes()


def read_explanation(code: str) -> str:
    """Return the Markdown page that explains a problem's code; every code of the catalogue has one."""
    return (_PACKAGE / "explanations" / f"{code}.md").read_text(encoding="utf-8")


def read_template(name: str) -> str:
    """Return a file that `headway init` writes, with its places to fill; they stand beside the room that does."""
    return (_PACKAGE / "writing" / "templates" / name).read_text(encoding="utf-8")


def _find(name: str, in_checkout: Path) -> Path:
    """Return what a wheel ships under ``name``, else its place in a checkout, as editable installs have it."""
    shipped = _SHIPPED / name
    return shipped if shipped.is_dir() else in_checkout
