"""Files: changes become bytes on the disk, each whole or not at all, and nowhere outside of the program's folder.

Follows no link, and overwrites nothing that is not as it was when the change was made.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from headway.source.names import check_file_name
from headway.writing.changes import Change, RefusedError

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def write_changes(root: Path, changes: Sequence[Change]) -> None:
    """Write all changes below ``root``, which must be there; raise RefusedError where one cannot be written.

    Each is looked at before the first is written.
    """
    for change in changes:
        _check_path(change.path)
        _check_unchanged(root, change)
    for change in changes:
        with _open_folder(root, change.path, make=True) as folder:
            _write(folder, change)


def _check_path(path: str) -> None:
    for part in path.split("/"):
        if fault := check_file_name(part):
            raise RefusedError(fault)


def _check_unchanged(root: Path, change: Change) -> None:
    """Raise where a new file's place is taken, or an old file is no longer what the change was made from."""
    with _open_folder(root, change.path, make=False) as folder:
        found = _read(folder, change.path) if folder is not None else None
    if change.before is None and found is not None:
        raise RefusedError(f"{change.path} is there already, and nothing is overwritten.", "Choose another name.")
    if found != change.before:
        raise RefusedError(f"{change.path} was changed by somebody else meanwhile.", "Try again.")


@contextmanager
def _open_folder(root: Path, path: str, *, make: bool) -> Iterator[int | None]:
    """Give the folder that a path lies in, opened one step at a time; None where it is not there yet."""
    handles = [os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)]
    place = ""
    try:
        for name in path.split("/")[:-1]:
            place = f"{place}/{name}".lstrip("/")
            if make:
                with suppress(FileExistsError):
                    os.mkdir(name, dir_fd=handles[-1])
            try:
                handles.append(os.open(name, _FOLDER, dir_fd=handles[-1]))
            except FileNotFoundError:
                yield None
                return
            except OSError:
                raise RefusedError(f"{place} is a link or no folder, and is not written through.") from None
        yield handles[-1]
    finally:
        for handle in handles:
            os.close(handle)


def _read(folder: int, path: str) -> bytes | None:
    """Return a plain file's bytes, None where there is nothing of that name."""
    try:
        handle = os.open(path.rpartition("/")[2], os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    except FileNotFoundError:
        return None
    except OSError:
        raise RefusedError(f"{path} is a link, or cannot be read, and is not written to.") from None
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise RefusedError(f"{path} is not a plain file, and is not written to.")
        return file.read()


def _write(folder: int | None, change: Change) -> None:
    """Write one file beside its place and move it there in one step."""
    name = change.path.rpartition("/")[2]
    scratch = f".{name[:100]}.{os.getpid()}~"
    mode = stat.S_IMODE(os.stat(name, dir_fd=folder).st_mode) if change.before is not None else 0o666
    handle = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode, dir_fd=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(change.after)
        if change.before is None:
            _place_new(folder, scratch, name, change.path)
        else:
            os.chmod(scratch, mode, dir_fd=folder)
            os.replace(scratch, name, src_dir_fd=folder, dst_dir_fd=folder)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(scratch, dir_fd=folder)


def _place_new(folder: int | None, scratch: str, name: str, path: str) -> None:
    """Give the new file its name, which nobody may have taken meanwhile."""
    try:
        os.link(scratch, name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
    except FileExistsError:
        raise RefusedError(f"{path} is there already, and nothing is overwritten.", "Choose another name.") from None
    except OSError:  # a file system without hard links
        os.rename(scratch, name, src_dir_fd=folder, dst_dir_fd=folder)
