"""Marked people: a sentence with one sign for whoever is named at a place in it, ``Ada``, ``Ada, Bo and me``.

What stands around the signs is then told from other sentences by short patterns.
"""

from __future__ import annotations

import re

from msgspec import Struct

from headway.documents.names import NameBook
from headway.documents.sentence_words import AND, ME
from headway.patterns import compile_late

SIGN = "\ue000(?P<at>[0-9]{1,3})\ue001"
"""What stands for people; ``at`` is their index in `Marked.groups`."""

_ONE = "\ue000[0-9]{1,3}\ue001"
_WHO = rf"(?:{_ONE}|(?<!\w){ME}(?!\w))"
_LINK = rf"(?:\s?[,/]\s?(?:{AND}\s)?|\s?[&+]\s?|\s{AND}\s)(?:(?:with|also|my|our|her|his)\s(?:[a-z]{{1,20}}\s)?)?"
_LIST = compile_late(rf"{_WHO}(?:{_LINK}{_WHO}){{0,12}}", re.IGNORECASE)
_JOINED = compile_late(rf"[&+]|\s{AND}\s", re.IGNORECASE)
_ME = compile_late(rf"(?<!\w){ME}(?!\w)", re.IGNORECASE)
_AT = compile_late(SIGN)
_IS = compile_late(
    r"(?<=\w)['’]s(?=\s(?:still|again|off|away|sick|ill|out|at|on|in|back|here|not|absent|travell?ing|unwell|stuck)\s)"
)
"""Where ``Ada's`` means that she is somewhere, not what is hers."""
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w'’-]{0,40}"
_CAPITALS = compile_late(rf"@[\w.-]{{1,60}}|(?<![\w'’]){_CAPITAL}(?:\s{_CAPITAL}){{0,3}}")


class Group(Struct, frozen=True):
    """Whoever is named at one place: known people by their ids; ``is_list`` where an ``and`` joins them."""

    people: tuple[str, ...]
    has_me: bool = False
    is_list: bool = False


class Marked(Struct, frozen=True):
    """A sentence with signs; ``says_me`` where its writer is in it."""

    text: str
    groups: tuple[Group, ...]
    says_me: bool

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who is named."""
        return tuple(person for group in self.groups for person in group.people)

    def group(self, match: re.Match[str]) -> Group:
        """Return whom a match's sign stands for."""
        return self.groups[int(next(filter(None, (match[name] for name in match.re.groupindex if name[:2] == "at"))))]


def mark_people(sentence: str, book: NameBook) -> Marked:
    """Return the sentence with a sign for each known person or list of such; of strangers nothing is known."""
    people: list[str] = []
    groups: list[Group] = []

    def sign_names(match: re.Match[str]) -> str:
        words, out = match[0].split(), []
        while words:
            count, person, rest = _longest_name(words, book)
            if person is not None:
                people.append(person)
            out.append(f"\ue000{len(people) - 1}\ue001{rest}" if person is not None else words[0])
            words = words[count:]
        return " ".join(out)

    def sign_list(match: re.Match[str]) -> str:
        found = tuple(people[int(sign[1])] for sign in _AT.finditer(match[0]))
        if not found:
            return match[0]
        has_me = _ME.search(match[0]) is not None
        groups.append(Group(found, has_me, len(found) + has_me > 1 and _JOINED.search(match[0]) is not None))
        return f"\ue000{len(groups) - 1}\ue001"

    text = _LIST.sub(sign_list, _CAPITALS.sub(sign_names, _IS.sub(" is", sentence)))
    return Marked(text, tuple(groups), any(group.has_me for group in groups) or _ME.search(text) is not None)


def _longest_name(words: list[str], book: NameBook) -> tuple[int, str | None, str]:
    """Return how many of the first words are somebody's name, whose, and what is left of the last of them."""
    for count in range(len(words), 0, -1):
        text = " ".join(words[:count])
        bare = text.rstrip(".'’-_")
        if person := book.match_person(bare):
            return count, person, text[len(bare) :]
    return 1, None, ""
