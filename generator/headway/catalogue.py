"""The catalogue of problem codes: stable, and each explained by a page in ``explanations/``.

HW0xx files and git, HW1xx YAML and its fields, HW2xx rules across files, HW3xx notes, HW4xx themes,
templates and output, HW5xx pages, links and pictures.
"""

from __future__ import annotations

from dataclasses import dataclass

from headway.problems import Severity


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of problem; ``title`` names it in a few words."""

    severity: Severity
    title: str


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTICE

CODES: dict[str, Code] = {
    # Files and git
    "HW001": Code(_E, "no headway.yaml"),
    # YAML and its fields
    "HW101": Code(_E, "not readable as YAML"),
    # Rules across files
    # Notes
    # Themes, templates and output
    # Pages, links and pictures
}
