"""Sentences: those at a note's head that say who met and who could not come, where there is no list.

Only people whom the program knows are looked for, and only near words for meeting: a diary names many who were
elsewhere. The words are in `headway.documents.sentence_words`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from msgspec import Struct, field

from headway.documents.blocks import Block, Kind
from headway.documents.roster import ListReader
from headway.documents.sentence_words import (
    AHEAD,
    ALL_OF_US,
    AND,
    BEFORE_SESSION,
    BUT,
    CALLED_OFF,
    ELSEWHERE,
    EVERYBODY,
    JOINED_BY,
    ME,
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

_NAMED = "\ue000[0-9]{1,3}\ue001"
"""What stands for somebody known while a sentence is looked at."""
_WHO = rf"(?:{_NAMED}|\b{ME}\b)"
_LINK = rf"(?:\s?[,/]\s?(?:{AND}\s)?|\s?(?:&|\+)\s?|\s{AND}\s)(?:(?:with|also|my|our|her|his)\s(?:[a-z]{{1,20}}\s)?)?"
_LIST = rf"{_WHO}(?:{_LINK}{_WHO}){{0,12}}"
_BESIDE = r"\s?(?:\([^()]{0,60}\)\s?)?(?:(?:from|of)\s[^,.;:]{2,40}?(?=\s))?(?:,\s?who\s[^,;.]{2,60},|,?\s?who)?\s?"
_COPULA = r"(?:(?:is|was|are|were|had been|has been|be|ist|war|waren|est|était|está|estaba|estava|è|era)\s)?"
_ADVERB = r"(?:(?:still|also|both|all|only|just|sadly|again|then|leider|auch|aussi|también|também)\s){0,2}"

_I = re.IGNORECASE
_PEOPLE = re.compile(_LIST, _I)
_JOINED = re.compile(rf"\s?(?:&|\+)\s?|\s{AND}\s", _I)
_ARE_THERE = re.compile(rf"(?P<who>{_LIST}){_BESIDE}(?:,?\s?{_ADVERB}{_COPULA}{_ADVERB}){THERE}", _I)
_ARE_MISSING = re.compile(rf"(?P<who>{_LIST}){_BESIDE}\s?{_COPULA}{_ADVERB}{MISSING}(?!\w)", _I)
_CAME = re.compile(rf"\b{JOINED_BY}\s(?P<who>{_LIST})", _I)
_ARE_ELSEWHERE = re.compile(rf"(?P<who>{_LIST})\s{_COPULA}{_ADVERB}{ELSEWHERE}", _I)
_LEFT_OUT = re.compile(rf"\b{WITHOUT}\s(?P<who>{_LIST})|\b{EVERYBODY}\s{BUT}\s(?P<but>{_LIST})", _I)
_ONLY = re.compile(rf"\b(?:only|just|nur|seulement|solo|só)\s(?P<who>{_LIST})|(?P<before>{_LIST})\sonly\b", _I)
_WITH = re.compile(rf"\b{WITH}\s(?:both\s)?(?:(?:my|our)\s[a-z-]{{1,20}}\s)?(?P<who>{_LIST})", _I)
_WITH_MY_MENTOR = re.compile(rf"\b{WITH}\s{MY_MENTOR}\b", _I)
_BARE = re.compile(rf"(?P<who>{_LIST})(?=\s?(?:$|\.$|,\s?\+|\+))", _I)
_TOOK_ME = re.compile(
    rf"(?P<who>{_LIST})\s(?:took|met|called|rang|phoned|visited|invited|joined|showed|walked)\s[^.;]{{0,40}}?\b(?:me|us)\b",
    _I,
)
_ALL_OF_US = re.compile(rf"(?<!\w){ALL_OF_US}(?!\w)", _I)
_WE = re.compile(rf"(?<!\w){WE}(?!\w)", _I)
_MEETING_WITH = re.compile(
    rf"(?:.{{0,200}}(?<!\w){MET}(?!\w).{{0,200}}|(?:{BEFORE_SESSION}[,\s]\s?){{0,6}}{SESSION}(?:\s\w+){{0,3}}?\s)?(?<!\w){WITH}\s"
    rf"|{WITH}\s.{{0,200}}(?<!\w){MET}(?!\w)",
    _I,
)
_WE_MET = re.compile(
    rf"(?<!\w){WE}\s(?:[\w'’]+\s){{0,3}}?(?:{MET}|had\s(?:a|an|our|the|another)\s(?:[\w-]+\s){{0,4}}?{SESSION})(?!\w)",
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
_CAPITAL = re.compile(
    r"@[\w.-]{1,60}|(?<![\w'’])[^\W\d_a-zß-öø-ÿ][\w'’-]{0,40}(?:\s[^\W\d_a-zß-öø-ÿ][\w'’-]{0,40}){0,3}"
)
_STRANGER = re.compile(rf"\b{WITH}\s(?P<name>{_CAPITALS})(?=[,.;:]|\s[a-z]|$)")
_BEHIND = re.compile(
    rf",?\s?(?:\+|{AND})\s(?:also\s)?(?:(?:my|our|his|her|their|the)\s(?:[a-z]{{1,20}}\s){{1,3}})?(?P<name>{_CAPITALS})"
)
"""A stranger right behind those who were there."""
_JOINED_US = re.compile(
    rf"(?P<name>{_CAPITALS})(?:\s(?:from|of)\s[^,.;]{{3,40}}?)?\s(?:joined|dropped by|sat with)(?:\s(?:us|me))?\b"
)
_SENTENCE = re.compile(r"(?<=[.!?;])\s{1,3}|\s(?=\()")
_SIGNED = re.compile(r"\s(?:--|[–—])\s{0,2}([^\W\d_][\w .'’-]{1,40})$")
_MOST_SENTENCES = 5
_MOST_PARAGRAPHS = 2
_READ = 700
"""Characters of a paragraph that are read."""
_FIRST_BLOCKS = 8


def read_sentences(reader: ListReader, *, has_met: bool) -> None:
    """Read who met, and who could not come, from the sentences of a note's first paragraphs.

    ``has_met`` tells that those who met are known: then only who was missing is read.
    """
    told = _Told(reader)
    for paragraph in _paragraphs(reader.blocks):
        for sentence in _sentences(paragraph):
            told.read(sentence)
        if told.is_off:
            return
        if told.has_met:
            break
    told.finish(has_met=has_met)


def _paragraphs(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the first paragraphs that stand in no list, each in one line."""
    heads = takewhile(lambda block: block.kind in (Kind.HEADING, Kind.PARAGRAPH, Kind.RULE), blocks[:_FIRST_BLOCKS])
    texts = [block.text for block in heads if block.kind is Kind.PARAGRAPH and block.parent is None]
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
        marked, people = self._mark(sentence)
        for match in _ARE_ELSEWHERE.finditer(marked):
            self.elsewhere.update(dict.fromkeys(_ids(match["who"], people)))
        if _AHEAD.search(sentence):
            return
        if not self.has_met and _CALLED_OFF.search(marked):
            self.is_off = True
            return
        missing = [m["who"] for m in _ARE_MISSING.finditer(marked)]
        missing += [m["who"] or m["but"] for m in _LEFT_OUT.finditer(marked)]
        self.missing.update(dict.fromkeys(person for text in missing for person in _ids(text, people)))
        self.has_everybody |= any(m["but"] for m in _LEFT_OUT.finditer(marked))
        lists = list(self._present(marked))
        for text in lists:
            self.present.update(dict.fromkeys(_ids(text, people)))
            self.has_writer |= _has_me(text)
            self.has_writer |= _WE.search(marked) is not None
        self._together(marked, people)
        if self.missing and not self.has_met and _MEETING_WITH.match(marked) and _STRANGER.search(marked):
            self.has_writer = _has_me(marked) or _WE.search(marked) is not None
        if self.has_met:
            self.present.update(dict.fromkeys(self._strangers(marked, [text.removesuffix(", me") for text in lists])))

    def _present(self, marked: str) -> Iterator[str]:
        """Yield the lists of those of whom a sentence says that they were there."""
        for match in _PEOPLE.finditer(marked):
            is_list = _JOINED.search(match[0]) or _BEHIND.match(marked, match.end())
            if _has_me(match[0]) and _NAME.search(match[0]) and is_list:
                yield match[0]
        for pattern in (_ARE_THERE, _CAME, _ONLY, _TOOK_ME):
            for match in pattern.finditer(marked):
                text = next(filter(None, match.groups()))
                if pattern is not _ONLY or _JOINED.search(text):
                    yield f"{text}, me" if pattern is _TOOK_ME else text
        if (bare := _BARE.match(marked)) and len(_NAME.findall(bare[0])) > 1:
            yield bare[0]
        if _MEETING_WITH.match(marked):
            yield from (f"{match['who']}, me" for match in _WITH.finditer(marked))

    def _together(self, marked: str, people: Sequence[str]) -> None:
        """Take what is said of all: ``the three of us``, and, of a pair, that it met at all."""
        members = [member.id for member in self.reader.book.members]
        left = [member for member in members if member not in self.missing]
        for match in _ALL_OF_US.finditer(marked):
            word = next((text for text in match.groups() if text), "")
            count = NUMBERS.get(word.casefold(), 2 if "both" in match[0].lower() else len(left))
            named = {*left, *people} - self.missing.keys()
            self.has_everybody |= count in (len(members), len(left), len(named))
            if count == len(named):
                self.present.update(dict.fromkeys(named))
        is_pair = len(members) == 2 and not self.missing
        is_rest = 2 < len(members) < 5 and self.missing
        if is_pair or is_rest:
            self.has_everybody |= _WE_MET.search(marked) is not None
        if is_pair:
            names_other = bool(set(members) & set(people)) and _MET_FIRST.match(marked)
            says_role = _MEETING_WITH.match(marked) and _WITH_MY_MENTOR.search(marked)
            self.has_everybody |= bool(_MET_SOMEWHERE.match(marked) or names_other or says_role)

    def _strangers(self, marked: str, lists: Sequence[str]) -> Iterator[str]:
        """Yield the names of people whom nobody knows, where they stand beside those who were there."""
        behind = (_BEHIND.match(marked, marked.index(text) + len(text)) for text in lists if text in marked)
        found = [*behind, *_JOINED_US.finditer(marked)]
        if _MEETING_WITH.match(marked) or _ARE_THERE.search(marked):
            found += _STRANGER.finditer(marked)
        for match in found:
            if match is not None and ("" if match.re is _STRANGER else " ") in f" {match['name']}":
                yield match["name"]

    def _mark(self, sentence: str) -> tuple[str, list[str]]:
        """Return the sentence with a sign for each known person in it, and who they are."""
        people: list[str] = []

        def sign(match: re.Match[str]) -> str:
            words, out = match[0].split(), []
            while words:
                for count in range(len(words), 0, -1):
                    text = " ".join(words[:count])
                    bare = text.rstrip(".'’-_")
                    if person := self.reader.book.match_person(bare):
                        people.append(person)
                        out.append(f"\ue000{len(people) - 1}\ue001{text[len(bare) :]}")
                        break
                else:
                    count = 1
                    out.append(words[0])
                words = words[count:]
            return " ".join(out)

        return _CAPITAL.sub(sign, sentence), people

    def finish(self, *, has_met: bool) -> None:
        """Give the reader who was there, and who was not where somebody was."""
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
        elif there:
            reader.is_known = True
        for person in there:
            reader.add(person, True)
        for person in (*self.missing, *self.elsewhere) if there or has_met else ():
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


_NAME = re.compile(_NAMED)
_ME = re.compile(rf"(?<!\w){ME}(?!\w)", _I)


def _has_me(text: str) -> bool:
    return _ME.search(text) is not None


def _ids(text: str, people: Sequence[str]) -> list[str]:
    return [people[int(sign[1:-1])] for sign in _NAME.findall(text)]
