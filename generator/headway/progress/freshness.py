"""Freshness: until which day a report holds, if no file changes.

Cannot be wrong by forgetting a rule: a computation tells the first day on which any of its answers about
today turns (`headway.progress.day`), so before that day nothing can differ. Whether something does on that
day is seen by computing again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from headway.progress.day import Today
from headway.progress.report import PartnershipReport


def add_fresh_until(compute: Callable[[Today, date], PartnershipReport], day: date) -> PartnershipReport:
    """Return the report of ``day`` with the first later day on which it would differ; None where there is none."""
    today = Today(day)
    report = compute(today, day)
    while (turn := today.turn) is not None:
        today = Today(turn)
        if replace(compute(today, turn), today=day) != report:
            return replace(report, fresh_until=turn)
    return report
