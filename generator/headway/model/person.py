"""A person of the program, as their own file tells it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from headway.model.fields import Address, Document, OneOrMore, Text, TextList, TimeZone, Visibility, whole

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
    timezone: TimeZone | None = None
    email: Text | None = None
    strengths: TextList = ()
    growing: TextList = ()
    needs: TextList = ()
    offers: TextList = ()
    help: Annotated[tuple[HelpKind, ...], OneOrMore] = ()
    availability: TextList = ()
    capacity: Annotated[int, whole(0, 1000)] | None = None
    obstacles: tuple[Obstacle, ...] = ()
    aliases: TextList = ()
    bio: Text | None = None
    affiliation: Text | None = None
    country: Text | None = None
    links: Mapping[str, Address] = Field(default_factory=dict)
    visibility: Visibility | None = None
