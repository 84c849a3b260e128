"""The writing commands, used by scripts: what they write, and what they say when they cannot."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import git_repository
from headway.cli import headway

PROGRAM = """\
--- headway.yaml
program: P
today: 2026-03-10
defaults: {length: 45 minutes}
--- content/people/ada.yaml
name: Ada Byron
--- content/people/grace.yaml
name: Grace Brewster
--- content/people/mae.yaml
name: Mae Jemison
--- content/partnerships/ada-grace/partnership.yaml
start: 2026-02-02
members: [{person: ada, role: mentee}, {person: grace, role: mentor}]
agreement: {feedback: in the end, agreed: {ada: 2026-02-02, grace: 2026-02-02}}
--- content/partnerships/ada-grace/goals.yaml
goals:
  - id: speak
    title: Give a talk
    owner: ada
    milestones:
      - {title: Write the abstract, due: 2026-02-20}
      - title: Rehearse
        steps: [{title: alone}, {title: with Grace}]
--- content/partnerships/ada-grace/meetings/2026-02-16.md
Question: which meetup?

Next steps
- Ada: send the abstract by 2026-02-20
- Grace: read the abstract
"""
MEETINGS = "content/partnerships/ada-grace/meetings"


@pytest.fixture
def program(write_program: Callable[[str], Path]) -> Path:
    return write_program(PROGRAM)


def run(program: Path, *arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(headway, ["-C", str(program), *arguments], input=text)


def meetings(program: Path) -> list[dict[str, object]]:
    [partnership] = json.loads(run(program, "export").stdout)["partnerships"]
    return list(partnership["meetings"])


def test_a_line_is_enough(program: Path) -> None:
    result = run(program, "log", "ada-grace", "Went through the abstract", "--minutes", "25", "--on", "yesterday")
    assert result.exit_code == 0, result.output
    path = f"{MEETINGS}/2026-03-09.md"
    assert (program / path).read_text() == "---\nminutes: 25\n---\n\nWent through the abstract\n"
    assert f"+++ b/{path}\n@@ -0,0 +1,5 @@\n+---\n+minutes: 25" in result.output
    assert result.output.endswith(f"Wrote {path}\n")
    assert (meetings(program)[-1]["status"], meetings(program)[-1]["minutes"]) == ("shortened", 25)


@pytest.mark.parametrize(
    ("options", "facts"),
    [
        (["x"], {"date": "2026-03-10", "status": "held", "attendees": []}),
        (["x", "--on", "monday"], {"date": "2026-03-09"}),
        (["x", "--on", "tue"], {"date": "2026-03-10"}),
        (["x", "--on", "last friday"], {"date": "2026-03-06"}),
        (["x", "--on", "2026-03-01"], {"date": "2026-03-01"}),
        (["x", "--on", "1 March"], {"date": "2026-03-01"}),
        (["x", "--attendees", "Ada, grace,Mr. Babbage"], {"attendees": ["ada", "grace"], "guests": ["Mr. Babbage"]}),
        (["x", "--shortened"], {"status": "shortened"}),
        (["--missed"], {"status": "missed"}),
        (["We were ill", "--moved", "--notice", "2 hours"], {"status": "moved"}),
        (["--cancelled", "--on", "tomorrow"], {"status": "cancelled", "date": "2026-03-11"}),
        (["x", "--next", "tuesday"], {"next": "2026-03-17"}),
        (["-- not an option"], {"date": "2026-03-10"}),
    ],
    ids=" ".join,
)
def test_what_is_said_is_read(program: Path, options: list[str], facts: dict[str, object]) -> None:
    words = ["--", *options] if options[0].startswith("-- ") else options
    result = run(program, "log", *words)
    assert result.exit_code == 0, result.output
    assert {key: meetings(program)[-1][key] for key in facts} == facts
    assert run(program, "check", "--strict").exit_code == 0


def test_text_comes_from_standard_input(program: Path) -> None:
    text = "---\nWe spoke.\r\n\r\nWin: accepted\r\n"
    assert run(program, "log", "grace", "-", text=text).exit_code == 0
    assert (program / f"{MEETINGS}/2026-03-10.md").read_text() == "\n---\nWe spoke.\n\nWin: accepted\n"


def test_tasks_are_said_beside_the_text(program: Path) -> None:
    options = ("--task", "Ada: find a room by 2026-03-20", "--task", "book it")
    assert run(program, "log", "We met", *options).exit_code == 0
    assert (program / f"{MEETINGS}/2026-03-10.md").read_text().startswith("We met\n\n- [ ] Ada: find a room")
    tasks = meetings(program)[-1]["tasks"]
    assert isinstance(tasks, list)
    assert [(task["text"], task["owner"], task["due"]) for task in tasks] == [
        ("find a room", "ada", "2026-03-20"),
        ("book it", None, None),
    ]


def test_a_second_meeting_that_day_is_asked_about(program: Path) -> None:
    run(program, "log", "first")
    refused = run(program, "log", "more")
    assert (refused.exit_code, "Say --add" in refused.output) == (2, True), refused.output
    assert run(program, "log", "more", "--add").exit_code == 0
    assert (program / f"{MEETINGS}/2026-03-10.md").read_text() == "first\n\nmore\n"
    assert run(program, "log", "evening", "--second").exit_code == 0
    assert [meeting["date"] for meeting in meetings(program)] == ["2026-02-16", "2026-03-10", "2026-03-10"]


def test_the_agenda_tells_what_git_knows_of_the_plan(program: Path) -> None:
    plan = program / "content/partnerships/ada-grace/goals.yaml"
    git_repository.commit(program, "2026-02-10T12:00:00+0000")
    text = plan.read_text().replace("due: 2026-02-20", "due: 2026-04-20")
    plan.write_text(text.replace("      - title: Rehearse\n        steps: [{title: alone}, {title: with Grace}]\n", ""))
    git_repository.commit(program, "2026-03-01T12:00:00+0000")
    plan.write_text(plan.read_text() + "      - {title: Ask for a slot}\n")
    git_repository.commit(program, "2026-03-02T12:00:00+0000")
    agenda = run(program, "agenda").output
    section = agenda[agenda.index("## What changed in the plan") :].split("\n## ")[0]
    assert section.splitlines()[2:] == [
        "- Write the abstract: now for 2026-04-20 instead of 2026-02-20. What does it need?",
        "- Rehearse: no longer in the plan. What did we learn from it?",
        "- New: Ask for a slot. What is the first step?",
    ]
    assert section in run(program, "new", "meeting", "--on", "2026-03-12", "--dry-run").output.replace("\n+", "\n")


def test_the_agenda_becomes_the_note(program: Path) -> None:
    prepared = run(program, "new", "meeting", "--on", "2026-03-10", "--time", "17:00")
    assert prepared.exit_code == 0, prepared.output
    assert meetings(program)[-1]["status"] == "planned"
    before = run(program, "done", "0").output  # the list of what is open
    assert run(program, "log", "We read it all", "--minutes", "45", "--attendees", "ada,grace").exit_code == 0
    note = (program / f"{MEETINGS}/2026-03-10.md").read_text()
    assert note.startswith(
        "---\nstatus: held\nminutes: 45\nattendees: [ada, grace]\ntime: 17:00\n---\n\n## How are you?\n"
    )
    assert "## Notes\n\nWe read it all\n\n## Next steps\n" in note
    assert len(meetings(program)) == 2
    assert run(program, "done", "0").output == before


def test_an_agenda_asks_about_what_is_open(program: Path) -> None:
    plain = run(program, "agenda").output
    for words in (
        "- [ ] Ada: send the abstract (due 2026-02-20)",
        "- [ ] Grace: read the abstract",
        "- Write the abstract (Give a talk): meant for 2026-02-20.",
        "- which meetup?",
        "- Feedback: in the end.",
    ):
        assert words in plain
    numbered = run(program, "agenda", "ada", "--numbers").output
    assert "  1 - [ ] Ada: send" in numbered
    assert "  3 - Write the abstract" in numbered


@pytest.mark.parametrize("head", ["## {}", "### {}: a title", "**{}**", "{}", "# Meeting {}"])
@pytest.mark.parametrize("newest_first", [False, True])
def test_a_logbook_grows_in_its_own_way(program: Path, head: str, newest_first: bool) -> None:
    (program / f"{MEETINGS}/2026-02-16.md").unlink()
    days = ["12 February 2026", "26 February 2026"]
    entries = [f"{head.format(day)}\n\nWords of {day[:2]}\n\n" for day in (reversed(days) if newest_first else days)]
    logbook = program / "content/partnerships/ada-grace/logbook.md"
    logbook.write_text("Ours.\n\n" + "".join(entries))
    result = run(program, "log", "We met", "--minutes", "30", "--attendees", "ada", "--next", "2026-03-24")
    assert result.exit_code == 0, result.output
    text = logbook.read_text()
    if head in ("## {}", "**{}**", "{}"):
        assert head.format("10 March 2026") in text
    assert (text.index("10 March" if "10 March" in text else "2026-03-10") < text.index("12 February")) == newest_first
    last = meetings(program)[-1]
    assert (last["date"], last["minutes"], last["attendees"], last["next"]) == ("2026-03-10", 30, ["ada"], "2026-03-24")
    assert len(meetings(program)) == 3


def test_words_that_would_begin_another_meeting_are_refused(program: Path) -> None:
    (program / f"{MEETINGS}/2026-02-16.md").unlink()
    logbook = program / "content/partnerships/ada-grace/logbook.md"
    logbook.write_text("## 2026-02-12\n\nHello\n")
    result = run(program, "log", "-", text="We said:\n\n2026-04-01\n\nand more\n")
    assert (result.exit_code, "beginning of another meeting" in result.output) == (2, True), result.output
    assert logbook.read_text() == "## 2026-02-12\n\nHello\n"


@pytest.mark.parametrize(
    ("words", "file", "line"),
    [
        (["ada-grace", "send"], "meetings/2026-02-16.md", "- [x] Ada: send the abstract by 2026-02-20"),
        (["write"], "goals.yaml", "      - {title: Write the abstract, due: 2026-02-20, done: 2026-03-10}"),
        (["2"], "meetings/2026-02-16.md", "- [x] Grace: read the abstract"),
        (["with", "grace"], "goals.yaml", "        steps: [{title: alone}, {title: with Grace, done: 2026-03-10}]"),
        (["rehearse", "--on", "2026-03-08"], "goals.yaml", "        done: 2026-03-08"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_done_ticks_it_where_it_stands(program: Path, words: list[str], file: str, line: str) -> None:
    result = run(program, "done", *words)
    assert result.exit_code == 0, result.output
    assert line in (program / "content/partnerships/ada-grace" / file).read_text().splitlines()
    assert f"+{line}" in result.output
    assert run(program, "check", "--strict").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["log"], "TEXT is missing: what was it about?"),
        (["log", "x", "--on", "someday"], "'someday' is not a day that can be understood"),
        (["log", "x", "--on", "03/04/2026"], "can be read as two days"),
        (["log", "x", "--on", "2026-04-01"], "is still to come"),
        (["log", "x", "--moved", "--missed"], "--moved and --missed cannot both be"),
        (["log", "x", "--missed", "--minutes", "5"], "--minutes does not go with --missed"),
        (["log", "x", "--notice", "2 days"], "--notice goes with --moved"),
        (["log", "x", "--moved", "--notice", "soon"], "soon is not a length of time"),
        (["log", "x", "--attendees", "grcae"], "Did you mean grace?"),
        (["log", "x", "--next", "2026-03-01"], "is before the meeting itself"),
        (["log", "x", "--add"], "There is no note of 2026-03-10 to add to"),
        (["done", "abstract"], "Several have the words 'abstract': say which.\n   1  Ada: send the abstract"),
        (["done"], "Open in ada-grace: say which."),
        (["done", "holiday"], "Nothing open in ada-grace has the words 'holiday'"),
        (["done", "send", "--on", "2026-04-01"], "is still to come"),
        (["agenda", "ada-grace", "again"], "'again' is too much"),
        (["new", "goal"], "TITLE is missing"),
        (["new", "goal", "ada", "Learn", "--owner", "mae"], "--owner 'mae' is not a member"),
        (["new", "goal", "ada", "Learn", "--id", "speak"], "There is a goal with the id 'speak' already"),
        (["new", "goal", "ada", "Learn", "--id", "a/b"], "cannot be an id"),
        (["new", "milestone", "speak", "write the abstract"], "has an open milestone 'write the abstract' already"),
        (["new", "milestone", "--goal", "spaek", "x"], "There is no goal 'spaek'. Did you mean speak?"),
        (["new", "meeting", "--on", "yesterday"], "is past"),
        (["new", "meeting", "--on", "2026-03-20", "--time", "25:00"], "25:00 is not a time of day"),
        (["new", "person"], "NAME is missing"),
        (["new", "person", "!!!"], "No id can be made from that name"),
        (["new", "person", "Ada", "--id", "ADA"], "There is a person with the id 'ADA' already"),
        (["new", "person", "X", "--timezone", "Mars"], "Mars is not a time zone"),
        (["new", "partnership"], "PERSON is missing"),
        (["new", "partnership", "ada", "Ada"], "Ada is named twice"),
        (["new", "partnership", "ada:boss"], "'boss' is not a role"),
        (["new", "partnership", "ada", "mae", "--cadence", "biweekly"], "means two things"),
        (["new", "partnership", "ada", "mae", "--help-kind", "mae=boss"], "'boss' is no kind of help"),
        (["new", "partnership", "ada", "mae", "--cohort", "none"], "There is no cohort with the id"),
        (["new", "journal", "--author", "mae", "x"], "--author 'mae' is not a member"),
        (["new", "cohort", "C", "--start", "2026-03-01", "--end", "2026-02-01"], "That would not be valid"),
        (["new", "thing"], "There is nothing new of the kind 'thing'"),
        (["log", "x", "--commit"], "is not in a git repository"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(program: Path, arguments: list[str], says: str) -> None:
    before = {path: path.read_bytes() for path in program.rglob("*") if path.is_file()}
    result = run(program, *arguments)
    assert result.exit_code == 2, result.output
    assert says in result.output
    assert {path: path.read_bytes() for path in program.rglob("*") if path.is_file()} == before


def test_partnerships_are_found_by_beginnings_and_names(program: Path, write_program: Callable[..., Path]) -> None:
    write_program(
        "--- content/partnerships/ada-mae/partnership.yaml\n"
        "start: 2026-02-02\nmembers: [{person: ada, role: mentee}, {person: mae, role: mentor}]\n",
        program,
    )
    for word in ("ada-m", "mae", "Jemison", "Mae Jemison"):
        assert run(program, "log", word, "x", "--dry-run").output.startswith(
            "--- /dev/null\n+++ b/content/partnerships/ada-mae/"
        )
    for words in (["ada", "x"], ["x y z"], []):
        refused = run(program, "log", *words)
        assert refused.exit_code == 2
        assert "ada-grace" in refused.output
        assert "ada-mae" in refused.output


def test_a_program_without_anything_says_what_comes_first(tmp_path: Path) -> None:
    assert "`headway init` begins one" in run(tmp_path, "log", "x").output
    (tmp_path / "headway.yaml").write_text("program: P\n")
    assert "`headway new partnership` begins one" in run(tmp_path, "log", "x").output
    assert run(tmp_path, "new", "partnership", "Ada Byron", "Grace Brewster:co-mentor", "--agreed").exit_code == 0
    assert run(tmp_path, "new", "goal", "ada", "Speak up", "--due", "2099-01-01").exit_code == 0
    assert run(tmp_path, "new", "milestone", "speak", "Once", "--size", "s").exit_code == 0
    assert run(tmp_path, "new", "cohort", "Spring").exit_code == 0
    assert run(tmp_path, "new", "journal", "A thought", "--visibility", "private", "--author", "ada").exit_code == 0
    check = run(tmp_path, "check", "--strict")
    assert check.exit_code == 0, check.output


def test_an_error_elsewhere_is_no_reason_not_to_log(program: Path) -> None:
    goals = program / "content/partnerships/ada-grace/goals.yaml"
    goals.write_text("goals:\n  - {id: x, title: X, due: 2026-02-30, milestones: [{title: M}, {}, {title: N}]}\n")
    assert run(program, "log", "We met").exit_code == 0
    assert run(program, "done", "send").exit_code == 0
    assert run(program, "done", "N").exit_code == 0
    assert goals.read_text().endswith("{}, {title: N, done: 2026-03-10}]}\n")
    goals.write_text("goals: [\n")
    assert run(program, "log", "Again", "--second").exit_code == 0
    assert "cannot be read" in run(program, "new", "goal", "Another").output


def test_a_partnership_that_cannot_be_read_is_mended_first(program: Path) -> None:
    (program / "content/partnerships/ada-grace/partnership.yaml").write_text("members: [\n")
    result = run(program, "log", "ada-grace", "x")
    assert result.exit_code == 2
    assert "HW101" in result.output
    assert "mended first" in result.output


@pytest.mark.parametrize("link", ["content/partnerships/ada-grace/meetings", f"{MEETINGS}/2026-03-10.md"])
def test_links_are_not_written_through(program: Path, tmp_path: Path, link: str) -> None:
    import shutil

    (tmp_path / "elsewhere").mkdir()
    place = program / link
    if place.is_dir():
        shutil.rmtree(place)
    place.symlink_to(tmp_path / "elsewhere" / ("" if place.suffix == "" else "note.md"))
    result = run(program, "log", "ada", "x")
    assert (result.exit_code, "link" in result.output) == (2, True), result.output
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_commit_takes_just_that(program: Path) -> None:
    def git(*arguments: str) -> str:
        return subprocess.run(["git", "-C", program, *arguments], check=True, capture_output=True, text=True).stdout

    git("init", "-q")
    git("config", "user.name", "Mae")
    git("config", "user.email", "mae@example.org")
    git("add", ".")
    git("commit", "-qm", "first")
    (program / "headway.yaml").write_text(PROGRAM.split("--- ")[1].partition("\n")[2] + "# mine\n")
    git("add", "headway.yaml")
    result = run(program, "log", "x", "--commit")
    assert result.exit_code == 0, result.output
    assert git("log", "-1", "--format=%an: %s") == "Mae: Ada Byron & Grace Brewster: meeting of 2026-03-10\n"
    assert git("show", "--name-only", "--format=") == f"{MEETINGS}/2026-03-10.md\n"
    assert git("status", "--short") == "M  headway.yaml\n"
    hook = program / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\necho not today >&2\nexit 1\n")
    hook.chmod(0o755)
    refused = run(program, "done", "send", "--commit")
    assert (refused.exit_code, "not today" in refused.output) == (1, True), refused.output


def test_git_that_does_not_know_who_commits_is_said_before(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    subprocess.run(["git", "-C", program, "init", "-q"], check=True)
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(program))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "user.useConfigOnly")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "true")
    result = run(program, "log", "x", "--commit")
    assert (result.exit_code, "git does not know yet who you are" in result.output) == (2, True), result.output
    assert not (program / f"{MEETINGS}/2026-03-10.md").exists()


def test_terminal_sequences_in_a_text_do_nothing(program: Path) -> None:
    result = run(program, "log", "a\x1b[2Jb")
    assert "\x1b[2J" not in result.output


def test_a_dry_run_shows_and_writes_nothing(program: Path) -> None:
    result = run(program, "log", "x", "--dry-run")
    assert result.exit_code == 0
    assert "+x\nNothing was written (--dry-run).\n" in result.output
    assert not (program / f"{MEETINGS}/2026-03-10.md").exists()
