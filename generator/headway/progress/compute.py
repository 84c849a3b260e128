"""The report of a partnership: all its numbers on one day, computed in order.

Each number has its own module; this one only passes them on.
"""

from __future__ import annotations

from datetime import date

from headway.model.partnership import Partnership
from headway.model.program import Program
from headway.progress.cadence import compute_cadence
from headway.progress.changes import find_last_change
from headway.progress.day import Today
from headway.progress.follow_through import compute_follow_through
from headway.progress.freshness import add_fresh_until
from headway.progress.goals import report_goals
from headway.progress.meetings import order_meetings, settle_meetings
from headway.progress.momentum import Signs, compute_momentum
from headway.progress.report import PartnershipReport
from headway.progress.rhythm import count_meetings, select_meetings
from headway.progress.status import compute_status
from headway.progress.tasks import count_tasks, report_tasks
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
