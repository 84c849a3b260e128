"""Kinds of pages: one page of each in a built site, found by its address and by what stands on it."""

from __future__ import annotations

import re
from pathlib import Path

KINDS = (
    ("home", r"index\.html"),
    ("partnership", r"partnerships/[^/]+/index\.html"),
    ("goals", r"(partnerships/[^/]+/)?goals/index\.html"),
    ("goal", r"(partnerships/[^/]+/)?goals/[^/]+/index\.html"),
    ("meetings", r"(partnerships/[^/]+/)?meetings/index\.html"),
    ("meeting", r"(partnerships/[^/]+/)?meetings/[^/]+/index\.html"),
    ("journal", r"(partnerships/[^/]+/)?journal/index\.html"),
    ("entry", r"(partnerships/[^/]+/)?journal/[^/]+/index\.html"),
    ("logbook", r"(partnerships/[^/]+/)?logbook/([^/]+/)?index\.html"),
    ("agreement", r"(partnerships/[^/]+/)?agreement/index\.html"),
    ("people", r"people/index\.html"),
    ("person", r"people/[^/]+/index\.html"),
    ("cohort", r"cohorts/[^/]+/index\.html"),
    ("page", r"pages/[^/]+/index\.html"),
    ("404", r"404\.html"),
)
"""A name and the pattern of its files' paths, from the site's root."""

FEATURES = {
    "table": '<div class="table-wrap"',
    "code": "<pre",
    "picture": "<img",
    "footnote": 'class="footnote"',
}
"""What notes hold that needs room of its own."""


def find_kinds(site: Path) -> dict[str, Path]:
    """Return the longest page of each kind in a built site, each state of momentum and each feature of a note."""
    found: dict[str, tuple[int, Path]] = {}
    for path in sorted(site.rglob("*.html")):
        html = path.read_text(encoding="utf-8")
        for name in _names(path.relative_to(site).as_posix(), html):
            if name not in found or len(html) > found[name][0]:
                found[name] = (len(html), path)
    return {name: path for name, (_, path) in sorted(found.items())}


def _names(address: str, html: str) -> list[str]:
    kind = next((name for name, pattern in KINDS if re.fullmatch(pattern, address)), None)
    if kind is None:
        return []
    names = [kind]
    if kind == "partnership":
        state = re.search(r'class="momentum is-([a-z-]+)', html)
        names = [f"partnership-{state[1]}" if state else kind]
    if kind in ("meeting", "entry", "logbook", "page"):
        names += [f"note-{feature}" for feature, mark in FEATURES.items() if mark in html]
    return names
