"""Ejecting: parts of the theme in use, to be changed in a theme of the program's own.

Says which files that takes; they are written by `headway.output.new_files`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from headway.theme.layers import Layer, Theme

_REST = """\
# What is not in this folder stays the parent's, so it may hold a template, a block of one, or a colour alone.
# The parent's tokens, to be changed by taking out the signs in front:
# tokens:
"""


class Ejection(Struct, frozen=True):
    """The files of a new theme, or of a part of one, by their paths from the program's root."""

    name: str
    files: Mapping[str, bytes]


def ejectable_files(theme: Theme) -> dict[str, Layer]:
    """Return the templates and assets of a theme's parents by name, each with the nearest layer that has it."""
    found: dict[str, Layer] = {}
    for layer in theme.layers:
        if not layer.is_own:
            for name in sorted((*layer.files, *layer.assets)):
                found.setdefault(name, layer)
    return found


def plan_ejection(theme: Theme, names: Sequence[str], to: str | None) -> Ejection:
    """Return what a theme of the program's own needs for changing these files; ``names`` are of `ejectable_files`.

    Without ``to`` that is the program's own theme in use, else one that bears its parent's name and takes its place.
    """
    own = next((layer.name for layer in theme.layers if layer.is_own), None)
    name = to or own or theme.name
    sources = ejectable_files(theme)
    files = {}
    if name != own:
        files[f"themes/{name}/theme.yaml"] = _manifest(name, theme).encode()
    for file in names:
        layer = sources[file]
        is_template = file in layer.files
        content = layer.files[file].encode() if is_template else layer.assets[file]
        files[f"themes/{name}/{'templates' if is_template else 'assets'}/{file}"] = content
    return Ejection(name, files)


def _manifest(name: str, theme: Theme) -> str:
    """Return a theme.yaml that extends the theme, with its tokens as comments to begin with."""
    tokens = "".join(f"#   {token}: {_quote(value)}\n" for token, value in theme.tokens().items())
    return f"name: {name}\nextends: {theme.name}\n\n{_REST}{tokens}"


def _quote(value: str) -> str:
    return '"' + value.replace('"', "'") + '"'
