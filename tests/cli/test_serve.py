"""``headway serve`` at the terminal: where it is, one line a change, and an end at once."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest
from click.testing import CliRunner

from headway.cli import USAGE, headway
from previewing import wait_until

PROGRAM = """\
--- headway.yaml
program: Pairs
today: 2026-05-20
--- content/people/ada.yaml
name: Ada
--- content/partnerships/ada-alone/partnership.yaml
kind: solo
start: 2026-02-02
members: [{person: ada, role: member}]
--- content/partnerships/ada-alone/meetings/2026-02-02.md
Hello
"""
NOTE = "content/partnerships/ada-alone/meetings/2026-02-02.md"

Write = Callable[[str], Path]


@contextmanager
def serving(root: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], Path, int]]:
    """Start the command; gives its process, the file of its output, and its port."""
    said = root.parent / "said.txt"
    with said.open("w") as output:
        command = [sys.executable, "-m", "headway", "-C", str(root), "serve", *options]
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, text=True, env=environment)
    try:
        found = wait_until(lambda: re.search(r"http://127\.0\.0\.1:(\d+)/", said.read_text()), 20)
        yield process, said, int(found[1])
    finally:
        process.kill()
        process.wait()


def ask(port: int, address: str) -> str:
    def attempt() -> str | None:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", address)
            return connection.getresponse().read().decode()
        except OSError:
            return None
        finally:
            connection.close()

    return wait_until(attempt)


@pytest.mark.parametrize("signal_", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_and_what_changed_and_ends_at_once(signal_: int, write_program: Write) -> None:
    root = write_program(PROGRAM)
    with serving(root, "--port", "0") as (process, said, port):
        assert "Hello" in ask(port, "/partnerships/ada-alone/meetings/2026-02-02/")
        (root / NOTE).write_text("Hello again\n")
        wait_until(lambda: re.search(rf"^\d\d:\d\d:\d\d  {NOTE}, \d+ ms; no problems$", said.read_text(), re.M))
        (root / "headway.yaml").write_text("programm: Pairs\n")
        wait_until(lambda: re.search(r"headway\.yaml, \d+ ms; 1 error.*: headway\.yaml:1:1: HW120", said.read_text()))
        with socket.create_connection(("127.0.0.1", port)) as stream:
            stream.sendall(b"GET /_headway/events?page=/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
            stream.recv(100)
            process.send_signal(signal_)
            assert process.wait(30) == 0, "it does not wait for the pages that listen"
    lines = said.read_text().splitlines()
    assert lines[0] == "Pairs, for the audience 'public' as of 2026-05-20:"
    assert lines[2] == "Save a file, and its pages follow. Ctrl-C ends this."
    assert lines[-1] == "Stopped."
    assert sorted(path.name for path in root.iterdir()) == ["content", "headway.yaml"]


@pytest.mark.parametrize("patience", [0, 0.02, 0.1, 0.3, 0.45])
def test_it_ends_the_same_way_however_early_it_is_stopped(patience: float, write_program: Write) -> None:
    with serving(write_program(PROGRAM), "--port", "0") as (process, said, _):
        time.sleep(patience)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    assert said.read_text().splitlines()[-1] == "Stopped."


def test_a_port_that_is_taken_is_said_in_a_sentence(write_program: Write) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = CliRunner().invoke(headway, ["-C", str(write_program(PROGRAM)), "serve", "--port", str(port)])
    assert result.exit_code == USAGE
    assert f"Port {port} on 127.0.0.1 cannot be had: address already in use." in result.output


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--editor", "notepad"), "No editor is known as 'notepad'"),
        (("--audience", "private"), "'private' is not one of 'public', 'program', 'partners'"),
        (("--poll", "0"), "0.0 is not in the range"),
        (("-C", "/nowhere"), "There is no folder /nowhere."),
    ],
)
def test_what_cannot_be_done_is_said(options: tuple[str, ...], said: str, write_program: Write) -> None:
    result = CliRunner().invoke(headway, ["-C", str(write_program(PROGRAM)), "serve", *options])
    assert result.exit_code == USAGE
    assert said in result.output


def test_polling_without_a_number_of_seconds(write_program: Write) -> None:
    root = write_program(PROGRAM)
    with serving(root, "--port", "0", "--poll", "--private") as (_, said, port):
        assert "Shown to" in ask(port, "/")
        (root / NOTE).write_text("Hello again\n")
        wait_until(lambda: f"{NOTE}, " in said.read_text())
        assert "for the audience 'private'" in said.read_text()
