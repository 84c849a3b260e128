"""A partnership's history: who changed what last, through moves, merges, broken versions and wrong clocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.model.history import HistoryRecord, LastChange, PartnershipHistory, join_history
from headway.model.history_reading import add_commits
from headway.model.person import Person
from headway.model.program import Program, ProgramRecord
from headway.model.program_history import ProgramHistory, identify_people, store_record
from headway.source.history import Commit, FileChange, mark_address, mark_handle

FIRST = date(2026, 1, 1)
PLAN = "goals: [{{id: speak, title: {0}, due: 2026-03-{1:02}}}]\n"


def blob(text: str | None) -> str:
    return "" if text is None else sha256(text.encode()).hexdigest()[:40]


class Tale:
    """Commits told one after the other: ``tale.commit({path: text})``, a day each."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.now: dict[str, str] = {}
        self.commits: list[Commit] = []

    def commit(self, files: Mapping[str, str | None], author: str = "ada", day: int | None = None) -> None:
        number = len(self.commits)
        on = FIRST + timedelta(days=number if day is None else day)
        changes = [FileChange(path, (self.now.get(path, ""),), blob(text)) for path, text in files.items()]
        self.note(changes, files.values())
        self.commits.append(self.make(number, on, author, changes))

    def move(self, old: str, new: str, text: str) -> None:
        change = FileChange(new, (self.now.pop(old),), blob(text), old)
        self.note([change], [text])
        number = len(self.commits)
        self.commits.append(self.make(number, FIRST + timedelta(days=number), "ada", [change]))

    def merge(self, path: str, parents: Iterable[str], text: str) -> None:
        number = len(self.commits)
        parents = list(parents)
        self.texts |= {blob(parent): parent for parent in parents}
        change = FileChange(path, tuple(map(blob, parents)), blob(text))
        self.note([change], [text])
        self.commits.append(self.make(number, FIRST + timedelta(days=number), "grace", [change]))

    def note(self, changes: Iterable[FileChange], texts: Iterable[str | None]) -> None:
        for change, text in zip(changes, texts, strict=True):
            self.texts[change.after] = text or ""
            self.now[change.path] = change.after

    def make(self, number: int, on: date, author: str, changes: Iterable[FileChange]) -> Commit:
        at = (on - date(1970, 1, 1)).days * 86_400
        return Commit(f"{number:040}", at, on, author.title(), mark_handle(author), tuple(changes))

    def read(self, blobs: Iterable[str]) -> Iterator[bytes]:
        yield from (self.texts[blob_id].encode() for blob_id in blobs)

    def records(self) -> dict[str, HistoryRecord]:
        return add_commits(lambda _: HistoryRecord(), self.commits, self.read)

    def history(self, name: str = "a") -> PartnershipHistory:
        records = self.records()
        people = {mark_handle(person): person for person in ("ada", "grace")}
        return join_history(name, lambda folder: records.get(folder, HistoryRecord()), people)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def turns(history: PartnershipHistory) -> list[tuple[int, int]]:
    """Return for each turn of the goal its commit's day and the day it was for then."""
    found = []
    for dated in history.turns_of("speak"):
        assert dated.on is not None
        due = dated.turn.after.due if dated.turn.after else None
        found.append(((dated.on - FIRST).days, due.day if due else 0))
    return found


def test_who_changed_a_file_last() -> None:
    tale = Tale()
    tale.commit({"a/meetings/x.md": "1", "a/journal/y.md": "1"})
    tale.commit({"a/meetings/x.md": "2"}, author="grace")
    tale.commit({"a/journal/y.md": "2"}, author="somebody")
    history = tale.history()
    assert history.last_change(["meetings/x.md"]) == LastChange(day(1), "grace")
    assert history.last_change(["journal/y.md"]) == LastChange(day(2), None)
    assert history.last_change(["meetings/x.md", "journal/y.md", "not/there.md"]) == LastChange(day(2), None)
    assert history.last_change(["not/there.md"]) is None
    assert tale.history("b").last_change(["meetings/x.md"]) is None


def test_a_clock_that_jumps_back_does_not_hide_the_last_change() -> None:
    tale = Tale()
    tale.commit({"a/x.md": "1"}, day=5)
    tale.commit({"a/x.md": "2"}, day=90)
    tale.commit({"a/x.md": "3"}, day=8, author="grace")
    assert tale.history().last_change(["x.md"]) == LastChange(day(8), "grace")


def test_what_is_after_the_day_is_not_told_yet() -> None:
    tale = Tale()
    tale.commit({"a/x.md": "1", "a/goals.yaml": PLAN.format("T", 1)})
    tale.commit({"a/x.md": "2", "a/goals.yaml": PLAN.format("T", 2)}, day=50)
    history = tale.history()
    assert history.until(day(49)).last_change(["x.md"]) == LastChange(day(0), "ada")
    assert turns(history.until(day(49))) == [(0, 1)]
    assert history.until(day(50)) == history
    assert (history.next_day(day(0)), history.next_day(day(50))) == (day(50), None)


def test_a_file_that_moved_has_not_changed_and_keeps_its_past() -> None:
    tale = Tale()
    tale.commit({"a/meetings/x.md": "1", "a/goals.yaml": PLAN.format("T", 1)}, author="grace")
    tale.move("a/meetings/x.md", "b/meetings/y.md", "1")
    tale.move("a/goals.yaml", "b/goals.yaml", PLAN.format("T", 2))
    tale.commit({"a/goals.yaml": PLAN.format("Another", 9)})
    history = tale.history("b")
    assert history.last_change(["meetings/y.md"]) == LastChange(day(0), "grace")
    assert turns(history) == [(0, 1), (2, 2)]
    assert [d.turn.after.title for d in tale.history("a").turns_of("speak") if d.turn.after] == ["T", "Another"]


def test_moves_that_lead_in_a_circle_end() -> None:
    tale = Tale()
    tale.commit({"a/goals.yaml": PLAN.format("T", 1)})
    tale.move("a/goals.yaml", "b/goals.yaml", PLAN.format("T", 1))
    tale.move("b/goals.yaml", "a/goals.yaml", PLAN.format("T", 1))
    for name in ("a", "b"):
        assert [change.on for change in tale.history(name).plan] == [day(0)]


def test_a_plan_of_one_version_is_not_looked_into_until_there_is_another() -> None:
    tale = Tale()
    tale.commit({"a/goals.yaml": PLAN.format("T", 1)})
    assert turns(tale.history()) == []
    assert tale.history().last_change_of_goal("speak") == LastChange(day(0), "ada")
    tale.commit({"a/goals.yaml": PLAN.format("T", 2)}, author="grace")
    assert turns(tale.history()) == [(0, 1), (1, 2)]
    assert tale.history().last_change_of_goal("speak") == LastChange(day(1), "grace")


def test_a_version_that_cannot_be_read_is_passed_over() -> None:
    tale = Tale()
    tale.commit({"a/goals.yaml": PLAN.format("T", 1)})
    tale.commit({"a/goals.yaml": "goals: ["})
    tale.commit({"a/goals.yaml": "goals: [["})
    tale.commit({"a/goals.yaml": PLAN.format("T", 2)})
    assert turns(tale.history()) == [(0, 1), (3, 2)]
    assert tale.history().last_change_of_goal("speak") == LastChange(day(3), "ada")


def test_of_a_merge_counts_what_neither_side_said() -> None:
    tale = Tale()
    one, two = PLAN.format("T", 1), PLAN.format("T", 2)
    tale.commit({"a/goals.yaml": one})
    tale.merge("a/goals.yaml", (one, two), PLAN.format("T", 3))
    assert turns(tale.history()) == [(0, 1), (1, 3)]
    tale.merge("a/goals.yaml", (one, two), two + "# a comment\n")
    assert turns(tale.history()) == [(0, 1), (1, 3)]


def test_a_plan_too_large_to_read_is_passed_over() -> None:
    tale = Tale()
    tale.commit({"a/goals.yaml": PLAN.format("T", 1)})
    tale.commit({"a/goals.yaml": PLAN.format("T", 2)})
    records = add_commits(lambda _: HistoryRecord(), tale.commits, lambda blobs: (None for _ in blobs))
    assert records["a"].plan == ()


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b"]),
        st.sampled_from(["goals.yaml", "x.md"]),
        st.one_of(st.integers(1, 5), st.just("broken"), st.none(), st.just("move")),
        st.integers(0, 9),
        st.sampled_from(["ada", "grace"]),
    ),
    max_size=14,
)


@settings(max_examples=150, deadline=None)
@given(EDITS, st.lists(st.integers(0, 14), max_size=4))
def test_read_in_steps_it_is_as_read_at_once(edits: list[tuple[str, str, object, int, str]], cuts: list[int]) -> None:
    tale = Tale()
    for number, (folder, name, what, clock, author) in enumerate(edits):
        path, other = f"{folder}/{name}", f"{'b' if folder == 'a' else 'a'}/{name}"
        text = (
            f"goals: [ {number % 3}" if what == "broken" else None if what is None else PLAN.format("T", number % 5 + 1)
        )
        if what == "move" and tale.now.get(path):
            tale.move(path, other, text or "")
        else:
            tale.commit({path: text}, author, clock)
    stored: dict[str, HistoryRecord] = {}
    places = [0, *sorted(min(cut, len(tale.commits)) for cut in cuts), len(tale.commits)]
    for start, end in pairwise(places):
        # Each step as after a restart: from the texts alone.
        kept = ProgramHistory({name: store_record(record) for name, record in stored.items()})
        stored |= add_commits(kept.find, tale.commits[start:end], tale.read)
    at_once = tale.records()
    assert stored == at_once
    assert {n: store_record(r) for n, r in stored.items()} == {n: store_record(r) for n, r in at_once.items()}


PEOPLE = {
    "ada": Person(name="Ada Byron", email="Ada@Example.org", aliases=("ada-b",)),
    "grace": Person(name="Grace Brewster Hopper"),
    "zoë": Person(name="Zoë Washburne"),
    "zoe2": Person(name="Zoe Washburne"),
    "twin1": Person(name="One", email="both@example.org"),
    "twin2": Person(name="Two", email="both@example.org"),
}


@pytest.mark.parametrize(
    ("address", "name", "expected"),
    [
        ("ada@example.org", "x", "ada"),
        ("1+ada-b@users.noreply.github.com", "x", "ada"),
        ("1+grace@users.noreply.github.com", "Ada Byron", "grace"),
        ("else@example.org", "ADA BYRON", "ada"),
        ("else@example.org", "Grace Hopper", "grace"),
        ("else@example.org", "ada-b", "ada"),
        ("else@example.org", "Grace", "grace"),
        ("else@example.org", "Byron", None),
        ("else@example.org", "Zoë Washburne", None),
        ("both@example.org", "Ada Byron", None),
        ("else@example.org", "Mallory", None),
        ("", "", None),
    ],
)
def test_who_an_author_is(address: str, name: str, expected: str | None) -> None:
    marks = {person_id: mark_address(person.email) for person_id, person in PEOPLE.items() if person.email}
    people = identify_people(ProgramRecord(Program(), PEOPLE, addresses=marks))
    assert people.find(mark_address(address), [name]) == expected


def test_a_digest_changes_with_the_commits_and_with_who_their_authors_are() -> None:
    tale = Tale()
    tale.commit({"a/x.md": "1", "b/x.md": "1"})
    tale.move("b/x.md", "c/x.md", "1")

    def digests(people: Mapping[str, Person]) -> dict[str, str]:
        texts = {name: store_record(record) for name, record in tale.records().items()}
        history = ProgramHistory(texts).known_to(ProgramRecord(Program(), people))
        return {name: history.digest(name) for name in "abcd"}

    first = digests({})
    assert first == digests({})
    assert first["d"] == ""
    assert len(set(first.values())) == 4
    known = digests({"ada": Person(name="A")})
    assert {name for name in "abc" if known[name] != first[name]} == {"a", "b", "c"}
    assert digests({"mallory": Person(name="M")}) == first
    tale.commit({"b/y.md": "1"})
    now = digests({})
    assert [name for name in "abc" if now[name] != first[name]] == ["b", "c"]
