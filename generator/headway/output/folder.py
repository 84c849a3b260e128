"""The output folder: staged beside, swapped in whole, never one that Headway did not make.

Knows files and bytes only. Whoever looks at the folder sees the old site or the new one; what the new site
no longer has is gone with the old.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

MARKER = ".headway-site"
MARKER_TEXT = "Headway made this folder and replaces it at each build. Keep nothing of your own in it.\n"
_KEPT = (".gitignore", ".gitkeep", ".nojekyll")
"""Files that people put into an output folder, which stay through every build."""


class LostFileError(Exception):
    """A file of the standing site that was to be kept is not there, or is not what it was."""


class OutputError(Exception):
    """The folder is not one that Headway may replace; the message says why, in a sentence."""


@dataclass
class StagedSite:
    """A site being written: nothing of it is seen until it is swapped in."""

    stage: Path
    standing: Path
    """The folder that it will replace."""
    written: set[str] = field(default_factory=set)
    changed: int = 0
    """Files that are new or whose bytes are not those of the site that stands."""
    _folders: set[Path] = field(default_factory=set)

    def write(self, address: str, content: bytes) -> None:
        """Write a file of the site; the bytes that already stand there are linked instead of written.

        ``address`` is a path from the site's root, as ``people/ada/index.html``. Raises ValueError where two
        pages claim one path, or where the path leaves the site.
        """
        standing, target = self._claim(address)
        if _holds(standing, content):
            with contextlib.suppress(OSError):
                os.link(standing, target, follow_symlinks=False)
                return
        target.write_bytes(content)
        self.changed += 1

    def keep(self, address: str, digest: str) -> None:
        """Take over a file of the standing site; raise `LostFileError` where its bytes have not that digest."""
        standing, target = self._claim(address)
        try:
            if standing.is_symlink() or sha256(standing.read_bytes()).hexdigest() != digest:
                raise LostFileError(address)
            os.link(standing, target, follow_symlinks=False)
        except OSError as error:
            raise LostFileError(address) from error

    def _claim(self, address: str) -> tuple[Path, Path]:
        """Return where a file stands and where it is staged, its folder made; no other file may claim its path."""
        name = unicodedata.normalize("NFC", address).lstrip("/")
        parts = name.split("/")
        if not name or any(part in ("", ".", "..") for part in parts) or "\0" in name:
            raise ValueError(f"{address!r} is not a path inside the site")
        if name in self.written:
            raise ValueError(f"two pages claim the address /{name}")
        self.written.add(name)
        target = self.stage.joinpath(*parts)
        if target.parent not in self._folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(target.parent)
        return self.standing.joinpath(*parts), target


@contextlib.contextmanager
def staged_site(out: Path, program: Path) -> Iterator[StagedSite]:
    """Give a stage for ``out``; swap it in when the block ends well, and throw it away when it raises.

    Raises `OutputError` where ``out`` is not a folder that Headway made, or is a place it must never replace.
    """
    out = Path(os.path.abspath(out))  # noqa: PTH100 - resolve() would follow the link that must be refused
    refuse_foreign_folder(out, program)
    out.parent.mkdir(parents=True, exist_ok=True)
    stage = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    try:
        stage.chmod(0o755)
        site = StagedSite(stage, out)
        yield site
        (stage / MARKER).write_text(MARKER_TEXT, encoding="utf-8")
        _keep_own_files(out, stage)
        _swap(stage, out)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


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
    if (out / MARKER).is_file() or all(entry.name in _KEPT for entry in out.iterdir()):
        return
    raise OutputError(f"{out} is not empty and Headway did not make it; name another folder, or empty this one")


def _holds(path: Path, content: bytes) -> bool:
    """Whether a regular file with just these bytes stands at ``path``."""
    try:
        return not path.is_symlink() and path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _keep_own_files(out: Path, stage: Path) -> None:
    for name in _KEPT:
        if (out / name).is_file() and not (stage / name).exists():
            shutil.copy2(out / name, stage / name, follow_symlinks=False)


def _swap(stage: Path, out: Path) -> None:
    """Put the stage in the place of ``out``, in one step where the system can exchange two folders."""
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
        except OSError:
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
