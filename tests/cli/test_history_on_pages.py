"""What git tells, on the pages that people read: for whom, up to which day, and never more than they may see."""

from __future__ import annotations

import json
import random
import re
import shutil
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from git_repository import ADA, GRACE, commit, git, lay_traps, write
from headway.cli import headway

PAIR = "content/partnerships/ada-grace"
PLAN, NOTE = f"{PAIR}/goals.yaml", f"{PAIR}/meetings/2026-02-16.md"
SETTINGS = "program: P\ntimezone: UTC\nsite: {audience: partners}\n"
TODAY = "2026-05-20"


def plan(title: str, due: str, *milestones: str, more: str = "") -> str:
    stones = "".join(f"      - {{{text}}}\n" for text in milestones)
    return f"goals:\n  - id: speak\n    title: {title}\n    due: {due}\n{more}    milestones:\n{stones}"


@pytest.fixture
def program(tmp_path: Path) -> Path:
    root = tmp_path / "program"
    people = {f"content/people/{name}.yaml": f"name: {full}\n" for name, full in (("ada", ADA[0]), ("grace", GRACE[0]))}
    people["content/people/ada.yaml"] += f"email: {ADA[1]}\n"
    write(root, {"headway.yaml": SETTINGS, NOTE: "# Hello\n\nWin: a start\n", **people})
    members = "members: [{person: ada, role: mentee}, {person: grace, role: mentor}]\n"
    write(root, {f"{PAIR}/partnership.yaml": f"start: 2026-02-02\n{members}"})
    return root


def tell(root: Path) -> None:
    """Let the plan have a past: two moves, a new wording, a milestone more, another less."""
    first = ("title: Abstract, due: 2026-02-20", "title: Rehearse, due: 2026-02-25")
    write(root, {PLAN: plan("Talk at a conference", "2026-03-01", *first)})
    commit(root, "2026-02-02T10:00:00+0000")
    write(root, {PLAN: plan("Talk at a conference", "2026-04-01", *first)})
    commit(root, "2026-02-20T23:30:00-0500", GRACE)
    write(root, {PLAN: plan("Talk at a meetup", "2026-05-15", first[1], "title: Slides")})
    commit(root, "2026-03-20T10:00:00+0000", ("Mallory <x>", "mallory@example.org"))


def run(root: Path, *arguments: str | Path, code: int = 0) -> Result:
    result = CliRunner().invoke(headway, ["-C", str(root), *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


def build(root: Path, *more: str | Path, today: str = TODAY, code: int = 0) -> Result:
    return run(root, "build", "--today", today, "--jobs", "1", *more, code=code)


def read(root: Path, page: str = "goals/speak") -> str:
    """Return the words of one of the partnership's pages."""
    pages = [folder / page / "index.html" for folder in sorted((root / "site/partnerships").iterdir())]
    place = next(place for place in pages if place.is_file())
    html = re.sub(r"</?(p|li|ol|section|h\d)[^>]*>", " ", place.read_text(encoding="utf-8"))
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def files(site: Path) -> dict[str, bytes]:
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_the_goal_page_tells_the_plan_over_time(program: Path) -> None:
    tell(program)
    build(program)
    text = read(program)
    for words in (
        "Its day moved twice: 1 March 2026, 1 April 2026, 15 May 2026.",
        "It began with 2 milestones; 1 came later; 1 was let go.",
        "2 February 2026 Written down, for 1 March 2026",
        "20 February 2026 Moved from 1 March 2026 to 1 April 2026",
        "20 March 2026 Before: Talk at a conference",
        "Slides: added",
        "Abstract: let go, was for 20 February 2026",
        "not yet done added on 20 March 2026",
    ):
        assert words in text
    assert "Last changed on 20 March 2026 As of" in text
    assert "Mallory" not in text


def test_pages_tell_when_their_own_file_changed_and_by_whom(program: Path) -> None:
    tell(program)
    write(program, {NOTE: "# Hello again\n", f"{PAIR}/logbook.md": "## 2026-03-02\n\nHello.\n"})
    commit(program, "2026-04-01T10:00:00+0000", ("x", "1+grace@users.noreply.github.com"))
    build(program)
    assert "Last changed on 1 April 2026 by Grace Brewster" in read(program, "meetings/2026-02-16")
    assert "Last changed on 1 April 2026 by Grace Brewster" in read(program, "")
    assert "Last changed" not in read(program, "meetings/2026-03-02")


def test_no_address_and_no_message_is_in_any_byte(program: Path) -> None:
    tell(program)
    build(program)
    said = [run(program, *command).output.encode() for command in (("export",), ("status",), ("check",))]
    for content in (*files(program / "site").values(), *said):
        for secret in (b"unspeakable", b"@example.org", b"mallory", b"committer"):
            assert secret not in content.lower()
    for content in files(program / ".headway").values():
        assert b"@example.org" not in content
        assert b"unspeakable" not in content


def test_export_has_the_turns(program: Path) -> None:
    tell(program)
    [goal] = json.loads(run(program, "export", "--today", TODAY).stdout)["partnerships"][0]["goals"]
    assert goal["days"] == ["2026-03-01", "2026-04-01", "2026-05-15"]
    assert goal["turns"][1] == {
        "kind": "moved", "milestone": None, "was": None, "on": "2026-02-20", "from": "2026-03-01", "to": "2026-04-01",
    }  # fmt: skip
    [goal] = json.loads(run(program, "export", "--audience", "public").stdout)["partnerships"][0]["goals"]
    assert "turns" not in goal


def test_history_ends_with_the_day_and_with_the_revision(program: Path) -> None:
    tell(program)
    build(program, today="2026-03-19")
    assert "Its day moved once: 1 March 2026, 1 April 2026." in read(program)
    assert "Mallory" not in read(program)
    build(
        program,
        today="2026-03-20",
    )
    assert "Its day moved twice" in read(program)
    build(program, "--rev", "HEAD~1")
    assert "Its day moved once: 1 March 2026, 1 April 2026." in read(program)
    assert "Talk at a conference" in read(program)


def test_what_is_not_committed_is_not_history(program: Path) -> None:
    tell(program)
    write(program, {PLAN: plan("Talk at a meetup", "2026-06-01", "title: Slides")})
    build(program)
    text = read(program)
    assert "by 1 June 2026" in text
    assert "Its day moved twice: 1 March 2026, 1 April 2026, 15 May 2026." in text
    assert "Rehearse: let go" not in text


def test_outside_of_git_and_before_the_first_commit_there_is_none(program: Path) -> None:
    write(program, {PLAN: plan("Talk", "2026-03-01", "title: Slides")})
    assert "HW011" not in build(program).output
    assert "Last changed" not in read(program)
    git(program, "init", "--quiet")
    assert "HW011" not in build(program).output


def test_without_git_installed_there_is_a_site_and_a_warning(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(program)
    monkeypatch.setenv("PATH", "")
    assert "warning HW011: git is not installed" in build(program).output
    assert "Last changed" not in read(program)


SECRETS = "XWHY", "XTITLE", "XSTONE", "XGONE", "XDRAFT", "Zebedee"


def test_withheld_things_of_the_past_are_in_no_byte(program: Path) -> None:
    """Each earlier plan holds a word that the public may not know; the plan of today holds none of them."""
    write(program, {"content/people/zed.yaml": "name: Zebedee Smith\nvisibility: private\n"})
    open_ = "    details: public\n"
    pasts = [
        plan("XDRAFT", "2026-03-01", "title: A", more="    visibility: private\n"),
        plan("XTITLE", "2026-03-02", "title: A"),  # details are for the partners where nothing is said
        plan("T", "2026-03-03", "title: XSTONE, visibility: partners", more=open_),
        plan("T", "2026-03-04", "title: XSTONE now told, visibility: partners", "title: XGONE, visibility: partners",
             more=open_),
        plan("With Zebedee at last", "2026-03-05", "title: A", more=open_),
        plan("T", "2026-03-06", "title: A", "title: B told to everybody", more=open_),
        plan("T", "2026-03-07", "title: A", more=open_),
    ]  # fmt: skip
    for number, text in enumerate(pasts):
        write(program, {PLAN: text})
        commit(program, f"2026-02-0{number + 1}T10:00:00+0000")
    build(program, "--audience", "public")
    for name, content in files(program / "site").items():
        for secret in SECRETS:
            assert secret.encode() not in content, f"{secret} is in {name}"
    text = read(program)
    assert "Its day moved 4 times: 3 March 2026, 4 March 2026," in text
    for hidden in ("1 March 2026", "2 March 2026", "came later", "Written down"):
        assert hidden not in text
    assert "B told to everybody: let go" in text
    build(program, "--audience", "partners")
    assert "XTITLE" in read(program)


def test_the_day_of_a_withheld_change_is_not_told(program: Path) -> None:
    """A private goal comes and goes: nobody learns that anything happened on those days."""
    one = plan("Talk", "2026-06-15", "title: A", more="    details: public\n")
    secret = "  - {id: s, title: XGOAL, visibility: private, milestones: [{title: XSTONE}]}\n"
    notes = {f"{PAIR}/meetings/{day}.md": "# Hello\n" for day in ("2026-04-13", "2026-04-27", "2026-05-11")}
    write(program, {PLAN: one, **notes})
    commit(program, "2026-04-20T10:00:00+0000")
    for on, text in (("2026-05-01", one + secret), ("2026-05-02", one)):
        write(program, {PLAN: text})
        commit(program, f"{on}T10:00:00+0000")
    build(program, "--audience", "public")
    assert not [name for name, content in files(program / "site").items() if b"XGOAL" in content]
    for page in ("", "goals/speak"):
        text = read(program, page)
        assert "May 2026" not in text.replace("11 May 2026", "")
    assert "Last changed on 20 April 2026" in read(program)


def test_a_goal_without_its_details_tells_nothing_of_its_past(program: Path) -> None:
    tell(program)
    build(program, "--audience", "public")
    text = read(program)
    for words in ("over time", "Last changed", "March", "conference"):
        assert words not in text
    assert "Last changed on 2 February 2026 by Ada Byron" in read(program, "")


def test_what_changed_in_lines_for_the_partners_is_not_told_to_others(program: Path) -> None:
    write(program, {NOTE: "# Hello\n\nFeedback @grace -> @ada: well done\n"})
    commit(program, "2026-03-20T10:00:00+0000")
    for audience, is_told in (("public", False), ("partners", True)):
        build(program, "--audience", audience)
        assert ("Last changed" in read(program, "meetings/2026-02-16")) is is_told


def test_who_is_hidden_is_not_named_as_an_author(program: Path) -> None:
    grace = program / "content/people/grace.yaml"
    grace.write_text(grace.read_text() + "visibility: private\n")
    zed = "name: Zed Zebra\nemail: zed@example.org\nvisibility: private\n"
    write(program, {"content/people/zed.yaml": zed, f"{PAIR}/meetings/2026-03-02.md": "# Two\n"})
    commit(program, "2026-03-20T10:00:00+0000", GRACE)
    write(program, {f"{PAIR}/meetings/2026-03-02.md": "# Three\n"})
    commit(program, "2026-03-21T10:00:00+0000", ("Zed Zebra", "zed@example.org"))
    build(program)
    assert "Last changed on 20 March 2026 by the mentor" in read(program, "meetings/2026-02-16")
    text = read(program, "meetings/2026-03-02")
    assert "Last changed on 21 March 2026" in text
    assert "Zed" not in text
    assert "21 March 2026 by" not in text


def test_a_change_of_the_plan_is_a_sign_of_life_up_to_today(program: Path) -> None:
    write(program, {f"{PAIR}/meetings/{day}.md": "# Hello\n" for day in ("2026-03-30", "2026-04-13", "2026-04-27")})
    write(program, {PLAN: plan("Talk", "2026-06-15", "title: A")})
    commit(program, "2026-02-02T10:00:00+0000")

    def momentum(today: str) -> tuple[str, str]:
        [record] = json.loads(run(program, "status", "--format", "json", "--today", today).stdout)["partnerships"]
        return record["momentum"], record["because"]

    state, because = momentum("2026-04-30")
    assert state == "needs-check-in"
    assert "No milestone, task or plan has changed since 2 February 2026" in because
    write(program, {PLAN: plan("Talk", "2026-07-01", "title: A") + "# a comment\n"})
    commit(program, "2026-04-20T10:00:00+0000")
    write(program, {PLAN: plan("Talk", "2026-07-01", "title: A")})  # nothing that anybody planned
    commit(program, "2026-04-28T10:00:00+0000")
    state, because = momentum("2026-04-30")
    assert state == "on-track"
    assert "the plan last changed on 20 April 2026" in because
    assert momentum("2026-04-19")[0] == "needs-check-in"


def shallow_clone(program: Path, place: Path) -> Path:
    tell(program)
    git(place, "clone", "--quiet", "--depth=1", f"file://{program}", "clone")
    return place / "clone"


def test_a_shallow_clone_has_no_days_and_one_warning(program: Path, tmp_path: Path) -> None:
    clone = shallow_clone(program, tmp_path)
    output = build(clone).output
    assert output.count("HW011") == 1
    assert "This clone is shallow" in output
    assert "Last changed" not in read(clone)
    assert "over time" not in read(clone)
    assert "HW011" in build(clone, "--strict", "--no-unshallow", code=1).output
    assert "HW011" in run(clone, "check").output


@pytest.mark.parametrize("command", [["build"], ["status"], ["export"]])
def test_unshallow_fetches_the_rest(program: Path, tmp_path: Path, command: list[str]) -> None:
    clone = shallow_clone(program, tmp_path)
    run(clone, *command, "--unshallow", "--today", TODAY)
    assert git(clone, "rev-parse", "--is-shallow-repository") == "false"
    assert "HW011" not in build(clone, "--strict").output
    build(program)
    assert files(clone / "site") == files(program / "site")
    build(clone, "--unshallow")  # there is nothing to fetch, and that is no fault


def test_unshallow_finds_a_revision_that_was_not_there(program: Path, tmp_path: Path) -> None:
    clone = shallow_clone(program, tmp_path)
    git(program, "update-server-info")
    old = git(program, "rev-parse", "HEAD~1")
    with pytest.raises(Exception, match="There is no revision"):
        run(clone, "build", "--rev", old)
    build(clone, "--rev", old, "--unshallow")
    assert "Talk at a conference" in read(clone)


@pytest.mark.parametrize("revision", ["nowhere", "-x", "HEAD:README.md"])
def test_a_revision_that_is_none_is_said_with_unshallow_too(program: Path, revision: str) -> None:
    tell(program)
    with pytest.raises(Exception, match="There is no revision"):
        run(program, "build", f"--rev={revision}", "--unshallow")


@pytest.mark.parametrize("what", ["HEAD", "objects"])
def test_a_broken_repository_gives_a_site_and_a_warning(program: Path, what: str) -> None:
    tell(program)
    if what == "HEAD":
        (program / ".git/HEAD").write_text("nonsense")
    else:
        shutil.rmtree(program / ".git/objects")
        (program / ".git/objects").mkdir()
    assert "warning HW011: git " in build(program).output
    assert "Last changed" not in read(program)


def test_unshallow_that_fails_says_why_and_builds_nothing(program: Path, tmp_path: Path) -> None:
    clone = shallow_clone(program, tmp_path)
    git(clone, "config", "remote.origin.url", f"file://{tmp_path}/nowhere")
    with pytest.raises(Exception, match="git cannot fetch the older commits"):
        run(clone, "build", "--unshallow")
    assert not (clone / "site").exists()


def test_no_command_runs_what_a_clone_names(program: Path, tmp_path: Path) -> None:
    tell(program)
    build(program, "--out", tmp_path / "before")
    ran = lay_traps(program, tmp_path)
    for command in ("build", "check", "status", "export"):
        run(program, command, "--today", TODAY)
        run(program, command, "--today", TODAY, "--rev", "HEAD")
    with pytest.raises(Exception, match="configuration sets"):
        git(program, "config", "core.bare", "false")
        head = git(program, "rev-parse", "HEAD")
        (program / ".git/shallow").write_text(f"{head}\n")
        run(program, "build", "--unshallow")
    assert not ran.exists(), ran.read_text()
    assert files(program / "site") == files(tmp_path / "before")


def test_explain_names_the_history_of_those_it_touched(program: Path) -> None:
    other = "content/partnerships/grace-ada"
    shutil.copytree(program / PAIR, program / other)
    tell(program)
    build(program)
    write(program, {NOTE: "# Hello again\n"})
    build(program)
    commit(program, "2026-04-01T10:00:00+0000")
    write(program, {"README.md": "elsewhere"})
    commit(program, "2026-04-02T10:00:00+0000")
    assert re.findall(r"^[a-z-]+: .*", build(program, "--explain").stdout, re.M) == ["ada-grace: its history changed"]
    assert re.findall(r"^[a-z-]+: .*", build(program, "--explain").stdout, re.M) == []
    write(program, {"content/people/new.yaml": "name: Mallory\nemail: mallory@example.org\n"})
    build(program)
    assert "Last changed on 20 March 2026 by Mallory" in read(program)


@pytest.mark.parametrize("seed", range(4))
def test_from_the_cache_it_is_as_from_nothing(program: Path, tmp_path: Path, seed: int) -> None:
    chance, today = random.Random(seed), date(2026, 3, 1)
    other = "content/partnerships/grace-ada"
    shutil.copytree(program / PAIR, program / other)
    tell(program)
    for number in range(6):
        for _ in range(chance.randrange(3)):
            folder = chance.choice([PAIR, other])
            due = f"2026-0{chance.randrange(3, 7)}-01"
            stones = [f"title: Stone {n}" for n in range(chance.randrange(3))] or ["title: One"]
            note = f"# Note {chance.randrange(4)}\n\nDecision: {number}\n"
            write(
                program,
                chance.choice(
                    ({f"{folder}/goals.yaml": plan("T", due, *stones)}, {f"{folder}/meetings/2026-02-16.md": note})
                ),
            )
            if chance.random() < 0.7:
                commit(program, f"2026-0{chance.randrange(1, 7)}-10T10:00:00+0000", chance.choice((ADA, GRACE)))
        if chance.random() < 0.2:
            git(program, "reset", "--quiet", "--soft", "HEAD~1")
        if chance.random() < 0.2:
            shutil.rmtree(program / ".headway", ignore_errors=True)
        today += timedelta(days=chance.choice((-9, 0, 1, 20, 40)))
        build(program, today=str(today))
        shutil.rmtree(tmp_path / "cold", ignore_errors=True)
        shutil.copytree(program, tmp_path / "cold", ignore=shutil.ignore_patterns("site", ".headway"))
        build(tmp_path / "cold", today=str(today))
        assert files(program / "site") == files(tmp_path / "cold/site")
