"""``headway schema``: JSON Schemas of the files that people write, for their editors."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("schema")
@click.argument("name", required=False)
@click.option("--out", metavar="DIR", help="Write all of them into this folder, as DIR/goals.json.")
def command(name: str | None, out: str | None) -> None:
    """Print the JSON Schema NAME: program, person, partnership, goals or note.

    Editors use them to complete keys and to explain them. Without a name, list them.
    """
    from headway.writing.changes import Change
    from headway.writing.files import write_changes
    from headway.writing.schemas import NAMES, files_of_schemas, render_schema

    if out is not None:
        if name is not None:
            raise click.UsageError("--out writes all schemas; leave the name out.")
        folder = Path(out)
        folder.mkdir(parents=True, exist_ok=True)
        for each in NAMES:
            place = folder / f"{each}.json"
            before = place.read_bytes() if place.is_file() else None
            write_changes(folder, [Change(f"{each}.json", before, render_schema(each).encode())])
            click.echo(f"Wrote {place}")
        return
    if name is None:
        files = files_of_schemas()
        for each in NAMES:
            click.echo(f"{each:<12} {files.get(each, 'the front matter of notes')}")
        return
    if name not in NAMES:
        raise click.UsageError(f"There is no schema {name!r}; there are {', '.join(NAMES)}.")
    click.echo(render_schema(name), nl=False)
