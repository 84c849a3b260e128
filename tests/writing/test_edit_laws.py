"""Laws of edits: whatever a file looks like, only what was asked for changes; comments and every other byte stay."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.cli import headway
from headway.documents.yaml import parse_yaml
from headway.writing.changes import RefusedError
from headway.writing.yaml_edits import append_entry, set_key
from headway.writing.yaml_values import as_written, render_block, render_flow, render_scalar

BASE = """\
--- headway.yaml
program: P
today: 2026-05-20
--- content/people/ada.yaml
name: Ada Byron
--- content/people/grace.yaml
name: Grace Brewster
--- content/partnerships/ada-grace/partnership.yaml
start: 2026-02-02
members: [{person: ada, role: mentee}, {person: grace, role: mentor}]
"""
PLANS = {
    "comments": """\
# The plan. Keep it short!
goals:   # ours

  # first things first
  - id: speak        # the talk
    title: Give a talk   # at a meetup
    milestones:
      # small
      - title: Write the abstract # two hundred words
        # who reads it?
        size: S

      - {title: Rehearse, size: L}   # alone first
      # more to come

  - id: listen
    title: 'Ask, don''t tell'
    # nothing here yet
# the end
""",
    "odd indentation": """\
goals:
-   id: speak
    title:    "Give a talk: now"
    milestones:
          -      title: >-
                    Write the
                    abstract
                 steps:
                 - title: one
                 -   {title: two ,   due: 2026-06-01 }
          -
                 title: Rehearse
-   id: listen
    title: |
        Ask.
        Then ask again.

    milestones:
""",
    "flow": """\
{goals: [ {id: speak, title: Give a talk, milestones: [{title: Write the abstract,size: S},
    {title: "Rehearse, twice" , size: L, }  # why?
  , {title: Celebrate}]},
  {id: listen, title: Listen, milestones: [ ]}
]}
""",
    "windows": """\
goals:
  - id: speak # x
    title: Talk
    milestones:
    - title: Write the abstract
      size: S
    - {title: Rehearse}
  - {id: listen, title: Listen}""",
    "byte order mark": """\
\ufeffgoals:
  - id: speak
    title: Sprechen über Öl 🛢
    milestones: [{title: Übung Abstract}]
    why: ~
  - id: listen
    title: Listen
    milestones: ~


""",
}
LOGBOOK = """\
Our logbook <!-- keep -->

## 12 March 2026: the first one

Hello **world**{two spaces}
with two spaces at the line's end

Next steps
* Ada: read the paper (due 2026-06-01)
* [ ] Grace to book a room
1. both: rehearse

## 26 March 2026

| Action | Who | Status |
|--------|-----|--------|
| write the slides | Ada | |
| find a projector |Grace| open |

To do:

call the library

### Actions
- print the poster
""".replace("{two spaces}", "  ")


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def difference(before: bytes, after: bytes) -> tuple[bytes, bytes]:
    """Return what stood between the common beginning and the common end, and what stands there now."""
    start = next(
        (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    longest = min(len(before), len(after)) - start
    end = next((i for i in range(longest) if before[-1 - i] != after[-1 - i]), longest)
    return before[start : len(before) - end], after[start : len(after) - end]


@pytest.mark.parametrize("kind", PLANS)
def test_sixty_random_edits_change_nothing_else(write_program: Callable[[str], Path], kind: str) -> None:
    program = write_program(BASE)
    folder = program / "content/partnerships/ada-grace"
    plan, logbook = PLANS[kind], LOGBOOK
    if kind == "windows":
        plan, logbook = plan.replace("\n", "\r\n"), logbook.replace("\n", "\r\n")
    (folder / "goals.yaml").write_bytes(plan.encode())
    (folder / "logbook.md").write_bytes(logbook.encode())
    chance, edits = random.Random(kind), 0
    first = files(program)
    for number in range(60):
        before = files(program)
        result = CliRunner().invoke(headway, ["-C", str(program), *random_edit(chance, number)])
        after = files(program)
        changed = [path for path in after if after[path] != before.get(path)]
        assert before.keys() == after.keys()
        assert result.exit_code in (0, 2), result.output
        assert len(changed) == (result.exit_code == 0), result.output
        for path in changed:
            edits += 1
            gone, new = difference(before[path], after[path])
            assert gone.strip() in (b"", b"open", b"ope", b"~"), (gone, new)
            assert new
            assert (b"\r\n" in before[path]) == (b"\r\n" in after[path])
            assert not re.search(rb"[^\r]\n", after[path]) or kind != "windows"
    assert edits > 40
    for path, content in files(program).items():
        kept = iter(content.split(b"\n"))
        comments = [line for line in first[path].split(b"\n") if re.search(rb"(?:^|\s)#|<!--", line)]
        for line in comments:
            marked = line[line.find(b"#") :] if b"#" in line else line
            assert any(marked in each for each in kept), f"{path} lost {line!r}"
    check = CliRunner().invoke(headway, ["-C", str(program), "check", "--strict"])
    assert check.exit_code == 0, check.output


def random_edit(chance: random.Random, number: int) -> list[str]:
    kind = chance.choice(["done", "done", "log", "milestone", "milestone"])
    if kind == "done":
        return ["done", str(chance.randint(1, 9))]
    if kind == "milestone":
        title = chance.choice(
            ["Plan it", "Ask: who?", "no", "{braces}, [and] more", "it's #1 & 'best'", "ü🎉", "- dash"]
        )
        extra = chance.choice([[], ["--size", "L"], ["--due", "2026-07-01"], ["--size", "s", "--due", "2026-06-30"]])
        return ["new", "milestone", chance.choice(["speak", "listen"]), f"{title} {number}", *extra]
    day = date(2026, 3, 27) + timedelta(days=chance.randint(0, 54))
    extra = chance.choice([[], ["--minutes", "25"], ["--shortened"], ["--attendees", "ada,grace"], ["--missed"]])
    return ["log", "--second", f"We spoke about {number}", "--on", day.isoformat(), *extra]


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=30)


@given(text=TEXTS.filter(lambda text: text.strip()), in_flow=st.booleans())
@settings(max_examples=300, deadline=None)
def test_any_text_reads_back_as_itself(text: str, in_flow: bool) -> None:
    scalar = render_scalar(text, in_flow=in_flow)
    document, problems = parse_yaml(f"[a, {scalar}]" if in_flow else f"a: {scalar}\n", "x.yaml")
    assert document is not None
    assert not problems
    assert (document.value[1] if in_flow else document.value["a"]) == as_written(text)


VALUES = st.recursive(
    TEXTS.filter(lambda text: text.strip()) | st.integers(0, 99) | st.dates(date(1950, 1, 1), date(2150, 1, 1)),
    lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, min_size=1),
    max_leaves=8,
)


@given(value=st.dictionaries(st.sampled_from("abcdef"), VALUES, min_size=1), indent=st.sampled_from([0, 2]))
@settings(max_examples=150, deadline=None)
def test_any_value_reads_back_as_itself(value: dict[str, object], indent: int) -> None:
    for text in ("\n".join(render_block(value, indent)) + "\n", render_flow(value)):  # type: ignore[arg-type]
        document, problems = parse_yaml(text, "x.yaml")
        assert document is not None
        assert not problems
        assert document.value == as_written(value)  # type: ignore[arg-type]


@given(
    before=st.sampled_from(
        ["", "# c\n", "a: &x 1 # anchored\n", "a: |\n  text\n\n  # no comment\n\n", "b: {c: [d, {e: f}]}\n"]
    ),
    holder=st.sampled_from(
        ["list: []", "list:", "list: # why", "list: ~", "list:\n- a # one", "list:\n    -   {a: 1}", ""]
    ),
    after=st.sampled_from(["", "\n", "\n\n# end", "\nz: 'last' # z\n", "\n  # deep\n\nz: {}\n"]),
    entry=TEXTS.filter(lambda text: text.strip()) | st.fixed_dictionaries({"title": TEXTS.filter(lambda t: t.strip())}),
    newline=st.sampled_from(["\n", "\r\n"]),
)
@settings(max_examples=300, deadline=None)
def test_an_entry_is_put_in_and_every_byte_stays(
    before: str, holder: str, after: str, entry: str | dict[str, str], newline: str
) -> None:
    text = (before + holder + after).replace("\n", newline).encode()
    old, _ = parse_yaml(text, "x.yaml")
    assert old is not None
    edited = append_entry(text, "x.yaml", ("list",), entry)
    new, _ = parse_yaml(edited, "x.yaml")
    assert new is not None
    was = dict(old.value or {})
    assert new.value == {**was, "list": [*(was.get("list") or []), as_written(entry)]}
    assert difference(text, edited)[0] in (b"", b"~")


def test_what_cannot_be_edited_safely_is_refused_with_its_place() -> None:
    with pytest.raises(RefusedError, match="is an anchor") as refused:
        append_entry(b"a: &x [1]\nlist: *x\n", "g.yaml", ("list",), "b")
    assert "line 1" in str(refused.value)
    with pytest.raises(RefusedError, match="A list is expected here"):
        append_entry(b"list: words\n", "g.yaml", ("list",), "b")
    with pytest.raises(RefusedError, match="`done` is there already"):
        set_key(b"done: 2026-01-01\n", "g.yaml", (), "done", date(2026, 2, 2))
    with pytest.raises(RefusedError, match="cannot be read"):
        set_key(b"done: [\n", "g.yaml", (), "x", "y")


LINES = st.sampled_from(
    [
        "2026-04-01",
        "## 3 March 2026",
        "Date: 1 May 2026",
        "---",
        "- [ ] Ada: x",
        "Status: missed",
        "Next steps",
        "# T",
        "",
    ]
)
NOTES = st.lists(LINES | TEXTS, min_size=1, max_size=4).map("\n".join).filter(lambda text: text.strip())


@given(text=NOTES, is_logbook=st.booleans(), newest_first=st.booleans())
@settings(max_examples=100, deadline=None)
def test_any_text_is_one_meeting_on_its_day_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str, is_logbook: bool, newest_first: bool
) -> None:
    program = tmp_path_factory.mktemp("log")
    for path, content in re.findall(r"--- (\S+)\n(.*?)(?=--- |\Z)", BASE, re.S):
        (program / path).parent.mkdir(parents=True, exist_ok=True)
        (program / path).write_text(content)
    folder = program / "content/partnerships/ada-grace"
    entries = ["## 2026-03-01\n\nFirst\n", "## 2026-03-15\n\nSecond\n"]
    if is_logbook:
        (folder / "logbook.md").write_text("\n".join(reversed(entries) if newest_first else entries))
    before, days = files(program), days_of(program)
    arguments = ["-C", str(program), "log", "ada-grace", "-", "--on", "2026-05-19", "--minutes", "20"]
    result = CliRunner().invoke(headway, arguments, input=text)
    assert result.exit_code in (0, 2), result.output
    if result.exit_code == 0:
        assert sorted(days_of(program)) == sorted([*days, "2026-05-19"])
    else:
        assert files(program) == before


def days_of(program: Path) -> list[str]:
    [partnership] = json.loads(CliRunner().invoke(headway, ["-C", str(program), "export"]).stdout)["partnerships"]
    return [meeting["date"] for meeting in partnership["meetings"]]
