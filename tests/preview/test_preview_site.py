"""The live site: always what a build would give, with what was there before where something has an error."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from benchmarks.programs import write_program as write_pairs
from git_repository import commit
from headway.choice import Choice
from headway.cli import headway
from headway.model import reading
from headway.model.fields import Visibility
from headway.model.program_history import ProgramHistory
from headway.output.history_store import read_program_history
from headway.preview import answers as answering
from headway.preview import parts
from headway.preview import running as running_module
from headway.preview import site as site_module
from headway.preview.answers import Answers, Kind
from headway.preview.site import LiveSite
from previewing import Running, choose_for, running_preview, wait_until

PAIR = "content/partnerships/maya-ruth"
NOTE = "/partnerships/maya-ruth/meetings/2026-03-18/"
PARTNERS = Visibility.PARTNERS


@pytest.fixture
def program(tmp_path: Path, starter: Path) -> Path:
    root = tmp_path / "program"
    root.mkdir()
    shutil.copy(starter / "headway.yaml", root)
    shutil.copytree(starter / "content", root / "content")
    return root


def built(root: Path, audience: str = "partners") -> dict[str, bytes]:
    """Return the files of a fresh build by their address on the site."""
    out = root.parent / "built"
    shutil.rmtree(out, ignore_errors=True)
    result = CliRunner().invoke(
        headway, ["-C", str(root), "build", "--out", str(out), "--audience", audience, "--jobs", "1"]
    )
    assert result.exit_code == 0, result.output
    files = {path.relative_to(out).as_posix(): path for path in out.rglob("*") if path.is_file()}
    return {f"/{name.removesuffix('index.html')}": path.read_bytes() for name, path in files.items() if name[0] != "."}


def without_inserts(page: str) -> bytes:
    """Return a page without what the preview adds to it."""
    return re.sub(r"<headway-preview .*?</script>\n?(?=</body>)", "", page, flags=re.S).encode()


@pytest.mark.parametrize("audience", ["public", "program", "partners"])
def test_every_page_and_file_is_that_of_a_build(audience: str, program: Path) -> None:
    answers = Answers(LiveSite(program, choose_for(audience)))
    for address, content in built(program, audience).items():
        answer = answers.answer(address, Visibility(audience))
        if address != "/404.html":
            assert answer.content == content, address


def test_the_last_good_pages_stay_behind_an_error(program: Path) -> None:
    site = LiveSite(program, choose_for("partners"))
    answers = Answers(site)
    before = {address: answers.answer(address, PARTNERS).content for address in (NOTE, "/", "/people/maya/")}
    for path, broken in (
        (f"{PAIR}/goals.yaml", "goals: [{title: x, due: 2026-02-30}]\n"),
        (f"{PAIR}/partnership.yaml", "members: ["),
        ("headway.yaml", "nonsense: 1\n"),
        ("content/people/maya.yaml", "name: [\n"),
    ):
        good = (program / path).read_text()
        (program / path).write_text(broken)
        update = site.update()
        assert update is not None
        assert path in {problem.location.path for problem in update.problems}
        assert {address: answers.answer(address, PARTNERS).content for address in before} == before, path
        (program / path).write_text(good)
        site.update()
        assert not any(problem.location.path == path for problem in site.result.all_problems)
    assert {address: answers.answer(address, PARTNERS).content for address in before} == before


def test_a_start_with_errors_shows_what_it_can(program: Path) -> None:
    (program / PAIR / "goals.yaml").write_text("goals: [")
    settings = program / "headway.yaml"
    settings.write_text(settings.read_text().replace("theme: trail", "theme: nowhere") + "\nnonsense: 1\n")
    answers = Answers(LiveSite(program, choose_for("partners")))
    assert answers.answer(NOTE, PARTNERS).kind is Kind.BROKEN
    assert answers.answer("/partnerships/noor-maya/", PARTNERS).kind is Kind.PAGE
    assert answers.answer("/", PARTNERS).kind is Kind.PAGE


def test_a_template_that_breaks_leaves_the_page_from_before(program: Path) -> None:
    (program / "themes/own/templates").mkdir(parents=True)
    (program / "themes/own/theme.yaml").write_text("extends: trail\n")
    template = program / "themes/own/templates/note.html"
    template.write_text('{% extends "!trail/note.html" %}\n')
    settings = program / "headway.yaml"
    settings.write_text(settings.read_text().replace("theme: trail", "theme: own"))
    site = LiveSite(program, choose_for("partners"))
    answers = Answers(site)
    before = answers.answer(NOTE, PARTNERS)
    template.write_text('{% extends "!trail/note.html" %}\n{% block main %}{{ view.tasks[99].text }}{% endblock %}\n')
    site.update()
    after = answers.answer(NOTE, PARTNERS)
    assert after.content == before.content
    assert [*after.problems, *site.result.all_problems]


def test_a_fault_of_ours_is_told_and_ends_nothing(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = Answers(LiveSite(program, choose_for("partners")))
    monkeypatch.setattr(answering, "render_page", lambda *given: 1 / 0)
    answer = answers.answer(NOTE, PARTNERS)
    assert (answer.kind, answer.said) == (Kind.FAULT, "ZeroDivisionError: division by zero")


def test_a_new_day_makes_new_numbers(program: Path) -> None:
    settings = program / "headway.yaml"
    settings.write_text(re.sub(r"(?m)^today:.*\n", "", settings.read_text()))
    today = [date(2026, 5, 20)]
    site = LiveSite(program, lambda: replace(choose_for("partners")(), today=today[0]))
    answers = Answers(site)
    before = answers.answer("/", PARTNERS).content
    assert site.update() is None
    today[0] = date(2026, 8, 1)
    assert site.update() is not None
    assert answers.answer("/", PARTNERS).content != before


def test_a_build_before_spares_the_reading(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from headway.output.cache import Cache, digest_of

    CliRunner().invoke(headway, ["-C", str(program), "build", "--audience", "partners"], catch_exceptions=False)
    cache = Cache(program / ".headway", digest_of("site")[:12])
    monkeypatch.setattr("headway.preview.parts.report_partnership", lambda *given: pytest.fail("this was read"))
    site = LiveSite(program, choose_for("partners"), cache=cache)
    assert site.missing(PARTNERS) == []
    answer = Answers(site).answer("/", PARTNERS)
    assert answer.content == built(program)["/"]


def test_the_home_of_a_large_program_is_read_beside_and_comes_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (site_module, answering, running_module):
        monkeypatch.setattr(module, "AT_ONCE", 5)
    root = tmp_path / "program"
    write_pairs(root, 6, 3)
    with running_preview(root, audience="partners") as preview:
        waiting = preview.ask("/")
        assert (waiting.status, waiting.headers["retry-after"]) == (503, "1")
        assert "Reading the program" in waiting.text
        assert '<a href="/partnerships/pair-3/">' in waiting.text
        assert preview.ask("/partnerships/pair-3/").status == 200
        assert without_inserts(preview.page("/")) == built(root)["/"]


def test_closed_partnerships_are_opened_without_reading_their_notes_again(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "OPEN_FILES", 1)
    site = LiveSite(program, choose_for("partners"))
    answers = Answers(site)
    answers.answer("/", PARTNERS)
    read: list[str] = []
    parse = reading.parse_note
    monkeypatch.setattr(reading, "parse_note", lambda *given, **more: read.append(given[1]) or parse(*given, **more))
    note = f"{PAIR}/meetings/2026-03-18.md"
    (program / note).write_text("Only this one is another\n")
    site.update()
    assert b"Only this one is another" in answers.answer(NOTE, PARTNERS).content
    assert answers.answer("/partnerships/noor-maya/", PARTNERS).kind is Kind.PAGE
    assert read == [note]
    for path, old, new in (
        ("content/people/maya.yaml", "aliases: [maya-f", "aliases: [Ruthie, maya-f"),
        ("headway.yaml", "date_order: dmy", "task_sections: [Notice]\ndate_order: mdy"),
        (f"{PAIR}/partnership.yaml", "length: 45 minutes", "length: 30 minutes"),
    ):
        (program / path).write_text((program / path).read_text().replace(old, new, 1))
        site.update()
        for address, content in built(program).items():
            if address.startswith("/partnerships/"):
                assert answers.answer(address, PARTNERS).content == content, (path, address)


def test_another_branch_is_checked_out(program: Path) -> None:
    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *identity, *arguments], cwd=program, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-qm", "one")
    git("checkout", "-qb", "other")
    for number in range(400):
        (program / PAIR / f"meetings/2025-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}-{number}.md").write_text(
            "x\n"
        )
    (program / PAIR / "goals.yaml").unlink()
    git("add", ".")
    git("commit", "-qm", "two")
    with running_preview(program, audience="partners") as preview:
        assert "2025-" in preview.page("/partnerships/maya-ruth/meetings/")
        git("checkout", "-q", "main")
        assert without_inserts(preview.page("/partnerships/maya-ruth/")) == built(program)["/partnerships/maya-ruth/"]
        wait_until(lambda: preview.updates)
        assert without_inserts(preview.page("/")) == built(program)["/"]


def test_polling_finds_what_nobody_told_of(program: Path) -> None:
    with running_preview(program, audience="partners", poll=0.05) as preview:
        preview.page("/")
        (program / PAIR / "meetings/2026-03-18.md").write_text("Said to nobody\n")
        update = wait_until(lambda: preview.updates)[0]
        assert update.paths == (f"{PAIR}/meetings/2026-03-18.md",)
        assert "Said to nobody" in preview.ask(NOTE).text


@pytest.mark.slow
def test_five_hundred_edits_leave_the_site_of_a_fresh_build_and_nothing_behind(program: Path) -> None:
    chance = random.Random(4)
    with running_preview(program, audience="partners") as preview:
        visit_some(preview, chance)
        for edit in edits(program, chance, 100):
            edit()
            visit_some(preview, chance)
        before = resources()
        for number, edit in enumerate(edits(program, chance, 400)):
            edit()
            if number % 4 == 0:
                visit_some(preview, chance)
        expected = built(program)
        for address, content in expected.items():
            if address.endswith("/"):
                assert without_inserts(preview.page(address)) == content, address
        wait_until(lambda: resources()[1:] <= before[1:])
        memory, *_ = resources()
        assert memory <= before[0] * 1.2


def visit_some(preview: Running, chance: random.Random) -> None:
    for address in chance.sample(("/", "/people/maya/", NOTE, "/partnerships/noor-maya/", "/partnerships/x/"), 2):
        assert preview.ask(address).status in (200, 404)


def edits(root: Path, chance: random.Random, number: int) -> Iterator[Callable[[], object]]:
    """Yield changes as people make them; the last ones leave a program without an error."""
    notes = sorted((root / PAIR / "meetings").glob("*.md"))
    originals = {path: path.read_text() for path in (*notes, root / PAIR / "goals.yaml", root / "headway.yaml")}
    fresh = root / PAIR / "meetings/2026-04-30-new.md"
    for count in range(number):
        path = chance.choice(list(originals))
        beside = path.with_name(f"{path.name}~")

        def in_one_step(path: Path = path, beside: Path = beside, count: int = count) -> None:
            beside.write_text(f"{originals[path]}# {count}\n")
            beside.replace(path)

        yield chance.choice(
            (
                in_one_step,
                lambda path=path, count=count: path.write_text(f"{originals[path]}\n# again {count}\n"),
                lambda path=path: path.write_text(""),
                lambda path=path: path.unlink(missing_ok=True),
                lambda path=path: path.write_text("goals: [{title: x, due: 2026-02-30}]\n"),
                lambda count=count: fresh.write_text(f"New, {count}\n"),
                lambda: fresh.unlink(missing_ok=True),
            )
        )
    for path, text in originals.items():
        yield lambda path=path, text=text: path.write_text(text)


def resources() -> tuple[int, int, int]:
    """Return this process's memory in KiB, its threads and its open files."""
    status = Path("/proc/self/status").read_text()
    memory = int(re.findall(r"VmRSS:\s+(\d+)", status)[0])
    return memory, threading.active_count(), len(list(Path("/proc/self/fd").iterdir()))


def test_a_change_that_could_not_be_taken_in_is_taken_in_later(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = LiveSite(program, choose_for("partners"))
    settings = program / "headway.yaml"
    settings.write_text(settings.read_text().replace("Waymark", "Another"))
    with monkeypatch.context() as broken:
        broken.setattr(site_module, "read_walk", lambda *given, **more: (_ for _ in ()).throw(FileNotFoundError()))
        with pytest.raises(FileNotFoundError):
            site.update()
    update = site.update()
    assert update is not None
    assert update.paths == ("headway.yaml",)
    assert b"Another Mentoring" in Answers(site).answer("/", PARTNERS).content


def test_the_choice_is_asked_for_at_each_look(program: Path) -> None:
    asked: list[Choice] = []
    choose = choose_for("public")

    def ask() -> Choice:
        asked.append(choose())
        return asked[-1]

    site = LiveSite(program, ask)
    number = len(asked)
    site.update()
    assert len(asked) > number


def test_a_commit_is_told_on_the_pages(program: Path) -> None:
    commit(program, "2026-02-01T12:00:00+0000")
    read: list[ProgramHistory] = []

    def read_history() -> ProgramHistory:
        read.append(read_program_history(program))
        return read[-1]

    site = LiveSite(program, choose_for("partners"), read_history=read_history)
    answers = Answers(site)
    assert b"2026-02-01" in answers.answer(NOTE, PARTNERS).content
    assert site.update(looks_for_commits=True) is None
    note = program / PAIR / "meetings/2026-03-18.md"
    note.write_text(note.read_text() + "\nMore.\n")
    site.update()
    commit(program, "2026-03-20T12:00:00+0000")
    assert len(read) == 1
    assert site.update(looks_for_commits=True) is not None
    assert b"2026-03-20" in answers.answer(NOTE, PARTNERS).content
