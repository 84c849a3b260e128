"""A git revision as a source: any commit's files, without a checkout, also of a bare repository.

The only module that starts processes; the log is read through it too (`headway.source.history`). A clone may come
from somebody else, so in reading it nothing that its configuration names is run: no hook, filter, monitor, converter,
signature check or transport. Only a commit that somebody asks for is their own `git commit`, with all of that.
"""

from __future__ import annotations

import os
import posixpath
import subprocess
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, cast

from headway.source.layout import NEAR_SETTINGS, ROOTS, SETTINGS, Listing, arrange, size_limit
from headway.source.snapshot import Snapshot, SourceError

_INERT = (
    *("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}"),
    *("-c", "protocol.allow=never", "-c", "log.showSignature=false", "--no-pager"),
)

_CHUNK = 1 << 18
_AT_ONCE = 64
"""Objects asked for before the first answer is read: so few that git's input never fills up."""

_ENVIRONMENT = {
    "LC_ALL": "C",  # the messages below are recognised by their words
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",  # a commit's files and parents are what its id says
    "GIT_GRAFT_FILE": os.devnull,
    # A partial clone fetches what it lacks, with programs that its configuration names.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
}


def read_revision(repository: Path, revision: str) -> Snapshot:
    """Return the program's files in a revision: a commit, branch or tag, in any spelling git knows.

    ``repository`` is the program's root: a repository's top folder, a folder in it, or a bare repository.
    Raises SourceError where git, the repository or the revision is missing.
    """
    if not repository.is_dir():
        raise SourceError(f"There is no folder {repository}.", "Name a folder of a git repository.")
    prefix = run_git(repository, "rev-parse", "--show-prefix").removesuffix(b"\n").decode("utf-8", "surrogateescape")
    commit = find_commit(repository, revision)
    listing, blobs = _list_revision(repository, commit, prefix)
    if SETTINGS not in listing.sizes:
        listing.elsewhere.extend(_find_settings(repository, commit, prefix))
    return arrange(listing, RevisionReader(repository, blobs), commit)


def find_commit(repository: Path, revision: str) -> str:
    """Return the id of the commit that a revision means; raise SourceError where there is none."""
    hint = "`git branch --all` and `git tag` list the names there are."
    if revision and revision.isprintable() and not revision.startswith("-"):
        found = start_git(repository, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        if found.returncode == 0:
            return found.stdout.decode().strip()
    if run_git(repository, "rev-parse", "--is-shallow-repository").strip() == b"true":
        hint = "This clone is shallow: `git fetch --unshallow --tags` fetches the older commits."
    raise SourceError(f"There is no revision {revision!r} in {repository}.", hint)


def _list_revision(repository: Path, commit: str, prefix: str) -> tuple[Listing, dict[str, str]]:
    """Return what the commit holds below ``prefix``, and the object id of each file."""
    listing, blobs = Listing(), {}
    roots = [prefix + root for root in ROOTS]
    output = run_git(repository, "ls-tree", "-r", "-z", "-l", "--full-tree", commit, "--", *roots)
    for record in output.split(b"\0")[:-1]:
        entry, _, raw = record.partition(b"\t")
        mode, _, blob, size = entry.split()
        path = raw.decode("utf-8", "surrogateescape").removeprefix(prefix)
        if mode == b"120000":
            listing.oddities[path] = "link"
        elif mode == b"160000":
            listing.oddities[path] = "repository"
        elif not size.isdigit():  # git says BAD where the object is not there
            listing.oddities[path] = "absent"
        else:
            listing.sizes[path] = int(size)
            if int(size) <= size_limit(path):
                blobs[path] = blob.decode()
    return listing, blobs


def _find_settings(repository: Path, commit: str, prefix: str) -> list[str]:
    """Return files of the commit that may be the missing headway.yaml, relative to the program's root."""
    names = run_git(repository, "ls-tree", "-r", "-z", "--name-only", "--full-tree", commit).split(b"\0")
    paths = [name.decode("utf-8", "surrogateescape") for name in names]
    near = [path for path in paths if path.rpartition("/")[2].lower() in NEAR_SETTINGS]
    return sorted((posixpath.relpath(path, prefix or ".") for path in near), key=lambda path: (path.count("/"), path))


class RevisionReader:
    """Reads files of one commit through one git process, started at the first read and ended with the reader.

    Can be handed to another process, which then starts a git of its own. For one thread at a time.
    """

    def __init__(self, repository: Path, blobs: Mapping[str, str]) -> None:
        self._repository = repository
        self._blobs = blobs
        self._owner = 0
        self._end: Callable[[], object] | None = None

    def __reduce__(self) -> tuple[type[RevisionReader], tuple[Path, Mapping[str, str]]]:
        return RevisionReader, (self._repository, self._blobs)

    def digest(self, path: str) -> str:
        try:
            return self._blobs[path]
        except KeyError:
            raise FileNotFoundError(path) from None

    def read(self, path: str) -> bytes:
        [content] = self.read_blobs([self.digest(path)], size_limit(path))
        if content is None:
            raise OSError(f"{path} has too many bytes")
        return content

    def read_blobs(self, blobs: Iterable[str], limit: int) -> Iterator[bytes | None]:
        """Yield the bytes of each object, None where it has more than ``limit``; OSError where git has no such one."""
        wanted, answers = self._reach_git()
        left = iter(blobs)
        while some := list(islice(left, _AT_ONCE)):
            wanted.writelines(blob.encode() + b"\n" for blob in some)
            wanted.flush()
            yield from (self._take(answers, blob, limit) for blob in some)

    @staticmethod
    def _take(answers: IO[bytes], blob: str, limit: int) -> bytes | None:
        header = answers.readline().split()
        if len(header) != 3:
            raise OSError(f"git cannot read {blob}")
        size = left = int(header[2])
        while left > limit and (passed := len(answers.read(min(left, _CHUNK)))):
            left -= passed
        content = answers.read(left)
        answers.read(1)
        if len(content) != left:
            raise OSError(f"git stopped while it was reading {blob}")
        return content if size <= limit else None

    def _reach_git(self) -> tuple[IO[bytes], IO[bytes]]:
        """Return git's standard input and output; a fork of our process gets a git of its own."""
        if self._owner != os.getpid():
            if self._end is not None:
                self._end()
            arguments = [*_compose(self._repository), "cat-file", "--batch"]
            git = subprocess.Popen(
                arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
            )
            self._end = weakref.finalize(self, _end_git, git)
            self._pipes = cast("IO[bytes]", git.stdin), cast("IO[bytes]", git.stdout)
            self._owner = os.getpid()
        return self._pipes


def _end_git(git: subprocess.Popen[bytes]) -> None:
    git.kill()  # it only reads; and where a fork holds its input open, it would not end by itself
    for pipe in (git.stdin, git.stdout):
        cast("IO[bytes]", pipe).close()
    git.wait()


def _compose(repository: Path) -> list[str]:
    return ["git", *_INERT, "-C", str(repository)]


def _environment() -> dict[str, str]:
    """Return our own environment, except for what would lead git elsewhere."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return inherited | _ENVIRONMENT


def start_git(repository: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    """Run git to its end and return what it said; ``more`` goes into its environment."""
    command = [*_compose(repository), *arguments]
    environment = _environment() | more
    try:
        return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=environment, check=False)
    except FileNotFoundError:
        hint = "Install git, or leave out the revision to read the folder as it stands."
        raise SourceError("git is not installed, and a revision is read with it.", hint) from None


def stream_git(repository: Path, *arguments: str) -> Iterator[bytes]:
    """Yield what git prints as it comes, at its NUL characters; raise SourceError where git fails."""
    command = [*_compose(repository), *arguments]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env=_environment(), stdin=quiet, stdout=subprocess.PIPE, stderr=quiet) as git:
        output, rest = cast("IO[bytes]", git.stdout), b""
        try:
            while chunk := output.read(_CHUNK):
                *fields, rest = (rest + chunk).split(b"\0")
                yield from fields
        except GeneratorExit:
            git.kill()
            raise
    if git.returncode != 0:
        hint = (
            "A partial clone is made whole by `git fetch --refetch --no-filter`; else `git fsck` says what is missing."
        )
        raise SourceError(f"git cannot read {repository} to the end.", hint)


def run_git(repository: Path, *arguments: str) -> bytes:
    """Return what git prints; raise SourceError with git's own reason where it fails."""
    done = start_git(repository, *arguments)
    if done.returncode == 0:
        return done.stdout
    said = done.stderr.decode("utf-8", "replace").strip()
    if "dubious ownership" in said:
        message = f"The repository at {repository} belongs to another user, and git does not trust it."
        hint = f"If you do: git config --global --add safe.directory {repository.resolve()}"
        raise SourceError(message, hint)
    if "not a git repository" in said:
        hint = "Leave out the revision to read the folder as it stands, or begin with `git init`."
        raise SourceError(f"{repository} is not in a git repository.", hint)
    reason = said.partition("\n")[0].removeprefix("fatal: ")
    raise SourceError(f"git cannot read {repository}: {reason or f'it ended with {done.returncode}'}.")


_REPOSITORY_NAMES = (
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"),
    *("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE"),
)
"""What a hook's environment names, and would lead a commit into another repository."""


def check_can_commit(root: Path) -> None:
    """Raise SourceError where nothing could be committed: no repository, or git does not know who commits."""
    run_git(root, "rev-parse", "--show-toplevel")
    if _run_as_user(root, "var", "GIT_AUTHOR_IDENT").returncode != 0:
        hint = 'git config --global user.name "Your Name" and git config --global user.email you@example.org'
        raise SourceError("git does not know yet who you are, so nothing can be committed.", hint)


def begin_repository(root: Path) -> bool:
    """Make an existing folder a repository with the branch main; False where git is missing or refuses."""
    try:
        return _run_as_user(root, "init", "--quiet", "--initial-branch=main").returncode == 0
    except FileNotFoundError:
        return False


def commit_paths(root: Path, paths: Sequence[str], message: str) -> str:
    """Commit just these files, as the user's own `git commit` does, and return the commit's short name.

    With the user's identity, hooks and signature: this is their repository and their word. What else is staged
    stays staged. Raises SourceError with git's reason where it refuses.
    """
    for arguments in (("add", "--", *paths), ("commit", "--quiet", "--message", message, "--", *paths)):
        done = _run_as_user(root, *arguments)
        if done.returncode != 0:
            said = done.stderr.decode("utf-8", "replace").strip() or done.stdout.decode("utf-8", "replace").strip()
            raise SourceError(
                f"git did not commit it: {said}", "The files are written; commit them when that is mended."
            )
    return run_git(root, "rev-parse", "--short", "HEAD").decode().strip()


def _run_as_user(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run git with the user's own settings; paths are taken as they are written."""
    environment = {name: value for name, value in os.environ.items() if name not in _REPOSITORY_NAMES}
    environment["GIT_LITERAL_PATHSPECS"] = "1"
    return subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, env=environment, check=False)
