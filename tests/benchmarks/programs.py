"""Programs of any size, the same for the same seed: what the benchmarks build.

python tests/benchmarks/programs.py FOLDER PARTNERSHIPS NOTES_EACH
"""

from __future__ import annotations

import random
import sys
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


def write_program(root: Path, partnerships: int, notes_each: int, seed: int = 1) -> None:
    """Write a program of pairs with goals and one note of about 2 KB a meeting."""
    chance = random.Random(seed)
    (root / "content/people").mkdir(parents=True)
    (root / "headway.yaml").write_text(
        f"program: Benchmark\ntoday: {TODAY}\ndefaults: {{cadence: 1 week, length: 45 minutes}}\n"
        f"cohorts: [{{id: all, name: Everybody, start: {START}, end: 2026-12-31}}]\nsite: {{audience: partners}}\n"
    )
    for number in range(partnerships):
        mentee, mentor = f"ada-{number}", f"grace-{number}"
        for person in (mentee, mentor):
            name = person.replace("-", " N").title()
            (root / f"content/people/{person}.yaml").write_text(f"name: {name}\nstrengths: [writing]\n")
        folder = root / f"content/partnerships/pair-{number}"
        (folder / "meetings").mkdir(parents=True)
        (folder / "partnership.yaml").write_text(
            f"cohort: all\nstatus: active\nmembers:\n  - {{person: {mentee}, role: mentee}}\n"
            f"  - {{person: {mentor}, role: mentor}}\n"
            f"agreement: {{cadence: 1 week, agreed: {{{mentee}: {START}, {mentor}: {START}}}}}\n"
        )
        (folder / "goals.yaml").write_text(_goals(chance, mentee, mentor))
        for week in range(notes_each):
            day = START + timedelta(days=7 * (week % 52), weeks=0) + timedelta(days=week // 52)
            (folder / f"meetings/{day}.md").write_text(_note(chance, day, mentee, mentor))


def _goals(chance: random.Random, mentee: str, mentor: str) -> str:
    lines = ["goals:"]
    for goal, owner in (("speak", mentee), ("publish", mentee), ("listen", mentor)):
        lines += [f"  - id: {goal}", f"    title: {goal.title()} up", f"    owner: {owner}", "    milestones:"]
        for step in range(4):
            done = f", done: {START + timedelta(days=30 * step + 3)}" if chance.random() < 0.5 else ""
            lines.append(
                f"      - {{title: Step {step}, size: {chance.choice('SML')}, due: 2026-0{step + 3}-01{done}}}"
            )
    return "\n".join(lines) + "\n"


def _note(chance: random.Random, day: date, mentee: str, mentor: str) -> str:
    def prose(words: int) -> str:
        return " ".join(chance.choice(WORDS) for _ in range(words)).capitalize() + "."

    tasks = "\n".join(
        f"- [{chance.choice(' x')}] @{chance.choice((mentee, mentor))}: {chance.choice(TASKS)} {chance.randrange(99)}"
        for _ in range(4)
    )
    return (
        f"---\ndate: {day}\nminutes: {chance.choice((25, 45, 60))}\nattendees: [{mentee}, {mentor}]\n"
        f"goals: [speak]\nenergy: {{{mentee}: {chance.randint(1, 5)}}}\n---\n# Week of {day}\n\n{prose(60)}\n\n"
        f"## What happened\n\n{prose(90)} **{prose(3)}** {prose(40)}\n\n- {prose(12)}\n- {prose(9)} `code`\n"
        f"- [{prose(4)}](https://example.org/{chance.randrange(999)})\n\n> {prose(20)}\n\nWin: {prose(8)}\n\n"
        f"## Next steps\n\n{tasks}\n"
    )


if __name__ == "__main__":
    write_program(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
