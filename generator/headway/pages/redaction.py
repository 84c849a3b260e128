"""Redaction: people whom an audience may not see appear in its pages as their role, in running text too.

Works on plain text, on Markdown and on its tokens. A full name of several words is found in small and capital letters
alike, each word of it with a capital or in capitals, and other spellings that are no ordinary word as they are
written. A bare id in a sentence is left alone, because ids like ``will`` and ``may`` are words; ``@will`` is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from copy import copy

from markdown_it.token import Token
from msgspec import Struct, field

from headway.model.person import Person
from headway.patterns import compile_late

_HANDLE = compile_late(r"(?<![\w@./+-])@(\w[\w.-]*)")
_NAMED = compile_late(r"\[\[person:([^\[\]|\n]{1,100})(?:\|([^\[\]\n]{1,200}))?\]\]")
_PARTS = compile_late(r"[\W_]+")


class Redaction(Struct, frozen=True):
    """What stands for hidden people. ``words`` gives the role by the spelling of a name.

    ``handles`` are the ids of all hidden people of the program by handle, ``roles`` their roles here;
    ``stranger`` stands for those who have none.
    """

    words: Mapping[str, str] = field(default_factory=dict)
    handles: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    stranger: str = ""
    parts: frozenset[str] = frozenset()
    """Everything that would tell one of them in the name of a file or folder, case-folded."""
    pattern: re.Pattern[str] | None = None

    def redact(self, text: str) -> str:
        """Return plain text or Markdown with names and handles of hidden people replaced."""
        if self.handles and "[[person:" in text:
            text = _NAMED.sub(self._replace_named, text)
        if self.handles and "@" in text:
            told: dict[str, str] = {}  # a hostile note has the same handle a hundred thousand times
            text = _HANDLE.sub(lambda m: told.get(m[0]) or told.setdefault(m[0], self._replace_handle(m)), text)
        return self.pattern.sub(self._replace_word, text) if self.pattern else text

    def redact_tokens(self, tokens: Iterable[Token]) -> list[Token]:
        """Return Markdown tokens with names and handles replaced in all that a page may show."""
        if not self.handles and self.pattern is None:
            return list(tokens)
        return [self._redact_token(token) for token in tokens]

    def tells(self, name: str) -> bool:
        """Whether the name of a file or folder names somebody hidden."""
        if not self.parts:
            return False
        folded = fold(name)
        return folded in self.parts or not self.parts.isdisjoint(_PARTS.split(folded))

    def tells_path(self, path: str) -> bool:
        """Whether a part of a path names somebody hidden."""
        return any(self.tells(part) for part in path.split("/"))

    def _replace_word(self, match: re.Match[str]) -> str:
        written = match.group()
        return self.words.get(written) or self.words.get(written.casefold(), self.stranger)

    def _replace_named(self, match: re.Match[str]) -> str:
        """``[[person:ada]]``, in Markdown that is not yet tokens."""
        person = self.handles.get(fold(match[1].strip()))
        return match[0] if person is None else match[2] or self.roles.get(person, self.stranger)

    def _replace_handle(self, match: re.Match[str]) -> str:
        written = match.group(1)
        for handle in (written, written.rstrip("._-")):
            if (person := self.handles.get(fold(handle))) is not None:
                return self.roles.get(person, self.stranger) + written[len(handle) :]
        return match.group()

    def _redact_token(self, token: Token) -> Token:
        changed = copy(token)
        changed.info = self.redact(token.info)
        changed.attrs = {k: self.redact(v) if isinstance(v, str) else v for k, v in token.attrs.items()}
        changed.meta = {k: self.redact(v) if isinstance(v, str) else v for k, v in token.meta.items()}
        children = self.redact_tokens(token.children or ())
        changed.children = children or token.children
        is_one = len(children) == 1 and token.children is not None and token.content == token.children[0].content
        changed.content = children[0].content if is_one else self.redact(token.content)
        return changed


def compute_redaction(
    hidden: Mapping[str, tuple[Person | None, str]], handles: Mapping[str, str], stranger: str
) -> Redaction:
    """Return the redaction for the hidden people that a partnership's files name.

    ``hidden`` gives, by id, the person (None where no file tells of them) and the role that stands for them;
    ``handles`` the ids of all hidden people of the program by handle.
    """
    words: dict[str, str] = {}
    parts: set[str] = set()
    roles = {person_id: role for person_id, (_, role) in hidden.items()}
    for person_id, (person, role) in hidden.items():
        handles = handles if person else {**handles, fold(person_id): person_id}
        for spelling in _spellings(person):
            words.setdefault(spelling, role)
        names = (person_id, *person.aliases, *person.name.split()) if person else (person_id,)
        parts.update(part for part in map(fold, names) if len(part) > 1)
    return Redaction(words, handles, roles, stranger, frozenset(parts), _compile(words))


def _spellings(person: Person | None) -> set[str]:
    """Return every spelling of a person's name that is taken for it, in both Unicode forms."""
    if person is None:
        return set()
    words = [word.strip(".,()\"'") for word in person.name.split()]
    whole = " ".join(person.name.split())
    spellings = {person.name, whole, whole.upper(), whole.casefold() if " " in whole else whole}
    for word in words:
        spellings.update((word, word.upper()) if len(word) > 1 and not word[0].islower() else ())
    spellings.update(a for a in person.aliases if not (a.isascii() and a.isalpha() and a.islower()))
    return {unicodedata.normalize(form, s) for s in spellings if s.strip() for form in ("NFC", "NFD")}


def _compile(words: Iterable[str]) -> re.Pattern[str] | None:
    """Return the pattern that finds any of these, the longest first."""
    longest = sorted(words, key=len, reverse=True)
    cased = "|".join(_bounded(word) for word in longest if _is_cased(word[0]))
    others = "|".join(_bounded(word) for word in longest if not _is_cased(word[0]))
    # Scripts without capitals (한글, 漢字) put particles right behind a name: no word boundary there. What stands
    # before all the others is looked at once, not once for each of them.
    parts = (rf"(?<![\w@])(?:{cased})" if cased else "", others)
    return re.compile("|".join(filter(None, parts))) if longest else None


def _bounded(word: str) -> str:
    end = r"(?!\w)" if _is_cased(word[-1]) or not word[-1].isalpha() else ""
    written = re.escape(word)
    return (f"(?i:{written})" if " " in word else written) + end


def _is_cased(letter: str) -> bool:
    return letter.upper() != letter.lower()


def fold(name: str) -> str:
    """Return a name as ids and handles are compared."""
    return unicodedata.normalize("NFC", name).casefold()
