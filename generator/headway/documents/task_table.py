"""Task tables: what a table's columns are by its head, and what a row of it says of one task."""

from __future__ import annotations

import re
from datetime import date

from msgspec import Struct

from headway.documents.dates import Reckoning
from headway.documents.labels import label_words
from headway.documents.task_text import parse_due, read_state
from headway.documents.words import DONE, DUE_COLUMNS, OWNER_COLUMNS, STATUS_COLUMNS, TASK_COLUMNS
from headway.patterns import compile_late

_OWNER_COLUMN = compile_late(
    r"(?:task |action |item )?(?:owners?|responsible|responsibles|who|whom|assignees?|assigned(?: to)?"
    r"|by whom|lead|leads|responsibility|dri"
    r"|(?:person|people|party|member|team member) responsible|responsible (?:person|party|people|parties)"
    r"|person|persons|name|names|champion)$"
)
_DUE_COLUMN = compile_late(
    r"(?:due|by|deadline|due date|date due|due by|by when|when|until when|target|target date|deadline date|timeline"
    r"|until|complete by|eta)$"
)
_STATUS_COLUMN = compile_late(r"(?:status|done|completed|complete|state|progress|finished|closed)\??$")
_TASK_COLUMN = compile_late(
    r"(?:new )?(?:actions?|action items?|action points?|tasks?|what|items?|descriptions?|next steps?"
    r"|to dos?|todos?|(?:task|action) descriptions?|things? to do|deliverables?|commitments?|promises?"
    r"|actions? required|next actions?|activity|activities|details?)$"
)
_NUMBER = compile_late(r"(?:#|no|nr|number|id|priority|notes?|comments?|ref|date|created|s no|sl no|sr no|item no|)$")
_YES = compile_late(
    rf"(?:x|y|yes|✓|✔|✅|☑|\[x\]|{DONE}|100 ?%|true|:white_check_mark:)(?![\w-])",
    re.IGNORECASE,
)


class Columns(Struct, frozen=True):
    """The places of a table's columns; ``is_header`` is False where the first row already is a task.

    ``are_tasks`` where the head alone says so: what, who, and until when or how it stands.
    """

    is_header: bool
    task: int = 0
    owner: int | None = None
    due: int | None = None
    status: int | None = None
    are_tasks: bool = False


class TaskRow(Struct, frozen=True):
    text: str
    owner: str
    due: date | None
    is_done: bool


def read_columns(cells: tuple[str, ...]) -> Columns:
    """Return what the columns of a table are by its first row."""
    words = [label_words(cell) for cell in cells]

    def find(pattern: re.Pattern[str], more: frozenset[str], *taken: int | None) -> int | None:
        named = (at for at, word in enumerate(words) if (pattern.match(word) or word in more) and at not in taken)
        return next(named, None)

    task = find(_TASK_COLUMN, TASK_COLUMNS)
    owner = find(_OWNER_COLUMN, OWNER_COLUMNS, task)
    due = find(_DUE_COLUMN, DUE_COLUMNS, task, owner)
    status = find(_STATUS_COLUMN, STATUS_COLUMNS, task, owner, due)
    if task is None and owner is None and due is None and status is None:
        is_blank = not any(words)
        return Columns(is_blank, _first_other(words, ()))
    are_tasks = None not in (task, owner) and (due, status) != (None, None)
    task = _first_other(words, (owner, due, status)) if task is None else task
    return Columns(True, task, owner, due, status, are_tasks)


def _first_other(words: list[str], taken: tuple[int | None, ...]) -> int:
    """Return the first column that is neither taken nor a running number."""
    free = [at for at, word in enumerate(words) if at not in taken]
    return next((at for at in free if not _NUMBER.match(words[at]) and not words[at].isdigit()), free[0] if free else 0)


def read_task_row(cells: tuple[str, ...], columns: Columns, dates: Reckoning) -> TaskRow | None:
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
    return TaskRow(
        text, cell(columns.owner), parse_due(cell(columns.due), dates), is_done or _YES.match(status) is not None
    )
