"""The canary law kept honest: with the filter broken in one place for each kind of output, the law must fail."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import click
import pytest
import test_canary_law
from canary_program import PUBLIC, CanaryProgram
from canary_search import find_canaries
from msgspec.structs import replace
from test_canary_law import build, find_foreign_bits, find_leaks, list_leaks

from headway.build import Walk, build_partnership, plan_program
from headway.feeds.partnership import plan_partnership_files
from headway.made import SitePart
from headway.model.fields import Visibility
from headway.pages import partnership_pages
from headway.pages.partnership_pages import Attachment
from headway.pages.planned import Plan, Planned, outline_of
from headway.pages.shown import Shown
from headway.pages.sight import Sight
from headway.pages.summary import PartnershipSummary, summarise
from headway.source.snapshot import Folder

Break = Callable[[pytest.MonkeyPatch], None]
SEED = 8
"""Of a small program that shows and withholds something of each kind."""


def leak_file(part: str) -> Break:
    """Let one kind of file beside the pages be made from what nobody may see."""

    def plan(pages: Any, summary: Any, report: Any, context: Any, addresses: Any, site: Any, tokens: Any) -> Any:
        made = plan_partnership_files(pages, summary, report, context, addresses, site, tokens)
        blind = replace(context, audience=Visibility.PRIVATE)
        everything = partnership_pages.plan_partnership_pages(report, blind, addresses).pages
        told = plan_partnership_files(
            everything, summarise(report, blind, addresses), report, blind, addresses, site, tokens
        ).files
        return replace(made, files={**made.files, **{name: data for name, data in told.items() if part in name}})

    return lambda patch: patch.setattr("headway.build.plan_partnership_files", plan)


def leak_program(pattern: str, *, names_everybody: bool = False) -> Break:
    """Let pages or files of the program itself, by their addresses, be made from what nobody may see.

    Of what is made from the settings alone, the program's name ``names_everybody``.
    """

    def plan(walk: Walk, outlines: Any, addresses: Any, site: Any) -> Any:
        blind = replace(walk, context=replace(walk.context, audience=Visibility.PRIVATE))
        found = (
            outline_of(build_partnership(blind, folder).summary or PartnershipSummary()) for folder in walk.folders()
        )
        names = " ".join(person.name for person in walk.context.record.people.values())
        blind_site = replace(site, program=names) if names_everybody else site
        everything = plan_program(blind, [*filter(None, found)], addresses, blind_site).whole()
        made = plan_program(walk, outlines, addresses, site).whole()
        return Plan(exchange(made.pages, everything.pages), exchange(made.files, everything.files))

    def exchange(made: Sequence[Planned[Any]], told: Sequence[Planned[Any]]) -> tuple[Planned[Any], ...]:
        own = (one for one in made if not fnmatchcase(one.address, pattern))
        return (*own, *(one for one in told if fnmatchcase(one.address, pattern)))

    return lambda patch: patch.setattr("headway.rebuild.plan_program", plan)


def leak_sieves(patch: pytest.MonkeyPatch) -> None:
    """Let the list of the search say which words are in what nobody may see."""

    def plan(pages: Any, summary: Any, report: Any, context: Any, addresses: Any, site: Any, tokens: Any) -> Any:
        made = plan_partnership_files(pages, summary, report, context, addresses, site, tokens)
        blind = replace(context, audience=Visibility.PRIVATE)
        everything = partnership_pages.plan_partnership_pages(report, blind, addresses).pages
        told = plan_partnership_files(everything, summary, report, blind, addresses, site, tokens).summary
        return replace(made, summary=replace(made.summary, sieve=told.sieve))

    patch.setattr("headway.build.plan_partnership_files", plan)


def show_all_goals(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Sight, "sees_goal", lambda *_: True)


def keep_metadata(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("headway.build.publish_file", lambda _, data: data)


def publish_every_file(patch: pytest.MonkeyPatch) -> None:
    def attachments(shown: Shown) -> Sequence[Attachment]:
        return [Attachment(path, shown.targets.files[path]) for path in shown.partnership.attachments]

    patch.setattr(partnership_pages, "_attachments", attachments)


def tell_everything(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("headway.cli.build.tell_problems", lambda problems, form: click.echo(str(problems)))


BREAKS: Mapping[str, tuple[Break, str]] = {
    "pages": (show_all_goals, ".html"),
    "pictures": (keep_metadata, ".png"),
    "names": (publish_every_file, "/files/"),
    "search": (leak_file("/search/"), "search/"),
    "feeds": (leak_file(".atom"), ".atom"),
    "calendars": (leak_file(".ics"), ".ics"),
    "data": (leak_file("data.json"), "data.json"),
    "tables": (leak_file(".csv"), ".csv"),
    "sitemaps": (leak_file("sitemap"), "sitemap"),
    "the program's pages": (leak_program("/*/"), "/index.html"),
    "the program's search": (leak_program("/search/*"), "search/program"),
    "the list of searches": (leak_program("/search/list*"), "search/list"),
    "the program's feed": (leak_program("/feed.atom"), "feed.atom"),
    "the program's calendar": (leak_program("/calendar.ics"), "calendar.ics"),
    "people's calendars": (leak_program("/people/*/calendar.ics"), "people/"),
    "the program's data": (leak_program("/data.json"), "data.json"),
    "the program's table of partnerships": (leak_program("/partnerships.csv"), "partnerships.csv"),
    "the program's table of goals": (leak_program("/goals.csv"), "goals.csv"),
    "the program's sitemap": (leak_program("/program-sitemap.xml"), "program-sitemap.xml"),
    "the list of sitemaps": (leak_program("/sitemap.xml"), "sitemap.xml"),
    "the web manifest": (leak_program("/manifest.webmanifest", names_everybody=True), "manifest.webmanifest"),
    "the terminal": (tell_everything, "the terminal"),
}


def test_a_sieve_of_more_than_its_chunk_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = CanaryProgram(tmp_path / "program", seed=0).write_all()
    leak_sieves(monkeypatch)
    build(program, tmp_path / "site", PUBLIC)
    assert find_foreign_bits(tmp_path / "site")


@pytest.mark.parametrize("kind", BREAKS)
def test_a_broken_filter_fails_the_law(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    program = CanaryProgram(tmp_path / "program", seed=SEED, is_small=True).write_all()
    break_filter, place = BREAKS[kind]
    break_filter(monkeypatch)
    said = build(program, tmp_path / "site", PUBLIC)
    leaks = find_leaks(program, tmp_path / "site", PUBLIC)
    leaks["the terminal"] = list_leaks(program, find_canaries(said.encode()), PUBLIC, None)
    assert any(found for name, found in leaks.items() if place in name), f"the law did not see what {kind} leaked"


def see_every_note_and_goal(patch: pytest.MonkeyPatch) -> None:
    show_all_goals(patch)
    patch.setattr(Sight, "sees", lambda *_: True)


def give_it_a_neighbours_files(patch: pytest.MonkeyPatch) -> None:
    def make_two(walk: Walk, folder: Folder, **how: Any) -> SitePart:
        part, other = (build_partnership(walk, one, **how) for one in (folder, walk.folders()[0]))
        taken = {file.path for file in part.files}
        return replace(part, files=(*part.files, *(file for file in other.files if file.path not in taken)))

    patch.setattr("headway.jobs.build_partnership", make_two)


LAWS: Mapping[str, tuple[Callable[[Path, int], None], Break]] = {
    "own sites": (test_canary_law.test_an_own_site_has_nothing_of_the_others, give_it_a_neighbours_files),
    "status and export": (test_canary_law.test_what_tools_are_given_keeps_the_law_too, see_every_note_and_goal),
    "digests": (test_canary_law.test_a_digest_keeps_the_law_too, see_every_note_and_goal),
}


@pytest.mark.parametrize("kind", LAWS)
def test_a_broken_filter_fails_the_laws_of_what_is_no_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    law, break_filter = LAWS[kind]
    break_filter(monkeypatch)
    with pytest.raises(AssertionError, match=r"== (\[\]|\{\})"):
        law(tmp_path, 0)


def test_canaries_are_found_however_they_are_written() -> None:
    import base64
    import gzip
    import zlib

    canary = "zq0123456789"
    text = f"<p>{canary}</p>".encode()
    written = [
        text, text.upper(), gzip.compress(text, mtime=0), b"IDAT" + zlib.compress(text), base64.b64encode(b"x" + text),
        base64.urlsafe_b64encode(b"xy" + text), text.hex().encode(), "".join(f"%{b:02X}" for b in text).encode(),
        "".join(f"&#x{b:x};" for b in text).encode(), "".join(f"\\u{b:04x}" for b in text).encode(),
        text[:6] + b"\r\n " + text[6:], text.decode().encode("utf-16"), gzip.compress(base64.b64encode(text), mtime=0),
    ]  # fmt: skip
    assert [form for form in written if find_canaries(form) != {canary}] == []
