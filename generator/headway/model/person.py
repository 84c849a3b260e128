"""A person of the program, as their own file tells it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import field

from headway.documents.forms import Form
from headway.model.fields import Address, Name, OneOrMore, Text, TextList, TimeZone, Visibility, whole

HelpKind = Literal["coach", "sponsor", "connector", "mentor", "peer"]
Consent = Literal["stories", "thanks", "celebrations"]


class Obstacle(Form, frozen=True):
    """An excuse or obstacle, named beforehand, with its counter-move. For the partners only, always."""

    kind: Text
    """What kind of thing it is, as excuse, fear or circumstance."""
    what: Text
    """What is said or happens, as: no time this week."""
    counter: Text | None = None
    """The counter-move, decided beforehand."""


class Person(Form, frozen=True):
    """content/people/<id>.yaml; the id is the file's name, so it is not a field of the file."""

    name: Name
    """The name as they write it themselves."""
    pronouns: Text | None = None
    """As she/her."""
    timezone: TimeZone | None = None
    """Their time zone, as Europe/London."""
    email: Text | None = None
    """Never published."""
    strengths: TextList = ()
    """What they are good at; the same words as in others' `growing`, so that they can be compared."""
    growing: TextList = ()
    """What they want to become better at."""
    needs: TextList = ()
    """What they need from others, in their own words."""
    offers: TextList = ()
    """What they can give to others, in their own words."""
    help: Annotated[tuple[HelpKind, ...], OneOrMore] = ()
    """Kinds of help they give: coach, sponsor, connector, mentor, peer."""
    availability: TextList = ()
    """When they can meet, as Tue 17:00-19:00."""
    capacity: Annotated[int, whole(0, 1000)] | None = None
    """How many partnerships they can keep at a time."""
    obstacles: tuple[Obstacle, ...] = ()
    """Excuses and obstacles, each with its counter-move; for the partners only, always."""
    aliases: TextList = ()
    """Other handles and spellings that notes use."""
    bio: Text | None = None
    """A few sentences about them, in Markdown."""
    affiliation: Text | None = None
    """Where they work or learn."""
    country: Text | None = None
    """As GB."""
    links: Mapping[str, Address] = field(default_factory=dict)
    """Addresses on the web by what they are, as `web: https://example.org`."""
    allows: Annotated[tuple[Consent, ...], OneOrMore] = ()
    """What others than the partners may see of what they are in: stories, thanks, celebrations; nothing is none."""
    visibility: Visibility | None = None
    """Who may see this person; others see their role instead of the name."""
