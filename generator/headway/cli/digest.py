"""``headway digest``: what happened in a partnership and what is next, for a message that a scheduled job sends."""

from __future__ import annotations

from datetime import timedelta

import click

from headway.build import Walk, read_walk, report_partnership
from headway.cli import PROBLEMS
from headway.cli.choosing import choose_partnership
from headway.cli.options import audience_option, has_failed, make_choice, print_problems, read_history
from headway.cli.writing import Desk, asking_options
from headway.feeds.digest import Digest, compute_digest
from headway.feeds.digest_forms import FORMS, Letter
from headway.feeds.reminding import Period
from headway.feeds.told import take_apart
from headway.pages.addresses import Addresses
from headway.pages.partnership_pages import plan_partnership_pages
from headway.pages.program_pages import site_view
from headway.problems import Problem
from headway.source.snapshot import Folder


@click.command("digest")
@click.argument("words", nargs=-1, metavar="[PARTNERSHIP]")
@click.option("--all", "is_whole", is_flag=True, help="All partnerships in one digest; the quiet ones are left out.")
@click.option("--since", metavar="DAY", help="The day of the digest before; a week ago where nothing is said.")
@click.option("--format", "form", type=click.Choice(list(FORMS)), default="text", show_default=True)
@audience_option("Tell what this audience may see; the audience of the site where nothing is said.")
@click.option("--skip-empty", is_flag=True, help="Print nothing at all where there is nothing to tell.")
@asking_options
@click.pass_context
def command(
    context: click.Context,
    words: tuple[str, ...],
    is_whole: bool,
    since: str | None,
    form: str,
    audience: str | None,
    skip_empty: bool,
    desk: Desk,
) -> None:
    """Say what happened in PARTNERSHIP since a day, and what is next.

    As text, Markdown or HTML for mail, so that a scheduled job can send it. It
    reminds of each thing at most once a week, and of none when all is well.
    """
    if is_whole and words:
        raise click.UsageError("--all tells of every partnership; leave the name out, or leave --all out.")
    since_on = desk.parse_on(since) if since else desk.today - timedelta(days=7)
    if since_on >= desk.today:
        raise click.UsageError(f"--since {since_on.isoformat()} must be before the digest's day, {desk.today}.")
    folders = desk.walk.folders()
    if not is_whole:
        chosen, rest = choose_partnership(desk, words)
        if rest:
            raise click.UsageError(f"digest takes one partnership; {' '.join(rest)[:60]!r} is too much.")
        folders = (chosen,)
    history = read_history(str(desk.root), None)
    walk = read_walk(desk.walk.snapshot, make_choice(desk.today, audience), history=history)
    period, problems, digests = Period(since_on, desk.today), list(walk.problems), []
    for folder in folders:
        found, faults = _compute(walk, folder, period)
        problems += faults
        digests += found
    if has_failed(problems, is_strict=False):
        print_problems(problems, "text", to_stderr=True)
        context.exit(PROBLEMS)
    if not is_whole and not digests:
        raise click.UsageError(f"This audience may not know of {chosen.name}.")
    letter = _letter(walk, period, tuple(sorted(digests, key=lambda digest: digest.title.casefold())), is_whole)
    if letter.told or not skip_empty:
        click.echo(FORMS[form](letter), nl=False)


def _compute(walk: Walk, folder: Folder, period: Period) -> tuple[list[Digest], tuple[Problem, ...]]:
    """Return the partnership's digest, where the audience may know of it, and what is wrong in its files."""
    report, problems = report_partnership(walk, folder)
    if report is None:
        return [], problems
    pages = plan_partnership_pages(report, walk.context, Addresses()).pages
    program = walk.context.record.program
    told = [take_apart(pages, program.program, folder.name)] if pages else []
    return [compute_digest(each, period, program.terms) for each in told], problems


def _letter(walk: Walk, period: Period, digests: tuple[Digest, ...], is_whole: bool) -> Letter:
    site = site_view(walk.context, Addresses())
    # A site for fewer eyes than the digest has not all the pages that the digest would lead to.
    has_pages = walk.context.record.program.site.audience.admits(walk.context.audience)
    url = site.url if has_pages else None
    return Letter(site.program, site.language, site.direction, period.since, period.today, url, digests, is_whole)
