"""Every kind of file that a site has is known here, with the broken filter that keeps its law honest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import test_canary_mutations
import test_twin_law
from canary_program import PUBLIC, CanaryProgram
from test_canary_law import build

KINDS: Mapping[str, str] = {
    r"partnerships/.+/index\.html": "pages",
    r"((people|cohorts|pages)/(.+/)?)?(index|404)\.html": "the program's pages",
    r"partnerships/[^/]+/files/.+\.(png|jpg)": "pictures",
    r"partnerships/[^/]+/trail\.png": "link pictures",
    r"trail\.png": "the program's link picture",
    r"partnerships/[^/]+/feed\.atom": "feeds",
    r"feed\.atom": "the program's feed",
    r"partnerships/[^/]+/calendar\.ics": "calendars",
    r"people/[^/]+/calendar\.ics": "people's calendars",
    r"calendar\.ics": "the program's calendar",
    r"partnerships/[^/]+/data\.json": "data",
    r"data\.json": "the program's data",
    r"partnerships/[^/]+/meetings\.csv": "tables",
    r"partnerships\.csv": "the program's table of partnerships",
    r"goals\.csv": "the program's table of goals",
    r"partnerships/[^/]+/sitemap\.xml": "sitemaps",
    r"program-sitemap\.xml": "the program's sitemap",
    r"sitemap\.xml": "the list of sitemaps",
    r"manifest\.webmanifest": "the web manifest",
    r"search/partnerships/[^/]+\.js": "search",
    r"search/list\.js": "the list of searches",
    r"search/program\.js": "the program's search",
}
SAME = r"assets/.+|robots\.txt|data\.schema\.json"
"""What is made of nothing that anybody wrote in content/: the same in the sites of all programs."""
MARK = r"\.headway-site"
"""A digest of the site's own bytes, so the law of twins holds for it where it holds for these."""
OWN = "own sites"


def test_each_kind_of_file_has_a_law_that_is_kept_honest(tmp_path: Path) -> None:
    honest = test_canary_mutations.BREAKS.keys() | test_twin_law.BREAKS.keys()
    assert set(KINDS.values()) <= honest
    assert OWN in test_canary_mutations.LAWS
    found: dict[str, bytes] = {}
    for seed in range(2):
        program = CanaryProgram(tmp_path / str(seed), seed).write_all()
        build(program, tmp_path / f"site{seed}", PUBLIC)
        same = read_same(tmp_path / f"site{seed}")
        assert not found or found == same
        found = same
    build(program, tmp_path / "own", PUBLIC, "--each")
    sites = [tmp_path / "site0", tmp_path / "site1", *(tmp_path / "own").glob("zq*")]
    files = {path.relative_to(site).as_posix() for site in sites for path in site.rglob("*") if path.is_file()}
    whole = "|".join((SAME, MARK, *KINDS))
    strange = {name for name in files if not re.fullmatch(whole, name)}
    # In an own site, the partnership's pages and files stand at the root.
    assert {name for name in strange if not re.fullmatch(whole, f"partnerships/own/{name}")} == set()
    assert [kind for kind in KINDS if not any(re.fullmatch(kind, name) for name in files)] == []


def read_same(site: Path) -> dict[str, bytes]:
    names = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in names.items() if re.fullmatch(SAME, name)}
