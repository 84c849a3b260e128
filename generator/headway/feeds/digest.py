"""The digest: what happened in a partnership since a day, and what is next, for a message to its members.

Made of what the pages tell, like all feeds, so nothing is in it that its audience does not also find on a page. It
reminds and never nags; which reminder stands in which digest is decided in `headway.feeds.reminding`.
How it is written down is in `headway.feeds.digest_forms`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from headway.feeds.reminding import LONG_AFTER, WEEK, Period
from headway.feeds.told import Told, plain
from headway.model.fields import Visibility
from headway.pages.parts import GoalCard, MeetingCard, PersonLink, TaskView
from headway.pages.past import PlanTurnView
from headway.pages.views import AgreementView, GoalView, NoteView
from headway.progress.because import name_day

_CARRIED = 2
_MOST_LINES = 20
_OPEN = ("on-track", "behind", "overdue", "planned")
_OVER = ("paused", "closed")
_PARTNERS = (Visibility.PARTNERS.value, Visibility.PRIVATE.value)
_KEPT = ("held", "shortened")
_LOST = {"moved": "was moved", "cancelled": "did not take place", "missed": "did not take place"}
_MARKED = {"decision": "Decided", "question": "Asked", "blocker": "In the way", "idea": "An idea"}


class DigestLine(Struct, frozen=True):
    """One line, as plain text; ``reminds_of`` says of what, where it is a reminder."""

    text: str
    address: str | None = None
    reminds_of: str = ""


class DigestPart(Struct, frozen=True):
    heading: str
    lines: tuple[DigestLine, ...]


class Digest(Struct, frozen=True):
    """One partnership's digest; without parts where there is nothing to tell. ``next`` is the next meeting's day."""

    title: str
    address: str
    next: str
    parts: tuple[DigestPart, ...]


def compute_digest(told: Told, period: Period, terms: Mapping[str, str]) -> Digest:
    """Return what is told of the period; ``terms`` are the program's own words."""
    meeting = terms.get("meeting", "meeting")
    progress = told.progress
    moves = progress.momentum not in _OVER
    parts: list[tuple[str, Iterable[DigestLine]]] = [
        ("What happened", _happened(told, period, meeting)),
        # Others may not be told what was celebrated already, so only the partners are asked.
        ("What went well", _went_well(told, period, moves and told.pages[0].audience in _PARTNERS)),
        ("Decided and asked", _marked(told, period)),
        ("What changed in the plan", _changed(told.goals, period)),
    ]
    if moves:
        parts += [
            ("What is ahead", _ahead(told, period)),
            ("What you said you would do", _tasks(told, period)),
            ("A moment to check in", _check_in(told, period, meeting)),
        ]
    found = ((heading, tuple(lines)) for heading, lines in parts)
    shown = tuple(DigestPart(heading, _shorten(lines)) for heading, lines in found if lines)
    return Digest(_line(progress.title), told.address, _say_next(progress.next) if moves else "", shown)


def _shorten(lines: tuple[DigestLine, ...]) -> tuple[DigestLine, ...]:
    more = len(lines) - _MOST_LINES
    return lines if more <= 0 else (*lines[:_MOST_LINES], DigestLine(f"... and {more} more."))


def _line(text: str) -> str:
    return " ".join(text.split())


def _say_next(card: MeetingCard | None) -> str:
    if card is None or card.on is None:
        return ""
    at = f" at {card.at:%H:%M}" if card.at else ""
    return f"{name_day(card.on)}{at}{f': {_line(card.title)}' if card.title else ''}"


def _happened(told: Told, period: Period, meeting: str) -> Iterator[DigestLine]:
    for card in told.meetings:
        if card.on is None or not (period.covers(card.on) or card.status == "unconfirmed"):
            continue
        day, title = name_day(card.on), _line(card.title)
        name = f"{title}, {day}" if title else f"{_begin(card.kind if card.kind != 'meeting' else meeting)} of {day}"
        if card.status == "held":
            yield DigestLine(name, card.address)
        elif card.status == "shortened":
            minutes = f" {card.minutes} minutes, and they count." if card.minutes else " Short, and it counts."
            yield DigestLine(f"{name}.{minutes}", card.address)
        elif card.status in _LOST:
            yield DigestLine(f"{name}: {_LOST[card.status]}.", card.address)
        elif card.status == "unconfirmed" and period.reminds(card.on, ahead=False):
            ask = "was planned. Did it take place? A line is enough to write it down."
            yield DigestLine(f"{name}: {ask}", card.address, f"meeting {card.address}")
    for card in told.journal:
        if card.on is not None and period.covers(card.on):
            title = f": {_line(card.title)}" if card.title else ""
            yield DigestLine(f"Journal of {name_day(card.on)}{title}", card.address)


def _went_well(told: Told, period: Period, asks: bool) -> Iterator[DigestLine]:
    for view in told.goals:
        yield from _reached(_line(view.card.title), view.card.address, view.done, view.celebrated, period, asks)
        for milestone in view.milestones:
            place = f"{view.card.address}#{milestone.anchor}"
            if milestone.dropped is None:
                title = _line(milestone.title)
                yield from _reached(title, place, milestone.done, milestone.celebrated, period, asks)
    yield from _done_tasks(told, period)
    for cheer in told.progress.celebrations:
        if cheer.kind in ("win", "thanks") and period.covers(cheer.on):
            people = ", ".join(person.name for person in cheer.people)
            words = _line(plain(cheer.text))
            label = "Win" if cheer.kind == "win" else f"Thanks, {people}" if people else "Thanks"
            yield DigestLine(f"{label}: {words}", cheer.address)


def _reached(
    title: str, address: str, on: date | None, celebrated: str | None, period: Period, asks: bool
) -> Iterator[DigestLine]:
    """Tell of a milestone or goal that was reached: once, and again while nobody has celebrated it."""
    if on is None or on > period.today:
        return
    done = f"{title}: reached on {name_day(on)}."
    if celebrated:
        if period.covers(on):
            yield DigestLine(f"{done} Celebrated: {_line(celebrated)}.", address)
    elif asks and period.reminds(on, ahead=False):
        yield DigestLine(f"{done} How will you celebrate it?", address, f"celebrate {address}")
    elif period.covers(on):
        yield DigestLine(done, address)


def _done_tasks(told: Told, period: Period) -> Iterator[DigestLine]:
    """Tell of the tasks that stand ticked in the period's notes, each once."""
    seen = set()
    for page in told.pages:
        view = page.view
        if isinstance(view, NoteView) and view.kind in ("meeting", "journal") and period.covers(view.card.on):
            for task in view.tasks:
                words = _say_task(task)
                if task.state == "done" and words not in seen:
                    seen.add(words)
                    yield DigestLine(f"Done: {words}", page.address)


def _marked(told: Told, period: Period) -> Iterator[DigestLine]:
    for mark in told.progress.marks:
        if period.covers(mark.on) and mark.kind in _MARKED:
            yield DigestLine(f"{_MARKED[mark.kind]}: {_line(plain(mark.text))}", mark.address)


def _changed(goals: Iterable[GoalView], period: Period) -> Iterator[DigestLine]:
    for view in goals:
        title, address = _line(view.card.title), view.card.address
        if period.covers(view.start):
            yield DigestLine(f"New goal: {title}", address)
        for reframe in view.reframed:
            if period.covers(reframe.on):
                yield DigestLine(f"Reframed: {title} (it was: {_line(reframe.was)})", address)
        for milestone in view.milestones:
            if period.covers(milestone.dropped):
                yield DigestLine(f"Let go: {_line(milestone.title)} ({title})", address)
        for turn in view.turns:
            if period.covers(turn.on) and (words := _say_turn(turn, title)):
                yield DigestLine(words, address)


def _say_turn(turn: PlanTurnView, goal: str) -> str:
    what = f"{_line(turn.milestone)} ({goal})" if turn.milestone else goal
    if turn.kind == "added":
        return f"New in the plan: {what}"
    if turn.kind == "removed":
        return f"No longer in the plan: {what}"
    if turn.kind == "moved":
        before = f", before that {name_day(turn.due_from)}" if turn.due_from else ""
        return f"{what}: now for {name_day(turn.due_to)}{before}" if turn.due_to else f"{what}: now without a day"
    return f"New words: {what} (it was: {_line(turn.was)})" if turn.was else ""


def _ahead(told: Told, period: Period) -> Iterator[DigestLine]:
    """Tell of the days of the plan and of the agreement that come closer, or went by."""
    for view in told.goals:
        if view.card.standing not in _OPEN:
            continue
        yield from _due(view.card.due, _line(view.card.title), view.card, period)
        for milestone in view.milestones:
            if milestone.done or milestone.dropped:
                continue
            title = f"{_line(milestone.title)} ({_line(view.card.title)})"
            yield from _due(milestone.due, title, view.card, period, milestone.anchor)
            for step in milestone.steps:
                if step.done is None:
                    yield from _due(step.due, f"{_line(step.title)}, {title}", view.card, period, milestone.anchor)
    for page in told.pages:
        agreement = page.view
        if not isinstance(agreement, AgreementView):
            continue
        day = agreement.review_on
        if day and period.reminds(day) and not _reviewed(told, day):
            words = f"You wanted to read your agreement again on {name_day(day)}."
            yield DigestLine(f"{words} Does it still fit?", page.address, "agreement")


def _due(day: date | None, what: str, card: GoalCard, period: Period, anchor: str = "") -> Iterator[DigestLine]:
    if day is None or not period.reminds(day):
        return
    is_past = day <= period.today
    ask = "What would bring it closer, or does it need another day?" if is_past else "What is the next small step?"
    when = f"{'meant for' if is_past else 'for'} {name_day(day)}"
    address = f"{card.address}#{anchor}" if anchor else card.address
    yield DigestLine(f"{what}, {when}. {ask}", address, f"due {address} {what}")


def _reviewed(told: Told, review_on: date) -> bool:
    """Whether there was a review of the agreement's day or later; one in the week before counts as well."""
    days = (card.on for card in told.meetings if card.kind == "review" and card.status in _KEPT)
    return any(day is not None and (review_on - day).days <= WEEK for day in days)


def _tasks(told: Told, period: Period) -> Iterator[DigestLine]:
    """Tell of the open tasks by owner; one without a day counts from the day on which it was written."""
    tasks = [task for group in told.progress.tasks for task in group.tasks]
    found = [task for task in tasks if period.reminds(task.due or task.first_on, ahead=task.due is not None)]
    for task in found:
        thing = f"task {task.address} {_say_task(task)}"
        yield DigestLine(f"{_say_task(task)}{_ask_task(task, period)}", task.address, thing)
    if found and len(found) < len(tasks):
        more = len(tasks) - len(found)
        yield DigestLine(f"{more} more {'is' if more == 1 else 'are'} open.", told.address)


def _ask_task(task: TaskView, period: Period) -> str:
    if task.due is not None and task.due <= period.today:
        return f", meant for {name_day(task.due)}. What would help?"
    if task.carried >= _CARRIED:
        due = f", by {name_day(task.due)}" if task.due else ""
        return f"{due}. Open for {task.carried} meetings: is it still worth doing, or would a smaller step help?"
    return f", by {name_day(task.due)}" if task.due else ""


def _say_task(task: TaskView) -> str:
    owner: PersonLink | None = task.owner
    who = "All: " if task.is_everybodys else f"{owner.name}: " if owner else ""
    return f"{who}{_line(plain(task.text))}"


def _check_in(told: Told, period: Period, meeting: str) -> Iterator[DigestLine]:
    """Tell why somebody might call, once a week, where the audience may know what momentum is computed from."""
    progress = told.progress
    if not progress.moves or progress.meetings is None:
        return
    last = progress.meetings.last_on or progress.start
    if period.reminds(last, ahead=False, after=LONG_AFTER):
        yield DigestLine(_line(progress.because), told.address, "momentum")
        yield DigestLine(f"Even five minutes are a {meeting}. You may also reframe a goal, adjust it, or pause.")


def _begin(word: str) -> str:
    return word[:1].upper() + word[1:]
