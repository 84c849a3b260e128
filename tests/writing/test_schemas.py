"""The schemas allow what Headway reads and refuse what it refuses, and explain every key."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from headway.cli import headway
from headway.documents.frontmatter import parse_front_matter
from headway.writing.schemas import NAMES, files_of_schemas, render_schema


class Core(yaml.SafeLoader):
    """YAML 1.2's core schema, as editors read it: only true and false are booleans, days are text."""


Core.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?[0-9]+\.[0-9]+$", "-+0123456789"),
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))


def validator(name: str) -> Any:
    schema = json.loads(render_schema(name))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("name", files_of_schemas())
def test_every_file_of_the_starter_fits_its_schema(starter: Path, name: str) -> None:
    check, paths = validator(name), sorted(starter.glob(files_of_schemas()[name]))
    assert paths
    for path in paths:
        errors = [error.message for error in check.iter_errors(yaml.load(path.read_text(), Core))]
        assert not errors, path


def test_front_matter_of_the_starter_fits_its_schema(starter: Path) -> None:
    check, seen = validator("note"), 0
    for path in starter.glob("content/partnerships/**/*.md"):
        text = path.read_text()
        if parse_front_matter(text, "x").document is not None:
            seen += 1
            assert not list(check.iter_errors(yaml.load(text.split("---\n")[1], Core))), path
    assert seen > 20


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("program", "program: P\nsite: {audience: private}"),
        ("program", "programme: P"),
        ("person", "pronouns: she/her"),
        ("partnership", "members: [{person: ada, role: boss}]"),
        ("partnership", "status: unknown"),
        ("goals", "goals: [{id: a, title: b, milestones: [{title: c, size: XL}]}]"),
        ("goals", "goals: [{id: a, title: b, progress: many}]"),
        ("goals", "goals: [{id: a, title: b, progress: 101}]"),
        ("program", "thresholds: {stalled: 0}"),
        ("person", "name: A\nhelp: advice"),
        ("note", "status: skipped"),
    ],
)
def test_what_headway_refuses_a_schema_refuses(name: str, text: str) -> None:
    assert list(validator(name).iter_errors(yaml.load(text, Core)))


@pytest.mark.parametrize(
    ("name", "text"),
    [("goals", "goals:"), ("person", "name: A\nhelp: coach"), ("person", "name: 007\nstrengths:\ncountry: no")],
)
def test_what_stands_there_empty_or_is_one_word_or_looks_like_a_number_is_fine(name: str, text: str) -> None:
    assert not list(validator(name).iter_errors(yaml.load(text, Core)))


def keys(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for part in (schema, *schema.get("$defs", {}).values()):
        yield from part.get("properties", {}).items()


@pytest.mark.parametrize("name", NAMES)
def test_every_key_is_explained_and_the_published_schema_is_this_one(
    name: str, starter: Path, expect: Callable[[Path, str], None]
) -> None:
    text = render_schema(name)
    for key, part in keys(json.loads(text)):
        assert part.get("description", "").endswith((".", ":")), f"{name}: {key}"
    expect(starter / f"docs/schemas/{name}.json", text)


def test_schemas_are_printed_and_written(tmp_path: Path) -> None:
    assert json.loads(CliRunner().invoke(headway, ["schema", "goals"]).output)["properties"].keys() == {"goals"}
    assert "content/people/*.yaml" in CliRunner().invoke(headway, ["schema"]).output
    for _ in range(2):  # a second time they are made again
        assert CliRunner().invoke(headway, ["schema", "--out", str(tmp_path / "s")]).exit_code == 0
    assert {path.stem for path in (tmp_path / "s").iterdir()} == set(NAMES)
    wrong = CliRunner().invoke(headway, ["schema", "goal"])
    assert (wrong.exit_code, "There is no schema 'goal'" in wrong.output) == (2, True)
