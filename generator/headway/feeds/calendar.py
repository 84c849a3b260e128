"""Calendars: a partnership's meetings and milestones for people's own calendars (RFC 5545).

Times are UTC and days are days, so that no calendar needs to know a time zone. The lines of one partnership's events
are made once, for its own calendar, its people's and the program's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, tzinfo
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from headway.feeds.told import Told
from headway.pages.addresses import absolute
from headway.pages.parts import MeetingCard
from headway.patterns import compile_late

NEAREST = 5
"""How many past meetings, coming meetings and open milestones of a partnership other calendars show of each."""

_STATUS = {"cancelled": "CANCELLED", "missed": "CANCELLED", "moved": "CANCELLED", "unconfirmed": "TENTATIVE"}
_ENDED = ("held", "shortened", "cancelled", "missed", "moved")
_UNFIT = compile_late("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]")
_SPECIAL = compile_late(r"[\\;,]")
_LONGEST = 75


class Habits(Struct, frozen=True):
    """What a partnership's meetings are like: their zone, and how long they last where a note does not say."""

    zone: tzinfo = UTC
    minutes: int | None = None
    meeting: str = "meeting"
    """The program's word for a meeting."""


class Event(Struct, frozen=True):
    """One event. ``at`` is None for a whole day; ``stamp`` the day it was last known to change."""

    uid: str
    on: date
    at: datetime | None
    minutes: int | None
    title: str
    address: str
    status: str
    sequence: int
    stamp: date
    said: str = ""
    is_milestone: bool = field(default=False)


def find_zone(name: str) -> tzinfo:
    """Return a time zone; UTC where nobody knows it, which headway.yaml's rules report."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError):
        return UTC


def collect_events(told: Told, habits: Habits) -> list[Event]:
    """Return a partnership's meetings, planned and past, and its milestones; each kind in the order of days."""
    coming = told.progress.next
    announced = [coming] if coming is not None and coming.address is None else []
    # A coming meeting was talked about at the last one, most likely; before the first, at the start.
    talked = [card.on for card in told.meetings if card.on is not None and card.status in _ENDED]
    last = max(talked, default=told.progress.start)
    meetings = (_meeting(told, card, habits, last) for card in (*told.meetings, *announced))
    return [*filter(None, meetings), *_milestones(told)]


def nearest_events(events: Sequence[Event]) -> list[Event]:
    """Return the newest past meetings, the next ones and the first open milestones."""
    past = [event for event in events if not event.is_milestone and event.sequence >= _SETTLED]
    coming = [event for event in events if not event.is_milestone and event.sequence < _SETTLED]
    steps = sorted((event for event in events if event.is_milestone and not event.said), key=lambda e: (e.on, e.uid))
    return [*past[-NEAREST:], *coming[-NEAREST:], *steps[:NEAREST]]


def render_events(events: Iterable[Event], url: str | None) -> str:
    """Return the lines of these events; ``url`` is the site's, or None where nobody knows it."""
    return "".join(_fold(line) for event in events for line in _event_lines(event, url))


def render_calendar(title: str, events: str, generator: str) -> bytes:
    """Return a calendar that holds these lines of events."""
    head = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_text(generator)}//EN",
        "CALSCALE:GREGORIAN",
        f"NAME:{_text(title)}",
        f"X-WR-CALNAME:{_text(title)}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
    )
    # An empty calendar is not allowed, so one without events says when it is free: never.
    lines = "".join(_fold(line) for line in head)
    return f"{lines}{events or _NOTHING}END:VCALENDAR\r\n".encode()


_SETTLED = 2
_NOTHING = "BEGIN:VTIMEZONE\r\nTZID:UTC\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0000\r\n" \
    "TZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"  # fmt: skip


def _meeting(told: Told, card: MeetingCard, habits: Habits, last: date | None) -> Event | None:
    if card.on is None:
        return None
    # The day is the address of a day's first note, so an announced meeting stays the same event once it is written.
    place = told.inside(card.address) if card.address else f"meetings/{card.on.isoformat()}/"
    status = _STATUS.get(card.status or "", "CONFIRMED")
    title = told.progress.title
    word = habits.meeting if card.kind == "meeting" else card.kind
    name = f"{title}: {card.title}" if card.title else f"{title}: {word}"
    return Event(
        uid=told.identify("event", place),
        on=card.on,
        at=_moment(card.on, card.at, habits.zone),
        minutes=card.minutes or habits.minutes,
        title=name,
        address=card.address or told.address,
        status=status,
        sequence=(card.at is not None) + _SETTLED * (card.status in _ENDED),
        stamp=card.on if card.status in _ENDED else last or card.on,
        said=f"{word[:1].upper()}{word[1:]} {card.status}" if card.status in ("shortened", "moved") else "",
    )


def _milestones(told: Told) -> Iterator[Event]:
    used: dict[str, int] = {}
    for view in told.goals:
        for milestone in view.milestones:
            day = milestone.due or milestone.done
            if day is None or milestone.dropped is not None:
                continue
            key = told.identify("milestone", told.inside(view.card.address), milestone.title)
            used[key] = used.get(key, 0) + 1
            yield Event(
                uid=key if used[key] == 1 else f"{key}-{used[key]}",
                on=day,
                at=None,
                minutes=None,
                title=f"{told.progress.title}: {milestone.title}",
                address=f"{view.card.address}#{milestone.anchor}",
                status="CONFIRMED",
                sequence=len(view.reframed) + (milestone.done is not None),
                stamp=milestone.done or view.start or told.progress.start or day,
                said=f"Done on {milestone.done.isoformat()}" if milestone.done else "",
                is_milestone=True,
            )


def _moment(on: date, at: time | None, zone: tzinfo) -> datetime | None:
    if at is None:
        return None
    try:
        return datetime.combine(on, at, zone).astimezone(UTC)
    except OverflowError:  # the first or the last day that there is
        return None


def _event_lines(event: Event, url: str | None) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_day(event.stamp)}T000000Z"
    if event.at is None:
        yield f"DTSTART;VALUE=DATE:{_day(event.on)}"
        yield "TRANSP:TRANSPARENT"
    else:
        yield f"DTSTART:{_utc(event.at)}"
        if event.minutes:
            yield f"DURATION:PT{event.minutes}M"
    yield f"SUMMARY:{_text(event.title)}"
    if event.said:
        yield f"DESCRIPTION:{_text(event.said)}"
    if url:
        yield f"URL:{absolute(url, event.address)}"
    yield f"STATUS:{event.status}"
    yield f"SEQUENCE:{event.sequence}"
    yield "END:VEVENT"


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _utc(moment: datetime) -> str:
    return f"{moment.isoformat()[:19].replace('-', '').replace(':', '')}Z"


def _text(text: str) -> str:
    """Return a text as a calendar's value: nothing in it ends the line or begins another property."""
    text = _SPECIAL.sub(r"\\\g<0>", _UNFIT.sub(" ", text))
    return text.replace("\n", "\\n")


def _fold(line: str) -> str:
    """Return a line in pieces of at most 75 octets, each ended by CRLF, no character cut in two."""
    if len(line) * 4 <= _LONGEST or len(line.encode()) <= _LONGEST:
        return f"{line}\r\n"
    pieces, piece, size = [], "", 0
    for character in line:
        width = len(character.encode())
        if size + width > _LONGEST:
            pieces.append(piece)
            piece, size = " ", 1
        piece += character
        size += width
    return "".join(f"{part}\r\n" for part in (*pieces, piece))
