"""Task tables: which column says what, who, until when, and whether it is done."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from headway.documents.sections import label_words
from headway.documents.task_text import parse_due, read_state

_OWNER = re.compile(
    r"(?:task |action |item )?(?:owners?|responsible|responsibles|who|whom|assignees?|assigned(?: to)?"
    r"|by whom|lead|leads|responsibility|dri"
    r"|(?:person|people|party|member|team member) responsible|responsible (?:person|party|people|parties)"
    r"|person|persons|name|names|champion)$"
)
_DUE = re.compile(
    r"(?:due|deadline|due date|date due|due by|by when|when|target|target date|deadline date|timeline|until"
    r"|complete by|eta)$"
)
_STATUS = re.compile(r"(?:status|done|completed|complete|state|progress|finished|closed)\??$")
_TASK = re.compile(
    r"(?:new )?(?:actions?|action items?|action points?|tasks?|what|items?|descriptions?|next steps?"
    r"|to dos?|todos?|task descriptions?"
    r"|action descriptions?|things? to do|deliverables?|actions? required|next actions?|activity|activities|details?)$"
)
_NUMBER = re.compile(r"(?:#|no|nr|number|id|priority|notes?|comments?|ref|date|created|s no|sl no|sr no|item no|)$")
_YES = re.compile(
    r"(?:x|y|yes|✓|✔|✅|☑|\[x\]|done|completed?|closed|finished|resolved|100 ?%|true|:white_check_mark:)(?![\w-])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Columns:
    """The places of a table's columns; ``is_header`` is False where the first row already is a task."""

    is_header: bool
    task: int = 0
    owner: int | None = None
    due: int | None = None
    status: int | None = None


@dataclass(frozen=True, slots=True)
class TaskRow:
    text: str
    owner: str
    due: date | None
    is_done: bool


def read_columns(cells: tuple[str, ...]) -> Columns:
    """Return what the columns of a table are by its first row."""
    words = [label_words(cell) for cell in cells]

    def find(pattern: re.Pattern[str], *taken: int | None) -> int | None:
        return next((at for at, word in enumerate(words) if pattern.match(word) and at not in taken), None)

    task = find(_TASK)
    owner = find(_OWNER, task)
    due = find(_DUE, task, owner)
    status = find(_STATUS, task, owner, due)
    if task is None and owner is None and due is None and status is None:
        is_blank = not any(words)
        return Columns(is_blank, _first_other(words, ()))
    if task is None:
        task = _first_other(words, (owner, due, status))
    return Columns(True, task, owner, due, status)


def _first_other(words: list[str], taken: tuple[int | None, ...]) -> int:
    """Return the first column that is neither taken nor a running number."""
    free = [at for at, word in enumerate(words) if at not in taken]
    return next((at for at in free if not _NUMBER.match(words[at]) and not words[at].isdigit()), free[0] if free else 0)


def read_task_row(cells: tuple[str, ...], columns: Columns) -> TaskRow | None:
    """Return a row's task, or None where its task cell is empty."""

    def cell(at: int | None) -> str:
        return cells[at].strip() if at is not None and at < len(cells) else ""

    is_done, text = read_state(cell(columns.task))
    if not text:
        return None
    box = text[:3].casefold()
    if box in ("[ ]", "[x]"):
        is_done, text = is_done or box == "[x]", text[3:].strip()
    status = cell(columns.status).strip("*_`~ ")
    return TaskRow(text, cell(columns.owner), parse_due(cell(columns.due)), is_done or _YES.match(status) is not None)
