"""``headway init``: from nothing to a program that builds."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import available_timezones

import click

from headway import __version__
from headway.choice import choose_today
from headway.cli.options import make_choice, today_option
from headway.cli.writing import Refusal, is_watched
from headway.source.git import begin_repository
from headway.source.history import lies_in_repository
from headway.writing.changes import Change, RefusedError
from headway.writing.files import write_changes
from headway.writing.starter_files import HOSTS, NewProgram, plan_program_files

AUDIENCES = {"gitlab": "program", "none": "program"}
"""Whom a site is for where nobody says so; what the other hosts show, everybody can open."""

PUBLISHING = {
    "github": "To publish it, put it on GitHub and choose there, once:\n"
    "  Settings > Pages > Build and deployment > Source: GitHub Actions",
    "gitlab": "To publish it, put it on GitLab and choose there, once, who may read it:\n"
    "  Settings > General > Visibility > Pages",
    "netlify": "To publish it, put it on GitHub or GitLab, and choose on app.netlify.com, once:\n"
    "  Add new site > Import an existing project",
    "cloudflare": "To publish it, make a project with `npx wrangler pages project create`, put this on GitHub,\n"
    "and write there, once, under Settings > Secrets and variables > Actions:\n"
    "  CLOUDFLARE_API_TOKEN and CLOUDFLARE_ACCOUNT_ID",
    "server": "To publish it, now and by cron every night:\n"
    "  HEADWAY_TARGET=me@example.org:/var/www/mentoring sh publish.sh",
}
"""What is left to do by hand, by host."""


@click.command("init")
@click.argument("folder", metavar="DIR")
@click.option("--name", help="The program's name.")
@click.option("--timezone", metavar="ZONE", help="As Europe/London.")
@click.option("--host", type=click.Choice(HOSTS), help="Where the site will be built and published.")
@click.option("--people", metavar="A,B", help="Who is in the first partnership: the mentee, then the mentors.")
@click.option("--audience", type=click.Choice(["public", "program", "partners"]), help="Whom the site is for.")
@click.option("--url", metavar="URL", help="Where the site will stand.")
@click.option("--repository", metavar="URL", help="The repository's address.")
@click.option("--yes", is_flag=True, help="Ask nothing; take the defaults.")
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.option(
    "--git/--no-git", "with_git", default=True, help="Begin a git repository, if DIR is in none.  [default: do]"
)
@today_option
def command(
    folder: str,
    name: str | None,
    timezone: str | None,
    host: str | None,
    people: str | None,
    audience: str | None,
    url: str | None,
    repository: str | None,
    yes: bool,
    dry_run: bool,
    with_git: bool,
    today: date | None,
) -> None:
    """Begin a program in DIR: settings, a first partnership, a guide for
    everybody in it, and what its host needs to build the site.

    Nothing that is there already is overwritten.
    """
    root = Path(folder)
    _refuse_taken(root, folder)
    asks = is_watched() and not yes
    default_name = root.resolve().name.replace("-", " ").replace("_", " ").strip().capitalize() or "Mentoring"
    name = name or (_ask("What is the program called", default_name) if asks else default_name)
    zone = _check_zone(timezone or (_ask("In which time zone", "UTC") if asks else "UTC"), asks=asks and not timezone)
    host = host or (_ask("Where will the site be published", "github", HOSTS) if asks else "none")
    question = "Who is in the first partnership? Names with commas, the mentee first; Enter for an example"
    people = people if people is not None else _ask(question, "") if asks else ""
    new = NewProgram(
        name=" ".join(name.split()),
        timezone=zone,
        host=host,
        audience=audience or AUDIENCES.get(host, "public"),
        version=__version__,
        today=choose_today(None, zone, make_choice(today, None)),
        people=tuple(filter(None, (" ".join(part.split()) for part in people.split(",")))),
        url=_check_address(url, "--url"),
        repository=_check_address(repository, "--repository"),
    )
    try:
        _write(root, folder, host, plan_program_files(new), is_dry=dry_run, with_git=with_git)
    except RefusedError as refused:
        raise Refusal(str(refused)) from None


def _refuse_taken(root: Path, folder: str) -> None:
    if (root / "headway.yaml").exists():
        raise Refusal(f"There is a program in {folder} already; nothing was written.")
    if root.exists() and not root.is_dir():
        raise Refusal(f"{folder} is no folder; nothing was written.")


def _write(root: Path, folder: str, host: str, changes: tuple[Change, ...], *, is_dry: bool, with_git: bool) -> None:
    """Write what is not there yet, and say what was written and what comes next."""
    there = [change for change in changes if (root / change.path).exists() or (root / change.path).is_symlink()]
    new = [change for change in changes if change not in there]
    if not is_dry:
        root.mkdir(parents=True, exist_ok=True)
        write_changes(root, new)
    for change in new:
        click.echo(f"{'Would write' if is_dry else 'Wrote'} {change.path}")
    for change in there:
        click.echo(f"Kept {change.path} as it is")
    if is_dry:
        return
    if with_git and not lies_in_repository(root) and begin_repository(root):
        click.echo("Began a git repository, which keeps what was before; its branch is main")
    partnership = next(
        change.path.split("/")[2] for change in changes if change.path.startswith("content/partnerships/")
    )
    is_here = root.resolve() == Path.cwd()
    click.echo("\nYour program is here. Next:" if is_here else f"\nYour program is in {folder}. Next:\n  cd {folder}")
    click.echo("  headway build                     # then open site/index.html")
    click.echo(f'  headway log {partnership} "What we spoke about"')
    click.echo("  headway new person                # and partnership, goal, milestone, meeting ...")
    if host in PUBLISHING:
        click.echo(f"\n{PUBLISHING[host]}")


def _ask(question: str, default: str, choices: tuple[str, ...] | None = None) -> str:
    kind = click.Choice(choices) if choices else None
    return str(click.prompt(question, default=default, type=kind, show_default=bool(default))).strip()


def _check_zone(written: str, *, asks: bool) -> str:
    """Return a time zone as the tz database spells it; a city's name will do."""
    zones = available_timezones()
    while zones and written not in zones:
        form = written.casefold().replace(" ", "_")
        near = sorted(zone for zone in zones if zone.casefold() == form or zone.casefold().rpartition("/")[2] == form)
        if near:
            return near[0]
        message = f"{written[:40]!r} is not a time zone. Write one as Europe/London."
        if not asks:
            raise click.UsageError(message)
        click.echo(message)
        written = _ask("In which time zone", "UTC")
    return written


def _check_address(written: str | None, option: str) -> str:
    if written and not written.startswith(("https://", "http://")):
        raise click.UsageError(f"{option} {written[:60]!r} is not an address on the web; it begins with https://.")
    return written or ""
