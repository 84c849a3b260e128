"""Makes docs/themes.md from the views, the templates and the filters themselves."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

from headway.bundled import bundled_themes
from headway.pages import axis, overview, parts, past, signs, trail, views
from headway.theme import filters
from headway.theme.templates import PAGE_TEMPLATES

BLOCKS = {
    "title": "the words of `<title>`",
    "meta": "what search engines, feed readers and those who share links are told",
    "head": "empty: for more stylesheets of your own",
    "policy": "the Content-Security-Policy",
    "header": "the top of every page",
    "nav": "the main navigation, inside `header`",
    "breadcrumbs": "the way from home to this page",
    "scheme": "the button that changes between light and dark, inside `header`",
    "stale": "what is shown where nothing has been built for longer than `site.stale_after`; `trail.js` shows it",
    "main": "the page itself; each page's template fills it",
    "writing": "the links to the repository's web editor, at the end of the page",
    "built": "of which day and which commit the page is, inside `footer`; `today.css` knows both",
    "feeds": "the links to the page's feeds, inside `footer`",
    "footer": "the bottom of every page",
}
"""What each block of base.html is for."""

INTRODUCTION = """\
# Themes

Made from the code by `pytest --update`; a test says whether it is current.

A theme is a folder `themes/<name>/` of a program, with a `theme.yaml`, and whatever of these it wants to change:

```
themes/ours/
  theme.yaml           name, extends, description, tokens
  templates/           Jinja templates; one that is not here is the parent's
  assets/              stylesheets, fonts, scripts, pictures; a parent's file of the same name is replaced
```

```yaml
# themes/ours/theme.yaml
name: ours
extends: trail
tokens: {accent: "#7a3b69", dark-accent: "#e0a6d0"}
```

`site: {theme: ours}` in headway.yaml uses it. A theme that bears its parent's name takes its place without that.

<!-- play: starter -->
```console
$ headway theme eject note.html --to ours
...
$ headway theme list
...
$ headway check
...
```

- `headway theme list` says which themes there are.
- `headway theme eject` lists the templates and assets of the theme in use; `headway theme eject note.html` copies one
  into a theme of the program's own, `--all` all of them. What is not copied stays the parent's and profits from the
  next version of Headway.
- `headway check` finds what is wrong with a theme, at its line: an unknown name, field, filter, template or asset.

A template changes one block and keeps the rest:

```jinja
{# themes/ours/templates/base.html #}
{% extends "!trail/base.html" %}
{% block footer %}<footer class="bottom">{{ site.program }}</footer>{% endblock %}
```

`!trail/base.html` is that very theme's file, `base.html` the nearest one. Every page's template extends `base.html`, so
this footer is on every page. Templates see `page`, `view` and `site`, the filters below, and nothing else: no clock, no
files, no settings. Whatever they see may be shown to the page's audience. Texts are escaped by themselves; `Markup` is
safe already, `str?` is a text or none. Addresses count from the site's root: `{{ address|link }}` makes the page's own
link of one. Pages carry a Content-Security-Policy of `default-src 'self'`: stylesheets and scripts are files in
`assets/`, never inline.
"""


def make_docs() -> str:
    """Return docs/themes.md."""
    sections = [INTRODUCTION, *_tokens(), *_blocks(), *_filters(), *_views(), *_parts()]
    return "\n".join(sections).rstrip() + "\n"


def _tokens() -> Iterator[str]:
    text = (bundled_themes() / "trail/theme.yaml").read_text(encoding="utf-8")
    yield "## Tokens of `trail`\n"
    yield "Each is a CSS custom property: `paper` is `--paper`; `dark-paper` its value where a reader prefers dark.\n"
    yield "```yaml\n" + text[text.index("tokens:") :].rstrip() + "\n```\n"


def _blocks() -> Iterator[str]:
    folder = bundled_themes() / "trail/templates"
    yield "## Blocks\n"
    yield "| block | template | what it holds |\n|---|---|---|"
    for template in sorted(folder.glob("*.html"), key=lambda path: (path.name != "base.html", path.name)):
        for name in re.findall(r"{%-? *block (\w+)", template.read_text(encoding="utf-8")):
            if template.name == "base.html":
                yield f"| `{name}` | {template.name} | {BLOCKS.get(name, '')} |"
            elif name not in BLOCKS:
                yield f"| `{name}` | {template.name} | |"
    yield ""


def _filters() -> Iterator[str]:
    yield "## Filters\n"
    yield "Beside Jinja's own that only change texts, numbers and lists:\n"
    yield "| filter | what it gives |\n|---|---|"
    yield "| `asset` | The page's link to a file of the theme's assets. |"
    for name, call in filters._PLAIN_FILTERS.items():
        said = (inspect.getdoc(call) or "").replace("``", "`").replace("|", "\\|")
        yield f"| `{name}` | {said} |"
    yield ""


def _views() -> Iterator[str]:
    documented = _documented(views)
    yield "## What every template sees\n"
    for name in ("Page", "SiteView"):
        yield from _fields(f"`{'page' if name == 'Page' else 'site'}`: {name}", documented[name])
    yield "## What each template sees as `view`\n"
    seen: set[str] = set()
    for template, view in PAGE_TEMPLATES.items():
        shared = [other for other, kind in PAGE_TEMPLATES.items() if kind is view]
        if view.__name__ in seen:
            continue
        seen.add(view.__name__)
        yield from _fields(f"{', '.join(f'`{name}`' for name in shared)}: {view.__name__}", documented[view.__name__])
        assert template in shared


def _parts() -> Iterator[str]:
    yield "## The parts of views\n"
    for module in (parts, past, trail, signs, axis, overview):
        for name, node in _documented(module).items():
            if not name.startswith("_") and any(isinstance(item, ast.AnnAssign) for item in node.body):
                yield from _fields(name, node)


def _documented(module: object) -> dict[str, ast.ClassDef]:
    tree = ast.parse(Path(inspect.getfile(module)).read_text(encoding="utf-8"))  # type: ignore[arg-type]
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}


def _fields(title: str, node: ast.ClassDef) -> Iterator[str]:
    """Yield a class as a table of its fields, each with the text that follows it in the code."""
    yield f"### {title}\n"
    if said := ast.get_docstring(node):
        yield said.replace("``", "`") + "\n"
    yield "| field | type | |\n|---|---|---|"
    for item, following in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
            is_text = isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant)
            text = inspect.cleandoc(str(following.value.value)) if is_text else ""  # type: ignore[union-attr]
            words = " ".join(text.split()).replace("``", "`").replace("|", "\\|")
            yield f"| `{item.target.id}` | `{_type(item.annotation)}` | {words} |".replace("` |  |", "` | |")
    yield ""


def _type(annotation: ast.expr) -> str:
    # A bar would end the table's cell.
    return ast.unparse(annotation).replace(" | None", "?").replace("|", "\\|")
