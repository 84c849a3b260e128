"""A linter for calendars (RFC 5545): the bytes themselves, as strict readers see them."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NAME = re.compile(r"[A-Z][A-Z0-9-]*")
_UTC = re.compile(r"\d{8}T\d{6}Z")
_DAY = re.compile(r"\d{8}")
_TEXTS = {"SUMMARY", "DESCRIPTION", "NAME", "X-WR-CALNAME"}
_ONCE = {"UID", "DTSTAMP", "DTSTART", "DURATION", "SUMMARY", "DESCRIPTION", "URL", "STATUS", "SEQUENCE", "TRANSP"}
_STATES = {"TENTATIVE", "CONFIRMED", "CANCELLED"}


def lint(content: bytes) -> Iterator[str]:
    """Yield what is wrong with a calendar."""
    if not content.endswith(b"\r\n"):
        yield "the last line does not end"
    physical = content.split(b"\r\n")[:-1]
    for number, line in enumerate(physical, 1):
        if len(line) > 75:
            yield f"line {number} has {len(line)} octets"
        if b"\n" in line or b"\r" in line:
            yield f"line {number} holds a bare line break"
        try:
            text = line.decode()
        except UnicodeDecodeError:
            yield f"line {number} cuts a character in two"
            continue
        if re.search("[\x00-\x08\x0b-\x1f\x7f]", text):
            yield f"line {number} holds a control character"
    lines = content.decode("utf-8", "replace").replace("\r\n ", "").split("\r\n")[:-1]
    yield from _lint_structure(lines)


def _lint_structure(lines: list[str]) -> Iterator[str]:
    stack: list[str] = []
    uids: list[str] = []
    seen: dict[str, str] = {}
    if lines[:2] != ["BEGIN:VCALENDAR", "VERSION:2.0"]:
        yield "it does not begin as a calendar does"
    if not any(line.startswith("PRODID:") for line in lines):
        yield "it has no PRODID"
    if sum(line.startswith("BEGIN:V") for line in lines) < 2:
        yield "it holds no component"
    for line in lines:
        head, colon, value = line.partition(":")
        name = head.partition(";")[0]
        if not colon or not _NAME.fullmatch(name):
            yield f"no property: {line!r}"
        elif name == "BEGIN":
            stack.append(value)
            seen = {}
        elif name == "END":
            if not stack or stack.pop() != value:
                yield f"END:{value} ends nothing"
            if value == "VEVENT":
                uids.append(seen.get("UID", ""))
                yield from _lint_event(seen)
        else:
            if stack[-1] == "VEVENT" and name in seen and name in _ONCE:
                yield f"{name} stands twice"
            seen[name] = line
            if name in _TEXTS and re.search(r"(?<!\\)(?:\\\\)*(?:[;,]|\\[^\\;,nN])", value):
                yield f"not escaped: {line!r}"
    if stack:
        yield f"{stack} never end"
    if len(uids) != len(set(uids)):
        yield "a UID stands twice"


def _lint_event(seen: dict[str, str]) -> Iterator[str]:
    for name in ("UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "STATUS"):
        if name not in seen:
            yield f"an event without {name}"
    start = seen.get("DTSTART", "")
    is_day = start.startswith("DTSTART;VALUE=DATE:")
    if not (_DAY if is_day else _UTC).fullmatch(start.partition(":")[2]):
        yield f"neither UTC nor a day: {start}"
    if not _UTC.fullmatch(seen.get("DTSTAMP", "").removeprefix("DTSTAMP:")):
        yield f"not UTC: {seen.get('DTSTAMP')}"
    if is_day and "DURATION" in seen:
        yield "a day with a duration"
    if seen.get("STATUS", "").removeprefix("STATUS:") not in _STATES:
        yield f"not a status: {seen.get('STATUS')}"
    if not seen.get("SEQUENCE", "").removeprefix("SEQUENCE:").isdecimal():
        yield f"not a number: {seen.get('SEQUENCE')}"
