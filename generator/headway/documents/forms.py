"""Forms: what a mapping in a YAML file may hold, said by the types of a struct's fields.

A value is a text that somebody can read (`Scalar`), one of some words, another form, or a list or a mapping of these.
`kind_of` tells which a type says; ``| None`` adds nothing: what is left empty is as if it were not there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from functools import cache
from types import UnionType
from typing import Annotated, Any, ClassVar, Literal, Union, get_args, get_origin

from msgspec import Struct, field
from msgspec.structs import FieldInfo, fields


class Form(Struct, frozen=True, omit_defaults=True):
    """What one YAML file, or a mapping in it, may hold. Its keys are its fields, by their names in files."""

    is_open: ClassVar[bool] = False
    """Whether keys that it does not know are kept and harmless; else they are refused."""


class MisreadError(ValueError):
    """What is wrong with one text, where its kind has more to say than one code and one remedy."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.hint = code, hint


class Scalar(Struct, frozen=True, eq=False):
    """A text without the space around it. ``read`` raises ValueError with a sentence for its author.

    ``code`` and ``hint`` are the problem's and its remedy; ``schema`` is what editors are told of it (JSON Schema).
    """

    read: Callable[[str], object]
    code: str = ""
    hint: str = ""
    schema: Mapping[str, Any] = field(default_factory=dict)


class Choice(Struct, frozen=True):
    """One of these words, with the value of each. ``name`` is that of their type, where it has one."""

    values: Mapping[str, object]
    name: str = ""


class Entries(Struct, frozen=True):
    """A list of one kind; ``spread`` makes one of what may be written shorter, which ``schema`` tells editors."""

    each: Kind
    spread: Callable[[object], object] | None = None
    schema: Mapping[str, Any] = field(default_factory=dict)


class Keyed(Struct, frozen=True):
    """A mapping from any keys to values of one kind."""

    each: Kind


Kind = Scalar | Choice | Entries | Keyed | type[Form]


class Spread(Struct, frozen=True, eq=False):
    """Stands beside a list's type: how it may be written shorter."""

    spread: Callable[[object], object]
    schema: Mapping[str, Any] = field(default_factory=dict)


class Without(Struct, frozen=True, eq=False):
    """Stands beside an enumeration: which of its words is never written."""

    derived: str


class Place(Struct, frozen=True):
    """A key of a form: the field that it fills, and what may stand there."""

    field: FieldInfo
    kind: Kind

    @property
    def name(self) -> str:
        return self.field.name

    @property
    def is_required(self) -> bool:
        return self.field.required


@cache
def places_of(form: type[Form]) -> Mapping[str, Place]:
    """Return what a form may hold, by the keys that files use."""
    return {each.encode_name: Place(each, kind_of(each.type)) for each in fields(form)}


def kind_of(written: Any) -> Kind:
    """Return what may stand where a field has that type; TypeError where a file could not say it."""
    origin, given = get_origin(written), get_args(written)
    if origin is Annotated:
        return _annotated(*given)
    if origin in (Union, UnionType):
        return kind_of(next(kind for kind in given if kind is not type(None)))
    if origin is tuple:
        return Entries(kind_of(given[0]))
    if origin in (Mapping, dict):
        return Keyed(kind_of(given[1]))
    if origin is Literal:
        return Choice({word: word for word in given})
    if isinstance(written, type) and issubclass(written, Enum):
        return Choice({each.value: each for each in written}, written.__name__)
    if isinstance(written, type) and issubclass(written, Form):
        return written
    raise TypeError(f"no YAML file can say a {written!r}")


def _annotated(written: Any, mark: object) -> Kind:
    if isinstance(mark, Scalar):
        return mark
    kind = kind_of(written)
    if isinstance(mark, Spread) and isinstance(kind, Entries):
        return Entries(kind.each, mark.spread, mark.schema)
    if isinstance(mark, Without) and isinstance(kind, Choice):
        return Choice({word: value for word, value in kind.values.items() if word != mark.derived})
    raise TypeError(f"{mark!r} says nothing of a {written!r}")
