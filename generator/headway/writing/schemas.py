"""JSON Schemas of the files that people write, for editors: what may stand where, and what it means.

Made from the models, whose attributes' docstrings are what an editor shows beside a key. What a schema cannot say,
as that an id names somebody who exists, `headway check` says.
"""

from __future__ import annotations

import ast
import inspect
import json
from itertools import pairwise
from textwrap import dedent
from typing import Any

from msgspec import NODEFAULT, to_builtins

from headway.documents.forms import Choice, Entries, Form, Keyed, Kind, Place, Scalar, places_of
from headway.documents.matter import NoteMatter
from headway.model.goals import GoalPlan
from headway.model.partnership import PartnershipFile
from headway.model.person import Person
from headway.model.program import Program

_SCHEMAS: dict[str, tuple[type[Form], str, str]] = {
    "program": (
        Program,
        "headway.yaml",
        "The program: its name, its cohorts and what holds in all of it.",
    ),
    "person": (Person, "content/people/*.yaml", "A person; the file's name is the id."),
    "partnership": (
        PartnershipFile,
        "content/partnerships/*/partnership.yaml",
        "A partnership: who, since when, and what was agreed.",
    ),
    "goals": (GoalPlan, "content/partnerships/*/goals.yaml", "The goal plan of a partnership."),
    "note": (NoteMatter, "", "The front matter of a note: of a meeting, or of a journal. All of it is optional."),
}

NAMES = tuple(_SCHEMAS)
"""The schemas by name; `note` is for front matter, which has no file of its own."""


def files_of_schemas() -> dict[str, str]:
    """Return which files each schema is for, as a pattern from the program's root."""
    return {name: pattern for name, (_, pattern, _) in _SCHEMAS.items() if pattern}


def render_schema(name: str) -> str:
    """Return the schema of that name (one of `NAMES`) as JSON, ending in a line break."""
    form, pattern, words = _SCHEMAS[name]
    parts: dict[str, Any] = {}
    whole = _describe_form(form, parts)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Headway: {pattern or 'front matter of notes'}",
        "description": words,
        **({"$defs": dict(sorted(parts.items()))} if parts else {}),
    }
    schema = {**head, **whole, "description": words}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _describe_form(form: type[Form], parts: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a form; ``parts`` gets those that it refers to, by their names."""
    said, places = _docstrings_of(form), places_of(form)
    required = [key for key, place in places.items() if place.is_required]
    return {
        **({"description": " ".join(form.__doc__.split()).replace("``", "`")} if form.__doc__ else {}),
        "type": "object",
        "additionalProperties": form.is_open,
        "properties": {key: _describe_place(place, said.get(place.name, ""), parts) for key, place in places.items()},
        **({"required": required} if required else {}),
    }


def _describe_place(place: Place, said: str, parts: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a key; what is optional may stand there empty, as the reader has it."""
    kind = _describe(place.kind, parts)
    if place.is_required:
        return {**kind, "description": said}
    default = place.field.default
    is_told = default is not NODEFAULT and not isinstance(default, Form) and default not in (None, ())
    return {
        "anyOf": [kind, {"type": "null"}],
        "description": said,
        **({"default": to_builtins(default)} if is_told else {}),
    }


def _describe(kind: Kind, parts: dict[str, Any]) -> dict[str, Any]:
    match kind:
        case Scalar():
            return dict(kind.schema)
        case Choice(name=""):
            return {"type": "string", "enum": list(kind.values)}
        case Choice():
            parts[kind.name] = {"type": "string", "enum": list(kind.values)}
            return {"$ref": f"#/$defs/{kind.name}"}
        case Entries():
            each = _describe(kind.each, parts)
            whole = {"type": "array", "items": each}
            return dict(kind.schema) or ({"anyOf": [each, whole]} if kind.spread else whole)
        case Keyed():
            return {"type": "object", "additionalProperties": _describe(kind.each, parts)}
        case _:
            parts[kind.__name__] = _describe_form(kind, parts)
            return {"$ref": f"#/$defs/{kind.__name__}"}


def _docstrings_of(form: type[Form]) -> dict[str, str]:
    """Return what the docstrings below a form's fields say, by the fields' names."""
    [body] = ast.parse(dedent(inspect.getsource(form))).body
    found = {}
    for attribute, below in pairwise(body.body if isinstance(body, ast.ClassDef) else ()):
        match attribute, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(said))):
                found[name] = " ".join(said.split()).replace("``", "`")
    return found
