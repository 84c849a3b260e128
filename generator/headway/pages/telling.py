"""Telling: which problems a build may quote. Its output stands in logs, which have readers of their own.

A problem quotes its author's line and names its file, so it may be told where the site's audience may see both. An
error is always told in full: while there is one, nothing is built. `headway check` tells everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from headway.documents.note import Note
from headway.model.fields import Visibility
from headway.model.program import ProgramContext
from headway.pages.prose import hidden_lines
from headway.pages.shown import Shown
from headway.pages.sight import Sight
from headway.problems import Problem, Severity

_CONTENT = "content/"


def mark_withheld(problems: Iterable[Problem], shown: Shown | None) -> tuple[Problem, ...]:
    """Return a partnership's problems, those marked that its audience may not read; None where it may see nothing."""
    return tuple(
        problem
        if problem.severity is Severity.ERROR or (shown is not None and _may_quote(problem, shown))
        else replace(problem, is_withheld=True)
        for problem in problems
    )


def mark_program_withheld(problems: Iterable[Problem], context: ProgramContext, sight: Sight) -> tuple[Problem, ...]:
    """Return the program's own problems, those marked that its audience may not read.

    Of what stands in people's files (their addresses, their obstacles) and of files that are nobody's, nothing is told.
    """
    pages = {page.note.path: page.note for page in context.record.pages if context.audience.admits(page.visibility)}
    return tuple(
        problem
        if problem.severity is Severity.ERROR
        or not problem.location.path.startswith(_CONTENT)
        or _stands_in([pages.get(problem.location.path)], problem, sight)
        else replace(problem, is_withheld=True)
        for problem in problems
    )


def _may_quote(problem: Problem, shown: Shown) -> bool:
    path, sight = problem.location.path, shown.sight
    name = path.removeprefix(f"{shown.targets.folder}/")
    if name == "partnership.yaml":
        return "stories" in shown.allowed and not _names_hidden(problem, sight)
    if name == "goals.yaml":
        return shown.celebrates and _sees_plan(shown) and not _names_hidden(problem, sight)
    return _stands_in(_notes(shown), problem, sight)


def _sees_plan(shown: Shown) -> bool:
    sight, goals = shown.sight, shown.partnership.goals
    return all(sight.sees_details(goal) and sight.sees_milestones(goal) for goal in goals)


def _notes(shown: Shown) -> Iterator[Note]:
    yield from (entry.meeting.note for entry in shown.meetings)
    yield from (entry.note for entry in shown.journal)
    yield from (introduction.note for introduction in shown.introductions)


def _stands_in(notes: Iterable[Note | None], problem: Problem, sight: Sight) -> bool:
    """Whether the line is in the text of a visible note, and not in lines for a smaller circle."""
    place = problem.location
    for note in notes:
        if note is not None and note.path == place.path and note.line <= place.line <= note.end_line:
            is_hidden = any(first <= place.line <= last for first, last in hidden_lines(note, sight))
            return place.line > note.shift and not is_hidden and not _names_hidden(problem, sight)
    return False


def _names_hidden(problem: Problem, sight: Sight) -> bool:
    """Whether a problem's words, or its file's name, name somebody hidden."""
    if sight.context.audience is Visibility.PRIVATE:
        return False
    texts = (problem.message, problem.hint, problem.excerpt)
    is_named = any(sight.say(text) != text or sight.names_hidden(text) for text in texts)
    return is_named or sight.redaction.tells_path(problem.location.path)
