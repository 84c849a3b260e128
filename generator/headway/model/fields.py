"""The kinds of value that people's files may hold: ids, days, durations, visibilities.

Every YAML scalar arrives here as the text that was written; the field decides what it means (format.md, 2).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict

from headway.documents.scalars import Duration


class Visibility(StrEnum):
    """Who may see a thing, from everybody to only those who have the repository."""

    PUBLIC = "public"
    PROGRAM = "program"
    PARTNERS = "partners"
    PRIVATE = "private"

    @property
    def rank(self) -> int:
        """0 for public, up to 3 for private: the larger, the fewer may see it."""
        return list(Visibility).index(self)

    def admits(self, thing: Visibility) -> bool:
        """Whether a site for this audience may show a thing of that visibility."""
        return thing.rank <= self.rank


class Role(StrEnum):
    MENTOR = "mentor"
    MENTEE = "mentee"
    CO_MENTOR = "co-mentor"
    PEER = "peer"
    LEAD = "lead"
    MEMBER = "member"


class PartnershipKind(StrEnum):
    MENTORING = "mentoring"
    CO_MENTORING = "co-mentoring"
    PEER = "peer"
    TEAM = "team"
    SOLO = "solo"


class PartnershipStatus(StrEnum):
    PROPOSED = "proposed"
    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    ENDED = "ended"
    UNKNOWN = "unknown"
    """Past its end, and nobody wrote how it ended; never written, only derived."""


class GoalStatus(StrEnum):
    PLANNED = "planned"
    ACTIVE = "active"
    PAUSED = "paused"
    DONE = "done"
    DROPPED = "dropped"


class MeetingStatus(StrEnum):
    HELD = "held"
    SHORTENED = "shortened"
    MOVED = "moved"
    CANCELLED = "cancelled"
    MISSED = "missed"
    PLANNED = "planned"
    UNCONFIRMED = "unconfirmed"
    """Planned, its day is past, and nobody wrote what came of it; never written, only derived."""


class MeetingKind(StrEnum):
    MEETING = "meeting"
    EXPERIENCE = "experience"
    REVIEW = "review"


class Size(StrEnum):
    """A milestone's size; its weight is 1, 2 or 4."""

    S = "S"
    M = "M"
    L = "L"


class Document(BaseModel):
    """What one YAML file, or a mapping in it, may hold. Frozen; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


# Duration is re-exported as a field type. The rest of this module is the vocabulary of annotated types: each turns a scalar's text into its value.
Id = Annotated[str, ...]
Text = Annotated[str, ...]
Day = Annotated[date, ...]
