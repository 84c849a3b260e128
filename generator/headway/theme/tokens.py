"""Tokens: what theme.yaml may say, and the colours, lengths and fonts in it as a stylesheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from headway.documents.yaml import YamlDocument
from headway.patterns import compile_late
from headway.problems import Problem
from headway.theme.layers import Layer

KEYS = ("name", "extends", "description", "tokens")
"""What theme.yaml may hold."""

_USE = compile_late(r"var\(\s*--([a-z][a-z0-9-]*)")
_LONGEST = 400
_TOKEN = compile_late(r"[a-z][a-z0-9-]*")
# A value is one CSS value and no more: nothing that could end it, begin a rule or fetch something.
_NOT_A_VALUE = compile_late(r"[;{}<>@\\\x00-\x1f\x7f]|/\*|url\(|image-set\(|expression\(", re.IGNORECASE)


def read_tokens(document: YamlDocument) -> dict[str, str]:
    """Return the tokens of a theme.yaml, by name."""
    value = document.value.get("tokens") if isinstance(document.value, dict) else None
    if not isinstance(value, dict):
        return {}
    return {name: text.strip() for name, text in value.items() if isinstance(text, str)}


def check_manifest(document: YamlDocument, folder: str) -> Iterator[Problem]:
    """Yield what is wrong with the keys of the theme.yaml in this folder."""
    value = {} if document.value is None else document.value
    if not isinstance(value, dict):
        yield document.problem("HW404", (), "theme.yaml holds no keys.", f"It may hold {', '.join(KEYS)}.")
        return
    for key, content in value.items():
        if key not in KEYS:
            near = get_close_matches(key, KEYS, 1)
            hint = f"Did you mean `{near[0]}`?" if near else f"theme.yaml may hold {', '.join(KEYS)}."
            yield document.problem("HW404", (key,), f"A theme has no `{key}`.", hint, key=True)
        elif key == "tokens" and isinstance(content, dict):
            yield from _check_tokens(document, content)
        elif key == "tokens" and content is not None:
            yield document.problem("HW404", (key,), "`tokens` holds names with values.", "Write `accent: '#23594a'`.")
        elif key != "tokens" and content is not None and not isinstance(content, str):
            yield document.problem("HW404", (key,), f"`{key}` is a text.", "Write one line of text.")
        elif key == "name" and content != folder:
            message = f"This theme is called `{content}`, but its folder `{folder}`."
            yield document.problem("HW404", (key,), message, "Programs name the folder; let both say the same.")


def _check_tokens(document: YamlDocument, tokens: Mapping[str, object]) -> Iterator[Problem]:
    for name, value in tokens.items():
        text = value.strip() if isinstance(value, str) else ""
        if not _TOKEN.fullmatch(name):
            hint = "Use small letters, digits and `-`, as in `dark-paper`."
            message = f"`{name}` cannot be the name of a token."
            yield document.problem("HW411", ("tokens", name), message, hint, key=True)
        elif not text or len(text) > _LONGEST or not _is_one_value(text):
            message = f"`{text[:60]}` is not one CSS value." if text else f"The token `{name}` has no value."
            hint = "Write a colour, a length or a list of fonts; `;`, braces and `url()` are for stylesheets."
            yield document.problem("HW411", ("tokens", name), message, hint)


def check_use(layers: Sequence[Layer], documents: Sequence[YamlDocument]) -> Iterator[Problem]:
    """Yield a warning for each token of an own theme that no stylesheet and no other token asks for."""
    texts = [
        data.decode("utf-8", "replace")
        for layer in layers
        for name, data in layer.assets.items()
        if name.endswith(".css")
    ]
    texts += [value for layer in layers for value in layer.tokens.values()]
    used = set(_USE.findall("\n".join(texts)))
    for layer, document in zip(layers, documents, strict=True):
        for name in layer.tokens if layer.is_own else ():
            if name.removeprefix("dark-") not in used:
                near = get_close_matches(name.removeprefix("dark-"), used, 1)
                hint = f"Did you mean `{near[0]}`?" if near else f"Use it in a stylesheet as `var(--{name})`."
                yield document.problem(
                    "HW414", ("tokens", name), f"No stylesheet uses the token `{name}`.", hint, key=True
                )


def _is_one_value(text: str) -> bool:
    quotes_close = text.count('"') % 2 == 0 and text.count("'") % 2 == 0
    return not _NOT_A_VALUE.search(text) and text.count("(") == text.count(")") and quotes_close
