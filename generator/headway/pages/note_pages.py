"""Note pages: meetings, journal entries and logbooks' introductions, and the lists of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from headway.documents.dates import find_date
from headway.documents.note import Note
from headway.model.history import LastChange
from headway.model.partnership import JournalEntry
from headway.pages.goal_story import changed_view
from headway.pages.parts import GoalCard, Link, MeetingCard, MeetingsView, PersonLink
from headway.pages.prose import excerpt, hidden_lines, title_lines
from headway.pages.shown import Shown
from headway.pages.task_views import InheritedTasks, Place, TaskIndex, note_tasks
from headway.pages.views import MeetingListView, NoteView, Page
from headway.patterns import compile_late
from headway.progress.report import MeetingReport

_WEEKDAY = compile_late(r"(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?\Z")
_OUTCOME = compile_late(r"(held|shortened|moved|cancell?ed|missed|planned|min(utes?)?|\d+)\Z")
_ISO = compile_late(r"\d{4}-\d\d-\d\d\Z")
_MARKS = compile_late(r"[\W_]+")

YearList = tuple[tuple[str, tuple[MeetingCard, ...]], ...]


def short_title(title: str) -> str:
    """Return a note's title for lists: "" where it only repeats the day and what became of the meeting."""
    found = find_date(title)
    if found is None:
        return title
    rest = _MARKS.sub(" ", title[: found.start] + " " + title[found.end :]).lower().split()
    return "" if all(_WEEKDAY.match(word) or _OUTCOME.match(word) for word in rest) else title


def page_title(title: str) -> str:
    """Return a note's title for its own page: "" only for a bare ISO day, so that no word of it is lost."""
    return "" if _ISO.match(title) else title


def meeting_card(shown: Shown, entry: MeetingReport) -> MeetingCard:
    """Return a meeting for lists."""
    note = entry.meeting.note
    return MeetingCard(
        title=short_title(shown.sight.title(note)),
        address=shown.meeting_address(entry.meeting.slug),
        on=note.date,
        at=note.time,
        status=entry.status.value if entry.status else None,
        kind=note.kind,
        minutes=note.minutes,
        excerpt=excerpt(note, shown.sight, shown.targets.titles),
        people=shown.people(note.attendance.present),
    )


def journal_card(shown: Shown, entry: JournalEntry) -> MeetingCard:
    """Return a journal entry for lists; its author stands as its people."""
    note = entry.note
    return MeetingCard(
        title=short_title(shown.sight.title(note)),
        address=shown.journal_address(entry.slug),
        on=note.date,
        at=note.time,
        status=None,
        kind="journal",
        minutes=None,
        excerpt=excerpt(note, shown.sight, shown.targets.titles),
        people=shown.people([entry.author] if entry.author else []),
    )


def meetings_view(shown: Shown) -> MeetingsView | None:
    """Return the meeting numbers, where every meeting that they count may be seen."""
    if not shown.sees_all:
        return None
    numbers = shown.report.numbers
    return MeetingsView(
        kept=numbers.kept,
        expected=numbers.expected,
        shortened=numbers.shortened,
        moved=numbers.moved,
        cancelled=numbers.cancelled,
        missed=numbers.missed,
        planned=numbers.planned,
        unconfirmed=numbers.unconfirmed,
        experiences=numbers.experiences,
        run=numbers.run,
        last_on=numbers.last_on,
        next_on=numbers.next_on,
        next_at=numbers.next_at,
    )


def cards_by_goal(shown: Shown, cards: Sequence[MeetingCard]) -> dict[str, list[MeetingCard]]:
    """Return the meetings whose notes name each goal, newest first; ``cards`` are those of ``shown.meetings``."""
    found: dict[str, list[MeetingCard]] = {}
    for entry, card in zip(reversed(shown.meetings), reversed(cards), strict=True):
        for goal in dict.fromkeys(entry.meeting.note.goals):
            found.setdefault(goal, []).append(card)
    return found


def plan_meeting_pages(
    shown: Shown, cards: Sequence[MeetingCard], goals: Mapping[str, GoalCard], index: TaskIndex
) -> Iterator[Page]:
    """Yield the list of meetings, a page for each, and the logbooks' introductions."""
    audience = shown.sight.context.audience.value
    introductions = tuple(_introductions(shown, index))
    meetings = Link("Meetings", shown.sight.addresses.meetings(shown.id))
    if shown.meetings or introductions:
        links = tuple(Link(page.title, page.address) for page in introductions)
        view = MeetingListView(shown.link, meetings_view(shown), _by_year(cards), links)
        yield Page(meetings.address, "meetings.html", meetings.text, view, audience, (shown.link,))
    yield from introductions
    tasks = InheritedTasks(shown, index)
    for number, (entry, card) in enumerate(zip(shown.meetings, cards, strict=True)):
        item = _Item(entry.meeting.note, card, (False, entry.meeting.slug), "meeting", entry.has_late_notice)
        note = _note_view(shown, item, goals, index)
        if card.on is not None:
            inherited, more = tasks.before(card.on, card.address or "/")
            note = replace(note, inherited=inherited, inherited_more=more)
        yield _note_page(shown, _with_neighbours(note, cards, number), (shown.link, meetings))


def plan_journal_pages(
    shown: Shown, cards: Sequence[MeetingCard], goals: Mapping[str, GoalCard], index: TaskIndex
) -> Iterator[Page]:
    """Yield the list of the journal and a page for each of its entries."""
    if not shown.journal:
        return
    audience = shown.sight.context.audience.value
    journal = Link("Journal", shown.sight.addresses.journal(shown.id))
    view = MeetingListView(shown.link, None, _by_year(cards), (), "journal")
    yield Page(journal.address, "meetings.html", journal.text, view, audience, (shown.link,))
    for number, (entry, card) in enumerate(zip(shown.journal, cards, strict=True)):
        note = _note_view(shown, _Item(entry.note, card, (True, entry.slug), "journal"), goals, index)
        yield _note_page(shown, _with_neighbours(note, cards, number), (shown.link, journal))


class _Item(Struct, frozen=True):
    """A note that gets a page; ``place`` is where its tasks are looked up."""

    note: Note
    card: MeetingCard
    place: Place
    kind: str
    has_late_notice: bool = False


def _introductions(shown: Shown, index: TaskIndex) -> Iterator[Page]:
    for introduction in shown.introductions:
        note, address = introduction.note, shown.introduction_address(introduction)
        title = page_title(shown.sight.title(note)) or "Logbook"
        # A file's name, where it says nothing else, is written as a title is.
        title = title.replace("-", " ").capitalize() if title == PurePosixPath(note.path).stem else title
        beginning = excerpt(note, shown.sight, shown.targets.titles)
        card = MeetingCard(title, address, note.date, None, None, "introduction", None, beginning)
        # Tasks of an introduction belong to no meeting: they stand in its text and are followed nowhere.
        view = replace(
            _note_view(shown, _Item(note, card, (False, ""), "introduction"), {}, index), card=card, tasks=()
        )
        yield _note_page(shown, view, (shown.link,))


def _note_page(shown: Shown, view: NoteView, trail: tuple[Link, ...]) -> Page:
    card, audience = view.card, shown.sight.context.audience.value
    return Page(card.address or "/", "note.html", _name(card), view, audience, trail, card.excerpt, _day(card))


def _note_view(shown: Shown, item: _Item, goals: Mapping[str, GoalCard], index: TaskIndex) -> NoteView:
    sight, note = shown.sight, item.note
    prose = shown.prose(item.card.address or "/")
    named = [goals[goal] for goal in dict.fromkeys(note.goals) if goal in goals]
    return NoteView(
        card=replace(item.card, title=page_title(sight.title(note))),
        partnership=shown.link,
        kind=item.kind,
        body=prose.body(note, (*title_lines(note), *hidden_lines(note, sight))),
        people=item.card.people,
        guests=tuple(sight.say(guest) for guest in note.attendance.guests),
        absent=shown.people(note.attendance.absent),
        planned_minutes=note.planned_minutes,
        has_late_notice=item.has_late_notice,
        goals=tuple(Link(goal.title, goal.address) for goal in named),
        tasks=note_tasks(shown, index, note, item.place, prose),
        energy=_energy(shown, note),
        next_on=note.next_on,
        earlier=None,
        later=None,
        path="" if sight.redaction.tells_path(note.path) else note.path,
        changed=changed_view(shown, _last_change(shown, note)),
    )


def _last_change(shown: Shown, note: Note) -> LastChange | None:
    """Return when a note's file last changed; None for a logbook's, and where it holds what may not be shown."""
    path = note.path.split("/", 3)[-1]
    is_whole = path.startswith(("meetings/", "journal/")) and not hidden_lines(note, shown.sight)
    return shown.history.last_change([path]) if is_whole else None


def _with_neighbours(view: NoteView, cards: Sequence[MeetingCard], number: int) -> NoteView:
    def link(card: MeetingCard) -> Link:
        return Link(_name(card), card.address or "/", _day(card))

    earlier = link(cards[number - 1]) if number > 0 else None
    later = link(cards[number + 1]) if number + 1 < len(cards) else None
    return replace(view, earlier=earlier, later=later)


def _energy(shown: Shown, note: Note) -> tuple[tuple[PersonLink, int], ...]:
    if not shown.sight.is_partners:
        return ()
    return tuple((shown.sight.person(person), value) for person, value in note.energy.items())


def _name(card: MeetingCard) -> str:
    return card.title or (card.on.isoformat() if card.on else "Note")


def _day(card: MeetingCard) -> date | None:
    """Return the day that stands for a title."""
    return None if card.title else card.on


def _by_year(cards: Sequence[MeetingCard]) -> YearList:
    years: dict[str, list[MeetingCard]] = {}
    undated = [card for card in cards if card.on is None]
    for card in reversed(cards):
        if card.on is not None:
            years.setdefault(f"{card.on.year:04}", []).append(card)
    if undated:
        years[""] = undated
    return tuple((year, tuple(found)) for year, found in years.items())
