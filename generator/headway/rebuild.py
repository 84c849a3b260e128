"""Rebuilding: what the last build gave still holds where its inputs are the same; only the rest is made again.

A partnership's key is the digest of all that its pages are made from; no date is in it. Until which day its
numbers hold stands beside the key. A build with a cache gives the same bytes as one without.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, astuple, dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version

from pydantic import TypeAdapter

from headway import __version__
from headway.build import SitePart, Walk, build_partnerships, build_program
from headway.bundled import read_own_code
from headway.output.cache import Cache, Entry, digest_of
from headway.output.stage import StagedSite
from headway.pages.audience import Withheld
from headway.pages.summary import PartnershipSummary
from headway.problems import Location, Problem
from headway.source.snapshot import Folder

_PROGRAM = "/"
"""The name of the entry that holds the program's own pages; no partnership can have it."""
_MADE_WITH = ("babel", "jinja2", "markdown-it-py", "mdit-py-plugins", "nh3", "pydantic", "pyyaml")
_SUMMARY = TypeAdapter(PartnershipSummary)
_NAMED_FILES = 3

Inputs = Mapping[str, str]
"""The digest of each thing that pages are made from, by its name for people: ``headway.yaml``, ``the theme``."""


@dataclass
class Rebuild:
    """One build with a cache: which parts were made again and why, and what the cache is to hold after it."""

    walk: Walk
    cache: Cache
    reasons: dict[str, str] = field(default_factory=dict)
    """Why each partnership was made again, in its own words, by its id."""
    entries: dict[str, Entry] = field(default_factory=dict)

    def parts(self, jobs: int) -> Iterator[SitePart]:
        """Yield the parts of the site: made again, or kept from the last build (`SitePart.kept`)."""
        shared = shared_inputs(self.walk)
        stale = [folder for folder in self.walk.folders() if self._look_up(folder, shared) is None]
        made = build_partnerships(self.walk, stale, jobs)
        for folder in self.walk.folders():
            if folder.name in self.entries:
                yield _kept_part(self.entries[folder.name])
            else:
                part = next(made)
                self._store(folder.name, _key(shared, folder), part, {**shared, **_file_inputs(folder)})
                yield part
        yield self._program_part(shared)

    def save(self, site: StagedSite) -> None:
        """Let the cache hold what this build gave to the site."""
        before = self.cache.entries
        changed = (entry for name, entry in self.entries.items() if before.get(name) != entry)
        self.cache.save(changed, before.keys() - self.entries.keys(), site)

    def _look_up(self, folder: Folder, shared: Inputs) -> Entry | None:
        """Return the entry that still holds, noting it; else None, noting why."""
        entry = self.cache.entries.get(folder.name)
        if entry is not None and entry.holds(_key(shared, folder), self.walk.context.today):
            self.entries[folder.name] = entry
            return entry
        self.reasons[folder.name] = _say_why(entry, {**shared, **_file_inputs(folder)}, self.walk.context.today)
        return None

    def _program_part(self, shared: Inputs) -> SitePart:
        today = self.walk.context.today
        told = [entry.summary for entry in self.entries.values()]
        key = digest_of(str(today), *(text for item in sorted(shared.items()) for text in item), *told)
        known = self.cache.entries.get(_PROGRAM)
        if known is not None and known.holds(key, today):
            self.entries[_PROGRAM] = known
            return _kept_part(known)
        part = build_program(self.walk, [_SUMMARY.validate_json(summary) for summary in told if summary])
        self._store(_PROGRAM, key, part, {})
        return part

    def _store(self, name: str, key: str, part: SitePart, inputs: Inputs) -> None:
        body = {
            "inputs": dict(inputs),
            "pages": part.pages,
            "withheld": astuple(part.withheld),
            "problems": [asdict(problem) for problem in part.problems],
        }
        summary = "" if part.summary is None else _SUMMARY.dump_json(part.summary).decode()
        digests = sorted((file.path, sha256(file.content).hexdigest()) for file in part.files)
        files = "\n".join(f"{path}\t{digest}" for path, digest in digests)
        since = self.walk.context.today
        text = json.dumps(body, ensure_ascii=False)
        self.entries[name] = Entry(name, key, since, part.until, text, summary, files)


def shared_inputs(walk: Walk) -> Inputs:
    """Return what the pages of every partnership are made from beside its own files."""
    snapshot, theme = walk.snapshot, walk.theme
    return {
        "Headway": _own_digest(),
        "headway.yaml": snapshot.settings_digest,
        "the people": snapshot.people.digest,
        "the program's pages": snapshot.pages.digest,
        "the theme": theme.digest if theme else "",
        "the audience": walk.context.audience.value,
    }


@cache
def _own_digest() -> str:
    """Return a digest of Headway itself, of the libraries that it writes with, and of Python."""
    return digest_of(__version__, sys.version, *map(_version, _MADE_WITH), *read_own_code())


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _key(shared: Inputs, folder: Folder) -> str:
    return digest_of(folder.path, folder.digest, *(text for item in sorted(shared.items()) for text in item))


def _file_inputs(folder: Folder) -> Inputs:
    return {path.removeprefix(f"{folder.path}/"): digest for path, digest in folder.files.items()}


def _say_why(entry: Entry | None, inputs: Inputs, today: date) -> str:
    """Return, for people, which input is not what it was."""
    if entry is None:
        return "not built before"
    known: Inputs = json.loads(entry.body)["inputs"]
    said = [f"{name} is new" for name in inputs if name not in known]
    said += [f"{name} changed" for name in inputs if name in known and known[name] != inputs[name]]
    said += [f"{name} is gone" for name in known if name not in inputs]
    if not said and entry.until is not None and today >= entry.until:
        return f"its numbers held until {entry.until}"
    if not said:
        return f"its numbers are those of {entry.since} and later"
    more = f" and {len(said) - _NAMED_FILES} more" if len(said) > _NAMED_FILES else ""
    return ", ".join(said[:_NAMED_FILES]) + more


def _kept_part(entry: Entry) -> SitePart:
    body = json.loads(entry.body)
    problems = tuple(Problem(**{**p, "location": Location(**p["location"])}) for p in body["problems"])
    return SitePart(kept=entry.digests(), pages=body["pages"], withheld=Withheld(*body["withheld"]), problems=problems)
