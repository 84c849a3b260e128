"""The commands used clumsily: odd folders, revisions, empty programs, interrupts, closed pipes, other locales."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from headway.cli import headway

PAIR = """\
--- headway.yaml
program: P
today: 2026-05-20
--- content/people/ada.yaml
name: Ada
--- content/partnerships/ada-alone/partnership.yaml
kind: solo
start: 2026-02-02
members: [{person: ada, role: member}]
--- content/partnerships/ada-alone/meetings/2026-02-02.md
Hello ✓
"""
COMMANDS = (("check",), ("status",), ("export",), ("build",), ("build", "--each"), ("export", "--format", "csv"))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(headway, [str(argument) for argument in arguments], catch_exceptions=False)


def start(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "headway", *map(str, arguments)],
        capture_output=True, check=False, env=os.environ | environment,
    )  # fmt: skip


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def copy_starter(starter: Path, program: Path) -> Path:
    shutil.copytree(starter / "content", program / "content")
    shutil.copy(starter / "headway.yaml", program)
    return program


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize(
    "text",
    [
        "--- headway.yaml\nprogram: P\n",
        "--- headway.yaml\nprogram: P\n--- content/people/ada.yaml\nname: Ada\n",
        PAIR,
        PAIR.replace("--- content/people/ada.yaml\nname: Ada\n", "").replace("{person: ada, role: member}", ""),
        "--- headway.yaml\nprogram: P\n--- content/partnerships/a/partnership.yaml\ntitle: A\n",
    ],
    ids=["nothing", "one person", "one partnership", "no people", "only a title"],
)
def test_small_programs(write_program: Callable[[str], Path], text: str, command: tuple[str, ...]) -> None:
    result = run("-C", write_program(text), *command)
    assert result.exit_code == (("members" not in text and "title: A" in text) or "members: []" in text), result.output
    for plural in ("1 people", "1 partnerships", "1 pages", "1 files", "1 notices", "1 warnings", "1 errors"):
        assert plural not in result.output.replace("11 ", "")


def test_a_subfolder_stands_for_the_program(
    write_program: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    program = write_program(PAIR)
    monkeypatch.chdir(program / "content/partnerships/ada-alone")
    assert run("build").exit_code == 0
    assert (program / "site/index.html").is_file()


@pytest.mark.parametrize("out", ["public", "public/", "./public/../public", "a/b/c", "öffentlich site"])
def test_out_is_a_folder_from_where_one_stands(
    write_program: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str
) -> None:
    program = write_program(PAIR)
    monkeypatch.chdir(tmp_path)
    result = run("-C", program, "build", "--out", out)
    assert result.exit_code == 0
    assert (tmp_path / out / "index.html").is_file()
    assert str(tmp_path) not in result.stdout, "paths are told from where one stands"


def test_a_machine_that_cannot_write_is_no_fault_of_headways(write_program: Callable[[str], Path]) -> None:
    done = start("-C", write_program(PAIR), "build", "--out", "/proc/headway")
    assert done.returncode == 2
    assert b"the system says" in done.stderr


@pytest.mark.parametrize(
    ("revision", "code"),
    [("v1", 0), ("topic/x", 0), ("HEAD~1", 0), ("short", 0), ("HEAD~9", 2), ("--help", 2), ("v1 v2", 2), ("-x", 2)],
)
@pytest.mark.parametrize("place", ["top", "below", "bare"])
def test_revisions(write_program: Callable[..., Path], tmp_path: Path, revision: str, code: int, place: str) -> None:
    repository = tmp_path / "repository"
    program = write_program(PAIR, repository / "sub/programme" if place == "below" else repository)

    def git(*arguments: str) -> str:
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        return subprocess.run(
            ["git", *identity, "-C", repository, *arguments], check=True, capture_output=True, text=True
        ).stdout

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "first")
    git("tag", "v1")
    git("branch", "topic/x")
    (program / "headway.yaml").write_text("program: [\n")
    git("commit", "-qam", "second")
    short = git("rev-parse", "--short", "v1").strip()
    if place == "bare":
        git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
        program = tmp_path / "bare.git"
    done = start("-C", program, "build", "--rev", short if revision == "short" else revision, "--out", tmp_path / "out")
    assert done.returncode == code, done.stderr
    assert (tmp_path / "out/index.html").is_file() == (code == 0)
    assert not (program / ".headway").exists()


def test_an_interrupted_build_leaves_everything_as_it_was(starter: Path, tmp_path: Path) -> None:
    program = copy_starter(starter, tmp_path / "program")
    assert run("-C", program, "build").exit_code == 0
    before, there = files(program / "site"), sorted(path.name for path in program.iterdir())
    shutil.rmtree(program / ".headway")
    notes = next((program / "content/partnerships").glob("*/meetings"))
    for number in range(6000):
        (notes / f"2026-02-04-{number}.md").write_text("Hello\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "headway", "-C", program, "build", "--jobs", "2"],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    for _ in range(200):
        if list(program.glob(".site.*")):
            break
        time.sleep(0.02)
    time.sleep(0.5)  # Python itself loses an interrupt that comes while it forks
    os.killpg(process.pid, signal.SIGINT)
    stderr = process.communicate(timeout=30)[1]
    assert process.returncode == 130, stderr
    assert b"Traceback" not in stderr
    assert files(program / "site") == before
    assert sorted({path.name for path in program.iterdir()} | {".headway"}) == there


@pytest.mark.parametrize(
    "command", [("status",), ("export",), ("check", "--format", "json"), ("explain",)], ids=" ".join
)
def test_a_reader_that_leaves_early_is_no_fault(starter: Path, command: tuple[str, ...]) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "headway", "-C", starter, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.close()
    stderr = process.stderr.read() if process.stderr else b""
    assert process.wait(30) == 0
    assert stderr == b""
    if process.stderr:
        process.stderr.close()


@pytest.mark.parametrize(
    "environment",
    [{"LC_ALL": "C"}, {"LC_ALL": "POSIX"}, {"LC_ALL": "C.UTF-8"}, {"PYTHONIOENCODING": "ascii"}, {"NO_COLOR": "1"}],
    ids=str,
)
def test_output_is_the_same_in_every_locale(starter: Path, environment: dict[str, str]) -> None:
    plain = start("-C", starter, "status", PYTHONUTF8="1")
    assert start("-C", starter, "status", **environment).stdout == plain.stdout
    assert "✓" in plain.stdout.decode()


def test_names_that_are_not_read_as_utf_8_are_refused_kindly(starter: Path) -> None:
    done = start("-C", starter, "check", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert (done.returncode, b"PYTHONUTF8=1" in done.stderr) in ((2, True), (0, False))


@pytest.mark.parametrize("epoch", ["abc", "-1", "1.5", "9" * 20, "٣"])
def test_an_epoch_that_is_none_is_said(
    write_program: Callable[[str], Path], epoch: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    result = run("-C", write_program(PAIR), "check")
    assert result.exit_code == 2
    assert "whole seconds since 1970" in result.output


def test_the_number_of_jobs_and_the_order_of_files_change_no_byte(starter: Path, tmp_path: Path) -> None:
    program = tmp_path / "program"
    paths = [path for path in (starter / "content").rglob("*") if path.is_file()]
    for path in sorted(paths, key=lambda path: path.name[::-1], reverse=True):  # made in another order than read
        target = program / path.relative_to(starter)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    shutil.copy(starter / "headway.yaml", program)
    built = []
    for jobs, source in (("1", program), ("2", copy_starter(starter, tmp_path / "copy")), ("8", program)):
        out = tmp_path / f"out-{jobs}"
        assert run("-C", source, "build", "--jobs", jobs, "--out", out).exit_code == 0
        built.append(files(out))
    assert built[0] == built[1] == built[2]


def test_json_stands_alone_on_the_standard_output(starter: Path, tmp_path: Path) -> None:
    done = start("-C", copy_starter(starter, tmp_path / "program"), "build", "--format", "json")
    assert isinstance(json.loads(done.stdout), list)
    assert b"Built" in done.stderr
    broken = start("-C", tmp_path, "build", "--format", "json")
    assert [problem["code"] for problem in json.loads(broken.stdout)] == ["HW001"]
    assert broken.returncode == 1


def test_a_partnership_is_found_whatever_the_case(write_program: Callable[[str], Path]) -> None:
    assert run("-C", write_program(PAIR), "build", "--partnership", "Ada-ALONE").exit_code == 0
