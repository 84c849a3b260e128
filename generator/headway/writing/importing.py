"""Importing: a spreadsheet's rows become files of people and partnerships; nothing is overwritten.

Pure: each row gives one new file, or is there already, or has faults. Meetings are `import_meetings`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct, field

from headway.build import Walk
from headway.documents.names import fold_name
from headway.documents.yaml import parse_yaml
from headway.patterns import compile_late
from headway.source.names import check_id, fold_id
from headway.source.snapshot import Folder
from headway.writing.imports import Import
from headway.writing.naming import Taken, propose_partnership_id, propose_person_id
from headway.writing.records import Faults, Record, list_people, quote, read_day, read_people, split_entries
from headway.writing.starter_files import render_yaml
from headway.writing.yaml_values import Value

ROLES = ("mentee", "mentor", "co-mentor", "peer", "lead", "member")
_EMAIL = compile_late(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")
_LISTS = ("strengths", "growing", "needs", "offers", "help", "availability", "aliases")
_FACTS = ("pronouns", "timezone", "affiliation", "country", "capacity", "bio", "visibility")
_LOWER = ("help", "visibility", "status", "kind")


class _Seen(Struct):
    """Who was seen, and where: by e-mail address; by name; and by name those who have no address."""

    by_mail: dict[str, str] = field(default_factory=dict)
    by_name: dict[str, str] = field(default_factory=dict)
    without_mail: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, mail: str, where: str) -> None:
        self.by_name.setdefault(fold_name(name), where)
        if mail:
            self.by_mail.setdefault(fold_id(mail), where)
        else:
            self.without_mail.setdefault(fold_name(name), where)

    def find(self, name: str, mail: str) -> str | None:
        """Return where the same person was seen: two of one name are two only where their addresses differ."""
        if mail:
            return self.by_mail.get(fold_id(mail)) or self.without_mail.get(fold_name(name))
        return self.by_name.get(fold_name(name))


def plan_people(records: Sequence[Record], walk: Walk, schema: str) -> Import:
    """Return a file for everybody who is not in the program: by e-mail address, else by name."""
    result, known, seen = Import(), _Seen(), _Seen()
    taken = Taken(walk.context.record.people)
    for id_, person in walk.context.record.people.items():
        known.add(person.name, person.email or "", id_)
    for record in records:
        name = " ".join((record.get("name") or f"{record.get('first_name')} {record.get('last_name')}").split())
        mail, where = record.get("email"), record.columns.get("name", record.columns.get("first_name"))
        if mail and not _EMAIL.fullmatch(mail):
            result.faults.add(record.row, record.columns["email"], f"{quote(mail)} is not an e-mail address.")
        if not name:
            result.faults.add(record.row, where, "The name is missing.")
            continue
        if (row := seen.find(name, mail)) is not None:
            hint = "Keep one of the rows; two people of one name are told apart by their e-mail addresses."
            column = record.columns["email"] if fold_id(mail) in seen.by_mail else where
            result.faults.add(record.row, column, f"{quote(name)} is in row {row} already.", hint)
            continue
        seen.add(name, mail, str(record.row))
        there = known.find(name, mail)
        if there is not None and fold_id(record.get("id") or there) == fold_id(there):
            result.there.append(record.row)
            continue
        id_ = take_free_id(record, propose_person_id(name, taken), taken, where, result.faults)
        if id_:
            taken.add(id_)
            values = {"name": name, **({"email": mail} if mail else {}), **_facts_of(record)}
            path = f"content/people/{id_}.yaml"
            result.add(record, path, render_yaml(values, schema, path), {"name": where})
    return result


def _facts_of(record: Record) -> dict[str, Value]:
    facts: dict[str, Value] = {name: _say(record, name) for name in _FACTS if record.get(name)}
    lists = {name: split_entries(_say(record, name)) for name in _LISTS if record.get(name)}
    return {**facts, **lists, **({"links": {"web": record.get("web")}} if record.get("web") else {})}


def _say(record: Record, name: str) -> str:
    return record.get(name).casefold() if name in _LOWER else record.get(name)


def take_free_id(record: Record, proposed: str, taken: Taken, column: int | None, faults: Faults) -> str:
    """Return the id that the row gives, else the proposed one; "" where it is a fault."""
    given = record.get("id")
    id_, where = given or proposed, record.columns["id"] if given else column
    if not id_:
        faults.add(record.row, where, "No id can be made from that name.", "Give one in a column `id`.")
    elif fault := check_id(id_):
        faults.add(record.row, where, fault)
    elif id_ in taken:
        faults.add(record.row, where, f"The id {quote(id_)} is taken.", "Give another, or leave the cell empty.")
    else:
        return id_
    return ""


def plan_partnerships(records: Sequence[Record], walk: Walk, schema: str, order: str | None) -> Import:
    """Return a file for each partnership that is not there: of the same people, roles, cohort and first day."""
    result, people = Import(), list_people(walk.context.record)
    there = set(_partnerships_there(walk))
    taken = Taken(folder.name for folder in walk.folders())
    rows: dict[object, int] = {}
    for record in records:
        before = len(result.faults.found)
        members = [(id_, role) for role in ROLES for id_ in read_people(record, role, people, result.faults)]
        days = {name: read_day(record, name, order, result.faults) for name in ("start", "end")}
        if len(result.faults.found) > before:
            continue
        if not members:
            column = next((record.columns[role] for role in ROLES if role in record.columns), None)
            result.faults.add(record.row, column, "Nobody is named in this partnership.")
            continue
        key = (frozenset(members), record.get("cohort"), str(days["start"] or ""))
        if key in rows:
            message = f"These people are in row {rows[key]} already, with the same roles, cohort and first day."
            result.faults.add(record.row, None, message, "Keep one of the two rows.")
            continue
        rows[key] = record.row
        if key in there:
            result.there.append(record.row)
            continue
        ids = list(dict.fromkeys(id_ for id_, _ in members))
        id_ = take_free_id(record, propose_partnership_id(ids, taken), taken, record.columns.get("id"), result.faults)
        if id_:
            taken.add(id_)
            path = f"content/partnerships/{id_}/partnership.yaml"
            result.add(record, path, render_yaml(_partnership(record, members, days), schema, path))
    return result


def _partnership(record: Record, members: list[tuple[str, str]], days: Mapping[str, date | None]) -> dict[str, Value]:
    agreement = {name: record.get(name) for name in ("cadence", "length", "success", "feedback")}
    values: dict[str, Value | None] = {
        "title": record.get("title"),
        "kind": _say(record, "kind") or _kind_of(members),
        "cohort": record.get("cohort"),
        **days,
        "status": _say(record, "status"),
        "reason": record.get("reason"),
        "members": [{"person": id_, "role": role} for id_, role in members],
        "purpose": record.get("purpose"),
        "agreement": {key: value for key, value in agreement.items() if value},
        "visibility": _say(record, "visibility"),
    }
    return {key: value for key, value in values.items() if value}


def _kind_of(members: Sequence[tuple[str, str]]) -> str:
    roles = {role for _, role in members}
    if len({id_ for id_, _ in members}) == 1:
        return "solo"
    by_role = (({"peer"}, "peer"), ({"co-mentor"}, "co-mentoring"), ({"lead", "member"}, "team"))
    return next((kind for only, kind in by_role if roles <= only), "mentoring")


def _partnerships_there(walk: Walk) -> Iterator[tuple[frozenset[tuple[str, str]], str, str]]:
    for folder in walk.folders():
        written = read_members(walk, folder)
        if written is not None:
            members, document = written
            yield frozenset(members), str(document.get("cohort") or ""), str(document.get("start") or "")


def read_members(walk: Walk, folder: Folder) -> tuple[list[tuple[str, str]], Mapping[str, object]] | None:
    """Return who is in a partnership, with roles, and its file's own values; None where it cannot be read."""
    path = f"{folder.path}/partnership.yaml"
    document = parse_yaml(walk.snapshot.read(path), path)[0] if path in folder.files else None
    if document is None or not isinstance(document.value, dict):
        return None
    members = document.value.get("members")
    entries = [m for m in members if isinstance(m, dict)] if isinstance(members, list) else []
    resolve = walk.context.record.resolve_person
    return [(resolve(str(m.get("person"))) or "", str(m.get("role"))) for m in entries], document.value
