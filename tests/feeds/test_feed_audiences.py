"""What an audience may not see is in no byte of a feed, a calendar, a search chunk, a table or the data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from feed_sites import build

FEEDS = (".html", ".atom", ".ics", ".json", ".js", ".csv", ".xml", ".txt", ".webmanifest")
LEVELS = ("public", "program", "partners", "private")
"""Whom a thing may be for; each canary's name begins with one, and an audience sees the levels up to its own."""


def person(level: str) -> str:
    return f"""--- content/people/{level}person.yaml
name: {level.title()}name Canary
email: {level}-mail@example.org
bio: {level}biocanary
visibility: {level}
obstacles: [{{kind: excuse, what: partnersobstacle{level}, counter: partnerscounter{level}}}]
"""


def partnership(level: str) -> str:
    folder = f"content/partnerships/{level}pair"
    inner = "".join(_content(folder, level, min(LEVELS.index(level), 3), own) for own in LEVELS)
    goals = "".join(_goal(level, own) for own in LEVELS)
    return f"""--- {folder}/partnership.yaml
title: {level}title
purpose: {level}purpose
visibility: {level}
start: 2026-02-02
members: [{", ".join(f"{{person: {own}person, role: mentee}}" for own in LEVELS)}]
agreement: {{success: {level}success, length: 45 minutes}}
--- {folder}/goals.yaml
goals:
{goals}{inner}"""


def _least(one: str, other: str) -> str:
    return max(one, other, key=LEVELS.index)


def _goal(holder: str, own: str) -> str:
    seen = _least(holder, own)
    details = _least(seen, "partners")
    return f"""  - id: {seen}goal{own}
    title: {seen}goaltitle{own}
    owner: all
    visibility: {own}
    why: {details}why{own}
    measure: {details}measure{own}
    milestones: [{{title: {details}milestone{own}, due: 2026-06-01}}, {{title: {details}past{own}, done: 2026-04-01,
      celebrated: {details}cake{own}}}]
    reframed: [{{on: 2026-03-10, was: {details}was{own}, why: {details}reason{own}}}]
"""


def _content(folder: str, holder: str, rank: int, own: str) -> str:
    seen, day = _least(holder, own), 10 + LEVELS.index(own)
    private = _least(seen, "partners")
    return f"""--- {folder}/meetings/2026-03-{day}.md
---
visibility: {own}
energy: {{publicperson: 4}}
next: 2026-06-{day}
---
# {seen}heading{own}

{seen}text{own} {" ".join(f"[[goal:{_least(holder, level)}goal{level}]]" for level in LEVELS)}

{" ".join(f"[[person:{level}person]]" for level in LEVELS)} {" ".join(f"[[meeting:2026-03-1{n}]]" for n in range(4))}

Win: {seen}win{own}

Feedback @publicperson -> @programperson: {private}feedback{own}

Next steps

- {seen}task{own} for [[goal:{_least(holder, "private")}goalprivate]] of [[person:privateperson]] (due 2026-05-{day})
--- {folder}/journal/2026-04-{day}.md
---
visibility: {own}
author: publicperson
---
{seen}journal{own}
"""


def texts_of(path: Path) -> Iterator[str]:
    """Yield a file as its readers take it: unfolded, unescaped, decoded."""
    text = path.read_bytes().decode()
    yield text
    yield unescape(text)
    if path.suffix == ".ics":
        yield text.replace("\r\n ", "")
    if path.suffix == ".json":
        yield json.dumps(json.loads(text), ensure_ascii=False)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from re import M, S, findall

    root = tmp_path_factory.mktemp("canaries")
    text = "--- headway.yaml\nprogram: Canaries\ntoday: 2026-05-20\nsite: {url: 'https://example.org/'}\n"
    text += "--- content/pages/about.md\n---\nvisibility: private\n---\n# privatepage\n"
    text += "".join(person(level) for level in LEVELS) + "".join(partnership(level) for level in LEVELS)
    for path, content in findall(r"^--- (\S+)\n(.*?)(?=^--- \S+\n|\Z)", text, M | S):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, encoding="utf-8")
    return root


@pytest.mark.parametrize("options", [(), ("--partnership", "publicpair"), ("--each",)], ids=" ".join)
@pytest.mark.parametrize("audience", LEVELS[:3])
def test_no_canary_above_the_audience_is_in_any_feed(
    program: Path, tmp_path: Path, audience: str, options: tuple[str, ...]
) -> None:
    site = build(program, tmp_path / "site", "--audience", audience, *options)
    rank = LEVELS.index(audience)
    above = LEVELS[rank + 1 :]
    found: dict[str, set[str]] = {}
    feeds = [path for path in site.rglob("*") if path.suffix in FEEDS and "assets" not in path.parts]
    assert feeds
    stems = ("name Canary", "biocanary", "-mail@", "obstacle", "counter", "title", "purpose", "success", "goal", "why")
    stems += ("measure", "milestone", "past", "cake", "was", "reason", "heading", "text", "win", "feedback", "task")
    stems += ("journal", "page", "pair", "person")
    for path in feeds:
        if path.name == "data.schema.json":
            continue
        for text in (unquote(path.relative_to(site).as_posix()), *texts_of(path)):
            lowered = text.casefold()
            leaks = {f"{level}{stem}" for level in above for stem in stems if f"{level}{stem}".casefold() in lowered}
            if "-mail@" in text:
                leaks.add("an address")
            if leaks:
                found.setdefault(path.relative_to(site).as_posix(), set()).update(leaks)
    assert found == {}


def test_the_canaries_can_be_found(program: Path, tmp_path: Path) -> None:
    site = build(program, tmp_path / "site", "--audience", "partners")
    chunk = (site / "search/partnerships/publicpair.json").read_text()
    for word in (
        "partnersfeedback",
        "publictextpublic",
        "programgoaltitleprogram",
        "partnerswhypublic",
        "publicjournal",
    ):
        assert word in chunk, word
    assert "partnersmilestonepublic" in (site / "partnerships/publicpair/calendar.ics").read_text()
    assert "publicheadingpublic" in (site / "partnerships/publicpair/feed.atom").read_text()


def test_an_own_site_has_feeds_of_its_own(program: Path, tmp_path: Path) -> None:
    site = build(program, tmp_path / "site", "--partnership", "publicpair")
    names = {path.name for path in site.rglob("*") if path.suffix in FEEDS and path.parent == site}
    assert {"feed.atom", "calendar.ics", "data.json", "meetings.csv", "robots.txt", "data.schema.json"} <= names
    feed = (site / "feed.atom").read_text()
    assert "example.org" not in feed
    assert 'href="meetings/' in feed
    assert (site / "search/list.json").is_file()
