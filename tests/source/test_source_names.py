"""Names: which can be ids, which are one id, and which no file may have."""

from __future__ import annotations

from pathlib import Path

import pytest

from headway.source.names import check_file_name, check_id, fold_id, is_scratch
from headway.source.places import find_stranger


@pytest.mark.parametrize(
    "name",
    [
        *("ada", "ada-grace", "0x174", "007", "5319E7", "ada_b", "v1.2", ".net", "-", "a" * 100),
        *("zoë", "zoe\u0308", "민서", "søren", "Ελένη", "नमस्ते", "ياسمين", "٣", "con-artist", "console", "com10"),
    ],
)
def test_an_id_may_be_any_word_of_any_language(name: str) -> None:
    assert check_id(name) is None


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "it is empty"),
        (".", "it means a folder"),
        ("..", "it means a folder"),
        ("ada grace", "a space"),
        ("ada ", "a space"),
        ("ada.", "ends with a dot"),
        ("../../x", "the character /"),
        ("..%2f", "the character %"),
        ("C:\\x", "the character :"),
        ("a\0b", "U+0000"),
        ("a\nb", "U+000A"),
        ("a\u202eb", "U+202E"),
        ("a\u200bb", "U+200B"),
        ("a\ud800", "U+D800"),
        ("x²", "the character ²"),
        ("<script>", "the character <"),
        ("a" * 101, "101 characters"),
        ("語" * 100, "300 bytes"),
        ("\u0308a", "a combining mark"),
        ("CON", "Windows keeps CON"),
        ("nul.md", "Windows keeps NUL"),
        ("Com1", "Windows keeps COM1"),
        ("lpt9.x.y", "Windows keeps LPT9"),
    ],
)
def test_what_cannot_be_an_id_is_said_in_a_sentence(name: str, reason: str) -> None:
    said = check_id(name)
    assert said is not None
    assert reason in said
    assert said.endswith(".")
    assert said.isprintable()
    assert len(said) < 250


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Ada", "ada", True),
        ("zoë", "zoe\u0308", True),
        ("ZOË", "zoe\u0308", True),
        ("straße", "STRASSE", True),
        ("Ǆ", "ǆ", True),
        ("zoë", "zoe", False),
        ("ada-b", "ada_b", False),
    ],
)
def test_ids_are_compared_without_case_and_coding(one: str, other: str, is_same: bool) -> None:
    assert (fold_id(one) == fold_id(other)) is is_same


@pytest.mark.parametrize("name", ["a b (1).png", "2019-03-21--ipfs: weekly.md", "naïve.md", 'quo"te.md', "e\u0301.md"])
def test_a_file_that_is_no_id_may_have_any_name_that_can_be_seen(name: str) -> None:
    assert check_file_name(name) is None


@pytest.mark.parametrize("name", ["..", ".", "", "a\nb", "a\x1bb", "a\\b", "a\u202egnp.exe", "\udcff.md", "a\u2028b"])
def test_a_file_name_that_deceives_or_breaks_lines_is_refused(name: str) -> None:
    said = check_file_name(name)
    assert said is not None
    assert said.isprintable()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        *((".gitkeep", True), (".DS_Store", True), ("a.md~", True), (".a.md.swp", True), ("#a.md#", True)),
        *((".#a.md", True), ("a.md", False), (".env", False), ("a.swpx", False)),
    ],
)
def test_scratch_is_what_programs_leave_behind(name: str, expected: bool) -> None:
    assert is_scratch(name) is expected


@pytest.mark.parametrize(
    "path",
    [
        "content/people/ada.yaml",
        "content/pages/about.md",
        "content/partnerships/x/partnership.yaml",
        "content/partnerships/x/goals.yaml",
        "content/partnerships/x/logbook.md",
        "content/partnerships/x/logbook-2025.md",
        "content/partnerships/x/meetings/2025/a b.md",
        "content/partnerships/x/journal/2026-01-20.md",
        "content/partnerships/x/files/deep/er/graph.png",
    ],
)
def test_what_the_layout_names_belongs(path: str) -> None:
    assert find_stranger(path) is None


@pytest.mark.parametrize(
    ("path", "place", "hint"),
    [
        ("content", "content", "`content` is the name of a folder."),
        ("content/people", "content/people", "`people` is the name of a folder."),
        ("content/readme.md", "content/readme.md", "Known here: `people`, `partnerships`, `pages`."),
        ("content/partnership/x/goals.yaml", "content/partnership", "Did you mean `partnerships`?"),
        ("content/People/ada.yaml", "content/People", "Did you mean `people`?"),
        ("content/people/ada.yml", "content/people/ada.yml", "Did you mean `ada.yaml`?"),
        ("content/people/ada.YAML", "content/people/ada.YAML", "Did you mean `ada.yaml`?"),
        ("content/people/ada.jpg", "content/people/ada.jpg", "It holds one file a person, as `ada.yaml`."),
        ("content/people/old/ada.yaml", "content/people/old", "It holds one file a person, as `ada.yaml`."),
        ("content/pages/about.txt", "content/pages/about.txt", "Did you mean `about.md`?"),
        (
            "content/partnerships/x.yaml",
            "content/partnerships/x.yaml",
            "A partnership is a folder, with a `partnership.yaml` in it.",
        ),
        (
            "content/partnerships/x/partnership.yml",
            "content/partnerships/x/partnership.yml",
            "Did you mean `partnership.yaml`?",
        ),
        ("content/partnerships/x/goal.yaml", "content/partnerships/x/goal.yaml", "Did you mean `goals.yaml`?"),
        ("content/partnerships/x/Logbook.md", "content/partnerships/x/Logbook.md", "Did you mean `logbook.md`?"),
        ("content/partnerships/x/meeting/a.md", "content/partnerships/x/meeting", "Did you mean `meetings`?"),
        (
            "content/partnerships/x/meetings/a.png",
            "content/partnerships/x/meetings/a.png",
            "Pictures and documents go into the partnership's folder `files/`.",
        ),
        (
            "content/partnerships/x/files/.env",
            "content/partnerships/x/files/.env",
            "Hidden files are left out; better keep it outside `content/`.",
        ),
    ],
)
def test_a_stranger_comes_with_the_nearest_known_name(path: str, place: str, hint: str) -> None:
    stranger = find_stranger(path)
    assert stranger is not None
    assert (stranger.path, stranger.hint) == (place, hint)


def test_every_id_of_the_real_programs_is_allowed(corpus: Path) -> None:
    people = [path.stem for path in corpus.glob("*/content/people/*.yaml")]
    partnerships = [path.name for path in corpus.glob("*/content/partnerships/*")]
    assert people
    assert [said for said in map(check_id, people + partnerships) if said] == []
