"""What `status` and `export` print for an audience names nobody and no day that it may not see."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from headway.cli import headway

FILES = {
    "headway.yaml": "program: P\ntoday: 2026-05-20\nvisibility: {meetings: public, people: public, goals: public}\n",
    "content/people/zorana.yaml": "name: Zorana Quill\nvisibility: private\n",
    "content/people/ben.yaml": "name: Ben Reed\n",
    "content/partnerships/pier/partnership.yaml": (
        "kind: peer\nvisibility: public\nstart: 2026-05-01\n"
        "members: [{person: zorana, role: peer}, {person: ben, role: peer}]\n"
    ),
    "content/partnerships/pier/goals.yaml": (
        "goals:\n  - {id: zorana-speaks, title: Speak, owner: ben, area: as Zorana does, details: public}\n"
        "  - {id: inner, title: Inner, owner: ben, due: 2026-05-22, visibility: private}\n"
    ),
    "content/partnerships/pier/meetings/2026-05-18-zorana.md": (
        "---\ndate: 2026-05-18\ngoals: [zorana-speaks]\n---\n# Together\n\n## Tasks\n\n- [ ] look at it\n"
    ),
}


@pytest.fixture
def program(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("command", [["status", "--format", "json"], ["export", "--format", "json"]])
def test_ids_paths_and_areas_tell_no_hidden_name(
    program: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.chdir(program)
    said = CliRunner().invoke(headway, [*command, "--audience", "public"])
    assert said.exit_code == 0, said.output
    assert "pier" in said.output
    assert "zorana" not in said.output.lower()


def test_the_numbers_tell_no_day_of_a_withheld_plan(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(program)
    said = CliRunner().invoke(headway, ["status", "--format", "json", "--audience", "public"])
    assert '"fresh_until": null' in said.output
    assert "The last meeting was kept on" in said.output
