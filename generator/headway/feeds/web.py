"""For the web: what search engines and browsers ask a site for. Sitemaps are only of sites that everybody may read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape

from headway.pages.addresses import NOT_FOUND, absolute
from headway.pages.views import SiteView

SITEMAP = "sitemap.xml"
PROGRAM_SITEMAP = "/program-sitemap.xml"
MANIFEST = "/manifest.webmanifest"

_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def has_sitemap(site: SiteView) -> bool:
    return site.url is not None and site.audience == "public"


def render_sitemap(url: str, addresses: Iterable[str]) -> bytes:
    """Return a sitemap of these pages; one of a partnership stands at its progress page and holds what is below."""
    return _render("urlset", "url", url, (address for address in addresses if address != NOT_FOUND))


def render_sitemap_index(url: str, addresses: Iterable[str]) -> bytes:
    """Return the list of sitemaps: each partnership has its own, so that a changed note changes no other."""
    return _render("sitemapindex", "sitemap", url, addresses)


def render_robots(site: SiteView) -> bytes:
    """Return robots.txt: a site that is not for everybody asks not to be read by machines at all."""
    if site.audience != "public":
        return b"User-agent: *\nDisallow: /\n"
    where = f"\nSitemap: {absolute(site.url, SITEMAP)}\n" if site.url else ""
    return f"User-agent: *\nAllow: /\n{where}".encode()


def render_manifest(site: SiteView, icons: Iterable[str], colour: str) -> bytes:
    """Return the web manifest, by which a telephone keeps the site among its programs."""
    manifest = {
        "name": site.program,
        "short_name": site.program,
        "lang": site.language,
        "dir": site.direction,
        "start_url": ".",
        "display": "browser",
        "background_color": colour,
        "theme_color": colour,
        "icons": [{"src": icon, "sizes": "any", "type": "image/svg+xml"} for icon in icons],
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1).encode()


def _render(root: str, item: str, url: str, addresses: Iterable[str]) -> bytes:
    places = "".join(f"<{item}><loc>{escape(absolute(url, address))}</loc></{item}>\n" for address in addresses)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<{root} {_NAMESPACE}>\n{places}</{root}>\n'.encode()
