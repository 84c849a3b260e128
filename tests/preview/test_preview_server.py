"""The preview's server: every line of "Preview server" among the inputs that must not hurt, and what it answers."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest

from headway.preview.inserts import find_editor
from headway.preview.server import PORT, PortTakenError, listen
from previewing import Running, running_preview

PROGRAM = """\
--- headway.yaml
program: Pairs <script>alert(1)</script>
today: 2026-05-20
visibility: {journal: private, meetings: program}
--- content/people/ada.yaml
name: Ada
--- content/people/grace.yaml
name: Grace
visibility: partners
--- content/pages/about.md
# About
--- content/partnerships/ada-grace/partnership.yaml
start: 2026-02-02
members: [{person: ada, role: mentee}, {person: grace, role: mentor}]
agreement: {agreed: {ada: 2026-02-02, grace: 2026-02-02}}
--- content/partnerships/ada-grace/meetings/2026-02-16.md
The loom ![a picture](../files/loom.svg) and [a page](../files/page.html), [words](../files/words.txt)
--- content/partnerships/ada-grace/journal/2026-02-17.md
My own words
--- content/partnerships/ada-grace/files/loom.svg
<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>
--- content/partnerships/ada-grace/files/page.html
<script>alert(1)</script>
--- content/partnerships/ada-grace/files/words.txt
Words of engines
--- .env
SECRET=abc
--- .git/config
[core]
--- .headway/x.db
cache
--- themes/README.md
not a theme
"""
NOTE = "/partnerships/ada-grace/meetings/2026-02-16/"


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:

    root = tmp_path_factory.mktemp("program")
    for path, content in re.findall(r"^--- (\S+)\n(.*?)(?=^--- \S+\n|\Z)", PROGRAM, re.M | re.S):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content)
    with running_preview(root, audience="partners") as running:
        yield running


def test_pages_assets_and_files_are_served(preview: Running) -> None:
    assert "Ada &amp; Grace" in preview.page("/")
    assert "The loom" in preview.page(NOTE)
    assert preview.ask(f"{NOTE}index.html").text == preview.ask(NOTE).text
    assert preview.ask("/assets/trail.css").headers["content-type"].startswith("text/css")
    assert preview.ask("/partnerships/ada-grace/files/words.txt").text == "Words of engines\n"
    moved = preview.ask(NOTE.rstrip("/"))
    assert (moved.status, moved.headers["location"]) == (308, NOTE)


def test_what_is_added_is_no_inline_script(preview: Running) -> None:
    page = preview.page(NOTE)
    assert '<script src="/_headway/preview.js" defer></script></body>' in page
    assert re.findall(r"<script(?![^>]* src=)", page) == []
    assert "script-src 'self'" in preview.ask(NOTE).headers["content-security-policy"]
    assert preview.ask("/_headway/preview.js").headers["content-type"].startswith("text/javascript")


def test_a_file_of_somebodys_can_run_no_script(preview: Running) -> None:
    reply = preview.ask("/partnerships/ada-grace/files/words.txt")
    assert "sandbox" in reply.headers["content-security-policy"]
    assert reply.headers["x-content-type-options"] == "nosniff"
    for name in ("loom.svg", "page.html"):
        reply = preview.ask(f"/partnerships/ada-grace/files/{name}")
        assert reply.status == 404 or "sandbox" in reply.headers["content-security-policy"]


@pytest.mark.parametrize(
    "target",
    [
        *("/%2e%2e/headway.yaml", "/../headway.yaml", "/..%5c..%5cheadway.yaml", "/..%2f..%2fetc/passwd"),
        *("//etc/passwd", "/etc/passwd", "///etc/passwd", "/%2fetc/passwd", "/.//.//etc/passwd"),
        *("/%00", "/headway.yaml%00.html", "/%252e%252e/%252e%252e/etc/passwd", "/%ff%fe", "/%ed%a0%80"),
        *("/.git/config", "/.env", "/.headway/x.db", "/headway.yaml", "/content/people/ada.yaml"),
        *("/_headway/", "/_headway/panel.html", "/_headway/../../server.py", "/_headway/%2e%2e/server.py"),
        *("/assets/../theme.yaml", "/assets/%2e%2e/%2e%2e/templates/base.html", "/assets/", "/themes/README.md"),
        *("/partnerships/ada-grace/../../.env", "/partnerships/ada-grace/files/../partnership.yaml"),
        *("/partnerships/ada-grace/partnership.yaml", "/partnerships/", "/partnerships//", "/" + "a/" * 5000),
    ],
)
def test_nothing_but_the_site_is_served(preview: Running, target: str) -> None:
    reply = preview.ask(target)
    assert reply.status == 404
    for secret in ("SECRET", "root:", "[core]", "members:", "name: Ada", "cache\n", "extends"):
        assert secret not in reply.text


def test_what_was_asked_for_is_inert_in_the_answer(preview: Running) -> None:
    reply = preview.ask("/%3Cscript%3Ealert(2)%3C/script%3E%22%3E")
    assert reply.status == 404
    assert "<script>alert" not in reply.text
    assert "&lt;script&gt;alert(2)" in reply.text
    panel = preview.ask("/_headway/panel?page=%22%3E%3Cscript%3Ealert(3)%3C/script%3E").text
    assert "<script>" not in panel


@pytest.mark.parametrize(
    ("host", "status"),
    [
        *(("localhost:{port}", 200), ("127.0.0.1:{port}", 200), ("[::1]:{port}", 200), ("LOCALHOST", 200)),
        *(("evil.example", 403), ("evil.example:{port}", 403), ("127.0.0.1.evil.example", 403), ("", 403)),
        *(("localhost.evil.example:{port}", 403), ("10.0.0.7:{port}", 403), ("0x7f.1", 403), ("user@localhost", 403)),
    ],
)
def test_only_our_own_names_are_answered(preview: Running, host: str, status: int) -> None:
    assert preview.ask("/pages/about/", Host=host.format(port=preview.port)).status == status


def test_a_request_without_a_host_or_with_two_is_refused(preview: Running) -> None:
    assert preview.say(b"GET / HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 400")
    assert preview.say(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n").startswith(b"HTTP/1.1 400")
    two = preview.say(b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
    assert two.startswith((b"HTTP/1.1 400", b"HTTP/1.1 403"))


@pytest.mark.parametrize("target", ["/_headway/events?page=/", "/_headway/panel?page=/", "/"])
@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost:1", "null", "http://127.0.0.1"])
def test_another_origin_is_told_nothing(preview: Running, target: str, origin: str) -> None:
    reply = preview.ask(target, Origin=origin)
    assert reply.status == 403
    assert "Ada" not in reply.text
    assert "access-control-allow-origin" not in reply.headers


def test_a_page_elsewhere_cannot_take_ours_in(preview: Running) -> None:
    assert preview.ask("/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors").status == 403
    headers = preview.ask("/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate").headers
    assert headers["x-frame-options"] == "DENY"
    assert headers["cross-origin-resource-policy"] == "same-origin"


def test_only_get_and_head(preview: Running) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "FOO"):
        reply = preview.ask("/", method)
        assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD"), method
    preview.page("/")
    head = preview.ask("/", "HEAD")
    assert (head.status, head.text) == (200, "")
    assert int(head.headers["content-length"]) == len(preview.ask("/").text.encode())


def test_a_range_is_answered_with_the_whole(preview: Running) -> None:
    reply = preview.ask("/partnerships/ada-grace/files/words.txt", Range="bytes=0-3")
    assert reply.status == 200
    assert reply.text == "Words of engines\n"


def test_slow_and_silent_clients_keep_nobody_waiting(preview: Running) -> None:
    slow = [socket.create_connection(("127.0.0.1", preview.port)) for _ in range(60)]
    try:
        for connection in slow:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: localh")
        assert preview.ask(NOTE).status == 200
    finally:
        for connection in slow:
            connection.close()


def test_a_header_without_end_is_cut_off(preview: Running) -> None:
    with suppress(ConnectionError):  # closed before all of it was taken
        answer = preview.say(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 200_000)
        assert answer.startswith(b"HTTP/1.1 4")


def test_two_hundred_pages_that_listen(preview: Running, tmp_path: Path) -> None:
    request = f"GET /_headway/events?page={NOTE} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    listening = [socket.create_connection(("127.0.0.1", preview.port), timeout=10) for _ in range(200)]
    try:
        for connection in listening:
            connection.sendall(request)
        states = {_read_state(connection)["page"] for connection in listening}
        assert len(states) == 1
        note = preview.site.root / "content/partnerships/ada-grace/meetings/2026-02-16.md"
        note.write_text(note.read_text() + "\nand thread\n")
        changed = {_read_state(connection)["page"] for connection in listening}
        assert len(changed) == 1
        assert changed != states
        assert preview.ask(NOTE).status == 200
    finally:
        for connection in listening:
            connection.close()


def _read_state(connection: socket.socket) -> dict[str, str]:
    """Return the next state that a stream tells."""
    said = b""
    while not (b"data: " in said and said.endswith(b"\n\n\r\n")):
        received = connection.recv(65536)
        assert received
        said += received
    state: dict[str, str] = json.loads(said.rpartition(b"data: ")[2].partition(b"\n")[0])
    return state


def test_the_audience_is_switched_for_this_browser_only(preview: Running) -> None:
    reply = preview.ask(f"/_headway/audience/public?to={NOTE}")
    assert reply.status == 303
    cookie = reply.headers["set-cookie"].partition(";")[0]
    assert "SameSite=strict" in reply.headers["set-cookie"]
    withheld = preview.ask(NOTE, Cookie=cookie)
    assert withheld.status == 404
    assert "This page is on the site for partners" in withheld.text
    assert preview.ask(NOTE).status == 200


@pytest.mark.parametrize(
    "to", ["//evil.example/", "https://evil.example/", "/\\evil.example", "", "javascript:alert(1)"]
)
def test_a_switch_leads_nowhere_else(preview: Running, to: str) -> None:

    assert preview.ask(f"/_headway/audience/public?to={quote(to, safe='')}").headers["location"] == "/"


def test_what_is_private_needs_to_be_asked_for(preview: Running, write_program: Callable[[str], Path]) -> None:
    entry = "/partnerships/ada-grace/journal/2026-02-17/"
    assert preview.ask("/_headway/audience/private").status == 404
    assert preview.ask(entry, Cookie=f"headway-audience-{preview.port}=private").status == 404
    with running_preview(write_program(PROGRAM), audience="private", private=True) as other:
        assert "My own words" in other.page(entry)


def test_without_live_reload_no_script_and_no_stream(write_program: Callable[[str], Path]) -> None:
    with running_preview(write_program(PROGRAM), is_live=False) as quiet:
        assert "data-assets" not in quiet.page("/pages/about/")
        assert quiet.ask("/_headway/events?page=/").status == 404


def test_open_streams_do_not_keep_it_from_ending(write_program: Callable[[str], Path]) -> None:
    with running_preview(write_program(PROGRAM)) as preview:
        streams = [socket.create_connection(("127.0.0.1", preview.port), timeout=10) for _ in range(20)]
        for stream in streams:
            stream.sendall(b"GET /_headway/events?page=/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert stream.recv(100)
    for stream in streams:  # and yet it has ended
        stream.close()


def test_a_port_in_use_is_passed_over_unless_it_was_asked_for() -> None:
    said: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTakenError, match=f"Port {port} on 127.0.0.1 cannot be had: address already in use"):
            listen("127.0.0.1", port, said.append)
    with listen("127.0.0.1", None, said.append) as first, listen("127.0.0.1", None, said.append) as second:
        assert PORT <= first.getsockname()[1] < second.getsockname()[1]
    assert f"Port {PORT} is taken, so this is port {second_port(said)}." in said


def second_port(said: list[str]) -> str:
    return said[-1].rpartition(" ")[2].rstrip(".")


@pytest.mark.parametrize(
    ("name", "link"),
    [
        ("vscode", "vscode://file/{path}:{line}:{column}"),
        ("x-mine://open?{path}", "x-mine://open?{path}"),
        *(
            (name, None)
            for name in ("javascript:alert('{path}')", "data:,{path}", "notepad", "{path}", "vscode://file")
        ),
    ],
)
def test_editors_are_known_by_name_or_by_a_harmless_link(name: str, link: str | None) -> None:
    assert find_editor(name) == link


def test_a_file_that_is_replaced_while_it_is_read(preview: Running) -> None:
    """Writers of every kind at full speed; every answer is a whole page."""
    note = preview.site.root / "content/partnerships/ada-grace/meetings/2026-02-16.md"
    before, stop = note.read_text(), threading.Event()

    def scribble() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            beside = note.with_name("new.tmp~")
            beside.write_text(f"The loom, {number}\n")
            beside.replace(note)
            note.write_text(f"The loom, {number} again\n")
            note.unlink()
            note.write_text(f"The loom, {number} back\n")

    thread = threading.Thread(target=scribble)
    thread.start()
    try:
        replies = [preview.ask(NOTE) for _ in range(40)]
    finally:
        stop.set()
        thread.join()
        note.write_text(before)
    assert {reply.status for reply in replies} <= {200, 404}
    assert all(reply.text.rstrip().endswith("</html>") for reply in replies)
    assert "picture" in preview.ask(NOTE).text
