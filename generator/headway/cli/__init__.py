"""The ``headway`` command: parse, call, print, exit code; one module a verb, loaded when it is used."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper

import click

from headway import __version__

FINE, PROBLEMS, USAGE, FAULT, INTERRUPTED = 0, 1, 2, 3, 130
"""The exit codes (format.md, 5)."""

OBJECTS_BETWEEN_LOOKS = 100_000
"""New objects from which on Python's collector looks for those that only refer to each other."""
LOOKS_BETWEEN_LONG_ONES = 50
"""After how many of these it looks at older objects, too."""

COMMANDS = {
    "init": "Begin a program.",
    "new": "Add a person, a partnership, a goal, a meeting ...",
    "agenda": "Draft the next meeting's agenda.",
    "digest": "Say what happened and what is next, for a message.",
    "log": "Write a meeting down.",
    "done": "Tick a task or a milestone.",
    "import": "Bring people, partnerships and meetings in from a spreadsheet.",
    "build": "Build the site.",
    "serve": "Show the site in a browser while its files are written.",
    "check": "Check every file, and build nothing.",
    "status": "Show how each partnership moves, at a glance.",
    "export": "Write the record itself, for other tools.",
    "audit": "Say what would be published, and search a site for what must not be.",
    "theme": "List the themes, or take parts of one over.",
    "explain": "Explain a problem's code, as HW101.",
    "schema": "Print the JSON Schemas of the files, for editors.",
}

_MODULES = {"import": "importing"}
"""Modules of commands whose names Python keeps for itself."""


class Verbs(click.Group):
    """The commands by name; a command's module is imported only when the command is used."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except BrokenPipeError:  # the reader of our output left early, as `head` does
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise click.exceptions.Exit(FINE) from None

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"headway.cli.{_MODULES.get(cmd_name, cmd_name)}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"There is no command {args[0]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", "-V", message="headway %(version)s")
@click.option("-C", "folder", metavar="DIR", help="Work on the program in DIR instead of the one you stand in.")
@click.pass_context
def headway(context: click.Context, folder: str | None) -> None:
    """Progress sites for mentorship partnerships, from plain files in git."""
    context.obj = folder


def main() -> None:
    """Run the command and end the process with its exit code.

    At once: what a large build holds would take Python a third of a second to take apart.
    """
    code = run()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # nobody reads it any more
            stream.flush()
    os._exit(code)


def run() -> int:
    """Run the command and return its exit code."""
    _prepare_streams()
    # Hardly anything here refers to itself; looked through less often, large programs take a quarter less time.
    gc.set_threshold(OBJECTS_BETWEEN_LOOKS, LOOKS_BETWEEN_LONG_ONES)
    try:
        return headway.main(prog_name="headway", standalone_mode=False) or FINE
    except click.exceptions.Abort:
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except Exception as fault:
        return _say_fault(fault)


def _prepare_streams() -> None:
    """Let files and pipes be UTF-8, and a terminal show a sign for what it cannot; refuse other names of files."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8")
    encoding = sys.getfilesystemencoding()
    if encoding != "utf-8":
        click.echo(
            f"headway: names of files are {encoding} here, and a program's are UTF-8.\n"
            "   Set PYTHONUTF8=1 in the environment, or a locale such as C.UTF-8.",
            err=True,
        )
        sys.exit(USAGE)


def _say_fault(fault: Exception) -> int:
    """Say what failed and return the exit code; Headway's own trace only where HEADWAY_TRACE asks for it."""
    from headway.source.snapshot import SourceError

    if isinstance(fault, SourceError):
        click.echo(f"headway: {fault}", err=True)
        return USAGE
    if isinstance(fault, OSError) and fault.strerror:  # a full disk, a folder without rights: the machine's doing
        place = f" ({os.fsdecode(fault.filename)})" if fault.filename else ""
        click.echo(
            f"headway: the system says: {fault.strerror}{place}. The site that stood before still stands.", err=True
        )
        return USAGE
    if os.environ.get("HEADWAY_TRACE"):
        import traceback

        traceback.print_exception(fault)
    click.echo(
        f"headway: this is a fault of Headway's, not of your files: {type(fault).__name__}: {fault}\n"
        "   Nothing was written; the site that stood before still stands. Run again with HEADWAY_TRACE=1\n"
        "   in the environment to see where it happened, and please report it with that.",
        err=True,
    )
    return FAULT
