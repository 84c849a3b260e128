"""Layers: a theme as the folders it is made of, a child's on top of its parents'.

Holds what was read; reading is `headway.theme.themes`, rendering `headway.theme.render`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from headway.model.program import ProgramContext
from headway.pages.axis import day_number
from headway.patterns import compile_late
from headway.theme.words import format_day

MADE_ASSETS = {
    "tokens.css": "the tokens in theme.yaml",
    "today.css": "the day and the commit that the site is built for",
}
"""Stylesheets that no theme brings, and what they are made from."""


SHORT_COMMIT = 7
"""Characters of a commit's id that pages show, as code hosts do."""

_COMMENT = compile_late(rb"/\*.*?\*/", re.DOTALL)
_SPACE = compile_late(rb"\s{0,80}([{};])\s{0,80}")


class Layer(Struct, frozen=True):
    """One theme folder in a chain of inheritance. ``place`` is its path, as problems show it; ``files`` its
    templates by name and ``assets`` its assets by name, both without their folder."""

    name: str
    place: str
    is_own: bool
    files: Mapping[str, str] = field(default_factory=dict)
    assets: Mapping[str, bytes] = field(default_factory=dict)
    tokens: Mapping[str, str] = field(default_factory=dict)

    def path(self, template: str) -> str:
        return f"{self.place}/templates/{template}"


def find_template(layers: Sequence[Layer], name: str) -> tuple[Layer, str] | None:
    """Return the layer and file that a template's name means: the first layer that has it.

    ``!trail/base.html`` is the file of that very theme; where a program's own theme bears its parent's name, it
    is the parent's.
    """
    if name.startswith("!"):
        theme, _, name = name[1:].partition("/")
        layers = [layer for layer in reversed(layers) if layer.name == theme][:1]
    return next(((layer, name) for layer in layers if name in layer.files), None)


def asset_names(layers: Sequence[Layer]) -> frozenset[str]:
    """Return the names of all assets of the chain, those that are made for it too."""
    return frozenset({*MADE_ASSETS, *(name for layer in layers for name in layer.assets)})


def render_tokens(layers: Sequence[Layer]) -> str:
    """Return the stylesheet that declares the tokens, ``dark-`` ones for readers who prefer or chose dark."""
    tokens = {name: value for layer in reversed(layers) for name, value in layer.tokens.items()}
    light = "".join(f"  --{name}: {value};\n" for name, value in tokens.items() if not name.startswith("dark-"))
    dark = "".join(
        f"    --{name.removeprefix('dark-')}: {value};\n" for name, value in tokens.items() if name.startswith("dark-")
    )
    scheme = f"@media (prefers-color-scheme: dark) {{\n  :root:not([data-scheme=light]) {{\n{dark}  }}\n}}\n"
    chosen = f":root[data-scheme=dark] {{\n{dark}}}\n"
    return f":root {{\n{light}}}\n{scheme}{chosen}" if dark else f":root {{\n{light}}}\n"


def pack_stylesheet(css: bytes) -> bytes:
    """Return a stylesheet without comments and without the space that only people need.

    For our own only: it would look into texts too, if there were any with braces or semicolons.
    """
    return _SPACE.sub(rb"\1", _COMMENT.sub(b"", css)).strip() + b"\n"


def render_today(context: ProgramContext) -> str:
    """Return the stylesheet that tells what a site was built for and from: its day, also as days since 1970, and
    the commit, for those who may know of the repository.

    It is the only file by which most pages show that: they themselves stay as they are until a number changes, and
    pictures of time, whose coordinates are such days, put their mark there. ``--stale-after`` is a number of days;
    a program that is frozen on a day never grows old.
    """
    program, version = context.record.program, context.version
    said = {"today": str(day_number(context.today)), "day": _quote(format_day(context.today, "long", program.language))}
    if version is not None and context.audience.admits(program.editing.visibility):
        said["commit"] = _quote(version.commit[:SHORT_COMMIT])
        said["committed"] = _quote(format_day(version.on, "long", program.language))
        said["from-commit"] = "inline"
    if program.today is None:
        said["stale-after"] = str(program.site.stale_after)
    return f":root {{ {' '.join(f'--{name}: {value};' for name, value in said.items())} }}\n"


def _quote(text: str) -> str:
    """Return a text as a string of CSS."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


class Theme(Struct, frozen=True, eq=False):
    """A theme ready to render with: its own folder's layer first, then its parents'.

    Two themes with the same ``digest`` render every page alike.
    """

    name: str
    layers: tuple[Layer, ...]
    digest: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Theme) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    @property
    def is_own(self) -> bool:
        """Whether a folder of the program takes part in it."""
        return any(layer.is_own for layer in self.layers)

    def tokens(self) -> Mapping[str, str]:
        """Return the theme's tokens; a child's stand in the place of its parents'."""
        return {name: value for layer in reversed(self.layers) for name, value in layer.tokens.items()}

    def assets(self) -> Mapping[str, bytes]:
        """Return the theme's assets by site address; a child's stand in the place of its parents'."""
        files = {
            name: pack_stylesheet(data) if name.endswith(".css") and not layer.is_own else data
            for layer in reversed(self.layers)
            for name, data in layer.assets.items()
        }
        files["tokens.css"] = render_tokens(self.layers).encode()
        return {f"/assets/{name}": files[name] for name in sorted(files)}
