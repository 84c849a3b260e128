"""The documentation says what is true: the list of codes is made from the catalogue, the README's programs build."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from headway.catalogue import CODES
from headway.cli import headway


def test_the_list_of_problems_is_made_from_the_catalogue(starter: Path, expect: Callable[[Path, str], None]) -> None:
    lines = ["# Problems", "", "Made from the catalogue; `headway explain CODE` tells more of each.", ""]
    lines += ["| code | severity | what it is |", "|---|---|---|"]
    place = "../generator/headway/explanations"
    lines += [f"| [{code}]({place}/{code}.md) | {c.severity} | {c.title} |" for code, c in sorted(CODES.items())]
    expect(starter / "docs/problems.md", "\n".join(lines) + "\n")


def test_the_program_of_five_minutes_builds(starter: Path, tmp_path: Path) -> None:
    readme = (starter / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^ *```(yaml|markdown)\n(.*?)^ *```$", readme, re.M | re.S)
    texts = [re.sub(r"(?m)^   ", "", text) for _, text in blocks[:5]]
    settings, person, partnership, goals, note = texts
    program = tmp_path / "program"
    folder = program / "content/partnerships/ada-grace"
    (folder / "meetings").mkdir(parents=True)
    (program / "content/people").mkdir()
    (program / "headway.yaml").write_text(settings)
    (program / "content/people/ada.yaml").write_text(person)
    (program / "content/people/grace.yaml").write_text(person.replace("Ada Byron", "Grace Brewster"))
    (folder / "partnership.yaml").write_text(partnership)
    (folder / "goals.yaml").write_text(goals)
    (folder / "meetings/2026-02-16.md").write_text(note)
    result = CliRunner().invoke(headway, ["-C", str(program), "build", "--strict", "--today", "2026-03-01"])
    assert result.exit_code == 0, result.output
    page = (program / "site/partnerships/ada-grace/index.html").read_text()
    for words in ("Give a talk at a local meetup", "send the abstract", "Grace Brewster"):
        assert words in page


def test_the_notation_by_example_is_read_as_it_says(starter: Path, tmp_path: Path) -> None:
    readme = (starter / "README.md").read_text(encoding="utf-8")
    example = re.findall(r"^```markdown\n(.*?)^```$", readme, re.M | re.S)[0]
    note = re.sub(r"(?m) +<- .*$", "", example)
    folder = tmp_path / "content/partnerships/ada-grace"
    (folder / "meetings").mkdir(parents=True)
    (tmp_path / "content/people").mkdir()
    (tmp_path / "headway.yaml").write_text("program: P\ntoday: 2026-02-20\ndefaults: {length: 45 minutes}\n")
    for person in ("ada", "grace"):
        (tmp_path / f"content/people/{person}.yaml").write_text(f"name: {person.title()}\n")
    (folder / "partnership.yaml").write_text(
        "start: 2026-02-02\nmembers: [{person: ada, role: mentee}, {person: grace, role: mentor}]\n"
    )
    (folder / "meetings/notes.md").write_text(note)
    result = CliRunner().invoke(headway, ["-C", str(tmp_path), "export"])
    import json

    [meeting] = json.loads(result.stdout)["partnerships"][0]["meetings"]
    assert (meeting["date"], meeting["status"], meeting["minutes"]) == ("2026-02-16", "shortened", 25)
    assert (meeting["attendees"], meeting["guests"]) == (["ada", "grace"], ["Mr. Babbage"])
    assert meeting["next"] == "2026-03-02"
    assert [(t["text"], t["owner"], t["due"], t["done"]) for t in meeting["tasks"]] == [
        ("send the abstract", "ada", None, True),
        ("find a projector", "grace", "2026-03-01", False),
        ("rehearse", "all", "2026-03-02", False),
        ("book the room", None, None, False),
        ("write the slides", "ada", "2026-03-10", False),
    ]
    assert [mark["kind"] for mark in meeting["marks"]] == ["win", "thanks", "decision", "feedback"]
