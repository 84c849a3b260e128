"""Rebuilding: what the last build gave still holds where its inputs are the same; only the rest is made again.

A partnership's key is the digest of all that its pages are made from; no date is in it. Until which day its
numbers hold stands beside the key. A build with a cache gives the same bytes as one without.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, astuple, dataclass, field, replace
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version

from pydantic import TypeAdapter

from headway import __version__
from headway.build import SitePart, Walk, build_partnerships, build_program, plan_program, seen_by
from headway.bundled import read_own_code
from headway.output.cache import Cache, Entry, digest_of
from headway.output.stage import StagedSite
from headway.pages.addresses import Addresses, output_path
from headway.pages.audience import Withheld, count_withheld
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
                inputs = {**shared, **self._own_inputs(folder, part.people)}
                self._store(folder.name, _key(inputs), part, inputs)
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
        people = json.loads(entry.body).get("people", ()) if entry is not None else ()
        inputs = {**shared, **self._own_inputs(folder, people)}
        if entry is not None and entry.holds(_key(inputs), self.walk.context.today):
            self.entries[folder.name] = entry
            return entry
        self.reasons[folder.name] = _say_why(entry, inputs, self.walk.context.today)
        return None

    def _own_inputs(self, folder: Folder, people: Iterable[str]) -> Inputs:
        """Return a partnership's own files and its members', by their names for people."""
        files = {path.removeprefix(f"{folder.path}/"): digest for path, digest in folder.files.items()}
        known = self.walk.snapshot.people
        members = {f"people/{person}.yaml": known.files.get(f"{known.path}/{person}.yaml", "") for person in people}
        told = self.walk.history.digest(folder.name)
        history = {"its history": told} if told else {}
        return {"its place": folder.path, **files, **members, **history}

    def _program_part(self, shared: Inputs) -> SitePart:
        """Return the program's own pages; those that would come out the same are kept."""
        walk = self.walk
        summaries = [_SUMMARY.validate_json(e.summary) for e in self.entries.values() if e.summary]
        pages, site = plan_program(walk, summaries, Addresses())
        prints = {
            output_path(page.address): digest_of(_key(shared), repr(page), repr(seen_by(page, site))) for page in pages
        }
        known = self.cache.entries.get(_PROGRAM)
        digests = known.digests() if known else {}
        before = json.loads(known.body)["inputs"] if known else {}
        kept = {
            path: digests[path] for path, print_ in prints.items() if print_ == before.get(path) and path in digests
        }
        part = build_program(walk, [page for page in pages if output_path(page.address) not in kept], site)
        part = replace(part, pages=len(pages), withheld=count_withheld(walk.context))
        self._store(_PROGRAM, "", replace(part, kept=kept), prints)
        return replace(part, kept=kept)

    def _store(self, name: str, key: str, part: SitePart, inputs: Inputs) -> None:
        body = {
            "inputs": dict(inputs),
            "pages": part.pages,
            "withheld": astuple(part.withheld),
            "problems": [asdict(problem) for problem in part.problems],
            "people": part.people,
        }
        summary = "" if part.summary is None else _SUMMARY.dump_json(part.summary).decode()
        digests = {**part.kept, **{file.path: sha256(file.content).hexdigest() for file in part.files}}
        files = "\n".join(f"{path}\t{digest}" for path, digest in sorted(digests.items()))
        since = self.walk.context.today
        text = json.dumps(body, ensure_ascii=False)
        self.entries[name] = Entry(name, key, since, part.until, text, summary, files)


def shared_inputs(walk: Walk) -> Inputs:
    """Return what the pages of every partnership are made from beside its own files and its members'.

    Of other people that is by which names notes may mean them, and who may see them; of the program's pages, where
    they lead.
    """
    record, theme = walk.context.record, walk.theme
    names = ((i, p.name, *p.aliases, str(p.visibility)) for i, p in sorted(record.people.items()))
    pages = ((p.note.path, p.slug, p.note.title, p.visibility.value) for p in record.pages)
    return {
        "Headway": _own_digest(),
        "headway.yaml": walk.snapshot.settings_digest,
        "people's names": digest_of(*("\n".join(person) for person in names)),
        "the program's pages": digest_of(*("\n".join(page) for page in pages)),
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


def _key(inputs: Inputs) -> str:
    return digest_of(*(text for item in sorted(inputs.items()) for text in item))


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
