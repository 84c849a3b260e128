"""Attendance labels: the words over a list of who was there, or who was missing."""

from __future__ import annotations

import re

from headway.documents.sections import label_words

_PRESENT = frozenset(
    [
        "present",
        "attendants",
        "attendees",
        "attendee",
        "attendance",
        "participants",
        "participant",
        "in attendance",
        "attending",
        "attended",
        "members present",
        "present members",
        "people present",
        "participants present",
        "meeting attendees",
        "meeting participants",
        "attendees present",
        "list of attendees",
        "list of participants",
        "attendance list",
        "participant list",
        "present at the meeting",
        "present at meeting",
        "those present",
        "who was there",
        "who attended",
        "whos here",
        "also present",
        "also attending",
        "also in attendance",
        "roll call",
        "attendees list",
        "attendee list",
        "participating",
    ]
)
_ABSENT = frozenset(
    [
        "regrets",
        "absent",
        "apologies",
        "not present",
        "absentees",
        "absences",
        "absence",
        "not attending",
        "excused",
        "missing",
        "apologies for absence",
        "not in attendance",
        "members absent",
        "absent members",
        "unable to attend",
        "could not attend",
        "couldnt attend",
        "cant make it",
        "cannot attend",
        "sends regrets",
        "sent regrets",
        "apologies received",
        "regrets received",
    ]
)
_RECORD = re.compile(r"(?:record|take|note) (?:the )?(?:attendance|attendees|participants)(?: in (?:the )?minutes)?$")
WHO = frozenset({"who", "people"})
NOT_PEOPLE = re.compile(
    r"(?:recording|video|date|time|when|where|location|place|link|links|next meeting|next|agenda|zoom"
    r"|hackmd|slides|notes"
    r"|duration|length|minutes|issue|previous minutes|youtube|topic|status|energy|quorum|goal|goals|purpose)s?$"
)
_GROUPS = frozenset(
    [
        "members",
        "guests",
        "observers",
        "mentors",
        "mentees",
        "students",
        "staff",
        "team",
        "organisers",
        "organizers",
        "facilitators",
        "speakers",
        "visitors",
        "others",
        "online",
        "remote",
        "person",
        "interns",
        "coaches",
        "leads",
        "maintainers",
        "contributors",
        "volunteers",
        "fellows",
        "peers",
        "chairs",
    ]
)
_INLINE = re.compile(r"[*_\s]{0,5}([^\W\d_][^:：*_\n\[]{1,40}?)[*_\s]{0,5}[:：](?!//)[*_\s]{0,5}(?=\S)")
_BOLD_INLINE = re.compile(r"(\*\*|__)([^*_:\n]{3,40})\1\s+(?=\S)")


def kind_of_label(text: str) -> bool | None:
    """Return True for a label of who was there, False for one of who was missing, None for any other."""
    words = label_words(text)
    if words in _PRESENT or _RECORD.match(words):
        return True
    return False if words in _ABSENT else None


def inline_label(text: str) -> tuple[str, str] | None:
    """Return label and text of a line such as ``**Present:** a, b``, or None."""
    match = _INLINE.match(text)
    if match:
        return match[1], text[match.end() :]
    bold = _BOLD_INLINE.match(text)
    return (bold[2], text[bold.end() :]) if bold else None


def is_group(heading: str) -> bool:
    """Return whether a heading inside an attendance section names a group: "Members", "Guests"."""
    return label_words(heading).rpartition(" ")[2] in _GROUPS
