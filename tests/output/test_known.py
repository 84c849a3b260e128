"""A stage that knows the standing site and the spare gives what one that begins empty gives, however parts changed."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from headway.output.known import Behind, Change, Known, find_change
from headway.output.stage import StagedSite, make_spare, staged_site

Site = dict[str, dict[str, str]]
"""The texts of files by path, for each part."""

TEXTS = st.sampled_from(["", "one", "two"])
PATHS = st.sampled_from(["index.html", "a/index.html", "a/b/c.txt", "b.txt", "zoë/index.html"])


class Files(Struct, frozen=True):
    digests: Mapping[str, str]


@st.composite
def sites(draw: st.DrawFn) -> Site:
    """Return a site in which each path is in one part at most; a part may be empty."""
    homes = draw(st.dictionaries(PATHS, st.sampled_from("xyz")))
    return {
        part: {path: draw(TEXTS) for path, home in sorted(homes.items()) if home == part}
        for part in draw(st.sets(st.sampled_from("xyz"))) | set(homes.values())
    }


def files_of(texts: Mapping[str, str]) -> Files:
    return Files({path: sha256(text.encode()).hexdigest() for path, text in texts.items()})


def stage(folder: Path, site: Site, before: Site, known: Known | None) -> StagedSite:
    """Write a site; a part that is as it was is kept."""
    with staged_site(folder / "site", folder, known) as staged:
        for part, texts in site.items():
            if known and part in known.parts and before.get(part) == texts:
                staged.keep_part(part, files_of(texts))
                continue
            staged.begin(part)
            same = {path: text for path, text in texts.items() if known and before.get(part, {}).get(path) == text}
            staged.keep(files_of(same).digests)
            for path in texts.keys() - same.keys():
                staged.write(path, texts[path].encode())
    return staged


def know(folder: Path, site: Site, staged: StagedSite) -> Known:
    parts = {part: files_of(texts) for part, texts in site.items()}
    if staged.known is None:
        make_spare(staged, folder / "spare")
        return Known(parts, {}, staged.site_id, staged.site_id, folder / "spare")
    return Known(parts, staged.change.behind(), staged.site_id, staged.known.standing_id, folder / "spare")


def read(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@given(st.lists(sites(), min_size=2, max_size=4))
def test_however_parts_change_the_site_is_that_of_a_stage_that_began_empty(history: list[Site]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder, known, before = Path(place), None, Site()
        for number, site in enumerate(site for site in history for _ in range(2)):  # the second time all is kept
            staged = stage(folder, site, before, known)
            clean = folder / f"clean{number}"
            clean.mkdir()
            stage(clean, site, {}, None)
            assert read(folder / "site") == read(clean / "site")
            known, before = know(folder, site, staged), site


def test_a_path_that_a_kept_part_has_is_refused_to_another(tmp_path: Path) -> None:
    before = {"x": {"a.txt": "one"}, "y": {}}
    known = know(tmp_path, before, stage(tmp_path, before, {}, None))
    with pytest.raises(ValueError, match=r"two pages claim the address /a\.txt"):
        stage(tmp_path, {"x": {"a.txt": "one"}, "y": {"a.txt": "two"}}, before, known)
    assert (tmp_path / "site/a.txt").read_text() == "one"


def test_a_file_that_moves_to_another_part_is_nothing_that_the_spare_lacks() -> None:
    known = Known({"x": Files({"a.txt": "1", "b.txt": "2"}), "y": Files({})}, {}, "", "", Path())
    change = find_change(known, [], {"x": {"b.txt": "3"}, "y": {"a.txt": "1", "c.txt": "4"}})
    assert change.behind() == {"b.txt": Behind("x", "2"), "c.txt": Behind("y", "")}


def test_the_id_is_that_of_the_files_whatever_stood_before() -> None:
    first = Change({}, {"a.txt": ("x", "1"), "b.txt": ("x", "2")}).identify("")
    assert Change({"b.txt": "2"}, {"b.txt": ("x", "3")}).identify(first) == (
        Change({}, {"b.txt": ("y", "3"), "a.txt": ("x", "1")}).identify("")
    )
    assert len(first) == 64
