"""Parts: what the preview knows of each partnership, little of all of them and all of a few.

Reading one is the build's own walk; which of them are read, and when, is `headway.preview.site`'s business.
"""

from __future__ import annotations

import os
import signal
import time
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import active_children, get_context
from multiprocessing.process import BaseProcess

from msgspec import Struct, field
from msgspec.structs import replace

from headway.build import Walk, report_partnership, view_site
from headway.feeds.partnership import PartnershipFiles, plan_partnership_files
from headway.inputs import habits_of
from headway.model.fields import Visibility
from headway.model.note_memo import NoteMemo
from headway.output.cache import digest_of
from headway.pages.addresses import Addresses
from headway.pages.consent import list_asked
from headway.pages.partnership_pages import PartnershipPages, check_partnership_links, plan_partnership_pages
from headway.pages.summary import PartnershipSummary, summarise
from headway.problems import Problem
from headway.progress.report import PartnershipReport
from headway.source.snapshot import Folder

ADDRESSES = Addresses()
OPEN_FILES = 1_000
"""How many files' partnerships stay open: about 40 KB each, so that the memory does not grow with the program."""


FAREWELL = 0.02
"""Seconds for a pool to forget what it was still to do, before its processes are ended."""
PACKED_BYTES = 64 << 20
"""How much room there is for what the notes of closed partnerships said: about 1.5 KB each."""


class Known(Struct, frozen=True):
    """What is kept of every partnership: its problems, and its summaries as far as somebody wanted them.

    Where its files have an error, the summaries are those from before it.
    """

    key: str
    people: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    summaries: Mapping[Visibility, PartnershipSummary] = field(default_factory=dict)


class Open(Struct):
    """A partnership that somebody looks at: its last report without an error, and its pages by audience."""

    key: str = ""
    report: PartnershipReport | None = None
    problems: tuple[Problem, ...] = ()
    has_failed: bool = False
    habits: str = ""
    memo: NoteMemo = field(default_factory=NoteMemo)
    pages: dict[Visibility, PartnershipPages] = field(default_factory=dict)
    files: dict[Visibility, PartnershipFiles] = field(default_factory=dict)

    def read(self, walk: Walk, folder: Folder, shared: str) -> None:
        """Read it as it is now; where it has an error, the report from before stays."""
        self.memo.begin(self.habits)
        report, problems = report_partnership(walk, folder, self.memo)
        self.has_failed = report is None
        if report is not None:
            problems = (*problems, *check_partnership_links(report, walk.context, ADDRESSES))
            self.report = report
            self.pages, self.files = {}, {}
        self.problems = problems
        self.key = key_of(folder, self.people, shared, walk)

    @property
    def people(self) -> tuple[str, ...]:
        return list_asked(self.report.partnership) if self.report else ()

    def plan(self, walk: Walk) -> PartnershipPages:
        """Return its pages for the walk's audience; none where it was never without an error."""
        audience = walk.context.audience
        if self.report is None:
            return PartnershipPages()
        if audience not in self.pages:
            self.pages[audience] = plan_partnership_pages(self.report, walk.context, ADDRESSES)
        return self.pages[audience]

    def feed(self, walk: Walk) -> PartnershipFiles:
        """Return the files beside its pages for the walk's audience, and its summary with what the program's need."""
        audience, report = walk.context.audience, self.report
        if report is None or walk.theme is None:
            return PartnershipFiles({}, PartnershipSummary())
        if audience not in self.files:
            summary = summarise(report, walk.context, ADDRESSES)
            site = view_site(walk, ADDRESSES, [])
            self.files[audience] = plan_partnership_files(
                self.plan(walk).pages, summary, report, walk.context, ADDRESSES, site, walk.theme.tokens()
            )
        return self.files[audience]

    def know(self, walk: Walk, audiences: Iterable[Visibility], before: Known | None) -> Known:
        """Return what is kept of it when it is closed."""
        if self.report is None:
            return Known(self.key, self.people, self.problems, before.summaries if before else {})
        summaries = {audience: self.feed(for_audience(walk, audience)).summary for audience in audiences}
        return Known(self.key, self.people, self.problems, summaries)


class OpenParts:
    """The partnerships that were looked at last, as many as may stay open; of the others, what their notes said.

    That is packed, at a thirtieth of the room, and opens a partnership ten times as fast as reading it does.
    """

    def __init__(self) -> None:
        self._open: OrderedDict[str, Open] = OrderedDict()
        self._sizes: dict[str, int] = {}
        self._packed: dict[str, bytes] = {}
        self._room = PACKED_BYTES

    def take(self, folder: Folder, habits: str) -> Open:
        """Return a partnership's place among the open ones; ``habits`` is a digest of how notes are read."""
        part = self._open.get(folder.name)
        if part is None:
            part = self._open[folder.name] = Open(memo=self._unpack(folder.name))
        part.habits = habits_of(folder, habits)
        self._open.move_to_end(folder.name)
        self._sizes[folder.name] = len(folder.files)
        while len(self._open) > 1 and sum(self._sizes.values()) > OPEN_FILES:
            name, closed = self._open.popitem(last=False)
            del self._sizes[name]
            self.put_away(name, closed.memo.pack())
        return part

    def put_away(self, name: str, packed: bytes) -> None:
        """Keep what a closed partnership's notes said, as long as there is room."""
        if name not in self._open and len(packed) < self._room:
            self._room += len(self._packed.pop(name, b"")) - len(packed)
            self._packed[name] = packed

    def _unpack(self, name: str) -> NoteMemo:
        packed = self._packed.pop(name, b"")
        self._room += len(packed)
        return NoteMemo.unpack(packed)

    def keep(self, names: Iterable[str]) -> None:
        """Forget all but these."""
        for name in self._open.keys() - set(names):
            del self._open[name], self._sizes[name]
        for name in self._packed.keys() - set(names):
            self._room += len(self._packed.pop(name))


def key_of(folder: Folder, people: Iterable[str], shared: str, walk: Walk) -> str:
    """Return a digest of all that a partnership's summary is made from."""
    files, told = walk.snapshot.people.files, walk.history.digest(folder.name)
    members = (files.get(f"content/people/{person}.yaml", "") for person in people)
    return digest_of(shared, folder.path, folder.digest, told, *members)


def for_audience(walk: Walk, audience: Visibility) -> Walk:
    """Return the same walk for another audience."""
    return replace(walk, context=replace(walk.context, audience=audience))


class Reading:
    """Partnerships that are read in processes of their own, for what is kept of them."""

    def __init__(self, walk: Walk, audiences: frozenset[Visibility], shared: str, habits: str) -> None:
        begin = (walk, audiences, shared, habits)
        # Processes are spawned, since this one has threads.
        self._workers: list[BaseProcess] = []
        self._pool = ProcessPoolExecutor(
            os.cpu_count(), get_context("spawn"), initializer=_begin_reading, initargs=begin
        )

    def promise(self, folders: Iterable[Folder]) -> list[Future[tuple[Known, bytes]]]:
        """Return what is kept of each partnership as a promise; takes as long as starting the processes does."""
        # The processes leave Ctrl-C to us, from their first moment on.
        others = set(active_children())
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return [self._pool.submit(_read_in_worker, folder) for folder in folders]
        finally:
            self._workers = [process for process in active_children() if process not in others]
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)

    def end(self, *, at_once: bool) -> None:
        """Let the processes end with what they are at, or without it; everything else is not read any more."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        if at_once:
            time.sleep(FAREWELL)
            for process in self._workers:
                process.terminate()


_begun: list[tuple[Walk, frozenset[Visibility], str, str]] = []
"""In a process that reads: what all its partnerships share."""


def _begin_reading(walk: Walk, audiences: frozenset[Visibility], shared: str, habits: str) -> None:
    _begun[:] = [(walk, audiences, shared, habits)]


def _read_in_worker(folder: Folder) -> tuple[Known, bytes]:
    walk, audiences, shared, habits = _begun[0]
    part = Open(habits=habits_of(folder, habits))
    part.read(walk, folder, shared)
    return part.know(walk, audiences, None), part.memo.pack()
