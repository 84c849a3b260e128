"""Watching: the system's notices of changes become the paths that somebody wrote, once they have finished.

Knows what editors and git do to a folder; what a change means is others' business. A notice only says where to
look: the bytes decide.
"""

from __future__ import annotations

import asyncio
import logging
import tempfile
import threading
import warnings
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from watchdog.events import (
    EVENT_TYPE_CLOSED_NO_WRITE,
    EVENT_TYPE_MODIFIED,
    EVENT_TYPE_OPENED,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from headway.source.layout import ROOTS
from headway.source.live import find_remote_mount
from headway.source.names import is_scratch

QUIET = 0.015
"""Seconds without another notice after which somebody has finished writing."""
PATIENCE = 0.25
"""Seconds after which it is looked anyway, though notices go on."""
BURST = 200
"""Paths at once from which on everything is looked through: the system itself may have lost notices."""
BUNDLED_THEME = "headway/themes"
"""Among named paths: a theme that came with Headway has changed."""
HEARING = 1.0
"""Seconds within which the system must have told of a change, when that is tried out."""
EVERYTHING = ""
"""Among named paths: look at everything."""

# What happens to a folder while its watch ends is no news for people; watchdog calls it an error at times.
logging.getLogger("watchdog").setLevel(logging.CRITICAL)
# A folder made while its parent is being looked through is watched twice, by the same callback: no harm is done.
warnings.filterwarnings("ignore", "Callback with id .* already exists", RuntimeWarning)

_READING = frozenset((EVENT_TYPE_OPENED, EVENT_TYPE_CLOSED_NO_WRITE))
"""Notices that a file was read, by ourselves for one."""


class Coalescing:
    """Gathers named paths until it has been quiet, then hands them over, on the event loop's own thread."""

    def __init__(self, hand_over: Callable[[frozenset[str]], None]) -> None:
        self._hand_over = hand_over
        self._named: set[str] = set()
        self._first = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def name(self, path: str) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        if not self._named:
            self._first = now
        self._named.add(path)
        if self._timer is not None:
            self._timer.cancel()
        self._timer = loop.call_at(min(now + QUIET, self._first + PATIENCE), self._end)

    def _end(self) -> None:
        named, self._named, self._timer = frozenset(self._named), set(), None
        self._hand_over(frozenset((EVERYTHING,)) if len(named) > BURST else named)


class Watcher(FileSystemEventHandler):
    """Watches a program's folder, and Headway's own themes, from threads of its own."""

    def __init__(self, root: Path, themes: Path, tell: Callable[[str], None]) -> None:
        self._root = root.resolve()
        self._themes = themes
        self._tell = tell
        self._observer = Observer()
        self._watched: dict[str, object] = {}
        self._lock = threading.Lock()

    def start(self) -> None:
        """Begin; raise OSError where the system gives no more notices."""
        self._observer.schedule(self, str(self._root), recursive=False)
        self._observer.schedule(_ThemeNotices(self._tell), str(self._themes), recursive=True)
        self._watch_below()
        self._observer.start()

    def stop(self) -> None:
        """Let the threads end; they take up to a second for it, and nobody waits for them."""
        self._observer.stop()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if _is_nothing(event):
            return
        for place in (event.src_path, event.dest_path):
            path = self._path(place)
            if path in ROOTS and event.is_directory:
                self._watch_below()
                self._tell(EVERYTHING)
            elif path is not None:
                self._tell(path)

    def _watch_below(self) -> None:
        """Watch the folders of the root that are ours, also those that have come back."""
        with self._lock:
            for name in ROOTS:
                place = self._root / name
                if name in self._watched:
                    self._observer.unschedule(self._watched.pop(name))  # type: ignore[arg-type]
                if place.is_dir() and not place.is_symlink():
                    self._watched[name] = self._observer.schedule(self, str(place), recursive=True)

    def _path(self, place: bytes | str) -> str | None:
        """Return a place as a path of the program, or None where it is nobody's work."""
        text = place if isinstance(place, str) else place.decode("utf-8", "surrogateescape")
        try:
            path = PurePosixPath(text).relative_to(self._root)
        except ValueError:
            return None
        hidden = any(part.startswith(".") for part in path.parts)
        is_ours = bool(path.parts) and path.parts[0] in ROOTS and not hidden and not is_scratch(path.name)
        return path.as_posix() if is_ours else None


class _ThemeNotices(FileSystemEventHandler):
    """Tells that a theme which came with Headway has changed, as it does where somebody works on it."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell

    def on_any_event(self, event: FileSystemEvent) -> None:
        name = PurePosixPath(str(event.src_path)).name
        if not _is_nothing(event) and not is_scratch(name):
            self._tell(BUNDLED_THEME)


def _is_nothing(event: FileSystemEvent) -> bool:
    """Whether nothing has changed, or what did is told by another notice: of the file in the folder."""
    return event.event_type in _READING or (event.is_directory and event.event_type == EVENT_TYPE_MODIFIED)


def explain_silence(root: Path) -> str | None:
    """Return why the system will not tell of changes in a folder, as the first half of a sentence; None where it will.

    Tried out with a hidden folder there, which is gone again afterwards.
    """
    mount = find_remote_mount(root)
    if mount is not None:
        return f"The program lies on a mount ({mount}) where others may write without notice"
    heard = threading.Event()
    handler = FileSystemEventHandler()
    handler.on_any_event = lambda event: heard.set()  # type: ignore[method-assign]
    observer = Observer()
    try:
        with tempfile.TemporaryDirectory(prefix=".headway-", dir=root) as folder:
            observer.schedule(handler, folder)
            observer.start()
            (Path(folder) / "try").touch()
            is_heard = heard.wait(HEARING)
            observer.stop()
            observer.join()
    except OSError:
        return None  # nothing can be written there: there is no way to try it out
    return None if is_heard else "The system tells of no changes in the program's folder"
