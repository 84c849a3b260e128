"""A build that has something to make: the site, or own sites, written part by part, with a bar where it takes long.

Apart from the command itself, because it loads everything that Headway has.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

import click
from msgspec import Struct, field

from headway.audit.leaks import Leak, search_for_leaks
from headway.build import Walk, read_walk
from headway.choice import Choice
from headway.cli.options import has_failed
from headway.jobs import build_own_sites
from headway.made import SitePart
from headway.model.program_history import ProgramHistory
from headway.model.program_reading import PeopleMemo
from headway.output.cache import Cache, LostSummaryError
from headway.output.folder import read_site
from headway.output.stage import LostFileError, StagedSite, staged_site
from headway.pages.audience import Withheld
from headway.problems import Problem
from headway.rebuild import Rebuild, recall_reading
from headway.source.checkout import Checkout, read_checkout
from headway.source.folder import has_same_files, read_digests
from headway.source.snapshot import Folder, Snapshot
from headway.standing import Standing, key_of

FEW = 8
"""How many partnerships' files are looked at again by reading them; with more git is asked about all of the program."""


class BuildStoppedError(Exception):
    """The problems found stop the build; the stage is thrown away and the last good site stays."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__()
        self.problems = problems


class LeaksFoundError(Exception):
    """The staged site holds what its audience may not read; it is thrown away and the last good site stays."""

    def __init__(self, leaks: list[Leak]) -> None:
        super().__init__()
        self.leaks = leaks


class BuildTally:
    """What a build has written so far, in numbers, and the problems it met."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.pages = 0
        self.withheld = Withheld()

    def take_all(self, site: StagedSite, parts: Iterable[SitePart]) -> None:
        for part in parts:
            if part.stands is not None:
                site.keep_part(part.name, part.stands)
            site.begin(part.name)
            site.keep(part.kept)
            for file in part.files:
                site.write(file.path, file.content)
            self.pages += part.pages
            self.withheld += part.withheld
            self.problems += part.problems

    def refuse(self, is_strict: bool) -> None:
        """Raise `BuildStoppedError` where the problems forbid the build."""
        if has_failed(self.problems, is_strict):
            raise BuildStoppedError(self.problems)


class Order(Struct, frozen=True):
    """What is to be built: which program, into which folder, for whom and when, whose own sites if only those."""

    root: Path
    out: Path
    choice: Choice
    jobs: int
    is_strict: bool
    partnership: str | None = None
    each: bool = False
    checkout: str = ""
    """A digest of the program's files, as git knew it before the build."""
    history: str = ""
    """The mark of the program's history before the build."""


class Built(Struct, frozen=True):
    """What a build made: its site as it stands, how many files of it changed, and why partnerships were made again."""

    standing: Standing
    changed: int
    reasons: Mapping[str, str] = field(default_factory=dict)


def build_site(order: Order, snapshot: Snapshot, history: ProgramHistory, cache: Cache) -> Built:
    """Build the program's site, taking over what the cache knows to hold.

    Raises `BuildStoppedError` where its problems forbid it, `LeaksFoundError` where a strict build finds leaks, and
    `OutputError` where it may not stand in its folder.
    """
    # A search for leaks looks for all that people's files say, also for what is not remembered of them.
    people, theme = (PeopleMemo(), "") if order.is_strict else recall_reading(cache)
    walk = read_walk(snapshot, order.choice, with_theme=True, history=history, people=people, sound_theme=theme)
    rebuild = Rebuild(walk, cache, people)
    try:
        site, tally = _write_site(order, walk, rebuild)
    except (LostFileError, LostSummaryError):  # somebody was there meanwhile: nothing of the last build is taken over
        rebuild = Rebuild(walk, cache.emptied(), people)
        site, tally = _write_site(order, walk, rebuild)
    standing = _describe(order, walk, tally, site, len(walk.folders()))
    if cache.keeps:
        again = Checkout() if len(rebuild.remade()) <= FEW else read_checkout(order.root)
        # Where a shared file changed nobody knows what the pages were made from.
        if has_same_files(order.root, _list_shared(snapshot, people), again):
            rebuild.save(site, read_digests(order.root, rebuild.remade(), again), standing.to_json())
    return Built(standing, site.changed, rebuild.reasons)


def _list_shared(snapshot: Snapshot, people: PeopleMemo) -> Mapping[str, str]:
    """Return the files that partnerships have in common and that were read, each with the digest it had then."""
    return {**snapshot.own_files, **{path: snapshot.people.files[path] for path in people.read}}


def build_apart(order: Order, snapshot: Snapshot, history: ProgramHistory) -> Built:
    """Build the own site of the one partnership that is named, or of each; raises as `build_site` does."""
    walk = read_walk(snapshot, order.choice, with_theme=True, history=history)
    folders = _choose_folders(walk, order.partnership)
    tally = BuildTally(list(walk.problems))
    with staged_site(order.out, order.root) as site:
        if walk.theme is not None:
            parts = build_own_sites(walk, folders, order.jobs, apart=order.each)
            tally.take_all(site, _show_progress(parts, len(folders)))
        tally.refuse(order.is_strict)
        if order.is_strict and (leaks := search_for_leaks(walk, read_site(site.stage))):
            raise LeaksFoundError(leaks)
    return Built(_describe(order, walk, tally, site, len(folders)), site.changed)


def _write_site(order: Order, walk: Walk, rebuild: Rebuild) -> tuple[StagedSite, BuildTally]:
    tally = BuildTally(list(walk.problems))
    with staged_site(order.out, order.root, rebuild.cache.known()) as site:
        if walk.theme is not None:
            tally.take_all(site, _show_progress(rebuild.partnerships(order.jobs), len(walk.folders())))
            tally.take_all(site, rebuild.program())
        tally.refuse(order.is_strict)
        if order.is_strict and (leaks := search_for_leaks(walk, read_site(site.stage))):
            raise LeaksFoundError(leaks)
    return site, tally


def _describe(order: Order, walk: Walk, tally: BuildTally, site: StagedSite, partnerships: int) -> Standing:
    context = walk.context
    return Standing(
        key=key_of(walk.snapshot.digest, order.history, order.choice),
        checkout=key_of(order.checkout, order.history, order.choice),
        history=order.history,
        site_id=site.site_id,
        audience=context.audience.value,
        today=context.today,
        fixed=context.record.program.today,
        timezone=context.record.program.timezone,
        partnerships=partnerships,
        pages=tally.pages,
        withheld=tally.withheld.sentence(),
        problems=tuple(tally.problems),
    )


def _choose_folders(walk: Walk, partnership: str | None) -> tuple[Folder, ...]:
    folders = walk.folders(partnership)
    if partnership is not None and not folders:
        near = get_close_matches(partnership, [f.name for f in walk.snapshot.partnerships], n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise click.UsageError(f"There is no partnership {partnership!r}.{hint}")
    return folders


def _show_progress(parts: Iterable[SitePart], total: int) -> Iterator[SitePart]:
    """Pass the parts on; where that takes longer than a second and somebody watches, show a bar."""
    is_watched = sys.stderr.isatty()
    started = time.monotonic()
    bar = None
    try:
        for number, part in enumerate(parts, start=1):
            if bar is None and is_watched and time.monotonic() - started > 1:
                from rich.console import Console
                from rich.progress import Progress

                bar = Progress(console=Console(stderr=True), transient=True)
                bar.start()
                task = bar.add_task("Building", total=total)
            if bar is not None:
                bar.update(task, completed=min(number, total))
            yield part
    finally:
        if bar is not None:
            bar.stop()
