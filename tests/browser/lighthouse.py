"""Lighthouse on a page of every kind of a built site: ``python tests/browser/lighthouse.py SITE NODE_MODULES``.

Accessibility, best practices and SEO have to be 100; some dark pages are asked for accessibility, of which axe looks
at all. Needs node, Debian's chromium and the npm package lighthouse; ends after four minutes at the latest.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from page_kinds import KINDS, find_kinds
from serving import serve

SCRIPT = Path(__file__).with_suffix(".mjs")
LONGEST = {"light": 180, "dark": 60}
"""Seconds for all pages in a colour scheme."""
DARK = ("home", "partnership-on-track", "note-table")


def main(site: Path, modules: Path) -> int:
    """Return 0 where every page has full marks in light and dark."""
    found = find_kinds(site)
    kinds = {"light": (*(kind for kind, _ in KINDS), "partnership-stalled"), "dark": DARK}
    with serve(site) as root:
        for scheme, names in kinds.items():
            pages = sorted({found[name].relative_to(site).as_posix() for name in names if name in found})
            urls = [f"{root}/{page.removesuffix('index.html')}" for page in pages]
            try:
                done = subprocess.run(["node", SCRIPT, modules, scheme, *urls], timeout=LONGEST[scheme], check=False)
            except subprocess.TimeoutExpired:
                print(f"Lighthouse, {scheme}: not finished after {LONGEST[scheme]} seconds", file=sys.stderr)
                return 1
            if done.returncode:
                return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()))
