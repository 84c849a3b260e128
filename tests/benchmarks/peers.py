"""The generators that are compared: how each wants the pairs written, how it is called, and where its pages are.

Their templates are in `templates/`, Headway's plain ones in `plain/`: one page a note, one a partnership with its
goals and meetings, one home, each of about ten lines of HTML around the text. Headway makes pages of more kinds
(goals, agreements, people, cohorts), which cannot be switched off; all of them are in its figures.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distributions, version
from pathlib import Path

from programs import Goal, Note, Pair, name_of, write_headway

HERE = Path(__file__).parent
OURS = Path(sys.prefix)
"""The environment with Headway."""
OTHERS = OURS / "others"
"""The environment with all the others: what they need changes nothing for Headway, nor the other way round."""
Writer = Callable[[Path, Iterable[Pair]], None]


@dataclass(frozen=True)
class Peer:
    """One generator. Paths are patterns of ``{pair}`` and ``{day}``, those of pages from the folder ``output``."""

    name: str
    label: str
    package: str
    """On PyPI."""
    write: Writer
    """Writes a whole site's sources into a folder, which exists."""
    program: str
    """The command's name, next to Python's own."""
    cold: tuple[str, ...]
    """The arguments of a build from nothing."""
    output: str
    source: str
    note_page: str
    pair_pages: tuple[str, ...]
    """The pages on which a partnership's goals and meetings are listed."""
    state: tuple[str, ...] = ()
    """What it keeps between builds, beside the output: removed before a cold build."""
    warm: tuple[str, ...] | None = None
    """The arguments of a build after a change, where they are others."""
    is_python: bool = True
    remark: str = ""
    """What a reader must know of its figures."""
    in_git: bool = False
    """Whether its sources are a git repository, in which the change is committed."""

    def command(self, root: Path, *, is_cold: bool) -> list[str]:
        """Return the command that builds ``root``."""
        arguments = self.cold if is_cold or self.warm is None else self.warm
        return [str(self.find()), *(argument.format(root=root) for argument in arguments)]

    def find(self) -> Path:
        """Return the program. Hugo's is its own: the package's is a Python script that starts it, and takes 0.1 s."""
        environment = OURS if self.program == "headway" else OTHERS
        own = sorted(environment.glob(f"lib/python*/site-packages/{self.program}/binaries/{self.program}*"))
        return own[0] if own else environment / "bin" / self.program

    def version(self) -> str:
        """Return its version; raises PackageNotFoundError where it is not installed."""
        if self.program == "headway":
            return version(self.package)
        places = [str(path) for path in OTHERS.glob("lib/python*/site-packages")]
        found = next((one.version for one in distributions(name=self.package, path=places)), None)
        if found is None:
            raise PackageNotFoundError(f"{self.package} in {OTHERS}; `make bench` installs it there")
        return found


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def _copy_templates(name: str, root: Path) -> None:
    shutil.copytree(HERE / "templates" / name, root, dirs_exist_ok=True)


def _title(pair: Pair) -> str:
    return " & ".join(name_of(person) for person in pair.members)


def _plan(pair: Pair) -> dict[str, object]:
    """Return a pair's title and goals as JSON, and so YAML, can hold them."""
    goals = [
        {
            "title": goal.title,
            "owner": name_of(goal.owner),
            "milestones": [
                {"title": step.title, "size": step.size, "due": f"{step.due}", "done": f"{step.done or ''}"}
                for step in goal.milestones
            ],
        }
        for goal in pair.goals
    ]
    return {"title": _title(pair), "goals": goals}


def _say_goal(goal: Goal) -> str:
    """Return a goal as Markdown, for a generator whose pages have no data of their own."""
    steps = (
        f"- {step.title} ({step.size}), due {step.due}{f', done {step.done}' if step.done else ''}\n"
        for step in goal.milestones
    )
    return f"### {goal.title}\n\n{name_of(goal.owner)}\n\n{''.join(steps)}\n"


def _say_front_matter(note: Note, **others: str) -> str:
    more = "".join(f"{key}: {value}\n" for key, value in others.items())
    return f"---\ntitle: {note.title}\ndate: {note.day}\n{more}---\n{note.body}"


def _write_hugo(root: Path, pairs: Iterable[Pair]) -> None:
    _copy_templates("hugo", root)
    _write(root / "content/_index.md", "---\ntitle: Benchmark\n---\n")
    _write(root / "content/partnerships/_index.md", "---\ntitle: All\nbuild: {render: never}\n---\n")
    for pair in pairs:
        folder = root / f"content/partnerships/{pair.id}"
        _write(folder / "_index.md", json.dumps(_plan(pair)) + "\n")
        for note in pair.notes:
            _write(folder / f"{note.day}.md", _say_front_matter(note))


def _write_mkdocs(root: Path, pairs: Iterable[Pair]) -> None:
    _copy_templates("mkdocs", root)
    home = []
    for pair in pairs:
        folder = root / f"content/partnerships/{pair.id}"
        meetings = "".join(f"- [{note.title}]({note.day}.md)\n" for note in pair.notes)
        goals = "".join(_say_goal(goal) for goal in pair.goals)
        _write(folder / "index.md", f"---\ntitle: {_title(pair)}\n---\n## Goals\n\n{goals}## Meetings\n\n{meetings}")
        for note in pair.notes:
            _write(folder / f"{note.day}.md", _say_front_matter(note, partnership=_title(pair)))
        home.append(f"- [{_title(pair)}](partnerships/{pair.id}/index.md)\n")
    _write(root / "content/index.md", f"---\ntitle: Benchmark\n---\n{''.join(home)}")


def _write_pelican(root: Path, pairs: Iterable[Pair]) -> None:
    _copy_templates("pelican", root)
    for pair in pairs:
        _write(root / f"plans/{pair.id}.json", json.dumps(_plan(pair)))
        for note in pair.notes:
            _write(root / f"content/{pair.id}/{note.day}.md", _say_front_matter(note))


def _write_lektor(root: Path, pairs: Iterable[Pair]) -> None:
    _copy_templates("lektor", root)
    _write(root / "content/contents.lr", "_model: home\n---\ntitle: Benchmark\n")
    _write(root / "content/partnerships/contents.lr", "_model: home\n---\ntitle: Partnerships\n")
    for pair in pairs:
        folder = root / f"content/partnerships/{pair.id}"
        _write(root / f"databags/{pair.id}.json", json.dumps(_plan(pair)))
        _write(folder / "contents.lr", f"_model: pair\n---\ntitle: {_title(pair)}\n")
        for note in pair.notes:
            text = f"_model: note\n---\ntitle: {note.title}\n---\ndate: {note.day}\n---\nbody:\n\n{note.body}"
            _write(folder / f"{note.day}/contents.lr", text)


def _write_headway(root: Path, pairs: Iterable[Pair]) -> None:
    write_headway(root, pairs)
    _write(root / ".gitignore", ".headway/\nsite/\n")


def _write_headway_plain(root: Path, pairs: Iterable[Pair]) -> None:
    write_headway(root, pairs, theme="plain")
    shutil.copytree(HERE / "plain", root / "themes/plain")
    _write(root / ".gitignore", ".headway/\nsite/\n")


def _headway(name: str, label: str, write: Writer) -> Peer:
    return Peer(
        name=name,
        label=label,
        package="headway",
        write=write,
        program="headway",
        cold=("build",),
        output="site",
        state=(".headway",),
        source="content/partnerships/{pair}/meetings/{day}.md",
        note_page="partnerships/{pair}/meetings/{day}/index.html",
        pair_pages=("partnerships/{pair}/index.html", "partnerships/{pair}/meetings/index.html"),
        in_git=True,
    )


_PAIR = "partnerships/{pair}/index.html"
_NOTE = "partnerships/{pair}/{day}/index.html"
_MARKDOWN = "content/partnerships/{pair}/{day}.md"

PEERS: Sequence[Peer] = (
    _headway("headway", "Headway, plain theme", _write_headway_plain),
    _headway("headway-trail", "Headway, its own theme", _write_headway),
    Peer(
        name="hugo",
        label="Hugo",
        package="hugo",
        write=_write_hugo,
        program="hugo",
        cold=("build", "--quiet", "--cacheDir", "{root}/cache"),
        output="public",
        state=("cache", "resources", ".hugo_build.lock"),
        source=_MARKDOWN,
        note_page=_NOTE,
        pair_pages=(_PAIR,),
        is_python=False,
        remark="writes every page again after one change",
    ),
    Peer(
        name="mkdocs",
        label="MkDocs",
        package="mkdocs",
        write=_write_mkdocs,
        program="mkdocs",
        cold=("build", "--quiet"),
        warm=("build", "--quiet", "--dirty"),
        output="site",
        source=_MARKDOWN,
        note_page=_NOTE,
        pair_pages=(_PAIR,),
        remark="`--dirty` after a change: the page alone, no list that names it",
    ),
    Peer(
        name="pelican",
        label="Pelican",
        package="pelican",
        write=_write_pelican,
        program="pelican",
        cold=("--quiet", "--settings", "pelicanconf.py"),
        output="output",
        state=("cache", "__pycache__"),
        source="content/{pair}/{day}.md",
        note_page=_NOTE,
        pair_pages=(_PAIR,),
        remark="with its content cache; writes every page again after one change",
    ),
    Peer(
        name="lektor",
        label="Lektor",
        package="lektor",
        write=_write_lektor,
        program="lektor",
        cold=("build", "--output-path", "{root}/build"),
        output="build",
        source="content/partnerships/{pair}/{day}/contents.lr",
        note_page=_NOTE,
        pair_pages=(_PAIR,),
        remark="makes the page and the pages that name it",
    ),
)
