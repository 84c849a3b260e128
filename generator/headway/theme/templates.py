"""Templates: the Jinja environment of one theme, and what its templates may use.

Templates see ``page``, ``view`` and ``site`` and the filters of `headway.theme.filters`; no clock, no settings, no
files. They run in a sandbox and escape every text. What a template does wrong is a problem at its line, found when the
theme is loaded where it can be, else when a page is rendered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, time, timedelta
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, TemplateNotFound
from jinja2.bccache import Bucket, FileSystemBytecodeCache
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

from headway.bundled import digest_own_code
from headway.pages import axis, overview, parts, past, signs, trail, views
from headway.theme.filters import theme_filters
from headway.theme.layers import Layer, asset_names, find_template

PAGE_TEMPLATES: Mapping[str, type] = {
    "home.html": views.HomeView,
    "partnership.html": views.PartnershipView,
    "goals.html": views.GoalListView,
    "goal.html": views.GoalView,
    "meetings.html": views.MeetingListView,
    "note.html": views.NoteView,
    "agreement.html": views.AgreementView,
    "people.html": views.PeopleView,
    "person.html": views.PersonView,
    "cohort.html": views.CohortView,
    "404.html": views.NotFoundView,
}
"""The templates that pages ask for, each with the view it is given."""

# fmt: off
_BUILTINS = frozenset({
    "abs", "batch", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "groupby", "int",
    "items", "join", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "replace",
    "reverse", "round", "select", "selectattr", "slice", "sort", "string", "striptags", "sum", "trim", "truncate",
    "unique", "upper", "wordcount",
})
# fmt: on
# Each of these makes a long text from a short one: a template could fill the memory with it.
_STRETCHING = frozenset({"center", "expandtabs", "format", "format_map", "ljust", "rjust", "zfill"})


class ThemeLoader(BaseLoader):
    """Finds templates in the layers, the child's first."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        self.layers = layers

    def get_source(self, environment: object, template: str) -> tuple[str, str, Callable[[], bool]]:
        found = find_template(self.layers, template)
        if found is None:
            raise TemplateNotFound(template)
        layer, name = found
        return layer.files[name], layer.path(name), lambda: True


_VIEW_MODULES = frozenset(module.__name__ for module in (views, parts, past, trail, signs, axis, overview))

_HARMLESS = frozenset((date, time, timedelta, LoopContext, TemplateModule))
"""What has no attribute, but for those with an underscore, that could do anything."""


class ThemeEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox that also refuses what could fill the memory."""

    intercepted_binops = frozenset(["*", "**", "%"])

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" or not isinstance(left, (int, float)) or not isinstance(right, (int, float)):
            raise SecurityError(f"`{operator}` works with two numbers here, and `**` not at all")
        return super().call_binop(context, operator, left, right)

    def getattr(self, obj: Any, attribute: str) -> Any:
        if (type(obj).__module__ in _VIEW_MODULES or type(obj) in _HARMLESS) and attribute[0] != "_":
            # A frozen value of ours, or a day; the sandbox's own questions would cost more than the page.
            try:
                return getattr(obj, attribute)
            except AttributeError:
                pass  # StrictUndefined says what is missing
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, str) and attr in _STRETCHING:
            return False
        return super().is_safe_attribute(obj, attr, value)


def make_environment(layers: Sequence[Layer]) -> ThemeEnvironment:
    """Return the environment of one chain of themes; it compiles each template once."""
    environment = ThemeEnvironment(
        loader=ThemeLoader(layers),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=_find_compiled(),
    )
    environment.globals = {"namespace": Namespace}
    builtins = {name: call for name, call in environment.filters.items() if name in _BUILTINS}
    environment.filters = {**builtins, **theme_filters(asset_names(layers))}
    return environment


class CompiledTemplates(FileSystemBytecodeCache):
    """Templates compiled by earlier runs of this very Headway, where this user alone can write.

    Never in a program's folder: what lies there may come from somebody else, and compiled templates are code.
    """

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):  # no room: then they are compiled again the next time
            super().dump_bytecode(bucket)


def _find_compiled() -> CompiledTemplates | None:
    try:
        return CompiledTemplates(pattern=f"headway-{digest_own_code()[:16]}-%s.cache")
    except (OSError, RuntimeError):  # the system has no such place
        return None
