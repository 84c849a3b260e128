"""Feeds, calendars, data and tables are what their formats ask for, whatever people write."""

from __future__ import annotations

import csv
import io
import json
import warnings
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import icalendar
import jsonschema
import pytest
from calendar_lint import lint
from lxml import etree

from headway.feeds.data_shapes import make_schema
from search_chunks import read_chunk

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAP = {"m": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture(params=["public_site", "partners_site", "evil_site"])
def site(request: pytest.FixtureRequest) -> Path:
    found: Path = request.getfixturevalue(request.param)
    return found


def address_of(site: Path) -> str:
    """Return where a site says that it stands."""
    [canonical] = etree.HTML((site / "index.html").read_bytes()).xpath("//link[@rel='canonical']/@href")
    return str(canonical)


def file_of(site: Path, url: str, root: str) -> Path:
    """Return the file of a full URL."""
    assert url.startswith(root), url
    path = unquote(url.removeprefix(root))
    return site / (f"{path}index.html" if not path or path.endswith("/") else path)


def test_feeds_follow_the_grammar_of_rfc_4287(site: Path) -> None:
    grammar = etree.RelaxNG(etree.parse(Path(__file__).parent / "atom.rng"))
    feeds = sorted(site.rglob("feed.atom"))
    assert site / "feed.atom" in feeds
    for path in feeds:
        tree = etree.parse(path)
        assert grammar.validate(tree), f"{path}: {grammar.error_log}"
        ids = [element.text for element in tree.iterfind(".//a:entry/a:id", ATOM)]
        assert len(ids) == len(set(ids))
        assert all((text or "").startswith("urn:uuid:") for text in ids)
        days = [element.text for element in tree.iterfind(".//a:entry/a:updated", ATOM)]
        assert days == sorted(days, reverse=True)
        assert max(days, default="") <= "2026-05-20T00:00:00Z"
        for link in tree.iterfind(".//a:link", ATOM):
            assert file_of(site, link.attrib["href"].partition("#")[0], address_of(site)).is_file(), link.attrib


def test_the_grammar_refuses_what_is_no_feed() -> None:
    grammar = etree.RelaxNG(etree.parse(Path(__file__).parent / "atom.rng"))
    for text in (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title><updated>2026-01-01T00:00:00Z</updated></feed>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title><id>u:1</id><updated>2026-01-01</updated></feed>",
    ):
        assert not grammar.validate(etree.fromstring(text))


def test_calendars_are_sound_and_two_libraries_read_them(site: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import vobject
    calendars = sorted(site.rglob("calendar.ics"))
    assert site / "calendar.ics" in calendars
    events = 0
    for path in calendars:
        content = path.read_bytes()
        assert list(lint(content)) == [], path
        read = icalendar.Calendar.from_ical(content)
        there = list(read.walk("VEVENT"))
        again = vobject.readOne(content.decode())
        assert len(there) == len(again.contents.get("vevent", []))
        assert not read.walk("VALARM")
        for event, other in zip(there, again.contents.get("vevent", []), strict=True):
            assert str(event["SUMMARY"]) == other.summary.value
            assert str(event["UID"]) == other.uid.value
        events += len(there)
    assert events or not [*site.glob("partnerships/*/meetings/*/index.html")]


def test_the_linter_finds_faults() -> None:
    sound = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n"
        "DTSTART;VALUE=DATE:20260101\r\nSUMMARY:a\\, b\r\nSEQUENCE:0\r\nSTATUS:CONFIRMED\r\nEND:VEVENT\r\n"
        "END:VCALENDAR\r\n"
    )
    assert list(lint(sound.encode())) == []
    for old, new in (
        ("\r\n", "\n"),
        ("a\\, b", "a, b"),
        ("a\\, b", "a" * 80),
        ("UID:1\r\n", ""),
        ("20260101\r\n", "2026-01-01\r\n"),
        ("DTSTAMP:20260101T000000Z", "DTSTAMP:20260101T000000"),
        ("END:VEVENT\r\n", "END:VEVENT\r\n" + sound[sound.index("BEGIN:VEVENT") : sound.index("END:VCALENDAR")]),
        ("END:VEVENT\r\n", ""),
    ):
        assert list(lint(sound.replace(old, new, 1 if old != "\r\n" else -1).encode())), (old, new)


def test_data_follows_the_published_schema(site: Path) -> None:
    schema = json.loads((site / "data.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    found = sorted(site.rglob("data.json"))
    assert site / "data.json" in found
    for path in found:
        data = json.loads(path.read_text(encoding="utf-8"))
        validator.validate(data)
        assert data["schema"] == "/data.schema.json"
    data["version"] = 2
    assert not validator.is_valid(data)


def test_the_schema_is_made_from_the_code(starter: Path, expect: Callable[[Path, str], None]) -> None:
    text = json.dumps(make_schema(), indent=1, ensure_ascii=False) + "\n"
    expect(starter / "generator/headway/feeds/data.schema.json", text)


def test_no_cell_of_a_table_is_a_formula(site: Path) -> None:
    tables = sorted(site.rglob("*.csv"))
    has_meetings = [*site.glob("partnerships/*/meetings/index.html")]
    assert ("meetings.csv" in {path.name for path in tables}) is bool(has_meetings)
    for path in tables:
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        assert len({len(row) for row in rows}) == 1
        assert not [cell for row in rows for cell in row if cell.lstrip()[:1] in tuple("=+-@")], path


def test_search_chunks_are_listed_and_are_json(site: Path) -> None:
    lists = [*site.glob("search/list.*")]
    assert len(lists) == 1
    ending = lists[0].suffix
    assert ending == (".js" if json.loads((site / "data.json").read_bytes())["audience"] == "public" else ".json")

    names = [unquote(name) for name, _, _ in read_chunk(lists[0])]
    there = {path.relative_to(site).as_posix() for path in (site / "search").rglob("*") if path.is_file()}
    assert there == {*names, f"search/list{ending}"}
    for name in names:
        for href, title, _, _, text in read_chunk(site / name):
            assert (site / unquote(href)).is_file(), href
            assert title
            assert "<a " not in text
            assert "\u2028" not in (site / name).read_text(encoding="utf-8")


def test_sitemaps_name_every_page_of_a_public_site_once(site: Path) -> None:
    robots = (site / "robots.txt").read_text()
    if "noindex" in (site / "index.html").read_text(encoding="utf-8"):
        assert "Disallow: /\n" in robots
        assert not [*site.rglob("*sitemap.xml")]
        return
    root = address_of(site)
    assert f"Sitemap: {root}sitemap.xml\n" in robots
    listed: list[Path] = []
    index = ElementTree.parse(site / "sitemap.xml")
    for place in index.iterfind(".//m:loc", MAP):
        part = file_of(site, place.text or "", root)
        for loc in ElementTree.parse(part).iterfind(".//m:loc", MAP):
            listed.append(file_of(site, loc.text or "", root))
            assert part.name == "program-sitemap.xml" or part.parent in listed[-1].parents or part.parent == site
    assert sorted(listed) == sorted(path for path in site.rglob("index.html"))


def test_a_shared_link_has_a_picture_and_an_address(site: Path) -> None:
    pictures = sorted(site.rglob("trail.png"))
    assert site / "trail.png" in pictures
    for path in pictures:
        content = path.read_bytes()
        assert content.startswith(b"\x89PNG\r\n\x1a\n")
        assert content.endswith(b"IEND\xaeB`\x82")
        assert int.from_bytes(content[16:20], "big") == 1200
        assert int.from_bytes(content[20:24], "big") == 630
        assert len(content) < 40_000
    page = (pictures[-1].parent / "index.html").read_text(encoding="utf-8")
    tree = etree.HTML(page)
    [canonical] = tree.xpath("//link[@rel='canonical']/@href")
    root = address_of(site)
    [image] = tree.xpath("//meta[@property='og:image']/@content")
    assert file_of(site, image, root) == pictures[-1]
    assert file_of(site, canonical, root).is_file()
    for kind, href in ((e.get("type"), e.get("href")) for e in tree.xpath("//link[@rel='alternate']")):
        assert kind
        assert (pictures[-1].parent / unquote(href)).is_file()
    manifest = json.loads((site / "manifest.webmanifest").read_text(encoding="utf-8"))
    assert all((site / icon["src"]).is_file() for icon in manifest["icons"])
