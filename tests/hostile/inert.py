"""Is a page inert? Used by the tests of hostile input: which tags, attributes and addresses a built page may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

TAGS = frozenset(
    """html head meta title link body a header footer nav main section article aside div p h1 h2 h3 h4 h5 h6 ul ol li dl
    dt dd table caption thead tbody tr th td pre code em strong s b i sup sub span bdi small time abbr img br hr
    blockquote details summary figure figcaption progress meter svg path circle line rect g polyline polygon text
    title desc use defs q ins del u cite""".split()
)
ATTRIBUTES = frozenset(
    """href src rel type class id title alt lang dir charset name content datetime aria-label aria-current
    aria-hidden aria-labelledby aria-describedby role tabindex start loading open width height viewbox d cx cy r x y
    x1 x2 y1 y2 rx fill stroke points scope value max min colspan rowspan hreflang transform preserveaspectratio
    stroke-width focusable http-equiv property dx dy text-anchor hidden autocomplete""".split()
)
CONTROLS = frozenset(["label", "select", "option", "input", "output", "button"])
"""What the theme's own form holds, which its script shows; a note can bring none."""
SITE = "https://mentoring.example.org/"
"""Where the tests' sites stand, if anywhere; the page for what is not found cannot link relatively."""
POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'"
SCRIPTS = ("assets/search.js", "assets/trail.js")
"""The theme's own scripts, which is all that a page may run."""
SCHEMES = frozenset(["", "http", "https", "mailto"])


class Page(HTMLParser):
    """What a browser could act upon in a page: every tag, attribute and address that a page must not hold."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        if self.open:
            self.faults.append(f"left open: {self.open}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script" and not is_own_script(dict(attrs)):
            self.faults.append(f"<{tag} {attrs}>")
        elif tag not in TAGS and tag != "script" and not self.is_control(tag, attrs):
            self.faults.append(f"<{tag}>")
        if tag not in ("meta", "link", "br", "hr", "img", "input"):
            self.open.append(tag)
        for name, value in attrs:
            if name not in ATTRIBUTES and tag != "script" and not name.startswith("data-"):
                self.faults.append(f"<{tag} {name}={value!r}>")
            if name in ("href", "src") and not is_harmless(value or ""):
                self.faults.append(f"<{tag} {name}={value!r}>")
            if (
                tag == "meta"
                and name == "http-equiv"
                and attrs != [(name, "Content-Security-Policy"), ("content", POLICY)]
            ):
                self.faults.append(f"<meta {attrs}>")

    def is_control(self, tag: str, attrs: list[tuple[str, str | None]]) -> bool:
        """Whether a tag is the form that sifts lists, something in it, or the switch of the colours."""
        kind = dict(attrs).get("class")
        is_own = (tag, kind) in (("form", "sift"), ("button", "scheme")) and ("hidden", None) in attrs
        return is_own or (tag in CONTROLS and "form" in self.open)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes what it did not open")

    def handle_data(self, data: str) -> None:
        if self.open[-1:] == ["script"]:
            self.faults.append(f"<script>{data}</script>")
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"<!--{data}-->")

    def unknown_decl(self, data: str) -> None:
        self.faults.append(f"<![{data}]>")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"<?{data}>")


def is_own_script(attributes: dict[str, str | None]) -> bool:
    """Whether a script is one of the theme's files, told no more than where the list of what is searched stands."""
    source = (attributes.get("src") or "").removeprefix(SITE)
    is_ours = source.removeprefix("../" * source.count("../")) in SCRIPTS
    return is_ours and attributes.keys() <= {"src", "defer", "data-list"}


def is_harmless(address: str) -> bool:
    """Whether an address runs nothing, and names no other host unless it says http or https."""
    bare = re.sub(r"[\x00-\x20]", "", address)
    parts = urlsplit(bare)
    is_web = parts.scheme in ("http", "https")
    return parts.scheme.lower() in SCHEMES and (is_web or not bare.startswith(("//", "\\", "/\\")))


def faults_of(site: Path) -> dict[str, list[str]]:
    """Return, for each page of a site that is not inert, why it is not."""
    found = {path.relative_to(site).as_posix(): Page(path.read_text(encoding="utf-8")).faults for path in pages(site)}
    return {path: faults for path, faults in found.items() if faults}


def pages(site: Path) -> Iterator[Path]:
    return (path for path in site.rglob("*.html") if path.is_file())


def leaving_links(site: Path) -> set[str]:
    """Return the relative addresses of pages that lead out of the site's folder."""
    root = site.resolve()
    gone = set()
    for path in pages(site):
        for link in re.findall(r'(?:href|src)="([^"]*)"', path.read_text(encoding="utf-8")):
            parts = urlsplit(link)
            if not parts.scheme and not parts.netloc and parts.path:
                target = (path.parent / unquote(parts.path)).resolve()
                if root not in (target, *target.parents):
                    gone.add(link)
    return gone
