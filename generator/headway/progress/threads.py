"""Threads: the same task followed through the notes that repeat it.

The same words and owner again later are the same task: repeated open it is carried, repeated ticked it is
closed, and repeated open after that it is a new one. What the day makes of it is in `headway.progress.tasks`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from msgspec import Struct, field
from msgspec.structs import replace

from headway.documents.note import Note, Task
from headway.model.partnership import Partnership
from headway.patterns import compile_late
from headway.progress.meetings import Place, order_meetings, place_note


class Mention(Struct, frozen=True):
    """A task as it stands in one note; ``place`` is None where the note is undated."""

    task: Task
    slug: str
    path: str
    on: date | None
    place: Place | None
    is_journal: bool


class Thread(Struct, frozen=True):
    """One task: its first and latest mention, and the one that ticked it, if any."""

    first: Mention
    last: Mention
    owner: str | None
    due: date | None
    closing: Mention | None


def follow_tasks(partnership: Partnership) -> tuple[Thread, ...]:
    """Return every task of the partnership's meetings and journal, in the order they were first written."""
    follower = _Follower()
    for mention in _list_mentions(partnership):
        follower.take(mention)
    return tuple(follower.threads)


def _list_mentions(partnership: Partnership) -> Iterator[Mention]:
    notes: list[tuple[str, Note, bool]] = [(m.slug, m.note, False) for m in order_meetings(partnership.meetings)]
    notes += [(e.slug, e.note, True) for e in partnership.journal]
    mentions = [
        Mention(task, slug, note.path, note.date, _place(note.date, slug, is_journal), is_journal)
        for slug, note, is_journal in notes
        for task in note.tasks
    ]
    yield from sorted(mentions, key=_order)


def _place(on: date | None, slug: str, is_journal: bool) -> Place | None:
    return None if on is None else place_note(on, slug, is_journal)


def _order(mention: Mention) -> tuple[bool, Place, str, int]:
    place = mention.place or place_note(date.min, mention.slug, mention.is_journal)
    return (mention.place is None, place, mention.path, mention.task.line)


class _Follower(Struct):
    """The threads so far, and for each wording which are open and which were closed last, by owner."""

    threads: list[Thread] = field(default_factory=list)
    open: dict[str, dict[str | None, int]] = field(default_factory=dict)
    closed: dict[str, dict[str | None, int]] = field(default_factory=dict)

    def take(self, mention: Mention) -> None:
        words = normalise_words(mention.task.text)
        open_ones, closed_ones = self.open.setdefault(words, {}), self.closed.setdefault(words, {})
        key, is_known = _find_owner(open_ones, mention.task.owner)
        if is_known:
            index = open_ones.pop(key)
            self.threads[index] = _repeat(self.threads[index], mention)
        else:
            key, is_known = _find_owner(closed_ones, mention.task.owner)
            # Ticked again is said again. And a note without a date may as well be older than the tick.
            if is_known and (mention.task.is_done or mention.on is None):
                index = closed_ones.pop(key)
                self.threads[index] = _repeat(self.threads[index], mention)
            else:
                index = len(self.threads)
                self.threads.append(_begin(mention))
        thread = self.threads[index]
        (open_ones if thread.closing is None else closed_ones)[_owner_key(thread.owner)] = index


def _find_owner(by_owner: dict[str | None, int], owner: str | None) -> tuple[str | None, bool]:
    """Return the owner under whom a task of ``owner`` stands, and whether it does.

    A task that nobody had gains the owner that a repetition names; a repetition that names nobody belongs
    to the only owner there is.
    """
    key = _owner_key(owner)
    if key in by_owner:
        return key, True
    if key is None:
        return (next(iter(by_owner)), True) if len(by_owner) == 1 else (None, False)
    return None, None in by_owner


def _owner_key(owner: str | None) -> str | None:
    return None if owner is None else " ".join(owner.casefold().split())


def _begin(mention: Mention) -> Thread:
    task = mention.task
    return Thread(mention, mention, task.owner, task.due, mention if task.is_done else None)


def _repeat(thread: Thread, mention: Mention) -> Thread:
    task = mention.task
    return replace(
        thread,
        last=mention,
        owner=thread.owner if thread.owner is not None else task.owner,
        due=task.due or thread.due,
        closing=thread.closing or (mention if task.is_done else None),
    )


_LINK_TARGET = compile_late(r"\]\([^()\s]*\)")
_EMPHASIS = "*`~"
# "C#" is not "C", and "50%" not "50".
_MEANINGFUL = "#%&@"


def normalise_words(text: str) -> str:
    """Return a task's words without case, spacing, punctuation, emphasis and the targets of links.

    A text that holds nothing else is kept as it is.
    """
    composed = unicodedata.normalize("NFC", _LINK_TARGET.sub("]", text)).casefold()
    return " ".join("".join(map(_plain, composed)).split()) or text


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if character in _EMPHASIS or category == "Cf":
        return ""
    is_spacing = category[0] in "PZC" and character not in _MEANINGFUL
    return " " if is_spacing else character
