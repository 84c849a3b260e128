"""The digest's forms: Markdown for a host's issues, HTML for mail, text for everything else.

What somebody wrote stays inert in each: it opens no tag, starts no markup, calls nobody, and moves no terminal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from textwrap import TextWrapper

from msgspec import Struct

from headway.feeds.digest import Digest
from headway.pages.addresses import absolute
from headway.patterns import compile_late
from headway.printers import defuse
from headway.progress.because import name_day

WIDTH = 72
"""Characters of a line of text, links aside."""

_MARKDOWN = compile_late(r"[\\`*_{}\[\]<>#|~$]|^[-+=]")
_NUMBERED = compile_late(r"^(\d{1,9})(?=[.)])")
"""What would begin a numbered list."""
_CALLS = compile_late(r"([@#!]|GH-)(?=\w)", re.IGNORECASE)
"""What begins a mention, or the number of an issue, on GitHub, GitLab and Forgejo."""
_JOINER = "\N{WORD JOINER}"
_FONT = "font-family:Verdana,Geneva,sans-serif;font-size:15px;line-height:1.5;color:#1d2733"


class Letter(Struct, frozen=True):
    """What a digest is sent with: whose it is, its days, and the site's address, where it has one."""

    program: str
    language: str
    direction: str
    since: date
    today: date
    url: str | None
    digests: tuple[Digest, ...]
    is_whole: bool = False
    """Whether it is the whole program's, and so names partnerships."""

    @property
    def title(self) -> str:
        return self.program if self.is_whole or not self.digests else self.digests[0].title

    @property
    def days(self) -> str:
        return f"What happened since {name_day(self.since)}, up to {name_day(self.today)}."

    @property
    def nothing(self) -> str:
        return f"Nothing new since {name_day(self.since)}, and nothing to remind of. All is well."

    @property
    def told(self) -> tuple[Digest, ...]:
        return tuple(digest for digest in self.digests if digest.parts)

    def link(self, address: str | None) -> str | None:
        return absolute(self.url, address) if self.url and address else None


def render_text(letter: Letter) -> str:
    """Return the digest as text, wrapped at 72; an address stands in a line of its own."""
    lines = [*_wrap(letter.title), "", *_wrap(letter.days if letter.told else letter.nothing)]
    for digest in letter.told:
        if letter.is_whole:
            title = _wrap(digest.title)
            lines += ["", "", *title, "=" * min(WIDTH, max(map(len, title)))]
        if digest.next:
            lines += ["", *_wrap(f"Next: {digest.next}")]
        for part in digest.parts:
            lines += ["", *_wrap(part.heading), "-" * len(part.heading)]
            for line in part.lines:
                lines += _wrap(line.text, "- ", "  ")
        if link := letter.link(digest.address):
            lines += ["", link]
    return "".join(f"{line}\n" for line in lines)


def render_markdown(letter: Letter) -> str:
    """Return the digest as Markdown that GitHub, GitLab and Forgejo show alike."""
    lines = [f"# {_say(letter.title)}", "", letter.days if letter.told else letter.nothing]
    depth = "###" if letter.is_whole else "##"
    for digest in letter.told:
        title = _link(_say(digest.title), letter.link(digest.address))
        if letter.is_whole:
            lines += ["", f"## {title}"]
        if digest.next:
            lines += ["", f"Next: {_say(digest.next)}"]
        for part in digest.parts:
            lines += ["", f"{depth} {part.heading}", ""]
            lines += [f"- {_link(_say(line.text), letter.link(line.address))}" for line in part.lines]
        if not letter.is_whole and letter.url:
            lines += ["", _link("The partnership's page", letter.link(digest.address))]
    return "".join(f"{line}\n" for line in lines)


def render_html(letter: Letter) -> str:
    """Return the digest as HTML for mail: one table, styles in the tags, nothing to load and nothing to run."""
    cells = [
        f'<h1 style="margin:0 0 8px;font-size:22px;line-height:1.3">{escape(defuse(letter.title))}</h1>',
        f'<p style="margin:0 0 16px;color:#4a5765">{escape(letter.days if letter.told else letter.nothing)}</p>',
        *_cells(letter),
    ]
    rows = "\n".join(f'<tr><td style="padding:0 24px;{_FONT}">{cell}</td></tr>' for cell in cells)
    attributes = f'lang="{escape(letter.language)}" dir="{escape(letter.direction)}"'
    return f"""\
<!DOCTYPE html>
<html {attributes}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{escape(defuse(letter.title))}</title>
</head>
<body style="margin:0;padding:24px 0;background:#f3f5f2">
<table role="presentation" align="center" width="100%" cellpadding="0" cellspacing="0" border="0" \
style="max-width:640px;margin:0 auto;background:#ffffff">
<tr><td style="padding:12px"></td></tr>
{rows}
<tr><td style="padding:12px"></td></tr>
</table>
</body>
</html>
"""


def _cells(letter: Letter) -> Iterator[str]:
    depth = "h3" if letter.is_whole else "h2"
    for digest in letter.told:
        if letter.is_whole:
            title = _anchor(digest.title, letter.link(digest.address))
            yield f'<h2 style="margin:24px 0 4px;font-size:19px;line-height:1.3">{title}</h2>'
        if digest.next:
            yield f'<p style="margin:8px 0"><strong>Next:</strong> {escape(defuse(digest.next))}</p>'
        for part in digest.parts:
            yield f'<{depth} style="margin:16px 0 4px;font-size:16px;color:#20604f">{escape(part.heading)}</{depth}>'
            items = (_anchor(line.text, letter.link(line.address)) for line in part.lines)
            entries = "".join(f'<li style="margin:0 0 6px">{item}</li>' for item in items)
            yield f'<ul style="margin:0;padding:0 0 0 20px">{entries}</ul>'
        if not letter.is_whole and (link := letter.link(digest.address)):
            yield f'<p style="margin:20px 0 0">{_anchor("The whole page", link)}</p>'


def _anchor(text: str, link: str | None) -> str:
    words = escape(defuse(text))
    return f'<a href="{escape(link)}" style="color:#1d2733">{words}</a>' if link else words


def _say(text: str) -> str:
    """Return a text for Markdown: nothing in it is markup, calls somebody or refers to an issue."""
    called = _CALLS.sub(lambda match: f"{match[1]}{_JOINER}", defuse(text))
    escaped = _MARKDOWN.sub(lambda match: f"\\{match[0]}", called).replace("&", "&amp;")
    return _NUMBERED.sub(lambda match: f"{match[0]}\\", escaped)


def _link(words: str, link: str | None) -> str:
    return f"[{words}]({link})" if link else words


def _wrap(text: str, first: str = "", other: str = "") -> Sequence[str]:
    wrapper = TextWrapper(
        WIDTH, initial_indent=first, subsequent_indent=other, break_long_words=False, break_on_hyphens=False
    )
    return wrapper.wrap(defuse(text)) or [""]


FORMS = {"markdown": render_markdown, "html": render_html, "text": render_text}
"""The forms by name."""
