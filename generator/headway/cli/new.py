"""``headway new``: files and entries that are valid from the first second."""

from __future__ import annotations

from importlib import import_module

import click

KINDS = {
    "person": ("new_people", "Add a person."),
    "partnership": ("new_partnership", "Begin a partnership, with its agreement."),
    "cohort": ("new_people", "Add a cohort to headway.yaml."),
    "goal": ("new_plans", "Add a goal to a partnership's plan."),
    "milestone": ("new_plans", "Add a milestone to a goal."),
    "meeting": ("new_notes", "Prepare the next meeting: its note, with the agenda."),
    "journal": ("new_notes", "Write a note between meetings."),
}
"""What can be new: the module that knows how, and what it does."""


class Kinds(click.Group):
    """The kinds by name; a kind's module is imported only when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(KINDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in KINDS:
            return None
        command: click.Command = getattr(import_module(f"headway.cli.{KINDS[cmd_name][0]}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Kinds"):
            formatter.write_dl([(name, words) for name, (_, words) in KINDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in KINDS and not args[0].startswith("-"):
            raise click.UsageError(f"There is nothing new of the kind {args[0]!r}; there are {', '.join(KINDS)}.", ctx)
        return super().resolve_command(ctx, args)


@click.group("new", cls=Kinds, subcommand_metavar="KIND ...")
def command() -> None:
    """Add something to the program: a person, a partnership, a goal ...

    What is not given as an option is asked for.
    """
