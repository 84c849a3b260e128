"""The goal plan: goals, their milestones and steps, and how they were reframed."""

from __future__ import annotations

from typing import Annotated

from headway.documents.forms import Form
from headway.model.fields import Day, GoalStatus, Id, Name, Size, Text, TextList, Visibility, whole


class Step(Form, frozen=True):
    title: Text
    """The step, in a few words."""
    due: Day | None = None
    """The day it is to be done by."""
    done: Day | None = None
    """The day it was done."""


class Milestone(Form, frozen=True):
    title: Text
    """The milestone, in a few words."""
    size: Size = Size.M
    """S, M or L: how much of the goal it is; M where nothing is said."""
    due: Day | None = None
    """The day it is to be reached by."""
    done: Day | None = None
    """The day it was reached."""
    dropped: Day | None = None
    """The day it was let go; a dropped milestone counts nowhere."""
    celebrated: Text | None = None
    """How you celebrated it; small things count."""
    steps: tuple[Step, ...] = ()
    """The steps inside of it."""
    visibility: Visibility | None = None
    """Who may see it."""


class Reframe(Form, frozen=True):
    """A goal's earlier wording, kept."""

    on: Day
    """The day it was changed."""
    was: Text
    """The wording it had before."""
    why: Text | None = None
    """Why it changed."""


class Goal(Form, frozen=True):
    id: Id
    """A short name for addresses and for `goals:` in notes, as speak."""
    title: Name
    """The goal, in the owner's words."""
    owner: Text | None = None
    """A member's id, or ``all``; None means all."""
    why: Text | None = None
    """Why it matters to its owner."""
    area: TextList = ()
    """What it is about, one word or a list."""
    measure: Text | None = None
    """How you will both know that it is reached."""
    start: Day | None = None
    """The day work on it begins."""
    due: Day | None = None
    """The day it is to be reached by."""
    status: GoalStatus | None = None
    """planned, active, paused, done or dropped; derived where it is left out."""
    done: Day | None = None
    """The day it was reached."""
    progress: Annotated[int, whole(0, 100)] | None = None
    """Judged progress, 0..100; None where it is computed from the milestones."""
    lesson: Text | None = None
    """What a dropped goal taught."""
    celebrated: Text | None = None
    """How you celebrated it."""
    visibility: Visibility | None = None
    """Who may see its title, progress and standing."""
    details: Visibility | None = None
    """Who may see its reasons, measures and milestones; the partners where nothing is said."""
    milestones: tuple[Milestone, ...] = ()
    """The milestones on the way, of all sizes."""
    reframed: tuple[Reframe, ...] = ()
    """Earlier wordings of this goal; a goal that changed keeps them."""


class GoalPlan(Form, frozen=True):
    """goals.yaml."""

    goals: tuple[Goal, ...] = ()
    """The goals, the mentor's as well as the mentee's."""
