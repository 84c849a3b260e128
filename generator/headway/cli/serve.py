"""``headway serve``: the site in a browser while its files are written."""

from __future__ import annotations

import signal
import webbrowser
from contextlib import closing, suppress
from datetime import date, datetime
from functools import partial
from threading import current_thread, main_thread

import click

from headway.choice import Choice
from headway.cli.options import (
    audience_option,
    count_problems,
    has_failed,
    make_choice,
    program_option,
    program_root,
    read_history,
    say_count,
    strict_option,
    today_option,
)
from headway.output.cache import Cache, digest_of
from headway.preview.inserts import EDITORS, Surroundings, find_editor
from headway.preview.running import POLL, RunningSite
from headway.preview.server import PORT, PortTakenError, Preview, listen
from headway.preview.site import LiveSite, Update
from headway.printers import defuse
from headway.problems import Problem, Severity


@click.command("serve")
@program_option
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen on; others than this machine see what it shows.",
)
@click.option(
    "--port",
    "-p",
    type=click.IntRange(0, 65535),
    help=f"The port, and no other.  [default: {PORT}, or the next that is free]",
)
@audience_option("Whom the site is shown to at first; else what headway.yaml says, else public.")
@click.option("--private/--no-private", default=False, help="Show what is private, too: the only command that does.")
@click.option("--open/--no-open", "opens", default=False, help="Open the home page in a browser.")
@click.option(
    "--livereload/--no-livereload",
    default=True,
    show_default=True,
    help="Let pages in the browser follow what is saved.",
)
@click.option(
    "--poll",
    type=click.FloatRange(min=0.05),
    is_flag=False,
    flag_value=POLL,
    metavar="[SECONDS]",
    help=f"Look for changes every so often ({POLL:g} s) instead of waiting to be told.",
)
@click.option(
    "--editor",
    envvar="HEADWAY_EDITOR",
    show_envvar=True,
    metavar="NAME",
    help=f"What opens a file that is clicked on: {', '.join(EDITORS)}; or a link with {{path}}, {{line}}, {{column}}.",
)
@today_option
@strict_option
def command(
    folder: str | None,
    host: str,
    port: int | None,
    audience: str | None,
    private: bool,
    opens: bool,
    livereload: bool,
    poll: float | None,
    editor: str | None,
    today: date | None,
    strict: bool,
) -> None:
    """Show the site in a browser, and keep it right while its files are written. Writes nothing.

    With --strict, warnings are shown over the page as errors are.
    """
    link = find_editor(editor) if editor else None
    if editor and link is None:
        raise click.UsageError(
            f"No editor is known as {editor!r}; give one of {', '.join(EDITORS)}, or a link with {{path}} in it."
        )
    shown = audience or ("private" if private else None)

    def choose() -> Choice:
        return make_choice(today, shown)

    root = program_root(folder)
    try:
        listening = listen(host, port, _warn)
    except PortTakenError as error:
        raise click.UsageError(f"{error}.") from error
    # An impatient Ctrl-C, before the server listens for signals itself, ends it the same way; also where a shell that
    # started this in the background told it not to listen.
    if current_thread() is main_thread():
        signal.signal(signal.SIGINT, signal.default_int_handler)
    with suppress(KeyboardInterrupt), listening:
        with closing(Cache(root / ".headway", digest_of("site")[:12])) as cache:
            read = partial(read_history, folder, None)
            site = LiveSite(root, choose, private=private, read_history=read, cache=cache)
        around = Surroundings(root, site.audiences, link, is_strict=strict, is_live=livereload)
        address = _address(host, listening.getsockname()[1])
        click.echo(_say_started(site, address))
        if opens:
            webbrowser.open(address)
        preview = Preview(RunningSite(site, lambda update: _say_update(update, strict), _warn, poll), around)
        preview.run(listening, host)
    click.echo("Stopped.")


def _address(host: str, port: int) -> str:
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{name}:{port}/"


def _say_started(site: LiveSite, address: str) -> str:
    context = site.result.walk.context
    program = defuse(context.record.program.program)
    lines = [
        f"{program}, for the audience {site.audience.value!r} as of {context.today.isoformat()}:",
        f"   {address}",
        "Save a file, and its pages follow. Ctrl-C ends this.",
    ]
    if any(problem.severity is Severity.ERROR for problem in site.result.problems):
        lines.append(f"To mend: {_name_first(site.result.problems)}")
    return "\n".join(lines)


def _say_update(update: Update, strict: bool) -> None:
    """Print one line: when, what changed, how long it took, and what is wrong."""
    paths = [defuse(path) for path in update.paths]
    what = paths[0] if len(paths) == 1 else say_count(len(paths), "file") if paths else "theme, day or commit"
    said = count_problems(update.problems)
    if has_failed(update.problems, strict):
        said = click.style(f"{said}: {_name_first(update.problems)}", fg="yellow")
    click.echo(f"{datetime.now():%H:%M:%S}  {what}, {update.milliseconds:.0f} ms; {said}")


def _name_first(problems: tuple[Problem, ...]) -> str:
    """Return the place, the code and the message of the first of the worst problems."""
    order = list(Severity)
    first = min(problems, key=lambda problem: order.index(problem.severity))
    place = first.location
    return f"{defuse(place.path)}:{place.line}:{place.column}: {first.code} {defuse(first.message)}"


def _warn(text: str) -> None:
    click.echo(text, err=True)
