"""Programs with a unique string, a canary, in every place where somebody may write, at every visibility.

The generator knows by itself who may see each canary; it asks nothing of Headway.
"""

from __future__ import annotations

import io
import random
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

LEVELS = ("public", "program", "partners", "private")
PUBLIC, PROGRAM, PARTNERS, PRIVATE = range(4)
KINDS = ("stories", "thanks", "celebrations")
NEVER = 9
"""The level of what is in no site, whoever it is for."""


@dataclass(frozen=True)
class Canary:
    """``level`` is the index of the widest audience that may see it; ``homes`` are the partnerships whose own sites
    may have it, None where every site may; ``is_shown`` says that a site for its audience must have it."""

    what: str
    level: int
    homes: frozenset[str] | None
    is_shown: bool

    def may_be_in(self, audience: int, own_site: str | None) -> bool:
        return self.level <= audience and (own_site is None or self.homes is None or own_site in self.homes)


@dataclass
class CanaryProgram:
    """Writes a program below ``root``; ``canaries`` are all of its unique strings."""

    root: Path
    seed: int
    is_small: bool = False
    """Fewer people, partnerships, goals and notes, and everything that a canary can be in still."""
    canaries: dict[str, Canary] = field(default_factory=dict)
    partnerships: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.people: dict[str, tuple[str, int]] = {}
        self.members = [self.new_id() for _ in range(3 if self.is_small else 4)]
        everybody_allows = self.chance.random() < 0.5
        self.allowed = {
            person: [kind for kind in KINDS if everybody_allows or self.chance.random() < 0.6]
            for person in self.members
        }
        pairs = 2 if self.is_small else 3
        self.pairs = [(self.new_id(), self.chance.sample(self.members, 2)) for _ in range(pairs)]

    def new_id(self) -> str:
        return f"zq{self.chance.getrandbits(40):010x}"

    def sing(self, what: str, level: int, homes: str | frozenset[str] | None, *, shown: bool = True) -> str:
        """Return a new canary."""
        return self.name(self.new_id(), what, level, homes, shown=shown)

    def name(self, token: str, what: str, level: int, homes: str | frozenset[str] | None, *, shown: bool) -> str:
        homes = frozenset({homes}) if isinstance(homes, str) else homes
        self.canaries[token] = Canary(what, level, homes, shown)
        return token

    def consent(self, kind: str, members: list[str]) -> int:
        """Return the level of what needs the leave of all of these."""
        return PUBLIC if all(kind in self.allowed[person] for person in members) else PARTNERS

    def level(self) -> int:
        return self.chance.choice((PUBLIC, PUBLIC, PROGRAM, PARTNERS, PRIVATE))

    def write(self, path: str, content: str | bytes) -> None:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)

    def write_all(self) -> CanaryProgram:
        default = {kind: self.level() for kind in ("meetings", "goals")}
        name, cohort = self.sing("the program's name", PUBLIC, None), self.sing("a cohort", PUBLIC, None, shown=False)
        self.defaults = default  # what a note or a goal is that says nothing
        self.write(
            "headway.yaml",
            f"program: {name}\ntoday: 2026-05-20\nsite: {{url: 'https://example.org/'}}\n"
            f"visibility: {{meetings: {LEVELS[default['meetings']]}, goals: {LEVELS[default['goals']]}}}\n"
            f"cohorts: [{{id: one, name: {cohort}, start: 2026-01-01, end: 2026-07-01}}]\n",
        )
        for number in range(2 if self.is_small else 3):
            self._page(self.level() if number else PRIVATE)
        for person in self.members:
            self._person(person)
        for pair, members in self.pairs:
            self._partnership(pair, members)
        self.write(f"content/partnerships/{self.pairs[0][0]}/{self.sing('a stray file', NEVER, None)}.xyz", "x")
        return self

    def _page(self, level: int) -> None:
        stem = self.sing("a page's file", level, None, shown=False)
        title, text = self.sing("a page's title", level, None), self.sing("a page's text", level, None)
        self.write(f"content/pages/{stem}.md", f"---\nvisibility: {LEVELS[level]}\n---\n# {title}\n\n{text}\n")

    def _person(self, person: str) -> None:
        level = self.level()
        homes = frozenset(pair for pair, members in self.pairs if person in members)
        self.name(person, "a person's id", level, homes, shown=not homes)

        def sing(what: str, own: int = level, shown: bool = True) -> str:
            return self.sing(f"a person's {what}", own, homes, shown=shown)

        name = sing("name").title()
        self.people[person] = (name, level)
        inner = max(level, PARTNERS)
        self.write(
            f"content/people/{person}.yaml",
            f"""\
name: {name} {sing("surname").title()}
visibility: {LEVELS[level]}
allows: [{", ".join(self.allowed[person])}]
pronouns: {sing("pronouns")}
email: {sing("address", NEVER)}@{sing("host", NEVER)}.example
strengths: [{sing("strength")}]
growing: [{sing("growing")}]
needs: [{sing("need")}]
offers: [{sing("offer")}]
availability: [{sing("availability")}]
affiliation: {sing("affiliation")}
country: {sing("country")}
links: {{{sing("link's name")}: "https://example.org/{sing("link")}"}}
aliases: [{sing("alias", level, shown=False)}]
bio: "**{sing("bio")}** [a]({sing("bio's link", level, shown=False)}.md)"
obstacles: [{{kind: {sing("obstacle's kind", inner, False)}, what: {sing("obstacle", inner, False)},
  counter: {sing("counter-move", inner, False)}}}]
""",
        )

    def _partnership(self, pair: str, members: list[str]) -> None:
        level = self.level()
        self.partnerships.append(pair)
        self.name(pair, "a partnership's folder", level, pair, shown=True)
        folder = f"content/partnerships/{pair}"

        def sing(what: str, shown: bool = True) -> str:
            return self.sing(f"a partnership's {what}", level, pair, shown=shown)

        roles = ("mentee", "mentor")
        parts = ", ".join(f"{{person: {p}, role: {role}}}" for p, role in zip(members, roles, strict=True))
        status = self.chance.choice(("active", "paused", "completed"))
        told = max(level, self.consent("stories", members))
        reason = self.sing("a partnership's reason", told, pair, shown=status != "active")
        self.write(
            f"{folder}/partnership.yaml",
            f"""\
title: {sing("title")} of {self.people[members[0]][0]}
visibility: {LEVELS[level]}
cohort: one
status: {status}
reason: {reason}
purpose: {sing("purpose")} with {self.people[members[1]][0]}
start: 2026-02-02
members: [{parts}]
agreement: {{length: 45 minutes, medium: {sing("medium")}, feedback: {sing("way of feedback")},
  success: {sing("success")}, confidentiality: {sing("confidentiality")}, ending: {sing("ending")},
  responsibilities: {{mentor: [{sing("duty")}]}}}}
""",
        )
        goals = [self._goal(pair, level, members) for _ in range(1 if self.is_small else 3)]
        self.write(f"{folder}/goals.yaml", "goals:\n" + "".join(text for _, text in goals))
        names = [goal for goal, _ in goals]
        for day in range(1, 2 if self.is_small else 5):
            self._note(pair, level, members, names, f"meetings/2026-03-{day:02}", "a meeting's")
        self._note(pair, level, members, names, "meetings/plan-{token}-2026-04-01", "a named meeting's")
        self._note(pair, level, members, names, "journal/2026-04-02", "a journal's")
        self.write(f"{folder}/files/{self.sing('a file that no note names', NEVER, pair)}.txt", "x")

    def _goal(self, pair: str, holder: int, members: list[str]) -> tuple[str, str]:
        own = self.chance.choice((None, *range(4)))
        seen = max(holder, self.defaults["goals"] if own is None else own)
        inner = max(seen, PARTNERS)

        def sing(what: str, level: int = inner, shown: bool = True) -> str:
            return self.sing(f"a goal's {what}", level, pair, shown=shown)

        goal = sing("id", seen)
        step = self.level()
        middle = max(seen, step)
        cheered = max(middle, self.consent("celebrations", members))
        said = f"    visibility: {LEVELS[own]}\n" if own is not None else ""
        return (
            goal,
            f"""\
  - id: {goal}
    title: {sing("title", seen)}
{said}    why: {sing("why")}
    area: [{sing("area")}]
    measure: {sing("measure")}
    lesson: {sing("lesson", shown=False)}
    due: 2026-06-01
    milestones:
      - {{title: {sing("milestone")}, due: 2026-06-01, steps: [{{title: {sing("step")}}}]}}
      - {{title: {sing("done milestone")}, done: 2026-04-01, celebrated: {sing("celebration")}}}
      - {{title: {sing("single milestone", middle)}, visibility: {LEVELS[step]}, done: 2026-04-03,
          celebrated: {sing("single celebration", cheered, False)}, steps: [{{title: {sing("its step", middle)}}}]}}
    reframed: [{{on: 2026-03-10, was: {sing("old wording")}, why: {sing("reframing")}}}]
""",
        )

    def _note(self, pair: str, holder: int, members: list[str], goals: list[str], stem: str, whose: str) -> None:
        own = self.chance.choice((None, *range(4)))
        default = self.defaults["meetings"] if stem.startswith("meetings") else PUBLIC
        seen = max(holder, default if own is None else own)
        inner = max(seen, PARTNERS)
        cheered, thanked = (max(seen, self.consent(kind, members)) for kind in ("celebrations", "thanks"))

        def sing(what: str, level: int = seen, shown: bool = True) -> str:
            return self.sing(f"{whose} {what}", level, pair, shown=shown)

        # The site says where a note is written, but it is no part of its address.
        stem = stem.replace("{token}", sing("file name", shown=False)) if "{token}" in stem else stem
        picture, paper = sing("picture", shown=False), sing("paper", shown=False)
        inner_picture = sing("private picture", inner, shown=False)
        folder = f"content/partnerships/{pair}"
        for name in (picture, inner_picture):
            self.write(f"{folder}/files/{name}.png", self._picture("png"))
        self.write(f"{folder}/files/{paper}.jpg", self._picture("jpeg"))
        names = " and ".join(self.people[p][0] for p in members)
        handles = " ".join(f"@{p} [[person:{p}]]" for p in members)
        author = f"author: {members[0]}\n" if stem.startswith("journal") else ""
        said = f"visibility: {LEVELS[own]}\n" if own is not None else ""
        ends = f"\n```{sing('info string', shown=False)}\n{sing('code')}\n```\n" if self.chance.random() < 0.5 else ""
        # A warning each, whose line and words the build's own output would quote.
        warned = f"[{sing('broken link', shown=False)}](../files/{sing('missing file', shown=False)}.pdf)"
        self.write(
            f"{folder}/{stem}.md",
            f"""\
---
{said}{author}{sing("unknown key", NEVER)}: {sing("unknown value", NEVER)}
next: 2026-06-10
energy: {{{members[0]}: 4}}
---
# {sing("heading")} of {self.people[members[1]][0]}

Present: {names}, {sing("guest").title()}

{sing("text")} **{sing("strong")}** [{sing("link")}](https://example.org/{sing("href")} "{sing("link's title")}")
![{sing("alt")}](../files/{picture}.png "{sing("picture's title")}") [{sing("paper's name")}](../files/{paper}.jpg)
<!-- {sing("comment", shown=False)} --> {handles} {" ".join(f"[[goal:{goal}]]" for goal in goals)}
{warned} footnote[^1]

[^1]: {sing("footnote")}

Win: {sing("win", cheered)} of {names}

Thanks @{members[0]}: {sing("thanks", thanked)}

Decision: {sing("decision")}

Feedback @{members[0]} -> @{members[1]}: {sing("feedback", inner)}
- worked: {sing("what worked", inner)} ![{sing("inner alt", inner, False)}](../files/{inner_picture}.png)
- try: {sing("what to try", inner)}

## Next steps

- @{members[0]}: {sing("task")} (due 2026-05-04)
- {sing("free task")}
{ends}""",
        )

    def _picture(self, form: str) -> bytes:
        content = io.BytesIO()
        image = Image.new("RGB", (2, 2))
        secret = self.sing(f"a {form}'s metadata", NEVER, None)
        if form == "png":
            words = PngInfo()
            words.add_text("Comment", secret)
            words.add_text("Author", secret, zip=True)
            image.save(content, "png", pnginfo=words)
        else:
            exif = Image.Exif()
            exif[0x010E] = secret
            image.save(content, "jpeg", exif=exif, comment=secret.encode())
        return content.getvalue() + secret.encode()
