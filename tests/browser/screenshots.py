"""Pictures of a built site, to look at: ``python tests/browser/screenshots.py SITE OUT``.

One page of every kind, narrow, middling and wide, light and dark, and each as it is printed, as PDF. With ``--docs`` it
makes the two pictures of the documentation instead. Needs Debian's chromium.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from page_kinds import find_kinds
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
WIDTHS = (320, 768, 1440)
SCHEMES = ("light", "dark")
TALLEST = 4000
"""Pixels of a page that a picture shows: a list of hundreds looks alike below."""

DOCS = {"home.png": ("index.html", 960), "screenshot.png": ("partnerships/maya-ruth/index.html", 1440)}
"""A picture's name, with its page and how tall it is: the trail has to be on it."""


def shoot_kinds(browser: Browser, site: Path, out: Path) -> None:
    """Write a picture of every kind of page, for every width and colour scheme."""
    kinds = find_kinds(site)
    for scheme in SCHEMES:
        for width in WIDTHS:
            page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            for name, path in kinds.items():
                page.goto(path.resolve().as_uri())
                height = page.evaluate("document.documentElement.scrollHeight")
                page.set_viewport_size({"width": width, "height": min(max(height, 900), TALLEST)})
                page.screenshot(path=out / f"{name}-{width}-{scheme}.png")
                page.set_viewport_size({"width": width, "height": 900})
            page.close()


def print_kinds(browser: Browser, site: Path, out: Path) -> None:
    """Write every kind of page as it comes out on paper."""
    page = browser.new_page()
    for name, path in find_kinds(site).items():
        page.goto(path.resolve().as_uri())
        page.pdf(path=out / f"{name}.pdf", format="A4", prefer_css_page_size=True)
    page.close()


def shoot_docs(browser: Browser, site: Path, out: Path) -> None:
    """Write the pictures of the documentation, from the starter's site for its partners."""
    page = browser.new_page(viewport={"width": 1280, "height": 960}, color_scheme="light")
    for name, (path, height) in DOCS.items():
        page.set_viewport_size({"width": 1280, "height": height})
        page.goto((site / path).resolve().as_uri())
        page.screenshot(path=out / name)
    page.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path, help="a built site")
    parser.add_argument("out", type=Path, help="the folder for the pictures")
    parser.add_argument("--docs", action="store_true", help="only the two pictures of the documentation")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for make in (shoot_docs,) if options.docs else (shoot_kinds, print_kinds):
            make(browser, options.site, options.out)
        browser.close()


if __name__ == "__main__":
    main()
