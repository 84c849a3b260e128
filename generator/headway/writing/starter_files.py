"""Starter files: everything that `headway init` writes, from the templates that come with Headway.

An example partnership stands for the first one where no people are named; it can be deleted as it is.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from headway.bundled import read_template
from headway.writing.changes import Change
from headway.writing.naming import propose_partnership_id, propose_person_id, propose_project
from headway.writing.schemas import NAMES, files_of_schemas, render_schema
from headway.writing.yaml_values import Value, render_block, render_scalar

HOSTS = ("github", "gitlab", "netlify", "cloudflare", "server", "none")
SCHEMAS = ".schemas"
"""The folder of a program that holds the schemas for its editors."""

_EXAMPLE = ("Ada Byron", "Grace Brewster")
_PLAIN = {
    ".gitignore": "gitignore",
    ".pre-commit-config.yaml": "pre-commit-config.yaml",
    ".vscode/extensions.json": "vscode-extensions.json",
}
_WORKFLOWS = {
    "github": (".github/workflows/site.yaml", ("github-build.yaml", "github-pages.yaml")),
    "gitlab": (".gitlab-ci.yml", ("gitlab-ci.yaml",)),
    "netlify": ("netlify.toml", ("netlify.toml",)),
    "cloudflare": (".github/workflows/site.yaml", ("github-build.yaml", "github-cloudflare.yaml")),
    "server": ("publish.sh", ("publish.sh",)),
}
"""What builds and publishes the site, by host: the file, and the templates it is put together from."""

_WORKFLOW_WORDS = {
    "github": {"place": "GitHub Pages", "once": "Settings > Pages > Build and deployment > Source: GitHub Actions"},
    "cloudflare": {
        "place": "Cloudflare Pages",
        "once": "Settings > Secrets and variables > Actions: CLOUDFLARE_API_TOKEN and CLOUDFLARE_ACCOUNT_ID",
    },
}


class NewProgram(Struct, frozen=True):
    """What somebody answered: names as they are written, ``people`` of the first partnership, if any."""

    name: str
    timezone: str
    host: str
    audience: str
    version: str
    today: date
    people: tuple[str, ...] = ()
    url: str = ""
    repository: str = ""


def plan_program_files(new: NewProgram) -> tuple[Change, ...]:
    """Return every file of a new program; which of them stand there already is not looked at."""
    names = new.people or _EXAMPLE
    ids: list[str] = []
    for name in names:
        ids.append(propose_person_id(name, ids) or f"person-{len(ids) + 1}")
    partnership = propose_partnership_id(ids)
    files = {path: read_template(template) for path, template in _PLAIN.items()}
    files["headway.yaml"] = _fill("headway.yaml", _settings(new))
    files["requirements.txt"] = _fill("requirements.txt", {"version": new.version})
    files["CONTRIBUTING.md"] = _fill(
        "CONTRIBUTING.md",
        {
            "program": " ".join(new.name.split()),
            "partnership": partnership,
            "person": names[0].split()[0],
            "handle": ids[-1],
            "today": new.today.isoformat(),
            "due": (new.today + timedelta(days=14)).isoformat(),
        },
    )
    if new.host in _WORKFLOWS:
        path, templates = _WORKFLOWS[new.host]
        words = {**_WORKFLOW_WORDS.get(new.host, {}), "project": propose_project(new.name)}
        files[path] = "".join(_fill(template, words) for template in templates)
    files |= _editor_files()
    files |= _partnership_files(new, partnership, list(zip(ids, names, strict=True)))
    return tuple(Change(path, None, text.encode()) for path, text in sorted(files.items()))


def render_yaml(values: dict[str, Value], schema: str, path: str, note: str = "") -> str:
    """Return a YAML file's text, with the line that tells an editor its schema; ``path`` is the file's."""
    up = "../" * path.count("/")
    head = [f"# yaml-language-server: $schema={up}{SCHEMAS}/{schema}.json"] if schema else []
    head += [f"# {line}" for line in note.split("\n") if line]
    return "".join(f"{line}\n" for line in (*head, *render_block(values)))


def _settings(new: NewProgram) -> dict[str, str]:
    """Return the words for headway.yaml; a setting that nobody gave stands there as an explanation."""
    repository = new.repository and f"repository: {render_scalar(new.repository, in_flow=False)}"
    url = new.url and f"url: {render_scalar(new.url, in_flow=False)}"
    return {
        "program": render_scalar(new.name, in_flow=False),
        "timezone": render_scalar(new.timezone, in_flow=False),
        "audience": new.audience,
        "repository": repository or "# repository: https://github.com/example/mentoring",
        "url": url or "# url: https://mentoring.example.org/",
    }


def _fill(template: str, words: dict[str, str]) -> str:
    text = read_template(template)
    for name, value in words.items():
        text = text.replace("{{ " + name + " }}", value)
    return text


def _editor_files() -> dict[str, str]:
    schemas = {f"{SCHEMAS}/{name}.json": render_schema(name) for name in NAMES}
    by_file = {f"./{SCHEMAS}/{name}.json": pattern for name, pattern in files_of_schemas().items()}
    settings = {"yaml.schemas": by_file, "files.associations": {"*.md": "markdown"}, "editor.wordWrap": "on"}
    return {**schemas, ".vscode/settings.json": json.dumps(settings, indent=2) + "\n"}


def _partnership_files(new: NewProgram, partnership: str, people: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return the files of the people and of their partnership, with one goal of the first of them."""
    files = {}
    is_example = not new.people
    note = "An example: delete this file, and content/partnerships/" + partnership + "/, whenever you like."
    for id_, name in people:
        path = f"content/people/{id_}.yaml"
        files[path] = render_yaml({"name": name}, "person", path, note if is_example else "")
    folder = f"content/partnerships/{partnership}"
    roles = ["mentee", *["mentor"] * (len(people) - 1)] if len(people) > 1 else ["member"]
    members = [{"person": id_, "role": role} for (id_, _), role in zip(people, roles, strict=True)]
    path = f"{folder}/partnership.yaml"
    kind = "mentoring" if len(people) > 1 else "solo"
    agreement: dict[str, Value] = {
        "feedback": "in the last five minutes of every meeting, both ways",
        "review_on": new.today + timedelta(weeks=8),
        "agreed": dict.fromkeys((id_ for id_, _ in people), new.today),
    }
    values: dict[str, Value] = {"kind": kind, "members": members}
    if is_example:
        values |= {"purpose": "To show what a partnership looks like here", "agreement": agreement}
        files[f"{folder}/goals.yaml"] = _example_goals(new.today, people[0][0], f"{folder}/goals.yaml")
        text = "# First meeting\n\nWin: we have begun.\n\n## Next steps\n\n- [ ] "
        who = people[0][1].split()[0]
        due = (new.today + timedelta(days=14)).isoformat()
        files[f"{folder}/meetings/{new.today.isoformat()}.md"] = f"{text}{who}: write three sentences by {due}\n"
    files[path] = render_yaml(
        values, "partnership", path, "Delete this folder whenever you like." if is_example else ""
    )
    return files


def _example_goals(today: date, owner: str, path: str) -> str:
    milestones: list[Value] = [
        {"title": "Write the abstract", "size": "S", "due": today + timedelta(days=21)},
        {"title": "Rehearse", "size": "L", "due": today + timedelta(days=70)},
    ]
    goal: dict[str, Value] = {
        "id": "speak",
        "title": "Give a talk at a local meetup",
        "owner": owner,
        "why": "I want my work to be heard",
        "measure": "talk given, and two pieces of feedback collected",
        "due": today + timedelta(days=90),
        "milestones": milestones,
    }
    return render_yaml({"goals": [goal]}, "goals", path)
