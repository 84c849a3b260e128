"""The server: addresses in, pages out, and a word to the browser when its page has changed."""

from __future__ import annotations

import asyncio
import json
import mimetypes
import socket
from collections.abc import AsyncIterator, Callable
from types import FrameType
from urllib.parse import quote

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from headway.model.fields import Visibility
from headway.preview.answers import Answer, Kind, way_back
from headway.preview.inserts import ASSETS, Surroundings, insert, print_of, render_notice, render_panel
from headway.preview.running import RunningSite
from headway.preview.safety import CONTENT_POLICY, FILE_POLICY, Guard

STATUS = {Kind.PAGE: 200, Kind.WAITING: 503, Kind.BROKEN: 500, Kind.FAULT: 500}
"""What a page's kind is in HTTP; the others are 404."""
MOST_LISTENERS = 400
BEAT = 15.0
"""Seconds after which a silent stream says that it is still there."""
AGAIN = 0.05
"""Seconds after which a state is asked for again that could not be told."""
PORT = 8000
NEXT_PORTS = 50
"""How many ports after the usual one are tried."""


class PortTakenError(Exception):
    """The port that was asked for by number, or the host, cannot be had; the message says why."""


class Preview:
    """A preview of a running site, over HTTP."""

    def __init__(self, running: RunningSite, around: Surroundings) -> None:
        self._running = running
        self._around = around
        self._states: dict[tuple[Visibility, str], str] = {}
        self._number = -1
        self._listeners = 0
        self._server: _Server | None = None

    def run(self, listening: socket.socket, host: str) -> None:
        """Serve until Ctrl-C or `stop`; the streams that are open then end with it."""
        app = Guard(self._routes(), host)
        self._server = _Server(
            uvicorn.Config(app, http="h11", ws="none", lifespan="off", log_config=None, log_level="critical")
        )
        self._server.config.access_log = self._server.config.server_header = False
        asyncio.run(self._serve(self._server, listening))

    def stop(self) -> None:
        """End the preview, from any thread."""
        if self._server is not None:
            self._server.handle_exit(0, None)

    async def _serve(self, server: uvicorn.Server, listening: socket.socket) -> None:
        async with self._running.started():
            await server.serve(sockets=[listening])

    def _routes(self) -> Starlette:
        routes = [
            Route("/_headway/events", self._events),
            Route("/_headway/panel", self._panel),
            Route("/_headway/audience/{audience}", self._switch),
            Route("/_headway/{name:path}", self._own_file),
            Route("/{path:path}", self._page),
        ]
        app = Starlette(routes=routes)
        app.router.redirect_slashes = False
        return app

    async def _page(self, request: Request) -> Response:
        answer, content = await self._running.do(self._make, str(request.scope["path"]), self._audience(request))
        self._running.read_the_rest()
        policy = FILE_POLICY if answer.kind is Kind.FILE and answer.source else CONTENT_POLICY
        headers = {"content-security-policy": policy}
        if answer.kind is Kind.MOVED:
            return RedirectResponse(quote(answer.address), 308)
        if answer.kind is Kind.FILE:
            kind = mimetypes.guess_type(answer.address)[0] or "application/octet-stream"
            return Response(content, 200, headers, kind)
        if answer.kind is Kind.WAITING:
            headers["retry-after"] = "1"
        return Response(content, STATUS.get(answer.kind, 404), headers, "text/html")

    async def _panel(self, request: Request) -> Response:
        address, audience = request.query_params.get("page", "/"), self._audience(request)

        def make() -> str:
            return self._add_panel(self._running.answer(address, audience), audience)

        return Response(await self._running.do(make), media_type="text/html")

    async def _switch(self, request: Request) -> Response:
        """Show the site as another audience sees it, from now on in this browser."""
        audience, back = request.path_params["audience"], request.query_params.get("to", "/")
        if audience not in self._running.site.audiences:
            return PlainTextResponse("There is no such audience in this preview.\n", 404)
        is_here = back.startswith("/") and not back.startswith(("//", "/\\"))
        now = self._audience(request)
        place = await self._running.do(
            self._running.site.same_place, back if is_here else "/", now, Visibility(audience)
        )
        response = RedirectResponse(quote(place), 303)
        response.set_cookie(_cookie(request), audience, httponly=True, samesite="strict")
        return response

    async def _own_file(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in ("preview.js", "preview.css"):
            return PlainTextResponse("There is no such file.\n", 404)
        kind = "text/javascript" if name.endswith(".js") else "text/css"
        return Response((ASSETS / name).read_bytes(), media_type=kind)

    async def _events(self, request: Request) -> Response:
        if not self._around.is_live or self._listeners >= MOST_LISTENERS:
            return PlainTextResponse("No news from here.\n", 503 if self._around.is_live else 404)
        stream = self._tell_states(request.query_params.get("page", "/"), self._audience(request))
        return StreamingResponse(stream, media_type="text/event-stream")

    async def _tell_states(self, address: str, audience: Visibility) -> AsyncIterator[str]:
        """Yield the state of a page now, and each time that it is another; nothing piles up for a slow reader."""
        told = ""
        self._listeners += 1
        try:
            while True:
                news = self._running.news
                try:
                    state = await self._running.do(self._state, address, audience)
                except OSError:  # a file is being written: it is told of soon, or asked for once more
                    await asyncio.sleep(AGAIN)
                    continue
                if state != told:
                    told = state
                    yield f"event: state\ndata: {state}\n\n"
                try:
                    await asyncio.wait_for(news.wait(), BEAT)
                except TimeoutError:
                    yield ": still here\n\n"
        finally:
            self._listeners -= 1

    def _audience(self, request: Request) -> Visibility:
        chosen, site = request.cookies.get(_cookie(request), ""), self._running.site
        return next((audience for audience in site.audiences if audience == chosen), site.audience)

    # Called by `RunningSite.do`

    def _make(self, address: str, audience: Visibility) -> tuple[Answer, bytes]:
        """Return the answer to an address, and its bytes with what the preview adds."""
        answer = self._running.answer(address, audience)
        if answer.kind in (Kind.FILE, Kind.MOVED):
            return answer, answer.content
        html = answer.content.decode()
        if not html:
            program = self._running.site.result.walk.context.record.program.program
            html = render_notice(answer, way_back(self._running.answers, answer.address, audience), program)
        panel = self._add_panel(answer, audience)
        assets = self._running.answers.assets(answer.address, audience) if self._around.is_live else {}
        return answer, insert(html, panel, answer, assets, self._around).encode("utf-8", "replace")

    def _add_panel(self, answer: Answer, audience: Visibility) -> str:
        return render_panel(answer, audience, self._running.site.result.all_problems, self._around)

    def _state(self, address: str, audience: Visibility) -> str:
        """Return, as JSON, by what a browser sees whether its page, the problems or a file of the page changed."""
        answers, key = self._running.answers, (audience, address)
        answer = answers.answer(address, audience)
        if self._number != self._running.site.number:
            self._states, self._number = {}, self._running.site.number
        if key not in self._states:
            panel = print_of(self._add_panel(answer, audience))
            assets = answers.assets(address, audience)
            self._states[key] = json.dumps({"page": answer.print, "panel": panel, "assets": assets})
        return self._states[key]


class _Server(uvicorn.Server):
    """Ends at once when it is told to: a reader's open stream is no reason to wait."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.should_exit = self.force_exit = True


def _cookie(request: Request) -> str:
    """Return the name of the cookie: cookies do not know ports, and two previews may run beside each other."""
    return f"headway-audience-{request.url.port or 80}"


def listen(host: str, port: int | None, warn: Callable[[str], None]) -> socket.socket:
    """Return a socket that listens on a port: the one asked for, else the usual one or the next that is free."""
    wanted = range(PORT, PORT + NEXT_PORTS) if port is None else (port,)
    for number in wanted:
        try:
            listening = _bind(host, number)
        except OSError as error:
            reason = error.strerror or str(error)
            if port is not None:
                raise PortTakenError(f"Port {port} on {host} cannot be had: {reason.lower()}") from error
            continue
        if port is None and number != PORT:
            warn(f"Port {PORT} is taken, so this is port {number}.")
        return listening
    raise PortTakenError(f"None of the ports {PORT} to {PORT + NEXT_PORTS - 1} on {host} can be had: {reason.lower()}")


def _bind(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(512)
    except OSError:
        listening.close()
        raise
    return listening
