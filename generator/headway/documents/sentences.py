"""Sentences: those at a note's head that say who met and who could not come, where there is no list.

Only people whom the program knows are looked for, and only near words for meeting: a diary names many who were
elsewhere. The words are in `headway.documents.sentence_words`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import takewhile

from msgspec import Struct, field

from headway.documents.blocks import Block, Kind
from headway.documents.marked_people import SIGN, Marked, mark_people
from headway.documents.roster import ListReader
from headway.documents.sentence_words import (
    AHEAD,
    ALL_OF_US,
    AND,
    BEFORE_SESSION,
    BROUGHT,
    BUT,
    CALLED_OFF,
    ELSEWHERE,
    EVERYBODY,
    JOINED_BY,
    MET,
    MISSING,
    MY_MENTOR,
    NUMBERS,
    SESSION,
    THERE,
    WE,
    WITH,
    WITHOUT,
)

_I = re.IGNORECASE
_BUT_SIGN = SIGN.replace("<at>", "<at_but>")
_BESIDE = r"\s?(?:\([^()]{0,60}\)\s?)?(?:(?:from|of)\s[^,.;:]{2,40}?(?=\s))?(?:,\s?who\s[^,;.]{2,60},|,?\s?who)?,?\s?"
_COPULA = r"(?:(?:is|was|are|were|had been|has been|be|ist|war|waren|est|était|está|estaba|estava|è|era)\s)?"
_ADVERB = r"(?:(?:still|also|both|all|only|just|sadly|again|then|leider|auch|aussi|también|também)\s){0,2}"

_ARE_THERE = re.compile(rf"{SIGN}{_BESIDE}{_ADVERB}{_COPULA}{_ADVERB}{THERE}", _I)
_ARE_MISSING = re.compile(rf"{SIGN}{_BESIDE}{_COPULA}{_ADVERB}{MISSING}(?!\w)", _I)
_ARE_ELSEWHERE = re.compile(rf"{SIGN}\s{_COPULA}{_ADVERB}{ELSEWHERE}", _I)
_CAME = re.compile(rf"\b{JOINED_BY}\s{SIGN}", _I)
_LEFT_OUT = re.compile(rf"\b{WITHOUT}\s{SIGN}|\b{EVERYBODY}\s{BUT}\s{_BUT_SIGN}", _I)
_ONLY = re.compile(rf"\b(?:only|just|nur|seulement|solo|só)\s{SIGN}|{_BUT_SIGN}\sonly\b", _I)
_WITH = re.compile(rf"\b{WITH}\s(?:both\s)?(?:(?:my|our)\s[a-z-]{{1,20}}\s)?{SIGN}", _I)
_WITH_MY_MENTOR = re.compile(rf"\b{WITH}\s{MY_MENTOR}\b", _I)
_BARE = re.compile(rf"{SIGN}(?=\s?(?:$|\.$|,\s?\+|\+))")
_AT_A_PLACE = re.compile(rf"{SIGN},?\s(?:round|around|at|in|on|over|by|im|am|in der|à|dans|en)\s")
_TOOK_ME = re.compile(
    rf"{SIGN}\s(?:took|met|called|rang|phoned|visited|invited|joined|showed|walked)\s[^.;]{{0,40}}?(?:\b(?:me|us)\b|\ue000)",
    _I,
)
_ALL_OF_US = re.compile(rf"(?<!\w){ALL_OF_US}(?!\w)", _I)
_WE = re.compile(rf"(?<!\w){WE}(?!\w)", _I)
_MET = re.compile(rf"(?<!\w){MET}(?!\w)", _I)
_MEETING_WITH = re.compile(
    rf"(?:.{{0,200}}(?<!\w){MET}(?!\w).{{0,200}}|(?:{BEFORE_SESSION}[,\s]\s?){{0,6}}{SESSION}(?:\s\w+){{0,3}}?\s)?(?<!\w){WITH}\s"
    rf"|{WITH}\s.{{0,200}}(?<!\w){MET}(?!\w)",
    _I,
)
_WE_MET = re.compile(
    rf"(?<!\w){WE}\s(?:[\w'’]+\s){{0,3}}?(?:{MET}|(?:had|did|held)\s(?:a|an|our|the|another)\s(?:[\w-]+\s){{0,4}}?{SESSION})(?!\w)",
    _I,
)
_MET_FIRST = re.compile(rf"(?:[\w'’-]+\s){{0,2}}{MET}(?!\w)", _I)
_MET_SOMEWHERE = re.compile(
    r"(?:(?:just|only|quickly|briefly)\s)?(?:met|skyped|zoomed|sat|talked|spoke|walked)(?:\s(?:up|down|again|together))?"
    r"\s(?:at|in|on|for|over|online|near|outside|from|by|via|today)\b",
    _I,
)
_CALLED_OFF = re.compile(CALLED_OFF, _I)
_AHEAD = re.compile(AHEAD, _I)
_CAPITALS = r"[^\W\d_a-zß-öø-ÿ][\w'’-]{1,30}(?:\s[^\W\d_a-zß-öø-ÿ][\w'’-]{1,30}){0,2}"
_TWO_CAPITALS = _CAPITALS.replace("{0,2}", "{1,2}")
_STRANGER = re.compile(rf"\b{WITH}\s(?P<name>{_CAPITALS})(?=[,.;:]|\s[a-z]|$)")
_BEHIND = re.compile(
    rf",?\s?(?:(?P<near>\+|plus)|{AND})\s(?:also\s)?(?P<kin>(?:my|our|his|her|their|the)\s(?:[a-z]{{1,20}}\s){{1,3}})?"
    rf"(?P<name>(?-i:{_CAPITALS}))",
    _I,
)
"""A stranger right behind those who were there."""
_JOINED_US = re.compile(
    rf"(?P<name>{_CAPITALS})(?:\s(?:from|of)\s[^,.;]{{3,40}}?)?\s"
    r"(?:(?:also\s)?joined|dropped (?:by|in)|came (?:along|by|too)|(?:sat|sat down|sat in) with)(?:\s(?:us|me))?\b"
)
_BROUGHT = re.compile(
    rf"(?<!\w){BROUGHT}\s(?:[^,.;:]{{3,60}},\s)?(?P<name>(?-i:{_CAPITALS}))(?!\s(?:to|for|à|zu|a)\s)", _I
)
_BROUGHT_BY = re.compile(rf"{SIGN}\s(?:also\s)?{BROUGHT}\s(?=(?:[^,.;:]{{3,60}},\s)?(?-i:{_TWO_CAPITALS}))", _I)
_SIGN = re.compile(SIGN)
_SENTENCE = re.compile(r"(?<=[.!?;])\s{1,3}|\s(?=\()")
_SIGNED = re.compile(r"\s(?:--|[–—])\s{0,2}([^\W\d_][\w .'’-]{1,40})$")
_MOST_SENTENCES = 5
_MOST_PARAGRAPHS = 2
_READ = 700
"""Characters of a paragraph that are read."""
_FIRST_BLOCKS = 8


def read_sentences(reader: ListReader, lists: Set[int], *, has_met: bool) -> None:
    """Read who met, and who could not come, from the sentences of a note's first paragraphs.

    ``lists`` are blocks that are no prose; ``has_met`` tells that those who met are known: then only who was missing is
    read.
    """
    told = _Told(reader)
    for paragraph in _paragraphs(reader.blocks, lists):
        for sentence in _sentences(paragraph):
            told.read(sentence)
        if told.is_off or told.has_met:
            break
    told.finish(has_met=has_met)


def _paragraphs(blocks: Sequence[Block], lists: Set[int]) -> Iterator[str]:
    """Yield the first paragraphs that stand in no list and are none themselves, each in one line."""
    heads = takewhile(lambda block: block.kind in (Kind.HEADING, Kind.PARAGRAPH, Kind.RULE), blocks[:_FIRST_BLOCKS])
    texts = [
        block.text
        for at, block in enumerate(heads)
        if block.kind is Kind.PARAGRAPH and block.parent is None and at not in lists
    ]
    for text in texts[:_MOST_PARAGRAPHS]:
        yield " ".join(text[:_READ].split())


def _sentences(paragraph: str) -> Iterator[str]:
    for sentence in _SENTENCE.split(paragraph)[:_MOST_SENTENCES]:
        if bare := sentence.strip(" ()[]*_"):
            yield bare


class _Told(Struct):
    """What the sentences have told so far: who was there, who was not, and whether the writer was."""

    reader: ListReader
    present: dict[str, None] = field(default_factory=dict)
    """Ids, and the names of strangers."""
    missing: dict[str, None] = field(default_factory=dict)
    elsewhere: dict[str, None] = field(default_factory=dict)
    """Those who were somewhere; they were missing where others have met without them."""
    has_writer: bool = False
    has_everybody: bool = False
    is_off: bool = False
    signed: str | None = None

    @property
    def has_met(self) -> bool:
        return bool(self.present) or self.has_writer or self.has_everybody

    def read(self, sentence: str) -> None:
        """Take what one sentence tells."""
        if signed := _SIGNED.search(sentence[-60:]):
            self.signed = self.reader.person(signed[1])
        marked = mark_people(sentence, self.reader.book)
        text = marked.text
        self.elsewhere.update(_whom(marked, _ARE_ELSEWHERE))
        if _AHEAD.search(text):
            return
        self.missing.update(_whom(marked, _ARE_MISSING) | _whom(marked, _LEFT_OUT))
        # "We talked about the cancelled flight" is no meeting that was called off.
        self.is_off |= not self.has_met and _CALLED_OFF.search(text) is not None and _MET.search(text) is None
        if self.is_off:
            return
        self.has_everybody |= any(match["at_but"] for match in _LEFT_OUT.finditer(text))
        for match, with_me in _find_present(marked):
            group = marked.group(match)
            self.present.update(dict.fromkeys(group.people))
            self.has_writer |= with_me or group.has_me or _WE.search(text) is not None
            self.present.update(_strangers(_BEHIND.match(text, match.end())))
        self._together(marked)
        is_with = _MEETING_WITH.match(text) is not None
        if self.missing and not self.has_met and ((is_with and _STRANGER.search(text)) or _WE_MET.search(text)):
            self.has_writer = marked.says_me or _WE.search(text) is not None
        if self.has_met:
            self.present.update(_strangers(*_JOINED_US.finditer(text), *_BROUGHT.finditer(text)))
            with_whom = _STRANGER.finditer(text) if is_with or _ARE_THERE.search(text) else ()
            self.present.update((match["name"], None) for match in with_whom)

    def _together(self, marked: Marked) -> None:
        """Take what is said of all: ``the three of us``, and, of a pair, that it met at all."""
        members = [member.id for member in self.reader.book.members]
        left = [member for member in members if member not in self.missing]
        for match in _ALL_OF_US.finditer(marked.text):
            word = next((text for text in match.groups() if text), "")
            count = NUMBERS.get(word.casefold(), 2 if "both" in match[0].lower() else len(left))
            named = {*left, *marked.people} - self.missing.keys()
            self.has_everybody |= count in (len(members), len(left), len(named))
            if count == len(named):
                self.present.update(dict.fromkeys(named))
        is_pair = len(members) == 2 and not self.missing
        is_rest = 2 < len(members) < 5 and self.missing
        if is_pair or is_rest:
            self.has_everybody |= _WE_MET.search(marked.text) is not None
        if is_pair:
            names_other = not set(members).isdisjoint(marked.people) and _MET_FIRST.match(marked.text)
            says_role = _MEETING_WITH.match(marked.text) and _WITH_MY_MENTOR.search(marked.text)
            self.has_everybody |= bool(_MET_SOMEWHERE.match(marked.text) or names_other or says_role)

    def finish(self, *, has_met: bool) -> None:
        """Give the reader who was there, and who was not."""
        reader, members = self.reader, [member.id for member in self.reader.book.members]
        there = [person for person in self.present if person not in self.missing]
        left = [member for member in members if member not in self.missing]
        if self.has_everybody:
            there = [*left, *(person for person in there if person not in left)]
        elif there and len(members) == 2:
            there += [member for member in left if member not in there]  # who else has written it?
        elif self.has_writer and (writer := self._writer([member for member in left if member not in there])):
            there.append(writer)
        if has_met:
            there = []
        reader.is_known |= bool(there or self.missing)
        for person in there:
            reader.add(person, True)
        for person in (*self.missing, *(self.elsewhere if there or has_met else ())):
            if person not in there:
                reader.add(person, False)

    def _writer(self, others: Sequence[str]) -> str | None:
        """Return who wrote the note: whoever signed, the author, the only one who is not named, or the only mentee."""
        if self.signed:
            return self.signed
        if len(others) == 1:
            return others[0]
        writer = self.reader.author or self.reader.book.only_mentee
        return writer if writer in others else None


def _find_present(marked: Marked) -> Iterator[tuple[re.Match[str], bool]]:
    """Yield the signs of those of whom a sentence says that they were there, and whether its writer was with them."""
    for match in _SIGN.finditer(marked.text):
        group = marked.group(match)
        if group.has_me and (group.is_list or _BEHIND.match(marked.text, match.end())):
            yield match, True
    for pattern in (_ARE_THERE, _CAME, _ONLY, _TOOK_ME, _BROUGHT_BY):
        for match in pattern.finditer(marked.text):
            if pattern is not _ONLY or marked.group(match).is_list:
                yield match, pattern is _TOOK_ME
    if (bare := _BARE.match(marked.text)) and len(marked.group(bare).people) > 1:
        yield bare, False
    if (placed := _AT_A_PLACE.match(marked.text)) and marked.group(placed).is_list:
        yield placed, False
    if _MEETING_WITH.match(marked.text):
        yield from ((match, True) for match in _WITH.finditer(marked.text))


def _whom(marked: Marked, pattern: re.Pattern[str]) -> dict[str, None]:
    """Return the people for whom a pattern's signs stand."""
    return {person: None for match in pattern.finditer(marked.text) for person in marked.group(match).people}


def _strangers(*matches: re.Match[str] | None) -> dict[str, None]:
    """Return the names found: one word alone, with a capital, is a name only behind ``plus`` or ``my cousin``."""
    found = (match for match in matches if match is not None)
    named = ((match["name"], match.groupdict()) for match in found)
    return {name: None for name, parts in named if " " in name or parts.get("near") or parts.get("kin")}
