"""The site that stands: what the last build said of it, and whether a build would give just the same again.

Knows what it was made from by digests alone, so that nothing has to be read, and little loaded, to learn that
nothing changed. What is to be made again where something did is `headway.rebuild`'s.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from functools import cache
from pathlib import Path

from msgspec import Struct, convert, to_builtins

from headway import __version__
from headway.bundled import digest_own_code, list_distributions
from headway.choice import Choice, choose_today
from headway.output.cache import Cache, digest_of
from headway.output.stage import read_site_id
from headway.problems import Problem
from headway.source.history import find_head
from headway.source.snapshot import SourceError

MADE_WITH = ("babel", "jinja2", "markdown-it-py", "mdit-py-plugins", "msgspec", "nh3", "pyyaml")


class Standing(Struct, frozen=True):
    """What the last build made and said. ``fixed`` is the program's own day, if it has one."""

    key: str
    """A digest of everything it was made from but the day."""
    checkout: str
    """The same as git knew it, where everything stood as its index has it; else empty."""
    history: str
    """The mark of the program's history."""
    site_id: str
    audience: str
    today: date
    fixed: date | None
    timezone: str
    partnerships: int
    pages: int
    withheld: str
    """What was withheld, in numbers: ``2 people``."""
    problems: tuple[Problem, ...]

    def to_json(self) -> str:
        return json.dumps(to_builtins(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Standing:
        return convert(json.loads(text), cls)


@cache
def own_digest() -> str:
    """Return a digest of Headway itself, of the libraries that it writes with, and of Python."""
    return digest_of(__version__, sys.version, *list_distributions(MADE_WITH), digest_own_code())


def read_history_mark(root: Path) -> str:
    """Return what tells one history of a program from another: the commit it ends with, and whether it is whole."""
    try:
        return str(find_head(root, None))
    except SourceError as error:
        return error.message


def last_history_mark(cache: Cache) -> str | None:
    """Return the mark of the history of the last build, None where that is not known."""
    mark = json.loads(cache.standing or "{}").get("history")
    return mark if isinstance(mark, str) else None


def key_of(digest: str, history: str, choice: Choice) -> str:
    """Return a digest of all that a site is made from but the day.

    ``digest`` is that of the program's files, ``history`` the mark of its history; "" where the files have none.
    """
    return digest_of(own_digest(), digest, history, choice.audience or "") if digest else ""


def find_standing(cache: Cache, out: Path, choice: Choice, digest: str, history: str) -> Standing | None:
    """Return what the last build said, where another one from such files and history would make the very same.

    The digest is a snapshot's, or a checkout's. The site is trusted to be what was written as long as it carries its
    id.
    """
    plain = json.loads(cache.standing or "{}")
    # The key is looked at first: what another Headway wrote may have another form.
    if not digest or key_of(digest, history, choice) not in (plain.get("key"), plain.get("checkout")):
        return None
    standing = Standing.from_json(cache.standing)
    is_same_day = choose_today(standing.fixed, standing.timezone, choice) == standing.today
    return standing if is_same_day and standing.site_id == read_site_id(out) else None
