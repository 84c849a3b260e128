"""Places in `content/`: which files mean something there, and what is said of those that do not.

Looks at paths only, as POSIX paths from the program's root; sizes, bytes and spelling are others' business.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import NamedTuple

from headway.patterns import compile_late

AREAS = ("people", "partnerships", "pages")
_SUFFIXES = {"people": ".yaml", "pages": ".md"}
_FILES = ("partnership.yaml", "goals.yaml", "logbook.md")
_FOLDERS = ("meetings", "journal", "files")

_NEIGHBOURS = {".yaml": (".yml", ".yaml", ".json", ""), ".md": (".md", ".markdown", ".mdown", ".mkd", ".txt", "")}
"""Endings that somebody may have meant for ours."""

_ADVICE = {
    "people": "It holds one file a person, as `ada.yaml`.",
    "pages": "It holds one file a page, as `about.md`.",
    "partnerships": "Pictures and documents go into the partnership's folder `files/`.",
}

_PLAIN_ID = r"(?!(?:con|prn|aux|nul|(?:com|lpt)[0-9])(?:\.|$))[a-z0-9][a-z0-9_-]{0,99}"
PLAIN_FILE = compile_late(rf"content/(?:people/{_PLAIN_ID}\.yaml|pages/{_PLAIN_ID}\.md)")
PLAIN_FOLDER = compile_late(rf"content/partnerships/{_PLAIN_ID}")
"""A file, and a folder, in their places whose ids are allowed and already folded: for nearly each one look will do."""


class Stranger(NamedTuple):
    """A file, or a whole folder, that means nothing in its place: ``what`` is it, and what to do."""

    path: str
    what: str
    hint: str


def suffix_of(name: str) -> str:
    """Return what follows the last dot of a path's last part, with the dot; empty where there is none."""
    stem, dot, ending = name.rpartition("/")[2].rpartition(".")
    return dot + ending if stem else ""


def find_id_holder(path: str) -> str | None:
    """Return the file or folder whose name is an id and that ``path`` is, or lies in; None where there is none."""
    parts = path.split("/")
    if len(parts) < 3 or parts[0] != "content":
        return None
    if parts[1] == "partnerships":
        return "/".join(parts[:3]) if len(parts) > 3 else None
    is_item = len(parts) == 3 and _SUFFIXES.get(parts[1]) == suffix_of(path)
    return path if is_item and not parts[2].startswith(".") else None


def split_id(holder: str) -> tuple[str, str]:
    """Return an id holder's area, as `people`, and its id."""
    _, area, name = holder.split("/")
    return area, name.removesuffix(_SUFFIXES.get(area, ""))


def join_id(area: str, id_: str) -> str:
    """Return the id holder of an area and an id; undoes `split_id`."""
    return f"content/{area}/{id_}{_SUFFIXES.get(area, '')}"


def find_stranger(path: str) -> Stranger | None:
    """Return what is to be said of a file of ``content/`` that means nothing there, or None where it belongs."""
    parts = path.split("/")
    if len(parts) == 1:
        return Stranger(path, "is a file", "`content` is the name of a folder.")
    if parts[-1].startswith("."):
        return Stranger(path, "is a hidden file", "Hidden files are left out; better keep it outside `content/`.")
    area = parts[1]
    if len(parts) == 2 or area not in AREAS:
        return Stranger("/".join(parts[:2]), *_advise(area, AREAS))
    if area == "partnerships":
        return _find_stranger_in_partnership(path, parts)
    if len(parts) > 3:
        return Stranger("/".join(parts[:3]), "is a folder", _ADVICE[area])
    return _check_suffix(path, area, _SUFFIXES[area])


def _find_stranger_in_partnership(path: str, parts: Sequence[str]) -> Stranger | None:
    if len(parts) == 3:
        return Stranger(path, "is a file", "A partnership is a folder, with a `partnership.yaml` in it.")
    name = parts[3]
    if len(parts) > 4 and name not in _FOLDERS:
        return Stranger("/".join(parts[:4]), *_advise(name, _FOLDERS))
    if len(parts) > 4:
        return None if name == "files" else _check_suffix(path, "partnerships", ".md")
    if name in _FILES or (name.startswith("logbook") and name.endswith(".md")):
        return None
    return Stranger(path, *_advise(name, _FILES + _FOLDERS))


def _check_suffix(path: str, area: str, suffix: str) -> Stranger | None:
    found = suffix_of(path)
    if found == suffix:
        return None
    name = path.rpartition("/")[2]
    is_near = found.lower() in _NEIGHBOURS[suffix]
    hint = f"Did you mean `{name.removesuffix(found)}{suffix}`?" if is_near else _ADVICE[area]
    return Stranger(path, f"does not end in {suffix}", hint)


def _advise(name: str, known: Sequence[str]) -> tuple[str, str]:
    """Return what an unknown name is and the nearest known one, with or without its ending."""
    if name in known:
        return "is a file", f"`{name}` is the name of a folder."
    by_stem = {item.partition(".")[0]: item for item in known}
    lowered = name.lower()
    near = get_close_matches(lowered, known, n=1) or get_close_matches(lowered.partition(".")[0], by_stem, n=1)
    expected = ", ".join(f"`{item}`" for item in known)
    hint = f"Did you mean `{by_stem.get(near[0], near[0])}`?" if near else f"Known here: {expected}."
    return "is not a name that Headway knows", hint
