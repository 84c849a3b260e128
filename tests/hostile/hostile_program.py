"""Programs with one text in every place where people write, and the command that reads them."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result
from inert import SITE

from headway.cli import headway


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(headway, [str(argument) for argument in arguments], catch_exceptions=False)


def program_with(texts: tuple[str, ...]) -> str:
    """Return a program with each text in every field of a partnership, of its people and of its notes."""
    parts = [
        "--- headway.yaml\n" + json.dumps({
            "program": texts[0], "today": "2026-05-20", "date_order": "dmy",
            "site": {"audience": "partners", "url": SITE},
            "terms": {"mentee": texts[0][:40], "partnership": texts[-1][:40]},
            "cohorts": [{"id": f"c{i}", "name": text} for i, text in enumerate(texts)],
        }) + "\n"
    ]  # fmt: skip
    for i, text in enumerate(texts):
        people = {"mentee": f"a{i}", "mentor": f"b{i}"}
        for person in people.values():
            fields = ("pronouns", "affiliation", "bio", "country")
            lists = ("strengths", "growing", "needs", "offers", "availability", "aliases")
            parts.append(f"--- content/people/{person}.yaml\n" + json.dumps({
                "name": text, **dict.fromkeys(fields, text), **{key: [text] for key in lists},
                "obstacles": [{"kind": "excuse", "what": text, "counter": text}],
                "links": {text[:80]: "https://a.example/?'onclick='x"},
            }) + "\n")  # fmt: skip
        folder = f"content/partnerships/p{i}"
        parts.append(f"--- {folder}/partnership.yaml\n" + json.dumps({
            "title": text, "cohort": f"c{i}", "purpose": text, "status": "paused", "reason": text,
            "start": "2026-01-01",
            "members": [{"person": person, "role": role} for role, person in people.items()],
            "agreement": {
                **dict.fromkeys(("medium", "feedback", "success", "confidentiality", "ending"), text),
                "responsibilities": {"mentor": [text], "mentee": [text]}, "agreed": {f"a{i}": "2026-01-02"},
            },
        }) + "\n")  # fmt: skip
        parts.append(f"--- {folder}/goals.yaml\n" + json.dumps({"goals": [{
            "id": "g", "owner": f"a{i}", "area": [text], **dict.fromkeys(("title", "why", "measure", "lesson"), text),
            "milestones": [
                {"title": text, "size": "L", "steps": [{"title": text}]},
                {"title": text, "done": "2026-02-02", "celebrated": text},
            ],
            "reframed": [{"on": "2026-03-01", "was": text, "why": text}],
        }]}) + "\n")  # fmt: skip
        parts.append(
            f"--- {folder}/meetings/2026-02-02.md\n# {text}\n\nPresent: {text}, {text}\n\n{text}\n\n> {text}\n\n"
            f"`{text}`\n\n"
            f"## Tasks\n- {text}\n- @a{i}: {text}\n- [x] {text}\n\nWin: {text}\n\nThanks @b{i}: {text}\n\n{text}\n"
        )
        parts.append(f"--- {folder}/journal/2026-02-03.md\n{text}\n")
        parts.append(f"--- {folder}/logbook.md\n{text}\n\n## 2026-03-0{i % 9 + 1} {text}\n\n{text}\n")
    return "".join(parts)
