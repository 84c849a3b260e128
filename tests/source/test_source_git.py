"""A git revision as a source: real git, fixed identity and dates, and clones that mean harm."""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from headway.source.folder import read_folder
from headway.source.git import read_revision
from headway.source.snapshot import Snapshot, SourceError

Write = Callable[[str], Path]

SMALL = """\
--- headway.yaml
program: P
--- content/people/zoë.yaml
name: Zoë
--- content/partnerships/zoë-bo/partnership.yaml
members: [{person: zoë, role: mentee}]
--- content/partnerships/zoë-bo/meetings/2026/2026-01-12.md
# First
--- content/partnerships/zoë-bo/meetings/notes.txt
x
--- themes/own/theme.yaml
extends: trail
--- src/other.py
"""

IDENTITY = {
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_AUTHOR_DATE": "2026-01-01T12:00:00Z",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
    "GIT_COMMITTER_DATE": "2026-01-01T12:00:00Z",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


def git(folder: Path, *arguments: str, stdin: bytes = b"") -> str:
    command = ["git", "-C", str(folder), *arguments]
    done = subprocess.run(command, input=stdin, capture_output=True, check=True, env=os.environ | IDENTITY)
    return done.stdout.decode().strip()


def commit(folder: Path, *, tag: str = "v1") -> str:
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message=One")
    git(folder, "tag", "--annotate", "--message=x", tag)
    return git(folder, "rev-parse", "HEAD")


def contents(snapshot: Snapshot) -> dict[str, bytes]:
    folders = (snapshot.people, snapshot.pages, snapshot.themes, *snapshot.partnerships)
    return {path: snapshot.read(path) for folder in folders for path in folder.files}


@pytest.fixture
def program(write_program: Write) -> Path:
    return write_program(SMALL)


def test_a_revision_and_its_checkout_hold_the_same(program: Path) -> None:
    ours = program / "content/partnerships/zoë-bo"
    (ours / "meetings/link.md").symlink_to("2026/2026-01-12.md")
    (ours / "files").mkdir()
    (ours / "files/one.bin").write_bytes(bytes(range(256)) * 4096 + b"\n\n")
    (ours / "files/empty").write_bytes(b"")
    (ours / "files/ a\tb'\"é.txt").write_bytes(b"no newline at the end")
    id_ = commit(program)
    folder, revision = read_folder(program), read_revision(program, "v1")
    assert revision.revision == id_
    assert contents(revision) == contents(folder)
    assert len(contents(revision)) == 6
    assert revision.all_problems() == folder.all_problems()
    assert [problem.code for problem in folder.all_problems()] == ["HW010", "HW005", "HW004"]
    assert [place.path for place in revision.partnerships] == [place.path for place in folder.partnerships]
    assert revision.read("headway.yaml") == b"program: P\n"


def test_equal_bytes_have_equal_digests_in_every_revision(program: Path) -> None:
    commit(program)
    (program / "content/people/zoë.yaml").write_text("name: Zoe\n")
    commit(program, tag="v2")
    old, new = read_revision(program, "v1"), read_revision(program, "v2")
    assert old.partnerships == new.partnerships
    assert old.people.digest != new.people.digest
    assert old.read("content/people/zoë.yaml") == "name: Zoë\n".encode()
    assert new.read("content/people/zoë.yaml") == b"name: Zoe\n"


@pytest.mark.parametrize("revision", ["HEAD", "main", "v1", "v1^0", "heads/main", "{id}", "{short}"])
def test_every_spelling_of_a_revision_is_taken(program: Path, revision: str) -> None:
    id_ = commit(program)
    assert read_revision(program, revision.format(id=id_, short=id_[:9])).revision == id_


def test_a_bare_repository_is_enough(program: Path, tmp_path: Path) -> None:
    commit(program)
    git(tmp_path, "clone", "--quiet", "--bare", str(program), "bare.git")
    assert contents(read_revision(tmp_path / "bare.git", "main")) == contents(read_folder(program))


def test_a_program_may_lie_in_a_folder_of_its_repository(write_program: Write, tmp_path: Path) -> None:
    top = tmp_path / "top"
    program = write_program(SMALL, top / "-our/mentoring: *é")
    write_program("--- content/people/other.yaml\nname: Other\n", top)
    commit(top)
    snapshot = read_revision(program, "HEAD")
    assert contents(snapshot) == contents(read_folder(program))
    assert snapshot.read("headway.yaml") == b"program: P\n"
    elsewhere = read_revision(top, "HEAD")
    assert elsewhere.settings is None
    assert [problem.code for problem in elsewhere.all_problems()] == ["HW001"]
    assert "There is one in -our/mentoring: *é/" in elsewhere.all_problems()[0].hint


def test_a_revision_is_read_as_it_was_committed(program: Path) -> None:
    commit(program)
    (program / "headway.yaml").unlink()
    (program / "content/people/zoë.yaml").write_text("name: Somebody else\n")
    snapshot = read_revision(program, "HEAD")
    assert snapshot.settings == "headway.yaml"
    assert snapshot.read("content/people/zoë.yaml") == "name: Zoë\n".encode()
    with pytest.raises(FileNotFoundError):
        snapshot.read("content/people/nobody.yaml")


@pytest.mark.parametrize("revision", ["v9", "", "--all", "-1", "a\nb", "a\0b", "HEAD:content", "HEAD..main", "../x"])
def test_a_revision_that_is_not_there_is_said_with_a_hint(program: Path, revision: str) -> None:
    commit(program)
    with pytest.raises(SourceError, match="There is no revision") as caught:
        read_revision(program, revision)
    assert "git tag" in caught.value.hint


def test_a_shallow_clone_is_said_to_be_one(program: Path, tmp_path: Path) -> None:
    commit(program)
    commit(program, tag="v2")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{program}", "shallow")
    with pytest.raises(SourceError) as caught:
        read_revision(tmp_path / "shallow", "HEAD~1")
    assert "shallow" in caught.value.hint


def test_an_empty_repository_and_none_at_all(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is not in a git repository") as caught:
        read_revision(tmp_path, "HEAD")
    assert str(caught.value) == f"{caught.value.message}\n   {caught.value.hint}"
    git(tmp_path, "init", "--quiet")
    with pytest.raises(SourceError, match="There is no revision"):
        read_revision(tmp_path, "HEAD")
    with pytest.raises(SourceError, match="There is no folder"):
        read_revision(tmp_path / "nowhere", "HEAD")


def test_without_git_the_reason_is_said(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(program))
    with pytest.raises(SourceError, match="git is not installed"):
        read_revision(program, "HEAD")


@pytest.mark.parametrize(
    ("complaint", "expected"),
    [
        ("fatal: detected dubious ownership in repository at '/x'", "belongs to another user"),
        ("fatal: cannot use bare repository '/x' (safe.bareRepository is 'explicit')", "cannot use bare repository"),
    ],
)
def test_git_may_refuse_with_a_reason(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, complaint: str, expected: str
) -> None:
    stand_in = tmp_path / "bin/git"
    stand_in.parent.mkdir()
    stand_in.write_text(f'#!/bin/sh\necho "{complaint}" >&2\nexit 128\n')
    stand_in.chmod(0o755)
    monkeypatch.setenv("PATH", f"{stand_in.parent}:{os.environ['PATH']}")
    with pytest.raises(SourceError, match=expected):
        read_revision(program, "HEAD")


def test_the_callers_git_variables_do_not_lead_elsewhere(
    program: Path, tmp_path: Path, write_program: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = write_program("--- headway.yaml\nprogram: Other\n", tmp_path / "other")
    commit(other)
    commit(program)
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.bare")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "nonsense")
    assert read_revision(program, "HEAD").read("headway.yaml") == b"program: P\n"


def test_nothing_that_a_clone_configures_is_run(program: Path, tmp_path: Path) -> None:
    script, trace = tmp_path / "trap", tmp_path / "trace"
    (program / ".gitattributes").write_text("* filter=evil diff=evil\n")
    commit(program)
    script.write_text(f'#!/bin/sh\necho "$0 $@" >> {trace}\ncat\n')
    script.chmod(0o755)
    hooks = program / ".git/hooks"
    for name in ("post-checkout", "pre-auto-gc", "post-index-change", "fsmonitor-watchman", "reference-transaction"):
        hooks.mkdir(exist_ok=True)
        (hooks / name).write_bytes(script.read_bytes())
        (hooks / name).chmod(0o755)
    for key in (
        *("core.fsmonitor", "core.pager", "core.sshCommand", "core.gitProxy", "core.editor", "core.askPass"),
        *("core.alternateRefsCommand", "diff.external", "diff.evil.textconv", "diff.evil.command", "gpg.program"),
        *("filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "credential.helper", "alias.ls-tree"),
        *("uploadpack.packObjectsHook", "remote.origin.uploadpack", "remote.origin.url"),
    ):
        git(program, "config", key, str(script))
    git(program, "config", "log.showSignature", "true")
    git(program, "status")
    assert trace.exists()  # the trap works
    trace.unlink()
    assert len(contents(read_revision(program, "HEAD"))) == 4
    assert not trace.exists()


def test_objects_that_a_clone_lacks_are_named_and_never_fetched(program: Path, tmp_path: Path) -> None:
    commit(program)
    script, trace = tmp_path / "trap", tmp_path / "trace"
    script.write_text(f"#!/bin/sh\ntouch {trace}\nexit 1\n")
    script.chmod(0o755)
    blob = git(program, "rev-parse", "HEAD:content/people/zoë.yaml")
    (program / ".git/objects" / blob[:2] / blob[2:]).unlink()
    for key, value in {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": str(program),
        "remote.origin.uploadpack": str(script),
        "protocol.allow": "always",
    }.items():
        git(program, "config", key, value)
    snapshot = read_revision(program, "HEAD")
    assert [(p.code, p.location.path) for p in snapshot.all_problems() if p.code != "HW004"] == [
        ("HW007", "content/people/zoë.yaml")
    ]
    assert "not in this clone" in snapshot.all_problems()[-1].message
    assert not trace.exists()


def test_a_tree_whose_names_climb_out_is_refused(program: Path) -> None:
    commit(program)
    blob = git(program, "rev-parse", "HEAD:headway.yaml")

    def tree(*entries: tuple[str, str, str]) -> str:
        lines = [f"{mode} {'tree' if mode == '040000' else 'blob'} {id_}\t{name}" for mode, id_, name in entries]
        return git(program, "mktree", stdin="\n".join(lines).encode())

    files = tree(("100644", blob, ".."), ("100644", blob, "fine.txt"))
    pair = tree(("040000", files, "files"))
    pairs = tree(("040000", pair, ".."), ("040000", pair, "ada"))
    root = tree(("040000", tree(("040000", pairs, "partnerships")), "content"), ("100644", blob, "headway.yaml"))
    snapshot = read_revision(program, git(program, "commit-tree", "-m", "x", root))
    assert list(contents(snapshot)) == ["content/partnerships/ada/files/fine.txt"]
    assert [(problem.code, problem.location.path) for problem in snapshot.all_problems()] == [
        ("HW002", "content/partnerships/.."),
        ("HW010", "content/partnerships/ada/files/.."),
    ]


def test_submodules_and_large_files_of_a_revision_are_left_out(program: Path) -> None:
    id_ = commit(program)
    large = program / "content/partnerships/zoë-bo/logbook.md"
    large.write_bytes(b"x" * (4 << 20) + b"y")
    git(program, "update-index", "--add", "--cacheinfo", f"160000,{id_},content/partnerships/zoë-bo/files/module")
    git(program, "add", str(large))
    git(program, "commit", "--quiet", "--message=Two")
    snapshot = read_revision(program, "HEAD")
    base = "content/partnerships/zoë-bo"
    assert [(problem.code, problem.location.path) for problem in snapshot.all_problems()] == [
        ("HW008", f"{base}/files/module"),
        ("HW006", f"{base}/logbook.md"),
        ("HW004", f"{base}/meetings/notes.txt"),
    ]
    with pytest.raises(FileNotFoundError):
        snapshot.read(f"{base}/logbook.md")


def test_replaced_objects_do_not_stand_in_for_a_commits_own(program: Path) -> None:
    commit(program)
    ours = git(program, "rev-parse", "HEAD:headway.yaml")
    theirs = git(program, "hash-object", "-w", "--stdin", stdin=b"program: Replaced\n")
    git(program, "replace", ours, theirs)
    assert read_revision(program, "HEAD").read("headway.yaml") == b"program: P\n"


def test_reading_ends_with_the_snapshot_and_leaves_no_process(program: Path) -> None:
    commit(program)
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    others = set(children.read_text().split()) if children.is_file() else set()
    snapshot = read_revision(program, "HEAD")
    snapshot.read("headway.yaml")
    assert not children.is_file() or set(children.read_text().split()) - others
    del snapshot
    gc.collect()
    assert not children.is_file() or not set(children.read_text().split()) - others


def _read_settings(snapshot: Snapshot, answers: multiprocessing.SimpleQueue[bytes]) -> None:
    for _ in range(50):
        answers.put(snapshot.read("headway.yaml"))


def test_other_processes_read_beside_ours(program: Path) -> None:
    commit(program)
    snapshot = read_revision(program, "HEAD")
    assert snapshot.read("content/people/zoë.yaml") == "name: Zoë\n".encode()
    copy = pickle.loads(pickle.dumps(snapshot))
    assert copy.read("headway.yaml") == b"program: P\n"
    context = multiprocessing.get_context("fork")
    answers = context.SimpleQueue()
    workers = [context.Process(target=_read_settings, args=(snapshot, answers)) for _ in range(2)]
    for worker in workers:
        worker.start()
    assert {snapshot.read("content/people/zoë.yaml") for _ in range(50)} == {"name: Zoë\n".encode()}
    assert {answers.get() for _ in range(100)} == {b"program: P\n"}
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0
