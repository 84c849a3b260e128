"""Task texts: the day a task is due, the words that say it is done, and what is no task at all."""

from __future__ import annotations

import re
from datetime import date

from headway.documents.names import plain_text

_MONTHS = {
    name: n
    for n, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = (
    r"(?P<day>\d{4}[-./]\d{1,2}[-./]\d{1,2}(?!\d)"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ -]{_MONTH},?[ -]\d{{4}}(?!\d)"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}(?!\d))"
)
_DUE = re.compile(
    rf"[(\[]?(?:\b(?:due|deadline)(?: date)?\s?[:=]?\s?(?:(?:on|by)\s)?|\bby\s(?:the\s)?"
    rf"|📅\s?)[*_]{{0,2}}{_DATE}[*_]{{0,2}}[)\]]?",
    re.IGNORECASE,
)
_EMPTY_BRACKETS = re.compile(r"\s?[(\[][\s,;]{0,5}[)\]]")
_LOOSE_COMMA = re.compile(r"[,;]\s{0,3}(?=[)\]])")
_DONE_WORD = r"(?:done|completed|complete|finished|closed|resolved)"
_STRUCK_TAG = re.compile(r"</?(?:del|s|strike)>", re.IGNORECASE)
_DONE_AFTER = re.compile(
    rf"(?:(?:\s[-–—:=]{{1,3}}>?|(?<=~~))\s?[*_]{{0,3}}{_DONE_WORD}|\s?[*_]{{0,3}}[(\[]{_DONE_WORD}[)\]]"
    rf"|\s?[✅✔☑]\ufe0f?|\s:white_check_mark:)[*_]{{0,3}}\s?[.!✅✔]?$",
    re.IGNORECASE,
)
_DONE_BEFORE = re.compile(
    rf"(?:[✅✔☑]\ufe0f?\s?|:white_check_mark:\s?|[*_]{{0,3}}[\[(]{_DONE_WORD}[)\]][*_:]{{0,3}}\s"
    rf"|[*_]{{0,3}}{_DONE_WORD}[*_]{{0,3}}:[*_]{{0,3}}\s)(?=\S)",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"(?:none|no|nil|n/?a|na|nothing|tb[dac]|todo|to do|not yet|see above|see below|same as above|as above"
    r"|same|empty|unknown"
    r"|none (?:yet|so far|this time|today|noted|identified|recorded|at this time|for now)|nothing (?:yet"
    r"|new|this time|today|to report)"
    r"|no (?:new )?(?:actions?|action items?|action points?|tasks?|next steps|todos?"
    r"|to dos)(?: items)?(?: (?:yet|this time|today|noted|identified|recorded|at this time|for now"
    r"|this week|were .{0,20}))?"
    r"|there (?:are|were) no .{0,40}|(?:action|action item|action point|task|item|todo|to do|next step|step"
    r"|name|person|owner|who|what|description)(?: ?#?\d{1,2})?"
    r"|(?:add|insert|list|enter|fill in) (?:your |the |any |new ){0,2}(?:actions?|action items?|tasks?"
    r"|items?|todos?|next steps?)"
    r"(?: here| below)?|\d{1,3})$"
)


def take_due(text: str) -> tuple[date | None, str]:
    """Return the day a text says it is due and the text without it; ``by Friday`` stays text."""
    for match in _DUE.finditer(text):
        if day := parse_due(match["day"]):
            rest = f"{text[: match.start()]} {text[match.end() :]}" if match[0][0] in "([" else _cut(text, match)
            rest = _EMPTY_BRACKETS.sub("", _LOOSE_COMMA.sub("", rest))
            return day, rest.strip().rstrip(",;–—- ").strip()
    return None, text


def _cut(text: str, match: re.Match[str]) -> str:
    """Cut a due day out; a closing bracket that it took stays with the bracket that opened before."""
    closing = match[0][-1] if match[0][-1] in ")]" else ""
    return f"{text[: match.start()]}{closing} {text[match.end() :]}"


def parse_due(text: str) -> date | None:
    """Return the day of a text that holds one, or None; only forms that mean one day everywhere."""
    match = re.search(_DATE, text, re.IGNORECASE)
    if match is None:
        return None
    numbers = [int(number) for number in re.findall(r"\d+", match["day"])]
    word = re.search(_MONTH, match["day"], re.IGNORECASE)
    try:
        if word is None:
            return date(numbers[0], numbers[1], numbers[2])
        return date(numbers[1], _MONTHS[word[0][:3].casefold()], numbers[0])
    except ValueError:
        return None


def read_state(text: str) -> tuple[bool, str]:
    """Return whether a text says that it is done, and the text without saying so.

    Done is what is struck out as a whole, ends in ``- done`` or ``- completed``, or carries a tick.
    """
    text = _STRUCK_TAG.sub("~~", text.strip()) if "<" in text else text.strip()
    bare = text.strip("*_ .")
    if bare.startswith("~~") and bare.endswith("~~") and len(bare) > 4 and "~~" not in bare[2:-2]:
        return True, bare[2:-2].strip()
    tail = text[-40:]
    if after := _DONE_AFTER.search(tail):
        kept = text[: len(text) - len(tail) + after.start()].strip()
        struck = kept[2:-2].strip() if kept.startswith("~~") and kept.endswith("~~") and len(kept) > 4 else kept
        return True, struck
    if before := _DONE_BEFORE.match(text):
        return True, text[before.end() :].strip()
    return False, text


def is_no_task(text: str) -> bool:
    """Return whether a text names no task: nothing, "none", or what a template left."""
    plain = plain_text(text)[0].strip()
    if not any(letter.isalnum() for letter in plain):
        return True
    if plain[0] in "<{[" and plain[-1] in ">}]" and len(plain) < 120:
        return True
    if len(plain) > 100:
        return False
    return _NOTHING.match(" ".join(plain.casefold().strip(" .…!()[]{}<>-–—:").replace("-", " ").split())) is not None
