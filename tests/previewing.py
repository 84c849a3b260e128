"""A preview that runs beside a test, and questions to it as a careless or a hostile client would put them."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from headway.choice import Choice
from headway.preview.inserts import Surroundings
from headway.preview.running import RunningSite
from headway.preview.server import Preview, listen
from headway.preview.site import LiveSite, Update

PATIENCE = 10.0
ASCII = "".join(map(chr, range(33, 127)))
"""What goes over the line as it is written."""


def choose_for(audience: str | None) -> Callable[[], Choice]:
    return lambda: Choice(datetime.now(UTC), audience=audience)


@dataclass
class Reply:
    status: int
    headers: http.client.HTTPMessage
    text: str


@dataclass
class Running:
    """A preview that runs; ``updates`` are what it said of changes, ``warnings`` what it warned of."""

    port: int
    site: LiveSite
    updates: list[Update] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, target: str, method: str = "GET", **headers: str) -> Reply:
        """Ask for a target exactly as it is written; ``_`` in a header's name stands for ``-``."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.putrequest(
                method, quote(target, safe=ASCII), skip_host="Host" in headers, skip_accept_encoding=True
            )
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            response = connection.getresponse()
            return Reply(response.status, response.headers, response.read().decode())
        finally:
            connection.close()

    def say(self, request: bytes) -> bytes:
        """Send bytes, and return all that comes back until the other side closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as connection:
            connection.sendall(request)
            return b"".join(iter(lambda: connection.recv(65536), b""))

    def page(self, address: str = "/") -> str:
        """Return a page that is there, once the preview has read what it needs."""
        return wait_until(lambda: reply.text if (reply := self.ask(address)).status == 200 else None)


@contextmanager
def running_preview(
    root: Path,
    *,
    audience: str | None = None,
    private: bool = False,
    poll: float | None = None,
    editor: str | None = None,
    is_live: bool = True,
    is_strict: bool = False,
    host: str = "127.0.0.1",
) -> Iterator[Running]:
    """Run a preview of a program in a thread, on a port that is free."""
    site = LiveSite(root, choose_for(audience), private=private)
    listening = listen("127.0.0.1", 0, lambda text: None)
    shown = Running(listening.getsockname()[1], site)
    running = RunningSite(site, shown.updates.append, shown.warnings.append, poll)
    around = Surroundings(root, site.audiences, editor, is_strict, is_live)
    preview = Preview(running, around)
    thread = threading.Thread(target=preview.run, args=(listening, host), name="preview")
    thread.start()
    try:
        wait_until(lambda: shown.ask("/_headway/preview.css").status)
        yield shown
    finally:
        preview.stop()
        thread.join(PATIENCE)
        listening.close()
        assert not thread.is_alive()


T = TypeVar("T")


def wait_until(ask: Callable[[], T | None], seconds: float = PATIENCE) -> T:
    """Return the first answer that is not None or False; fail where there is none in time."""
    end = time.monotonic() + seconds
    while not (found := ask()):
        assert time.monotonic() < end, "this has not come about in time"
        time.sleep(0.01)
    return found
