"""Rebuilding: what the last build gave still holds where its inputs are the same; only the rest is made again.

A partnership's key is the digest of all that its pages are made from; no date is in it. Until which day its
numbers hold stands beside the key. A build with a cache gives the same bytes as one without.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from hashlib import sha256

from msgspec import Raw, Struct, field, to_builtins
from msgspec.json import Decoder, decode
from msgspec.structs import replace

from headway.build import Walk, build_plan, build_program, plan_program, view_site
from headway.inputs import Inputs, habits_of, reading_habits, say_why, shared_inputs
from headway.jobs import build_partnerships
from headway.made import Before, SitePart
from headway.model.program_reading import PeopleMemo
from headway.output.cache import Cache, Entry, LostSummaryError, digest_of
from headway.output.stage import StagedSite
from headway.pages.addresses import Addresses, output_path
from headway.pages.audience import Withheld
from headway.pages.parts import from_json, to_json
from headway.pages.planned import Made, Outline, Plan, Planned, outline_of
from headway.pages.summary import PartnershipSummary
from headway.problems import Problem, Severity
from headway.source.snapshot import Folder
from headway.standing import own_digest

_PROGRAM = "/"
"""The name of the entry that holds the program's own pages; no partnership can have it, nor one that begins so."""
_OUTLINED = ("id", "title", "address", "cohort", "people", "shown", "told", "sieve")


class _Sources(Struct, frozen=True):
    """Of an entry's body, what its pages were made from; all that is read before it is known to hold."""

    people: tuple[str, ...] = ()
    inputs: Raw = Raw(b"{}")


class _Given(Struct, frozen=True):
    """The rest of it: what the part gave beside its files."""

    pages: int
    withheld: Withheld
    problems: tuple[Problem, ...]


_read_sources = Decoder(_Sources).decode
_read_given = Decoder(_Given).decode


class Rebuild(Struct, dict=True):
    """One build with a cache: which parts were made again and why, and what the cache is to hold after it."""

    walk: Walk
    cache: Cache
    people: PeopleMemo = field(default_factory=PeopleMemo)
    reasons: dict[str, str] = field(default_factory=dict)
    """Why each partnership was made again, in its own words, by its id."""
    entries: dict[str, Entry] = field(default_factory=dict)

    def partnerships(self, jobs: int) -> Iterator[SitePart]:
        """Yield the partnerships' parts of the site: made again, or kept from the last build (`SitePart.stands`)."""
        folders = self.walk.folders()
        stale = [folder for folder in folders if self._look_up(folder) is None]
        made = build_partnerships(self.walk, stale, jobs, recall=self._recall)
        for folder in folders:
            if folder.name in self.entries:
                yield _kept_part(self.entries[folder.name])
            else:
                part = next(made)
                inputs = self._inputs(folder, part.sources, part.people)
                self._store(folder.name, self._key(folder, part.people), part, inputs)
                if part.notes:
                    self.cache.notes.keep(folder.name, part.notes)
                yield replace(part, name=folder.name)

    def program(self) -> Iterator[SitePart]:
        """Yield the program's own pages and files; those that would come out the same are kept.

        The partnerships come first. From here on nothing of the program's files is read.
        """
        walk, addresses = self.walk, Addresses()
        outlines = [outline for entry in self.entries.values() if (outline := self._outline(entry)) is not None]
        site = view_site(walk, addresses, ())
        plan = plan_program(walk, outlines, addresses, site)
        around = digest_of(self._shared_digest, repr(replace(site, today=None)))
        for group in plan.groups:
            name, key = f"{_PROGRAM}{group.name}", digest_of(around, *group.made_from)
            entry = self.cache.entries.get(name)
            if entry is not None and entry.holds(key, walk.context.today):
                self.entries[name] = entry
                yield _kept_part(entry)
            else:
                yield self._carry_out(group.plan(), partial(build_plan, walk, site=site), name, key, around)
        yield self._carry_out(plan, partial(build_program, walk, site=site), _PROGRAM, "", around)

    def _carry_out(self, plan: Plan, build: Callable[[Plan], SitePart], name: str, key: str, around: str) -> SitePart:
        """Return the part of the site that a plan makes; what would come out the same is kept.

        ``around`` is a digest of what all its pages and files are made from beside what each names.
        """
        everything: tuple[Planned[object], ...] = (*plan.pages, *plan.files)
        prints = {output_path(one.address): digest_of(around, *one.made_from) for one in everything}
        known = self.cache.entries.get(name)
        digests = known.digests if known else {}
        before = json.loads(bytes(_read_sources(known.body).inputs)) if known else {}
        kept = {
            path: digests[path] for path, print_ in prints.items() if print_ == before.get(path) and path in digests
        }
        pages = tuple(page for page in plan.pages if output_path(page.address) not in kept)
        files = tuple(file for file in plan.files if output_path(file.address) not in kept)
        part = replace(build(Plan(pages, files)), name=name, pages=len(plan.pages), kept=kept)
        self._store(name, key, part, prints)
        return part

    def remade(self) -> list[Folder]:
        """Return the folders of the partnerships that were made again."""
        return [folder for folder in self.walk.folders() if folder.name in self.reasons]

    def save(self, site: StagedSite, now: Mapping[str, str], said: str) -> None:
        """Let the cache hold what this build gave to the site; ``said`` is what it said of it.

        ``now`` are the digests that the remade partnerships' folders have after the build, by their paths: what was
        made from files that changed while they were read is not kept. Where those that partnerships share did, this is
        not to be called.
        """
        moved = {folder.name for folder in self.remade() if now.get(folder.path) != folder.digest}
        entries = {name: entry for name, entry in self.entries.items() if name not in moved}
        before = self.cache.entries
        changed = (entry for name, entry in entries.items() if before.get(name) != entry)
        reading = _pack_reading(self.people, self.walk.sound_theme)
        self.cache.save(changed, before.keys() - entries.keys(), site, "" if moved else said, reading)
        self.cache.notes.forget(before.keys() - {folder.name for folder in self.walk.folders()})

    @cached_property
    def _habits(self) -> str:
        return reading_habits(self.walk, self._shared)

    @cached_property
    def _shared(self) -> Inputs:
        return shared_inputs(self.walk)

    @cached_property
    def _shared_digest(self) -> str:
        return digest_of(*(text for item in sorted(self._shared.items()) for text in item))

    def _look_up(self, folder: Folder) -> Entry | None:
        """Return the entry that still holds, noting it; else None, noting why."""
        entry = self.cache.entries.get(folder.name)
        if entry is None:
            self.reasons[folder.name] = "not built before"
            return None
        known = _read_sources(entry.body)
        if entry.holds(self._key(folder, known.people), self.walk.context.today):
            self.entries[folder.name] = entry
            return entry
        inputs = self._inputs(folder, folder.files, known.people)
        self.reasons[folder.name] = say_why(entry, json.loads(bytes(known.inputs)), inputs, self.walk.context.today)
        return None

    def _recall(self, folder: Folder) -> Before | None:
        """Return what the last build made of a partnership."""
        if not self.cache.keeps:
            return None
        return Before(
            self._made_before(folder.name), self.cache.notes.read(folder.name), habits_of(folder, self._habits)
        )

    def _made_before(self, name: str) -> Mapping[str, Made]:
        """Return a partnership's pages of the last build, where this Headway made them with this theme."""
        entry = self.cache.entries.get(name)
        inputs = json.loads(bytes(_read_sources(entry.body).inputs)) if entry else {}
        if entry is None or any(inputs.get(one) != self._shared[one] for one in ("Headway", "the theme")):
            return {}
        return {path: Made(entry.digests[path], mark) for path, mark in entry.marks.items()}

    def _key(self, folder: Folder, people: Iterable[str]) -> str:
        """Return one digest of all that a partnership's pages are made from."""
        told = self.walk.history.digest(folder.name)
        return digest_of(self._shared_digest, folder.path, folder.digest, told, *map(self._person_digest, people))

    def _inputs(self, folder: Folder, files: Mapping[str, str], people: Iterable[str]) -> Inputs:
        """Return the same in its parts: the partnership's own files and its members', by their names for people."""
        own = {path.removeprefix(f"{folder.path}/"): digest for path, digest in files.items()}
        return {**self._shared, "its place": folder.path, **own, **self._members(people), **self._history(folder)}

    def _history(self, folder: Folder) -> Inputs:
        told = self.walk.history.digest(folder.name)
        return {"its history": told} if told else {}

    def _members(self, people: Iterable[str]) -> Inputs:
        return {f"people/{person}.yaml": self._person_digest(person) for person in people}

    def _person_digest(self, person: str) -> str:
        known = self.walk.snapshot.people
        return known.files.get(f"{known.path}/{person}.yaml", "")

    def _outline(self, entry: Entry) -> Outline | None:
        """Return a partnership's outline, None where it is withheld; its summary is read when it is needed."""
        if not entry.outline:
            return None
        plain = decode(entry.outline)

        def load() -> PartnershipSummary:
            text = entry.summary or self.cache.read_summary(entry.name, plain["told"])
            return replace(from_json(text, PartnershipSummary), sieve=plain["sieve"])

        return Outline(**{**plain, "people": tuple(plain["people"])}, load=load)

    def _store(self, name: str, key: str, part: SitePart, inputs: Inputs) -> None:
        body = {
            "inputs": dict(inputs),
            "pages": part.pages,
            "withheld": to_builtins(part.withheld),
            "problems": to_builtins(part.problems),
            "people": part.people,
        }
        summary, outline = _pack_summary(part.summary)
        digests = {**part.kept, **{file.path: sha256(file.content).hexdigest() for file in part.files}}
        files = "\n".join(f"{path}\t{digest}\t{part.marks.get(path, '')}" for path, digest in sorted(digests.items()))
        since = self.walk.context.today
        text = json.dumps(body, ensure_ascii=False)
        self.entries[name] = Entry(name, key, since, part.until, text, outline, files, summary)


def _pack_summary(summary: PartnershipSummary | None) -> tuple[str, str]:
    """Return a summary and its outline as JSON, both empty where there is nothing to show."""
    if summary is None or summary.card is None:
        return "", ""
    kept = replace(summary, sieve="")  # the outline has it
    text = to_json(kept).decode()
    shown = to_json(replace(kept, news=(), events="")).decode()
    found = outline_of(summary, digest_of(shown), digest_of(text))
    plain = {name: getattr(found, name) for name in _OUTLINED}
    return text, json.dumps(plain, ensure_ascii=False)


def recall_reading(cache: Cache) -> tuple[PeopleMemo, str]:
    """Return what people's files said at the last build, and which theme was sound, if this very Headway read them."""
    plain = json.loads(cache.reading or "{}")
    is_ours = plain.get("Headway") == own_digest()
    return (PeopleMemo(plain["people"]), plain["theme"]) if is_ours else (PeopleMemo(), "")


def _pack_reading(people: PeopleMemo, theme: str) -> str:
    return json.dumps({"Headway": own_digest(), "people": people.fresh, "theme": theme}, ensure_ascii=False)


def _kept_part(entry: Entry) -> SitePart:
    given = _read_given(entry.body)
    return SitePart(name=entry.name, stands=entry, pages=given.pages, withheld=given.withheld, problems=given.problems)


def read_summaries(walk: Walk, cache: Cache) -> Iterator[tuple[str, PartnershipSummary, SitePart]]:
    """Yield what still holds of the last build, by partnership: its summary, its problems and people."""
    rebuild = Rebuild(walk, cache)
    for folder in walk.folders() if cache.entries else ():
        entry = rebuild._look_up(folder)
        if entry is None:
            continue
        part = replace(_kept_part(entry), people=_read_sources(entry.body).people)
        if any(problem.severity is Severity.ERROR for problem in part.problems):
            continue
        outline = rebuild._outline(entry)
        with contextlib.suppress(LostSummaryError):
            yield folder.name, outline.summary if outline else PartnershipSummary(), part
