"""A person of the program, as their own file tells it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from headway.model.fields import Document, Text, Visibility

HelpKind = Literal["coach", "sponsor", "connector", "mentor", "peer"]


class Obstacle(Document):
    """An excuse or obstacle, named beforehand, with its counter-move. For the partners only, always."""

    kind: Text
    what: Text
    counter: Text | None = None


class Person(Document):
    """content/people/<id>.yaml; the id is the file's name, so it is not a field of the file."""

    name: Text
    pronouns: Text | None = None
    timezone: Text | None = None
    email: Text | None = None
    strengths: tuple[Text, ...] = ()
    growing: tuple[Text, ...] = ()
    needs: tuple[Text, ...] = ()
    offers: tuple[Text, ...] = ()
    help: tuple[HelpKind, ...] = ()
    availability: tuple[Text, ...] = ()
    capacity: int | None = None
    obstacles: tuple[Obstacle, ...] = ()
    aliases: tuple[Text, ...] = ()
    bio: Text | None = None
    affiliation: Text | None = None
    country: Text | None = None
    links: dict[str, Text] = Field(default_factory=dict)
    visibility: Visibility | None = None
