"""Running: a live site kept up to date while people write: watched, read to the end, its news told.

Everything that touches the site happens in one thread, one thing after another: who asks while the site is made
again, waits for it. What changed on the disk is looked at before an answer, so that none is older than the files.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Collection, Coroutine, Iterable
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

from headway.bundled import bundled_themes
from headway.model.fields import Visibility
from headway.preview.answers import Answer, Answers, Kind
from headway.preview.parts import Known, Reading
from headway.preview.site import AT_ONCE, LiveSite, Update
from headway.preview.watch import BUNDLED_THEME, EVERYTHING, Coalescing, Watcher, explain_silence
from headway.source.live import area_of
from headway.source.snapshot import Folder

T = TypeVar("T")

POLL = 1.0
"""Seconds between two looks where the system tells of no change."""
NOW_AND_THEN = 5.0
"""Seconds between two looks where the system does tell."""
LOOKS = 50
"""How often files are looked at for one answer, where somebody writes them just then."""
BREATH = 0.005
"""Seconds between two such looks."""
UNHURRIED = 0.4
"""Seconds before the rest of the program is read, and between two words to browsers while it is."""


class RunningSite:
    """A live site, and whoever waits for its news. ``say`` is told each change, ``warn`` what people should know."""

    def __init__(
        self, site: LiveSite, say: Callable[[Update], None], warn: Callable[[str], None], poll: float | None = None
    ) -> None:
        self.site = site
        self.answers = Answers(site)
        self._say, self._warn = say, warn
        self._poll = poll
        self._thread = ThreadPoolExecutor(1, "headway-site")
        self._loop: asyncio.AbstractEventLoop | None = None
        self.news = asyncio.Event()
        """Set at the next change, and then another one."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._filling: asyncio.Task[None] | None = None
        self._telling: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def started(self) -> AsyncIterator[None]:
        """Watch the program and read the rest of it, for as long as this lasts."""
        self._loop = asyncio.get_running_loop()
        self.read_the_rest()
        watching = self._begin(self._watch())
        try:
            yield
        finally:
            for task in (watching, *self._tasks):
                task.cancel()
            await asyncio.gather(watching, *self._tasks, return_exceptions=True)
            self._loop = None
            self._thread.shutdown(wait=False, cancel_futures=True)

    async def do(self, call: Callable[..., T], *arguments: object) -> T:
        """Return what a call returns that touches the site: made after those before it, and alone."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, call, *arguments)

    def answer(self, address: str, audience: Visibility) -> Answer:
        """Return the answer to an address, no older than the files; call it by `do`."""
        areas = self.site.areas_for(address, audience)
        for _ in range(LOOKS):
            try:
                self._update(areas)
                return self.answers.answer(address, audience)
            except OSError:  # a file went away, or became another, while it was read
                time.sleep(BREATH)
                areas = None
        return Answer(Kind.FAULT, address, said="The files of this page are written again and again.")

    def read_the_rest(self) -> None:
        """Begin to read what the program's pages still lack, unless it is being done."""
        if self._loop is not None and (self._filling is None or self._filling.done()):
            self._filling = self._begin(self._fill())

    def _begin(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _update(
        self,
        areas: Iterable[str] | None,
        named: Collection[str] = (),
        is_theme: bool = False,
        looks_for_commits: bool = False,
    ) -> None:
        try:
            update = self.site.update(areas, named, is_theme=is_theme, looks_for_commits=looks_for_commits)
        except OSError:
            raise
        except Exception as fault:  # ours; the page that it concerns says so, too, and the others are there
            self._warn(f"This is a fault of Headway's: {type(fault).__name__}: {fault}")
            return
        if update is not None:
            self._say(update)
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._tell)

    def _tell(self) -> None:
        """Let everybody know who waits for news."""
        self._telling = None
        news, self.news = self.news, asyncio.Event()
        news.set()
        self.read_the_rest()

    # Watching

    async def _watch(self) -> None:
        if self._poll is None:
            reason = await asyncio.to_thread(explain_silence, self.site.root)
            watcher = self._start_watching() if reason is None else None
            if watcher is not None:
                try:
                    await self._look_sometimes()
                finally:
                    watcher.stop()
            if reason is not None:
                self._warn(f"{reason}, so it is looked through every {POLL:g} s (--poll SECONDS sets how often).")
        while True:
            await asyncio.sleep(self._poll or POLL)
            with suppress(OSError):
                await self.do(self._update, None, (), False, True)

    async def _look_sometimes(self) -> None:
        """Look at everything now, since something may have been written before anybody listened, and now and then.

        Notices can be lost: the system's queue is finite, and a watch can end with the folder that it was for.
        """
        while True:
            self._take_notice(frozenset((EVERYTHING,)))
            await asyncio.sleep(NOW_AND_THEN)

    def _start_watching(self) -> Watcher | None:
        loop = asyncio.get_running_loop()
        coalescing = Coalescing(self._take_notice)

        def tell(path: str) -> None:
            with suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(coalescing.name, path)

        watcher = Watcher(self.site.root, bundled_themes(), tell)
        try:
            watcher.start()
        except OSError as error:
            watcher.stop()
            self._warn(f"The system tells of no changes here ({error.strerror}), so they are looked for.")
            return None
        return watcher

    def _take_notice(self, named: frozenset[str]) -> None:
        areas = None if EVERYTHING in named else {area_of(path) for path in named - {BUNDLED_THEME}}
        self._begin(self._look(areas, named))

    async def _look(self, areas: Collection[str] | None, named: frozenset[str]) -> None:
        with suppress(OSError):  # gone while it was read: there is another notice of that
            await self.do(self._update, areas, named, BUNDLED_THEME in named, EVERYTHING in named)

    # Reading the rest

    async def _fill(self) -> None:
        """Read all partnerships of which somebody's pages know nothing: a few here, many in other processes."""
        site, before = self.site, None
        await asyncio.sleep(UNHURRIED)  # whoever has just saved asks for a page first
        while missing := await self.do(site.missing, *site.wanted):
            if missing == before:
                await asyncio.sleep(POLL)
            before = missing
            if sum(len(folder.files) for folder in missing) <= AT_ONCE:
                for folder in missing:
                    with suppress(OSError):
                        await self.do(site.read, [folder])
            else:
                await self._fill_beside(missing)
            self._tell_soon()

    async def _fill_beside(self, missing: list[Folder]) -> None:
        site, result = self.site, self.site.result
        wanted = frozenset(site.wanted)
        reading = Reading(result.walk, wanted, result.shared, result.habits)
        is_over = False
        try:
            promises = await asyncio.to_thread(reading.promise, missing)
            for folder, promise in zip(missing, promises, strict=True):
                if site.result.shared != result.shared or not wanted >= site.wanted:
                    return  # all that is still to come would be of yesterday
                await self._take_promised(folder, promise)
                self._tell_soon()
        except asyncio.CancelledError:
            is_over = True
            raise
        finally:
            reading.end(at_once=is_over)

    async def _take_promised(self, folder: Folder, promise: Future[tuple[Known, bytes]]) -> None:
        try:
            known, packed = await asyncio.wrap_future(promise)
        except BrokenExecutor:  # no processes to be had: then here
            await self.do(self.site.read, [folder])
        except OSError:
            return  # a file went away meanwhile, and there is a notice of it
        else:
            await self.do(self.site.take, folder, known, packed)

    def _tell_soon(self) -> None:
        """Tell the news of what was read meanwhile, at most every so often."""
        if self._telling is None and self._loop is not None:
            self._telling = self._loop.call_later(UNHURRIED, self._tell)
