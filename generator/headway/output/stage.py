"""The stage: where the next site is put together, unseen, before it takes the place of the one that stands.

Where the cache knows both the standing site and the spare, that is the site before it, the spare is brought up to
date: then a build touches only the files that changed in the last two. Else every file is linked or written anew.
A file is never changed in place, because the two folders share it.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import stat
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from msgspec import Struct, field

from headway.output.folder import MARKER, MARKER_TEXT, OWN_FILES, refuse_foreign_folder, swap_in

Manifest = Mapping[str, str]
"""The digest of each file's bytes by its path from the site's root."""


class LostFileError(Exception):
    """A file of the standing site that was to be kept is not there, or is not what it was."""


class Known(Struct, frozen=True):
    """What a cache says of the site that stands and of the spare in ``folder``, if both still carry these ids."""

    standing: Manifest
    spare: Manifest
    standing_id: str
    spare_id: str
    folder: Path


class StagedSite(Struct):
    """A site being written. ``known`` is what already lies in the stage and what stands; None where it began empty."""

    stage: Path
    out: Path
    known: Known | None = None
    files: dict[str, str] = field(default_factory=dict)
    changed: int = 0
    """Files that are new or whose bytes are not those of the site that stands."""
    site_id: str = ""
    """A digest of the whole site, by which it is known again; empty until it is finished."""
    _folders: set[str] = field(default_factory=set)

    @property
    def spare(self) -> Manifest:
        return self.known.spare if self.known else {}

    def write(self, address: str, content: bytes) -> None:
        """Write a file of the site; bytes that already stand there are not written again.

        ``address`` is a path from the site's root, as ``people/ada/index.html``. Raises ValueError where two
        pages claim one path, or where the path leaves the site.
        """
        digest = sha256(content).hexdigest()
        name = self._claim(address, digest)
        stands = self.known.standing.get(name) == digest if self.known else _holds(self.out / name, content)
        self.changed += not stands
        if self.spare.get(name) == digest:
            return
        target = self._make_way(name)
        if stands:
            with contextlib.suppress(OSError):
                os.link(self.out / name, target, follow_symlinks=False)
                return
        _write_new(target, content)

    def keep(self, files: Manifest) -> None:
        """Take over files of the standing site; raise `LostFileError` where one has not the bytes of its digest."""
        spare = self.spare
        if all(spare.get(path) == digest for path, digest in files.items()) and self.files.keys().isdisjoint(files):
            self.files.update(files)  # they lie in the stage already, by names that were found good
            return
        for path, digest in files.items():
            self._keep(path, digest)

    def _keep(self, address: str, digest: str) -> None:
        name = self._claim(address, digest)
        if self.spare.get(name) == digest:
            return
        stands = self.out / name
        try:
            if stands.is_symlink() or (self.known is None and sha256(stands.read_bytes()).hexdigest() != digest):
                raise LostFileError(address)
            os.link(stands, self._make_way(name), follow_symlinks=False)
        except OSError as error:
            raise LostFileError(address) from error

    def finish(self) -> None:
        """Take out of the stage what the site no longer has, and sign it."""
        for name in self.spare.keys() - self.files.keys():
            (self.stage / name).unlink(missing_ok=True)
            _prune((self.stage / name).parent, self.stage)
        for name in OWN_FILES:
            if (self.out / name).is_file() and name not in self.files:
                (self.stage / name).unlink(missing_ok=True)
                shutil.copy2(self.out / name, self.stage / name, follow_symlinks=False)
        self.site_id = _identify(self.files)
        (self.stage / MARKER).write_text(f"{MARKER_TEXT}{self.site_id}\n", encoding="utf-8")

    def _claim(self, address: str, digest: str) -> str:
        """Return the file's path; no other file of the site may claim it."""
        name = unicodedata.normalize("NFC", address).lstrip("/")
        if not name or any(part in ("", ".", "..") for part in name.split("/")) or "\0" in name:
            raise ValueError(f"{address!r} is not a path inside the site")
        if name in self.files:
            raise ValueError(f"two pages claim the address /{name}")
        self.files[name] = digest
        return name

    def _make_way(self, name: str) -> str:
        """Return where a file is staged: its folder made, what lay there gone."""
        target = f"{self.stage}/{name}"
        folder = target.rpartition("/")[0]
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - a Path a file is a tenth of the time it takes
            self._folders.add(folder)
        if self.spare:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(target)  # noqa: PTH108
        return target


@contextlib.contextmanager
def staged_site(out: Path, program: Path, known: Known | None = None) -> Iterator[StagedSite]:
    """Give a stage for ``out``; swap it in when the block ends well, and throw it away when it raises.

    Raises `OutputError` where ``out`` is not a folder that Headway made, or is a place it must never replace.
    """
    out = Path(os.path.abspath(out))  # noqa: PTH100 - resolve() would follow the link that must be refused
    refuse_foreign_folder(out, program)
    out.parent.mkdir(parents=True, exist_ok=True)
    with _workplace(out) as place:
        stage = place / out.name
        stage.mkdir()
        if known is not None and _claim_spare(known, out, stage):
            site = StagedSite(stage, out, known)
        else:
            site = StagedSite(stage, out)
        yield site
        site.finish()
        swap_in(stage, out)
        if site.known is not None:
            _park(stage, site.known.folder)


@contextlib.contextmanager
def _workplace(out: Path) -> Iterator[Path]:
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


def make_spare(site: StagedSite, folder: Path) -> None:
    """Make a spare of the site that now stands: its files are shared, not copied."""
    shutil.rmtree(folder, ignore_errors=True)
    with contextlib.suppress(OSError):
        folder.parent.mkdir(parents=True, exist_ok=True)
        twin = Path(tempfile.mkdtemp(dir=folder.parent))
        copy = StagedSite(twin, site.out)
        try:
            for name in (*site.files, MARKER):
                os.link(site.out / name, copy._make_way(name), follow_symlinks=False)
            twin.rename(folder)
        finally:
            shutil.rmtree(twin, ignore_errors=True)


def _identify(files: Manifest) -> str:
    lines = (f"{name}\t{digest}\n" for name, digest in sorted(files.items()))
    return sha256("".join(lines).encode()).hexdigest()


def read_site_id(folder: Path) -> str:
    """Return the id that a site is signed with, or an empty text where there is none."""
    try:
        return (folder / MARKER).read_text(encoding="utf-8").removeprefix(MARKER_TEXT).strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _claim_spare(known: Known, out: Path, stage: Path) -> bool:
    """Put the spare in the place of the empty stage, where it and the standing site are what the cache knows.

    Its signature goes first: should this build end in the middle, nobody takes it for what it was.
    """
    if not known.standing_id or read_site_id(out) != known.standing_id:
        return False
    try:
        stage.rmdir()
        known.folder.rename(stage)  # another build that wants it, too, finds nothing there
    except OSError:
        stage.mkdir(exist_ok=True)
        return False
    if read_site_id(stage) == known.spare_id:
        (stage / MARKER).unlink()
        return True
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(exist_ok=True)
    return False


def _park(old: Path, folder: Path) -> None:
    """Keep the site that stood before as the spare, unless another build has just left its own."""
    with contextlib.suppress(OSError):
        folder.parent.mkdir(parents=True, exist_ok=True)
        old.rename(folder)


def _prune(folder: Path, root: Path) -> None:
    """Remove a folder, and those that hold it, as long as they are empty."""
    while folder != root:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _holds(path: Path, content: bytes) -> bool:
    """Whether a regular file with just these bytes stands at ``path``."""
    try:
        status = path.lstat()
        return stat.S_ISREG(status.st_mode) and status.st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _write_new(path: str, content: bytes) -> None:
    """Write a file that is not there yet; without a buffer, for which the system would be asked about it first."""
    with open(path, "xb", buffering=0) as file:  # noqa: PTH123
        left = memoryview(content)
        while left:
            left = left[file.write(left) :]
