"""``headway build``: the site, for one audience."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import click

from headway.build import SitePart, Walk, build_own_sites, read_walk
from headway.cli import PROBLEMS
from headway.cli.options import (
    audience_option,
    count_problems,
    format_option,
    has_failed,
    make_choice,
    print_problems,
    program_option,
    program_root,
    read_history,
    read_snapshot,
    revision_option,
    say_count,
    strict_option,
    today_option,
    unshallow_option,
)
from headway.output.cache import Cache, digest_of
from headway.output.folder import OutputError
from headway.output.stage import LostFileError, StagedSite, staged_site
from headway.pages.audience import Withheld
from headway.problems import Problem
from headway.rebuild import Rebuild
from headway.source.snapshot import Folder


class BuildStoppedError(Exception):
    """The problems found stop the build; the stage is thrown away and the last good site stays."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__()
        self.problems = problems


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
    history = read_history(folder, revision, unshallow=unshallow, keeps=not revision)
    walk = read_walk(
        read_snapshot(folder, revision),
        make_choice(today, audience or ("partners" if is_own_site else None)),
        with_theme=True,
        history=history,
    )
    folders = _choose_folders(walk, partnership)
    out = out or root / "site"
    jobs = jobs or os.cpu_count() or 1
    # A revision's own folder may be nobody's to write in; it is built from nothing, as own sites are.
    rebuild = Rebuild(walk, Cache(root / ".headway", _cache_name(root, out), keeps=not (revision or is_own_site)))
    try:
        try:
            tally = _write_site(out, root, walk, rebuild, folders if is_own_site else None, jobs, strict, apart=each)
        except LostFileError:  # somebody was in the output folder: then nothing of the last build is taken over
            rebuild = Rebuild(walk, rebuild.cache.emptied())
            tally = _write_site(out, root, walk, rebuild, None, jobs, strict, apart=each)
    except OutputError as error:
        raise click.UsageError(f"{error}.") from error
    except BuildStoppedError as stopped:
        print_problems(stopped.problems, form, to_stderr=form == "text")
        stands = "The site that stood before still stands." if out.exists() else "Mend them and build again."
        click.echo(f"Nothing built: {count_problems(stopped.problems)}. {stands}", err=True)
        context.exit(PROBLEMS)
    print_problems(tally.problems, form, to_stderr=form == "text")
    if explain:
        for name, reason in rebuild.reasons.items():
            click.echo(f"{name}: {reason}", err=form != "text")
    click.echo(_say_built(walk, tally, len(folders), out, time.monotonic() - started), err=form != "text")


def _cache_name(root: Path, out: Path) -> str:
    """Return a name for what is known of this output folder, the same wherever the program itself stands."""
    place = os.path.relpath(out.absolute(), root.absolute())
    return digest_of(place)[:12]


def _write_site(
    out: Path,
    root: Path,
    walk: Walk,
    rebuild: Rebuild,
    own_sites: tuple[Folder, ...] | None,
    jobs: int,
    strict: bool,
    *,
    apart: bool,
) -> BuildTally:
    """Write the site, or partnerships' own sites; raise `BuildStoppedError` where its problems forbid it."""
    tally = BuildTally(problems=list(walk.problems))
    known = rebuild.cache.known() if own_sites is None else None
    with staged_site(out, root, known) as site:
        if walk.theme is not None:
            own = None if own_sites is None else build_own_sites(walk, own_sites, jobs, apart=apart)
            parts = own or rebuild.parts(jobs)
            tally.take_all(site, _show_progress(parts, len(own_sites or walk.folders())))
        tally.changed = site.changed
        if has_failed(tally.problems, strict):
            raise BuildStoppedError(tally.problems)
    rebuild.save(site)
    return tally


class BuildTally:
    """What a build has written so far, in numbers, and the problems it met."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.pages = 0
        self.changed = 0
        self.withheld = Withheld()

    def take_all(self, site: StagedSite, parts: Iterable[SitePart]) -> None:
        for part in parts:
            for path, digest in part.kept.items():
                site.keep(path, digest)
            for file in part.files:
                site.write(file.path, file.content)
            self.pages += part.pages
            self.withheld += part.withheld
            self.problems += part.problems


def _choose_folders(walk: Walk, partnership: str | None) -> tuple[Folder, ...]:
    folders = walk.folders(partnership)
    if partnership is not None and not folders:
        near = get_close_matches(partnership, [f.name for f in walk.snapshot.partnerships], n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise click.UsageError(f"There is no partnership {partnership!r}.{hint}")
    return folders


def _show_progress(parts: Iterable[SitePart], total: int) -> Iterator[SitePart]:
    """Pass the parts on; where that takes longer than a second and somebody watches, show a bar."""
    is_watched = sys.stderr.isatty()
    started = time.monotonic()
    bar = None
    try:
        for number, part in enumerate(parts, start=1):
            if bar is None and is_watched and time.monotonic() - started > 1:
                from rich.console import Console
                from rich.progress import Progress

                bar = Progress(console=Console(stderr=True), transient=True)
                bar.start()
                task = bar.add_task("Building", total=total)
            if bar is not None:
                bar.update(task, completed=min(number, total))
            yield part
    finally:
        if bar is not None:
            bar.stop()


def _say_built(walk: Walk, written: BuildTally, partnerships: int, out: Path, seconds: float) -> str:
    """Return what was built, for whom, what was withheld (in numbers), and where to look."""
    context = walk.context
    shown = os.path.relpath(out)
    place = out if shown.startswith("..") else Path(shown)
    lines = [
        f"Built {say_count(written.pages, 'page')} of {say_count(partnerships, 'partnership')} "
        f"for the audience {context.audience.value!r} as of {context.today.isoformat()} in {seconds:.1f} s; "
        f"{say_count(written.changed, 'file')} changed.",
        f"Withheld: {written.withheld.sentence()}.",
        f"Checked: {count_problems(written.problems)}.",
        f"Look at {place / 'index.html'}" if (out / "index.html").is_file() else f"Look into {place}{os.sep}",
    ]
    return "\n".join(lines)
