"""Laws of the cache: a build with it gives the same bytes as one without, whatever was changed or damaged before."""

from __future__ import annotations

import json
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from headway import build as headway_build
from headway import jobs
from headway.cli import building, headway
from headway.documents.note import Note
from headway.made import SitePart
from headway.model import reading
from headway.model.note_memo import NoteMemo, Told
from headway.output.cache import _FORM, digest_of
from headway.output.note_store import NoteStore
from headway.pages import person_pages
from headway.pages.views import Page, SiteView
from headway.problems import Problem
from headway.theme.layers import Theme

TODAY = date(2026, 3, 1)
PERSON = "name: {0}\nstrengths: [writing]\n"
PARTNERSHIP = """\
status: active
start: 2026-01-05
members: [{{person: ada{0}, role: mentee}}, {{person: grace{0}, role: mentor}}]
agreement: {{cadence: 2 weeks, agreed: {{ada{0}: 2026-01-05, grace{0}: 2026-01-05}}}}
"""
GOALS = """\
goals:
  - {id: speak, title: Give a talk, due: 2026-04-01, milestones: [{title: Abstract, due: 2026-03-05}]}
"""
NOTE = """\
# Meeting

Present: Ada, Grace

Win: it went well

## Next steps
- @ada{0}: write page {1} (due 2026-03-1{1})
- mentee: ask for help
"""
LOGBOOK = "# Ours\n\nHow we work.\n\n## {0}\n\n{1} and I met; Ada was ill.\n\n## 02/03/2026\n\n- [ ] Grace: read on\n"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(person_pages, "PEOPLE_TOGETHER", 3)  # so that few people are several groups
    root = tmp_path / "program"
    for folder in ("content/people", "content/pages", "themes/own/templates"):
        (root / folder).mkdir(parents=True)
    (root / "headway.yaml").write_text("program: P\nsite: {audience: partners, theme: own}\ndate_order: dmy\n")
    (root / "content/pages/about.md").write_text("# About\n\nWho we are.\n")
    (root / "themes/own/theme.yaml").write_text("name: own\nextends: trail\n")
    for number in range(4):
        folder = root / f"content/partnerships/pair-{number}"
        (folder / "meetings").mkdir(parents=True)
        for person in ("ada", "grace"):
            (root / f"content/people/{person}{number}.yaml").write_text(PERSON.format(f"{person.title()} N{number}"))
        (folder / "partnership.yaml").write_text(PARTNERSHIP.format(number))
        (folder / "goals.yaml").write_text(GOALS)
        for week in range(3):
            day = date(2026, 1, 5) + timedelta(weeks=2 * week)
            (folder / f"meetings/{day}.md").write_text(NOTE.format(number, week))
    (root / "content/partnerships/pair-1/logbook.md").write_text(LOGBOOK.format("2026-02-09", "Newt"))
    (root / "content/partnerships/pair-1/journal").mkdir()
    (root / "content/partnerships/pair-1/journal/2026-02-10.md").write_text("Grace and Newt helped.\n\nWin: done\n")
    return root


def build(program: Path, today: date, *more: str | Path) -> Result:
    arguments = ["-C", program, "build", "--today", today, "--jobs", "1", *more]
    result = CliRunner().invoke(headway, [str(argument) for argument in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def files(site: Path) -> dict[str, bytes]:
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def assert_as_from_nothing(program: Path, today: date, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "cold", ignore_errors=True)
    shutil.copytree(program, tmp_path / "cold", ignore=shutil.ignore_patterns("site", ".headway"))
    build(tmp_path / "cold", today)
    assert files(program / "site") == files(tmp_path / "cold/site")


def edit_note(program: Path, chance: random.Random) -> None:
    note = chance.choice(sorted(program.glob("content/partnerships/*/meetings/*.md")))
    note.write_text(note.read_text() + f"\nDecision: number {chance.randrange(99)}\n")


def delete_note(program: Path, chance: random.Random) -> None:
    chance.choice(sorted(program.glob("content/partnerships/*/meetings/*.md"))[1:]).unlink()


def rename_note(program: Path, chance: random.Random) -> None:
    note = chance.choice(sorted(program.glob("content/partnerships/*/meetings/*.md")))
    note.rename(note.with_name(f"2026-02-{chance.randrange(10, 28)}.md"))


def edit_goals(program: Path, chance: random.Random) -> None:
    plan = chance.choice(sorted(program.glob("content/partnerships/*/goals.yaml")))
    plan.write_text(GOALS.replace("2026-04-01", f"2026-04-{chance.randrange(10, 28)}"))


def edit_logbook(program: Path, chance: random.Random) -> None:
    for book in program.glob("content/partnerships/*/logbook.md"):
        book.write_text(LOGBOOK.format(f"2026-02-{chance.randrange(10, 28)}", chance.choice(("Newt", "Grace"))))


def edit_members(program: Path, chance: random.Random) -> None:
    file = chance.choice(sorted(program.glob("content/partnerships/*/partnership.yaml")))
    text = file.read_text()
    swapped = text.replace("mentee", "?").replace("mentor", "mentee").replace("?", "mentor")
    file.write_text(chance.choice((text.replace("2 weeks", "2 weeks, length: 40 min"), swapped)))


def edit_person(program: Path, chance: random.Random) -> None:
    person = chance.choice(sorted(program.glob("content/people/*.yaml")))
    person.write_text(PERSON.format(f"New Name{chance.randrange(99)}"))


def edit_aliases(program: Path, chance: random.Random) -> None:
    person = chance.choice(sorted(program.glob("content/people/*.yaml")))
    person.write_text(person.read_text() + f"aliases: [{chance.choice(('Newt', 'Graze'))}]\n")


def add_people(program: Path, chance: random.Random) -> None:
    """Let there be so many more that they may be grouped otherwise."""
    for number in range(chance.randrange(1, 5)):
        (program / f"content/people/new{number}.yaml").write_text(PERSON.format(f"Somebody New{number}"))


def delete_people(program: Path, chance: random.Random) -> None:
    for person in sorted(program.glob("content/people/new*.yaml"))[: chance.randrange(1, 5)]:
        person.unlink()


def delete_partnership(program: Path, chance: random.Random) -> None:
    shutil.rmtree(chance.choice(sorted(program.glob("content/partnerships/*"))[1:]))


def edit_settings(program: Path, chance: random.Random) -> None:
    settings = program / "headway.yaml"
    name = f"Program {chance.randrange(99)}"
    order = chance.choice(("", "date_order: dmy\n", "date_order: mdy\ntask_sections: [Wins]\n"))
    settings.write_text(
        f"program: {name}\nsite: {{audience: {chance.choice(['partners', 'public'])}, theme: own}}\n{order}"
    )


def edit_theme(program: Path, chance: random.Random) -> None:
    text = f'{{% extends "!own/base.html" %}}{{% block footer %}}{chance.randrange(99)}{{% endblock %}}'
    (program / "themes/own/templates/person.html").write_text(text.replace("!own", "!trail"))


def edit_page(program: Path, chance: random.Random) -> None:
    (program / "content/pages/about.md").write_text(f"# About {chance.randrange(99)}\n")


def damage_cache(program: Path, chance: random.Random) -> None:
    for cache in (program / ".headway").glob("*.db"):
        data = bytearray(cache.read_bytes())
        for _ in range(chance.randrange(1, 400)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        cache.write_bytes(data[: chance.choice((len(data), len(data) // 2, 0))])


def write_as_another_headway(program: Path, chance: random.Random) -> None:
    """Let the cache hold what a Headway with other ideas would have written, sound in itself."""
    folder = program / ".headway"
    with closing(NoteStore(folder / "notes.db")) as notes:
        for name in [path.name for path in program.glob("content/partnerships/*")]:
            lie = NoteMemo.unpack(notes.read(name))
            for key in lie._fresh:
                lie._fresh[key] = Told(())
            lie.habits = "other"
            notes.keep(name, lie.pack())
    for cache in {*folder.glob("*.db")} - {folder / "history.db", folder / "notes.db"}:
        with suppress(sqlite3.Error), sqlite3.connect(cache) as database:  # it may be damaged already
            said = json.dumps({"key": "other", "other": 1})
            database.execute("UPDATE standing SET said = ?, seal = ?", (said, digest_of(said)))
            database.execute("UPDATE reading SET text = ?, seal = ?", (said, digest_of(said)))
            for row in list(database.execute("SELECT * FROM entry")):
                name, _key, since, until, _, summary, listed, _ = row
                parts = (_FORM, name, "other", since, str(until or None), "{}", summary, listed)
                database.execute(
                    "UPDATE entry SET key = 'other', body = '{}', seal = ? WHERE name = ?", (digest_of(*parts), name)
                )
        database.close()


def delete_cache(program: Path, chance: random.Random) -> None:
    shutil.rmtree(program / ".headway", ignore_errors=True)


def delete_site(program: Path, chance: random.Random) -> None:
    shutil.rmtree(program / "site")


def sign_away_site(program: Path, chance: random.Random) -> None:
    (program / "site/.headway-site").write_text("")


def delete_spare(program: Path, chance: random.Random) -> None:
    for spare in (program / ".headway").glob("*.spare"):
        shutil.rmtree(spare)


def damage_spare(program: Path, chance: random.Random) -> None:
    for marker in (program / ".headway").glob("*.spare/.headway-site"):
        marker.write_text("another")


CHANGES: tuple[Callable[[Path, random.Random], None], ...] = (
    edit_note, edit_note, delete_note, rename_note, edit_logbook, edit_members, edit_goals, edit_person, edit_aliases,
    add_people, delete_people,
    delete_partnership, edit_settings,
    edit_theme, edit_page, damage_cache, write_as_another_headway, delete_cache, delete_site,
    sign_away_site, delete_spare, damage_spare,
)  # fmt: skip


def commit(program: Path, chance: random.Random) -> None:
    """Let git know the files as they are now; where there is no repository yet, begin one."""
    amend = ["--amend"] if chance.random() < 0.2 and (program / ".git").exists() else []
    who = ("-c", f"user.name={chance.choice(['Ada N1', 'Grace N2', 'Ada N0'])}", "-c", "user.email=ada@example.org")
    for words in (["init", "-q"], ["add", "content"], [*who, "commit", "-q", "--allow-empty", *amend, "-m", "One"]):
        subprocess.run(["git", "-C", str(program), *words], check=True, capture_output=True)


def go_back(program: Path, chance: random.Random) -> None:
    """Leave the changes since the last commit, if there was one."""
    if (program / ".git").exists():
        subprocess.run(["git", "-C", str(program), "checkout", "-q", "--", "content"], check=True)


@pytest.mark.parametrize("seed", range(8))
def test_a_build_from_the_cache_is_one_from_nothing(program: Path, tmp_path: Path, seed: int) -> None:
    chance, today = random.Random(seed), TODAY
    if seed % 2:
        commit(program, chance)
    build(program, today)
    for _ in range(6):
        for change in chance.choices(CHANGES, k=chance.randrange(3)):
            change(program, chance)
        if seed % 2:
            chance.choice((commit, commit, go_back, edit_note))(program, chance)
        today += timedelta(days=chance.choice((-3, 0, 0, 1, 5, 20)))
        build(program, today)
        assert_as_from_nothing(program, today, tmp_path)


def test_each_kind_of_change_alone_is_seen(program: Path, tmp_path: Path) -> None:
    chance = random.Random(7)
    for change in CHANGES:
        build(program, TODAY)
        change(program, chance)
        build(program, TODAY)
        assert_as_from_nothing(program, TODAY, tmp_path)


def test_a_quiet_day_rebuilds_nobody_and_one_note_one_partnership(program: Path) -> None:
    build(program, TODAY)
    assert re.findall(r"^pair-.*", build(program, TODAY, "--explain").output, re.M) == []
    note = program / "content/partnerships/pair-2/meetings/2026-01-19.md"
    note.write_text(note.read_text() + "\nIdea: another\n")
    assert re.findall(r"^pair-.*", build(program, TODAY, "--explain").output, re.M) == [
        "pair-2: meetings/2026-01-19.md changed"
    ]


def test_explain_names_what_changed(program: Path) -> None:
    assert "pair-0: not built before" in build(program, TODAY, "--explain").output
    (program / "content/people/ada3.yaml").write_text(PERSON.format("Ada N3") + "needs: [time]\n")
    (program / "content/partnerships/pair-1/meetings/2026-02-20.md").write_text("Hello.\n")
    said = re.findall(r"^pair-.*", build(program, TODAY, "--explain").output, re.M)
    assert said == ["pair-1: meetings/2026-02-20.md is new", "pair-3: people/ada3.yaml changed"]
    (program / "content/people/zed.yaml").write_text("name: Zed\n")
    assert "pair-0: people's names changed" in build(program, TODAY, "--explain").output
    said = "\n".join(build(program, TODAY + timedelta(days=200), "--explain").output.splitlines())
    assert re.search(r"pair-0: its numbers held until 2026-03-\d\d", said)


def test_problems_of_kept_partnerships_are_still_said(program: Path) -> None:
    (program / "content/partnerships/pair-1/meetings/undated.md").write_text("Nobody wrote the day.\n")
    assert "HW301" in build(program, TODAY).output
    assert "HW301" in build(program, TODAY).output


def test_a_problem_that_depends_on_the_day_goes_when_the_day_comes(program: Path) -> None:
    plan = program / "content/partnerships/pair-1/goals.yaml"
    plan.write_text(GOALS.replace("due: 2026-03-05", "done: 2026-03-05"))
    before = build(program, TODAY).output
    assert "2026-03-05" in before
    assert build(program, date(2026, 3, 4)).output.count("HW") == before.count("HW")
    assert "HW" not in build(program, date(2026, 3, 6)).output


def test_two_output_folders_have_a_cache_each(program: Path, tmp_path: Path) -> None:
    build(program, TODAY)
    build(program, TODAY, "--out", tmp_path / "other", "--audience", "public")
    assert "pair-" not in build(program, TODAY, "--explain").output
    assert_as_from_nothing(program, TODAY, tmp_path)


def test_own_sites_and_revisions_leave_the_cache_alone(program: Path, tmp_path: Path) -> None:
    build(program, TODAY)
    before = {path: path.read_bytes() for path in (program / ".headway").glob("*.db")}
    build(program, TODAY, "--each", "--out", tmp_path / "each")
    assert {path: path.read_bytes() for path in (program / ".headway").glob("*.db")} == before


@pytest.mark.parametrize("restored", [(".headway",), ("site",), (".headway", "site")])
def test_what_a_ci_cache_restores_from_another_day_does_no_harm(
    program: Path, tmp_path: Path, restored: tuple[str, ...]
) -> None:
    chance = random.Random(1)
    for change in (edit_note, edit_goals):  # two builds, so that the spare has been in use
        build(program, TODAY)
        change(program, chance)
    build(program, TODAY)
    for name in restored:
        shutil.copytree(program / name, tmp_path / "kept" / name)
    for change in (edit_note, delete_note, rename_note):
        change(program, chance)
        build(program, TODAY)
    for name in restored:
        shutil.rmtree(program / name)
        shutil.copytree(tmp_path / "kept" / name, program / name)
    build(program, TODAY)
    assert_as_from_nothing(program, TODAY, tmp_path)
    edit_note(program, chance)
    build(program, TODAY)
    assert_as_from_nothing(program, TODAY, tmp_path)


def test_without_the_cache_a_page_that_somebody_changed_is_put_right(program: Path, tmp_path: Path) -> None:
    build(program, TODAY)
    (program / "site/index.html").write_text("somebody was here")
    (program / "site/people/ada1/index.html").unlink()
    shutil.rmtree(program / ".headway")
    build(program, TODAY)
    assert_as_from_nothing(program, TODAY, tmp_path)


def test_a_build_that_fails_leaves_site_and_cache_good(program: Path, tmp_path: Path) -> None:
    build(program, TODAY)
    edit_note(program, random.Random(3))
    build(program, TODAY)
    before, plan = files(program / "site"), program / "content/partnerships/pair-1/goals.yaml"
    good = plan.read_text()
    plan.write_text("goals: [\n")
    arguments = ["-C", str(program), "build", "--today", str(TODAY)]
    assert CliRunner().invoke(headway, arguments).exit_code == 1
    assert files(program / "site") == before
    plan.write_text(good)
    build(program, TODAY)
    assert_as_from_nothing(program, TODAY, tmp_path)


def test_a_warm_build_touches_only_what_changed(program: Path, tmp_path: Path) -> None:
    for _ in range(3):
        build(program, TODAY)
    pages = {path: path.stat().st_ino for path in (program / "site").rglob("*.html")}
    edit_note(program, random.Random(3))
    build(program, TODAY)
    renewed = {path.parent.name for path, inode in pages.items() if path.stat().st_ino != inode}
    assert renewed
    assert len(renewed) < len(pages) / 3


def test_of_a_partnership_that_is_read_again_only_what_changed_is_rendered(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[str] = []
    render = headway_build.render_page

    def note(theme: Theme, page: Page, site: SiteView) -> str | Problem:
        rendered.append(page.address)
        return render(theme, page, site)

    monkeypatch.setattr(headway_build, "render_page", note)
    build(program, TODAY, "--jobs", "1")
    everything, rendered[:] = len(rendered), []
    path = program / "content/partnerships/pair-2/meetings/2026-01-19.md"
    path.write_text(path.read_text() + "\nWhat a day.\n")
    build(program, TODAY, "--jobs", "1")
    assert "/partnerships/pair-2/meetings/2026-01-19/" in rendered
    assert "/partnerships/pair-2/agreement/" not in rendered
    assert len(rendered) < everything / 10
    rendered.clear()
    theme = program / "themes/own/templates/base.html"
    theme.write_text('{% extends "!trail/base.html" %}\n{# another #}\n')
    build(program, TODAY, "--jobs", "1")
    assert len(rendered) >= everything


def test_of_a_partnership_only_the_note_that_changed_is_read(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts: list[str] = []
    parse = reading.parse_note

    def note(text: str, *given: Any, **named: Any) -> Note:
        texts.append(text)
        return parse(text, *given, **named)

    monkeypatch.setattr(reading, "parse_note", note)
    build(program, TODAY)
    assert len(texts) == len([*program.glob("content/partnerships/*/[mj]*/*.md")])
    texts.clear()
    path = program / "content/partnerships/pair-2/meetings/2026-01-19.md"
    path.write_text(path.read_text() + "\nWhat a day.\n")
    build(program, TODAY)
    assert texts == [path.read_text()]
    build(program, TODAY + timedelta(days=90))
    (program / "themes/own/templates/base.html").write_text('{% extends "!trail/base.html" %}\n{# another #}\n')
    build(program, TODAY)
    assert texts == [path.read_text()]
    edit_aliases(program, random.Random(1))
    build(program, TODAY)
    assert len(texts) > 10


def test_two_builds_at_once_do_not_hurt_each_other(program: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "headway", "-C", str(program), "build", "--today", str(TODAY), "--jobs", "1"]
    chance = random.Random(5)
    for _ in range(3):
        edit_note(program, chance)
        both = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(2)]
        assert [process.wait(60) for process in both] == [0, 0]
        build(program, TODAY)
        assert_as_from_nothing(program, TODAY, tmp_path)


def test_a_build_killed_at_any_moment_leaves_a_whole_site(program: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "headway", "-C", str(program), "build", "--today", str(TODAY), "--jobs", "1"]
    chance = random.Random(6)
    build(program, TODAY)
    for _ in range(6):
        before = files(program / "site")
        edit_note(program, chance)
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.3, 0.9))
        process.kill()
        process.wait()
        after = files(program / "site")
        if after != before:
            assert_as_from_nothing(program, TODAY, tmp_path)
    build(program, TODAY)
    assert_as_from_nothing(program, TODAY, tmp_path)


def test_where_nothing_changed_hardly_anything_is_loaded(program: Path) -> None:
    build(program, TODAY)
    code = f"""
import sys
from headway.cli import headway
headway.main(["-C", {str(program)!r}, "build", "--today", "{TODAY}"], standalone_mode=False)
print(sorted({{"jinja2", "markdown_it", "yaml", "headway.build"}} & sys.modules.keys()))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "0 files changed" in done.stdout
    assert done.stdout.endswith("\n[]\n")


def test_warnings_that_the_last_build_met_still_stop_a_strict_one(program: Path) -> None:
    (program / "content/partnerships/pair-1/meetings/undated.md").write_text("Nobody wrote the day.\n")
    assert "0 files" not in build(program, TODAY).output
    assert "0 files" in build(program, TODAY).output
    arguments = ["-C", str(program), "build", "--today", str(TODAY), "--strict"]
    assert CliRunner().invoke(headway, arguments).exit_code == 1


@pytest.mark.parametrize("few", [0, building.FEW])
@pytest.mark.parametrize("in_git", [False, True])
@pytest.mark.parametrize("place", ["content/partnerships/pair-1/meetings/2026-01-19.md", "content/people/ada1.yaml"])
def test_what_changes_while_it_is_read_is_not_kept(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int, in_git: bool, place: str
) -> None:
    monkeypatch.setattr(building, "FEW", few)
    build(program, TODAY)
    if in_git:
        commit(program, random.Random(1))
    edit_note(program, random.Random(2))
    file, make = program / place, jobs.build_partnership
    before = file.read_text()

    def make_late(*given: Any, **named: Any) -> SitePart:
        file.write_text(before.replace("went", "did go").replace("writing", "drawing"))
        return make(*given, **named)

    monkeypatch.setattr(jobs, "build_partnership", make_late)
    build(program, TODAY)
    monkeypatch.undo()
    for text in (file.read_text(), before):
        file.write_text(text)
        build(program, TODAY)
        assert_as_from_nothing(program, TODAY, tmp_path)
