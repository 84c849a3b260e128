"""The law of audiences over the starter: no text that is above an audience is in any byte or name of its site."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from click.testing import CliRunner

from headway.build import read_walk
from headway.choice import Choice
from headway.cli import headway
from headway.documents.note import Note
from headway.model.fields import Visibility
from headway.model.partnership import Partnership
from headway.model.reading import read_partnership
from headway.source.folder import read_folder

LONG_ENOUGH = 22
"""Characters of a piece of text that stands nowhere else by chance."""


def pieces(text: str | None) -> Iterator[str]:
    """Yield parts of a text that any page showing it would hold as they are: no markup, no line break in them."""
    for part in re.split(r"[\n*_`\[\](){}<>&\"'’@:;|~#!.,?-]+", text or ""):
        words = " ".join(part.split())
        if len(words) >= LONG_ENOUGH:
            yield words


def lines_of(note: Note, root: Path) -> list[str]:
    return (root / note.path).read_text(encoding="utf-8").split("\n")[note.line - 1 : note.end_line]


def withheld_texts(partnership: Partnership, audience: Visibility, root: Path) -> Iterator[str]:
    """Yield what a partnership wrote for a smaller circle than the audience."""
    for item in (*partnership.meetings, *partnership.journal, *partnership.introductions):
        lines = lines_of(item.note, root)
        if not audience.admits(item.visibility):
            yield from lines
        elif not audience.admits(Visibility.PARTNERS):
            for first, last in item.note.private_lines:
                yield from lines[first - item.note.line : last - item.note.line + 1]
    for goal in partnership.goals:
        if not audience.admits(goal.visibility):
            yield goal.title
        if not audience.admits(goal.details):
            yield from filter(None, (goal.why, goal.measure))
        for milestone in goal.milestones:
            if milestone.visibility is not None and not audience.admits(milestone.visibility):
                yield from (milestone.title, *(step.title for step in milestone.steps))


@pytest.mark.parametrize("audience", [Visibility.PUBLIC, Visibility.PROGRAM, Visibility.PARTNERS])
def test_nothing_withheld_is_in_any_byte(starter: Path, tmp_path: Path, audience: Visibility) -> None:
    site, program = tmp_path / "site", tmp_path / "program"
    shutil.copytree(starter / "content", program / "content")
    shutil.copy(starter / "headway.yaml", program)
    arguments = ["-C", str(program), "build", "--audience", audience.value, "--out", str(site), "--jobs", "1"]
    assert CliRunner().invoke(headway, arguments).exit_code == 0
    walk = read_walk(read_folder(starter), Choice(now=datetime(2026, 5, 20, tzinfo=UTC)))
    record = walk.context.record
    withheld: set[str] = set()
    for folder in walk.folders():
        partnership, _ = read_partnership(walk.snapshot, folder, record, walk.context.today)
        assert partnership is not None
        for text in withheld_texts(partnership, audience, starter):
            withheld.update(pieces(text))
    addresses = {person.email for person in record.people.values() if person.email}
    for person in record.people.values():
        if not audience.admits(Visibility.PARTNERS):
            withheld.update(piece for one in person.obstacles for piece in pieces(one.what))
        if not audience.admits(person.visibility or Visibility.PUBLIC):
            withheld.add(person.name)
            withheld.update(pieces(person.bio))
    assert addresses
    assert withheld
    # What somebody also says where the audience may read it is no secret.
    elsewhere = [page.note.path for page in record.pages] + [f"content/people/{id_}.yaml" for id_ in record.people]
    said = " ".join(
        " ".join(re.sub("[*_`>]", "", (starter / path).read_text(encoding="utf-8")).split()) for path in elsewhere
    )
    withheld = {text for text in withheld if text not in said or text in {p.name for p in record.people.values()}}
    everything = []
    for path in sorted(site.rglob("*")):
        everything.append(unquote(path.relative_to(site).as_posix()))
        if path.is_file():
            text = unescape(path.read_bytes().decode("utf-8", "replace"))
            everything.append(" ".join(re.sub(r"</?(?:a|em|strong|code|span|bdi|s)\b[^>]*>", "", text).split()))
            everything.append(" ".join(text.split()))
    whole = "\n".join(everything)
    shown = {text for text in withheld | addresses if text in whole}
    assert shown == set()
