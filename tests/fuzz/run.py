"""Fuzz the parsers for some minutes: each target in a process of its own, one after the other, led by the code itself.

`python run.py --minutes 10` shares the minutes out among the targets and prints how many inputs were tried. Where
there is no atheris for this Python, it says so, and hypothesis tries the same laws for as long. What a target finds is
written to `found/<target>/`, where `test_fuzz.py` tries it from then on; the exit code is 1 then.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
PATHS = os.pathsep.join(map(str, (HERE, HERE.parent, HERE.parents[1] / "generator")))
TRIED = re.compile(r"stat::number_of_executed_units:\s*(\d+)|#(\d+)\s+DONE|Done (\d+) (?:runs|in)")
TARGETS = ("yaml", "notes", "notations", "dates", "settings", "theme", "files")


def fuzz_one(target: str, seconds: int, corpus: Path) -> None:
    """Fuzz one target in this process, which ends with it."""
    import atheris

    with atheris.instrument_imports(include=["headway", "markdown_it", "mdit_py_plugins", "yaml"]):
        import laws
    options = [f"-max_total_time={seconds}", "-max_len=3000", "-timeout=60", "-rss_limit_mb=2048"]
    options += [
        "-print_final_stats=1",
        f"-artifact_prefix={corpus.parent}/",
        str(corpus),
        str(HERE / "corpus" / target),
    ]
    atheris.Setup([sys.argv[0], *options], lambda data: laws.try_in_time(target, data))
    atheris.Fuzz()


def run_target(target: str, seconds: int) -> bool:
    """Fuzz one target in a process of its own, say what came of it, and return whether nothing was found."""
    with tempfile.TemporaryDirectory() as place:
        corpus = Path(place, "corpus")
        corpus.mkdir()
        command = [sys.executable, __file__, "--target", target, "--seconds", str(seconds), "--corpus", str(corpus)]
        done = subprocess.run(
            command, env={**os.environ, "PYTHONPATH": PATHS}, capture_output=True, text=True, check=False
        )
        tried = [int(number) for match in TRIED.findall(done.stdout + done.stderr) for number in match if number]
        found = [path for path in Path(place).iterdir() if path.is_file()]
        print(
            f"{target:10} {max(tried, default=0):10,} inputs, {len(list(corpus.iterdir())):5,} of them new paths",
            flush=True,
        )
        for path in found:
            kept = HERE / "found" / target / path.name
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(path.read_bytes())
            print(f"  found: {kept}")
        if done.returncode or found:
            print(done.stdout[-3000:] + done.stderr[-6000:])
    return not (done.returncode or found)


def run_hypothesis(seconds: float) -> bool:
    """Try the laws with other examples each time until the time is over; return whether they held."""
    rounds, ends = 0, time.monotonic() + seconds
    while time.monotonic() < ends:
        rounds += 1
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            str(HERE),
            f"--hypothesis-seed={rounds}",
        ]
        if subprocess.run(command, env={**os.environ, "HEADWAY_FUZZ_EXAMPLES": "500"}, check=False).returncode:
            return False
    print(f"hypothesis: {rounds} rounds of 500 examples of each law")
    return True


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--target", choices=TARGETS, help=argparse.SUPPRESS)
    parser.add_argument("--seconds", type=int, default=60, help=argparse.SUPPRESS)
    parser.add_argument("--corpus", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.target:
        fuzz_one(given.target, given.seconds, given.corpus)
        return 0
    seconds = given.minutes * 60
    if importlib.util.find_spec("atheris") is None:
        print(f"There is no atheris for Python {sys.version.split()[0]} here: hypothesis tries the laws instead.")
        return 0 if run_hypothesis(seconds) else 1
    is_fine = run_hypothesis(seconds / (len(TARGETS) + 1))
    results = [run_target(target, max(1, round(seconds / (len(TARGETS) + 1)))) for target in TARGETS]
    return 0 if is_fine and all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
