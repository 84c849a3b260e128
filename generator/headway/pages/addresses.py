"""Addresses: where each page of a site stands, and how one page links to another.

A site address starts with ``/``, keeps the letters of ids (NFC) and ends with ``/`` for a page, whose file is
then ``index.html`` in that folder. Percent-encoding happens only in `relative`, when an href is written.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from urllib.parse import quote

from msgspec import Struct

from headway.patterns import compile_late

HOME = "/"
NOT_FOUND = "/404.html"
PEOPLE = "/people/"
COHORTS = "/cohorts/"

_UNSAFE = compile_late(r"[/\\#?\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def segment(name: str) -> str:
    """Return ``name`` as one part of an address: NFC, nothing that means something else in a path or a URL."""
    return _UNSAFE.sub("-", unicodedata.normalize("NFC", name)).strip(" ").rstrip(". ") or "-"


class Addresses(Struct, frozen=True):
    """The addresses of one site: the program's, or, where ``own_site`` names one, a partnership's own."""

    own_site: str | None = None

    def partnership(self, partnership: str) -> str:
        """Return a partnership's progress page; all its other pages stand under it."""
        return HOME if self.own_site is not None else f"/partnerships/{segment(partnership)}/"

    def goals(self, partnership: str) -> str:
        return f"{self.partnership(partnership)}goals/"

    def goal(self, partnership: str, goal: str) -> str:
        return f"{self.goals(partnership)}{segment(goal)}/"

    def meetings(self, partnership: str) -> str:
        return f"{self.partnership(partnership)}meetings/"

    def meeting(self, partnership: str, slug: str) -> str:
        return f"{self.meetings(partnership)}{segment(slug)}/"

    def journal(self, partnership: str) -> str:
        return f"{self.partnership(partnership)}journal/"

    def journal_entry(self, partnership: str, slug: str) -> str:
        return f"{self.journal(partnership)}{segment(slug)}/"

    def introduction(self, partnership: str, stem: str = "logbook") -> str:
        """Return where a logbook's introduction stands; ``stem`` is the logbook's file name without ``.md``."""
        logbook = f"{self.partnership(partnership)}logbook/"
        return logbook if stem == "logbook" else f"{logbook}{segment(stem)}/"

    def agreement(self, partnership: str) -> str:
        return f"{self.partnership(partnership)}agreement/"

    def attachment(self, partnership: str, path: str) -> str:
        """Return where a file of the partnership stands; ``path`` counts from the partnership's folder."""
        return self.partnership(partnership) + "/".join(segment(part) for part in path.split("/"))

    def person(self, person: str) -> str:
        return f"{PEOPLE}{segment(person)}/"

    def cohort(self, cohort: str) -> str:
        return f"{COHORTS}{segment(cohort)}/"

    def page(self, page: str) -> str:
        return f"/pages/{segment(page)}/"

    def beside(self, partnership: str, file: str) -> str:
        """Return where a file about a partnership stands, beside its progress page: ``calendar.ics``."""
        return f"{self.partnership(partnership)}{file}"

    def search_chunk(self, partnership: str, ending: str) -> str:
        """Return where what is searched of a partnership stands; ``ending`` is ``js`` or ``json``."""
        return f"/search/partnerships/{segment(partnership)}.{ending}"


def output_path(address: str) -> str:
    """Return the file of a site address, from the site's root: ``people/ada/index.html``."""
    path = address.partition("#")[0].lstrip("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


def absolute(url: str, address: str) -> str:
    """Return the full, percent-encoded URL of a site address on the site that stands at ``url``."""
    path, hash_mark, fragment = address.partition("#")
    return f"{url.rstrip('/')}/{quote(path.lstrip('/'))}{hash_mark}{quote(fragment, safe='')}"


def is_site_address(address: str) -> bool:
    """Whether this is an address of the site itself, not of another one and not a mere fragment."""
    return address.startswith("/") and not address.startswith("//")


@lru_cache(maxsize=4096)
def relative(from_address: str, to_address: str, *, base: str | None = None) -> str:
    """Return the href that leads from one page to another, percent-encoded, its fragment kept.

    It names ``index.html``, so that it works at ``/``, under a path and from ``file://``. What is no address
    of the site is returned as it is. The 404 page is served for any path: on it, hrefs are absolute where
    ``base``, the site's own URL, is known.
    """
    if not is_site_address(to_address):
        return to_address
    to_path, hash_mark, fragment = to_address.partition("#")
    tail = f"#{quote(fragment, safe='')}" if hash_mark else ""
    if from_address == NOT_FOUND and base:
        return absolute(base, to_address)
    (here, _), (there, quoted) = _steps(from_address), _steps(to_path)
    if here == there and tail:
        return tail
    shared = 0
    while shared < min(len(here), len(there)) - 1 and here[shared] == there[shared]:
        shared += 1
    return "/".join((*[".."] * (len(here) - 1 - shared), *quoted[shared:])) + tail


@lru_cache(maxsize=4096)
def _steps(address: str) -> tuple[list[str], list[str]]:
    """Return the steps from the site's root to an address's file, and the same percent-encoded."""
    path = output_path(address)
    return path.split("/"), quote(path).split("/")
