"""Bare lines: what stands in a section of tasks without a bullet, and what it may be.

Tells entries from hard-wrapped prose, and lines such as ``Next meeting: 2 March`` from tasks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from headway.documents.attendance_labels import inline_label, kind_of_label
from headway.documents.blocks import Block, Kind
from headway.documents.names import plain_text
from headway.documents.sections import Line, label_words

_ASIDE = re.compile(r"(?:next (?:meeting|call|session|check in|sync)|recording|date|time|when|where|location)s?\b")
_OTHER = re.compile(_ASIDE.pattern + r"|(?:links?|agenda|notes?|minutes|meeting|attachments?|discussion|questions?)\b")


def entries(lines: Sequence[tuple[Line, str | None]]) -> Iterator[tuple[Line, str | None]]:
    """Yield a paragraph's tasks: each of its lines where they are entries of their own, else the whole."""
    if not lines:
        return
    texts = [line.text for line, _ in lines]
    starts = [text[:1].isupper() or text[:1] in '@*_`[("“✅' or text[:1].isdigit() for text in texts]
    if all(starts) or max(map(len, texts)) <= 60:
        yield from lines
        return
    line, owner = lines[0]
    yield Line(line.line, " ".join(texts), True), owner


def begins_list(following: Block | None, line: Line, block: Block) -> bool:
    """Return whether a list or table begins right after this line, or lines follow it in its paragraph."""
    if line.line < block.end_line:
        return True
    return following is not None and following.kind in (Kind.ITEM, Kind.ROW)


def closes_section(text: str) -> bool:
    """Return whether a label begins something that is known to hold no tasks."""
    return kind_of_label(text) is not None or _OTHER.match(label_words(text)) is not None


def is_aside(text: str) -> bool:
    """Return whether a line in a section tells of something else: ``Next meeting: 2 March``."""
    inline = inline_label(text)
    if inline and (_ASIDE.match(label_words(inline[0])) or kind_of_label(inline[0]) is not None):
        return True
    words = label_words(text[:60])
    return (
        len(text) <= 90
        and re.match(r"next (?:meeting|call|session)(?: (?:is|will be|on|at|in|date)\b|$| \d)", words) is not None
    )


def is_handle(text: str) -> bool:
    """Return whether a text is nothing but a handle: a parent whose items are tasks, whoever it is."""
    plain = re.sub(r"\([^()]{0,60}\)", "", plain_text(text[:200])[0]).rstrip(": ")
    return plain.startswith("@") and " " not in plain and len(plain) < 60


_ROLES = r"(?:the )?(?:mentors?|mentees?|co mentors?|peers?|members?|fellows?|students?|supervisors?)"
_ROLE = re.compile(_ROLES + "$")
_GROUP = re.compile(
    rf"(?:for )?(?:{_ROLES}|unassigned|nobody yet|others?|open|general|misc|urgent|high priority|low priority|later"
    r"|this week|next week|short term|long term|everyone else)$"
)
_FOR = re.compile(r"\s(?:for|[-–—:])\s")
_POSSESSIVE = re.compile(r"['’]s?\s")


@dataclass(frozen=True, slots=True)
class Owned:
    """A label taken apart: ``Action items for Ada``. ``is_group``: a word for a role, not a name."""

    label: str
    name: str
    is_group: bool


def split_owned(text: str) -> Iterator[Owned]:
    """Yield the ways in which a short label may name an owner beside its words."""
    plain = plain_text(text)[0].strip().rstrip(":： ")
    if len(plain) > 80:
        return
    for pattern, name_first in ((_FOR, False), (_FOR, True), (_POSSESSIVE, True)):
        if match := pattern.search(plain):
            head, tail = plain[: match.start()], plain[match.end() :]
            label, name = (tail, head) if name_first else (head, tail)
            yield Owned(label, name, _ROLE.match(label_words(name)) is not None)


def is_group_label(text: str) -> bool:
    """Return whether a label inside a section sorts tasks without naming anybody: ``Unassigned:``."""
    return _GROUP.match(label_words(text)) is not None
