"""Validation: what a form says of a YAML document, as problems at the author's own lines.

All faults are told at once, and one bad entry does not hide the rest: what is wrong is left out, and what remains is
read. Knows no field by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from headway.documents.forms import Choice, Entries, Form, Keyed, Kind, MisreadError, Scalar, places_of
from headway.documents.text import find_nearest_key, shorten
from headway.documents.yaml import MAX_REFUSALS, Keys, YamlDocument
from headway.problems import Problem

T = TypeVar("T", bound=Form)

_LOST: Any = object()
"""Stands for a value of which nothing could be read."""


class Checked(Struct, Generic[T], frozen=True):
    """What could be read of a document; ``document`` is what it was read from, bad entries left out."""

    value: T | None
    document: YamlDocument
    problems: tuple[Problem, ...]


def check_document(form: type[T], document: YamlDocument) -> Checked[T]:
    """Return what the form reads, and every fault; the value is None where nothing could be saved."""
    reading = _Reading(document)
    value = document.value
    if value is None:
        reading.tell("HW112", (), "Nothing is written here yet.", _name_keys(places_of(form)))
        value = {}
    if not isinstance(value, dict):
        reading.tell("HW124", (), "Keys with values are expected here, as `key: value`.", _name_keys(places_of(form)))
        return Checked(None, document, tuple(reading.problems))
    found = reading.form(form, value, ())
    kept = replace(document, kept={**document.kept, **reading.kept})
    return Checked(None if found is _LOST else found, kept, tuple(reading.problems))


class _Reading:
    """One document being read: what is wrong with it, and which entries of its lists are left."""

    def __init__(self, document: YamlDocument) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self.kept: dict[Keys, tuple[int, ...]] = {}

    def tell(self, code: str, path: Keys, message: str, hint: str, key: bool = False) -> None:
        if len(self.problems) < MAX_REFUSALS:
            self.problems.append(self.document.problem(code, path, message, hint, key))

    def form(self, form: type[Form], value: Any, path: Keys) -> Any:
        """Return the form as it is filled in, lost where a required key is missing."""
        places = places_of(form)
        if not isinstance(value, dict):
            return self._not_a_mapping(value, path, places)
        found: dict[str, Any] = {}
        unknown: list[str] = []
        for key, entry in value.items():
            if key not in places:
                unknown.append(key)
            elif not _is_empty(entry) and (read := self._read(places[key].kind, entry, (*path, key))) is not _LOST:
                found[places[key].name] = read
        meant = self._tell_unknown(unknown, path, places) if unknown and not form.is_open else ()
        missing = [key for key, place in places.items() if place.is_required and place.name not in found]
        for key in missing:
            if _is_empty(value.get(key)) and key not in meant:
                self._tell_missing(key, path)
        return _LOST if missing else form(**found)

    def _read(self, kind: Kind, value: Any, path: Keys) -> Any:
        """Return what a value means, lost where it is not of that kind."""
        match kind:
            case Scalar():
                return self._scalar(kind, value, path)
            case Choice():
                return self._choice(kind, value, path)
            case Entries():
                return self._entries(kind, value, path)
            case Keyed():
                return self._keyed(kind, value, path)
            case _:
                return self.form(kind, value, path)

    def _scalar(self, kind: Scalar, value: Any, path: Keys) -> Any:
        if not isinstance(value, str):
            what = "a list" if isinstance(value, list) else "a mapping"
            hint = "Write one value." if isinstance(value, list) else "Write one value; quote it if it has a colon."
            self.tell("HW122", path, f"Text is expected here, not {what}.", hint)
            return _LOST
        try:
            return kind.read(value.strip())
        except ValueError as error:
            code, hint = (error.code, error.hint) if isinstance(error, MisreadError) else (kind.code, kind.hint)
            self.tell(code, path, f"{str(error).rstrip('.')}.", hint)
            return _LOST

    def _choice(self, kind: Choice, value: Any, path: Keys) -> Any:
        if isinstance(value, str) and value in kind.values:
            return kind.values[value]
        name, listed = _name(path), ", ".join(kind.values)
        if not isinstance(value, str):
            message = f"`{name}` is one of {listed}, and here is {_describe(value)}."
            self.tell("HW125", path, message, "Write one of them.")
            return _LOST
        folded = {choice.casefold(): choice for choice in kind.values}
        near = get_close_matches(value[:80].strip().casefold(), folded, 1, 0.6)
        hint = f"Did you mean `{folded[near[0]]}`?" if near else "Write one of them."
        self.tell("HW125", path, f"`{name}` is `{shorten(value)}`: it must be one of {listed}.", hint)
        return _LOST

    def _entries(self, kind: Entries, value: Any, path: Keys) -> Any:
        entries = kind.spread(value) if kind.spread else value
        if not isinstance(entries, list | tuple):
            message = f"`{_name(path)}` is a list, and here is {_describe(value)}."
            self.tell("HW123", path, message, "Start each entry with `- `, or write [one, two].")
            return _LOST
        found = {
            number: read
            for number, entry in enumerate(entries)
            if not _is_empty(entry) and (read := self._read(kind.each, entry, (*path, number))) is not _LOST
        }
        if len(found) < len(entries):
            self.kept[path] = tuple(found)
        return tuple(found.values())

    def _keyed(self, kind: Keyed, value: Any, path: Keys) -> Any:
        if not isinstance(value, dict):
            return self._not_a_mapping(value, path, ())
        return {
            key: read
            for key, entry in value.items()
            if not _is_empty(entry) and (read := self._read(kind.each, entry, (*path, key))) is not _LOST
        }

    def _not_a_mapping(self, value: Any, path: Keys, keys: Iterable[str]) -> Any:
        message = f"Keys with values are expected in `{_name(path)}`, and here is {_describe(value)}."
        self.tell("HW124", path, message, _name_keys(keys))
        return _LOST

    def _tell_unknown(self, unknown: Iterable[str], path: Keys, places: Mapping[str, object]) -> set[str]:
        """Tell of keys that are not known; return those that they stand for: these are not missing, too."""
        meant: set[str] = set()
        for key in unknown:
            if len(self.problems) >= MAX_REFUSALS:
                break
            near = find_nearest_key(key, tuple(places))
            hint = f"Did you mean `{near}`?" if near else _name_keys(places)
            self.tell("HW120", (*path, key), f"`{shorten(key)}` is not a key that is known here.", hint, key=True)
            meant.update((near,) if near else ())
        return meant

    def _tell_missing(self, key: str, path: Keys) -> None:
        if (*path, key) in self.document.key_spans:
            self.tell("HW121", (*path, key), f"`{key}` is empty.", "Write its value after the colon.", key=True)
            return
        holder = next((str(part) for part in reversed(path) if isinstance(part, str)), None)
        where = f"in this entry of `{holder}`" if path and isinstance(path[-1], int) else f"in `{holder}`"
        message = f"`{key}` is missing {where if holder else 'in this file'}."
        self.tell("HW121", path, message, f"Add a line `{key}: ...`.")


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _name(path: Keys) -> str:
    return next((str(key) for key in reversed(path) if isinstance(key, str)), "this")


def _describe(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    return f"`{shorten(str(value))}`"


def _name_keys(keys: Iterable[str]) -> str:
    listed = ", ".join(keys)
    return f"Known here: {listed}." if listed else "Write `key: value`."
