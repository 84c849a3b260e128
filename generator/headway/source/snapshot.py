"""A snapshot: the program's files at one moment, whether from a folder or from a git revision.

Knows folders, names and digests; knows nothing of mentoring. Reading is lazy: a file's bytes are
fetched when asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha1, sha256
from typing import Protocol

from msgspec import Struct, field

from headway.problems import Problem, sort_problems


class Reader(Protocol):
    """Where bytes come from. Paths are POSIX paths relative to the program's root."""

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; raise FileNotFoundError or OSError where it cannot be read."""
        ...


@dataclass(frozen=True)
class Folder:
    """A folder of the snapshot: the digest of each file below it, by its path from the program's root.

    Paths are sorted; two folders with the same digest hold the same names and bytes. ``problems`` are about the
    files of a partnership's folder themselves; those of other folders are the snapshot's.
    """

    path: str
    files: Mapping[str, str]
    digest: str
    problems: tuple[Problem, ...] = ()

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


class UnlistedFolder(Folder):
    """A folder whose digest is known beforehand, and whose files are listed when somebody asks for them."""

    def __init__(self, path: str, digest: str, list_files: Callable[[str], Folder]) -> None:
        self.__dict__.update(path=path, digest=digest, _list_files=list_files)

    @cached_property
    def _listed(self) -> Folder:
        listed: Folder = self.__dict__["_list_files"](self.path)
        return listed

    @property
    def files(self) -> Mapping[str, str]:
        return self._listed.files

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self._listed.problems


class Snapshot(Struct, frozen=True):
    """The program's files: root files, people, partnerships, pages, own themes.

    ``problems`` are about the files themselves: unreadable, a link that leaves the program, a name that is
    not allowed, two names that collide, an unknown file in ``content/``. Those inside of a partnership's folder are
    the folder's.
    """

    reader: Reader
    settings: str | None
    """The path of headway.yaml, or None where there is none."""
    people: Folder
    partnerships: tuple[Folder, ...]
    pages: Folder
    themes: Folder
    problems: tuple[Problem, ...] = ()
    revision: str | None = None
    """The commit these files are from, where they are exactly that commit's."""
    settings_digest: str = ""

    def read(self, path: str) -> bytes:
        return self.reader.read(path)

    @property
    def digest(self) -> str:
        """One digest of everything that is read from it."""
        folders = (self.people, self.pages, self.themes, *self.partnerships)
        faults = {f"{problem.location.path}\0{problem.code}": problem.message for problem in self.problems}
        return digest_files({**{f.path: f.digest for f in folders}, **faults, "": self.settings_digest})

    @property
    def own_files(self) -> Mapping[str, str]:
        """The digests of the program's own files but for people's: the settings, pages and themes."""
        settings = {self.settings: self.settings_digest} if self.settings is not None else {}
        return {**settings, **self.pages.files, **self.themes.files}

    def all_problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with any of the files themselves; lists every folder for it."""
        return sort_problems((*self.problems, *(p for folder in self.partnerships for p in folder.problems)))


@dataclass(frozen=True, slots=True)
class MemoryReader:
    """Files held in memory: for tests, and for text that has no file yet."""

    files: Mapping[str, bytes] = field(default_factory=dict)

    def read(self, path: str) -> bytes:
        try:
            return self.files[path]
        except KeyError:
            raise FileNotFoundError(path) from None


def digest_bytes(content: bytes) -> str:
    """Return a digest of a file's bytes: git's own name for them, so that what git knows need not be read."""
    return sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def digest_files(files: Mapping[str, str]) -> str:
    """Return one digest for the names and digests of many files; their order does not matter."""
    return digest_lines([b"%b\0%b\n" % (path.encode(), digest.encode()) for path, digest in files.items()])


def digest_lines(lines: list[bytes]) -> str:
    """Return the same of lines as git gives them: a path, a zero, a digest and a line's end each."""
    return sha256(b"".join(sorted(lines))).hexdigest()


class SourceError(Exception):
    """The program's files cannot be reached: no such revision, not a repository, git is missing.

    ``message`` is a full sentence; ``hint`` says what to do, or is empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n   {self.hint}" if self.hint else self.message
