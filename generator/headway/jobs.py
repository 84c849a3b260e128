"""Jobs: partnerships that are built at once, in processes of their own, and come out in their order.

Memory does not grow with the program: only so many are begun as the workers can take on.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from threading import current_thread, main_thread
from typing import Any

from msgspec.structs import replace

from headway.build import Walk, build_partnership
from headway.made import Before, SiteFile, SitePart
from headway.source.snapshot import Folder

FILES_WORTH_A_PROCESS = 60
"""How many files a worker process must have to do, for starting it to be worth its while."""
WAITING_PER_JOB = 3
"""How many partnerships may wait for each worker, begun or built: memory must not grow with the program."""


def build_own_sites(walk: Walk, folders: Sequence[Folder], jobs: int, *, apart: bool) -> Iterator[SitePart]:
    """Yield partnerships' own sites, each complete; ``apart`` puts each into a folder of its name."""
    for folder, part in zip(folders, build_partnerships(walk, folders, jobs, is_own=True), strict=True):
        if apart:
            part = replace(part, files=tuple(SiteFile(f"{folder.name}/{f.path}", f.content) for f in part.files))
        yield part


def build_partnerships(
    walk: Walk,
    folders: Sequence[Folder],
    jobs: int,
    *,
    is_own: bool = False,
    recall: Callable[[Folder], Before | None] = lambda folder: None,
    make_pool: Callable[..., Executor] | None = None,
) -> Iterator[SitePart]:
    """Yield the partnerships' parts in the order of their folders, built by ``jobs`` workers.

    ``recall`` gives what the last build made of each, and is asked when its turn comes; see `build_partnership`.
    ``make_pool`` is called as `concurrent.futures.ProcessPoolExecutor` is, and may give any executor of its kind.
    """
    jobs = min(jobs, len(folders), _worthwhile_jobs(folders, jobs))
    if jobs <= 1:
        yield from (_build_noting_sources(walk, folder, is_own, recall(folder)) for folder in folders)
        return
    with (make_pool or _make_processes)(jobs, initializer=_begin_job, initargs=(walk,)) as pool:
        waiting: deque[Future[SitePart]] = deque()
        for folder in folders:
            waiting.append(pool.submit(_do_job, folder, is_own, recall(folder)))
            if len(waiting) > jobs * WAITING_PER_JOB:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _make_processes(*given: Any, **named: Any) -> Executor:
    from concurrent.futures import ProcessPoolExecutor  # takes a while to load, and most builds need none

    return ProcessPoolExecutor(*given, **named)


def _worthwhile_jobs(folders: Iterable[Folder], most: int) -> int:
    """Return how many workers have enough to do; no more folders are listed than it takes to know."""
    files = 0
    for folder in folders:
        files += len(folder.files)
        if files >= most * FILES_WORTH_A_PROCESS:
            break
    return files // FILES_WORTH_A_PROCESS + 1


_walk_of_this_process: list[Walk] = []
"""In a worker: the walk it builds for, handed over once instead of with each partnership."""


def _begin_job(walk: Walk) -> None:
    # Ctrl-C reaches all processes; the one that was started by hand answers it, and ends the others.
    if current_thread() is main_thread():
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    _walk_of_this_process[:] = [walk]


def _do_job(folder: Folder, is_own: bool, before: Before | None) -> SitePart:
    return _build_noting_sources(_walk_of_this_process[0], folder, is_own, before)


def _build_noting_sources(walk: Walk, folder: Folder, is_own: bool, before: Before | None) -> SitePart:
    return replace(build_partnership(walk, folder, is_own=is_own, before=before), sources=folder.files)
