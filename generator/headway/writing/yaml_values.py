"""Values as YAML: plain where that is safe for every reader, quoted elsewhere; in one line or in a block.

What is written reads back as the same text; that is tried before it is used.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

import yaml

from headway.documents.yaml import FORBIDDEN, LOADER
from headway.patterns import compile_late

Value: TypeAlias = "str | int | date | Sequence[Value] | Mapping[str, Value]"
"""Text, a whole number, a day, a list or a mapping."""

_RESOLVER: Any = yaml.resolver.Resolver()
_TIME = compile_late(r"\d{1,2}:\d\d")
"""A time of day, which YAML 1.1 took for a number to the base of sixty."""
_WIDTH = 100
"""Columns of a list or mapping that is written in one line at most."""


def as_written(value: Value) -> Any:
    """Return the value as Headway reads it from a file: all scalars are text."""
    if isinstance(value, Mapping):
        return {key: as_written(entry) for key, entry in value.items()}
    if isinstance(value, str):
        return _one_line(value)
    if isinstance(value, Sequence):
        return [as_written(entry) for entry in value]
    return str(value)


def render_scalar(value: str | int | date, *, in_flow: bool) -> str:
    """Return a scalar as it may stand behind a colon, or with ``in_flow`` between brackets too."""
    if not isinstance(value, str):
        return str(value)
    text = _one_line(value)
    kind = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))
    is_text = kind == "tag:yaml.org,2002:str" or _TIME.fullmatch(text) is not None
    single = "'" + text.replace("'", "''") + "'"
    candidates = [text, single] if is_text else [single]
    for candidate in candidates:
        if _reads_as(f"{{a: {candidate}, b: 1}}" if in_flow else f"a: {candidate}\nb: 1\n", text):
            return candidate
    return json.dumps(text, ensure_ascii=False)


def render_flow(value: Value) -> str:
    """Return a value in one line: ``{title: Rehearse, size: L}``."""
    if isinstance(value, Mapping):
        return (
            "{" + ", ".join(f"{render_scalar(key, in_flow=True)}: {render_flow(v)}" for key, v in value.items()) + "}"
        )
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(render_flow, value)) + "]"
    return render_scalar(value, in_flow=True)


def render_block(value: Value, list_indent: int = 2) -> list[str]:
    """Return a value's lines, lists standing in by ``list_indent`` columns; small mappings in lists stay in a line."""
    lines: list[str] = []
    if isinstance(value, Mapping):
        for key, entry in value.items():
            name = render_scalar(key, in_flow=False)
            if not isinstance(entry, Mapping | list | tuple):
                lines.append(f"{name}: {render_scalar(entry, in_flow=False)}")  # type: ignore[arg-type]
            elif _is_small(entry):
                lines.append(f"{name}: {render_flow(entry)}")
            else:
                margin = " " * (2 if isinstance(entry, Mapping) else list_indent)
                lines += [f"{name}:", *(margin + line for line in render_block(entry, list_indent))]
        return lines
    if isinstance(value, Sequence) and not isinstance(value, str):
        for entry in value:
            inner = [render_flow(entry)] if _is_small(entry) else render_block(entry, list_indent)
            lines += [f"- {inner[0]}", *(f"  {line}" for line in inner[1:])]
        return lines
    return [render_scalar(value, in_flow=False)]


def _is_small(value: Value) -> bool:
    """Whether a value reads better in one line: no mapping in it, and not long."""
    if not isinstance(value, Mapping | list | tuple):
        return True
    entries = value.values() if isinstance(value, Mapping) else value
    is_deep = any(isinstance(entry, Mapping | list | tuple) for entry in entries)
    will_grow = isinstance(value, Mapping) and "id" in value and "title" in value  # a goal
    return not is_deep and not will_grow and len(render_flow(value)) <= _WIDTH


def _one_line(text: str) -> str:
    """Return a text without line breaks and without what no text may hold."""
    return FORBIDDEN.sub("", " ".join(text.split()))


def _reads_as(document: str, text: str) -> bool:
    try:
        scalars = [event for event in yaml.parse(document, Loader=LOADER) if isinstance(event, yaml.ScalarEvent)]
    except (yaml.YAMLError, ValueError):
        return False
    return len(scalars) == 4 and scalars[1].value == text and scalars[1].anchor is None and scalars[1].tag is None
