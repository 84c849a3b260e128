"""What the caller of a build chose, and which day follows from it. Reads no clock: the caller's is handed in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct


class Choice(Struct, frozen=True):
    """What the caller chose, where it differs from what headway.yaml says. ``now`` is the caller's clock."""

    now: datetime
    today: date | None = None
    audience: str | None = None
    epoch: int | None = None
    """SOURCE_DATE_EPOCH, seconds since 1970."""


def choose_today(fixed: date | None, timezone: str, choice: Choice) -> date:
    """Return the day that all numbers are for: given, else the program's (``fixed``), else the epoch's, else now's."""
    if choice.today is not None:
        return choice.today
    if fixed is not None:
        return fixed
    if choice.epoch is not None:
        return datetime.fromtimestamp(choice.epoch, UTC).date()
    try:
        zone = ZoneInfo(timezone)
    except (OSError, ValueError):  # an unknown zone is a problem of headway.yaml, reported by its rules
        return choice.now.astimezone(UTC).date()
    return choice.now.astimezone(zone).date()
