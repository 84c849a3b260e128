"""Safety: who may ask the preview for what. It shows what is private, on a machine that also visits other sites.

A page elsewhere can send requests to this machine, under a name of its own too (DNS rebinding); it can read
nothing, because only our own names and our own origin are answered.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src * data:; media-src *; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
"""For files that somebody put into the program: an SVG or an HTML file may hold a script."""

_HEADERS = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "x-frame-options": "DENY",
}


class Guard:
    """Lets through only GET and HEAD, addressed to one of our names and from no other origin."""

    def __init__(self, app: ASGIApp, host: str, names: Iterable[str] = ()) -> None:
        self._app = app
        self._names = frozenset({"localhost", host.lower(), *names})
        self._is_open = not _is_loopback(host)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        refusal = self._refuse(scope["method"], Headers(scope=scope))

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                known = {name for name, _ in message["headers"]}
                added = [(n.encode(), v.encode()) for n, v in _HEADERS.items() if n.encode() not in known]
                message = {**message, "headers": [*message["headers"], *added]}
            await send(message)

        await (refusal or self._app)(scope, receive, send_guarded)

    def _refuse(self, method: str, headers: Headers) -> PlainTextResponse | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._is_ours(hosts[0]):
            said = "The preview answers to the address that it printed when it was started, and to no other name.\n"
            return PlainTextResponse(said, 400 if not hosts else 403)
        origin = headers.get("origin")
        is_elsewhere = headers.get("sec-fetch-site") == "cross-site" and headers.get("sec-fetch-mode") != "navigate"
        if is_elsewhere or (origin is not None and origin.lower() != f"http://{hosts[0].lower()}"):
            return PlainTextResponse("The preview answers to its own pages only.\n", 403)
        if method not in ("GET", "HEAD"):
            return PlainTextResponse("The preview only shows pages.\n", 405, {"allow": "GET, HEAD"})
        return None

    def _is_ours(self, host: str) -> bool:
        """Whether a request's Host is one of our names. Where others were let in by ``--host``, any number is."""
        name = _without_port(host.strip().lower())
        try:
            number = ipaddress.ip_address(name)
        except ValueError:
            return name in self._names
        return self._is_open or number.is_loopback


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
