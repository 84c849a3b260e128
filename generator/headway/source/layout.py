"""The program's layout: a flat listing, from a folder or from git, becomes a `Snapshot`.

Both ways go through `arrange`, so a revision and its checkout cannot disagree. Which names are allowed is in
`headway.source.names`, which files mean something in `headway.source.places`; bytes come from the reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from itertools import chain
from typing import Protocol

from msgspec import Struct, field
from msgspec.structs import replace

from headway.problems import Location, Problem, Severity, sort_problems
from headway.source.names import ID_HINT, check_file_name, check_id, fold_id, is_scratch, show_name
from headway.source.places import PLAIN_FILE, PLAIN_FOLDER, find_id_holder, find_stranger, join_id, split_id
from headway.source.snapshot import Folder, Reader, Snapshot, digest_files

SETTINGS = "headway.yaml"
NEAR_SETTINGS = (SETTINGS, "headway.yml")
CONTENT = "content"
PARTNERSHIPS = f"{CONTENT}/partnerships"
ROOTS = (SETTINGS, CONTENT, "themes")
"""What a program's root holds for Headway; everything else there is nobody's business."""

DEEPEST = 32
"""How many folders may stand inside each other."""

MAX_NOTES = 1_000
"""Of one partnership, logbooks not counted; the most of many real ones has 142."""

_MIB = 1024 * 1024

_ODDITIES = {
    "link": (
        "HW005",
        "is a symbolic link, and links are not followed.",
        "Put a copy of what it points to in its place.",
    ),
    "repository": ("HW008", "is a git repository of its own.", "Keep its files in this repository, or outside of it."),
    "special": ("HW008", "is a pipe, a socket or a device, and is not opened.", "Put it somewhere else."),
    "deep": ("HW009", f"lies more than {DEEPEST} folders deep.", "Move its files further up."),
    "unreadable": ("HW007", "cannot be read.", "Give yourself the right to read it, as with `chmod u+rX`."),
    "absent": ("HW007", "is not in this clone.", "Fetch it with git; Headway does not use the network."),
}
"""What is said of a path that is no plain file; the words are the kinds in `Listing.oddities`."""


class DigestingReader(Reader, Protocol):
    """A reader that also knows a digest of each file: equal bytes, equal digest."""

    def digest(self, path: str) -> str:
        """Return the file's digest; raise OSError where it cannot be read."""
        ...


class Listing(Struct, frozen=True):
    """What stands in the program's folders. Paths are POSIX, from the program's root, as they are spelled there.

    ``sizes`` are the plain files' sizes in bytes; ``oddities`` are the other paths, each with its kind. A folder's
    listing has ``marks``, too: what the system says of each plain file, by which a later look sees a change.
    ``elsewhere`` names files that may be the headway.yaml that is missing here, nearest first.
    """

    sizes: dict[str, int] = field(default_factory=dict)
    oddities: dict[str, str] = field(default_factory=dict)
    marks: dict[str, tuple[int, ...]] = field(default_factory=dict)
    elsewhere: list[str] = field(default_factory=list)


def size_limit(path: str) -> int:
    """Return how many bytes a file may have: 1 MiB of YAML or of a note, 32 MiB of anything else."""
    return _MIB if path.endswith((".yaml", ".md")) else 32 * _MIB


def arrange(
    listing: Listing,
    reader: DigestingReader,
    revision: str | None = None,
    unlisted: Mapping[str, Folder] | None = None,
) -> Snapshot:
    """Return the snapshot of a listing; what cannot be used is left out of it, each with a problem.

    ``unlisted`` are partnerships' folders by path which the listing leaves out.
    """
    unlisted = unlisted or {}
    around, inside = _divide(listing)
    problems: list[Problem] = []
    plain = set(filter(PLAIN_FILE.fullmatch, around.sizes))
    others = chain(around.sizes.keys() - plain, around.oddities)
    holders = {*filter(None, map(find_id_holder, others)), *inside, *unlisted}
    named = set(filter(PLAIN_FOLDER.fullmatch, holders))
    misnamed = _check_ids(holders - named, plain | named, problems)
    for path in misnamed & around.sizes.keys():
        del around.sizes[path]
    files = _arrange_files(around, reader, problems, plain - misnamed)
    if SETTINGS not in files and not any(_is_error_about(problem, SETTINGS) for problem in problems):
        problems.append(_miss_settings(listing.elsewhere))
    partnerships = {path: arrange_folder(path, inside[path], reader) for path in inside.keys() - misnamed}
    partnerships |= {path: folder for path, folder in unlisted.items() if path not in misnamed}
    return Snapshot(
        reader=reader,
        settings=SETTINGS if SETTINGS in files else None,
        people=_pick("content/people", files),
        partnerships=tuple(folder for _, folder in sorted(partnerships.items())),
        pages=_pick("content/pages", files),
        themes=_pick("themes", files),
        problems=sort_problems(problems),
        revision=revision,
        settings_digest=files.get(SETTINGS, ""),
    )


def arrange_folder(path: str, listing: Listing, reader: DigestingReader) -> Folder:
    """Return one partnership's folder, with the problems of its files."""
    problems: list[Problem] = []
    files = _arrange_files(_leave_out_surplus(path, listing, problems), reader, problems)
    faults = {f"{problem.location.path}\0{problem.code}": problem.message for problem in problems}
    return Folder(path, files, digest_files({**files, **faults}), sort_problems(problems))


def _leave_out_surplus(path: str, listing: Listing, problems: list[Problem]) -> Listing:
    """Return a partnership's listing with no more notes than are read: those that come last by name, so the newest."""
    areas = (f"{path}/meetings/", f"{path}/journal/")
    notes = [name for name in listing.sizes if name.endswith(".md") and name.startswith(areas)]
    if len(notes) <= MAX_NOTES:
        return listing
    notes.sort(key=lambda name: (name.removeprefix(path).split("/", 2)[2], name))
    left_out = set(notes[:-MAX_NOTES])
    message = (
        f"{len(notes):,} notes stand in this partnership, and those are read that come last by name, {MAX_NOTES:,} of "
        "them; here stands the last of the others."
    )
    hint = "Begin a new partnership for the time to come, or keep the old notes elsewhere."
    problems.append(_make_problem("HW012", notes[-MAX_NOTES - 1], message, hint))
    return replace(listing, sizes={name: size for name, size in listing.sizes.items() if name not in left_out})


def _divide(listing: Listing) -> tuple[Listing, dict[str, Listing]]:
    """Return what stands around the partnerships, and what stands in each partnership's folder, by its path."""
    around = Listing()
    inside: dict[str, Listing] = {}

    def find_place(path: str) -> Listing:
        folder = _find_partnership(path)
        return around if folder is None else inside.setdefault(folder, Listing())

    for path, size in listing.sizes.items():
        if PLAIN_FILE.fullmatch(path):
            around.sizes[path] = size
        elif _is_ours(path):
            find_place(path).sizes[path] = size
    for path in filter(_is_ours, listing.oddities):
        find_place(path).oddities[path] = listing.oddities[path]
    return around, inside


def _arrange_files(
    listing: Listing, reader: DigestingReader, problems: list[Problem], plain: Set[str] = frozenset()
) -> dict[str, str]:
    """Return the digests of the files that can be used; what is wrong with the others joins the problems.

    ``plain`` are those whose names and places are known to be right.
    """
    oddities = {path: kind for path, kind in listing.oddities.items() if not is_scratch(_name(path))}
    problems += [_describe_oddity(path, kind) for path, kind in oddities.items()]
    paths = _sift(sorted(listing.sizes.keys() - plain), _check_path, problems)
    paths = _sift([path for path in paths if not is_scratch(_name(path))], _check_place, problems)
    paths = _sift(sorted((*paths, *plain)), lambda path: _check_size(path, listing.sizes[path]), problems)
    return _digest(paths, reader, problems)


def _sift(paths: Iterable[str], check: Callable[[str], Problem | None], problems: list[Problem]) -> list[str]:
    """Return the paths in which ``check`` finds no problem; what it finds joins the problems."""
    kept = []
    for path in paths:
        problem = check(path)
        if problem is None:
            kept.append(path)
        else:
            problems.append(problem)
    return kept


def _is_ours(path: str) -> bool:
    """Whether a path can be the program's. Hidden folders are not, nor is a theme's hidden file."""
    *folders, name = path.split("/")
    if any(folder.startswith(".") and folder not in (".", "..") for folder in folders):
        return False
    root = folders[0] if folders else name
    return root in ROOTS and not (root == "themes" and name.startswith("."))


def _check_path(path: str) -> Problem | None:
    parts = path.split("/")
    if len(parts) - 1 > DEEPEST:
        return _describe_oddity("/".join(parts[: DEEPEST + 1]), "deep")
    for depth, part in enumerate(parts, 1):
        fault = check_file_name(part)
        if fault:
            return _make_problem("HW010", "/".join(parts[:depth]), fault, "Rename it, with letters that can be seen.")
    return None


def _check_ids(holders: Set[str], plain: Set[str], problems: list[Problem]) -> set[str]:
    """Report every id that is not allowed or already taken; return the files and folders named so.

    ``plain`` are holders of allowed ids that are already folded: none of them takes another's.
    """
    folded = {join_id(area, fold_id(id_)) for area, id_ in map(split_id, holders)}
    misnamed: set[str] = set()
    taken: dict[tuple[str, str], str] = {}
    for holder in sorted(holders | (folded & plain)):
        area, id_ = split_id(holder)
        fault = check_id(id_)
        first = taken.setdefault((area, fold_id(id_)), holder)
        if fault:
            problems.append(_make_problem("HW002", holder, fault, ID_HINT))
        elif first != holder:
            message = f'"{id_}" is the same id as "{split_id(first)[1]}": case and the coding of accents do not count.'
            problems.append(_make_problem("HW003", holder, message, f"Rename one of the two; the other is {first}."))
        if fault or first != holder:
            misnamed.add(holder)
    return misnamed


def _find_partnership(path: str) -> str | None:
    holder = find_id_holder(path)
    return holder if holder is not None and split_id(holder)[0] == "partnerships" else None


def _check_place(path: str) -> Problem | None:
    stranger = find_stranger(path) if path.partition("/")[0] == "content" else None
    if stranger is None:
        return None
    message = f"{show_name(_name(stranger.path))} {stranger.what}, so nothing reads it."
    return _make_problem("HW004", stranger.path, message, stranger.hint)


def _check_size(path: str, size: int) -> Problem | None:
    limit = size_limit(path)
    if size <= limit:
        return None
    message = f"{_name(path)} has {size:,} bytes; {limit:,} are the most that are read."
    return _make_problem("HW006", path, message, "Split it in two, or keep it elsewhere and link to it.")


def _digest(paths: Iterable[str], reader: DigestingReader, problems: list[Problem]) -> dict[str, str]:
    files = {}
    for path in paths:
        try:
            files[path] = reader.digest(path)
        except OSError:
            problems.append(_describe_oddity(path, "unreadable"))
    return files


def _miss_settings(elsewhere: Sequence[str]) -> Problem:
    hint = "Every program has one at its root; the least it says is `program: Our program`."
    if elsewhere:
        folder, _, name = elsewhere[0].rpartition("/")
        hint = f"There is one in {show_name(folder)}/: work there." if folder else f"Rename {name} to {SETTINGS}."
    return _make_problem("HW001", SETTINGS, f"There is no {SETTINGS} here, so this folder is not a program.", hint)


def _is_error_about(problem: Problem, path: str) -> bool:
    return problem.location.path == path and problem.severity is Severity.ERROR


def _describe_oddity(path: str, kind: str) -> Problem:
    code, what, hint = _ODDITIES[kind]
    return _make_problem(code, path, f"{show_name(_name(path))} {what}", hint)


def _make_problem(code: str, path: str, message: str, hint: str) -> Problem:
    return Problem(code, Location(show_name(path)), message, hint)


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _pick(path: str, files: Mapping[str, str]) -> Folder:
    """Return a folder of the snapshot, as ``content/people``."""
    within = {name: digest for name, digest in files.items() if name.startswith(f"{path}/")}
    return Folder(path, within, digest_files(within))
