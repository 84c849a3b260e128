"""The workplace: a folder beside the output folder, locked by the build that works there, gone when it ends."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def workplace(out: Path) -> Iterator[Path]:
    """Give a folder beside ``out`` that is gone afterwards; those of builds that were killed go with it.

    Its lock tells that its build is alive. It gets the name by which it is found only when it has the lock.
    """
    for left in out.parent.glob(f".{out.name}.*"):
        with contextlib.suppress(OSError), _lock(left):
            shutil.rmtree(left, ignore_errors=True)
    for left in out.parent.glob(f".{out.name}-*"):
        with contextlib.suppress(OSError), _lock(left):
            left.rmdir()
    with contextlib.ExitStack() as held:
        fresh = _make_locked_folder(out, held)
        place = fresh.with_name(f".{out.name}.{fresh.name.rpartition('-')[2]}")
        try:
            fresh.rename(place)
            yield place
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
            shutil.rmtree(place, ignore_errors=True)


def _make_locked_folder(out: Path, held: contextlib.ExitStack) -> Path:
    """Return a new folder beside ``out``, locked until ``held`` ends; a build that sweeps may take it away before."""
    while True:
        fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
        with contextlib.suppress(BlockingIOError, FileNotFoundError):
            held.enter_context(_lock(fresh))
            return fresh


@contextlib.contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Hold a folder's lock; raise OSError where somebody else does, or where it is no folder."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)
