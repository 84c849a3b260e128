"""Programs of any size, the same for the same seed: what the benchmarks build.

A program is a stream of pairs, so that one of 100,000 notes never stands in memory as a whole. Here it is written
as Headway reads it; `peers` writes the same pairs as the other generators read them.

python tests/benchmarks/programs.py FOLDER PARTNERSHIPS NOTES_EACH
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

WORDS = (
    "we talked about the draft and what the readers will ask first then went through the second half line by line "
    "she tried the exercise with her group on Tuesday it took longer than planned but everybody stayed the map needs "
    "a legend the numbers need a source and the opening needs one story instead of three next time we look at the "
    "questions from the audience and decide who answers which of them a short walk helped more than another hour"
).split()
TASKS = ("send the draft", "book the room", "read chapter", "ask for numbers", "rehearse part", "write to the editor")
START = date(2025, 1, 6)
TODAY = date(2026, 1, 5)


@dataclass(frozen=True, slots=True)
class Milestone:
    title: str
    size: str
    due: date
    done: date | None


@dataclass(frozen=True, slots=True)
class Goal:
    id: str
    title: str
    owner: str
    milestones: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """One meeting's note. ``body`` is Markdown, about 2 KB, that holds ``marker``: one word that no other note has."""

    day: date
    minutes: int
    energy: int
    marker: str
    body: str

    @property
    def title(self) -> str:
        return f"Week of {self.day}"


@dataclass(frozen=True, slots=True)
class Pair:
    id: str
    mentee: str
    mentor: str
    goals: tuple[Goal, ...]
    notes: tuple[Note, ...]

    @property
    def members(self) -> tuple[str, str]:
        return (self.mentee, self.mentor)


def make_pairs(partnerships: int, notes_each: int, seed: int = 1) -> Iterator[Pair]:
    """Yield pairs with three goals and one note a week."""
    for number in range(partnerships):
        chance = random.Random(f"{seed}/{number}")
        mentee, mentor = f"ada-{number}", f"grace-{number}"
        owners = (("speak", mentee), ("publish", mentee), ("listen", mentor))
        goals = tuple(_make_goal(chance, goal, owner) for goal, owner in owners)
        notes = tuple(_make_note(chance, number, week, mentee, mentor) for week in range(notes_each))
        yield Pair(f"pair-{number}", mentee, mentor, goals, notes)


def name_of(person: str) -> str:
    """Return a person's name, as the people's files give it."""
    return person.replace("-", " N").title()


def write_program(root: Path, partnerships: int, notes_each: int, seed: int = 1) -> None:
    """Write a program of pairs with goals and one note of about 2 KB a meeting."""
    write_headway(root, make_pairs(partnerships, notes_each, seed))


def write_headway(root: Path, pairs: Iterable[Pair], theme: str = "trail") -> None:
    """Write pairs as a program of Headway's."""
    (root / "content/people").mkdir(parents=True)
    (root / "headway.yaml").write_text(
        f"program: Benchmark\ntoday: {TODAY}\ndefaults: {{cadence: 1 week, length: 45 minutes}}\n"
        f"cohorts: [{{id: all, name: Everybody, start: {START}, end: 2026-12-31}}]\n"
        f"site: {{audience: partners, theme: {theme}}}\n"
    )
    for pair in pairs:
        for person in pair.members:
            (root / f"content/people/{person}.yaml").write_text(f"name: {name_of(person)}\nstrengths: [writing]\n")
        folder = root / f"content/partnerships/{pair.id}"
        (folder / "meetings").mkdir(parents=True)
        (folder / "partnership.yaml").write_text(
            f"cohort: all\nstatus: active\nmembers:\n  - {{person: {pair.mentee}, role: mentee}}\n"
            f"  - {{person: {pair.mentor}, role: mentor}}\n"
            f"agreement: {{cadence: 1 week, agreed: {{{pair.mentee}: {START}, {pair.mentor}: {START}}}}}\n"
        )
        (folder / "goals.yaml").write_text(_say_goals(pair.goals))
        for note in pair.notes:
            (folder / f"meetings/{note.day}.md").write_text(
                f"---\ndate: {note.day}\nminutes: {note.minutes}\nattendees: [{pair.mentee}, {pair.mentor}]\n"
                f"goals: [speak]\nenergy: {{{pair.mentee}: {note.energy}}}\n---\n# {note.title}\n\n{note.body}"
            )


def _make_goal(chance: random.Random, goal: str, owner: str) -> Goal:
    milestones = tuple(
        Milestone(
            title=f"Step {step}",
            size=chance.choice("SML"),
            due=date(2026, step + 3, 1),
            done=START + timedelta(days=30 * step + 3) if chance.random() < 0.5 else None,
        )
        for step in range(4)
    )
    return Goal(goal, f"{goal.title()} up", owner, milestones)


def _say_goals(goals: Iterable[Goal]) -> str:
    lines = ["goals:"]
    for goal in goals:
        lines += [f"  - id: {goal.id}", f"    title: {goal.title}", f"    owner: {goal.owner}", "    milestones:"]
        for step in goal.milestones:
            done = f", done: {step.done}" if step.done else ""
            lines.append(f"      - {{title: {step.title}, size: {step.size}, due: {step.due}{done}}}")
    return "\n".join(lines) + "\n"


def _make_note(chance: random.Random, number: int, week: int, mentee: str, mentor: str) -> Note:
    def prose(words: int) -> str:
        return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."

    marker = f"mark{number}x{week}end"
    tasks = "\n".join(
        f"- [{chance.choice(' x')}] @{chance.choice((mentee, mentor))}: {chance.choice(TASKS)} {chance.randrange(99)}"
        for _ in range(4)
    )
    return Note(
        day=START + timedelta(days=7 * (week % 52) + week // 52),
        minutes=chance.choice((25, 45, 60)),
        energy=chance.randint(1, 5),
        marker=marker,
        body=f"{prose(100)}\n\n## What happened\n\n{prose(110)} **{prose(3)}** {prose(50)}\n\n- {prose(12)}\n"
        f"- {prose(9)} `code`\n- [{prose(4)}](https://example.org/{chance.randrange(999)})\n\n> {prose(20)}\n\n"
        f"Win: {prose(8)} {marker}\n\n## Next steps\n\n{tasks}\n",
    )


if __name__ == "__main__":
    write_program(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
