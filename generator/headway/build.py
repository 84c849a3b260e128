"""The walk: from a snapshot to the files of a site, one partnership at a time.

`check`, `status`, `export` and `build` are this walk, stopped at different places, so they cannot disagree.
Reads no clock; writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from headway.choice import Choice, choose_today
from headway.feeds.partnership import plan_partnership_files
from headway.feeds.program import plan_person_files, plan_program_files
from headway.feeds.search import SCRIPT, search_list
from headway.feeds.web import MANIFEST
from headway.made import Before, SiteFile, SitePart
from headway.model.fields import Visibility
from headway.model.files import publish_file
from headway.model.naming_days import next_day_named
from headway.model.note_memo import NoteMemo
from headway.model.program import ProgramContext
from headway.model.program_history import ProgramHistory
from headway.model.program_reading import PeopleMemo, read_program
from headway.model.reading import read_partnership
from headway.pages.addresses import Addresses, output_path
from headway.pages.audience import count_withheld
from headway.pages.consent import list_asked
from headway.pages.partnership_pages import check_partnership_links, plan_partnership_pages
from headway.pages.person_pages import Crowd
from headway.pages.planned import Group, Made, Outline, Plan, join_plans, mark_page, outline_of
from headway.pages.program_pages import (
    DATED_TEMPLATES,
    check_program_links,
    gather_crowd,
    plan_program_pages,
    site_view,
)
from headway.pages.shown import Shown, show_partnership
from headway.pages.sight import program_sight
from headway.pages.summary import PartnershipSummary, summarise
from headway.pages.telling import mark_program_withheld, mark_withheld
from headway.pages.views import Page, SiteView
from headway.problems import Problem, Severity
from headway.progress.compute import compute_report
from headway.progress.report import PartnershipReport
from headway.source.names import fold_id
from headway.source.snapshot import Folder, Snapshot
from headway.theme.layers import asset_names, render_today
from headway.theme.render import render_page
from headway.theme.themes import Theme, load_theme


class Walk(Struct, frozen=True):
    """One walk through a program: its files, what all partnerships share, and what is wrong with that."""

    snapshot: Snapshot
    context: ProgramContext
    problems: tuple[Problem, ...]
    theme: Theme | None = None
    history: ProgramHistory = field(default_factory=ProgramHistory)
    sound_theme: str = ""
    """The theme's digest, where nothing was found in it."""

    def folders(self, partnership: str | None = None) -> tuple[Folder, ...]:
        """Return the partnerships' folders, or only the one named."""
        folders = self.snapshot.partnerships
        return folders if partnership is None else tuple(f for f in folders if fold_id(f.name) == fold_id(partnership))


def read_walk(
    snapshot: Snapshot,
    choice: Choice,
    *,
    with_theme: bool = False,
    history: ProgramHistory | None = None,
    people: PeopleMemo | None = None,
    sound_theme: str = "",
) -> Walk:
    """Start a walk: read the program's own files, decide the day and the audience, load the theme.

    ``people`` and ``sound_theme`` are what is known of them from before, see `read_program` and `load_theme`.
    """
    history = history or ProgramHistory()
    record, problems = read_program(snapshot, people)
    today = choose_today(record.program.today, record.program.timezone, choice)
    audience = Visibility(choice.audience) if choice.audience else record.program.site.audience
    named = record.program.site.theme
    theme, theme_problems = load_theme(named, snapshot, sound=sound_theme) if with_theme else (None, ())
    context = ProgramContext(record, today, audience, history.version)
    problems = (*snapshot.problems, *problems, *check_program_links(context), *theme_problems, *history.problems)
    problems = mark_program_withheld(problems, context, program_sight(context, Addresses()))
    sound_theme = theme.digest if theme is not None and not theme_problems else ""
    return Walk(snapshot, context, problems, theme, history.known_to(record), sound_theme)


def report_partnership(
    walk: Walk, folder: Folder, memo: NoteMemo | None = None
) -> tuple[PartnershipReport | None, tuple[Problem, ...]]:
    """Read one partnership and compute its numbers; None where an error in its files keeps it from the site."""
    context = walk.context
    partnership, problems = read_partnership(walk.snapshot, folder, context.record, context.today, memo)
    if partnership is None or any(problem.severity is Severity.ERROR for problem in problems):
        return None, problems
    partnership = replace(partnership, history=walk.history.of(folder.name))
    return compute_report(partnership, context.record.program, context.today), problems


def show_partnerships(walk: Walk) -> tuple[list[Shown], list[Problem]]:
    """Return every partnership that the audience may know of, as it sees it, and all problems of the program."""
    shown, problems = [], list(walk.problems)
    for folder in walk.folders():
        report, found = report_partnership(walk, folder)
        problems += found
        partnership = show_partnership(report, walk.context, Addresses()) if report else None
        if partnership is not None:
            shown.append(partnership)
    return shown, problems


def check_program(walk: Walk) -> list[Problem]:
    """Return all problems of a program: of its files, and of the links on its pages."""
    problems = list(walk.problems)
    for folder in walk.folders():
        report, found = report_partnership(walk, folder)
        problems += found
        if report is not None:
            problems += check_partnership_links(report, walk.context, Addresses())
    return problems


def build_partnership(walk: Walk, folder: Folder, *, is_own: bool = False, before: Before | None = None) -> SitePart:
    """Return one partnership's pages, summary and problems; with ``is_own``, its whole own site.

    What ``before`` has of it and would come out the same is kept.
    """
    memo = before.recall() if before else None
    report, problems = report_partnership(walk, folder, memo)
    part = _build_reported(walk, folder, report, problems, is_own, before.pages if before else {})
    return replace(part, notes=memo.pack()) if memo else part


def _build_reported(
    walk: Walk,
    folder: Folder,
    report: PartnershipReport | None,
    problems: tuple[Problem, ...],
    is_own: bool,
    known: Mapping[str, Made],
) -> SitePart:
    if report is None:
        return SitePart(problems=problems)
    addresses = Addresses(folder.name) if is_own else Addresses()
    planned = plan_partnership_pages(report, walk.context, addresses)
    if problems := (*problems, *planned.problems):
        problems = mark_withheld(problems, show_partnership(report, walk.context, addresses))
    told_on = report.partnership.history.next_day(report.today)
    named_on = next_day_named(report.partnership, report.today)
    until = min(filter(None, (report.fresh_until, named_on, told_on)), default=None)
    summary = summarise(report, walk.context, addresses)
    people = list_asked(report.partnership)
    if summary.card is None:  # the audience may not even know of it
        return SitePart(withheld=planned.withheld, problems=problems, summary=summary, until=until, people=people)
    site = view_site(walk, addresses, [summary])
    part = _render_marked(walk, planned.pages, site, known)
    copies = {a.address: publish_file(a.path, walk.snapshot.read(a.path)) for a in planned.attachments}
    tokens = _theme(walk).tokens()
    beside = plan_partnership_files(planned.pages, summary, report, walk.context, addresses, site, tokens)
    summary = beside.summary
    around = SitePart()
    if is_own:
        plan = plan_program(walk, [*filter(None, [outline_of(summary)])], addresses, site)
        around = build_program(walk, plan.whole(), site)
    return SitePart(
        files=(*part.files, *_files(copies), *_files(beside.files), *around.files),
        pages=part.pages + around.pages,
        withheld=planned.withheld,
        problems=(*problems, *part.problems, *around.problems),
        summary=summary,
        until=until,
        people=people,
        kept=part.kept,
        marks=part.marks,
    )


def plan_program(walk: Walk, outlines: Sequence[Outline], addresses: Addresses, site: SiteView) -> Plan:
    """Return the program's own pages and its files for other programs, to be made; people's are in groups."""
    crowd = gather_crowd(outlines, walk.context, addresses)
    pages = plan_program_pages(crowd)
    files = plan_program_files(pages, crowd, site, _theme(walk).tokens())
    return Plan(pages, files, tuple(_plan_group(crowd, *group, site) for group in crowd.groups().items()))


def _plan_group(crowd: Crowd, name: str, people: Sequence[str], site: SiteView) -> Group:
    def plan() -> Plan:
        return join_plans(
            Plan((crowd.plan_page(person),), tuple(plan_person_files(crowd, person, site))) for person in people
        )

    return Group(name, tuple(text for person in people for text in crowd.made_from(person)), plan)


def build_program(walk: Walk, plan: Plan, site: SiteView) -> SitePart:
    """Return these of the program's own pages and files, and the theme's assets."""
    today = {"/assets/today.css": render_today(walk.context).encode()}
    part = build_plan(walk, plan, site)
    files = (*part.files, *_files(_theme(walk).assets()), *_files(today))
    return replace(part, files=files, withheld=count_withheld(walk.context))


def build_plan(walk: Walk, plan: Plan, site: SiteView) -> SitePart:
    """Return the pages and files of a plan; its groups are not looked at."""
    part = _render(walk, (page.made for page in plan.pages), site)
    beside = {file.address: file.made for file in plan.files}
    return replace(part, files=(*part.files, *_files(beside)))


def _files(contents: Mapping[str, bytes]) -> Iterator[SiteFile]:
    return (SiteFile(output_path(address), content) for address, content in contents.items())


def view_site(walk: Walk, addresses: Addresses, summaries: Sequence[PartnershipSummary]) -> SiteView:
    """Return what every page knows: a search where the theme has the script, a manifest where the site has a URL."""
    site = site_view(walk.context, addresses, summaries)
    search = search_list(walk.context) if SCRIPT in asset_names(_theme(walk).layers) else None
    return replace(site, search=search, manifest=MANIFEST if site.url else None)


def seen_by(page: Page, site: SiteView) -> SiteView:
    """Return what a page knows of the site: only some say the day, the others stay until a number changes."""
    return site if page.template in DATED_TEMPLATES else replace(site, today=None)


def _render_marked(walk: Walk, pages: Iterable[Page], site: SiteView, known: Mapping[str, Made]) -> SitePart:
    """Render pages, each with its mark; those that are known are kept."""
    wanted: list[Page] = []
    kept: dict[str, str] = {}
    marks: dict[str, str] = {}
    for page in pages:
        path, mark = output_path(page.address), mark_page(page, seen_by(page, site))
        made = known.get(path)
        if made is not None and made.mark == mark:
            kept[path] = made.digest
        else:
            wanted.append(page)
        marks[path] = mark
    part = _render(walk, wanted, site)
    whole = {*kept, *(file.path for file in part.files)}
    marks = {path: mark for path, mark in marks.items() if path in whole}
    return replace(part, pages=len(marks), kept=kept, marks=marks)


def _render(walk: Walk, pages: Iterable[Page], site: SiteView) -> SitePart:
    """Render pages; one that a theme of the program's own cannot render becomes a problem."""
    files, problems = [], []
    for page in pages:
        rendered = render_page(_theme(walk), page, seen_by(page, site))
        if isinstance(rendered, Problem):
            problems.append(rendered)
        else:
            files.append(SiteFile(output_path(page.address), rendered.encode()))
    return SitePart(files=tuple(files), pages=len(files), problems=tuple(problems))


def _theme(walk: Walk) -> Theme:
    if walk.theme is None:
        raise ValueError("this walk was begun without a theme")
    return walk.theme
