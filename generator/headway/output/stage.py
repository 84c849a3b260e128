"""The stage: where the next site is put together, unseen, before it takes the place of the one that stands.

Where the cache knows both the standing site and the spare, that is the site before it, the spare is brought up to
date: then a build touches only the files that changed in the last two, and looks only into the parts that have such.
Else every file is linked or written anew. A file is never changed in place, because the two folders share it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
import unicodedata
from collections.abc import Iterator
from hashlib import sha256
from itertools import chain
from pathlib import Path

from msgspec import Struct, field

from headway.output.folder import MARKER, MARKER_TEXT, OWN_FILES, refuse_foreign_folder, swap_in
from headway.output.known import Change, Known, Manifest, Part, find_change
from headway.output.workplace import workplace


class LostFileError(Exception):
    """A file of the standing site that was to be kept is not there, or is not what it was."""


class StagedSite(Struct):
    """A site being written, part by part. ``known`` is what already lies in the stage; None where it began empty."""

    stage: Path
    out: Path
    known: Known | None = None
    parts: dict[str, dict[str, str]] = field(default_factory=dict)
    """The digests of the files by path, for each part that was written; not of those that were kept as they are."""
    changed: int = 0
    """Files that are new or whose bytes are not those of the site that stands."""
    site_id: str = ""
    """A digest of the whole site, by which it is known again; empty until it is finished."""
    change: Change = field(default_factory=Change)
    """What is otherwise than in the site that stands, all of it where that is not known; empty until it is finished."""
    _part: str = ""
    _kept: set[str] = field(default_factory=set)
    _claimed: set[str] = field(default_factory=set)
    _folders: set[str] = field(default_factory=set)

    def begin(self, part: str) -> None:
        """Begin a part of the site: the files that come now are its own."""
        self._part = part

    def write(self, address: str, content: bytes) -> None:
        """Write a file of the site; bytes that already stand there are not written again.

        ``address`` is a path from the site's root, as ``people/ada/index.html``. Raises ValueError where two
        pages claim one path, or where the path leaves the site.
        """
        digest = sha256(content).hexdigest()
        name = self._claim(address, digest)
        stands = self._standing.get(name) == digest if self.known else _holds(self.out / name, content)
        self.changed += not stands
        if self._is_ready(name, digest):
            return
        target = self._make_way(name)
        if stands:
            with contextlib.suppress(OSError):
                os.link(self.out / name, target, follow_symlinks=False)
                return
        _write_new(target, content)

    def keep(self, files: Manifest) -> None:
        """Take over files of the standing site; raise `LostFileError` where one has not the bytes of its digest."""
        for address, digest in files.items():
            name = self._claim(address, digest)
            if not self._is_ready(name, digest):
                self._take_over(name, digest)

    def keep_part(self, name: str, part: Part) -> None:
        """Take over a part of the standing site as it is; raises as `keep` does."""
        if self.known is None or name not in self.known.parts:
            self.begin(name)
            self.keep(part.digests)
            return
        self._kept.add(name)
        for path in self.known.behind_by_part.get(name, ()):
            self._take_over(path, part.digests[path])

    def finish(self) -> None:
        """Take out of the stage what the site no longer has, and sign it; ValueError where two parts claim a path."""
        self._refuse_second_claims()
        for name in self._left_over():
            (self.stage / name).unlink(missing_ok=True)
            _prune((self.stage / name).parent, self.stage)
        for name in OWN_FILES:
            if (self.out / name).is_file() and name not in self._claimed:
                (self.stage / name).unlink(missing_ok=True)
                shutil.copy2(self.out / name, self.stage / name, follow_symlinks=False)
        self.change = find_change(self.known, self._kept, self.parts)
        self.site_id = self.change.identify(self.known.standing_id if self.known else "")
        (self.stage / MARKER).write_text(f"{MARKER_TEXT}{self.site_id}\n", encoding="utf-8")

    @property
    def _standing(self) -> Manifest:
        return self.known.standing(self._part) if self.known else {}

    def _is_ready(self, name: str, digest: str) -> bool:
        """Whether a file lies in the stage already, left there by the site before."""
        if self.known is None:
            return False
        behind = self.known.behind.get(name)
        return digest == (behind.digest if behind else self._standing.get(name))

    def _take_over(self, name: str, digest: str) -> None:
        stands = self.out / name
        try:
            if stands.is_symlink() or (self.known is None and sha256(stands.read_bytes()).hexdigest() != digest):
                raise LostFileError(name)
            os.link(stands, self._make_way(name), follow_symlinks=False)
        except OSError as error:
            raise LostFileError(name) from error

    def _refuse_second_claims(self) -> None:
        """Raise ValueError where a file is new to a part and a part that was kept has one of its path."""
        known = self.known
        if known is None:
            return
        new = {path for name, files in self.parts.items() for path in files.keys() - known.standing(name).keys()}
        for name in self._kept if new else ():
            if found := new & known.standing(name).keys():
                raise ValueError(f"two pages claim the address /{min(found)}")

    def _left_over(self) -> Iterator[str]:
        """Yield what may lie in the stage, and is not the new site's."""
        if self.known is None:
            return
        for name in self.known.parts.keys() - self._kept:
            yield from self.known.standing(name).keys() - self._claimed
        for path, file in self.known.behind.items():
            if file.part not in self._kept and path not in self._claimed:
                yield path

    def _claim(self, address: str, digest: str) -> str:
        """Return the file's path; no other file of the site may claim it."""
        name = address if address in self._standing else _clean_path(address)
        if name in self._claimed:
            raise ValueError(f"two pages claim the address /{name}")
        self._claimed.add(name)
        self.parts.setdefault(self._part, {})[name] = digest
        return name

    def _make_way(self, name: str) -> str:
        """Return where a file is staged: its folder made, what lay there gone."""
        target = f"{self.stage}/{name}"
        folder = target.rpartition("/")[0]
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - a Path a file is a tenth of the time it takes
            self._folders.add(folder)
        if self.known is not None:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(target)  # noqa: PTH108
        return target


def _clean_path(address: str) -> str:
    name = unicodedata.normalize("NFC", address).lstrip("/")
    if not name or any(part in ("", ".", "..") for part in name.split("/")) or "\0" in name:
        raise ValueError(f"{address!r} is not a path inside the site")
    return name


@contextlib.contextmanager
def staged_site(out: Path, program: Path, known: Known | None = None) -> Iterator[StagedSite]:
    """Give a stage for ``out``; swap it in when the block ends well, and throw it away when it raises.

    Raises `OutputError` where ``out`` is not a folder that Headway made, or is a place it must never replace.
    """
    out = Path(os.path.abspath(out))  # noqa: PTH100 - resolve() would follow the link that must be refused
    refuse_foreign_folder(out, program)
    out.parent.mkdir(parents=True, exist_ok=True)
    with workplace(out) as place:
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


def make_spare(site: StagedSite, folder: Path) -> None:
    """Make a spare of the site that now stands: its files are shared, not copied."""
    shutil.rmtree(folder, ignore_errors=True)
    with contextlib.suppress(OSError):
        folder.parent.mkdir(parents=True, exist_ok=True)
        twin = Path(tempfile.mkdtemp(dir=folder.parent))
        copy = StagedSite(twin, site.out)
        try:
            for name in (*chain.from_iterable(site.parts.values()), MARKER):
                os.link(site.out / name, copy._make_way(name), follow_symlinks=False)
            twin.rename(folder)
        finally:
            shutil.rmtree(twin, ignore_errors=True)


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
