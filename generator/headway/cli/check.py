"""``headway check``: look at every file, build nothing."""

from __future__ import annotations

from datetime import date

import click

from headway.build import check_program, read_walk
from headway.cli import FINE, PROBLEMS
from headway.cli.options import (
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
)
from headway.problems import Problem
from headway.source.since import find_changes


@click.command("check")
@program_option
@revision_option
@today_option
@strict_option
@format_option
@click.option(
    "--changed-since",
    "since",
    metavar="REVISION",
    help="Tell only what is wrong in files that changed since this revision; the rest is counted.",
)
@click.pass_context
def command(
    context: click.Context,
    folder: str | None,
    revision: str | None,
    today: date | None,
    strict: bool,
    form: str,
    since: str | None,
) -> None:
    """Check every file of the program: all problems at once, each with its place and a remedy."""
    history = read_history(folder, revision)
    walk = read_walk(read_snapshot(folder, revision), make_choice(today, "partners"), with_theme=True, history=history)
    problems = check_program(walk)
    elsewhere: list[Problem] = []
    if since is not None:
        changes = find_changes(program_root(folder), walk.snapshot, since, revision)
        elsewhere = [problem for problem in problems if not changes.touch(problem)]
        problems = [problem for problem in problems if changes.touch(problem)]
    print_problems(problems, form, to_stderr=False)
    if form == "text":
        people = say_count(len(walk.context.record.people), "person", "people")
        partnerships = say_count(len(walk.snapshot.partnerships), "partnership")
        click.echo(f"{people}, {partnerships}: {count_problems(problems)}.")
    if elsewhere:
        said = f"In files that did not change since {since}: {count_problems(elsewhere)}."
        click.echo(said, err=form != "text")
    context.exit(PROBLEMS if has_failed(problems, strict) else FINE)
