"""Near keys: which key somebody meant who wrote one that is not known.

Knows the words that people use for ours, and likeness of letters; where a key may stand is others' business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

_SYNONYMS = {
    **dict.fromkeys(("due_date", "deadline", "target_date", "by"), ("due",)),
    **dict.fromkeys(("start_date", "begin", "since", "joined"), ("start", "from")),
    **dict.fromkeys(("end_date", "finish", "until", "left"), ("end", "to", "due")),
    "from": ("start",),
    "to": ("end",),
    "start": ("from",),
    "end": ("to",),
    **dict.fromkeys(("name", "label", "goal", "milestone", "step", "what"), ("title", "name", "id")),
    "title": ("name", "what"),
    **dict.fromkeys(("description", "desc", "reason", "because", "motivation"), ("why", "purpose", "bio", "reason")),
    **dict.fromkeys(("assignee", "responsible", "who", "for"), ("owner", "person")),
    **dict.fromkeys(("people", "participants", "partners", "mentor", "mentee", "mentors", "mentees"), ("members",)),
    **dict.fromkeys(("frequency", "rhythm", "every", "interval"), ("cadence",)),
    "duration": ("length",),
    "state": ("status",),
    **dict.fromkeys(("tz", "time_zone", "zone"), ("timezone",)),
    **dict.fromkeys(("mail", "e_mail"), ("email",)),
    **dict.fromkeys(("tasks", "todo", "subgoals", "checkpoints"), ("milestones", "steps")),
    **dict.fromkeys(("finished", "completed", "closed", "done_on", "date"), ("done", "on")),
    **dict.fromkeys(("percent", "percentage", "completion"), ("progress",)),
    **dict.fromkeys(("id", "member", "handle", "user"), ("person",)),
    "skills": ("strengths",),
    **dict.fromkeys(("handles", "nicknames", "github"), ("aliases", "links")),
    "lang": ("language",),
    **dict.fromkeys(("website", "urls"), ("links", "url")),
    **dict.fromkeys(("topic", "topics", "tags", "category"), ("area",)),
    **dict.fromkeys(("metric", "success"), ("measure", "success")),
    **dict.fromkeys(("private", "public", "audience"), ("visibility",)),
    "repo": ("repository",),
    "about": ("bio",),
}
"""What people write instead of a key, and the keys that they may mean, likelier ones first."""


def find_nearest_key(written: str, known: Iterable[str]) -> str | None:
    """Return the known key that was most likely meant, or None."""
    plain = {re.sub(r"[-_ ]", "", key.casefold()): key for key in known}
    folded = re.sub(r"[-_ ]", "", written[:80].casefold())
    if folded in plain:
        return plain[folded]
    meant = _SYNONYMS.get(written.casefold().replace(" ", "_").replace("-", "_"), ())
    likely = next((key for key in meant if key in plain.values()), None)
    near = get_close_matches(folded, plain, 1, 0.7)
    return likely or (plain[near[0]] if near else None)
