"""What pages tell of the past, from git: when something last changed, and how a plan came to be what it is."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from headway.pages.parts import PersonLink


class ChangedView(Struct, frozen=True):
    """When something last changed, as git tells; ``person`` is None where nobody may or can be named."""

    on: date
    person: PersonLink | None
    is_role: bool = False
    """Whether the person stands there as their role, "by the mentor"."""


class PlanTurnView(Struct, frozen=True):
    """A change of a goal's plan, as git tells: of a milestone's, or, where that is None, of the goal itself.

    ``kind`` is added, removed, moved (from one day to another; None is no day) or reworded (``was`` before).
    """

    on: date | None
    kind: str
    milestone: str | None
    was: str | None
    due_from: date | None
    due_to: date | None


class ScopeView(Struct, frozen=True):
    """How many milestones a goal began with, how many came later, and how many were let go."""

    began: int
    later: int
    dropped: int
