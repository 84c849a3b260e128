"""A partnership: who is in it, what they agreed, and everything they wrote."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from headway.documents.forms import Form
from headway.documents.note import Note
from headway.model.fields import (
    Day,
    Duration,
    Id,
    PartnershipKind,
    Role,
    Text,
    TextList,
    Visibility,
    WrittenStatus,
)
from headway.model.files import FileLooks
from headway.model.goals import Goal
from headway.model.history import PartnershipHistory
from headway.model.person import HelpKind


class Membership(Form, frozen=True, rename={"start": "from", "end": "to"}):
    """A person's part in a partnership. The role belongs here, with its dates, never to the person."""

    person: Id
    """Whose part it is: the name of a file in people/, without .yaml."""
    role: Role
    """What they are to the others in this partnership."""
    help: HelpKind | None = None
    """The kind of help they give here: coach, sponsor, connector, mentor, peer."""
    start: Day | None = None
    """Since when, if they came later than the others."""
    end: Day | None = None
    """Until when, if they left earlier than the others."""


class Agreement(Form, frozen=True):
    cadence: Duration | None = None
    """How often you meet, as 2 weeks, weekly or monthly."""
    length: Duration | None = None
    """How long a meeting is planned to be, as 45 minutes."""
    medium: Text | None = None
    """Where you meet, as video call."""
    notice: Duration | None = None
    """How long before a meeting it may be moved, as 24 hours."""
    contact: Text | None = None
    """How and when you may reach each other between meetings."""
    feedback: Text | None = None
    """How you give each other feedback, both ways."""
    success: Text | None = None
    """What will be true when this went well."""
    responsibilities: Mapping[str, TextList] = field(default_factory=dict)
    """What each role takes on: a list by role, as `mentor: [be on time]`."""
    confidentiality: Text | None = None
    """What stays between you."""
    ending: Text | None = None
    """How either of you may end it."""
    review_on: Day | None = None
    """The day you look at this agreement again."""
    agreed: Mapping[str, Day] = field(default_factory=dict)
    """Who agreed, when, by person's id."""


class PartnershipFile(Form, frozen=True):
    """partnership.yaml, as it is written."""

    title: Text | None = None
    """What the partnership is called; the members' names where nothing is said."""
    kind: PartnershipKind = PartnershipKind.MENTORING
    """What kind of partnership it is."""
    cohort: Id | None = None
    """The id of its cohort in headway.yaml."""
    members: tuple[Membership, ...] = ()
    """Who is in it, each with a role."""
    start: Day | None = None
    """The day it begins; the cohort's where nothing is said."""
    end: Day | None = None
    """The day it ends; the cohort's where nothing is said."""
    status: WrittenStatus | None = None
    """How it stands; derived from its days where nothing is said."""
    reason: Text | None = None
    """Why it paused, completed or ended."""
    purpose: Text | None = None
    """Where this is meant to lead, in the mentee's words."""
    agreement: Agreement | None = None
    """What you agreed, so that nobody has to guess."""
    visibility: Visibility | None = None
    """Who may see this partnership at all."""


class Meeting(Struct, frozen=True):
    """A meeting that a note tells of. ``slug`` is its address: the day, ``-2`` for a second that day;
    an undated note has the stem of its file's name (or ``undated``)."""

    slug: str
    note: Note
    visibility: Visibility

    @property
    def on(self) -> date | None:
        return self.note.date


class JournalEntry(Struct, frozen=True):
    """A note between meetings by one author, a member's id."""

    slug: str
    note: Note
    author: str | None
    visibility: Visibility


class Introduction(Struct, frozen=True):
    """What a logbook says before its first meeting."""

    note: Note
    visibility: Visibility


class Partnership(Struct, frozen=True):
    """Everything one partnership wrote, read and joined; start, end and cadence already resolved.

    ``title`` is the given one, else the members' names; ``start`` and ``end`` are the file's, else the
    cohort's, else ``start`` is the first meeting's day; ``cadence`` is days between meetings;
    ``visibility`` is resolved against the program's defaults. Meetings are in the order of their days,
    undated ones last; journal entries likewise.
    """

    id: str
    title: str
    file: PartnershipFile
    start: date | None
    end: date | None
    cadence: float
    visibility: Visibility
    goals: tuple[Goal, ...]
    meetings: tuple[Meeting, ...]
    journal: tuple[JournalEntry, ...] = ()
    introductions: tuple[Introduction, ...] = ()
    attachments: tuple[str, ...] = ()
    """Paths of what is in ``files/``."""
    history: PartnershipHistory = field(default_factory=PartnershipHistory)
    """What git tells of it; empty where nothing does."""
    files: FileLooks = field(default_factory=FileLooks)
    """What is known of those that the notes name."""

    @property
    def members(self) -> tuple[Membership, ...]:
        return self.file.members

    @property
    def agreement(self) -> Agreement:
        return self.file.agreement or Agreement()
