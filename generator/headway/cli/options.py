"""What several commands share: which program, which day, for whom, and how problems are printed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from headway.choice import Choice
from headway.printers import render_problems_github, render_problems_json, render_problems_text
from headway.problems import Problem, Severity, sort_problems
from headway.source.checkout import Checkout
from headway.source.folder import read_folder
from headway.source.git import read_revision
from headway.source.layout import Listing
from headway.source.snapshot import Snapshot

if TYPE_CHECKING:
    from headway.model.program_history import ProgramHistory

Function = TypeVar("Function", bound=Callable[..., Any])


LONGEST_EPOCH = 10
"""Digits of SOURCE_DATE_EPOCH: enough for the year 2286."""


def _parse_day(context: click.Context, option: click.Parameter, text: str | None) -> date | None:
    from headway.documents.scalars import parse_day

    try:
        return None if text is None else parse_day(text)
    except ValueError as error:
        raise click.BadParameter(f"{str(error).rstrip('.')}.") from error


program_option = click.option(
    "-C", "folder", metavar="DIR", help="Work on the program in DIR instead of the one you stand in."
)
revision_option = click.option(
    "--rev", "revision", metavar="REVISION", help="Read a git revision (a tag, branch or commit), without a checkout."
)
today_option = click.option(
    "--today",
    metavar="YYYY-MM-DD",
    callback=_parse_day,
    help="The day all numbers are for; else the program's, else today.",
)
strict_option = click.option(
    "--strict/--no-strict", default=False, help="Let warnings fail, too; a build searches its site for leaks."
)
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How problems are printed.",
)

unshallow_option = click.option(
    "--unshallow/--no-unshallow",
    default=False,
    help="In a shallow clone, fetch the older commits first, so that pages can say when something changed.",
)


def audience_option(help_text: str) -> Callable[[Function], Function]:
    return click.option(
        "--audience",
        type=click.Choice(["public", "program", "partners"]),
        help=help_text,
    )


def program_root(folder: str | None) -> Path:
    """Return the program's folder: the given one, else the nearest folder upwards that has a headway.yaml."""
    given = folder or click.get_current_context().find_root().obj
    if given:
        root = Path(given)
        if not root.is_dir():
            raise click.UsageError(f"There is no folder {given}.")
        return root
    here = Path.cwd()
    return next((place for place in (here, *here.parents) if (place / "headway.yaml").is_file()), here)


def read_snapshot(
    folder: str | None, revision: str | None, checkout: Checkout | None = None, around: Listing | None = None
) -> Snapshot:
    """Return the program's files; what is known of them already is as `read_folder` takes it."""
    root = program_root(folder)
    return read_revision(root, revision) if revision else read_folder(root, checkout, around)


def read_history(
    folder: str | None, revision: str | None, *, unshallow: bool = False, keeps: bool = False
) -> ProgramHistory:
    """Return what git tells of the program; ``keeps`` it for the next build, where somebody builds."""
    from headway.output.history_store import read_program_history

    return read_program_history(program_root(folder), revision or None, keeps=keeps, fetches=unshallow)


def make_choice(today: date | None, audience: str | None) -> Choice:
    """Gather what was chosen and the machine's clock, the only one that is ever read."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch and not (epoch.isascii() and epoch.isdigit() and len(epoch) <= LONGEST_EPOCH):
        raise click.UsageError(f"SOURCE_DATE_EPOCH is {epoch[:40]!r}; it must be whole seconds since 1970.")
    return Choice(
        now=datetime.now(UTC),
        today=today,
        audience=audience,
        epoch=int(epoch) if epoch else None,
    )


def has_failed(problems: Iterable[Problem], is_strict: bool) -> bool:
    """Whether these problems stop a build: errors always, warnings where ``--strict`` asks for it."""
    fatal = (Severity.ERROR, Severity.WARNING) if is_strict else (Severity.ERROR,)
    return any(problem.severity in fatal for problem in problems)


def print_problems(problems: Iterable[Problem], form: str, *, to_stderr: bool) -> None:
    """Print all problems, sorted by place, in the form asked for."""
    ordered = sort_problems(problems)
    if form == "json":
        click.echo(render_problems_json(ordered))
    elif ordered:
        is_terminal = (sys.stderr if to_stderr else sys.stdout).isatty()
        colour = is_terminal and "NO_COLOR" not in os.environ
        render = render_problems_github if form == "github" else render_problems_text
        text = render(ordered) if form == "github" else render_problems_text(ordered, colour=colour)
        click.echo(text.rstrip("\n"), err=to_stderr, color=colour)


def tell_problems(problems: Iterable[Problem], form: str) -> None:
    """Print a build's problems as far as the site's audience may read them, and how many there are beside these."""
    problems = sort_problems(problems)
    told = [problem for problem in problems if not problem.is_withheld]
    print_problems(told, form, to_stderr=form == "text")
    if len(told) < len(problems):
        withheld = count_problems(problem for problem in problems if problem.is_withheld)
        click.echo(f"In what this audience may not read: {withheld}. `headway check` tells them.", err=True)


def say_count(number: int, one: str, many: str = "") -> str:
    """Return "1 partnership" or "12 partnerships"; ``many`` where the plural is not made with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def count_problems(problems: Iterable[Problem]) -> str:
    """Return "2 errors, 1 warning" or "no problems"; notices are named where there are any."""
    by_severity = dict.fromkeys(Severity, 0)
    for problem in sort_problems(problems):
        by_severity[problem.severity] += 1
    said = [say_count(number, severity.value) for severity, number in by_severity.items() if number]
    return ", ".join(said) or "no problems"
