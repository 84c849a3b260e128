"""Kill builds, by SIGKILL, at random moments and writes: after each the site is whole, the old or the new one.

A program of its own, of one thread, because each build is a fork of it: `python kill_builds.py KILLS [SEED]`. Prints
what it did as JSON, and ends with 1 at the first site that was not whole.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from faulty_disk import FaultyDisk, inserted
from standing_site import CleanBuilds, edit, read_files, run_build, write_program

EDITS = 3


class DeadlyDisk(FaultyDisk):
    """Ends the process where another disk would fail."""

    def fails(self, what: str) -> bool:
        if super().fails(what):
            os.kill(os.getpid(), signal.SIGKILL)
        return False


def start_build(program: Path, disk: FaultyDisk) -> int:
    """Start a build in a process of its own, and return the process's number."""
    child = os.fork()
    if not child:
        try:
            with inserted(disk):
                os._exit(run_build(program).exit_code)
        finally:
            os._exit(3)
    return child


def kill_one(program: Path, chance: random.Random, seconds: float, writes: int) -> str:
    """Start a build, kill it, and return how it ended."""
    if chance.random() < 0.5:
        child = start_build(program, DeadlyDisk(chance.randrange(1, writes + 1)))
    else:
        child = start_build(program, FaultyDisk())
        time.sleep(chance.uniform(0, 1.5 * seconds))
        os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    return "killed" if os.WIFSIGNALED(status) else f"ended with {os.waitstatus_to_exitcode(status)}"


def main(kills: int, seed: int) -> int:
    chance, counts = random.Random(seed), Counter[str]()
    with tempfile.TemporaryDirectory() as place:
        program = write_program(Path(place, "program"))
        clean = CleanBuilds(program, Path(place, "clean"))
        for number in range(EDITS):
            edit(program, number)
            run_build(program)
        number, seconds, writes = 0, 0.0, 0
        while counts["killed"] < kills:
            number += 1
            edit(program, number % EDITS)
            old, new = read_files(program / "site"), clean.of(number % EDITS)
            if number % 50 == 1:
                started = time.monotonic()
                os.waitpid(start_build(program, FaultyDisk()), 0)
                seconds = time.monotonic() - started
                edit(program, (number + 1) % EDITS)
                with inserted(FaultyDisk()) as disk:
                    run_build(program)
                    writes = len(disk.writes)
                continue
            counts[kill_one(program, chance, seconds, writes)] += 1
            found = read_files(program / "site")
            counts["old site" if found == old else "new site" if found == new else "broken site"] += 1
            result = run_build(program)
            if result.exit_code or read_files(program / "site") != new:
                counts["wrong afterwards"] += 1
                print(result.output)
            if counts["broken site"] or counts["wrong afterwards"]:
                break
        edit(program, number + 1)
        run_build(program)
        counts["left over"] = len({path.name for path in program.iterdir()}) - 5
    print(json.dumps(counts))
    return 1 if counts["broken site"] or counts["wrong afterwards"] or counts["left over"] else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1))
