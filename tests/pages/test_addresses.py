from __future__ import annotations

import unicodedata
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.pages.addresses import Addresses, output_path, relative, segment

SITE = Addresses()
OWN = Addresses("ada-grace")


@pytest.mark.parametrize(
    ("address", "program", "own"),
    [
        ("partnership", "/partnerships/ada-grace/", "/"),
        ("goals", "/partnerships/ada-grace/goals/", "/goals/"),
        ("meetings", "/partnerships/ada-grace/meetings/", "/meetings/"),
        ("journal", "/partnerships/ada-grace/journal/", "/journal/"),
        ("agreement", "/partnerships/ada-grace/agreement/", "/agreement/"),
        ("introduction", "/partnerships/ada-grace/logbook/", "/logbook/"),
    ],
)
def test_a_partnerships_own_site_has_its_pages_right_under_the_root(address: str, program: str, own: str) -> None:
    assert getattr(SITE, address)("ada-grace") == program
    assert getattr(OWN, address)("ada-grace") == own


def test_the_pages_of_single_things() -> None:
    assert SITE.goal("p", "speak") == "/partnerships/p/goals/speak/"
    assert SITE.meeting("p", "2026-01-12-2") == "/partnerships/p/meetings/2026-01-12-2/"
    assert OWN.journal_entry("p", "2026-01-20") == "/journal/2026-01-20/"
    assert SITE.introduction("p", "logbook-2025") == "/partnerships/p/logbook/logbook-2025/"
    assert SITE.attachment("p", "files/plan #2.png") == "/partnerships/p/files/plan -2.png"
    assert OWN.person("민서") == "/people/민서/"
    assert SITE.cohort("2026-spring") == "/cohorts/2026-spring/"
    assert SITE.page("about") == "/pages/about/"


def test_ids_keep_their_letters_in_one_form() -> None:
    assert SITE.person(unicodedata.normalize("NFD", "zoë")) == "/people/zoë/"
    assert output_path(SITE.person("zoë")) == "people/zoë/index.html"


@pytest.mark.parametrize(
    "name", ["..", ".", "", "../../x", "a/b", "a\\b", "a\0b", "x.", "a#b", "a?b", " . ", "...", "\ud800"]
)
def test_no_name_leaves_its_folder(name: str) -> None:
    part = segment(name)
    assert part
    assert not part.endswith(".")
    assert not set(part) & set("/\\#?\0\ud800")


@pytest.mark.parametrize(
    ("here", "there", "href"),
    [
        ("/", "/", "index.html"),
        ("/", "/people/ada/", "people/ada/index.html"),
        ("/people/bo/", "/partnerships/ada-grace/", "../../partnerships/ada-grace/index.html"),
        ("/people/", "/people/ada/", "ada/index.html"),
        ("/people/ada/", "/people/", "../index.html"),
        ("/a/b/", "/a/b/", "index.html"),
        ("/a/b/", "/a/b/#milestone-1", "#milestone-1"),
        ("/a/", "/b/#x y", "../b/index.html#x%20y"),
        ("/a/", "/assets/trail.css", "../assets/trail.css"),
        ("/404.html", "/people/", "people/index.html"),
        ("/", "/people/zoë/", "people/zo%C3%AB/index.html"),
        ("/", "/people/100%/", "people/100%25/index.html"),
        ("/", "/a:b/", "a%3Ab/index.html"),
        ("/a/", "https://example.org/x?y#z", "https://example.org/x?y#z"),
        ("/a/", "//example.org/", "//example.org/"),
    ],
)
def test_hrefs_are_relative_to_their_page(here: str, there: str, href: str) -> None:
    assert relative(here, there) == href


def test_the_404_page_links_absolutely_where_the_sites_address_is_known() -> None:
    base = "https://example.org/mentoring/"
    assert relative("/404.html", "/people/zoë/", base=base) == "https://example.org/mentoring/people/zo%C3%AB/"
    assert relative("/404.html", "/", base=base) == base
    assert relative("/people/", "/", base=base) == "../index.html"


names = st.text(min_size=1, max_size=12).map(segment)
addresses = st.lists(names, max_size=4).map(lambda parts: "".join(f"/{part}" for part in parts) + "/")


@given(
    here=addresses,
    there=addresses,
    root=st.sampled_from(["https://h.org/", "https://h.org/deep/er/", "file:///tmp/x/"]),
)
def test_every_relative_link_resolves_to_its_target(here: str, there: str, root: str) -> None:
    page = root + "/".join(map(_encode, output_path(here).split("/")))
    target = urljoin(page, relative(here, there))
    assert target.startswith(root)
    assert unquote(urlsplit(target).path) == urlsplit(root).path + output_path(there)


def _encode(part: str) -> str:
    return "".join(f"%{byte:02X}" for byte in part.encode())
