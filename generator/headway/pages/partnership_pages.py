"""A partnership's pages: which there are for an audience, and its progress page.

The order of the progress page is that of people's needs: the agreed goals, what is open, the meetings, then
what went well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from headway.model.fields import MeetingStatus
from headway.model.program import ProgramContext
from headway.pages.addresses import Addresses
from headway.pages.agreement_page import plan_agreement_page
from headway.pages.audience import Withheld
from headway.pages.consent import count_unallowed
from headway.pages.editing import link_partnership_pages
from headway.pages.feed_links import PICTURE, partnership_feeds, site_url
from headway.pages.goal_pages import goal_card, plan_goal_pages
from headway.pages.goal_story import changed_view, sees_past
from headway.pages.happenings import find_since, list_goal_happenings, list_happenings, list_lately
from headway.pages.highlights import celebrations, energy_lines, feedback_views, mark_views, not_yet_celebrated
from headway.pages.note_links import check_links, shown_files
from headway.pages.note_pages import (
    cards_by_goal,
    journal_card,
    meeting_card,
    meetings_view,
    plan_journal_pages,
    plan_meeting_pages,
)
from headway.pages.parts import GoalCard, MeetingCard
from headway.pages.prose import hidden_lines
from headway.pages.shown import Shown, link_targets, show_partnership
from headway.pages.sight import all_notes
from headway.pages.summary import cohort_link, say_momentum
from headway.pages.task_views import TaskIndex, follow_through, group_open_tasks, index_tasks
from headway.pages.trail import TrailView, compute_trail
from headway.pages.views import Page, PartnershipView
from headway.problems import Problem, sort_problems
from headway.progress.report import GoalReport, MomentumState, PartnershipReport

RECENT = 5
"""How many meetings and journal entries the progress page shows."""


class Attachment(Struct, frozen=True):
    """A file that a page shows or links: its path in the repository, and its address on the site."""

    path: str
    address: str


class PartnershipPages(Struct, frozen=True):
    """One partnership's pages and the files they need; ``problems`` are about its links and pictures."""

    pages: tuple[Page, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    withheld: Withheld = field(default_factory=Withheld)
    problems: tuple[Problem, ...] = ()


def plan_partnership_pages(
    report: PartnershipReport, context: ProgramContext, addresses: Addresses
) -> PartnershipPages:
    """Return the pages of a partnership that the audience may see: none where it may not know of it.

    The problems are the same for every audience.
    """
    problems = check_partnership_links(report, context, addresses)
    shown = show_partnership(report, context, addresses)
    if shown is None:
        return PartnershipPages(withheld=Withheld(partnerships=1), problems=problems)
    pages = tuple(link_partnership_pages(_plan_pages(shown), shown))
    if site_url(context, addresses):
        pages = tuple(replace(page, picture=addresses.beside(shown.id, PICTURE)) for page in pages)
    return PartnershipPages(pages, _attachments(shown), _count_withheld(report, shown), problems)


def check_partnership_links(
    report: PartnershipReport, context: ProgramContext, addresses: Addresses
) -> tuple[Problem, ...]:
    """Return what is wrong with the links and pictures of the notes, for every audience alike."""
    targets = link_targets(report.partnership, context, addresses)
    return sort_problems(found for note in all_notes(report.partnership) for found in check_links(note, targets))


def _plan_pages(shown: Shown) -> Iterator[Page]:
    goals = {entry.goal.id: goal_card(shown, entry) for entry in shown.goals}
    meetings = [meeting_card(shown, entry) for entry in shown.meetings]
    journal = [journal_card(shown, entry) for entry in shown.journal]
    index = index_tasks(shown)
    view = _progress_view(shown, tuple(goals.values()), meetings, journal, index)
    audience = shown.sight.context.audience.value
    sight, has_meetings = shown.sight, bool(meetings)
    feeds = partnership_feeds(shown.id, shown.title, sight.context, sight.addresses, has_meetings=has_meetings)
    said = view.purpose or view.because
    yield Page(shown.link.address, "partnership.html", shown.title, view, audience, (), said, feeds=feeds)
    trails = {entry.goal.id: _goal_trail(shown, entry) for entry in shown.goals}
    yield from plan_goal_pages(shown, tuple(goals.values()), cards_by_goal(shown, meetings), trails)
    yield from plan_meeting_pages(shown, meetings, goals, index)
    yield from plan_journal_pages(shown, journal, goals, index)
    yield plan_agreement_page(shown)


def _progress_view(
    shown: Shown,
    goals: tuple[GoalCard, ...],
    meetings: Sequence[MeetingCard],
    journal: Sequence[MeetingCard],
    index: TaskIndex,
) -> PartnershipView:
    report, partnership, sight = shown.report, shown.partnership, shown.sight
    prose = shown.prose(shown.link.address)
    happenings = list_happenings(shown)
    since = find_since(shown, happenings, journal)
    return PartnershipView(
        title=shown.title,
        kind=partnership.file.kind.value,
        cohort=cohort_link(shown),
        members=tuple(sight.member(member) for member in partnership.members),
        start=partnership.start,
        end=partnership.end,
        status=report.status.value,
        reason=sight.say_or_none(partnership.file.reason),
        purpose=sight.say_or_none(partnership.file.purpose),
        momentum=report.momentum.state.value,
        because=say_momentum(shown),
        moves=report.momentum.state in (MomentumState.NEEDS_CHECK_IN, MomentumState.STALLED),
        goals=goals,
        tasks=group_open_tasks(shown, index, prose),
        tasks_done=report.task_numbers.done if shown.sees_all else None,
        follow_through=follow_through(shown),
        meetings=meetings_view(shown),
        next=_next(shown, meetings),
        recent=_recent(meetings),
        celebrations=celebrations(shown, prose),
        not_yet_celebrated=not_yet_celebrated(shown),
        marks=mark_views(shown, prose),
        feedback=feedback_views(shown, prose),
        energy=energy_lines(shown),
        journal=tuple(reversed(journal))[:RECENT],
        links=tuple(shown.section_links()),
        trail=compute_trail(happenings, partnership.start, partnership.end, report.today),
        lately=list_lately(happenings, journal, since, report.today),
        since=since,
        changed=changed_view(shown, shown.history.last_change(_shown_files(shown))),
    )


def _goal_trail(shown: Shown, entry: GoalReport) -> TrailView | None:
    """Return the trail of one goal, from its own start to its due day; only its meetings are no picture yet."""
    happenings = list_goal_happenings(shown, entry)
    if not any(happening.state for happening in happenings):
        return None
    sees_details = shown.sight.sees_details(entry.goal)
    start = entry.goal.start if sees_details else None
    return compute_trail(happenings, start or shown.partnership.start, None, shown.report.today)


def _shown_files(shown: Shown) -> Iterator[str]:
    """Yield the partnership's files, from its folder, of which there is nothing that the audience may not see."""
    sight = shown.sight
    yield "partnership.yaml"
    if sees_past(shown):
        yield "goals.yaml"
    partnership = shown.partnership
    held = [(entry.note, entry.visibility) for entry in partnership.meetings]
    held += [(entry.note, entry.visibility) for entry in partnership.journal]
    held += [(entry.note, entry.visibility) for entry in partnership.introductions]
    hidden = {note.path for note, visibility in held if not sight.sees(visibility) or hidden_lines(note, sight)}
    yield from (path.split("/", 3)[-1] for path in {note.path for note, _ in held} - hidden)


def _next(shown: Shown, cards: Sequence[MeetingCard]) -> MeetingCard | None:
    """Return the next meeting: one with a note already, else the day that a note announces."""
    today, numbers = shown.report.today, shown.report.numbers
    announced = numbers.next_on if shown.sees_all else None
    planned = [c for c in cards if c.status == MeetingStatus.PLANNED and c.on is not None and c.on >= today]
    first = min(planned, key=lambda card: (card.on, card.at is None, card.at), default=None)
    if announced is None or (first is not None and first.on is not None and first.on <= announced):
        return first
    return MeetingCard("", None, announced, numbers.next_at, MeetingStatus.PLANNED.value, "meeting", None, "")


def _recent(cards: Sequence[MeetingCard]) -> tuple[MeetingCard, ...]:
    past = [card for card in cards if card.on is not None and card.status != MeetingStatus.PLANNED]
    return tuple(reversed(past[-RECENT:]))


def _attachments(shown: Shown) -> tuple[Attachment, ...]:
    notes = (
        *(entry.meeting.note for entry in shown.meetings),
        *(entry.note for entry in shown.journal),
        *(entry.note for entry in shown.introductions),
    )
    paths = {path for note in notes for path in shown_files(note, shown.targets, hidden_lines(note, shown.sight))}
    return tuple(Attachment(path, shown.targets.files[path]) for path in sorted(paths))


def _count_withheld(report: PartnershipReport, shown: Shown) -> Withheld:
    partnership = report.partnership
    return Withheld(
        goals=len(report.goals) - len(shown.goals),
        goal_details=sum(not shown.sight.sees_details(entry.goal) for entry in shown.goals),
        meetings=len(report.meetings) - len(shown.meetings),
        journal=len(partnership.journal) - len(shown.journal),
        introductions=len(partnership.introductions) - len(shown.introductions),
        unallowed=count_unallowed(report, shown.sight.context),
    )
