"""Parts: what the preview knows of each partnership, little of all of them and all of a few.

Reading one is the build's own walk; which of them are read, and when, is `headway.preview.site`'s business.
"""

from __future__ import annotations

import os
import signal
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from multiprocessing import get_context

from headway.build import Walk, report_partnership
from headway.model.fields import Visibility
from headway.model.reading import NoteMemo
from headway.output.cache import digest_of
from headway.pages.addresses import Addresses
from headway.pages.partnership_pages import PartnershipPages, check_partnership_links, plan_partnership_pages
from headway.pages.summary import PartnershipSummary, summarise
from headway.problems import Problem
from headway.progress.report import PartnershipReport
from headway.source.snapshot import Folder, Snapshot

ADDRESSES = Addresses()
OPEN_FILES = 1_000
"""How many files' partnerships stay open: about 40 KB each, so that the memory does not grow with the program."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept of every partnership: its problems, and its summaries as far as somebody wanted them.

    Where its files have an error, the summaries are those from before it.
    """

    key: str
    people: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    summaries: Mapping[Visibility, PartnershipSummary] = field(default_factory=dict)


@dataclass(slots=True)
class Open:
    """A partnership that somebody looks at: its last report without an error, and its pages by audience."""

    key: str = ""
    report: PartnershipReport | None = None
    problems: tuple[Problem, ...] = ()
    has_failed: bool = False
    memo: NoteMemo = field(default_factory=NoteMemo)
    pages: dict[Visibility, PartnershipPages] = field(default_factory=dict)

    def read(self, walk: Walk, folder: Folder, shared: str) -> None:
        """Read it as it is now; where it has an error, the report from before stays."""
        report, problems = report_partnership(walk, folder, self.memo)
        self.has_failed = report is None
        if report is not None:
            problems = (*problems, *check_partnership_links(report, walk.context, ADDRESSES))
            self.report = report
            self.pages = {}
        self.problems = problems
        self.key = key_of(folder, self.people, shared, walk.snapshot)

    @property
    def people(self) -> tuple[str, ...]:
        return tuple(member.person for member in self.report.partnership.members) if self.report else ()

    def plan(self, walk: Walk) -> PartnershipPages:
        """Return its pages for the walk's audience; none where it was never without an error."""
        audience = walk.context.audience
        if self.report is None:
            return PartnershipPages()
        if audience not in self.pages:
            self.pages[audience] = plan_partnership_pages(self.report, walk.context, ADDRESSES)
        return self.pages[audience]

    def know(self, walk: Walk, audiences: Iterable[Visibility], before: Known | None) -> Known:
        """Return what is kept of it when it is closed."""
        report = self.report
        if report is None:
            return Known(self.key, self.people, self.problems, before.summaries if before else {})
        summaries = {
            audience: summarise(report, for_audience(walk, audience).context, ADDRESSES) for audience in audiences
        }
        return Known(self.key, self.people, self.problems, summaries)


class OpenParts:
    """The partnerships that were looked at last, as many as may stay open."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, Open] = OrderedDict()
        self._sizes: dict[str, int] = {}

    def take(self, folder: Folder) -> Open:
        """Return a partnership's place among the open ones, an empty one where it was closed."""
        part = self._open.setdefault(folder.name, Open())
        self._open.move_to_end(folder.name)
        self._sizes[folder.name] = len(folder.files)
        while len(self._open) > 1 and sum(self._sizes.values()) > OPEN_FILES:
            closed, _ = self._open.popitem(last=False)
            del self._sizes[closed]
        return part

    def keep(self, names: Iterable[str]) -> None:
        """Close all but these."""
        for name in self._open.keys() - set(names):
            del self._open[name], self._sizes[name]


def key_of(folder: Folder, people: Iterable[str], shared: str, snapshot: Snapshot) -> str:
    """Return a digest of all that a partnership's summary is made from."""
    files = snapshot.people.files
    return digest_of(shared, folder.path, folder.digest, *(files.get(f"content/people/{p}.yaml", "") for p in people))


def for_audience(walk: Walk, audience: Visibility) -> Walk:
    """Return the same walk for another audience."""
    return replace(walk, context=replace(walk.context, audience=audience))


def start_reading(
    walk: Walk, folders: Sequence[Folder], audiences: frozenset[Visibility], shared: str
) -> tuple[ProcessPoolExecutor, list[Future[Known]]]:
    """Begin to read partnerships in processes of their own; return these and what they promise, in that order."""
    # Processes are spawned, since this one has threads. They leave Ctrl-C to us, from their first moment on.
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        begin = (replace(walk, theme=None), audiences, shared)
        workers = min(os.cpu_count() or 1, len(folders))
        pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=_begin_reading, initargs=begin)
        return pool, [pool.submit(_read_in_worker, folder) for folder in folders]
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


_begun: list[tuple[Walk, frozenset[Visibility], str]] = []
"""In a process that reads: what all its partnerships share."""


def _begin_reading(walk: Walk, audiences: frozenset[Visibility], shared: str) -> None:
    _begun[:] = [(walk, audiences, shared)]


def _read_in_worker(folder: Folder) -> Known:
    walk, audiences, shared = _begun[0]
    part = Open()
    part.read(walk, folder, shared)
    return part.know(walk, audiences, None)
