"""Labels: the headings, bold lines and lines ending in a colon under which people write tasks and marks.

Says what a label's words are once numbering, emphasis, colon and emoji are off, which words open a section of
tasks, and which of its bare lines are entries. Which blocks belong to a section is the business of those who read them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache

from headway.documents.blocks import Block, Kind, is_inside
from headway.documents.dates import find_date
from headway.documents.names import plain_text

TASK_WORDS = frozenset(
    word
    for words in (
        "action, actions, action item, action items, action point, action points, actions required, action required",
        "next step, next steps, next action, next actions, to do, to dos, todo, todos, task, tasks, work plan, plan",
        "future plan, future plans, todo list, to do list, task list, action list, action items list, ai, ais",
    )
    for word in words.split(", ")
) - {"ai", "ais"}

LABEL_RANK = 7
"""The rank of a section that a label opens: below every heading."""
_LONGEST_LABEL = 90
_BOLD = re.compile(r"(?:\*\*\*|\*\*|__)(?=\S)([^*]{1,90}?)(?:\*\*\*|\*\*|__)\s*[:：]?\s*$")
_BOLD_WITH_NOTE = re.compile(r"(?:\*\*|__)(?=\S)([^*]{1,60}?)(?:\*\*|__)\s*[:：]?\s*\([^()]{0,200}\)\s*[:：]?\s*$")
_NUMBERING = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){0,3}[.)]?|[ivx]{1,4}[.)]|[a-z][.)])\s+", re.IGNORECASE)
_NOTE = re.compile(r"\s*[(\[][^()\[\]]{0,200}[)\]]\s*[:：]?$")
_AHEAD = re.compile(
    r" (?:for|before|from|by|until|till)(?: the| our| this| todays| today)?(?: next)? (?:meeting|call|session|time)$"
)
_BEHIND = re.compile(r" (?:from|of|for|at|since)(?: the| our)? (?:last|previous|prior|past)(?: \w{1,12})?$")
_REVIEWING = re.compile(
    r"(?:(?:review|status|follow up|update|updates|check|revisit)(?: of| on)?(?: the| our)? (?:previous "
    r"|last |old |past |open )?"
    r"|(?:the )?(?:previous|last|old|past|prior)(?: meetings?| weeks?| sessions?| times?)? )"
)
_REVIEWED = re.compile(r" (?:review|follow up|update|updates|status)$")
_NEW = re.compile(r"(?:new|summary of|list of|our) ")
_ENDS = re.compile(r"\b(?:due|by|until|before|deadline)\b", re.IGNORECASE)


class Section(StrEnum):
    """What a label opens: new tasks, or a review of old ones."""

    TASKS = "tasks"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a paragraph; ``is_alone`` where the paragraph has no other."""

    line: int
    text: str
    is_alone: bool


def paragraph_lines(block: Block) -> tuple[Line, ...]:
    """Return a paragraph's lines with their numbers in the file."""
    texts = [(block.line + at, text) for at, text in enumerate(block.text.split("\n")) if text]
    return tuple([Line(line, text, len(texts) == 1) for line, text in texts])


def label_words(text: str) -> str:
    """Return a label's words in small letters, without numbering, emphasis, colon, emoji and trailing brackets."""
    return _short_label_words(text) if len(text) <= 3 * _LONGEST_LABEL else ""


# Each recogniser asks the same lines, and a partnership's notes have the same labels.
@lru_cache(4096)
def _short_label_words(text: str) -> str:
    plain = plain_text(text)[0]
    plain = _NUMBERING.sub("", _strip_signs(plain), count=1)
    if plain.endswith((")", "]")) and (shorter := _NOTE.sub("", plain)):
        plain = shorter
    plain = unicodedata.normalize("NFC", _strip_signs(plain)).casefold()
    return " ".join(plain.replace("’", "").replace("'", "").replace("-", " ").replace("‑", " ").split())


def _strip_signs(text: str) -> str:
    """Cut what is neither letter nor digit from both ends, but keep brackets and the handle's sign."""
    start, end = 0, len(text)
    while start < end and not (text[start].isalnum() or text[start] in "@([{<"):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in ")]}>"):
        end -= 1
    return text[start:end]


def is_label(text: str) -> bool:
    """Return whether a line is a label by its form: wholly bold, or short and ending in a colon."""
    if len(text) > 3 * _LONGEST_LABEL or "\n" in text:
        return False
    if _BOLD.match(text) or _BOLD_WITH_NOTE.match(text):
        return True
    bare = text.rstrip("*_ ")
    return bare.endswith((":", "：")) and len(bare) <= _LONGEST_LABEL


@cache
def _known_words(more: frozenset[str]) -> tuple[frozenset[str], re.Pattern[str]]:
    """Return the words that open a section of tasks, and a pattern that finds any of them."""
    known = TASK_WORDS | more
    shortest = [word for word in known if not any(other in word for other in known - {word})]
    return known, re.compile("|".join(map(re.escape, sorted(shortest))))


def may_open_section(text: str, more: frozenset[str] = frozenset()) -> bool:
    """Return whether a line holds words of a task section at all, as few lines do."""
    return _known_words(more)[1].search(label_words(text)) is not None


def task_section(text: str, more: frozenset[str] = frozenset()) -> Section | None:
    """Return what the words of a label open, or None; ``more`` are a program's own words, as `label_words`."""
    words = label_words(text)
    if not words:
        return None
    if (note := _NOTE.search(text.rstrip("*_:： "))) and _BEHIND.match(" " + note[0].strip(" ()[]:*_").casefold()):
        words = f"previous {words}"
    known = _known_words(more)[0]
    if words in known:
        return Section.TASKS
    for pattern in (_BEHIND, _REVIEWED):
        if (shorter := pattern.sub("", words)) != words and _are_known(shorter, known):
            return Section.REVIEW
    if (match := _REVIEWING.match(words)) and _are_known(_BEHIND.sub("", words[match.end() :]), known):
        return Section.REVIEW
    words = _NEW.sub("", words, count=1) if _NEW.match(words) else words
    return Section.TASKS if _are_known(_AHEAD.sub("", words), known) else None


def _are_known(words: str, known: Collection[str]) -> bool:
    """Return whether the words open a task section: "Action items / Next steps" does too."""
    return all(part.strip() in known for part in re.split(r" ?[/&+] ?| and ", words))


def is_dated(text: str) -> bool:
    """Return whether a heading or a line of its own holds a day, and is no deadline."""
    return len(text) <= 200 and find_date(text, "dmy", 2024) is not None and _ENDS.search(text) is None


def has_children(blocks: Sequence[Block], at: int) -> bool:
    """Return whether the item at index ``at`` holds the next block."""
    return at + 1 < len(blocks) and is_inside(blocks, at + 1, at)


def is_short_line(text: str) -> bool:
    """Return whether a line of its own is short enough to be a heading that nobody marked."""
    return len(text) <= 40 and len(text.split()) <= 5 and text[-1:] not in ".!?,;"


@dataclass
class OpenSection:
    """A section being read. ``rank`` is its heading's level, 7 for a label; ``holder`` the item that holds it."""

    kind: Section
    rank: int
    holder: int | None
    depth: int = 0
    """The depth of the items that are tasks; 0 until the first one is seen."""
    owner: str | None = None
    siblings_of: int | None = None
    """For a label that is an item without a list inside: that item; its next siblings are the tasks."""
    has_entries: bool = False
    paragraphs: list[list[tuple[Line, str | None]]] = field(default_factory=list)


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
    if len(text) > 3 * _LONGEST_LABEL or len(plain := plain_text(text)[0].strip().rstrip(":： ")) > 80:
        return
    for pattern, name_first in ((_FOR, False), (_FOR, True), (_POSSESSIVE, True)):
        if match := pattern.search(plain):
            head, tail = plain[: match.start()], plain[match.end() :]
            label, name = (tail, head) if name_first else (head, tail)
            yield Owned(label, name, _ROLE.match(label_words(name)) is not None)


def is_group_label(text: str) -> bool:
    """Return whether a label inside a section sorts tasks without naming anybody: ``Unassigned:``."""
    return _GROUP.match(label_words(text)) is not None
