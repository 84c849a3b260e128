"""Every command in the README and the guides is run as it is printed, in order, and says what stands there.

A comment above a block says where it is run, else it goes on where the one before ended:
``fresh`` (an empty folder), ``program`` (one that `init` made), ``starter`` (a copy of it), ``problems/HW131`` (that
broken program), ``five minutes`` (the README's own), ``checkout``, ``make`` (planned, and not made) and ``preview``
(ended when it is there). A line ``...`` stands for whatever is said; what a command says need not stand there at all.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from git_repository import QUIET, git
from headway.cli import headway

ROOT = Path(__file__).parent.parent
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "docs/participants.md", "docs/coordinator.md", "docs/themes.md")
TUESDAY = "1773144000"
"""Noon on 10 March 2026, as SOURCE_DATE_EPOCH."""

BLOCK = re.compile(r"(?ms)^(?: *<!-- play: (?P<place>[^>]*?) -->\n+)?(?P<indent> *)```console\n(?P<body>.*?)^ *```\n")
IDENTITY = {
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
}


class Session:
    """Where a document's commands are run, one after the other."""

    def __init__(self, place: Path, patch: pytest.MonkeyPatch) -> None:
        self.place, self.patch, self.kind, self.count = place, patch, "", 0
        patch.setenv("SOURCE_DATE_EPOCH", TUESDAY)
        patch.setenv("COLUMNS", "100")
        for name, value in {**QUIET, **IDENTITY}.items():
            patch.setenv(name, value)
        patch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")
        self.go("fresh")

    def go(self, kind: str) -> None:
        """Go to a place of that kind, made anew."""
        self.kind, self.count = kind, self.count + 1
        folder = self.place / str(self.count)
        folder.mkdir()
        self.patch.chdir(folder)
        if kind == "program":
            self._run_headway(["init", ".", "--yes", "--people", "Ada Byron, Grace Brewster"])
        elif kind in ("starter", "preview"):
            shutil.copy(ROOT / "headway.yaml", folder)
            shutil.copytree(ROOT / "content", folder / "content")
        elif kind.startswith("problems/"):
            shutil.copytree(ROOT / "tests" / kind / "repo", folder, dirs_exist_ok=True)
        elif kind == "five minutes":
            _write_five_minutes(folder)
        elif kind in ("checkout", "make"):
            self.patch.chdir(ROOT)
        else:
            assert kind == "fresh", f"nobody knows how to play {kind!r}"
            git(folder, "init", "--quiet", "--bare", "host.git")
            # What is pushed to a host on the web lands beside the program.
            self.patch.setenv("GIT_CONFIG_COUNT", "1")
            self.patch.setenv("GIT_CONFIG_KEY_0", f"url.{folder}/host.git.insteadOf")
            self.patch.setenv("GIT_CONFIG_VALUE_0", "https://github.com/example/spring.git")

    def say(self, command: str) -> str:
        """Run a command and return what it says, without what differs from run to run."""
        words = shlex.split(command, comments=True)
        if words[0] == "cd":
            self.patch.chdir(words[1])
            return ""
        if self.kind == "preview":
            said = _preview()
        elif words[0] == "headway":
            said = self._run_headway(words[1:])
        else:
            said = self._run(words)
        said = re.sub(r" in \d+\.\d s;", " in 0.6 s;", said)
        return "".join(f"{line.rstrip()}\n" for line in said.splitlines())

    def _run_headway(self, words: list[str]) -> str:
        result = CliRunner().invoke(headway, words)
        assert result.exit_code == (1 if self.kind.startswith("problems/") else 0), result.output
        return result.output

    def _run(self, words: list[str]) -> str:
        if self.kind == "make":
            words = [*words, "--dry-run"]
        if words[0].startswith(".venv/bin/"):
            words[0] = str(Path(sys.executable).parent / Path(words[0]).name)
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
        return "" if self.kind == "make" else done.stdout + done.stderr


def _preview() -> str:
    """Return what the preview says until it is there; then it is ended as by Ctrl-C."""
    command = [sys.executable, "-m", "headway", "serve"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        said = "".join(process.stdout.readline() for _ in range(3))
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read()
    assert rest == "Stopped.\n"
    return re.sub(r":\d+/\n", ":8000/\n", said)


def _write_five_minutes(folder: Path) -> None:
    """Write the program that the README's second chapter tells its reader to write."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^ *```(?:yaml|markdown)\n(.*?)^ *```$", text, re.M | re.S)[:5]
    settings, person, partnership, goals, note = (re.sub(r"(?m)^   ", "", block) for block in blocks)
    own = folder / "content/partnerships/ada-grace"
    (own / "meetings").mkdir(parents=True)
    (folder / "content/people").mkdir()
    (folder / "headway.yaml").write_text(settings)
    for name in ("Ada Byron", "Grace Brewster"):
        (folder / f"content/people/{name.split()[0].lower()}.yaml").write_text(person.replace("Ada Byron", name))
    (own / "partnership.yaml").write_text(partnership)
    (own / "goals.yaml").write_text(goals)
    (own / "meetings/2026-02-16.md").write_text(note)


def _play(session: Session, body: str) -> str:
    """Return a block as it is when its commands are run: what is shown of their answers, and what they answer."""
    played = ""
    for command, shown in re.findall(r"(?m)^\$ (.*)\n((?:(?!\$ ).*\n)*)", body):
        said = session.say(command)
        pattern = "".join("(?:.*\n)*" if line == "..." else re.escape(f"{line}\n") for line in shown.splitlines())
        is_so = not shown or re.fullmatch(pattern, said)
        played += f"$ {command}\n{shown if is_so else said}"
    return played


@pytest.mark.slow
@pytest.mark.parametrize("document", DOCUMENTS)
def test_commands_are_run_and_say_what_stands_there(
    document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    assert text.count("```console\n") == len(BLOCK.findall(text)) > 0
    session = Session(tmp_path, monkeypatch)

    def play(block: re.Match[str]) -> str:
        if block["place"]:
            session.go(block["place"])
        body = re.sub(rf"(?m)^{block['indent']}", "", block["body"])
        played = re.sub(r"(?m)^(?=.)", block["indent"], _play(session, body))
        return block[0].replace(block["body"], played)

    played = BLOCK.sub(play, text)
    if request.config.getoption("--update"):
        (ROOT / document).write_text(played, encoding="utf-8")
        text = played
    assert played == text
