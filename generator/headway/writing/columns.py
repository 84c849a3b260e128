"""Columns: what the columns of a spreadsheet may mean, by their names, for each kind of thing that is imported."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

LEFT_OUT = "-"
"""The field of a column that is not imported."""

_PLAN: Mapping[str, Mapping[str, str]] = {
    "people": {
        "name": "full name, person, display name, participant",
        "first_name": "first, given name, forename, vorname, prénom",
        "last_name": "last, surname, family name, nachname, nom",
        "id": "handle, username",
        "email": "e mail, mail, email address, e mail address",
        "pronouns": "pronoun",
        "timezone": "time zone, tz",
        "affiliation": "organisation, organization, company, employer, team, department, school",
        "country": "",
        "strengths": "strength, skills, good at, expertise",
        "growing": "wants to learn, learning, growth, wants to grow in",
        "needs": "need, looking for",
        "offers": "offer, can offer",
        "help": "kinds of help",
        "availability": "available, when",
        "capacity": "mentees at a time",
        "aliases": "alias, nickname, nicknames",
        "bio": "about, biography, description",
        "web": "website, link, url, homepage, linkedin",
        "visibility": "",
    },
    "partnerships": {
        "id": "pair id",
        "title": "name, pair, partnership",
        "mentee": "mentees, protégé, fellow",
        "mentor": "mentors",
        "co-mentor": "co mentors",
        "peer": "peers",
        "lead": "leads, leader",
        "member": "members, people",
        "kind": "type",
        "cohort": "batch, round",
        "start": "start date, started, from, begin, since",
        "end": "end date, ended, to, until",
        "status": "state",
        "reason": "",
        "purpose": "goal, aim, why",
        "cadence": "rhythm, frequency, how often",
        "length": "meeting length, duration",
        "success": "success looks like",
        "feedback": "",
        "visibility": "",
    },
    "meetings": {
        "partnership": "pair, pair id, partnership id",
        "mentee": "mentees",
        "mentor": "mentors",
        "date": "day, when, meeting date, on",
        "time": "at, start time",
        "title": "topic, subject",
        "minutes": "duration, length, min",
        "status": "state, outcome",
        "attendees": "present, participants, who",
        "kind": "type",
        "text": "notes, note, summary, what, comments, description",
        "tasks": "action items, actions, next steps, to do, todo",
        "next": "next meeting, next date",
        "visibility": "",
    },
}
KINDS = tuple(_PLAN)
DAYS = ("start", "end", "date", "next")
"""The fields that are days."""
_NEEDED = {
    "people": ({"name"}, {"first_name"}),
    "partnerships": ({"mentee"}, {"mentor"}, {"member"}, {"peer"}, {"lead"}, {"co-mentor"}),
    "meetings": ({"partnership", "date"}, {"mentee", "mentor", "date"}),
}


def fields_of(kind: str) -> tuple[str, ...]:
    return tuple(_PLAN[kind])


def list_names(kind: str) -> tuple[tuple[str, str], ...]:
    """Return each field with the other names of columns that mean it, with commas."""
    return tuple(_PLAN[kind].items())


def fold_column(name: str) -> str:
    """Return a column's name as names of columns are compared."""
    return " ".join(re.sub(r"[\W_]+", " ", name.casefold()).split())


def guess_fields(kind: str, head: Sequence[str]) -> tuple[str | None, ...]:
    """Return what each column means by its name, None where that is not known; empty ones are left out."""
    known = {fold_column(word): field for field, words in _PLAN[kind].items() for word in words.split(",") if word}
    known |= {fold_column(field): field for field in _PLAN[kind]}
    return tuple(known.get(fold_column(name)) if name else LEFT_OUT for name in head)


def guess_kind(head: Sequence[str]) -> str | None:
    """Return what the table is of: the kind whose needed columns are there and that knows the most; None in doubt."""
    found = {}
    for kind in KINDS:
        fields = guess_fields(kind, head)
        if any(needed <= set(fields) for needed in _NEEDED[kind]):
            found[kind] = sum(field not in (None, LEFT_OUT) for field in fields)
    best = [kind for kind, count in found.items() if count == max(found.values())]
    return best[0] if len(best) == 1 else None


def list_needed(kind: str, fields: Sequence[str | None]) -> str:
    """Return which columns are missing, in words; empty where all that are needed are there."""
    if any(needed <= set(fields) for needed in _NEEDED[kind]):
        return ""
    return ", or ".join(" and ".join(sorted(needed)) for needed in _NEEDED[kind])


def find_near(kind: str, name: str) -> str:
    """Return the field that a column's name is nearest to, "" where none is near."""
    near = get_close_matches(fold_column(name), fields_of(kind), n=1)
    return near[0] if near else ""
