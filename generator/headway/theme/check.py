"""Checks: what is wrong with a theme's templates, found before any page is rendered.

Compiles each template of a program's own themes and looks at its names, its parents and its assets. What shows
only with a page's values is found by `headway.theme.render`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from jinja2 import TemplateSyntaxError, meta, nodes
from msgspec import Struct
from msgspec.structs import fields

from headway.pages.views import Page, SiteView
from headway.problems import Location, Problem
from headway.theme.layers import Layer, asset_names, find_template
from headway.theme.templates import PAGE_TEMPLATES, ThemeEnvironment, make_environment

_SEEN = {"page": Page, "site": SiteView}
_REFERENCES = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)


class _Parsed(Struct, frozen=True):
    """One template of an own theme, with what its checks need."""

    layer: Layer
    name: str
    tree: nodes.Template

    @property
    def text(self) -> str:
        return self.layer.files[self.name]

    def problem(self, code: str, line: int, mark: str, message: str, hint: str) -> Problem:
        return place_problem(code, self.layer.path(self.name), self.text, line, message, hint, mark)


def place_problem(code: str, path: str, text: str, line: int, message: str, hint: str, mark: str = "") -> Problem:
    """Return a problem at a line of a template, its mark under ``mark`` where the line has that text."""
    lines = text.splitlines()
    excerpt = lines[line - 1][:400] if 0 < line <= len(lines) else ""
    column = excerpt.find(mark) + 1 if mark else 0
    start = column or len(excerpt) - len(excerpt.lstrip()) + 1
    width = len(mark) if column else max(1, len(excerpt.strip()))
    return Problem(code, Location(path, line, start, width), message, hint, excerpt)


def check_templates(layers: Sequence[Layer]) -> tuple[Problem, ...]:
    """Return what is wrong with the templates of the program's own themes in this chain."""
    environment = make_environment(layers)
    parsed: list[_Parsed] = []
    problems: list[Problem] = []
    for layer in layers:
        for name in sorted(layer.files) if layer.is_own else ():
            found = _compile(environment, layer, name)
            if isinstance(found, Problem):
                problems.append(found)
            else:
                parsed.append(found)
    # What a child sets may be read in its parent's blocks, so every template's names count for all of them.
    known = {*_SEEN, "view", *(name for item in parsed for name in _assigned(item.tree))}
    for item in parsed:
        problems += _check_names(item, known)
        problems += _check_references(item, layers)
        problems += _check_assets(item, asset_names(layers))
        problems += _check_sandbox(item)
    return tuple(problems)


def _compile(environment: ThemeEnvironment, layer: Layer, name: str) -> _Parsed | Problem:
    text = layer.files[name]
    try:
        tree = environment.parse(text, name, layer.path(name))
        environment.compile(text, name, layer.path(name))
    except TemplateSyntaxError as error:
        said, _, more = (error.message or "").partition(". ")
        message = f"This cannot be read as a template: {said.rstrip('.')}."
        hint = more or "Jinja's words are explained at https://jinja.palletsprojects.com/templates/."
        if "No filter named" in message:
            hint = "Themes have a small set of filters; `headway explain HW405` lists them."
        return place_problem("HW405", layer.path(name), text, error.lineno, message, hint)
    except RecursionError:
        message = "This is nested too deeply to be read as a template."
        return place_problem("HW405", layer.path(name), text, 1, message, "Split it with {% include %}.")
    return _Parsed(layer, name, tree)


def _assigned(tree: nodes.Template) -> Iterator[str]:
    """Yield every name that a template sets, imports or defines as a macro."""
    for name in tree.find_all(nodes.Name):
        if name.ctx != "load":
            yield name.name
    for macro in tree.find_all(nodes.Macro):
        yield macro.name
    for module in tree.find_all(nodes.Import):
        yield module.target
    for imported in tree.find_all(nodes.FromImport):
        yield from (name[1] if isinstance(name, tuple) else name for name in imported.names)


def _check_names(item: _Parsed, known: set[str]) -> Iterator[Problem]:
    undeclared = meta.find_undeclared_variables(item.tree) - known
    for name in item.tree.find_all(nodes.Name):
        if name.name in undeclared and name.ctx == "load":
            undeclared.discard(name.name)  # once a template is enough
            near = get_close_matches(name.name, known, 1)
            hint = f"Did you mean `{near[0]}`?" if near else "Templates see `page`, `view` and `site`."
            message = f"Nothing is called `{name.name}` in a template."
            yield item.problem("HW406", name.lineno, name.name, message, hint)
    local = set(_assigned(item.tree))
    for access in item.tree.find_all(nodes.Getattr):
        owner = _view_class(access.node, item.name)
        if owner is None or _root(access) in local or access.attr.startswith("_"):
            continue
        names = [field.name for field in fields(owner)]
        if access.attr not in names:
            near = get_close_matches(access.attr, names, 1)
            hint = f"Did you mean `{near[0]}`?" if near else f"It has: {', '.join(names)}."
            message = f"{owner.__name__} has no `{access.attr}`."
            yield item.problem("HW406", access.lineno, access.attr, message, hint)


def _view_class(node: nodes.Expr, template: str) -> Any:
    """Return the class of ``page``, ``site``, ``view`` and ``page.view`` where it is known, else None."""
    if isinstance(node, nodes.Name):
        return PAGE_TEMPLATES.get(template) if node.name == "view" else _SEEN.get(node.name)
    if isinstance(node, nodes.Getattr) and node.attr == "view" and _view_class(node.node, template) is Page:
        return PAGE_TEMPLATES.get(template)
    return None


def _root(node: nodes.Expr) -> str:
    while isinstance(node, nodes.Getattr):
        node = node.node
    return node.name if isinstance(node, nodes.Name) else ""


def _check_references(item: _Parsed, layers: Sequence[Layer]) -> Iterator[Problem]:
    for node in item.tree.find_all(_REFERENCES):
        target = getattr(node, "template", None)
        if not isinstance(target, nodes.Const) or not isinstance(target.value, str):
            continue
        name = target.value
        found = find_template(layers, name)
        if found is None and not getattr(node, "ignore_missing", False):
            near = get_close_matches(name.rpartition("/")[2], {file for layer in layers for file in layer.files}, 1)
            hint = f"Did you mean `{near[0]}`?" if near else "Look at the templates of the theme and its parent."
            message = f"No theme here has a template `{name}`."
            yield item.problem("HW407", node.lineno, name, message, hint)
        elif found == (item.layer, item.name):
            message = f"`{name}` is this very template, so it would never end."
            yield item.problem("HW407", node.lineno, name, message, _parent_hint(item, layers))


def _parent_hint(item: _Parsed, layers: Sequence[Layer]) -> str:
    below = layers[[layer is item.layer for layer in layers].index(True) + 1 :]
    parent = next((layer.name for layer in below if item.name in layer.files), None)
    return f"Name the parent's: `!{parent}/{item.name}`." if parent else "Name another template."


def _check_assets(item: _Parsed, assets: frozenset[str]) -> Iterator[Problem]:
    for node in item.tree.find_all(nodes.Filter):
        target = node.node
        if node.name == "asset" and isinstance(target, nodes.Const) and target.value not in assets:
            yield item.problem("HW408", node.lineno, str(target.value), *say_unknown_asset(str(target.value), assets))


def say_unknown_asset(name: str, assets: frozenset[str]) -> tuple[str, str]:
    """Return message and hint for an asset that the theme does not have."""
    near = get_close_matches(name, assets, 1)
    hint = f"Did you mean `{near[0]}`?" if near else "Put the file into the theme's folder `assets/`."
    return f"The theme has no asset `{name}`.", hint


def _check_sandbox(item: _Parsed) -> Iterator[Problem]:
    for access in item.tree.find_all(nodes.Getattr):
        if access.attr.startswith("_"):
            message = f"`{access.attr}` is closed to templates."
            hint = "Templates use the fields of page, view and site; names with `_` in front are Python's own."
            yield item.problem("HW409", access.lineno, access.attr, message, hint)
    for modifier in item.tree.find_all(nodes.EvalContextModifier):
        message = "Escaping cannot be switched off."
        hint = "HTML that is safe, as a note's body, is marked as such and is not escaped twice."
        yield item.problem("HW409", modifier.lineno, "autoescape", message, hint)
