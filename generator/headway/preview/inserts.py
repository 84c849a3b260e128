"""Inserts: what the preview adds to a page: the strip, the problems over it, and pages of its own where there is none.

Everything stands in a shadow tree, so that neither the theme's styles nor the preview's reach the other. What was
typed in a file is escaped like on any page; no script stands in the page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader
from msgspec import Struct

from headway.model.fields import Visibility
from headway.pages.addresses import HOME
from headway.patterns import compile_late
from headway.preview.answers import Answer
from headway.printers import cut_excerpt
from headway.problems import Problem, Severity

ASSETS = Path(__file__).parent / "assets"

EDITORS = {
    "vscode": "vscode://file/{path}:{line}:{column}",
    "vscodium": "vscodium://file/{path}:{line}:{column}",
    "cursor": "cursor://file/{path}:{line}:{column}",
    "zed": "zed://file/{path}:{line}:{column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "pycharm": "pycharm://open?file={path}&line={line}&column={column}",
    "sublime": "subl://open?url=file://{path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
}
"""Links by which editors open a file at a place."""

_SCHEME = compile_late(r"([a-z][a-z0-9+.-]{0,30}):", re.ASCII)
_HARMFUL = ("javascript", "data", "vbscript", "blob", "http", "https")
_MOST = 100
"""Problems that are listed; more are only counted."""


def find_editor(name: str) -> str | None:
    """Return the link of an editor by its name, or a link given as such; None where it is neither."""
    if name in EDITORS:
        return EDITORS[name]
    scheme = _SCHEME.match(name)
    return name if "{path}" in name and scheme and scheme[1] not in _HARMFUL else None


class Surroundings(Struct, frozen=True):
    """What is the same on all pages of a preview: where the program stands, which editor opens its files."""

    root: Path
    audiences: Sequence[Visibility]
    editor: str | None = None
    is_strict: bool = False
    is_live: bool = True

    def edit_link(self, path: str, line: int = 1, column: int = 1) -> str | None:
        """Return the link that opens a file of the program, where an editor is known."""
        if not self.editor or not path or path.startswith("headway/"):
            return None
        place = quote(str(self.root.resolve() / path), safe="/")
        if "file/{path}" in self.editor:  # the slash is there already
            place = place.lstrip("/")
        return self.editor.replace("{path}", place).replace("{line}", str(line)).replace("{column}", str(column))


def render_panel(answer: Answer, audience: Visibility, problems: Sequence[Problem], around: Surroundings) -> str:
    """Return the strip and the problems, as they stand in the page's shadow tree."""
    problems = tuple(dict.fromkeys((*answer.problems, *problems)))
    fatal = (Severity.ERROR, Severity.WARNING) if around.is_strict else (Severity.ERROR,)
    errors = [problem for problem in problems if problem.severity in fatal]
    others = [problem for problem in problems if problem.severity not in fatal]
    shown = [_show(problem, around) for problem in (*errors[:_MOST], *others[:_MOST])]
    return _render(
        "panel.html",
        address=answer.address,
        audience=audience.value,
        audiences=[a.value for a in around.audiences],
        source=answer.source,
        source_folder="/".join(answer.source.split("/")[:-2]),
        source_name="/".join(answer.source.split("/")[-2:]),
        source_link=around.edit_link(answer.source),
        errors=shown[: len(errors[:_MOST])],
        error_count=len(errors),
        others=shown[len(errors[:_MOST]) :],
        other_count=len(others),
        other_word=_name_others(others),
        known_by=print_of("".join(repr(problem) for problem in errors)),
    )


def render_notice(answer: Answer, back: str, program: str) -> str:
    """Return the preview's own page, where the site has none to show."""
    return _render("notice.html", answer=answer, kind=answer.kind.name.lower(), back=back, home=HOME, program=program)


def insert(html: str, panel: str, answer: Answer, assets: Mapping[str, str], around: Surroundings) -> str:
    """Return a page with the preview's additions at its end, and by what its browser knows what it shows."""
    added = _render(
        "insert.html",
        panel=panel,
        answer=answer,
        state=print_of(panel),
        assets=json.dumps(assets),
        is_live=around.is_live,
    )
    before, closing, after = html.rpartition("</body>")
    return f"{before}{added}{closing}{after}" if closing else html + added


def print_of(text: str) -> str:
    """Return a short digest, by which a browser knows whether something is still the same."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def _show(problem: Problem, around: Surroundings) -> dict[str, Any]:
    place = problem.location
    before, marked, after = cut_excerpt(problem.excerpt, place.column, place.width)
    return {
        "code": problem.code,
        "place": f"{place.path}:{place.line}:{place.column}",
        "link": around.edit_link(place.path, place.line, place.column),
        "line": place.line,
        "message": problem.message.split("`"),
        "hint": problem.hint.split("`"),
        "excerpt": (before, marked, after) if problem.excerpt.strip() else None,
    }


def _name_others(problems: Sequence[Problem]) -> str:
    """Return what the problems that stop nothing are called together."""
    has_warning = any(problem.severity is Severity.WARNING for problem in problems)
    word = "warning" if has_warning else "notice"
    return word if len(problems) == 1 else f"{word}s"


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(ASSETS)
    return Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, auto_reload=False)


def _render(name: str, **values: Any) -> str:
    return _environment().get_template(name).render(values)
