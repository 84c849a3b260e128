"""The program: headway.yaml, its cohorts, defaults and words; its people and its own pages.

That is all that a program wrote apart from its partnerships, which are read one by one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from hashlib import sha256
from itertools import chain
from typing import Annotated, Literal

from msgspec import Struct, field

from headway.documents.forms import Form
from headway.documents.names import Named, NameIndex
from headway.documents.note import Note
from headway.model.fields import (
    Address,
    Audience,
    Day,
    Duration,
    Host,
    Id,
    Text,
    TextList,
    TimeZone,
    Visibility,
    Word,
    number,
    whole,
)
from headway.model.person import Person
from headway.source.history import Version
from headway.source.names import fold_id


class Cohort(Form, frozen=True):
    id: Id
    """A short name for files and addresses, as 2026-spring."""
    name: Text | None = None
    """What people call it, as Spring 2026; the id where nothing is said."""
    start: Day | None = None
    """The day it begins; its partnerships begin then unless they say otherwise."""
    end: Day | None = None
    """The day it ends; its partnerships end then unless they say otherwise."""

    @property
    def title(self) -> str:
        return self.name or self.id


class Defaults(Form, frozen=True):
    cadence: Duration | None = None
    """How often to meet, as 2 weeks, weekly or monthly."""
    length: Duration | None = None
    """How long a meeting is planned to be, as 45 minutes."""
    notice: Duration | None = None
    """How long before a meeting it may be moved without being late, as 24 hours."""


class Site(Form, frozen=True):
    url: Address | None = None
    """Where the site will stand, as https://mentoring.example.org/; for feeds, calendars and previews."""
    audience: Audience = Visibility.PUBLIC
    """Whom the site is built for: public, program or partners. What they may not see is left out of it."""
    theme: Text = "trail"
    """The theme of the pages: trail, or a folder in themes/."""
    stale_after: Annotated[int, whole(1, 3650)] = 14
    """After how many days without a new build pages say that their numbers are old."""


class Editing(Form, frozen=True):
    """Links from pages to the web editor of the place that hosts the repository."""

    host: Host | None = None
    """What hosts it: github, gitlab or gitea (Forgejo too); known from the address where that says it."""
    branch: Text | None = None
    """The branch that is edited; what git calls the main one where nothing is said."""
    folder: Text | None = None
    """Where the program lies in its repository, if that is not the top."""
    visibility: Audience = Visibility.PROGRAM
    """Who may see these links, and so the repository's address and its files' paths: public, program or partners."""


class VisibilityDefaults(Form, frozen=True):
    """What a thing's visibility is where its own file says nothing.

    ``details`` are a goal's reasons, measures, milestones and steps.
    """

    people: Visibility = Visibility.PUBLIC
    """People's own files."""
    partnerships: Visibility = Visibility.PUBLIC
    """Partnerships as a whole, all that is in them included."""
    goals: Visibility = Visibility.PUBLIC
    """Goals' titles, progress and standing."""
    details: Visibility = Visibility.PARTNERS
    """Goals' reasons, measures, milestones and steps."""
    meetings: Visibility = Visibility.PUBLIC
    """Notes of meetings."""
    journal: Visibility = Visibility.PUBLIC
    """Notes between meetings."""
    pages: Visibility = Visibility.PUBLIC
    """Pages of the program itself."""


class Thresholds(Form, frozen=True):
    """When momentum changes (format.md, 4): multiples of the cadence, days, percentage points."""

    check_in: Annotated[float, number(0.1, 100)] = 1.5
    """After how many cadences without a kept meeting a partnership needs a check-in."""
    stalled: Annotated[float, number(0.1, 100)] = 3.0
    """After how many cadences without a kept meeting a partnership has stalled."""
    quiet: Annotated[float, number(0.1, 100)] = 3.0
    """After how many cadences without a change of plan or tasks a partnership needs a check-in."""
    early_days: Annotated[int, whole(0, 1000)] = 10
    """For how many days at least after its start it is too early to tell."""
    behind: Annotated[int, whole(0, 100)] = 25
    """By how many percentage points a goal may be under the elapsed share of its time."""


class Program(Form, frozen=True):
    """headway.yaml. ``terms`` are the program's own words; ``task_sections`` more headings for tasks."""

    program: Text = "Mentoring"
    """The program's name, on every page."""
    language: Text = "en"
    """The language of dates and numbers on the site, as en, pt-BR or ar."""
    timezone: TimeZone = "UTC"
    """The time zone that decides which day it is, as Europe/London."""
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    """How 03/04/2026 is read in notes: dmy is the third of April, mdy the fourth of March."""
    today: Day | None = None
    """Freezes a finished program, or a demonstration, on that day; leave it out of a living one."""
    repository: Address | None = None
    """The repository's address, for the links to edit a page or log a meeting."""
    editing: Editing = Editing()
    """How pages link to the repository's web editor."""
    site: Site = Site()
    """The site: its address, whom it is for, how it looks."""
    defaults: Defaults = Defaults()
    """What partnerships do unless their own agreement says otherwise."""
    visibility: VisibilityDefaults = VisibilityDefaults()
    """Who may see what, unless the thing itself says otherwise: public, program, partners or private."""
    thresholds: Thresholds = Thresholds()
    """When momentum changes. The defaults suit most programs."""
    terms: Mapping[str, Word] = field(default_factory=dict)
    """The program's own words for Headway's, as `mentee: fellow`; used everywhere on the site."""
    cohorts: tuple[Cohort, ...] = ()
    """The cohorts, each with its dates."""
    task_sections: TextList = ()
    """More headings under which notes list tasks, in other languages or by habit."""


class ProgramPage(Struct, frozen=True):
    """A page of the program itself, from content/pages/<slug>.md."""

    slug: str
    note: Note
    visibility: Visibility
    digest: str = ""


class ProgramRecord(Struct, frozen=True, dict=True):
    """Settings, people by id as their files tell them, and the program's pages."""

    program: Program
    people: Mapping[str, Person] = field(default_factory=dict)
    pages: tuple[ProgramPage, ...] = ()
    digests: Mapping[str, str] = field(default_factory=dict)
    """The digest of each person's file, by the person's id."""
    addresses: Mapping[str, str] = field(default_factory=dict)
    """The mark of each person's e-mail address, by which git's authors are known, by the person's id."""

    @cached_property
    def digest(self) -> str:
        """One digest of all people's files and of the program's pages."""
        pages = ((page.slug, page.digest) for page in self.pages)
        texts = chain.from_iterable(
            chain(self.digests.items(), [("", "")], pages)
        )  # no id is empty, nor has a line's end
        return sha256("\n".join(texts).encode()).hexdigest()

    def cohort(self, cohort_id: str | None) -> Cohort | None:
        return next((c for c in self.program.cohorts if c.id == cohort_id), None)

    def resolve_person(self, written: str) -> str | None:
        """Return the id of the person that a written id means, or None where there is no such person."""
        return written if written in self.people else self._ids.get(fold_id(written))

    @cached_property
    def _ids(self) -> dict[str, str]:
        return {fold_id(person_id): person_id for person_id in self.people}

    @cached_property
    def everybody(self) -> NameIndex:
        """Everybody's names, as notes may write them; one index for all partnerships."""
        return NameIndex(tuple(Named(key, person.name, person.aliases) for key, person in self.people.items()))


class ProgramContext(Struct, frozen=True):
    """All that a partnership's pages depend on beside its own files."""

    record: ProgramRecord
    today: date
    audience: Visibility
    version: Version | None = None
    """The commit that the files are of; None outside of git."""
