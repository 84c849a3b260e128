"""Inputs: what a partnership's pages are made from, by its names for people, and what of it is not what it was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from headway.build import Walk
from headway.output.cache import Entry, digest_of
from headway.source.snapshot import Folder
from headway.standing import own_digest

_NAMED_FILES = 3

Inputs = Mapping[str, str]
"""The digest of each thing that pages are made from, by its name for people: ``headway.yaml``, ``the theme``."""


def shared_inputs(walk: Walk) -> Inputs:
    """Return what the pages of every partnership are made from beside its own files and its members'.

    Of other people that is by which names notes may mean them, and who may see them; of the program's pages, where
    they lead.
    """
    record, theme = walk.context.record, walk.theme
    names = ((i, p.name, *p.aliases, str(p.visibility)) for i, p in sorted(record.people.items()))
    pages = ((p.note.path, p.slug, p.note.title, p.visibility.value) for p in record.pages)
    return {
        "Headway": own_digest(),
        "headway.yaml": walk.snapshot.settings_digest,
        "people's names": digest_of(*("\n".join(person) for person in names)),
        "the program's pages": digest_of(*("\n".join(page) for page in pages)),
        "the theme": theme.digest if theme else "",
        "the audience": walk.context.audience.value,
        "the branch": walk.context.version.branch if walk.context.version and record.program.repository else "",
    }


def reading_habits(walk: Walk, shared: Inputs) -> str:
    """Return a digest of what all partnerships' notes are read with."""
    program = walk.context.record.program
    said = (program.date_order, program.task_sections, program.defaults.length)
    return digest_of(shared["Headway"], shared["people's names"], repr(said))


def habits_of(folder: Folder, habits: str) -> str:
    """Return a digest of all that one partnership's notes are read with: who is in it stands in partnership.yaml."""
    return digest_of(habits, folder.files.get(f"{folder.path}/partnership.yaml", ""))


def say_why(entry: Entry, known: Inputs, inputs: Inputs, today: date) -> str:
    """Return, for people, which input is not what it was."""
    said = [f"{name} is new" for name in inputs if name not in known]
    said += [f"{name} changed" for name in inputs if name in known and known[name] != inputs[name]]
    said += [f"{name} is gone" for name in known if name not in inputs]
    if not said and entry.until is not None and today >= entry.until:
        return f"its numbers held until {entry.until}"
    if not said:
        return f"its numbers are those of {entry.since} and later"
    more = f" and {len(said) - _NAMED_FILES} more" if len(said) > _NAMED_FILES else ""
    return ", ".join(said[:_NAMED_FILES]) + more
