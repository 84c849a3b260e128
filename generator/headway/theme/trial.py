"""The trial: each template of a program's own theme filled once, with a page that holds next to nothing.

A new partnership has no goals, no meetings and no dates, so every theme must manage such a page. What fails here
is found by `headway check`, before any real page is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import UnionType
from typing import Any, Union, get_origin, get_type_hints

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import fields, replace

from headway.pages.program_pages import DATED_TEMPLATES
from headway.pages.views import Page, SiteView
from headway.problems import Problem
from headway.theme.layers import Theme
from headway.theme.render import render_page
from headway.theme.templates import PAGE_TEMPLATES

# Texts that templates may look up in a table of their own, as `{'on-track': '...'}[view.momentum]`.
_TEXTS = {
    "address": "/an-empty-page/",
    "audience": "public",
    "direction": "ltr",
    "kind": "meeting",
    "language": "en",
    "momentum": "too-early",
    "standing": "planned",
    "status": "proposed",
}
_VALUES: Mapping[type, object] = {int: 0, bool: False, date: date(2026, 1, 1), Markup: Markup("")}


def try_templates(theme: Theme) -> Iterator[Problem]:
    """Yield what keeps the theme's templates from showing a page that holds next to nothing."""
    if not theme.is_own:
        return
    undated = _empty(SiteView)
    dated = replace(undated, today=_VALUES[date])
    for template, view in PAGE_TEMPLATES.items():
        site = dated if template in DATED_TEMPLATES else undated
        page = Page("/an-empty-page/", template, "An empty page", _empty(view), "public")
        rendered = render_page(theme, page, site)
        if isinstance(rendered, Problem):
            yield rendered


def _empty(view: type) -> Any:
    """Return a view with nothing in it that may be absent."""
    hints = get_type_hints(view)
    return view(**{field.name: _value(field.name, hints[field.name]) for field in fields(view)})


def _value(name: str, hint: Any) -> object:
    if hint is str:
        return _TEXTS.get(name, "")
    origin = get_origin(hint)
    if origin in (UnionType, Union):
        return None
    if origin is tuple:
        return ()
    if origin is Mapping:
        return {}
    return _empty(hint) if isinstance(hint, type) and issubclass(hint, Struct) else _VALUES[hint]
