"""Strategies for hypothesis: goal plans, notes and folders as people write them, and as nobody would."""

from __future__ import annotations

from hypothesis import strategies as st
from laws import PIECES, PLACES, PROGRAM

PLAIN = """~ no 12 -1 1e3 1.10 2026-02-30 2026-03-01 99999-01-01 12:30 biweekly S ada all ../x &a *a [] {} | >- << !x"""
SCALARS = st.sampled_from(
    [*PLAIN.split(), "2 weeks", "!!int 3", "&a x", "x" * 200, '"\\ud800"', '"<script>"', "'{{ 7*7 }}'"]
)
SCALARS |= st.text(max_size=12).map(lambda text: f'"{text}"')
KEYS = st.sampled_from(
    """id title owner why area measure start due status done progress visibility details milestones reframed steps size
    celebrated dropped on was due_date <<""".split()
)


def mappings(values: st.SearchStrategy[str], indent: str) -> st.SearchStrategy[str]:
    """YAML mappings in blocks; what a value has of lines is set deeper."""
    pairs = st.lists(st.tuples(KEYS, values), min_size=1, max_size=5)
    return pairs.map(lambda found: "".join(f"{indent}{key}: {value}\n" for key, value in found))


def lists(indent: str, depth: int) -> st.SearchStrategy[str]:
    """YAML lists of mappings, in which there are lists again."""
    inner = (
        SCALARS if depth == 0 else SCALARS | lists(indent + "    ", depth - 1).map(lambda text: f"\n{text.rstrip()}")
    )
    entry = mappings(inner, indent + "  ").map(lambda text: f"{indent}- {text[len(indent) + 2 :]}")
    return st.lists(entry, max_size=4).map("".join)


PLANS = lists("  ", 2).map(lambda text: f"goals:\n{text}".encode())
LINES = st.sampled_from(PIECES) | st.text(max_size=30)
NOTES = st.lists(LINES, max_size=25).map(lambda lines: "\n".join(lines).encode("utf-8", "surrogatepass"))
MATTER = mappings(SCALARS, "").flatmap(lambda text: NOTES.map(lambda note: f"---\n{text}---\n".encode() + note))

ODD = ["", " b", "e\u0301", "\u202e", "a\nb", "x" * 101, "a b", "\udc80"]
NAMES = st.sampled_from([*"ada ADA .. . con a. é 2026-02-02 %2e -rf".split(), *ODD])
PARTNERSHIP = "content/partnerships/ada-grace"
PATHS = st.sampled_from(PLACES) | st.builds(
    "{}/{}{}".format,
    st.sampled_from(
        [f"{PARTNERSHIP}/{name}" for name in ("meetings", "files", "journal")]
        + "content content/people content/pages content/partnerships/new themes/own themes/own/assets".split()
    ),
    NAMES,
    st.sampled_from([".yaml", ".md", "", ".png", ".svg", ".html", "/partnership.yaml"]),
)
CONTENTS = PLANS | NOTES | MATTER | st.binary(max_size=40) | st.sampled_from([*PROGRAM.values()])
FOLDERS = st.dictionaries(PATHS, CONTENTS, max_size=6).map(lambda files: {**PROGRAM, **files})
