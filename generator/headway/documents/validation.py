"""Validation: what a schema says of a YAML document, as problems at the author's own lines.

pydantic decides; its paths become places, its faults plain words. One bad entry does not hide the rest: what
is wrong is left out, and what remains is read. Knows no field by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from types import UnionType
from typing import Annotated, Any, Generic, TypeVar, Union, get_args, get_origin

from msgspec import Struct
from msgspec.structs import replace
from pydantic import BaseModel, ValidationError

from headway.documents.text import find_nearest_key, shorten
from headway.documents.yaml import MAX_REFUSALS, Keys, YamlDocument
from headway.problems import Problem

T = TypeVar("T", bound=BaseModel)

_ROUNDS = 40
"""Times that what is wrong is left out and the rest tried again; each goes at least one level up."""


class Checked(Struct, Generic[T], frozen=True):
    """What could be read of a document; ``document`` is what it was read from, bad entries left out."""

    value: T | None
    document: YamlDocument
    problems: tuple[Problem, ...]


def check_document(schema: type[T], document: YamlDocument) -> Checked[T]:
    """Return what the schema reads, and every fault; the value is None where nothing could be saved."""
    value = document.value
    problems: list[Problem] = []
    if value is None:
        problems.append(document.problem("HW112", (), "Nothing is written here yet.", _name_keys(_keys_of(schema))))
        value = {}
    if not isinstance(value, dict):
        message = "Keys with values are expected here, as `key: value`."
        return Checked(None, document, (document.problem("HW124", (), message, _name_keys(_keys_of(schema))),))
    gone = set(_empty_paths(value, ()))
    problems += _unknown_among_empty(schema, document, gone)
    is_first = True
    for _ in range(_ROUNDS):
        kept, numbers = _without(value, gone)
        try:
            model = schema.model_validate(kept, by_alias=True, by_name=False)
        except ValidationError as error:
            faults = [_Fault.of(raw, numbers) for raw in error.errors(include_url=False)]
            if is_first:
                problems += _explain_all(schema, document, faults)
            is_first = False
            if any(fault.loss is None for fault in faults):
                break
            gone.update(fault.loss for fault in faults if fault.loss is not None)
        else:
            return Checked(model, replace(document, kept={**document.kept, **numbers}), tuple(problems))
    return Checked(None, document, tuple(problems))


class _Fault(Struct, frozen=True):
    """One of pydantic's errors; ``path`` is where its value stood before anything was left out."""

    kind: str
    path: Keys
    value: Any
    context: Mapping[str, Any]
    is_key: bool

    @classmethod
    def of(cls, raw: Any, numbers: Mapping[Keys, tuple[int, ...]]) -> _Fault:
        is_key = raw["loc"][-1:] == ("[key]",)
        path: Keys = ()
        for key in raw["loc"][:-1] if is_key else raw["loc"]:
            places = numbers.get(path, ())
            path = (*path, places[key] if isinstance(key, int) and key < len(places) else key)
        return cls(raw["type"], path, raw.get("input"), raw.get("ctx", {}), is_key)

    @property
    def loss(self) -> Keys | None:
        """What has to be left out so that the rest can be read; None for the whole document."""
        if self.kind == "missing":
            return self.path[:-1] or None
        return self.path or None


def _empty_paths(value: Any, path: Keys) -> Iterable[Keys]:
    """Return the paths of what is written down and left empty: as if it were not there."""
    entries: Iterable[tuple[str | int, Any]] = value.items() if isinstance(value, dict) else enumerate(value)
    for key, entry in entries:
        if entry is None or (isinstance(entry, str) and not entry.strip()):
            yield (*path, key)
        elif isinstance(entry, dict | list):
            yield from _empty_paths(entry, (*path, key))


def _without(value: Any, gone: set[Keys]) -> tuple[Any, dict[Keys, tuple[int, ...]]]:
    """Return a value without the entries at those paths, and the old numbers of list entries that stay."""
    numbers: dict[Keys, tuple[int, ...]] = {}
    touched = {path[:length] for path in gone for length in range(len(path))}

    def copy(part: Any, path: Keys) -> Any:
        if path not in touched:
            return part
        if isinstance(part, dict):
            return {key: copy(entry, (*path, key)) for key, entry in part.items() if (*path, key) not in gone}
        if not isinstance(part, list):
            return part
        numbers[path] = tuple(index for index in range(len(part)) if (*path, index) not in gone)
        return [copy(part[index], (*path, index)) for index in numbers[path]]

    return copy(value, ()), numbers


def _unknown_among_empty(schema: type[T], document: YamlDocument, gone: Iterable[Keys]) -> list[Problem]:
    problems: list[Problem] = []
    for path in sorted(gone, key=str):
        keys = _keys_at(schema, path[:-1])
        if keys and path[-1] not in keys and len(problems) < MAX_REFUSALS:
            problems.append(_unknown_key(document, path, keys))
    return problems


def _explain_all(schema: type[T], document: YamlDocument, faults: list[_Fault]) -> list[Problem]:
    """Return the problems that the faults are; a key that stands there under another name is not missing, too."""
    told = faults[:MAX_REFUSALS]
    unknown = [fault.path for fault in told if fault.kind == "extra_forbidden"]
    meant = {(*path[:-1], find_nearest_key(str(path[-1]), _keys_at(schema, path[:-1]))) for path in unknown}
    return [
        _explain(schema, document, fault) for fault in told if not (fault.kind == "missing" and fault.path in meant)
    ]


def _explain(schema: type[T], document: YamlDocument, fault: _Fault) -> Problem:
    """Return the problem that a fault is."""
    path = fault.path
    name = next((str(key) for key in reversed(fault.path) if isinstance(key, str)), "this")
    if fault.kind.startswith("HW"):
        return document.problem(fault.kind, path, fault.context["message"], fault.context["hint"], key=fault.is_key)
    if fault.kind == "extra_forbidden":
        return _unknown_key(document, path, _keys_at(schema, fault.path[:-1]))
    if fault.kind == "missing":
        return _missing_key(document, path, fault)
    if fault.kind in ("enum", "literal_error"):
        return _not_a_choice(document, path, fault, name)
    if fault.kind in ("tuple_type", "list_type"):
        message = f"`{name}` is a list, and here is {_describe(fault.value)}."
        return document.problem("HW123", path, message, "Start each entry with `- `, or write [one, two].")
    if fault.kind in ("model_type", "dict_type", "mapping_type", "model_attributes_type"):
        message = f"Keys with values are expected in `{name}`, and here is {_describe(fault.value)}."
        return document.problem("HW124", path, message, _name_keys(_keys_at(schema, fault.path)))
    message = f"`{name}` cannot hold {_describe(fault.value)}."
    return document.problem("HW122", path, message, "Write one value as text.", key=fault.is_key)


def _unknown_key(document: YamlDocument, path: Keys, known: tuple[str, ...]) -> Problem:
    written = str(path[-1])
    near = find_nearest_key(written, known)
    hint = f"Did you mean `{near}`?" if near else _name_keys(known)
    return document.problem("HW120", path, f"`{shorten(written)}` is not a key that is known here.", hint, key=True)


def _missing_key(document: YamlDocument, path: Keys, fault: _Fault) -> Problem:
    name, holder = path[-1], next((str(key) for key in reversed(path[:-1]) if isinstance(key, str)), None)
    if path in document.key_spans:
        return document.problem("HW121", path, f"`{name}` is empty.", "Write its value after the colon.", key=True)
    if len(path) > 1 and isinstance(path[-2], int):
        where = f"in this entry of `{holder}`"
    else:
        where = f"in `{holder}`" if holder else "in this file"
    return document.problem("HW121", path[:-1], f"`{name}` is missing {where}.", f"Add a line `{name}: ...`.")


def _not_a_choice(document: YamlDocument, path: Keys, fault: _Fault, name: str) -> Problem:
    choices = re.findall(r"'([^']*)'", str(fault.context.get("expected", "")))
    listed = ", ".join(choices)
    if not isinstance(fault.value, str):
        message = f"`{name}` is one of {listed}, and here is {_describe(fault.value)}."
        return document.problem("HW125", path, message, "Write one of them.")
    folded = {choice.casefold(): choice for choice in choices}
    near = get_close_matches(fault.value[:80].strip().casefold(), folded, 1, 0.6)
    hint = f"Did you mean `{folded[near[0]]}`?" if near else "Write one of them."
    message = f"`{name}` is `{shorten(fault.value)}`: it must be one of {listed}."
    return document.problem("HW125", path, message, hint)


def _describe(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    return f"`{shorten(str(value))}`"


def _name_keys(keys: tuple[str, ...]) -> str:
    return f"Known here: {', '.join(keys)}." if keys else "Write `key: value`."


def _keys_of(schema: type[BaseModel]) -> tuple[str, ...]:
    return tuple(field.alias or name for name, field in schema.model_fields.items())


def _keys_at(schema: type[BaseModel], path: Keys) -> tuple[str, ...]:
    """Return the keys that a mapping at that path may have; none where it may have any."""
    kind: Any = schema
    for key in path:
        kind = _kind_within(kind, key)
    found = _unwrap(kind)
    return _keys_of(found) if isinstance(found, type) and issubclass(found, BaseModel) else ()


def _kind_within(kind: Any, key: str | int) -> Any:
    found = _unwrap(kind)
    if isinstance(found, type) and issubclass(found, BaseModel):
        fields = {field.alias or name: field for name, field in found.model_fields.items()}
        return fields[str(key)].annotation if str(key) in fields else None
    arguments = get_args(found)
    if not arguments:
        return None
    return arguments[0] if isinstance(key, int) else arguments[-1]


def _unwrap(kind: Any) -> Any:
    """Return a type without Annotated and without its None."""
    while get_origin(kind) in (Annotated, Union, UnionType):
        kind = next(argument for argument in get_args(kind) if argument is not type(None))
    return kind
