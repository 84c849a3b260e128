"""History: which commits changed the partnerships' files, when and by whom, in one pass over git's log.

Knows paths and objects, and nothing of what stands in them. Commit messages are never read, and of an e-mail
address only a mark is kept. Nothing that the clone's configuration names is run (`headway.source.git`), and
nothing in it changes what is read: no mail map, no graft, no setting of ``git log``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from headway.patterns import compile_late
from headway.source.git import run_git, start_git, stream_git
from headway.source.snapshot import SourceError

PARTNERSHIPS = "content/partnerships/"

_LOG = (
    *("-c", "log.mailmap=false", "-c", "log.showRoot=true", "log", "-z", "--raw", "--no-abbrev", "--no-renames", "-c"),
    *("--full-history", "--topo-order", "--reverse", "--date=raw", "--encoding=UTF-8", "--no-color", "--no-notes"),
    *("--no-ext-diff", "--no-textconv", "--no-relative", "--ignore-submodules=none", f"-O{os.devnull}"),
    "--format=%x01%H %ad%x00%an%x00%ae",
)
"""Each commit's own changes, against each of its parents: so that what a revision's history holds is the sum of what
its commits hold, in whatever steps it is read."""
_FILE_MODES = (b"100644", b"100755", b"100664")
_CLOCK = compile_late(r"(\d{1,18}) ([+-])(\d\d)(\d\d)", re.ASCII)
_MARK = 16
_NOREPLY = compile_late(r"(?:\d+\+)?([^@]+)@users\.noreply\.github\.com")


class Head(Struct, frozen=True):
    """A commit, and where the program lies in its repository: ``prefix`` is "" at the top, else ends with ``/``."""

    commit: str
    prefix: str
    is_shallow: bool


class Version(Struct, frozen=True):
    """What a program's files are of: a commit, its day as its committer's clock had it, and the main branch's name."""

    commit: str
    on: date
    branch: str


class FileChange(Struct, frozen=True):
    """What a commit made of one file, by the ids of its bytes: "" where there was, or is, no such file.

    ``before`` has one id for each parent. ``came_from`` is the path it had before, where it was moved.
    """

    path: str
    before: tuple[str, ...]
    after: str
    came_from: str = ""


class Commit(Struct, frozen=True):
    """``at`` is the author's clock, in seconds since 1970; ``on`` the day that it was for them, None where their
    clock told none. Paths are relative to `PARTNERSHIPS`."""

    id: str
    at: int
    on: date | None
    name: str
    mark: str
    changes: tuple[FileChange, ...]


@lru_cache(maxsize=4096)
def mark_address(address: str) -> str:
    """Return what stands for an author's e-mail address; one of GitHub's that hides it stands for the handle."""
    address = address.strip().casefold()
    hidden = _NOREPLY.fullmatch(address)
    return mark_handle(hidden[1]) if hidden else _digest(f"mail {address}")


def mark_handle(handle: str) -> str:
    """Return what stands for an author who is known by a handle alone."""
    return _digest(f"handle {handle.strip().casefold()}")


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_MARK]


def find_head(root: Path, revision: str | None) -> Head | None:
    """Return the commit that history ends with: of ``revision``, else of the checkout.

    None outside of a repository and in one without a commit, the first without starting a process. Raises
    SourceError where there is a repository that git cannot read.
    """
    if not lies_in_repository(root):
        return None
    no_revision = SourceError(f"There is no revision {revision!r} in {root}.", "`git branch --all` lists names.")
    if revision is not None and (revision.startswith("-") or not revision.isprintable()):
        raise no_revision
    wanted = f"{revision or 'HEAD'}^{{commit}}"
    done = start_git(root, "rev-parse", "--is-shallow-repository", "--show-prefix", wanted)
    shallow, _, rest = done.stdout.decode("utf-8", "surrogateescape").partition("\n")
    prefix, _, commit = rest.rstrip("\n").rpartition("\n")
    if done.returncode == 0:
        return Head(commit, prefix, shallow == "true")
    if commit == wanted and revision is None and _is_unborn(root):
        return None
    if b"not a git repository" in done.stderr:
        raise SourceError("git finds no repository here, although there is a .git", "`git status` says what it lacks.")
    run_git(root, "rev-parse", "--git-dir")  # says what else is wrong
    if revision is not None:
        raise no_revision
    raise SourceError("git does not find the commit that is checked out", "`git fsck` says what is missing.")


def read_version(root: Path, head: Head) -> Version | None:
    """Return what a site says of the commit it was made from; None where its clock told no day.

    The branch is the one that the repository was cloned for, else the one that is checked out; "" where git names none.
    """
    said = run_git(root, "rev-list", "--max-count=1", "--encoding=UTF-8", "--format=%cs", head.commit)
    names = (start_git(root, "symbolic-ref", "--quiet", "--short", ref) for ref in ("refs/remotes/origin/HEAD", "HEAD"))
    found = (done.stdout.decode("utf-8", "replace").strip() for done in names)
    branch = next(filter(None, found), "").removeprefix("origin/")
    try:
        return Version(head.commit, date.fromisoformat(said.split()[-1].decode()), branch)
    except ValueError:
        return None


def lies_in_repository(root: Path) -> bool:
    """Whether a folder, which need not be there yet, is a repository or lies in one."""
    place = root.absolute()
    is_bare = (place / "HEAD").is_file() and (place / "objects").is_dir()
    return is_bare or any((folder / ".git").exists() for folder in (place, *place.parents, *place.resolve().parents))


def _is_unborn(root: Path) -> bool:
    """Whether HEAD names a branch that has no commit yet."""
    branch = start_git(root, "symbolic-ref", "--quiet", "HEAD")
    name = branch.stdout.decode("utf-8", "surrogateescape").strip()
    return branch.returncode == 0 and start_git(root, "rev-parse", "--verify", "--quiet", name).returncode != 0


def follows(root: Path, commit: str, earlier: str) -> bool:
    """Whether ``earlier`` is a commit of this clone that ``commit`` came out of."""
    return start_git(root, "merge-base", "--is-ancestor", earlier, commit).returncode == 0


def read_log(root: Path, head: Head, since: str = "") -> Iterator[Commit]:
    """Yield the commits that changed partnerships, parents before children; only those after ``since``."""
    span = f"{since}..{head.commit}" if since else head.commit
    fields = stream_git(root, *_LOG, span, "--", PARTNERSHIPS.rstrip("/"))
    start = f"{head.prefix}{PARTNERSHIPS}"
    line = next(fields, None)
    while line is not None:
        id_, _, written = line.lstrip(b"\n\x01").partition(b" ")
        name, address = (next(fields).decode("utf-8", "replace") for _ in range(2))
        changes: list[FileChange] = []
        while (line := next(fields, None)) is not None and not line.startswith((b"\x01", b"\n\x01")):
            if line.startswith((b":", b"\n:")):
                change = _read_change(line.lstrip(b"\n"), next(fields), start)
                changes += [change] if change is not None else []
        at, on = _read_clock(written.decode("utf-8", "replace"))
        yield Commit(id_.decode(), at, on, name, mark_address(address), _pair_moves(changes))


def _read_change(line: bytes, raw_path: bytes, start: str) -> FileChange | None:
    """Return the change that git's raw format tells; None for what is no file's, or has a name nobody can use."""
    parents = len(line) - len(line.lstrip(b":"))
    words = line.lstrip(b":").split()
    modes, ids = words[: parents + 1], words[parents + 1 : 2 * (parents + 1)]
    *before, after = (i.decode() if mode in _FILE_MODES else "" for mode, i in zip(modes, ids, strict=True))
    try:
        path = raw_path.decode()
    except UnicodeDecodeError:
        return None
    is_ours = path.startswith(start) and set(before) != {after}
    return FileChange(path.removeprefix(start), tuple(before), after) if is_ours else None


def _read_clock(written: str) -> tuple[int, date | None]:
    """Return the author's clock, and the day that it was for them.

    The day is None for a clock that was never set, that shows no year of ours, or that git itself cannot read.
    """
    clock = _CLOCK.fullmatch(written)
    if clock is None:
        return 0, None
    seconds, offset = int(clock[1]), timedelta(hours=int(clock[2] + clock[3]), minutes=int(clock[2] + clock[4]))
    try:
        return seconds, (datetime(1970, 1, 1) + timedelta(seconds=seconds) + offset).date() if seconds > 0 else None
    except OverflowError:
        return seconds, None


def _pair_moves(changes: Sequence[FileChange]) -> tuple[FileChange, ...]:
    """Return the changes with those that moved a file as one: the same bytes gone from one path and new at another.

    Where a folder moved, a file in it that was changed at the same time moved too.
    """
    gone = {c.path: c.before[0] for c in changes if not c.after and len(c.before) == 1}
    new = {c.path: c.after for c in changes if c.before == ("",)}
    if not gone or not new:
        return tuple(changes)
    moves = _match_bytes(gone, new)
    folders = {_folder(path): _folder(old) for path, old in sorted(moves.items(), reverse=True)}
    taken = set(moves.values())
    for path in sorted(new.keys() - moves.keys()):
        old = folders.get(_folder(path), "") + path.removeprefix(_folder(path))
        if old in gone and old not in taken:
            moves[path] = old
            taken.add(old)
    return tuple(
        replace(c, before=(gone[moves[c.path]],), came_from=moves[c.path]) if c.path in moves else c
        for c in changes
        if c.path not in taken or c.path in moves
    )


def _match_bytes(gone: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """Return the old paths by the new ones of files whose bytes are the same; first those in the same place."""
    moves: dict[str, str] = {}
    keys: tuple[Callable[[str], str], ...] = (_place, _name, lambda _: "")
    for find_key in keys:
        left: dict[tuple[str, str], list[str]] = {}
        for path in sorted(gone.keys() - moves.values(), reverse=True):
            left.setdefault((gone[path], find_key(path)), []).append(path)
        for path in sorted(new.keys() - moves.keys()):
            if same := left.get((new[path], find_key(path))):
                moves[path] = same.pop()
    return moves


def _folder(path: str) -> str:
    return path.partition("/")[0]


def _place(path: str) -> str:
    return path.partition("/")[2]


def _name(path: str) -> str:
    return path.rpartition("/")[2]
