"""A partnership built in memory, with a canary in every field: a word that is nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from typing import Any

from msgspec import Struct, convert
from msgspec.structs import fields, replace

from headway.documents.markdown import parse_markdown
from headway.documents.note import Attendance, Mark, Note, Task
from headway.documents.scalars import Duration
from headway.model.fields import MeetingStatus, PartnershipStatus, Role, Visibility
from headway.model.goals import Goal, Milestone, Reframe, Step
from headway.model.partnership import (
    Agreement,
    Introduction,
    JournalEntry,
    Meeting,
    Membership,
    Partnership,
    PartnershipFile,
)
from headway.model.person import Obstacle, Person
from headway.model.program import Cohort, Program, ProgramContext, ProgramPage, ProgramRecord, VisibilityDefaults
from headway.pages.addresses import Addresses
from headway.pages.planned import outline_of
from headway.pages.program_pages import gather_crowd, plan_program_pages
from headway.pages.summary import PartnershipSummary
from headway.pages.views import Page
from headway.progress.report import (
    FollowThrough,
    GoalReport,
    MeetingNumbers,
    MeetingReport,
    Momentum,
    MomentumState,
    PartnershipReport,
    Standing,
    TaskNumbers,
    TaskReport,
    TaskState,
)

TODAY = date(2026, 5, 20)
FOLDER = "content/partnerships/pier"
PUBLIC, PROGRAM, PARTNERS, PRIVATE = Visibility


def note(path: str, text: str, **values: Any) -> Note:
    """Return a note under the partnership's folder, its Markdown parsed; the title is its first line."""
    first = text.split("\n", 1)[0]
    title = first.lstrip("# ") if first.startswith("#") else ""
    values = {"title": title, "title_line": 1 if title else None} | values
    end = text.count("\n") + 1
    return Note(f"{FOLDER}/{path}", 1, end, tokens=tuple(parse_markdown(text)), **values)


def person(word: str, visibility: Visibility, **values: Any) -> Person:
    """Return somebody with a canary that begins with ``word`` in every field."""
    return Person(
        name=f"{word}first {word}last",
        pronouns=f"{word}pronouns",
        email=f"{word}email@example.org",
        strengths=(f"{word}strength",),
        growing=(f"{word}growing",),
        allows=("stories", "thanks", "celebrations"),
        needs=(f"{word}needs",),
        offers=(f"{word}offers",),
        availability=(f"{word}availability",),
        obstacles=(Obstacle(kind=f"{word}obstacle", what=f"{word}what", counter=f"{word}counter"),),
        bio=f"{word}bio",
        affiliation=f"{word}affiliation",
        country=f"{word}country",
        links={"web": f"https://{word.lower()}link.example.org"},
        visibility=visibility,
        **values,
    )


def meeting(slug: str, visibility: Visibility, text: str, **values: Any) -> Meeting:
    """Return a meeting with its note; its day is its slug's where none is given."""
    values = values if "date" in values else {"date": date.fromisoformat(slug[:10])} | values
    return Meeting(slug, note(f"meetings/{slug}.md", text, **values), visibility)


def goal(word: str, visibility: Visibility, details: Visibility, **values: Any) -> Goal:
    """Return a goal with a canary that begins with ``word`` in every field."""
    given = {
        "milestones": (
            Milestone(
                title=f"{word}milestone",
                due=date(2026, 4, 1),
                done=date(2026, 4, 7),
                celebrated=f"{word}party",
                steps=(Step(title=f"{word}step", done=date(2026, 4, 3)),),
            ),
            Milestone(title=f"{word}uncelebrated", done=date(2026, 4, 9)),
            Milestone(title=f"{word}open", due=date(2026, 6, 9)),
        )
    } | values
    return Goal(
        id=f"{word}id",
        title=f"{word}title",
        owner="ona",
        why=f"{word}why",
        area=(f"{word}area",),
        measure=f"{word}measure",
        start=date(2026, 1, 11),
        due=date(2026, 7, 13),
        lesson=f"{word}lesson",
        celebrated=f"{word}celebrated",
        reframed=(Reframe(on=date(2026, 3, 29), was=f"{word}was", why=f"{word}because"),),
        visibility=visibility,
        details=details,
        **given,
    )


def report(partnership: Partnership, **values: Any) -> PartnershipReport:
    """Return a report with plain numbers: meetings held, goals on track, tasks open where they are written."""
    tasks = tuple(
        TaskReport(
            text=task.text,
            owner=task.owner,
            first=m.slug,
            first_on=m.on,
            last=m.slug,
            path=m.note.path,
            line=task.line,
            due=task.due,
            state=TaskState.DONE if task.is_done else TaskState.OPEN,
            carried=2,
        )
        for m in partnership.meetings
        for task in m.note.tasks
    )
    given: dict[str, Any] = {
        "partnership": partnership,
        "today": TODAY,
        "status": PartnershipStatus.ACTIVE,
        "meetings": tuple(MeetingReport(m, MeetingStatus.HELD if m.on else None) for m in partnership.meetings),
        "numbers": MeetingNumbers(
            kept=7531, expected=8642, last_on=date(2026, 5, 17), next_on=date(2026, 6, 3), next_at=time(17, 7)
        ),
        "goals": tuple(GoalReport(g, 40, Standing.ON_TRACK) for g in partnership.goals),
        "tasks": tasks,
        "task_numbers": TaskNumbers(open=9753, done=6420),
        "follow_through": (FollowThrough("ona", 5319, 5320),),
        "momentum": Momentum(MomentumState.NEEDS_CHECK_IN, "becausecanary of 2026-05-17"),
        "fresh_until": None,
    }
    return PartnershipReport(**given | values)


def partnership(**values: Any) -> Partnership:
    """Return a small partnership of ona (mentee) and odd (mentor) with nothing written; ``values`` replace parts."""
    file = PartnershipFile(
        cohort="spring",
        members=(Membership(person="ona", role=Role.MENTEE), Membership(person="odd", role=Role.MENTOR)),
    )
    given: dict[str, Any] = {
        "id": "pier",
        "title": "Onafirst Onalast & Oddfirst Oddlast",
        "file": file,
        "start": date(2026, 1, 5),
        "end": date(2026, 7, 31),
        "cadence": 14.0,
        "visibility": PUBLIC,
        "goals": (),
        "meetings": (),
    }
    return Partnership(**given | values)


def context(
    audience: Visibility,
    people: Mapping[str, Person] | None = None,
    pages: tuple[ProgramPage, ...] = (),
    **program: Any,
) -> ProgramContext:
    """Return a context with ona and odd, both public where nothing else is given."""
    people = people or {"ona": person("Ona", PUBLIC), "odd": person("Odd", PUBLIC)}
    given: dict[str, Any] = {"program": "Lighthouse", "cohorts": (Cohort(id="spring", name="Spring"),)} | program
    return ProgramContext(ProgramRecord(convert(given, Program), people, pages), TODAY, audience)


MEETING_TEXT = """# {word}heading

{word}body with @ona and @odd, Onafirst Onalast too, and [{word}link](../files/{word}.pdf "{word}linktitle").

- [ ] {word}task for @ona

Win: {word}win

Feedback @ona -> @odd: {word}feedback
"""


def full_meeting(slug: str, word: str, visibility: Visibility) -> Meeting:
    """Return a meeting with every kind of thing in it; its feedback is on line 9."""
    return meeting(
        slug,
        visibility,
        MEETING_TEXT.format(word=word),
        energy={"ona": 4},
        goals=("Wideid",),
        attendance=Attendance(True, ("ona", "odd"), (f"{word}guest",)),
        tasks=(Task(5, f"{word}task for @ona", "ona"),),
        marks=(
            Mark("win", 7, 7, f"{word}win"),
            Mark("decision", 7, 7, f"{word}decision"),
            Mark("thanks", 7, 7, f"{word}thanks", people=("ona",)),
            Mark("feedback", 9, 9, f"{word}feedback", "ona", ("odd",), (f"{word}worked",), (f"{word}totry",)),
        ),
        private_lines=((9, 9),),
    )


def full_partnership() -> Partnership:
    """Return a partnership with something for each audience: the words begin with Wide, Program, Inner, Secret."""
    agreement = Agreement(cadence=Duration(20160, "2 weeks"), success="agreedsuccess", agreed={"ona": date(2026, 1, 6)})
    file = replace(partnership().file, purpose="purposecanary", agreement=agreement)
    marked = Milestone(title="Shownmilestone", visibility=PROGRAM, done=date(2026, 2, 11))
    return partnership(
        file=file,
        goals=(
            goal("Wide", PUBLIC, PARTNERS),
            goal("Program", PROGRAM, PARTNERS, milestones=(marked, Milestone(title="Programmilestone"))),
            goal("Inner", PARTNERS, PARTNERS),
            goal("Secret", PRIVATE, PRIVATE),
        ),
        meetings=(
            full_meeting("2026-03-02", "Wide", PUBLIC),
            full_meeting("2026-03-16", "Program", PROGRAM),
            full_meeting("2026-03-30", "Inner", PARTNERS),
            full_meeting("2026-04-13", "Secret", PRIVATE),
        ),
        journal=(JournalEntry("2026-04-20", note("journal/2026-04-20.md", "Innerjournal"), "ona", PARTNERS),),
        introductions=(Introduction(note("logbook.md", "Programintroduction"), PROGRAM),),
        attachments=tuple(f"{FOLDER}/files/{word}.pdf" for word in ("Wide", "Program", "Inner", "Secret", "Unused")),
    )


def full_context(audience: Visibility) -> ProgramContext:
    """Return a context where ona is for the partners, odd for everybody, and there is a page for each audience."""
    pages = tuple(
        ProgramPage(f"{word.lower()}-page", note(f"../../pages/{word.lower()}.md", f"# {word}page\n\n{word}text"), v)
        for word, v in (("Wide", PUBLIC), ("Program", PROGRAM), ("Inner", PARTNERS), ("Secret", PRIVATE))
    )
    people = {"ona": person("Ona", PARTNERS), "odd": person("Odd", PUBLIC), "sam": person("Sam", PROGRAM)}
    return context(audience, people, pages, visibility=VisibilityDefaults())


def strings(value: object) -> Iterator[str]:
    """Yield every text in a value, however deep; days and numbers as text too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Struct):
        for part in fields(value):
            yield from strings(getattr(value, part.name))
    elif isinstance(value, Mapping):
        yield from strings(tuple(value.items()))
    elif isinstance(value, (tuple, list, set, frozenset)):
        for part in value:
            yield from strings(part)
    elif value is not None:
        yield str(value)


def program_pages(
    summaries: Iterable[PartnershipSummary], context: ProgramContext, addresses: Addresses
) -> tuple[Page, ...]:
    """Return all of the program's own pages, made."""
    outlines = filter(None, map(outline_of, summaries))
    crowd = gather_crowd(outlines, context, addresses)
    return tuple(planned.made for planned in (*plan_program_pages(crowd), *map(crowd.plan_page, crowd.people)))
