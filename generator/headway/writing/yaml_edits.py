"""Edits in YAML that somebody wrote: a key or a list's entry is put in, and every other byte stays.

Text is inserted at the places that `headway.documents.yaml` knows, in the style of what stands around it. What
comes out is read again: where it does not say just what was meant, nothing is changed and RefusedError raised.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from headway.documents.yaml import Keys, YamlDocument, parse_yaml
from headway.writing.changes import RefusedError
from headway.writing.yaml_values import Value, as_written, render_block, render_flow

_BOM = "\N{BYTE ORDER MARK}"


def set_key(
    content: bytes, path: str, at: Keys, key: str, value: Value, after: Sequence[str] = (), *, replace: bool = False
) -> bytes:
    """Return the file with ``key: value`` in the mapping at ``at``, below the last of ``after`` that is there.

    A key that stands there empty gets the value; one that has a value is refused, unless ``replace`` allows it.
    """
    document, mark = _read(content, path)
    mapping = _value_at(document.value, at)
    if document.value is None and not at:
        mapping = {}
    if not isinstance(mapping, dict):
        raise _refuse(path, document, at, f"`{key}` cannot be put here")
    if mapping.get(key) is not None and not replace:
        raise RefusedError(f"`{key}` is there already.", f"Look at line {document.locate((*at, key)).line} of {path}.")
    expected = _with(document.value, at, lambda holder: holder.__setitem__(key, as_written(value)))
    return _first_that_says(_set_candidates(document, at, key, value, after), expected, document, path, mark)


def append_entry(content: bytes, path: str, at: Keys, entry: Value) -> bytes:
    """Return the file with one more entry in the list at ``at``, whose key may be missing or empty."""
    document, mark = _read(content, path)
    entries = _value_at(document.value, at)
    if entries is None:
        return set_key(content, path, at[:-1], str(at[-1]), [entry])
    if not isinstance(entries, list):
        raise _refuse(path, document, at, "A list is expected here")
    expected = _with(document.value, at, lambda holder: holder.append(as_written(entry)))
    return _first_that_says(_append_candidates(document, at, entry), expected, document, path, mark)


def _read(content: bytes, path: str) -> tuple[YamlDocument, str]:
    """Return the document, and the byte order mark that its text goes without."""
    document, problems = parse_yaml(content, path)
    if document is None:
        first = problems[0]
        raise RefusedError(f"{path} cannot be read: {first.message}", f"Mend line {first.location.line} first.")
    return document, _BOM if content.startswith(_BOM.encode()) else ""


def _refuse(path: str, document: YamlDocument, at: Keys, message: str) -> RefusedError:
    return RefusedError(f"{message} (line {document.locate(at).line} of {path}).", "Please write it there by hand.")


def _value_at(value: Any, at: Keys) -> Any:
    for key in at:
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _with(value: Any, at: Keys, change: Any) -> Any:
    """Return a copy of the document's value with the holder at ``at`` changed."""
    copy = {} if value is None else deepcopy(value)
    change(_value_at(copy, at))
    return copy


def _first_that_says(
    candidates: Iterable[tuple[int, int, str]], expected: Any, document: YamlDocument, path: str, mark: str
) -> bytes:
    """Return the text with the first replacement (start, end, words) after which it says what is expected."""
    before = parse_yaml(document.text, path)[1]
    for start, end, words in candidates:
        text = document.text[:start] + words + document.text[end:]
        read, problems = parse_yaml(text, path)
        if read is not None and read.value == expected and len(problems) <= len(before):
            return (mark + text).encode()
    raise RefusedError(f"{path} is written in a way that cannot be added to safely.", "Please add it by hand.")


def _set_candidates(
    document: YamlDocument, at: Keys, key: str, value: Value, after: Sequence[str]
) -> Iterator[tuple[int, int, str]]:
    text, newline = document.text, _newline(document.text)
    mapping = _value_at(document.value, at) or {}
    if (*at, key) in document.key_spans:
        yield from _fill_candidates(document, at, key, value)
        return
    if document.value is None:
        lines = newline.join(render_block({key: value}))
        yield _append_to_text(text, lines, newline)
        return
    if _is_flow(document, at):
        words = f"{key}: {render_flow(value)}"
        if not mapping:
            inside = document.spans[at][0] + 1
            yield inside, inside, words
        for place in _places_after(document, at, after):
            yield place, place, f", {words}"
        return
    indent = _column(text, document.key_spans[(*at, next(iter(mapping)))][0])
    lines = newline.join(" " * indent + line for line in render_block({key: value}, _list_indent(document)))
    for place in _places_after(document, at, after):
        end = _end_of_line(text, place)
        yield end, end, newline + lines


def _fill_candidates(document: YamlDocument, at: Keys, key: str, value: Value) -> Iterator[tuple[int, int, str]]:
    """Yield ways to write a value for a key that stands there empty, or with a null."""
    text, newline = document.text, _newline(document.text)
    key_start, key_end = document.key_spans[(*at, key)]
    colon = key_end if text[key_end : key_end + 1] == ":" else text.find(":", key_end)
    start, end = document.spans.get((*at, key), (key_end, key_end))
    is_null_written = end > start
    if isinstance(value, Mapping | list | tuple) and not _is_flow(document, at):
        indent = _column(text, key_start)
        lines = [newline + " " * (indent + 2) + line for line in render_block(value, _list_indent(document))]
        place = _end_of_line(text, colon + 1)
        if not is_null_written:
            yield place, place, "".join(lines)
    words = render_flow(value)
    if is_null_written:
        yield start, end, words
    yield colon + 1, colon + 1, f" {words}"
    yield key_end, key_end, f": {words}"


def _append_candidates(document: YamlDocument, at: Keys, entry: Value) -> Iterator[tuple[int, int, str]]:
    text, newline = document.text, _newline(document.text)
    entries = _value_at(document.value, at)
    if _is_flow(document, at):
        place = _content_end(document, (*at, len(entries) - 1)) if entries else document.spans[at][0] + 1
        yield place, place, f", {render_flow(entry)}" if entries else render_flow(entry)
        return
    last = (*at, len(entries) - 1)
    start = document.spans[last][0]
    dash = text.rfind("-", 0, start + 1 if text[start : start + 1] == "-" else start)
    gap = text[dash + 1 : start]
    indent = " " * _column(text, dash)
    is_flow = isinstance(entry, Mapping) and all(_is_flow(document, (*at, n)) for n in range(len(entries)))
    gap = gap if gap and not gap.strip(" ") else " "
    inner = [render_flow(entry)] if is_flow else render_block(entry, _list_indent(document))
    margin = newline + indent + " " * (1 + len(gap))
    words = newline + indent + "-" + gap + margin.join(inner)
    end = _end_of_line(text, _content_end(document, last))
    for place in dict.fromkeys((_skip_own_comments(text, end, len(indent)), end)):
        yield place, place, words


def _places_after(document: YamlDocument, at: Keys, after: Sequence[str]) -> Iterator[int]:
    """Yield where something can be put into a mapping: behind the preferred keys, then behind its last."""
    mapping = _value_at(document.value, at)
    preferred = [key for key in reversed(after) if isinstance(mapping.get(key), str)]
    for key in (*preferred, *reversed(mapping)):
        yield _content_end(document, (*at, key))


def _content_end(document: YamlDocument, at: Keys) -> int:
    """Return where a value's own text ends, without the comments and blank lines behind it."""
    value, (start, end) = _value_at(document.value, at), document.spans.get(at, (0, 0))
    if isinstance(value, dict | list) and value and not _is_flow(document, at):
        last = next(reversed(value)) if isinstance(value, dict) else len(value) - 1
        return _content_end(document, (*at, last))
    if start == end:  # empty: nothing is there but the key or the dash before it
        return document.key_spans[at][1] + 1 if at in document.key_spans else start
    return start + len(document.text[start:end].rstrip())


def _is_flow(document: YamlDocument, at: Keys) -> bool:
    start, end = document.spans[at]
    return end > start and document.text[start] in "{["


def _column(text: str, place: int) -> int:
    return place - (text.rfind("\n", 0, place) + 1)


def _end_of_line(text: str, place: int) -> int:
    end = text.find("\n", place)
    if end < 0:
        return len(text)
    return end - 1 if text[end - 1] == "\r" and end > place else end


def _skip_own_comments(text: str, end: int, indent: int) -> int:
    """Return the end of the comments below a list's entry that stand further in than its dash, and so belong to it."""
    place = end
    while text[place:].lstrip("\r\n \t")[:1] == "#":
        hash_at = text.index("#", place)
        if _column(text, hash_at) <= indent or text.rfind("\n", place, hash_at) < 0:
            break
        place = _end_of_line(text, hash_at)
    return place


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _list_indent(document: YamlDocument) -> int:
    """Return by how many columns the file's lists stand in from their keys; two where it has none."""
    for at, (start, _) in document.spans.items():
        if at in document.key_spans and isinstance(_value_at(document.value, at), list) and not _is_flow(document, at):
            return max(0, _column(document.text, start) - _column(document.text, document.key_spans[at][0]))
    return 2


def _append_to_text(text: str, lines: str, newline: str) -> tuple[int, int, str]:
    """Return the replacement that puts lines behind a text that holds nothing but comments."""
    is_open = bool(text) and not text.endswith("\n")
    return len(text), len(text), (newline if is_open else "") + lines + newline
