"""``headway theme``: which themes there are, and parts of one to change."""

from __future__ import annotations

from difflib import get_close_matches

import click

from headway.cli import PROBLEMS
from headway.cli.options import has_failed, print_problems, program_option, program_root, read_snapshot
from headway.model.program_reading import read_program
from headway.output.new_files import write_new_files
from headway.source.names import check_id
from headway.source.snapshot import Snapshot
from headway.theme.eject import ejectable_files, plan_ejection
from headway.theme.themes import known_themes, load_theme


@click.group("theme")
def command() -> None:
    """Look at the themes there are, and take parts of one over to change them."""


@command.command("list")
@program_option
def list_command(folder: str | None) -> None:
    """List the themes that come with Headway and the program's own; the one in use is marked."""
    snapshot = read_snapshot(folder, None)
    used = _theme_in_use(snapshot)
    for theme in known_themes(snapshot):
        extends = f", extends {theme.extends}" if theme.extends else ""
        click.echo(f"{'*' if theme.name == used else ' '} {theme.name}  ({theme.place}{extends})")
        used = "" if theme.name == used else used  # a program's own stands before a bundled one of its name
        if theme.description:
            click.echo(f"    {theme.description}")


@command.command("eject")
@program_option
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option(
    "--to", metavar="NAME", help="The theme they go into.  [default: the program's own, else the parent's name]"
)
@click.option("--all/--no-all", "takes_all", default=False, help="Take every template and asset.")
@click.pass_context
def eject_command(
    context: click.Context, folder: str | None, files: tuple[str, ...], to: str | None, takes_all: bool
) -> None:
    """Copy templates and assets of the theme in use into themes/NAME, to change them there.

    FILE is the name of one, as note.html or trail.css; without any, all of them are listed. What is not copied stays
    the parent's, and so profits from the next version of Headway.
    """
    snapshot = read_snapshot(folder, None)
    used = _theme_in_use(snapshot)
    theme, problems = load_theme(used, snapshot)
    if theme is None or has_failed(problems, is_strict=False):
        print_problems(problems, "text", to_stderr=True)
        context.exit(PROBLEMS)
    known = ejectable_files(theme)
    if not files and not takes_all:
        click.echo("\n".join(known))
        return
    for name in files:
        if name not in known:
            near = get_close_matches(name, known, 1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise click.UsageError(f"The theme {theme.name} has no file {name!r}.{hint}")
    if to is not None and (fault := check_id(to)):
        raise click.UsageError(fault)
    ejection = plan_ejection(theme, tuple(known) if takes_all else tuple(dict.fromkeys(files)), to)
    taken = write_new_files(program_root(folder), ejection.files)
    if taken:
        raise click.UsageError(f"{', '.join(taken)} is there already; nothing was written.")
    for path in ejection.files:
        click.echo(f"Wrote {path}")
    if ejection.name != used:
        click.echo(f"To use it, write `theme: {ejection.name}` under `site:` in headway.yaml.")


def _theme_in_use(snapshot: Snapshot) -> str:
    return read_program(snapshot)[0].program.site.theme
