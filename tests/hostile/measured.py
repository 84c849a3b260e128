"""What a command costs: seconds of the processor and megabytes, of a process of its own that cannot run away."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SECONDS, MEGABYTES = 4.0, 300
"""Of the processor and of memory, with Python's own start. The aim is two seconds; a busy machine takes more."""

# A process counts the memory of the one it was started from, too: so a small one stands between. The limits are
# there for what hangs or grows without end; what is asserted is what was used.
_MEASURE = """
import resource, subprocess, sys
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
code = subprocess.call([sys.executable, "-m", "headway", *sys.argv[1:]], stdout=2)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(code, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


def measure(*arguments: str | Path) -> tuple[int, float, float]:
    """Return the exit code, the seconds of the processor and the megabytes of memory of a command."""
    command = [sys.executable, "-c", _MEASURE, *map(str, arguments)]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True, timeout=300
    )
    code, seconds, memory = done.stdout.split()
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return int(code), float(seconds), int(memory) / unit
