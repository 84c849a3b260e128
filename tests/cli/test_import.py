"""`headway import csv`: a spreadsheet program moves in; every fault is told with its row and column, at once."""

from __future__ import annotations

import csv
import io
import random
import re
import shlex
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from headway.cli import headway
from headway.writing.columns import KINDS, list_names

FIRST = (
    "Ada Grace Mae Katherine Søren Zoë Min-seo Wanjiru Inês Kofi Noor Hana Łukasz Émile Ngozi Tomás Aiko Ravi".split()
)
LAST = (
    "Byron Hopper Jemison Johnson Bak Pritchard Kim Kamau Nascimento Mensah Haddad Sato Nowak Roux Okoye Vega".split()
)
SKILLS = "writing, statistics, public speaking, maps, patience, SQL, German".split(", ")
PROGRAM = """\
--- headway.yaml
program: Spring
today: 2026-05-20
cohorts: [{id: 2026-spring, name: Spring 2026, start: 2026-02-02, end: 2026-07-31}]
"""
PEOPLE_HEAD = ["Name", "E-Mail", "Pronouns", "Time zone", "Skills", "Wants to learn", "Capacity", "About"]
PAIRS_HEAD = ["Mentee", "Mentors", "Cohort", "Start date", "End", "Status", "Frequency", "Purpose"]
MEETINGS_HEAD = ["Mentee", "Mentors", "Date", "Minutes", "Notes", "Action items", "Next meeting"]

Rows = list[list[str]]


def make_people(chance: random.Random) -> Rows:
    """Return 500 people; some share a name, and are told apart by their addresses."""
    rows = []
    for number in range(500):
        name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        skills = chance.sample(SKILLS, 3)
        zone = chance.choice(["Europe/London", "Africa/Nairobi", "Asia/Seoul", ""])
        about = chance.choice(
            ["", 'Likes tea; and, sometimes, "quotes"', "# no heading\nsecond line", "no: yes #x", "- a"]
        )
        rows.append(
            [name, f"p{number}@example.org", "", zone, "; ".join(skills[:2]), skills[2], str(number % 3 + 1), about]
        )
    return rows


def make_pairs(chance: random.Random, people: Rows) -> Rows:
    """Return 300 partnerships of these people, who are named by their addresses; some have two mentors."""
    rows = []
    mails = [row[1] for row in people]
    for mentee in chance.sample(mails, 300):
        mentors = chance.sample([mail for mail in mails if mail != mentee], chance.choice([1, 1, 1, 2]))
        start = (date(2026, 2, 2) + timedelta(days=chance.randrange(60))).isoformat()
        rows.append([mentee, "; ".join(mentors), "2026-spring", start, "", "active", "2 weeks", "To be heard: at last"])
    return rows


def make_meetings(chance: random.Random, pairs: Rows) -> Rows:
    rows = []
    for pair in pairs[:60]:
        for number in range(3):
            on = (date.fromisoformat(pair[3]) + timedelta(days=14 * number)).isoformat()
            rows.append([pair[0], pair[1], on, "45 min", "We spoke.\n\nWin: begun", "send the draft\nread it", ""])
    return rows


def table(head: list[str], rows: Rows, delimiter: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([head, *rows])
    return text.getvalue()


@pytest.fixture
def program(write_program: Callable[[str], Path]) -> Path:
    return write_program(PROGRAM)


def load(program: Path, content: str | bytes, *options: str, name: str = "table.csv") -> Result:
    path = program.parent / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return CliRunner().invoke(headway, ["-C", str(program), "import", "csv", str(path), *options])


def files(program: Path) -> dict[str, bytes]:
    return {path.relative_to(program).as_posix(): path.read_bytes() for path in program.rglob("*") if path.is_file()}


def places(result: Result) -> list[tuple[int, str]]:
    """Return the rows and the columns' letters that were told of."""
    found = re.findall(r"(?m)^\S+: row (\d+)(?:, column ([A-Z]+)[^:]*)?: ", result.stderr)
    return [(int(row), column) for row, column in found]


def test_a_program_moves_in_and_again_adds_nothing(program: Path) -> None:
    chance = random.Random(7)
    people = make_people(chance)
    pairs = make_pairs(chance, people)
    meetings = make_meetings(chance, pairs)
    tables = [(PEOPLE_HEAD, people), (PAIRS_HEAD, pairs), (MEETINGS_HEAD, meetings)]
    for head, rows in tables:
        result = load(program, table(head, rows))
        assert result.exit_code == 0, result.output
        assert f"Imported {len(rows)} " in result.output
    check = CliRunner().invoke(headway, ["-C", str(program), "check", "--strict"])
    assert check.exit_code == 0, check.output
    assert "500 people, 300 partnerships" in check.output
    written = files(program)
    assert sum(path.startswith("content/") for path in written) == 500 + 300 + 180
    for head, rows in tables:
        again = load(program, table(head, rows))
        assert "Nothing is new." in again.output
        assert f"There already, and left as they are: rows 2-{len(rows) + 1}." in again.output
    assert files(program) == written


PEOPLE_FAULTS = {
    (4, "A"): ("", 0, "The name is missing."),
    (20, "B"): ("ada(at)example.org", 1, "is not an e-mail address"),
    (33, "B"): ("p5@example.org", 1, "is in row 7 already"),
    (71, "D"): ("Europe/Londn", 3, "Europe/Londn"),
    (120, "G"): ("many", 6, ""),
    (333, "A"): ("???", 0, "No id can be made"),
    (334, "D"): ("GMT+25", 3, ""),
    (499, "B"): ("@example.org", 1, "is not an e-mail address"),
    (500, "G"): ("-3", 6, ""),
}
PAIRS_FAULTS = {
    (2, "A"): ("nobody@example.org", 0, "Nobody in the program is called 'nobody@example.org'"),
    (9, "B"): ("p1@example.org; Nobody Atall", 1, "Nobody in the program is called 'Nobody Atall'"),
    (15, "D"): ("2026-02-30", 3, "is a day that no calendar has"),
    (16, "D"): ("46082", 3, "it may stand for 2026-03-01"),
    (40, "D"): ("3/4/2026", 3, "can be read as two days"),
    (77, "D"): ("soon", 3, "is not a day"),
    (100, "E"): ("2025-01-01", 4, ""),
    (150, "C"): ("2027-fall", 2, ""),
    (200, "F"): ("on hold", 5, ""),
    (250, "G"): ("biweekly", 6, ""),
}


def test_twenty_faults_are_named_by_row_and_column(program: Path) -> None:
    chance = random.Random(7)
    people = make_people(chance)
    pairs = make_pairs(chance, people)
    before, broken = files(program), [list(row) for row in people]
    for (row, _), (cell, column, _) in PEOPLE_FAULTS.items():
        broken[row - 2][column] = cell
    told = load(program, table([*PEOPLE_HEAD, "Shoe size"], [[*row, "41"] for row in broken]), "--kind", "people")
    assert sorted(set(places(told))) == sorted({(1, "I"), *PEOPLE_FAULTS}), told.stderr
    assert files(program) == before, "nothing is written while there are faults"
    assert load(program, table(PEOPLE_HEAD, people)).exit_code == 0
    before = files(program)
    for (row, _), (cell, column, _) in PAIRS_FAULTS.items():
        pairs[row - 2][column] = cell
    told_of_pairs = load(program, table(PAIRS_HEAD, pairs))
    assert sorted(set(places(told_of_pairs))) == sorted(PAIRS_FAULTS), told_of_pairs.stderr
    assert len(PEOPLE_FAULTS) + 1 + len(PAIRS_FAULTS) == 20
    for faults, result in ((PEOPLE_FAULTS, told), (PAIRS_FAULTS, told_of_pairs)):
        assert result.exit_code == 1
        for (row, column), (_, _, words) in faults.items():
            line = next(line for line in result.stderr.splitlines() if f"row {row}, column {column} " in line)
            assert words in line
    assert files(program) == before, "nothing is written while there are faults"
    kept = load(program, table(PAIRS_HEAD, pairs), "--skip-faulty")
    assert "Imported 290 partnerships." in kept.output
    check = CliRunner().invoke(headway, ["-C", str(program), "check", "--strict"])
    assert check.exit_code == 0, check.output


SMALL = f"""{PROGRAM}--- content/people/ada.yaml
name: Ada Byron
email: ada@example.org
--- content/people/grace.yaml
name: Grace Hopper
--- content/people/grace-2.yaml
name: Grace Hopper
email: g2@example.org
--- content/people/mae.yaml
name: Mae Jemison
--- content/partnerships/ada-mae/partnership.yaml
title: The two
start: 2026-02-02
members: [{{person: ada, role: mentee}}, {{person: mae, role: mentor}}]
--- content/partnerships/ada-mae/meetings/2026-03-02.md
We met.
"""


@pytest.fixture
def small(write_program: Callable[[str], Path]) -> Path:
    return write_program(SMALL)


def test_people_become_files_as_new_person_writes_them(small: Path) -> None:
    text = "First name;Last name;E-mail;Strengths;Website;x\nÉmile;Roux;e@example.org;a, b;https://example.org;1\n"
    result = load(small, text, "--map", "x=-")
    assert result.exit_code == 0, result.output
    assert (small / "content/people/emile.yaml").read_text() == (
        "name: Émile Roux\nemail: e@example.org\nstrengths: [a, b]\nlinks: {web: https://example.org}\n"
    )
    assert "column F (x) is left out" in result.output


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        ("Name,Bio\nZoë,Öl\n".encode(), "Zoë", "UTF-8"),
        ("Name,Bio\nZoë,Öl\n".encode("utf-8-sig"), "Zoë", "UTF-8"),
        ("Name\tBio\nZoë\tÖl\n".encode("utf-16"), "Zoë", "UTF-16"),
        ("Name;Bio\r\nZoë;Öl\r\n".encode("cp1252"), "Zoë", "Windows-1252"),
        (b"sep=;\r\nName;Bio\r\nZoe;Oil\r\n", "Zoe", "UTF-8"),
        (b'\n\nName,Bio\n"Zoe","Oil, and more"\n,\n', "Zoe", "UTF-8"),
    ],
    ids=["utf-8", "mark", "utf-16 tabs", "latin-1", "sep", "blank rows"],
)
def test_spreadsheets_save_in_many_ways(small: Path, content: bytes, name: str, said: str) -> None:
    result = load(small, content)
    assert result.exit_code == 0, result.output
    assert f"1 row of people, {said}." in result.output
    assert f"name: {name}\nbio: " in (small / "content/people/zoe.yaml").read_text()


@pytest.mark.parametrize(
    ("content", "options", "place", "says"),
    [
        ("", (), (1, ""), "The file is empty"),
        (b"PK\x03\x04\0\0", (), (1, ""), "no CSV file"),
        ("Name\nÖl\n".encode("cp1252"), ("--encoding", "utf-8"), (1, ""), "is not utf-8"),
        ("Name\nx\n", ("--encoding", "klingon"), (1, ""), "is not klingon"),
        ("Name\nx\n", ("--encoding", "undefined"), (1, ""), "is not undefined"),
        ("Name,Bio\nZoe,tea, milk\n", (), (2, "C"), "more cells than the 2 columns"),
        ("Name,E-mail,Email\nZoe,a@b.org,a@b.org\n", (), (1, "C"), "both mean email"),
        ("Name,name\nZoe,Zoe\n", (), (1, "B"), "another name in the file"),
        ('Name,Bio\nZoe,"tea\nBo,milk\n', (), (2, ""), "Look for a stray quote"),
        ("Name,Pronuns\nZoe,she\n", (), (1, "B"), '"Pronuns=pronouns"'),
        ("Name\nZoe\nZoe\n", (), (3, "A"), "'Zoe' is in row 2 already"),
        ("Id,Name\nada,Zoe\n", (), (2, "A"), "The id 'ada' is taken"),
        ("Id,Name\n../x,Zoe\n", (), (2, "A"), "cannot be an id"),
        ("Mentee,Mentor\nGrace Hopper,mae\n", (), (2, "A"), "may be grace or grace-2"),
        ("Mentee,Mentor\nAda Biron,mae\n", (), (2, "A"), "Did you mean ada?"),
        ("Mentee,Mentor,Start\nada,grace,2026-03-01\nada,grace,2026-03-01\n", (), (3, ""), "are in row 2 already"),
        ("Mentee,Mentor,Start\nada,grace,3/4/2026\nmae,grace,5/4/2026\n", (), (2, "C"), "and so can that of row 3."),
        ("Mentee,Mentor,Cohort\nada,mae,x\nmae,ada,x\n", (), (2, "C"), "The same in row 3.\n   Add it to `cohorts`"),
        ("Mentee,Mentor,Title\n,,The four\n", (), (2, "A"), "Nobody is named"),
        ("Partnership,Date\nnobody,2026-03-01\n", (), (2, "A"), "There is no partnership 'nobody'"),
        ("Partnership,Date,Minutes\nThe two,2026-03-09,an hour\n", (), (2, "C"), "not a number of minutes"),
        ("Partnership,Date,Time\nada-mae,2026-03-09,25:00\n", (), (2, "C"), "not a time of day"),
        ("Partnership,Date\nada-mae,\n", (), (2, "B"), "The day is missing"),
        ("Mentee,Mentor,Date\nada,mae,2026-03-09\nada,mae,9 March 2026\n", (), (3, "C"), "Row 2 is of that day"),
        ("Partnership,Date,Status\nada-mae,2026-03-09,great\n", (), (2, "C"), "great"),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else None,
)
def test_each_fault_has_its_place(
    small: Path, content: str | bytes, options: tuple[str, ...], place: tuple[int, str], says: str
) -> None:
    before = files(small)
    result = load(small, content, *options, *(() if "," in str(content) else ("--kind", "people")))
    assert (result.exit_code, places(result)) == (1, [place]), result.output
    assert says in result.stderr
    assert files(small) == before


def test_meetings_become_notes_and_a_day_that_is_there_stays(small: Path) -> None:
    rows = 'Ada Byron & Mae Jemison,2026-03-02,,,x,,\nthe two,16.3.2026 17:00,45 min,"Ada Byron; Dr. Who",'
    rows += '"We read.\n\n---\nWin: done","call\nwrite; twice",2026-03-30\n'
    result = load(small, f"Partnership,Date,Minutes,Attendees,Notes,Action items,Next meeting\n{rows}")
    assert result.exit_code == 0, result.output
    assert "There already, and left as they are: row 2." in result.output
    assert (small / "content/partnerships/ada-mae/meetings/2026-03-16.md").read_text() == (
        "---\nminutes: 45\nattendees: [ada, Dr. Who]\nnext: 2026-03-30\n---\n\n"
        "We read.\n\n---\nWin: done\n\n## Next steps\n\n- [ ] call\n- [ ] write; twice\n"
    )
    assert (small / "content/partnerships/ada-mae/meetings/2026-03-02.md").read_text() == "We met.\n"
    check = CliRunner().invoke(headway, ["-C", str(small), "check", "--strict"])
    assert check.exit_code == 0, check.output


def test_a_mapping_can_be_kept_in_a_file(small: Path) -> None:
    mapping = small.parent / "mapping.txt"
    mapping.write_text("# ours\nWho = name\n\nFavourite soup=-\n")
    text, kept = "#,Who,Favourite soup\n1,Zoe,leek\n", ("--mapping", str(mapping))
    result = load(small, text, "--kind", "people", *kept, "--map", "#=-", "--dry-run")
    assert result.exit_code == 0, result.output
    assert "Would write content/people/zoe.yaml\n1 person: nothing was written (--dry-run).\n" in result.output
    assert not (small / "content/people/zoe.yaml").exists()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--map", "Who"), "write COLUMN=FIELD"),
        (("--map", "Who=nmae"), "is no field of people"),
        (("--map", "Which=name"), "there is no column 'which'"),
        ((), "--kind is missing"),
        (("--kind", "partnerships"), "A column is missing"),
        (("--kind", "soups"), "'soups' is not one of"),
    ],
    ids=str,
)
def test_options_that_cannot_be_meant_are_told(small: Path, options: tuple[str, ...], says: str) -> None:
    kind = () if not options or "--kind" in options else ("--kind", "people")
    result = load(small, "Who\nZoe\n", *options, *kind)
    assert (result.exit_code, says in result.stderr) == (2, True), result.output


def test_dates_are_read_as_it_is_said(small: Path) -> None:
    text = "Mentee,Mentor,Start\nada,grace-2,3/4/2026\n"
    assert load(small, text, "--dates", "mdy").exit_code == 0
    assert "start: 2026-03-04" in (small / "content/partnerships/ada-grace-2/partnership.yaml").read_text()


def test_an_import_is_one_commit_of_just_its_files(small: Path) -> None:
    environment = {"GIT_CONFIG_GLOBAL": "/dev/null", "HOME": "/nonexistent", "PATH": "/usr/bin:/bin"}

    def git(*words: str) -> str:
        name = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
        done = subprocess.run(["git", *name, *words], cwd=small, env=environment, check=True, capture_output=True)
        return done.stdout.decode()

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "first")
    git("config", "user.name", "A")
    git("config", "user.email", "a@example.org")
    (small / "notes.txt").write_text("mine")
    result = load(small, "Name\nZoe\nInês\n", "--commit")
    assert result.exit_code == 0, result.output
    assert git("show", "--format=%s", "--name-only").split("\n") == [
        "Import 2 people", "", "content/people/ines.yaml", "content/people/zoe.yaml", "",
    ]  # fmt: skip
    assert git("status", "--short") == "?? notes.txt\n"


def test_the_documentation_is_what_happens(
    starter: Path, program: Path, monkeypatch: pytest.MonkeyPatch, expect: Callable[[Path, str], None]
) -> None:
    monkeypatch.chdir(program)
    commands = [
        "headway import csv people.csv",
        "headway import csv people.csv --map 'Shoe size=-' --skip-faulty",
        "headway import csv pairs.csv --dates dmy",
        "headway import csv meetings.csv",
    ]
    page = starter / "docs/import.md"
    text = page.read_text(encoding="utf-8")
    for name, content in zip(
        ("people", "pairs", "meetings"), re.findall(r"(?ms)^```csv\n(.*?)^```$", text), strict=True
    ):
        (program / f"{name}.csv").write_text(content)

    def play(_: re.Match[str]) -> str:
        command = commands.pop(0)
        return f"```console\n$ {command}\n{CliRunner().invoke(headway, shlex.split(command)[1:]).output}```\n"

    text = re.sub(r"(?ms)^```console\n(.*?)^```\n", play, text)
    head, mark, _ = text.partition("## The fields, and the names of columns that mean them\n")
    for kind in KINDS:
        rows = [f"| `{field}` | {words} |" for field, words in list_names(kind)]
        mark += "\n".join(["", f"### {kind.capitalize()}", "", "| field | also |", "|---|---|", *rows, ""])
    expect(page, head + mark)
    check = CliRunner().invoke(headway, ["check", "--strict"])
    assert (check.exit_code, "2 people, 1 partnership" in check.output) == (0, True), check.output
