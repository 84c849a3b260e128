"""The output folder: never one that Headway did not make, and swapped in whole.

Whoever looks at the folder sees the old site or the new one. What goes into it is staged by
`headway.output.stage`.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

MARKER = ".headway-site"
MARKER_TEXT = "Headway made this folder and replaces it at each build. Keep nothing of your own in it.\n"
OWN_FILES = (".gitignore", ".gitkeep", ".nojekyll")
"""Files that people put into an output folder, which stay through every build."""


class OutputError(Exception):
    """The folder is not one that Headway may replace; the message says why, in a sentence."""


def refuse_foreign_folder(out: Path, program: Path) -> None:
    """Raise `OutputError` unless ``out`` is absent, empty, or a site that Headway made."""
    program = program.resolve()
    if out.is_symlink():
        raise OutputError(f"{out} is a symbolic link; name the folder itself")
    if out.resolve() in (Path("/"), Path.home().resolve(), program) or out.resolve() in program.parents:
        raise OutputError(f"{out} holds more than the site; name a folder of its own, such as site")
    if (program / "content") in (out.resolve(), *out.resolve().parents):
        raise OutputError(f"{out} is inside content/, where people write; name a folder beside it, such as site")
    if not out.exists():
        return
    if not out.is_dir():
        raise OutputError(f"{out} is a file, not a folder")
    if (out / MARKER).is_file() or all(entry.name in OWN_FILES for entry in out.iterdir()):
        return
    raise OutputError(f"{out} is not empty and Headway did not make it; name another folder, or empty this one")


def read_site(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the regular files below a folder, by name: path from there, and bytes. No link is followed."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(place, name)
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(folder).as_posix(), path.read_bytes()


def swap_in(stage: Path, out: Path) -> None:
    """Put the stage in the place of ``out``, in one step where the system can exchange two folders.

    Then the old site stands where the stage was.
    """
    if not out.exists():
        stage.rename(out)
        return
    if _exchange(stage, out):
        return
    old = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    try:
        out.rename(old / out.name)
        try:
            stage.rename(out)
            (old / out.name).rename(stage)
        except OSError:
            if not out.exists():
                (old / out.name).rename(out)
            raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step with Linux's renameat2; False where that is not to be had."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    here, exchange = -100, 2
    if renameat2(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0:
        return True
    fault = ctypes.get_errno()
    if fault in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(fault, os.strerror(fault), str(other))
