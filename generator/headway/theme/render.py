"""Rendering: a page and a theme become HTML, or the problem that keeps them from it."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from headway.pages.views import Page, SiteView
from headway.problems import Problem
from headway.theme.check import place_problem, say_unknown_asset
from headway.theme.filters import UnknownAssetError
from headway.theme.layers import Theme, asset_names, find_template
from headway.theme.templates import ThemeEnvironment, make_environment


def render_page(theme: Theme, page: Page, site: SiteView) -> str | Problem:
    """Return the page's HTML; where one of the program's own templates fails, the problem at its line.

    A failure in a bundled template that no own theme takes part in is a fault of Headway's and raises.
    """
    try:
        template = _environment(theme).get_template(page.template)
        return template.render(page=page, view=page.view, site=site)
    except Exception as error:
        if not theme.is_own:
            raise
        return _describe(theme, page, error)


@lru_cache(maxsize=4)
def _environment(theme: Theme) -> ThemeEnvironment:
    return make_environment(theme.layers)


def _describe(theme: Theme, page: Page, error: Exception) -> Problem:
    path, line = _failing_line(theme, page, error)
    code, mark = "HW410", ""
    said = str(error).rstrip(".") or type(error).__name__
    message = f"The page {page.address} could not be made with this template: {said}."
    hint = "Look at the values that this line expects; some of them may be absent on this page."
    if isinstance(error, UnknownAssetError):
        code, mark = "HW408", str(error)
        message, hint = say_unknown_asset(mark, asset_names(theme.layers))
    elif isinstance(error, SecurityError):
        code, message = "HW409", f"This is closed to templates: {said}."
    elif isinstance(error, UndefinedError):
        code, message = "HW406", f"A name in this template has no value on the page {page.address}: {said}."
    elif isinstance(error, TemplateNotFound):
        code, message = "HW407", f"No theme here has a template `{error.name}`."
        hint = "Look at the templates of the theme and its parent."
    return place_problem(code, path, _texts(theme).get(path, ""), line, message, hint, mark)


def _failing_line(theme: Theme, page: Page, error: Exception) -> tuple[str, int]:
    """Return the innermost line of an own template that was running, else of any template."""
    texts = _texts(theme)
    own = {layer.path(name) for layer in theme.layers if layer.is_own for name in layer.files}
    places: list[tuple[str, int]] = []
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in texts:
            places.append((trace.tb_frame.f_code.co_filename, trace.tb_lineno))
        trace = trace.tb_next
    if isinstance(error, TemplateSyntaxError) and error.filename in texts:
        places.append((error.filename, error.lineno))
    inner = [place for place in places if place[0] in own] or places
    if inner:
        return inner[-1]
    found = find_template(theme.layers, page.template)
    return (found[0].path(found[1]), 1) if found else (f"{theme.layers[0].place}/theme.yaml", 1)


def _texts(theme: Theme) -> dict[str, str]:
    return {layer.path(name): text for layer in theme.layers for name, text in layer.files.items()}
