"""What is shown of one partnership to one audience, looked up once for all its pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from headway.model.history import PartnershipHistory
from headway.model.partnership import Introduction, JournalEntry, Meeting, Partnership
from headway.model.person import Consent
from headway.model.program import ProgramContext
from headway.pages.addresses import Addresses
from headway.pages.audience import sees_partnership, sees_person
from headway.pages.consent import list_allowed, list_members, withhold_without_consent
from headway.pages.note_links import Targets, reference_name
from headway.pages.parts import Link, PersonLink
from headway.pages.prose import Prose
from headway.pages.sight import Sight, all_notes, partnership_sight, shown_title
from headway.progress.report import GoalReport, MeetingReport, PartnershipReport

CONTENT = "content"


class Shown(Struct, frozen=True):
    """A partnership as its audience sees it. Meetings, journal and goals are the visible ones, in their order.

    ``sees_all`` tells whether numbers over the notes may be shown: where not one of those notes is withheld.
    """

    report: PartnershipReport
    sight: Sight
    id: str
    title: str
    targets: Targets
    meetings: tuple[MeetingReport, ...]
    journal: tuple[JournalEntry, ...]
    introductions: tuple[Introduction, ...]
    goals: tuple[GoalReport, ...]
    sees_all: bool
    history: PartnershipHistory
    """What git tells, up to the report's day."""
    allowed: frozenset[Consent]
    """What may be told of all members together: to the partners everything, to others with everybody's consent."""

    @property
    def partnership(self) -> Partnership:
        return self.report.partnership

    @property
    def celebrates(self) -> bool:
        return "celebrations" in self.allowed

    @property
    def link(self) -> Link:
        return Link(self.title, self.sight.addresses.partnership(self.id))

    def prose(self, page: str) -> Prose:
        """Return what writes people's Markdown for the page at that address."""
        return Prose(self.sight, self.targets, page)

    def meeting_address(self, slug: str) -> str:
        return self.sight.addresses.meeting(self.id, self.sight.shown_name(slug))

    def journal_address(self, slug: str) -> str:
        return self.sight.addresses.journal_entry(self.id, self.sight.shown_name(slug))

    def introduction_address(self, introduction: Introduction) -> str:
        stem = PurePosixPath(introduction.note.path).stem
        return self.sight.addresses.introduction(self.id, self.sight.shown_name(stem))

    def goal_address(self, goal_id: str) -> str:
        return self.sight.addresses.goal(self.id, self.sight.shown_name(goal_id))

    def section_links(self) -> Iterator[Link]:
        """Yield the links to the partnership's other pages, as far as there are any."""
        addresses = self.sight.addresses
        if self.goals:
            yield Link("Goals", addresses.goals(self.id))
        if self.meetings or self.introductions:
            yield Link("Meetings", addresses.meetings(self.id))
        if self.journal:
            yield Link("Journal", addresses.journal(self.id))
        yield Link("Agreement", addresses.agreement(self.id))

    def people(self, ids: Iterable[str]) -> tuple[PersonLink, ...]:
        return tuple(self.sight.person(person_id) for person_id in ids)


def show_partnership(report: PartnershipReport, context: ProgramContext, addresses: Addresses) -> Shown | None:
    """Return what the audience sees of a partnership, or None where it may not know of it."""
    if not sees_partnership(report.partnership, context):
        return None
    report = withhold_without_consent(report, context)
    partnership = report.partnership
    sight = partnership_sight(partnership, context, addresses)
    plain = Shown(
        report=report,
        sight=sight,
        id=sight.shown_name(partnership.id),
        title=shown_title(partnership, sight),
        targets=Targets(f"{CONTENT}/partnerships/{partnership.id}"),
        meetings=tuple(entry for entry in report.meetings if sight.sees(entry.meeting.visibility)),
        journal=tuple(entry for entry in partnership.journal if sight.sees(entry.visibility)),
        introductions=tuple(entry for entry in partnership.introductions if sight.sees(entry.visibility)),
        goals=tuple(entry for entry in report.goals if sight.sees_goal(entry.goal)),
        sees_all=sight.sees_all_meetings(partnership),
        history=partnership.history.until(report.today),
        allowed=list_allowed(list_members(partnership), context),
    )
    return _with_targets(plain)


def program_targets(context: ProgramContext, addresses: Addresses) -> dict[str, str | None]:
    """Return the addresses of the program's own pages by their files' paths; None where they are withheld."""
    record, audience = context.record, context.audience
    return {
        page.note.path: addresses.page(page.slug) if audience.admits(page.visibility) else None for page in record.pages
    }


def link_targets(partnership: Partnership, context: ProgramContext, addresses: Addresses) -> Targets:
    """Return what the notes of a partnership may link to where only broken links are asked for."""
    return _targets(partnership, {}, context, addresses, {})


def _with_targets(shown: Shown) -> Shown:
    addresses, context = shown.sight.addresses, shown.sight.context
    pages: dict[str, str | None] = {}
    many = _files_of_many(shown.partnership.meetings)
    for entry in shown.meetings:
        path = entry.meeting.note.path
        pages[path] = addresses.meetings(shown.id) if path in many else shown.meeting_address(entry.meeting.slug)
    for note in shown.journal:
        pages[note.note.path] = shown.journal_address(note.slug)
    for introduction in shown.introductions:
        pages[introduction.note.path] = shown.introduction_address(introduction)
    folder = shown.targets.folder
    pages |= {folder: shown.link.address, f"{folder}/partnership.yaml": addresses.agreement(shown.id)}
    if shown.goals:
        pages[f"{folder}/goals.yaml"] = addresses.goals(shown.id)
    if shown.meetings:
        pages[f"{folder}/meetings"] = addresses.meetings(shown.id)
    if shown.journal:
        pages[f"{folder}/journal"] = addresses.journal(shown.id)
    for person_id in shown.sight.roles:
        person = context.record.people.get(person_id)
        if person is not None and sees_person(person, context):
            pages[f"{CONTENT}/people/{person_id}.yaml"] = addresses.person(person_id)
    titles: dict[str, str] = {}
    for entry in shown.meetings:
        _name(pages, titles, f"meeting:{entry.meeting.slug}", shown.meeting_address(entry.meeting.slug), "")
    for goal in (entry.goal for entry in shown.goals):
        _name(pages, titles, f"goal:{goal.id}", shown.goal_address(goal.id), shown.sight.say(goal.title))
    for person_id in shown.sight.roles:
        person = context.record.people.get(person_id)
        if person is not None and sees_person(person, context):
            _name(pages, titles, f"person:{person_id}", addresses.person(person_id), person.name)
    files = {path: _file_address(shown, path) for path in shown.partnership.attachments}
    targets = _targets(shown.partnership, pages, context, addresses, files)
    return replace(shown, targets=replace(targets, titles=titles))


def _name(pages: dict[str, str | None], titles: dict[str, str], name: str, address: str, title: str) -> None:
    """Let ``[[goal:speak]]`` lead to that page under its title."""
    key = reference_name(name) or name
    pages[key] = address
    if title:
        titles[key] = title


def _targets(
    partnership: Partnership,
    shown_pages: dict[str, str | None],
    context: ProgramContext,
    addresses: Addresses,
    files: dict[str, str],
) -> Targets:
    """Return the targets, with what is there and withheld as None."""
    folder = f"{CONTENT}/partnerships/{partnership.id}"
    there: dict[str, str | None] = dict.fromkeys(
        (folder, *(f"{folder}/{name}" for name in ("partnership.yaml", "goals.yaml", "meetings", "journal", "files")))
    )
    there |= dict.fromkeys(f"{CONTENT}/people/{member.person}.yaml" for member in partnership.members)
    there |= dict.fromkeys(note.path for note in all_notes(partnership))
    named = [f"goal:{goal.id}" for goal in partnership.goals] + [f"meeting:{m.slug}" for m in partnership.meetings]
    named += [f"person:{member.person}" for member in partnership.members]
    there |= dict.fromkeys(reference_name(name) or name for name in named)
    files = files or dict.fromkeys(partnership.attachments, "")
    pages = there | program_targets(context, addresses) | shown_pages
    return Targets(folder, pages, files, faults=partnership.files.faults, sizes=partnership.files.sizes)


def _files_of_many(meetings: Iterable[Meeting]) -> set[str]:
    """Return the files that hold several meetings: logbooks."""
    once: set[str] = set()
    many: set[str] = set()
    for meeting in meetings:
        (many if meeting.note.path in once else once).add(meeting.note.path)
    return many


def _file_address(shown: Shown, path: str) -> str:
    inside = path.removeprefix(f"{shown.targets.folder}/")
    parts = "/".join(shown.sight.shown_name(part) for part in inside.split("/"))
    return shown.sight.addresses.attachment(shown.id, parts)
