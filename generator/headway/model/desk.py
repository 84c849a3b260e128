"""The desk: where the files of one reading are laid out, each read once; what is wrong in one becomes a problem."""

from __future__ import annotations

from typing import TypeVar

from msgspec import Struct, field

from headway.documents.forms import Form
from headway.documents.text import decode_text
from headway.documents.validation import check_document
from headway.documents.yaml import YamlDocument, parse_yaml
from headway.model.case import Places
from headway.problems import Problem
from headway.source.snapshot import Snapshot

D = TypeVar("D", bound=Form)


class Desk(Struct):
    """Where the files of one reading are laid out: their documents, their texts, their problems."""

    snapshot: Snapshot
    documents: dict[str, YamlDocument] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    def read(self, schema: type[D], path: str) -> D | None:
        """Return a YAML file's value, or None where nothing in it can be used."""
        document, problems = parse_yaml(self.snapshot.read(path), path)
        self.problems += problems
        checked = check_document(schema, document) if document is not None else None
        self.problems += checked.problems if checked is not None else ()
        if checked is None or checked.value is None:
            self.unread.add(path)
            return None
        self.documents[path] = checked.document
        return checked.value

    def read_text(self, path: str) -> str:
        text, problems = decode_text(self.snapshot.read(path), path)
        self.problems += problems
        self.texts[path] = text
        return text

    @property
    def places(self) -> Places:
        return Places(self.documents, self.texts, frozenset(self.unread))
