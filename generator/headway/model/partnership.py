"""A partnership: who is in it, what they agreed, and everything they wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pydantic import Field

from headway.documents.note import Note
from headway.model.fields import (
    Day,
    Document,
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


class Membership(Document):
    """A person's part in a partnership. The role belongs here, with its dates, never to the person."""

    person: Id
    role: Role
    help: HelpKind | None = None
    start: Day | None = Field(default=None, alias="from")
    end: Day | None = Field(default=None, alias="to")


class Agreement(Document):
    cadence: Duration | None = None
    length: Duration | None = None
    medium: Text | None = None
    notice: Duration | None = None
    contact: Text | None = None
    feedback: Text | None = None
    success: Text | None = None
    responsibilities: Mapping[str, TextList] = Field(default_factory=dict)
    confidentiality: Text | None = None
    ending: Text | None = None
    review_on: Day | None = None
    agreed: Mapping[str, Day] = Field(default_factory=dict)
    """Who agreed, when, by person's id."""


class PartnershipFile(Document):
    """partnership.yaml, as it is written."""

    title: Text | None = None
    kind: PartnershipKind = PartnershipKind.MENTORING
    cohort: Id | None = None
    members: tuple[Membership, ...] = ()
    start: Day | None = None
    end: Day | None = None
    status: WrittenStatus | None = None
    reason: Text | None = None
    purpose: Text | None = None
    agreement: Agreement | None = None
    visibility: Visibility | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that a note tells of. ``slug`` is its address: the day, ``-2`` for a second that day;
    an undated note has the stem of its file's name (or ``undated``)."""

    slug: str
    note: Note
    visibility: Visibility

    @property
    def on(self) -> date | None:
        return self.note.date


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """A note between meetings by one author, a member's id."""

    slug: str
    note: Note
    author: str | None
    visibility: Visibility


@dataclass(frozen=True, slots=True)
class Introduction:
    """What a logbook says before its first meeting."""

    note: Note
    visibility: Visibility


@dataclass(frozen=True, slots=True)
class Partnership:
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
