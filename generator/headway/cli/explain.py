"""``headway explain``: what a problem's code means, and how to mend it."""

from __future__ import annotations

from difflib import get_close_matches

import click

from headway.bundled import read_explanation
from headway.catalogue import CODES


@click.command("explain")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Explain a problem's CODE, as HW101; without one, list all codes."""
    if code is None:
        for name, entry in sorted(CODES.items()):
            click.echo(f"{name}  {entry.severity:<8} {entry.title}")
        return
    wanted = code.upper()
    if wanted not in CODES:
        near = get_close_matches(wanted, CODES, n=1, cutoff=0.8)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise click.UsageError(f"There is no problem with the code {code}.{hint} `headway explain` lists them all.")
    click.echo(read_explanation(wanted).rstrip())
