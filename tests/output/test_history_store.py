"""The kept history: read on from the last commit it is what reading everything gives, whatever became of it."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from git_repository import ADA, GRACE, commit, git, write
from headway.model.program_history import ProgramHistory
from headway.output import history_store
from headway.output.history_store import read_program_history
from headway.source.git import _ENVIRONMENT as ENVIRONMENT

PAIRS = ("ada-bo", "cy-di", "eve-fay")
GOALS = "goals: [{{id: speak, title: Talk {0}, due: 2026-03-{1:02}, milestones: [{{title: Step {2}}}]}}]\n"


def pair(name: str, path: str) -> str:
    return f"content/partnerships/{name}/{path}"


@pytest.fixture
def program(tmp_path: Path) -> Path:
    root = tmp_path / "program"
    for name in PAIRS:
        write(root, {pair(name, "goals.yaml"): GOALS.format(1, 1, 1), pair(name, "meetings/1.md"): f"# {name}\n"})
    commit(root)
    return root


def read(root: Path, *, keeps: bool = True, revision: str | None = None) -> ProgramHistory:
    history = read_program_history(root, revision, keeps=keeps)
    assert history.problems == ()
    return history


def from_nothing(root: Path) -> ProgramHistory:
    shutil.rmtree(root / ".headway", ignore_errors=True)
    return read(root, keeps=False)


class Edits:
    """Random work in a repository: commits with clocks that jump, branches, merges, moves, work thrown away."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.chance, self.number = root, random.Random(seed), 0

    def folders(self) -> list[Path]:
        return sorted((self.root / "content/partnerships").iterdir())

    def commit(self, *more: str) -> None:
        self.number += 1
        day, hour = self.chance.randrange(1, 28), self.chance.randrange(24)
        commit(self.root, f"2026-01-{day:02}T{hour:02}:00:00+0{self.chance.randrange(9)}00", self.author(), *more)

    def author(self) -> tuple[str, str]:
        return self.chance.choice((ADA, GRACE, ("Ada B", ADA[1])))

    def change_plan(self) -> None:
        plan = self.chance.choice(self.folders()) / "goals.yaml"
        numbers = [self.chance.randrange(1, 5) for _ in range(3)]
        plan.write_text(self.chance.choice((GOALS.format(*numbers), f"goals: [ # {self.number}\n")))
        self.commit()

    def change_note(self) -> None:
        folder = self.chance.choice(self.folders())
        write(folder, {f"meetings/{self.chance.randrange(3)}.md": f"# {self.chance.randrange(4)}\n"})
        self.commit()

    def move_folder(self) -> None:
        folder = self.chance.choice(self.folders())
        new = folder.with_name(f"moved-{self.number}")
        folder.rename(new)
        if self.chance.random() < 0.5 and (new / "goals.yaml").exists():
            (new / "goals.yaml").write_text(GOALS.format(9, 9, 9))
        self.commit()

    def delete_file(self) -> None:
        files = sorted(path for path in (self.root / "content").rglob("*") if path.is_file())
        if len(files) > 3:
            self.chance.choice(files).unlink()
        self.commit()

    def do_elsewhere(self) -> None:
        write(self.root, {"README.md": f"{self.number}"})
        self.commit()

    def branch_and_merge(self) -> None:
        base = git(self.root, "rev-parse", "HEAD")
        self.chance.choice((self.change_plan, self.change_note))()
        git(self.root, "checkout", "--quiet", "-B", "side", base)
        for _ in range(self.chance.randrange(1, 3)):
            self.chance.choice((self.change_plan, self.change_note))()
        if self.chance.random() < 0.5:
            git(self.root, "checkout", "--quiet", "main")
            side = "side"
        else:  # as somebody who pulls: what is theirs comes first
            side = "main"
        strategy = self.chance.choice((("-s", "ours"), ("-X", "ours"), ("-X", "theirs")))
        who = {f"GIT_{who}_{what}": "x@y" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        git(self.root, "merge", "--quiet", "--no-ff", "--no-edit", *strategy, side, **who)
        if self.chance.random() < 0.4:
            plan = self.folders()[0] / "goals.yaml"
            plan.write_text(GOALS.format(7, self.number % 27 + 1, 7))
            self.commit("--amend")
        git(self.root, "checkout", "--quiet", "-B", "main")

    def throw_away(self) -> None:
        git(self.root, "reset", "--quiet", "--hard", "HEAD~1")

    def amend(self) -> None:
        self.change_note()
        self.commit("--amend")


@pytest.mark.parametrize("seed", range(8))
def test_read_on_it_is_as_read_from_nothing(program: Path, tmp_path: Path, seed: int) -> None:
    edits = Edits(program, seed)
    kinds: list[Callable[[], None]] = [edits.change_plan, edits.change_note, edits.change_note, edits.move_folder]
    kinds += [edits.delete_file, edits.do_elsewhere, edits.branch_and_merge, edits.throw_away, edits.amend]
    read(program)
    for _ in range(6):
        for kind in edits.chance.choices(kinds, k=edits.chance.randrange(4)):
            if not git(program, "rev-list", "--count", "HEAD").startswith("1") or kind != edits.throw_away:
                kind()
        kept = read(program)
        shutil.copytree(program, tmp_path / "clone", ignore=shutil.ignore_patterns(".headway"))
        assert kept.records == from_nothing(tmp_path / "clone").records
        shutil.rmtree(tmp_path / "clone")


def test_a_clone_tells_the_same(program: Path, tmp_path: Path) -> None:
    edits = Edits(program, 3)
    edits.branch_and_merge()
    edits.move_folder()
    git(tmp_path, "clone", "--quiet", str(program), "clone")
    git(tmp_path, "clone", "--quiet", "--bare", str(program), "bare.git")
    git(tmp_path / "clone", "repack", "-adq")
    assert read(tmp_path / "clone", keeps=False).records == read(program).records
    assert read(tmp_path / "bare.git", keeps=False).records == read(program).records


def test_only_the_commits_since_are_read(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read(program)
    write(program, {pair("cy-di", "meetings/1.md"): "# Another\n"})
    commit(program, "2026-01-02T10:00:00+0000")
    asked: list[str] = []
    read_log = history_store.read_log
    monkeypatch.setattr(history_store, "read_log", lambda *given: asked.append(given[2]) or read_log(*given))
    second = read(program)
    assert asked == [git(program, "rev-parse", "HEAD~1")]
    assert [name for name in second.records if second.records[name] != first.records[name]] == ["cy-di"]
    assert read(program) == second
    assert len(asked) == 1


def test_another_revision_is_read_and_nothing_of_it_kept(program: Path) -> None:
    first = read(program)
    write(program, {pair("cy-di", "goals.yaml"): GOALS.format(2, 2, 2)})
    commit(program, "2026-01-02T10:00:00+0000")
    read(program)
    kept = (program / ".headway/history.db").read_bytes()
    assert read(program, keeps=False, revision="HEAD~1") == first
    assert (program / ".headway/history.db").read_bytes() == kept


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_store_is_not_believed(program: Path, seed: int) -> None:
    chance, good = random.Random(seed), read(program)
    store = program / ".headway/history.db"
    data = bytearray(store.read_bytes())
    for _ in range(chance.randrange(1, 300)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    store.write_bytes(data[: chance.choice((len(data), len(data) // 2, 0))])
    assert read(program) == good
    assert read(program) == good


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE record SET body = replace(body, '2026', '2020')",
        "DELETE FROM record WHERE name = 'cy-di'",
        "INSERT INTO record VALUES ('new', '{}', '{}')",
        "UPDATE reading SET commit_id = 'HEAD'",
        "UPDATE reading SET commit_id = '--all'",
        "DELETE FROM reading",
        "INSERT INTO reading SELECT * FROM reading",
        "DROP TABLE record",
        "UPDATE record SET body = NULL",
    ],
)
def test_a_store_that_somebody_changed_is_not_believed(program: Path, change: str) -> None:
    good = read(program)
    database = sqlite3.connect(program / ".headway/history.db")
    database.execute(change)
    database.commit()
    database.close()
    assert read(program) == good


def test_a_folder_that_cannot_be_written_to_does_no_harm(program: Path) -> None:
    (program / ".headway").write_text("in the way")
    assert read(program).records.keys() == set(PAIRS)


@pytest.mark.parametrize(("kept", "said"), [("blob:none", "lacks older versions"), ("tree:0", "to the end")])
def test_a_clone_without_the_older_files_says_so(program: Path, tmp_path: Path, kept: str, said: str) -> None:
    for number in (2, 3):
        write(program, {pair("cy-di", "goals.yaml"): GOALS.format(number, number, number)})
        commit(program, f"2026-01-0{number}T10:00:00+0000")
    git(program, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", f"--filter={kept}", f"file://{program}", "clone")
    packs = sorted((tmp_path / "clone/.git/objects").rglob("*"))
    history = read_program_history(tmp_path / "clone")
    assert sorted((tmp_path / "clone/.git/objects").rglob("*")) == packs
    [problem] = history.problems
    assert (problem.code, history.records) == ("HW011", {})
    assert said in problem.message


def test_a_repository_that_git_does_not_trust_says_so(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ENVIRONMENT, "GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    [problem] = read_program_history(program).problems
    assert "belongs to another user" in problem.message
    assert "safe.directory" in problem.hint
