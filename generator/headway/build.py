"""The walk: from a snapshot to the files of a site, one partnership at a time.

`check`, `status`, `export` and `build` are this walk, stopped at different places, so they cannot disagree.
Reads no clock; writes nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from headway.documents.scalars import parse_day
from headway.model.fields import Visibility
from headway.model.partnership import Partnership
from headway.model.program import Program
from headway.model.reading import read_partnership, read_program
from headway.model.record import ProgramContext, ProgramRecord
from headway.pages.addresses import Addresses
from headway.pages.audience import Withheld
from headway.pages.partnership_pages import plan_partnership_pages
from headway.pages.program_pages import plan_program_pages, site_view
from headway.pages.summary import PartnershipSummary, summarise
from headway.problems import Problem
from headway.progress.compute import compute_report
from headway.progress.report import PartnershipReport
from headway.source.snapshot import Folder, Snapshot
from headway.theme.themes import Theme, load_theme


@dataclass(frozen=True, slots=True)
class SiteFile:
    """One file of the site; ``path`` is its place from the site's root, as ``people/ada/index.html``."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class PartnershipSite:
    """What one partnership gives to the site, or its whole own site."""

    id: str
    files: tuple[SiteFile, ...] = ()
    pages: int = 0
    summary: PartnershipSummary | None = None
    withheld: Withheld = Withheld()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """What the caller chose, where it differs from what headway.yaml says. ``now`` is the caller's clock."""

    now: datetime
    today: date | None = None
    audience: Visibility | None = None
    epoch: int | None = None
    """SOURCE_DATE_EPOCH, seconds since 1970."""


def choose_today(program: Program, choice: Choice) -> date:
    """Return the day that all numbers are for: given, else the program's, else the epoch's, else now's."""
    if choice.today is not None:
        return choice.today
    if program.today is not None:
        return program.today
    if choice.epoch is not None:
        return datetime.fromtimestamp(choice.epoch, UTC).date()
    try:
        zone = ZoneInfo(program.timezone)
    except (OSError, ValueError):  # an unknown zone is a problem of headway.yaml, reported by its rules
        return choice.now.astimezone(UTC).date()
    return choice.now.astimezone(zone).date()


@dataclass(frozen=True, slots=True)
class Walk:
    """One walk through a program: its files, what all partnerships share, and what is wrong with that."""

    snapshot: Snapshot
    context: ProgramContext
    problems: tuple[Problem, ...]
    theme: Theme | None = None

    def folders(self, partnership: str | None = None) -> tuple[Folder, ...]:
        """Return the partnerships' folders, or only the one named."""
        folders = self.snapshot.partnerships
        return folders if partnership is None else tuple(f for f in folders if f.name == partnership)


def read_walk(snapshot: Snapshot, choice: Choice, *, with_theme: bool = False) -> Walk:
    """Start a walk: read the program's own files, decide the day and the audience, load the theme."""
    record, problems = read_program(snapshot)
    today = choose_today(record.program, choice)
    audience = choice.audience or record.program.site.audience
    theme, theme_problems = load_theme(record.program.site.theme, snapshot) if with_theme else (None, ())
    context = ProgramContext(record, today, audience)
    return Walk(snapshot, context, (*snapshot.problems, *problems, *theme_problems), theme)


def report_partnership(walk: Walk, folder: Folder) -> tuple[PartnershipReport | None, tuple[Problem, ...]]:
    """Read one partnership and compute its numbers; None where its files cannot be read at all."""
    context = walk.context
    partnership, problems = read_partnership(walk.snapshot, folder, context.record, context.today)
    if partnership is None:
        return None, problems
    return compute_report(partnership, context.record.program, context.today), problems


def report_partnerships(walk: Walk) -> tuple[list[PartnershipReport], list[Problem]]:
    """Return every partnership's report, and all problems of the program."""
    reports, problems = [], list(walk.problems)
    for folder in walk.folders():
        report, found = report_partnership(walk, folder)
        problems += found
        if report is not None:
            reports.append(report)
    return reports, problems
