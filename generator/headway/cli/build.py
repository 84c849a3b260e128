"""``headway build``: the site, for one audience."""

from __future__ import annotations

import os
import time
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from headway.cli import PROBLEMS
from headway.cli.options import (
    audience_option,
    count_problems,
    format_option,
    has_failed,
    make_choice,
    program_option,
    program_root,
    read_history,
    read_snapshot,
    revision_option,
    say_count,
    strict_option,
    tell_problems,
    today_option,
    unshallow_option,
)
from headway.output.cache import Cache, digest_of
from headway.output.folder import OutputError
from headway.source.checkout import Checkout, read_checkout
from headway.source.folder import list_around
from headway.source.layout import Listing
from headway.standing import Standing, find_standing, last_history_mark, own_digest, read_history_mark

if TYPE_CHECKING:
    from headway.model.program_history import ProgramHistory  # takes long to load, and most builds find nothing to do


@click.command("build")
@program_option
@click.option("--out", "-o", type=click.Path(path_type=Path), help="The folder of the site.  [default: site/]")
@audience_option("Whom the site is for; else what headway.yaml says, else public.")
@click.option("--partnership", metavar="ID", help="Build the own site of one partnership, with nothing of the others.")
@click.option("--each/--no-each", default=False, help="Build an own site for every partnership, a folder each.")
@today_option
@revision_option
@unshallow_option
@strict_option
@format_option
@click.option(
    "--explain/--no-explain", default=False, help="Say for each partnership that is made again which input changed."
)
@click.option(
    "--jobs", "-j", type=click.IntRange(min=1), help="Processes that build at once.  [default: the machine's cores]"
)
@click.pass_context
def command(
    context: click.Context,
    folder: str | None,
    out: Path | None,
    audience: str | None,
    partnership: str | None,
    each: bool,
    today: date | None,
    revision: str | None,
    unshallow: bool,
    strict: bool,
    form: str,
    explain: bool,
    jobs: int | None,
) -> None:
    """Build the site: a progress page for each partnership, and everything around it.

    A partnership's own site (--partnership, --each) is for its partners unless --audience says otherwise.
    """
    if partnership and each:
        raise click.UsageError("--partnership names one partnership and --each means all of them: give one.")
    is_own_site = each or partnership is not None
    started = time.monotonic()
    root = program_root(folder)
    out = out or root / "site"
    choice = make_choice(today, audience or ("partners" if is_own_site else None))
    # A revision's own folder may be nobody's to write in; it is built from nothing, as own sites are.
    cache = Cache(root / ".headway", _cache_name(root, out), keeps=not (revision or is_own_site))
    context.call_on_close(cache.close)
    mark = "" if revision else read_history_mark(root)
    # What is fetched may hold the revision that is to be read.
    history = read_history(folder, revision, unshallow=True, keeps=not revision) if unshallow else None
    checkout, around = Checkout(), None
    if not revision and history is None and last_history_mark(cache) != mark:
        checkout, around, history = _ask_git(root, cache)
    elif not revision:
        checkout = read_checkout(root)
    standing, changed, reasons = find_standing(cache, out, choice, checkout.digest, mark), 0, {}
    if standing is None or unshallow or strict or has_failed(standing.problems, strict):
        snapshot = read_snapshot(folder, revision, checkout, around)
        standing = None if unshallow or strict else find_standing(cache, out, choice, snapshot.digest, mark)
    if standing is None or has_failed(standing.problems, strict):
        from headway.cli.building import BuildStoppedError, LeaksFoundError, Order, build_apart, build_site

        history = history or read_history(folder, revision, keeps=not revision)
        order = Order(root, out, choice, jobs or os.cpu_count() or 1, strict, partnership, each, checkout.digest, mark)
        try:
            built = (
                build_apart(order, snapshot, history) if is_own_site else build_site(order, snapshot, history, cache)
            )
        except OutputError as error:
            raise click.UsageError(f"{error}.") from error
        except LeaksFoundError as stopped:
            from headway.cli.audit import say_leaks

            click.echo(say_leaks(stopped.leaks, out), err=True)
            click.echo("Nothing was written. Please report this as a fault of Headway's, or of the theme.", err=True)
            context.exit(PROBLEMS)
        except BuildStoppedError as stopped:
            tell_problems(stopped.problems, form)
            stands = "The site that stood before still stands." if out.exists() else "Mend them and build again."
            click.echo(f"Nothing built: {count_problems(stopped.problems)}. {stands}", err=True)
            context.exit(PROBLEMS)
        standing, changed, reasons = built.standing, built.changed, dict(built.reasons)
    tell_problems(standing.problems, form)
    if explain:
        for name, reason in reasons.items():
            click.echo(f"{name}: {reason}", err=form != "text")
    made = standing.partnerships if is_own_site else len(reasons)
    click.echo(_say_built(standing, made, changed, out, time.monotonic() - started), err=form != "text")


def _ask_git(root: Path, cache: Cache) -> tuple[Checkout, Listing, ProgramHistory]:
    """Return what git knows of the folder, what else stands in it, and its history.

    A build's modules and its cache are read meanwhile.
    """
    from concurrent.futures import ThreadPoolExecutor

    own_digest()  # beside what is loaded below, each file that it reads would wait for its turn
    with ThreadPoolExecutor(2) as pool:
        checkout = pool.submit(read_checkout, root)
        from headway.output.history_store import read_program_history

        history = pool.submit(read_program_history, root, keeps=True)
        import_module("headway.cli.building")
        _ = cache.entries
        around = list_around(root)
        return checkout.result(), around, history.result()


def _cache_name(root: Path, out: Path) -> str:
    """Return a name for what is known of this output folder, the same wherever the program itself stands."""
    place = os.path.relpath(out.absolute(), root.absolute())
    return digest_of(place)[:12]


def _say_built(standing: Standing, made: int, changed: int, out: Path, seconds: float) -> str:
    """Return what was built, for whom, what was withheld (in numbers), and where to look."""
    shown = os.path.relpath(out)
    place = out if shown.startswith("..") else Path(shown)
    lines = [
        f"Built {say_count(standing.pages, 'page')} of {say_count(standing.partnerships, 'partnership')} "
        f"for the audience {standing.audience!r} as of {standing.today.isoformat()} in {seconds:.1f} s; "
        f"{say_count(changed, 'file')} changed.",
        f"Made anew: {made:,} of {say_count(standing.partnerships, 'partnership')}.",
        f"Withheld: {standing.withheld}.",
        f"Checked: {count_problems(standing.problems)}.",
        f"Look at {place / 'index.html'}" if (out / "index.html").is_file() else f"Look into {place}{os.sep}",
    ]
    return "\n".join(lines)
