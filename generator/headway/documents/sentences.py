"""Sentences: those near a note's head that say who met and who could not come, where there is no list.

Only what begins a sentence is believed, and only for people whom the program knows: a diary names many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from headway.documents.names import fold_name
from headway.documents.roster import ListReader, split_names

_MET_WITH = re.compile(
    r"(?:(?:i|we|today|just|only|short|quick|long|great|good|first|second|last|final|another|our|my|the|a|weekly|then)"
    r"[,\s]\s?){0,4}(?:(?:met|spoke|talked|sat down|caught up)(?:\s(?:up|again|online))?|(?:(?:video|phone|zoom) ?)?"
    r"(?:call|meeting|chat|session|lunch|coffee|catch-up|check-in|1:1)(?:\sever)?(?:\s(?:today|again))?)"
    r"\swith\s(?:both\s)?",
    re.IGNORECASE,
)
_NAMES_END = re.compile(
    r"\s(?:for|over|on|at|in|via|to|about|today|this|after|before|because|while|who|again|yesterday|online|by)\b|[.;:!?(–—]"
)
_ON_THE_CALL = re.compile(
    r"(?:(?:only|just)\s)?(?P<names>[^.:;!?(\n]{3,160}?)(?:\s(?:were|was|are))?"
    r"\s(?:(?:here|there|present)\b|on the call|in the (?:call|room|meeting)|joined\b|attended\b|showed up|made it)",
    re.IGNORECASE,
)
_ONLY = re.compile(
    r"(?:only|just)\s(?P<names>[^.:;!?(\n]{3,80}?)(?=\s(?:today|this|on|in|at)\b|[,.;!?(]|$)", re.IGNORECASE
)
_ALL_OF_US = re.compile(
    r"(?:all|both) (?:(?:two|three|four|five|six) )?of us\b|every(?:body|one) (?:was|is) (?:there|here|present)\b"
    r"|full house\b|all (?:were |are )?(?:here|present)\b",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"(?:\s(?:is|was|are|were)(?:\s(?:still|also|both))?)?\s(?:away|sick|ill|out sick|off sick|travell?ing"
    r"|on (?:leave|holiday|vacation))\b"
    r"|\s(?:(?:could|can|did) ?(?:n[o'’]t|not)|can['’]t)\s(?:make it|come|join|attend|be (?:there|here))\b"
    r"|\swanted to (?:join|come|be there)\b.{0,20}\bbut\b"
    r"|\s(?:sends|sent)\s(?:(?:her|his|their)\s)?(?:regrets|apologies)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s{1,3}|\s(?=\()")
_SIGNED = re.compile(r"\s(?:--|[–—])\s{0,2}([^\W\d_][\w .'’-]{1,40})$")
_MOST_SENTENCES = 4
_LONGEST_NAMES = 160
_NAME_WORDS = 3


def read_sentences(reader: ListReader, lines: Sequence[str]) -> None:
    """Read who met from the first sentences of a note's first lines."""
    for line in lines[:2]:
        met = next((names for sentence in _sentences(line) if (names := _who_met(reader, sentence, line))), ())
        if met:
            reader.is_known = True
            for name in met:
                reader.add(name, True)
            return


def read_missing(reader: ListReader, lines: Sequence[str]) -> None:
    """Read who was missing from the same sentences, where others met."""
    for sentence in (sentence for line in lines[:2] for sentence in _sentences(line)):
        if name := _who_missed(reader, sentence):
            reader.add(name, False)


def _sentences(line: str) -> Iterator[str]:
    for sentence in _SENTENCE.split(line[:600])[:_MOST_SENTENCES]:
        yield sentence.strip(" ()[]*_")


def _who_met(reader: ListReader, sentence: str, line: str) -> Sequence[str]:
    """Return the names of those who met, the writer among them; nothing where somebody named is not known."""
    if _ALL_OF_US.match(sentence):
        return ("all",)
    if with_whom := _MET_WITH.match(sentence):
        told = sentence[with_whom.end() : with_whom.end() + _LONGEST_NAMES]
        end = _NAMES_END.search(told)
        names = split_names(told[: end.start()] if end else told)
        return [*names, *_writer(reader, names, line)] if _are_known(reader, names) else ()
    for pattern in (_ON_THE_CALL, _ONLY):
        if match := pattern.match(sentence):
            names = split_names(match["names"])
            if len(names) > 1 and _are_known(reader, names):
                return names
    bare = split_names(sentence[:_LONGEST_NAMES].rstrip("."))
    if line.startswith("("):  # ``(Ada, Bo, + Grace for the first half)``
        bare = list(takewhile(reader.is_name, bare))
    return bare if len(bare) > 1 and _are_known(reader, bare) else ()


def _are_known(reader: ListReader, names: Sequence[str]) -> bool:
    return bool(names) and all(map(reader.is_name, names))


def _writer(reader: ListReader, names: Sequence[str], line: str) -> Sequence[str]:
    """Return who writes ``Met with Ada``: whoever signed, the author, the other one of two, else the only mentee."""
    if (signed := _SIGNED.search(line[-60:])) and reader.is_name(signed[1]):
        return (signed[1],)
    members = [member.id for member in reader.book.members]
    named = {reader.person(name) for name in names}
    others = [member for member in members if member not in named]
    if len(members) == 2 and len(others) == 1:
        return others
    writer = reader.author or reader.book.only_mentee
    return (writer,) if writer in others else ()


def _who_missed(reader: ListReader, sentence: str) -> str | None:
    """Return the known name right before ``couldn't make it``, ``is away``, ``sends her regrets``."""
    match = _MISSING.search(sentence)
    if match is None:
        return None
    words = sentence[: match.start()].replace(",", " ").split()[-_NAME_WORDS:]
    names = (" ".join(words[at:]) for at in range(len(words)))
    return next((name for name in names if fold_name(name) and reader.person(name)), None)
