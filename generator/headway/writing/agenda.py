"""The agenda: the next meeting's note, drafted from what is open. It asks; it never tells anybody what to do.

Pure: from a report to text. Tasks stand in it in their own words, so that they are carried and not made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct

from headway.documents.note import EVERYBODY
from headway.model.goals import Goal
from headway.progress.report import MeetingReport, PartnershipReport, Standing
from headway.writing.ticking import OpenItem

_RECENT_DAYS = 60
"""How long something that was done waits to be celebrated."""
_CARRIED = 2
_MOST_CHANGES = 8
_MOST_TASKS = 20
"""More than these are no agenda; the others stay open all the same."""
_RECENT_MEETINGS = 6
"""Among how many of the last meetings a review is looked for, before reading the agreement again is asked for."""
_SIGHT_DAYS = 21
"""How far ahead milestones are looked for, at least."""


class AgendaLine(Struct, frozen=True):
    """A line of the draft; ``number`` is the open item's that it tells of, None where it tells of none."""

    text: str
    number: int | None = None


def draft_agenda(
    report: PartnershipReport, items: Sequence[OpenItem], on: date, name: Callable[[str], str]
) -> tuple[AgendaLine, ...]:
    """Return the agenda of the meeting on that day; ``items`` are what is open, ``name`` gives a person's name."""
    since = report.numbers.last_on or report.partnership.start
    sections = (
        ("To celebrate", _celebrate(report, since)),
        ("What we said we would do", _open_tasks(items, name)),
        ("Milestones ahead", _milestones(items, on, round(report.partnership.cadence))),
        ("What changed in the plan", _changes(report, since, on)),
        ("Goals that have been quiet", _quiet_goals(report, on, name)),
        ("Left open last time", _questions(report)),
        ("How we work together", _together(report, on)),
    )
    ago = f" since we met on {since.isoformat()}" if report.numbers.last_on and since else ""
    lines = [AgendaLine("## How are you?"), AgendaLine(""), AgendaLine(f"- What has been on your mind{ago}?")]
    for heading, section in sections:
        found = list(section)
        if found:
            lines += [AgendaLine(""), AgendaLine(f"## {heading}"), AgendaLine(""), *found]
    end = ("", "## Notes", "", "## Next steps", "", "- [ ] ")
    return (*lines, *map(AgendaLine, end))


def render_agenda(lines: Sequence[AgendaLine]) -> str:
    """Return the draft as the text of a note."""
    return "".join(f"{line.text}\n" for line in lines)


def _celebrate(report: PartnershipReport, since: date | None) -> Iterator[AgendaLine]:
    first = min(filter(None, (since, report.today - timedelta(days=_RECENT_DAYS))))
    for goal in (goal_report.goal for goal_report in report.goals):
        if goal.done and not goal.celebrated and first <= goal.done <= report.today:
            yield AgendaLine(f"- {goal.title}: reached on {goal.done.isoformat()}. How shall we celebrate it?")
        for m in goal.milestones:
            if m.done and not m.celebrated and first <= m.done <= report.today:
                yield AgendaLine(f"- {m.title}: done on {m.done.isoformat()}. How shall we celebrate it?")


def _open_tasks(items: Sequence[OpenItem], name: Callable[[str], str]) -> Iterator[AgendaLine]:
    every = [item for item in items if item.kind == "task"]
    tasks, older = every[-_MOST_TASKS:], len(every[:-_MOST_TASKS])
    owners = dict.fromkeys(item.owner for item in tasks)
    for owner in sorted(owners, key=lambda owner: (owner is None, owner == EVERYBODY)):
        for item in tasks:
            if item.owner == owner:
                yield from _task(item, name)
    if older:
        yield AgendaLine("")
        yield AgendaLine(f"{older} older {'one is' if older == 1 else 'ones are'} open, too. Which can we let go?")
    if tasks:
        yield AgendaLine("")
        yield AgendaLine("What helped with these, and what would make the next ones easier?")


def _task(item: OpenItem, name: Callable[[str], str]) -> Iterator[AgendaLine]:
    who = "" if item.owner is None else "all: " if item.owner == EVERYBODY else f"{name(item.owner)}: "
    due = f" (due {item.due.isoformat()})" if item.due else ""
    yield AgendaLine(f"- [ ] {who}{' '.join(item.words.split())}{due}", item.number)
    if item.carried >= _CARRIED:
        yield AgendaLine(
            f"  - Open for {item.carried} meetings: is it still worth doing, or would a smaller step help?"
        )


def _milestones(items: Sequence[OpenItem], on: date, cadence: int) -> Iterator[AgendaLine]:
    horizon = on + timedelta(days=max(cadence, _SIGHT_DAYS))
    for item in sorted((i for i in items if i.kind != "task" and i.due), key=lambda i: i.due or date.max):
        if item.due is None or item.due > horizon:
            continue
        what = f"- {item.words} ({item.within})"
        if item.due < on:
            ask = f"meant for {item.due.isoformat()}. What would bring it closer, or does it need another day?"
        else:
            ask = f"meant for {item.due.isoformat()}. What is the next small step?"
        yield AgendaLine(f"{what}: {ask}", item.number)


def _changes(report: PartnershipReport, since: date | None, on: date) -> Iterator[AgendaLine]:
    if since is None:
        return
    for goal in (goal_report.goal for goal_report in report.goals):
        if goal.start and since < goal.start <= on:
            yield AgendaLine(f"- New: {goal.title}. What is the first step?")
        for reframe in goal.reframed:
            if since <= reframe.on <= on:
                yield AgendaLine(f"- {goal.title} (it was: {reframe.was}). Does the new wording fit?")
        for milestone in goal.milestones:
            if milestone.dropped and since <= milestone.dropped <= on:
                yield AgendaLine(f"- {milestone.title}: let go. What did we learn from it?")
    found = {line.text: line for line in _moved_days(report, since, on)}
    yield from list(found.values())[-_MOST_CHANGES:]


def _moved_days(report: PartnershipReport, since: date, on: date) -> Iterator[AgendaLine]:
    """Tell what the history says and the plan itself does not: days that moved, milestones that came and went."""
    for change in report.partnership.history.until(report.today).plan:
        if change.on is None or not since < change.on <= on:
            continue
        begun = {turn.goal for turn in change.turns if not turn.is_milestone and turn.before is None}
        for before, after in ((t.before, t.after) for t in change.turns if t.goal not in begun):
            if before and after and before.due and after.due and before.due != after.due:
                days = f"{after.due.isoformat()} instead of {before.due.isoformat()}"
                yield AgendaLine(f"- {after.title}: now for {days}. What does it need?")
            elif before is None and after is not None:
                yield AgendaLine(f"- New: {after.title}. What is the first step?")
            elif after is None and before is not None:
                yield AgendaLine(f"- {before.title}: no longer in the plan. What did we learn from it?")


def _quiet_goals(report: PartnershipReport, on: date, name: Callable[[str], str]) -> Iterator[AgendaLine]:
    """Goals of which nothing was written since the last review; since the start where there was none."""
    reviews = [r.meeting.on for r in _kept(report) if r.meeting.note.kind == "review" and r.meeting.on]
    since = reviews[-1] if reviews else report.partnership.start
    if since is None or (on - since).days < report.partnership.cadence:
        return
    named = {goal for r in report.meetings if r.meeting.on and r.meeting.on > since for goal in r.meeting.note.goals}
    for goal_report in report.goals:
        goal = goal_report.goal
        is_open = goal_report.standing not in (Standing.DONE, Standing.DROPPED, Standing.PAUSED, Standing.PLANNED)
        if is_open and goal.id not in named and not any(day > since for day in _days_of(goal)):
            who = f" ({name(goal.owner)})" if goal.owner and goal.owner != EVERYBODY else ""
            words = f"nothing is written of it since {since.isoformat()}. Is it still what you want?"
            yield AgendaLine(f"- {goal.title}{who}: {words}")


def _days_of(goal: Goal) -> Iterator[date]:
    """Yield the days on which something is written to have happened with a goal."""
    days = [goal.start, goal.done, *(reframe.on for reframe in goal.reframed)]
    for milestone in goal.milestones:
        days += [milestone.done, milestone.dropped, *(step.done for step in milestone.steps)]
    yield from (day for day in days if day is not None)


def _questions(report: PartnershipReport) -> Iterator[AgendaLine]:
    for meeting in _kept(report)[-1:]:
        for mark in meeting.meeting.note.marks:
            if mark.kind in ("question", "blocker"):
                words = " ".join(mark.text.split())
                yield AgendaLine(f"- {words}" if mark.kind == "question" else f"- {words} What would help?")


def _together(report: PartnershipReport, on: date) -> Iterator[AgendaLine]:
    agreement = report.partnership.agreement
    if report.partnership.file.agreement is None:
        yield AgendaLine("- What do we want to agree on: how often, how long, what success looks like?")
    reviewed = any(r.meeting.note.kind == "review" and r.meeting.on for r in _kept(report)[-_RECENT_MEETINGS:])
    if agreement.review_on and agreement.review_on <= on and not reviewed:
        yield AgendaLine(
            f"- We wanted to read our agreement again by {agreement.review_on.isoformat()}. Does it still fit?"
        )
    if agreement.feedback:
        yield AgendaLine(f"- Feedback: {agreement.feedback}.".replace("..", "."))
    else:
        yield AgendaLine("- What worked well today, and what shall we try next time?")
    yield AgendaLine("- When do we meet next?")


def _kept(report: PartnershipReport) -> list[MeetingReport]:
    return [r for r in report.meetings if r.is_kept]
