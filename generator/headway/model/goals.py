"""The goal plan: goals, their milestones and steps, and how they were reframed."""

from __future__ import annotations

from typing import Annotated

from headway.model.fields import Day, Document, GoalStatus, Id, Size, Text, TextList, Visibility, whole


class Step(Document):
    title: Text
    due: Day | None = None
    done: Day | None = None


class Milestone(Document):
    title: Text
    size: Size = Size.M
    due: Day | None = None
    done: Day | None = None
    dropped: Day | None = None
    """The day it was let go; a dropped milestone counts nowhere."""
    celebrated: Text | None = None
    steps: tuple[Step, ...] = ()
    visibility: Visibility | None = None


class Reframe(Document):
    """A goal's earlier wording, kept."""

    on: Day
    was: Text
    why: Text | None = None


class Goal(Document):
    id: Id
    title: Text
    owner: Text | None = None
    """A member's id, or ``all``; None means all."""
    why: Text | None = None
    area: TextList = ()
    measure: Text | None = None
    start: Day | None = None
    due: Day | None = None
    status: GoalStatus | None = None
    done: Day | None = None
    progress: Annotated[int, whole(0, 100)] | None = None
    """Judged progress, 0..100; None where it is computed from the milestones."""
    lesson: Text | None = None
    """What a dropped goal taught."""
    celebrated: Text | None = None
    visibility: Visibility | None = None
    details: Visibility | None = None
    """Who may see its reasons, measures and milestones; the partners where nothing is said."""
    milestones: tuple[Milestone, ...] = ()
    reframed: tuple[Reframe, ...] = ()


class GoalPlan(Document):
    """goals.yaml."""

    goals: tuple[Goal, ...] = ()
