"""Names: which can be ids, which files can be used at all, and which files are nobody's work.

Owns the rules of spelling only; where a file belongs is in `headway.source.layout`.
"""

from __future__ import annotations

from fnmatch import translate
from unicodedata import category, normalize

from headway.patterns import compile_late

LONGEST_ID = 100
_LONGEST_NAME_IN_BYTES = 255
"""What common file systems hold; an id becomes a folder of the site."""

ID_HINT = "Ids are made of letters (of any language), digits, `-`, `_` and `.`, as in `ada-grace`."

_RESERVED = frozenset(
    ["CON", "PRN", "AUX", "NUL", "CLOCK$"]
    + [f"{device}{number}" for device in ("COM", "LPT") for number in "0123456789¹²³"]
)

_PLAIN_ID = compile_late(r"[a-z0-9][a-z0-9_-]{0,99}")
"""What nearly every id is: it saves a look at each letter, for all but the names that Windows keeps."""

_SCRATCH = (
    *(".gitkeep", ".keep", ".gitignore", ".gitattributes", ".editorconfig"),
    *(".DS_Store", "._*", "Thumbs.db", "desktop.ini", ".directory"),
    *("*~", "#*#", ".#*", "*.swp", ".*.sw?", "4913"),
    *("*___jb_tmp___", "*___jb_old___", ".goutputstream-*", "*.kate-swp"),
)
"""Files that editors, file managers and git leave behind."""
_IS_SCRATCH = compile_late("|".join(map(translate, _SCRATCH))).match


def check_id(name: str) -> str | None:
    """Return a sentence that says why ``name`` cannot be an id, or None where it can."""
    is_plain = _PLAIN_ID.fullmatch(name) and name.upper() not in _RESERVED
    fault = None if is_plain else _find_fault(name)
    if fault is None:
        return None
    shown = show_name(name if len(name) <= 60 else f"{name[:60]}…")
    return f'"{shown}" cannot be an id: {fault}.'


def _find_fault(name: str) -> str | None:
    if not name:
        return "it is empty"
    if name in (".", ".."):
        return "it means a folder"
    if len(name) > LONGEST_ID:
        return f"it has {len(name)} characters, and {LONGEST_ID} is the most"
    for char in name:
        if char not in "-_." and category(char)[0] not in "LM" and category(char) != "Nd":
            return f"it holds {_describe(char)}"
    if len(name.encode()) > _LONGEST_NAME_IN_BYTES:
        return f"it takes {len(name.encode())} bytes, more than a folder's name can have ({_LONGEST_NAME_IN_BYTES})"
    if category(name[0])[0] == "M":
        return "it begins with a combining mark, which has no letter to stand on"
    if name.endswith("."):
        return "it ends with a dot"
    if name.casefold() == "index.html":
        return "each folder of the site has a page of that name"
    if name.partition(".")[0].upper() in _RESERVED:
        return f"Windows keeps {name.partition('.')[0].upper()} for itself, so nobody there could clone the program"
    return None


def _describe(char: str) -> str:
    if char == " ":
        return "a space"
    return f"the character {char}" if char.isprintable() else f"the invisible character U+{ord(char):04X}"


def fold_id(name: str) -> str:
    """Return the form in which ids are compared: two ids with the same form are one."""
    return name.lower() if name.isascii() else normalize("NFC", normalize("NFD", name).casefold())


def check_file_name(name: str) -> str | None:
    """Return a sentence that says why no file or folder may have this name, or None where it may.

    Undecodable bytes are expected as Python gives them: as lone surrogates.
    """
    if name in ("", ".", ".."):
        return f'"{name}" is no name for a file.'
    if name.isascii() and name.isprintable() and "\\" not in name:
        return None
    for char in name:
        if "\ud800" <= char <= "\udfff":
            return f'"{show_name(name)}" is not written in UTF-8.'
        if char == "\\" or category(char) in ("Cc", "Zl", "Zp") or _is_bidi_control(char):
            return f'"{show_name(name)}" holds the character U+{ord(char):04X}, which cannot be shown or linked safely.'
    return None


def _is_bidi_control(char: str) -> bool:
    """Whether a character turns the direction of what follows, so that a name reads as another."""
    return "\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069"


def is_scratch(name: str) -> bool:
    """Whether a file is what an editor, a file manager or git leaves behind, and nobody's work."""
    return _IS_SCRATCH(name) is not None


def show_name(name: str) -> str:
    """Return a name or path for a message: what cannot be seen in it is written out."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in name)
