"""The result: a program at one moment, as the preview knows it; replaced as a whole by the next."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct, field

from headway.build import Walk
from headway.model.fields import Visibility
from headway.pages.addresses import segment
from headway.preview.parts import Known, key_of
from headway.problems import Problem, Severity, sort_problems
from headway.source.snapshot import Folder


class Result(Struct, frozen=True, dict=True):
    """The program at one moment. ``walk`` is what pages are made with: the last one whose own files had no error."""

    walk: Walk
    shared: str = ""
    """A digest of what all partnerships share."""
    habits: str = ""
    """A digest of what all notes are read with."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with the program's own files now."""
    folders: Mapping[str, Folder] = field(default_factory=dict)
    """The partnerships by their part of the address."""
    known: Mapping[str, Known] = field(default_factory=dict)
    """What is known of the partnerships, by folder."""

    def holds(self, folder: Folder) -> bool:
        """Whether what is known of a partnership is made from its files as they are."""
        known = self.known.get(folder.name)
        return known is not None and known.key == key_of(folder, known.people, self.shared, self.walk)

    @cached_property
    def all_problems(self) -> tuple[Problem, ...]:
        return sort_problems((*self.problems, *(found for known in self.known.values() for found in known.problems)))


def has_summary(known: Known, audience: Visibility) -> bool:
    """Whether an audience's pages have all they need of a partnership."""
    return audience in known.summaries or any(p.severity is Severity.ERROR for p in known.problems)


def by_segment(walk: Walk) -> dict[str, Folder]:
    """Return the partnerships by their part of the address."""
    return {segment(unicodedata.normalize("NFC", folder.name)): folder for folder in walk.snapshot.partnerships}
