"""The report of a partnership: all its numbers on one day, computed in order.

Each number has its own module; this one passes them on, and finds out until which day they hold. It cannot be wrong
by forgetting a rule: a computation tells the first day on which any of its answers about today turns
(`headway.progress.day`), and whether something differs on that day is seen by computing again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec.structs import replace

from headway.model.partnership import Partnership
from headway.model.program import Program
from headway.progress.day import Today
from headway.progress.goals import report_goals
from headway.progress.meetings import order_meetings, settle_meetings
from headway.progress.momentum import Signs, compute_momentum, compute_status, find_last_change
from headway.progress.report import PartnershipReport
from headway.progress.rhythm import compute_cadence, count_meetings, select_meetings
from headway.progress.tasks import compute_follow_through, count_tasks, report_tasks
from headway.progress.threads import follow_tasks


def compute_report(partnership: Partnership, program: Program, today: date) -> PartnershipReport:
    """Return the partnership's numbers on ``today``, and until which day they hold.

    Whatever order the partnership's meetings come in, the report has them by day.
    """
    ordered = order_meetings(partnership.meetings)
    threads = follow_tasks(partnership)

    def compute(on: Today, day: date) -> PartnershipReport:
        meetings = settle_meetings(ordered, partnership, program, on)
        cadence = compute_cadence(partnership)
        numbers = count_meetings(meetings, partnership, cadence, on)
        tasks = report_tasks(threads, meetings, on)
        status = compute_status(partnership, on)
        changed_on = find_last_change(partnership, tasks, on)
        signs = Signs(status, select_meetings(meetings), numbers, changed_on)
        return PartnershipReport(
            partnership=partnership,
            today=day,
            status=status,
            meetings=meetings,
            numbers=numbers,
            goals=report_goals(partnership, program.thresholds.behind, on),
            tasks=tasks,
            task_numbers=count_tasks(tasks),
            follow_through=compute_follow_through(partnership, tasks, on),
            momentum=compute_momentum(partnership, program, cadence, signs, on),
            fresh_until=None,
        )

    return add_fresh_until(compute, today)


def add_fresh_until(compute: Callable[[Today, date], PartnershipReport], day: date) -> PartnershipReport:
    """Return the report of ``day`` with the first later day on which it would differ; None where there is none."""
    today = Today(day)
    report = compute(today, day)
    while (turn := today.turn) is not None:
        today = Today(turn)
        if replace(compute(today, turn), today=day) != report:
            return replace(report, fresh_until=turn)
    return report
