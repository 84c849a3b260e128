"""A program of names, titles and words that are too wide for a telephone."""

from __future__ import annotations

_LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
WIDE = {
    "headway.yaml": f"program: {_LONG} mentoring\ntoday: 2026-05-20\n"
    f"cohorts:\n  - {{id: one, name: {_LONG}, start: 2026-02-02, end: 2026-07-31}}\n",
    "content/people/ana.yaml": f"name: Ana {_LONG}\nneeds: [{_LONG}]\nbio: {_LONG * 3}\nvisibility: public\n",
    "content/people/민서.yaml": f"name: {'민서' * 60}\naffiliation: {_LONG}\nvisibility: public\n",
    f"content/pages/{_LONG.lower()}.md": f"# {_LONG * 2}\n\n`{_LONG * 2}`\n",
    "content/partnerships/ana-민서/partnership.yaml": f"title: {_LONG}\ncohort: one\nvisibility: public\n"
    f"purpose: {_LONG}\nmembers:\n  - {{person: ana, role: mentee}}\n  - {{person: 민서, role: mentor}}\n"
    f"agreement: {{cadence: 2 weeks, medium: {_LONG}, responsibilities: {{mentor: [{_LONG}]}}}}\n",
    "content/partnerships/ana-민서/goals.yaml": f"goals:\n  - id: {_LONG.lower()}\n"
    f"    title: {_LONG * 2}\n    owner: ana\n"
    f"    why: {_LONG}\n    milestones:\n      - {{title: {_LONG * 2}, done: 2026-03-02, celebrated: {_LONG}}}\n"
    f"      - {{title: {_LONG}, steps: [{{title: {_LONG}}}]}}\n",
    "content/partnerships/ana-민서/meetings/2026-04-02.md": f"# {_LONG}\n\nPresent: Ana, {_LONG}\n\n"
    f"Win: {_LONG}\n\nThanks @민서: {_LONG}\n\nDecision: {_LONG}\n\nFeedback @ana -> @민서: {_LONG}\n\n"
    f"| a | {_LONG} | c |\n|---|---|---|\n| {_LONG} | {_LONG} | 2026-04-02 |\n\n```\n{_LONG * 4}\n```\n\n"
    f"> - {_LONG * 2}\n>   - https://example.org/{_LONG}\n\n{_LONG * 3}[^1]\n\n[^1]: {_LONG}\n\n"
    f"#### Action items\n\n- Ana: {_LONG * 2}\n",
    "content/partnerships/ana-민서/journal/2026-04-03.md": f"---\nauthor: ana\n---\n{_LONG * 2}\n",
    "content/partnerships/ana-민서/logbook.md": f"{_LONG * 2}\n\n## 2026-04-20\n\n{_LONG}\n",
}
