"""The live site: what the program's pages are at this moment, made when they are asked for.

There is one reference to the current result, replaced as a whole. For one thread at a time; who asks, waits.
Where something has an error, what was there before it stays, and the problem is told beside it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from headway.build import Walk, plan_program, read_walk, view_site
from headway.choice import Choice, choose_today
from headway.inputs import reading_habits, shared_inputs
from headway.model.fields import Visibility
from headway.model.program_history import ProgramHistory
from headway.output.cache import Cache, digest_of
from headway.pages.addresses import segment
from headway.pages.planned import Planned, outline_of
from headway.pages.summary import PartnershipSummary
from headway.pages.views import Page, SiteView
from headway.preview.parts import ADDRESSES, Known, Open, OpenParts, for_audience, key_of
from headway.preview.result import Result, by_segment, has_summary
from headway.problems import Problem, Severity
from headway.rebuild import read_summaries
from headway.source.live import SHARED, LiveFolder, Look, area_of
from headway.source.snapshot import Folder, Snapshot
from headway.standing import read_history_mark
from headway.theme.themes import load_theme

AT_ONCE = 300
"""Files of partnerships that are read while somebody waits; more are read beside, by `headway.preview.filling`."""
LOOKED_THROUGH = 20_000
"""Files that are looked through for a page of the whole program; in a larger one the watcher's word is taken."""
SETTLING = 0.04
"""Seconds that a file which vanished or became empty may take to come back: an editor is writing it."""

BUILT_FOR = (Visibility.PUBLIC, Visibility.PROGRAM, Visibility.PARTNERS)


class Update(Struct, frozen=True):
    """What one look at the files has changed, for the line in the terminal."""

    paths: tuple[str, ...]
    milliseconds: float
    problems: tuple[Problem, ...]


class LiveSite:
    """A program's site as it would be built now.

    ``choose`` gives the day and the audience, asked at each look; ``read_history`` what git tells, asked again after
    a commit.
    """

    def __init__(
        self,
        root: Path,
        choose: Callable[[], Choice],
        *,
        private: bool = False,
        read_history: Callable[[], ProgramHistory] = ProgramHistory,
        cache: Cache | None = None,
    ) -> None:
        self.root = root
        self._files = LiveFolder(root)
        self._choose = choose
        self._read_history = read_history
        self._commit = read_history_mark(root)
        self._history = read_history()
        self._parts = OpenParts()
        self._walks: dict[Visibility, Walk] = {}
        self._program: dict[Visibility, Mapping[str, Planned[Page | bytes]]] = {}
        self._hidden: dict[Visibility, Mapping[str, Folder]] = {}
        self._owed: tuple[str, ...] = ()
        self.number = 0
        """Counts the results: what was made from one of them holds until the next."""
        look = self._files.look()
        self.result = self._read_program(look.snapshot, None)
        audience = self.result.walk.context.audience
        self.audience = audience
        self.audiences = (*BUILT_FOR, Visibility.PRIVATE) if private else BUILT_FOR
        self.wanted = {audience}
        """The audiences for whose pages summaries are made."""
        if cache is not None:
            self._take_from_cache(cache)

    def update(
        self,
        areas: Iterable[str] | None = None,
        named: Collection[str] = (),
        *,
        is_theme: bool = False,
        looks_for_commits: bool = False,
    ) -> Update | None:
        """Look at the files again and make what changed; None where nothing did.

        ``areas`` are those to look at, everything where None; the ``named`` paths are read whatever their times say;
        with ``is_theme`` a theme that came with Headway has changed.
        """
        started = time.perf_counter()
        look = self._look(areas, named)
        # What was seen and then could not be taken in, because a file went away meanwhile, is still to be taken in.
        changed = self._owed = tuple(sorted({*self._owed, *look.changed}))
        before = self.result
        program, today = before.walk.context.record.program, before.walk.context.today
        is_new_day = choose_today(program.today, program.timezone, self._choose()) != today
        is_committed = looks_for_commits and self._has_new_history()
        if not changed and not is_theme and not is_new_day and not is_committed:
            return None
        if is_theme or is_new_day or is_committed or any(area_of(path) in SHARED for path in changed):
            after = self._read_program(look.snapshot, before)
        else:
            walk = replace(before.walk, snapshot=look.snapshot)
            own = tuple(problem for problem in before.problems if problem not in before.walk.snapshot.problems)
            after = replace(before, walk=walk, problems=(*look.snapshot.problems, *own), folders=by_segment(walk))
        self._replace(after)
        touched = {area_of(path) for path in changed} if after.shared == before.shared else None
        concerned = [
            f for f in after.folders.values() if touched is None or not touched.isdisjoint((f.path, SHARED[1]))
        ]
        stale = [f for f in concerned if f.name in after.known and not after.holds(f)]
        if sum(len(folder.files) for folder in stale) <= AT_ONCE:
            for folder in stale:
                self.open(folder)
        self._owed = ()
        return Update(changed, 1000 * (time.perf_counter() - started), self.result.all_problems)

    def _has_new_history(self) -> bool:
        """Whether git tells something else than at the last question; reads it then."""
        commit = read_history_mark(self.root)
        if commit == self._commit:
            return False
        self._commit, self._history = commit, self._read_history()
        return True

    def areas_for(self, address: str, audience: Visibility) -> tuple[str, ...] | None:
        """Return where the files of an address stand, as `update` takes them: everything for the program's pages."""
        folder = self.folder_of(address, audience)
        if folder is not None:
            return (*SHARED, folder.path)
        if address.startswith("/assets/"):
            return ("themes",)
        return None if self._files.count <= LOOKED_THROUGH else SHARED

    def folder_of(self, address: str, audience: Visibility) -> Folder | None:
        """Return the partnership whose page an address may be, as an audience knows it."""
        parts = address.removeprefix("/search").split("/")
        if len(parts) < 3 or parts[1] != "partnerships" or (len(parts) == 3 and not address.startswith("/search/")):
            return None
        name = parts[2] if len(parts) > 3 else parts[2].rpartition(".")[0]
        return self.result.folders.get(name) or self._hidden_names(audience).get(name)

    def same_place(self, address: str, before: Visibility, after: Visibility) -> str:
        """Return what one audience's address is for another: a partnership's name may tell who is in it."""
        folder = self.folder_of(address, before)
        pages = self.open(folder).plan(self.walk_for(after)).pages if folder else ()
        if not pages:
            return address
        rest = address.split("/", 3)[3]
        return pages[0].address + rest

    def _hidden_names(self, audience: Visibility) -> Mapping[str, Folder]:
        """Return the partnerships by what stands in an audience's addresses instead of their names."""
        if audience not in self._hidden:
            names: dict[str, Folder] = {}
            for folder in self.result.folders.values():
                known = self.result.known.get(folder.name)
                summary = known.summaries.get(audience) if known else None
                if summary is not None and summary.card is not None:
                    names[summary.card.address.split("/")[2]] = folder
            self._hidden[audience] = names
        return self._hidden[audience]

    def missing(self, *audiences: Visibility) -> list[Folder]:
        """Return the partnerships of which the program's pages for these audiences know nothing yet."""
        known, holds = self.result.known, self.result.holds
        folders = self.result.folders.values()
        return [f for f in folders if not holds(f) or not all(has_summary(known[f.name], a) for a in audiences)]

    def read(self, folders: Iterable[Folder]) -> None:
        """Read these partnerships now, and summarise them for the program's pages."""
        known = dict(self.result.known)
        for folder in folders:
            part = self.open(folder)
            known[folder.name] = part.know(self.result.walk, self.wanted, known.get(folder.name))
        self._replace(replace(self.result, known=known))

    def take(self, folder: Folder, known: Known, packed: bytes) -> None:
        """Keep what was read elsewhere, unless the partnership has changed since."""
        self._parts.put_away(folder.name, packed)
        taken = replace(self.result, known={**self.result.known, folder.name: known})
        if taken.folders.get(segment(folder.name)) == folder and taken.holds(folder):
            self._replace(taken)

    def open(self, folder: Folder) -> Open:
        """Return a partnership, read as it is now; what the program's pages need of it is summarised later."""
        part, result = self._parts.take(folder, self.result.habits), self.result
        if part.key != key_of(folder, part.people, result.shared, result.walk):
            part.read(result.walk, folder, result.shared)
            if folder.name not in result.known or not result.holds(folder):
                # Where it has an error now, what it was before is what is shown.
                audiences = self.wanted if part.has_failed else ()
                known = part.know(result.walk, audiences, result.known.get(folder.name))
                self._replace(replace(result, known={**result.known, folder.name: known}))
        return part

    def walk_for(self, audience: Visibility) -> Walk:
        return self._walks.setdefault(audience, for_audience(self.result.walk, audience))

    def view_for(self, audience: Visibility) -> SiteView:
        """Return what a partnership's pages know of the site."""
        return view_site(self.walk_for(audience), ADDRESSES, [])

    def program_page(self, address: str, audience: Visibility) -> Page | bytes | None:
        """Return the program's own page or file at an address, made from the summaries that are known."""
        if audience not in self._program:
            outlines = [*filter(None, map(outline_of, self._summaries(audience)))]
            plan = plan_program(self.walk_for(audience), outlines, ADDRESSES, self.view_for(audience)).whole()
            everything: tuple[Planned[Page | bytes], ...] = (*plan.files, *plan.pages)
            self._program[audience] = {planned.address: planned for planned in everything}
        planned = self._program[audience].get(address)
        return planned.made if planned else None

    def _summaries(self, audience: Visibility) -> list[PartnershipSummary]:
        known = (self.result.known.get(folder.name) for folder in self.result.folders.values())
        return [k.summaries[audience] for k in known if k is not None and audience in k.summaries]

    def _replace(self, result: Result) -> None:
        names = {folder.name for folder in result.folders.values()}
        self.result = replace(result, known={name: k for name, k in result.known.items() if name in names})
        self.number += 1
        self._walks, self._program, self._hidden = {}, {}, {}
        self._parts.keep(names)

    def _look(self, areas: Iterable[str] | None, named: Collection[str]) -> Look:
        areas = None if areas is None else tuple(areas)
        look = self._files.look(areas, named)
        if look.is_unsettled:
            time.sleep(SETTLING)
            again = self._files.look(areas)
            look = replace(again, changed=tuple(sorted({*look.changed, *again.changed})))
        return look

    def _read_program(self, snapshot: Snapshot, before: Result | None) -> Result:
        """Return the result of the program's own files; where they have an error, the walk before it stays."""
        fresh = read_walk(snapshot, self._choose(), with_theme=True, history=self._history)
        problems, walk = fresh.problems, fresh
        own = [problem for problem in problems if problem not in snapshot.problems]
        if before is not None and any(problem.severity is Severity.ERROR for problem in own):
            walk = replace(before.walk, snapshot=snapshot)
        elif fresh.theme is None:
            walk = replace(fresh, theme=load_theme("trail", snapshot)[0])
        if walk.theme is None:  # a broken theme of the program's own that has the bundled one's name
            walk = replace(walk, theme=load_theme("trail", replace(snapshot, themes=Folder("themes", {}, "")))[0])
        inputs = {**shared_inputs(walk), "the theme": "", "the audience": "", "today": str(walk.context.today)}
        shared = digest_of(*(text for item in sorted(inputs.items()) for text in item))
        habits = reading_habits(walk, inputs)
        return Result(walk, shared, habits, problems, by_segment(walk), before.known if before else {})

    def _take_from_cache(self, cache: Cache) -> None:
        """Take over what a build has left that still holds."""
        known, result = {}, self.result
        folders = {folder.name: folder for folder in result.folders.values()}
        for name, summary, part in read_summaries(result.walk, cache):
            if name in folders:
                key = key_of(folders[name], part.people, result.shared, result.walk)
                known[name] = Known(key, part.people, part.problems, {self.audience: summary})
        self._replace(replace(result, known=known))
