"""Themes: their folders, and how one extends another.

A theme is a folder with ``theme.yaml``, ``templates/`` and ``assets/``, in the program's ``themes/`` or shipped
with Headway. What its templates say is checked by `headway.theme.check`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from headway.bundled import bundled_themes
from headway.documents.text import decode_strictly
from headway.documents.yaml import YamlDocument, parse_yaml
from headway.problems import Location, Problem, Severity
from headway.source.snapshot import Snapshot
from headway.theme.check import check_templates
from headway.theme.layers import MADE_ASSETS, Layer, Theme
from headway.theme.templates import PAGE_TEMPLATES
from headway.theme.tokens import check_manifest, check_use, read_tokens
from headway.theme.trial import try_templates

__all__ = ["KnownTheme", "Theme", "known_themes", "load_theme"]

Chain = tuple[list[Layer], list[YamlDocument], list[Problem]]
"""The folders of a theme and its parents, their theme.yaml, and what is wrong with them."""


def load_theme(
    name: str, snapshot: Snapshot, named_at: Location | None = None, *, sound: str = ""
) -> tuple[Theme | None, tuple[Problem, ...]]:
    """Return the theme of that name and what is wrong with it, its parents and its templates.

    ``named_at`` is the place that names it, looked up in headway.yaml where it is not given. The theme is None
    where an error keeps it from being used. ``sound`` is the digest of a theme in which nothing was found: such a one
    is not looked through again.
    """
    layers, documents, problems = _read_chain(name, snapshot, named_at or _find_name(snapshot))
    if not problems and sound == (digest := _digest(layers)):
        return Theme(name, tuple(layers), digest), ()
    if not _has_error(problems):
        problems += _check_completeness(layers)
        problems += check_templates(layers)
        problems += check_use(layers, documents)
    if _has_error(problems):
        return None, tuple(problems)
    theme = Theme(name, tuple(layers), _digest(layers))
    problems += dict.fromkeys(try_templates(theme))
    return None if _has_error(problems) else theme, tuple(problems)


class KnownTheme(Struct, frozen=True):
    """A theme by what its theme.yaml says of it; ``place`` is its folder, the program's or Headway's own."""

    name: str
    place: str
    extends: str | None
    description: str


def known_themes(snapshot: Snapshot) -> tuple[KnownTheme, ...]:
    """Return the program's own themes and the bundled ones, each group by name, whatever may be wrong with them."""
    own = [(name, True, files) for name, files in sorted(_own_folders(snapshot).items())]
    bundled = [(name, False, _read_bundled(folder)) for name, folder in sorted(_bundled_folders().items())]
    return tuple(_know(name, is_own, files) for name, is_own, files in (*own, *bundled) if "theme.yaml" in files)


def _know(name: str, is_own: bool, files: Mapping[str, bytes]) -> KnownTheme:
    place = _place(name, is_own)
    document, _ = parse_yaml(files["theme.yaml"], f"{place}/theme.yaml")
    said = document.value.get("description") if document is not None and isinstance(document.value, dict) else None
    parent = _parent(document) if document is not None else None
    return KnownTheme(name, place, parent, said if isinstance(said, str) else "")


def _has_error(problems: Sequence[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


def _find_name(snapshot: Snapshot) -> Location:
    """Return where headway.yaml names the theme."""
    if snapshot.settings is None:
        return Location("headway.yaml")
    try:
        document, _ = parse_yaml(snapshot.read(snapshot.settings), snapshot.settings)
    except OSError:
        document = None
    return document.locate(("site", "theme")) if document is not None else Location(snapshot.settings)


def _read_chain(name: str, snapshot: Snapshot, named_at: Location) -> Chain:
    """Return a theme and its parents, up to where something is wrong with them."""
    layers: list[Layer] = []
    documents: list[YamlDocument] = []
    problems: list[Problem] = []
    bundled = _bundled_folders()
    # One that is Headway's own byte for byte, as in Headway's checkout, is Headway's.
    own = {
        name: files
        for name, files in _own_folders(snapshot).items()
        if name not in bundled or files != _read_bundled(bundled[name])
    }
    missing = Problem("HW401", named_at, "", excerpt=_read_line(snapshot, named_at))
    wanted: str | None = name
    while wanted is not None:
        # A program's own theme that bears its parent's name extends the bundled one.
        is_own = wanted in own and not any(layer.name == wanted for layer in layers)
        if not is_own and (wanted not in bundled or any(layer.place == _place(wanted, False) for layer in layers)):
            problems.append(_explain_missing(missing, wanted, layers, sorted({*own, *bundled})))
            break
        files = own[wanted] if is_own else _read_bundled(bundled[wanted])
        layer, document, found = _read_layer(wanted, is_own, files)
        problems += found
        if document is None:
            break
        layers.append(layer)
        documents.append(document)
        wanted = _parent(document)
        missing = document.problem("HW402", ("extends",), "")
    return layers, documents, problems


def _own_folders(snapshot: Snapshot) -> dict[str, dict[str, bytes]]:
    """Return the files of the program's own themes, by theme and by path inside it."""
    folders: dict[str, dict[str, bytes]] = {}
    for path in snapshot.themes.files:
        theme, slash, inside = path.removeprefix(f"{snapshot.themes.path}/").partition("/")
        if slash:
            try:
                folders.setdefault(theme, {})[inside] = snapshot.read(path)
            except OSError:
                continue  # the snapshot's own problems name what cannot be read
    return folders


def _bundled_folders() -> dict[str, Path]:
    return {path.parent.name: path.parent for path in bundled_themes().glob("*/theme.yaml")}


def _read_bundled(folder: Path) -> dict[str, bytes]:
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def _read_line(snapshot: Snapshot, place: Location) -> str:
    try:
        lines = snapshot.read(place.path).decode("utf-8", "replace").splitlines()
    except OSError:
        return ""
    return lines[place.line - 1] if 0 < place.line <= len(lines) else ""


def _explain_missing(at: Problem, name: str, layers: Sequence[Layer], known: Sequence[str]) -> Problem:
    """Return why a theme cannot be had; ``at`` has the place that names it and the code for that place."""
    names = [layer.name for layer in layers]
    if name in names:
        others = [other for other in names[names.index(name) :] if other != name]
        way = f", by way of {' and '.join(f'`{other}`' for other in others)}" if others else ""
        message = f"The theme `{name}` extends itself{way}."
        return replace(at, code="HW403", message=message, hint="Let the last of them extend `trail`, or nothing.")
    near = get_close_matches(name, known, 1)
    said = f"Did you mean `{near[0]}`?" if near else f"There is: {', '.join(known)}."
    hint = f"{said} A theme of your own is a folder in `themes/` with a theme.yaml."
    return replace(at, message=f"There is no theme called `{name}`.", hint=hint)


def _place(name: str, is_own: bool) -> str:
    """Return a theme's folder, as problems show it: the program's, or Headway's own."""
    return f"themes/{name}" if is_own else f"headway/themes/{name}"


def _read_layer(
    name: str, is_own: bool, files: Mapping[str, bytes]
) -> tuple[Layer, YamlDocument | None, list[Problem]]:
    """Return a theme's folder, read, its theme.yaml and what is wrong with both."""
    place = _place(name, is_own)
    path = f"{place}/theme.yaml"
    if "theme.yaml" not in files:
        message = f"The theme `{name}` has no theme.yaml."
        hint = "Write one; `extends: trail` is enough for it."
        return Layer(name, place, is_own), None, [Problem("HW404", Location(path), message, hint)]
    document, found = parse_yaml(files["theme.yaml"], path)
    problems = list(found)
    if document is None:
        return Layer(name, place, is_own), None, problems
    problems += check_manifest(document, name)
    texts: dict[str, str] = {}
    for inside, data in _inside("templates", files).items():
        text = decode_strictly(data, f"{place}/templates/{inside}")
        if isinstance(text, Problem):
            problems.append(text)
        else:
            texts[inside] = text
    assets = _inside("assets", files)
    for made, of in MADE_ASSETS.items():
        if made in assets:
            message = f"`assets/{made}` is made from {of}, so this file would never be seen."
            problems.append(Problem("HW413", Location(f"{place}/assets/{made}"), message, "Give it another name."))
    return Layer(name, place, is_own, texts, assets, read_tokens(document)), document, problems


def _inside(folder: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of one folder of a theme, by name; hidden ones are nobody's business."""
    inside = {path.removeprefix(f"{folder}/"): data for path, data in files.items() if path.startswith(f"{folder}/")}
    return {name: inside[name] for name in sorted(inside) if not _is_hidden(name)}


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))


def _parent(document: YamlDocument) -> str | None:
    value = document.value
    parent = value.get("extends") if isinstance(value, dict) else None
    return parent if isinstance(parent, str) else None


def _check_completeness(layers: Sequence[Layer]) -> list[Problem]:
    missing = [name for name in PAGE_TEMPLATES if not any(name in layer.files for layer in layers)]
    if not missing:
        return []
    names = ", ".join(missing)
    message = f"The theme `{layers[0].name}` and what it extends have no {names}."
    return [Problem("HW412", Location(f"{layers[0].place}/theme.yaml"), message, "Write `extends: trail`.")]


def _digest(layers: Sequence[Layer]) -> str:
    total = sha256()
    for layer in layers:
        total.update(f"{layer.name}\0{list(layer.tokens.items())}\n".encode())
        contents = {f"assets/{name}": data for name, data in layer.assets.items()}
        contents |= {f"templates/{name}": text.encode() for name, text in layer.files.items()}
        for name in sorted(contents):
            total.update(f"{name}\0{len(contents[name])}\n".encode() + contents[name])
    return total.hexdigest()
