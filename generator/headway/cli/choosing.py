"""Choosing: which partnership somebody means, by as few letters as possible; a menu where it stays open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import TypeVar

import click

from headway.cli.writing import Desk, Refusal
from headway.documents.yaml import parse_yaml
from headway.printers import defuse
from headway.source.names import fold_id
from headway.source.snapshot import Folder

Item = TypeVar("Item")
_NO_PARTNERSHIP = "There is no partnership yet. `headway new partnership` begins one."


def choose_partnership(desk: Desk, words: Sequence[str]) -> tuple[Folder, tuple[str, ...]]:
    """Return the partnership that the first word means, and the other words; the only one may go without saying."""
    folders = desk.walk.folders()
    if not folders:
        raise Refusal(_NO_PARTNERSHIP)
    found = _find_partnerships(desk, words[0]) if words else []
    if len(found) == 1:
        return found[0], tuple(words[1:])
    if len(folders) == 1 and not found:
        return folders[0], tuple(words)
    if found or not words:
        question = f"{words[0]!r} may be several partnerships" if words else "Which partnership"
        return choose(desk, question, found or folders, lambda folder: folder.name), tuple(words[1:])
    near = get_close_matches(words[0], [f.name for f in folders], n=1)
    hint = f" Did you mean {near[0]}?" if near else f" There are {', '.join(f.name for f in folders[:12])}."
    raise click.UsageError(f"There is no partnership {words[0][:60]!r}.{hint}")


def _find_partnerships(desk: Desk, word: str) -> list[Folder]:
    """Return the partnerships that a word may mean: by id, by the beginning of an id, by a member's name."""
    form, folders = fold_id(word), desk.walk.folders()
    exact = [folder for folder in folders if fold_id(folder.name) == form]
    begun = [folder for folder in folders if fold_id(folder.name).startswith(form)] if form and " " not in form else []
    return exact or begun or [folder for folder in folders if form in _names_of_members(desk, folder)]


def _names_of_members(desk: Desk, folder: Folder) -> set[str]:
    """Return the ids, whole names and single names of a partnership's members, folded."""
    path = f"{folder.path}/partnership.yaml"
    if path not in folder.files:
        return set()
    document, _ = parse_yaml(desk.walk.snapshot.read(path), path)
    members = document.value.get("members") if document and isinstance(document.value, dict) else None
    names: set[str] = set()
    for member in members if isinstance(members, list) else ():
        written = str(member.get("person")) if isinstance(member, dict) else ""
        id_ = desk.walk.context.record.resolve_person(written)
        name = desk.walk.context.record.people[id_].name if id_ else written
        names |= {fold_id(part) for part in (written, name, *name.split())}
    return names


def choose(desk: Desk, question: str, items: Sequence[Item], label: Callable[[Item], str]) -> Item:
    """Return the one that somebody chooses from a numbered list; where nobody can be asked, the list is the reason."""
    lines = [f"  {number:>2}  {defuse(label(item))}" for number, item in enumerate(items, 1)]
    if not desk.may_ask:
        raise click.UsageError(f"{question}: say which.\n" + "\n".join(lines))
    click.echo(f"{question}:\n" + "\n".join(lines))
    return items[click.prompt("Which one", type=click.IntRange(1, len(items))) - 1]
