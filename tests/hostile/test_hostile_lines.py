"""The list of inputs that must not hurt, line by line: where each line that is no test of its own name is tested.

"Notes and titles" is `test_hostile_notes`, "Weight" `test_hostile_weight`, "git" `test_hostile_git`, with a case for
each line. Here are the others, each with a test here or with the name of the one in the room that it belongs to.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hostile_program import program_with, run
from outputs import faults_of_outputs

from headway.build import check_program, read_walk
from headway.choice import Choice
from headway.documents import yaml as yaml_documents
from headway.problems import Problem, Severity
from headway.source.folder import read_folder

Pair = Callable[..., Path]
FOLDER = "content/partnerships/ada-grace"
NOTE = f"{FOLDER}/meetings/2026-02-02.md"

YAML = {
    "billion laughs": ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "HW106"),
    "merge bombs": ("a: &a {x: 1}\nb: {<<: [*a, *a]}\n", "HW107"),
    "recursion": ("a: &a [*a]\n", "HW106"),
    "[ x 5,000": ("title: " + "[" * 5000, "HW110"),
    "!!python/object/apply": ("title: !!python/object/apply:os.system ['touch hacked']\n", "HW108"),
    "duplicate keys": ("title: a\ntitle: b\n", "HW105"),
    "country: no": ("country: no\n", "HW120"),
    "12:30:00": ("start: 12:30:00\n", "HW131"),
    "1e3": ("start: 1e3\n", "HW131"),
    "0o17": ("start: 0o17\n", "HW131"),
    "~": ("members: ~\n", "HW207"),
    "2026-02-30": ("start: 2026-02-30\n", "HW131"),
    "year 99999": ("start: 99999-01-01\n", "HW131"),
    "a 5,000-digit integer": ("start: " + "9" * 5000 + "\n", "HW131"),
    "complex keys": ("? [a, b]\n: c\n", "HW111"),
    "BOM": ("\ufefftitle: a\ntitle: b\n", "HW105"),
    "UTF-16": ("title: a\n".encode("utf-16"), "HW102"),
    "Latin-1": (b"title: Zo\xeb\n", "HW102"),
    "NUL": ("title: a\0b\n", "HW103"),
    '"\\ud800"': ('title: "\\ud800"\n', "HW10"),
    "tabs": ("members:\n\t- {person: ada}\n", "HW104"),
    "CRLF": ("title: a\r\nstart: soon\r\n", "HW131"),
    "several documents": ("title: a\n---\ntitle: b\n", "HW109"),
    "--- in a block scalar": ("title: |\n  a\n  ---\n  b\nstart: soon\n", "HW131"),
}


def check(program: Path) -> list[Problem]:
    return check_program(read_walk(read_folder(program), Choice(now=datetime(2026, 5, 20, tzinfo=UTC))))


@pytest.mark.parametrize("loader", ["the loader in C", "the pure loader"])
@pytest.mark.parametrize("line", YAML)
def test_yaml(pair: Pair, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, line: str, loader: str) -> None:
    """Each in partnership.yaml and in front matter: a problem in its file, at a line that it has."""
    monkeypatch.chdir(tmp_path)
    if loader == "the pure loader":
        monkeypatch.setattr(yaml_documents, "LOADER", yaml_documents.yaml.BaseLoader)
    written, code = YAML[line]
    content = written if isinstance(written, bytes) else written.encode()
    for path, text in ((f"{FOLDER}/partnership.yaml", content), (NOTE, b"---\n" + content + b"\n---\nHello\n")):
        program = pair({path: text})
        problems = check(program)
        here = [problem for problem in problems if problem.location.path == path]
        assert path == NOTE or [problem for problem in here if problem.code.startswith(code)], problems
        assert all(1 <= problem.location.line <= text.count(b"\n") + 2 for problem in here)
        (program / path).unlink()
    assert not (tmp_path / "hacked").exists()


def test_front_matter_that_never_closes(pair: Pair) -> None:
    program = pair({NOTE: b"---\ntitle: <script>\nstatus: held\n" + b"a: b\n" * 5000})
    result = run("-C", program, "build", "--jobs", "1")
    assert (result.exit_code, "HW313" in result.output) == (0, True), result.output
    assert faults_of_outputs(program / "site") == {}


UNICODE = {
    "bidi controls in names": "\u202egnp.exe\u202c\u2066x\u2069\u200f",
    "zero-width floods": "a" + "\u200b\u200d\u2060\ufeff" * 200 + "b",
    "piled combining marks": "Z" + "\u0351\u036b\u0343\u0301" * 200,
    "right-to-left names beside numbers": "דנה 12 نور 3",
    "mixed-script names": "аdа Вyron",
}


@pytest.mark.parametrize("line", UNICODE)
def test_unicode(write_program: Callable[[str], Path], line: str) -> None:
    program = write_program(program_with((UNICODE[line],)))
    result = run("-C", program, "build", "--jobs", "1")
    assert result.exit_code == 0, result.output
    assert faults_of_outputs(program / "site") == {}
    for path in program.rglob("site/**/*.html"):
        assert path.read_text(encoding="utf-8").count("<bdi") == path.read_text(encoding="utf-8").count("</bdi>")


def test_mixed_script_ids_are_told_apart(pair: Pair) -> None:
    """Latin `ada`, and one with Cyrillic letters that looks like it: two people, two pages."""
    program = pair({"content/people/аdа.yaml": b"name: Somebody Else\n"})
    result = run("-C", program, "build", "--jobs", "1")
    assert result.exit_code == 0, result.output
    assert {path.name for path in (program / "site/people").iterdir()} >= {"ada", "аdа"}


def test_a_md_beside_capital_a_md(pair: Pair) -> None:
    program = pair(
        {f"{FOLDER}/meetings/a.md": b"Date: 2026-02-02\n\nOne\n", f"{FOLDER}/meetings/A.md": b"2026-02-02\n\nTwo\n"}
    )
    if len([*(program / FOLDER / "meetings").iterdir()]) < 2:
        pytest.skip("this system takes both for one name")
    assert run("-C", program, "build", "--jobs", "1").exit_code == 0
    pages = sorted(path.name for path in (program / "site/partnerships/ada-grace/meetings").iterdir() if path.is_dir())
    assert pages == ["2026-02-02", "2026-02-02-2"]


def test_a_name_of_more_than_255_bytes(pair: Pair) -> None:
    """No disk has one, but ids in files can be as long."""
    program = pair({f"{FOLDER}/goals.yaml": f"goals: [{{id: {'ж' * 200}, title: T}}]\n".encode()})
    problems = check(program)
    assert [problem.code for problem in problems if problem.severity is Severity.ERROR] == ["HW136"]


ELSEWHERE = {
    "YAML: the wrong type for every field": (
        "hostile/test_hostile_yaml.py::test_a_wrong_value_in_any_field_never_raises"
    ),
    "Paths: ids and slugs ../../x, ..%2f, absolute, C:\\x, ., empty, CON": (
        "hostile/test_hostile_paths.py::test_an_id_in_a_file_cannot_lead_out"
    ),
    "Paths: NUL": "output/test_folder.py::test_a_page_outside_the_site_is_refused",
    "Paths: NFC against NFD": "source/test_source_folder.py::test_two_names_for_one_id_collide",
    "Paths: symbolic links (file, folder, loop)": "hostile/test_hostile_paths.py::test_a_link_is_not_followed",
    "Paths: symbolic links swapped during the build": (
        "source/test_source_folder.py::test_what_is_exchanged_for_a_link_or_a_pipe_later_is_not_read"
    ),
    "Paths: the output folder itself a link": "output/test_folder.py::test_folders_that_are_not_ours_are_refused",
    "Paths: ../../other-partnership/secret.png": (
        "hostile/test_hostile_paths.py::test_the_files_of_another_partnership_stay_there"
    ),
    "Paths: unreadable files": "faults/test_faults.py::test_an_unreadable_file_stops_the_build_and_nothing_else",
    "Paths: an output folder that is the repository, /, the home folder, or not ours": (
        "hostile/test_hostile_paths.py::test_no_folder_that_is_somebodys_is_replaced"
    ),
    "Pictures: a 50,000 x 50,000 PNG, truncated JPEG, polyglots": (
        "documents/test_pictures.py::test_what_cannot_be_shown_says_why"
    ),
    "Pictures: polyglots, EXIF with a position": "documents/test_pictures.py::test_only_the_picture_is_left",
    "Pictures: SVG with script": "documents/test_pictures.py::test_a_drawing_that_acts_or_reaches_out_is_left_out",
    "Preview server: traversal, double encoding, NUL, /.git/config, /.env, /.headway/": (
        "preview/test_preview_server.py::test_nothing_but_the_site_is_served"
    ),
    "Preview server: foreign Host": "preview/test_preview_server.py::test_only_our_own_names_are_answered",
    "Preview server: missing Host": (
        "preview/test_preview_server.py::test_a_request_without_a_host_or_with_two_is_refused"
    ),
    "Preview server: a foreign Origin on the event stream": (
        "preview/test_preview_server.py::test_another_origin_is_told_nothing"
    ),
    "Preview server: <script> in a 404": (
        "preview/test_preview_server.py::test_what_was_asked_for_is_inert_in_the_answer"
    ),
    "Preview server: slow clients": "preview/test_preview_server.py::test_slow_and_silent_clients_keep_nobody_waiting",
    "Preview server: 200 reload clients": "preview/test_preview_server.py::test_two_hundred_pages_that_listen",
    "Preview server: HEAD, POST": "preview/test_preview_server.py::test_only_get_and_head",
    "Preview server: Range": "preview/test_preview_server.py::test_a_range_is_answered_with_the_whole",
    "Preview server: a file truncated then written, renamed over, deleted while it is read": (
        "preview/test_preview_server.py::test_a_file_that_is_replaced_while_it_is_read"
    ),
    "Nothing that was built before is lost": (
        "faults/test_kills.py::test_a_killed_build_leaves_the_old_site_or_the_new_one"
    ),
}


@pytest.mark.parametrize("line", ELSEWHERE)
def test_elsewhere(line: str) -> None:
    path, _, name = ELSEWHERE[line].partition("::")
    assert f"def {name}(" in (Path(__file__).parent.parent / path).read_text(encoding="utf-8")
