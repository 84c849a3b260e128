"""Rules: what the program's files owe each other, each a plain function from a case to its problems.

Here are the rules of the program's own files, and the walk through all of them; the others are in
`headway.model.partnership_rules`, `headway.model.goal_rules` and `headway.model.note_rules`. What a single
value may be is decided by the fields. A rule never blames: it names what does not fit and how it could.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice

from headway.model.case import Case, Places, Rule
from headway.model.goal_rules import GOAL_RULES
from headway.model.note_rules import NOTE_RULES
from headway.model.partnership import Partnership
from headway.model.partnership_rules import PARTNERSHIP_RULES
from headway.model.program import ProgramRecord
from headway.problems import Problem
from headway.source.names import fold_id

MOST = 100
"""Problems that one rule tells of one partnership: nobody mends more at once, and hints take their time."""

RULES: tuple[Rule, ...] = (*PARTNERSHIP_RULES, *GOAL_RULES, *NOTE_RULES)


def check_partnership(
    partnership: Partnership, record: ProgramRecord, today: date, folder: str, places: Places
) -> tuple[Problem, ...]:
    """Return what does not fit in one partnership on that day; ``folder`` is the path of its files."""
    case = Case(partnership, record, today, folder, places)
    return tuple(problem for rule in RULES for problem in islice(rule(case), MOST))


def check_program(record: ProgramRecord, settings: str, places: Places) -> tuple[Problem, ...]:
    """Return what does not fit in the program's own files; ``settings`` is the path of headway.yaml."""
    return tuple(problem for rule in PROGRAM_RULES for problem in islice(rule(record, settings, places), MOST))


def check_cohort_ids(record: ProgramRecord, settings: str, places: Places) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, cohort in enumerate(record.program.cohorts):
        if fold_id(cohort.id) in seen:
            message = f"There is already a cohort with the id `{cohort.id}`."
            yield places.problem("HW210", settings, ("cohorts", index, "id"), message, "Give it an id of its own.")
        seen.add(fold_id(cohort.id))


def check_cohort_days(record: ProgramRecord, settings: str, places: Places) -> Iterator[Problem]:
    for index, cohort in enumerate(record.program.cohorts):
        if cohort.start and cohort.end and cohort.end < cohort.start:
            message = f"The cohort {cohort.title} ends on {cohort.end}, before it starts on {cohort.start}."
            yield places.problem("HW211", settings, ("cohorts", index, "end"), message, "Mend one of the two days.")


def check_language(record: ProgramRecord, settings: str, places: Places) -> Iterator[Problem]:
    language = record.program.language
    if language == "en" or _is_language(language):
        return
    message = f"`{language}` is not a language whose dates and plurals are known, so they are written in English."
    yield places.problem("HW225", settings, ("language",), message, "Write a language tag, as en, pt-BR or ar.")


def _is_language(tag: str) -> bool:
    from babel import Locale, UnknownLocaleError  # slow to load, and most programs never need it

    try:
        Locale.parse(tag.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return True


def check_thresholds(record: ProgramRecord, settings: str, places: Places) -> Iterator[Problem]:
    thresholds = record.program.thresholds
    if thresholds.stalled < thresholds.check_in:
        message = (
            f"A partnership would be stalled after {thresholds.stalled:g} times its cadence, "
            f"before it needs a check-in after {thresholds.check_in:g}."
        )
        hint = "Let `stalled` be larger than `check_in`."
        key = "stalled" if places.written(settings, "thresholds", "stalled") else "check_in"
        yield places.problem("HW228", settings, ("thresholds", key), message, hint)


PROGRAM_RULES: tuple[Callable[[ProgramRecord, str, Places], Iterator[Problem]], ...] = (
    check_cohort_ids,
    check_cohort_days,
    check_language,
    check_thresholds,
)
