"""Laws of a whole build: the same bytes everywhere, links that resolve, nothing of the machine in a page."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner, Result

from headway.cli import headway
from page_text import PageText

TREES = ("headway.yaml", "content", "themes")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(headway, [str(argument) for argument in arguments], catch_exceptions=False)


def files(site: Path) -> dict[str, bytes]:
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory, starter: Path) -> Path:
    copy = tmp_path_factory.mktemp("starter") / "program"
    copy.mkdir()
    for name in TREES:
        if (starter / name).is_dir():
            shutil.copytree(starter / name, copy / name)
        else:
            shutil.copy(starter / name, copy / name)
    return copy


@pytest.fixture(scope="module")
def site(program: Path) -> Path:
    result = run("-C", program, "build", "--out", program / "out")
    assert result.exit_code == 0, result.output
    return program / "out"


def test_two_builds_are_the_same_bytes_elsewhere_and_on_another_day(
    program: Path, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "another place"
    shutil.copytree(program, other, ignore=shutil.ignore_patterns("out"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert run("-C", other, "build", "--jobs", "2").exit_code == 0
    assert files(other / "site") == files(site)


def test_every_link_and_anchor_resolves(site: Path) -> None:
    pages = {path: PageText(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                assert parts.scheme in ("http", "https", "mailto"), link
                continue
            assert not parts.path.startswith("/"), f"{path}: {link} is not relative to its page"
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_file(), f"{path.relative_to(site)}: {link} leads nowhere"
            if parts.fragment:
                assert unquote(parts.fragment) in pages[target].anchors, f"{path.relative_to(site)}: {link}"


def test_nothing_of_the_machine_is_in_the_site(program: Path, site: Path) -> None:
    for path, content in files(site).items():
        assert str(program).encode() not in content, path
        assert str(Path.home()).encode() + b"/" not in content, path


def test_a_page_asks_nothing_of_other_sites_and_runs_nothing(site: Path) -> None:
    for path in site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        scripts = re.findall(r"<script[^>]*>[^<]*", html)
        known = r'<script src="[./]*assets/(trail|search)\.js"[^>]*>'
        assert [re.sub(known, r"\1", tag) for tag in map(str.strip, scripts)] == ["trail", "search"]
        assert 'http-equiv="Content-Security-Policy" content="default-src \'self\';' in html
        assert " style=" not in html
        assert ' src="http' not in html


def test_a_page_that_is_gone_from_the_program_is_gone_from_the_site(program: Path, site: Path, tmp_path: Path) -> None:
    other = tmp_path / "program"
    shutil.copytree(program, other, ignore=shutil.ignore_patterns("out"))
    assert run("-C", other, "build").exit_code == 0
    note = next((other / "content/partnerships").glob("*/meetings/*.md"))
    page = other / "site/partnerships" / note.parent.parent.name / "meetings" / note.stem[:10] / "index.html"
    assert page.is_file()
    note.unlink()
    run("-C", other, "build")
    assert not page.exists()


def test_an_error_stops_the_build_and_the_last_good_site_stays(program: Path, tmp_path: Path) -> None:
    other = tmp_path / "program"
    shutil.copytree(program, other, ignore=shutil.ignore_patterns("out"))
    assert run("-C", other, "build").exit_code == 0
    before = files(other / "site")
    plan = next((other / "content/partnerships").glob("*/goals.yaml"))
    plan.write_text(plan.read_text(encoding="utf-8") + "\nnonsense: [\n", encoding="utf-8")
    result = run("-C", other, "build")
    assert result.exit_code == 1
    assert plan.relative_to(other).as_posix() in result.output
    assert files(other / "site") == before


@pytest.mark.parametrize("name", ["node-mentorship", "ols", "rust-council", "ipfs"])
def test_real_programs_build_and_keep_every_word(
    corpus: Path, name: str, tmp_path: Path, words_missing: Callable[[Path, Path], dict[str, set[str]]]
) -> None:
    program = tmp_path / name  # a copy: a build remembers what it did beside the program
    shutil.copytree(corpus / name, program, ignore=shutil.ignore_patterns(".headway"), copy_function=shutil.copyfile)
    program.chmod(0o755)
    result = run("-C", program, "build")
    assert result.exit_code == 0, result.output[-2000:]
    assert words_missing(program, program / "site") == {}
    assert run("-C", program, "check").exit_code == 0


def test_the_starter_keeps_every_word(
    program: Path, site: Path, words_missing: Callable[[Path, Path], dict[str, set[str]]]
) -> None:
    assert words_missing(program, site) == {}
