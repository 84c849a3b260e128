"""Filters: what templates may do with addresses, words, days and numbers, in the site's language and words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any

from jinja2 import TemplateRuntimeError, pass_context
from jinja2.runtime import Context

from headway.pages import views
from headway.pages.addresses import absolute, relative
from headway.theme import words


class UnknownAssetError(TemplateRuntimeError):
    """A template asked for an asset that the theme does not have."""


def theme_filters(assets: frozenset[str]) -> dict[str, Callable[..., str]]:
    """Return the filters of Headway's own, as templates call them."""

    @pass_context
    def asset(context: Context, name: str) -> str:
        """The page's link to a file of the theme's assets."""
        if name not in assets:
            raise UnknownAssetError(name)
        return _link(context, f"/assets/{name}")

    return {"asset": asset, **_PLAIN_FILTERS}


@pass_context
def _link(context: Context, address: str) -> str:
    """The page's link to a site address; other sites' addresses stay as they are."""
    page: views.Page = _needed(context, "page")
    # A server shows the 404 page at any address, so only absolute links work there.
    home = page.view.home.address if isinstance(page.view, views.NotFoundView) else ""
    return relative(page.address, address, base=home if "://" in home else None)


@pass_context
def _absolute(context: Context, address: str) -> str:
    """The full URL of a site address; only where ``site.url`` is known."""
    site: views.SiteView = _needed(context, "site")
    if site.url is None:
        raise TemplateRuntimeError("nobody said where this site stands: ask `site.url` before `absolute`")
    return absolute(site.url, address)


@pass_context
def _word(context: Context, text: str) -> str:
    """The program's own word for one of ours: ``'mentees'|word``."""
    site: views.SiteView = _needed(context, "site")
    return words.choose_word(text, site.terms, site.language)


@pass_context
def _plural(context: Context, number: int, singular: str, plural: str | None = None) -> str:
    """A number with its noun, in the program's own words: ``3|plural('meeting')``."""
    return words.count_words(number, _word(context, singular), _word(context, plural or words.pluralise(singular)))


@pass_context
def _day(context: Context, day: date, style: str = "long") -> str:
    """A day in the site's language; style long, brief, short, weekday, tick or year."""
    return words.format_day(day, style, _needed(context, "site").language)


@pass_context
def _month(context: Context, day: date) -> str:
    """A day's month and year in the site's language."""
    return words.format_day(day, "month", _needed(context, "site").language)


@pass_context
def _time(context: Context, moment: time) -> str:
    """A time of day in the site's language."""
    return words.format_clock(moment, _needed(context, "site").language)


@pass_context
def _percent(context: Context, percentage: int) -> str:
    """A percentage 0..100 in the site's language."""
    return words.format_share(percentage, _needed(context, "site").language)


_PLAIN_FILTERS: dict[str, Callable[..., str]] = {
    "link": _link,
    "absolute": _absolute,
    "word": _word,
    "plural": _plural,
    "day": _day,
    "month": _month,
    "time": _time,
    "percent": _percent,
}


def _needed(context: Context, name: str) -> Any:
    value = context.resolve_or_missing(name)
    if isinstance(value, (views.Page, views.SiteView)):
        return value
    raise TemplateRuntimeError(f"a macro's file needs `{name}` here: import it `with context`")
