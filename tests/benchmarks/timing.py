"""What a command costs: time on the wall, CPU time and the memory of all its processes together."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SAMPLE_EVERY = 0.02
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Cost:
    """``wall`` and ``cpu`` (user and system, descendants included) in seconds; ``peak`` in MB, 0 where not sampled.

    ``peak`` is the highest sum of the proportional set sizes (PSS) of the whole process tree, so that pages which
    forked workers share with their parent count once.
    """

    wall: float
    cpu: float
    peak: float


class CommandFailedError(Exception):
    """A command that was to be measured ended badly."""


def measure(command: Sequence[str], folder: Path, environment: Mapping[str, str], *, with_memory: bool) -> Cost:
    """Run a command in a folder and return what it cost; raise CommandFailedError with its output if it fails."""
    with (folder.parent / "output.txt").open("w+b") as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=dict(environment), stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        sampler = _Sampler(process.pid)
        if with_memory:
            sampler.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        sampler.stop()
        if process.returncode:
            output.seek(0)
            said = output.read()[-2000:].decode(errors="replace")
            raise CommandFailedError(f"{' '.join(command)} in {folder} ended with {process.returncode}:\n{said}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, sampler.peak / 1024)


def memory_of(process: int) -> float:
    """Return the memory (PSS) of a process and its descendants now, in MB."""
    return sum(_read_pss(one) for one in _tree(process)) / 1024


class _Sampler(threading.Thread):
    """Looks at a process tree's memory until it is stopped; ``peak`` is in KiB."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process = process
        self.peak = 0
        self._has_ended = threading.Event()

    def run(self) -> None:
        while not self._has_ended.wait(SAMPLE_EVERY):
            self.peak = max(self.peak, sum(_read_pss(process) for process in _tree(self.process)))

    def stop(self) -> None:
        self._has_ended.set()
        if self.is_alive():
            self.join()


def _tree(process: int) -> Iterator[int]:
    """Yield a process and its descendants; those that end meanwhile are passed over."""
    yield process
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
    except OSError:
        return
    for task in tasks:
        try:
            children = (task / "children").read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _tree(int(child))


def _read_pss(process: int) -> int:
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0  # ended, or about to
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")), 0)
