"""Where the themes and the starter program that come with Headway stand: in a wheel, or in a checkout.

Found from the package's own place, never from the folder somebody works in.
"""

from __future__ import annotations

from functools import cache
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
def read_own_code() -> tuple[str, ...]:
    """Return the text of each of Headway's own modules, in the order of their paths."""
    return tuple(path.read_text(encoding="utf-8") for path in sorted(_PACKAGE.rglob("*.py")))


def read_explanation(code: str) -> str:
    """Return the Markdown page that explains a problem's code; every code of the catalogue has one."""
    return (_PACKAGE / "explanations" / f"{code}.md").read_text(encoding="utf-8")


def _find(name: str, in_checkout: Path) -> Path:
    """Return what a wheel ships under ``name``, else its place in a checkout, as editable installs have it."""
    shipped = _SHIPPED / name
    return shipped if shipped.is_dir() else in_checkout
