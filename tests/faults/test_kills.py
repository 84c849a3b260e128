"""Builds that are killed lose nothing: 60 at random moments here, HEADWAY_KILLS of them where it says so."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
KILLS = int(os.environ.get("HEADWAY_KILLS", "60"))


def test_a_killed_build_leaves_the_old_site_or_the_new_one() -> None:
    done = subprocess.run(
        [sys.executable, HERE / "kill_builds.py", str(KILLS)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent)])},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    print(done.stdout)
    counts = Counter(json.loads(done.stdout))
    assert counts["killed"] == KILLS
    assert counts["old site"] + counts["new site"] >= KILLS
