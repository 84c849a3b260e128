"""Links to the repository's web editor: as each host spells them, only for those who may know, never with a name."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from click.testing import CliRunner

from headway.cli import headway

PERSON, PARTNERSHIP = "content/people", "content/partnerships/ada-grace"
NOTE = f"{PARTNERSHIP}/meetings/2026-02-16.md"


def build(root: Path, *options: str, **settings: Any) -> dict[str, tuple[str | None, str | None]]:
    """Return the links to edit and to log on every page, by the page's place."""
    (root / PERSON).mkdir(parents=True, exist_ok=True)
    (root / PARTNERSHIP / "meetings").mkdir(parents=True, exist_ok=True)
    given = {"program": "P", "today": "2026-03-01", "repository": "https://github.com/example/mentoring"} | settings
    (root / "headway.yaml").write_text(yaml.safe_dump(given))
    for person in ("ada", "grace"):
        path = root / PERSON / f"{person}.yaml"
        path.exists() or path.write_text(f"name: {person.title()}\n")
    (root / PARTNERSHIP / "partnership.yaml").write_text(
        "start: 2026-02-02\nmembers: [{person: ada, role: mentee}, {person: grace, role: mentor}]\n"
    )
    (root / PARTNERSHIP / "goals.yaml").write_text("goals: [{id: speak, title: Speak, owner: ada}]\n")
    if not list((root / PARTNERSHIP).glob("*.md")):
        (root / NOTE).write_text("We spoke.\n")
    result = CliRunner().invoke(headway, ["-C", str(root), "build", "--audience", "program", *options])
    assert result.exit_code == 0, result.output
    found = {}
    for page in (root / "site").rglob("index.html"):
        text = page.read_text()
        links = [re.search(rf'<a class="{kind}" href="([^"]*)"', text) for kind in ("edit", "log")]
        edit, log = (link and html.unescape(link[1]) for link in links)
        found[page.parent.relative_to(root / "site").as_posix()] = (edit, log)
    return found


HOSTS = [
    ("https://github.com/a/b", {}, "https://github.com/a/b/edit/main/", "https://github.com/a/b/new/main/"),
    (
        "https://gitlab.com/g/s/b.git",
        {},
        "https://gitlab.com/g/s/b/-/edit/main/",
        "https://gitlab.com/g/s/b/-/new/main/",
    ),
    ("https://codeberg.org/a/b/", {}, "https://codeberg.org/a/b/_edit/main/", "https://codeberg.org/a/b/_new/main/"),
    ("https://forgejo.x.org/a/b", {}, "https://forgejo.x.org/a/b/_edit/main/", "https://forgejo.x.org/a/b/_new/main/"),
    (
        "https://git.x.org/a/b",
        {"host": "gitlab", "branch": "live/one", "folder": "/programs/ours/"},
        "https://git.x.org/a/b/-/edit/live/one/programs/ours/",
        "https://git.x.org/a/b/-/new/live/one/programs/ours/",
    ),
]


@pytest.mark.parametrize(("repository", "editing", "edit", "new"), HOSTS)
def test_each_host_has_its_own_links(
    tmp_path: Path, repository: str, editing: dict[str, str], edit: str, new: str
) -> None:
    links = build(tmp_path, repository=repository, editing=editing)
    place = "partnerships/ada-grace"
    assert links[place][0] == f"{edit}{PARTNERSHIP}/partnership.yaml"
    assert links[f"{place}/agreement"][0] == f"{edit}{PARTNERSHIP}/partnership.yaml"
    assert links[f"{place}/goals"][0] == links[f"{place}/goals/speak"][0] == f"{edit}{PARTNERSHIP}/goals.yaml"
    assert links[f"{place}/meetings/2026-02-16"] == (f"{edit}{NOTE}", None)
    assert links[f"{place}/meetings"][0] is None
    assert links["people/ada"][0] == f"{edit}{PERSON}/ada.yaml"
    log = links[place][1]
    assert log is not None
    assert log == links[f"{place}/meetings"][1]
    assert log.startswith(f"{new}{PARTNERSHIP}/meetings?")
    fields = {key: value for key, [value] in parse_qs(urlsplit(log).query).items()}
    if "/-/" in new:  # GitLab's form takes no text
        assert fields == {"file_name": "YYYY-MM-DD.md"}
    else:
        assert fields["filename"] == "YYYY-MM-DD.md"
        assert fields["value"].startswith("Present: @ada, @grace\n\n")


def test_the_filled_in_note_is_valid_and_no_task(tmp_path: Path) -> None:
    [log] = {log for _, log in build(tmp_path).values() if log}
    [value] = parse_qs(urlsplit(log).query)["value"]
    (tmp_path / PARTNERSHIP / "meetings/2026-02-23.md").write_text(value)
    check = CliRunner().invoke(headway, ["-C", str(tmp_path), "check", "--strict"])
    assert "no problems" in check.output, check.output
    exported = CliRunner().invoke(headway, ["-C", str(tmp_path), "export"]).output
    meeting = json.loads(exported)["partnerships"][0]["meetings"][-1]
    assert (meeting["attendees"], meeting["tasks"]) == (["ada", "grace"], [])


def test_where_one_logbook_is_kept_it_is_opened(tmp_path: Path) -> None:
    (tmp_path / PARTNERSHIP).mkdir(parents=True)
    (tmp_path / PARTNERSHIP / "logbook.md").write_text("## 2026-02-16\n\nWe spoke.\n")
    link = f"https://github.com/example/mentoring/edit/main/{PARTNERSHIP}/logbook.md"
    assert build(tmp_path)["partnerships/ada-grace"][1] == link


@pytest.mark.parametrize(
    ("options", "settings"),
    [
        (("--audience", "public"), {}),
        ((), {"editing": {"visibility": "partners"}}),
        ((), {"repository": "https://git.example.org/a/b"}),  # nobody knows what is there
    ],
)
def test_those_who_may_not_know_have_no_link(
    tmp_path: Path, options: tuple[str, ...], settings: dict[str, Any]
) -> None:
    links = build(tmp_path, *options, **settings)
    assert {link for both in links.values() for link in both} == {None}
    everything = b"".join(path.read_bytes() for path in (tmp_path / "site").rglob("*.html"))
    assert b"example/mentoring" not in everything
    assert b"git.example.org" not in everything


def test_the_setting_lets_the_public_know(tmp_path: Path) -> None:
    links = build(tmp_path, "--audience", "public", editing={"visibility": "public"})
    assert links["partnerships/ada-grace"][0]


def test_no_path_names_somebody_hidden(tmp_path: Path) -> None:
    (tmp_path / PERSON).mkdir(parents=True)
    (tmp_path / PERSON / "grace.yaml").write_text("name: Grace\nvisibility: partners\n")
    links = build(tmp_path)
    assert not any("grace" in link for both in links.values() for link in both if link)
    assert links["people/ada"][0]


def test_a_withheld_partnership_is_in_no_link(tmp_path: Path) -> None:
    links = build(tmp_path, visibility={"partnerships": "partners"})
    assert not any("ada-grace" in link for both in links.values() for link in both if link)
