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

from pydantic import BaseModel

from headway.documents.matter import NoteMatter
from headway.model.fields import Document
from headway.model.goals import GoalPlan
from headway.model.partnership import PartnershipFile
from headway.model.person import Person
from headway.model.program import Program

_SCHEMAS: dict[str, tuple[type[BaseModel], str, str]] = {
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

_NOTE_WORDS = {
    "title": "The note's title; else its first heading, else its day.",
    "date": "The day of the meeting; else the file's name says it, else the text.",
    "time": "The time of day, as 17:00.",
    "minutes": "How many minutes it took.",
    "planned_minutes": "How many minutes were planned.",
    "status": "What came of it; held where nothing is said. A shortened meeting counts as kept.",
    "notice": "How long before it was moved or cancelled, as 30 hours.",
    "attendees": "Who was there, as ids or names.",
    "absent": "Who was missing.",
    "kind": "meeting, experience (something shared beyond the meetings), review or journal.",
    "goals": "The goals it was about, by id.",
    "energy": "How much energy each had, from 1 to 5; for the partners only, always.",
    "next": "The next meeting's day, with its time if there is one: 2026-03-02T17:00.",
    "visibility": "Who may see this note.",
    "author": "Who wrote it; for journals.",
}
"""What an editor shows for the keys of front matter, whose model belongs to the reader of notes."""


_NAMES_OF_PEOPLE = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": ["string", "number"]}}]}
_NOTE_KINDS: dict[str, dict[str, Any]] = {
    "title": {"type": ["string", "number"]},
    "minutes": {"type": ["integer", "string"]},
    "planned_minutes": {"type": ["integer", "string"]},
    "notice": {"type": "string"},
    "attendees": _NAMES_OF_PEOPLE,
    "absent": _NAMES_OF_PEOPLE,
    "goals": _NAMES_OF_PEOPLE,
}
"""What may be written for keys of front matter where that is more than what the model makes of it."""


def files_of_schemas() -> dict[str, str]:
    """Return which files each schema is for, as a pattern from the program's root."""
    return {name: pattern for name, (_, pattern, _) in _SCHEMAS.items() if pattern}


def render_schema(name: str) -> str:
    """Return the schema of that name (one of `NAMES`) as JSON, ending in a line break."""
    model, pattern, words = _SCHEMAS[name]
    schema = model.model_json_schema(by_alias=True)
    if model is NoteMatter:
        for key, description in _NOTE_WORDS.items():
            written = _NOTE_KINDS.get(key, schema["properties"][key])
            schema["properties"][key] = {**written, "description": description}
    parts = {model.__name__: schema, **schema.get("$defs", {})}
    models = {each.__name__: each for each in (model, *Document.__subclasses__())}
    for part_name, part in parts.items():
        for key, said in _docstrings_of(models[part_name]).items() if part_name in models else ():
            part["properties"][key]["description"] = said
        _tidy(part)
    title = f"Headway: {pattern or 'front matter of notes'}"
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, "description": words}
    return (
        json.dumps({**head, **{k: v for k, v in schema.items() if k not in head}}, indent=2, ensure_ascii=False) + "\n"
    )


def _docstrings_of(model: type[BaseModel]) -> dict[str, str]:
    """Return what the docstrings below a model's attributes say, by the keys that its files use.

    Read from the source here and not by pydantic, which would read it whenever a model is made.
    """
    [body] = ast.parse(dedent(inspect.getsource(model))).body
    found = {}
    statements = body.body if isinstance(body, ast.ClassDef) else []
    for attribute, below in pairwise(statements):
        match attribute, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(said))):
                found[model.model_fields[name].alias or name] = " ".join(said.split()).replace("``", "`")
    return found


def _tidy(schema: dict[str, Any]) -> None:
    """Take out what tells an author nothing, and let what is optional stand there empty, as the reader does."""
    schema.pop("title", None)
    if "enum" in schema:
        schema.pop("description", None)
    for key, part in schema.get("properties", {}).items():
        part.pop("title", None)
        if part.get("default", ...) in (None, (), []):
            part.pop("default", None)
        if key not in schema.get("required", ()) and {"type": "null"} not in part.get("anyOf", ()):
            words = {k: part.pop(k) for k in ("description", "default") if k in part}
            schema["properties"][key] = {"anyOf": [dict(part), {"type": "null"}], **words}
