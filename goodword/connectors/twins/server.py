"""Answers for a twin on a port of the loopback, with the faults that were asked for."""

from __future__ import annotations

import asyncio
import logging
import re
import socket
import threading
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import parse_qsl

import msgspec
import uvicorn

from goodword.connectors.twins.faults import Faults, Trouble
from goodword.connectors.twins.telling import Tells, page_of
from goodword.connectors.twins.world import World

log = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]  # as ASGI has it
_LATE = 0.3  # seconds until what was held back is said, where nothing else comes
_LONGEST_START = 15.0


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked. Names of headers are in lower case."""

    method: str
    path: str
    query: Sequence[tuple[str, str]]
    headers: Mapping[str, str]
    body: bytes = b""

    def get(self, name: str, default: str = "") -> str:
        """A parameter of the address."""
        return dict(self.query).get(name, default)

    def all(self, name: str) -> list[str]:
        """All parameters of this name."""
        return [value for key, value in self.query if key == name]

    def json(self) -> dict[str, Any]:
        """The body, an object; or no members where it is none."""
        try:
            return msgspec.json.decode(self.body, type=dict[str, Any])
        except msgspec.DecodeError:
            return {}


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered: `body` as JSON, unless it is bytes of another `kind`."""

    body: object
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    kind: str = "application/json; charset=utf-8"

    def content(self) -> bytes:
        """As it goes over the line."""
        return self.body if isinstance(self.body, bytes) else msgspec.json.encode(self.body)


Handler = Callable[..., Answer]  # (request, **parts of the path)


class Line:
    """An open websocket, as a twin sees it."""

    def __init__(
        self,
        send: Callable[[Scope], Any],
        receive: Callable[[], Any],
        faults: Faults,
    ) -> None:
        self._send, self._receive, self._faults = send, receive, faults
        self._held_back: str | bytes | None = None
        self.is_open = True

    async def say(self, frame: str | bytes) -> None:
        """Send a frame; perhaps twice, perhaps after the next one, perhaps the line is cut."""
        if self._faults.is_cut() or self._faults.is_away():
            await self.close()
            return
        if self._held_back is None and self._faults.is_late():
            self._held_back = frame
            return
        await self._put(frame)
        if self._faults.is_doubled():
            await self._put(frame)
        await self.let_go()

    async def let_go(self) -> None:
        """Say what was held back."""
        if self._held_back is not None:
            frame, self._held_back = self._held_back, None
            await self._put(frame)

    async def hear(self) -> str | None:
        """The next text from the other side; None when it is gone."""
        while self.is_open:
            event = await self._receive()
            if event["type"] == "websocket.disconnect":
                self.is_open = False
            elif isinstance(event.get("text"), str):
                return str(event["text"])
        return None

    async def close(self) -> None:
        """Hang up."""
        if self.is_open:
            self.is_open = False
            await self._send({"type": "websocket.close", "code": 1012})

    async def _put(self, frame: str | bytes) -> None:
        if self.is_open:
            await self._send({"type": "websocket.send", "text" if isinstance(frame, str) else "bytes": frame})


class Twin(Protocol):
    """One network's own tongue, over a world."""

    world: World
    label: str  # what people call the network

    def routes(self) -> Mapping[tuple[str, str], Handler]:
        """Handlers by method and path, e.g. ("GET", "/statuses/{id}"); a part in braces is passed by its name."""
        ...

    def before(self, request: Request) -> Answer | None:
        """What refuses a request before it is handled: a limit, a missing token."""
        ...

    async def stream(self, request: Request, line: Line) -> None:
        """Serve a websocket until it is closed."""
        ...

    def settings(self, address: str) -> Mapping[str, str]:
        """What to fill in to connect to it at this address: the connector's settings."""
        ...


class Served:
    """A twin on a port: `with Served(twin) as address`. It can be cut off and mended on the same port."""

    def __init__(self, twin: Twin, *, faults: Faults | None = None, port: int = 0) -> None:
        self.twin, self.faults = twin, faults or Faults()
        self._routes = [(method, _pattern(path), handler) for (method, path), handler in twin.routes().items()]
        self._port = port
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> str:
        self.mend()
        return self.address

    def __exit__(self, *_error: object) -> None:
        self.cut()

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self._port}"

    def mend(self) -> None:
        """Answer, from now on."""
        listening = socket.create_server(("127.0.0.1", self._port))
        self._port = int(listening.getsockname()[1])
        config = uvicorn.Config(
            self._answer,
            interface="asgi3",
            lifespan="off",
            ws="websockets-sansio",
            log_level="critical",  # answers are broken off on purpose; a fault of a handler is told below
            access_log=False,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([listening],), name="twin", daemon=True)
        self._thread.start()
        if isinstance(self.twin, Tells):
            self.twin.telling.go_on()

    def cut(self) -> None:
        """Be unreachable, and tell nothing, from now on."""
        if isinstance(self.twin, Tells):
            self.twin.telling.end()
        if self._server and self._thread:
            self._server.should_exit = True
            self._thread.join(_LONGEST_START)

    def wait(self) -> None:
        """Until it ends."""
        if self._thread:
            self._thread.join()

    async def _answer(self, scope: Scope, receive: Callable[[], Any], send: Callable[[Scope], Any]) -> None:
        request = await _request(scope, receive)
        if scope["type"] == "websocket":
            await self._serve_line(request, receive, send)
            return
        if request.path == "/" and isinstance(self.twin, Tells):
            await _put(send, await self._page(self.twin, request))
            return
        await asyncio.sleep(self.faults.latency())
        trouble = self.faults.of_request(request.path, request.method)
        answer = _AWAY if self.faults.is_away() else _ERRORS.get(trouble) if trouble else None
        answer = answer or self.twin.before(request) or self._handle(request)
        await _put(send, answer, is_lost=trouble is Trouble.LOST_ANSWER)

    @staticmethod
    async def _page(twin: Tells, request: Request) -> Answer:
        """What an admin of the network would open, not we: no fault comes between."""
        body = request.body if request.method == "POST" else None
        status, page = await asyncio.to_thread(page_of, twin, body)  # it may call the address, which may call us
        return Answer(page, status, kind="text/html; charset=utf-8")

    def _handle(self, request: Request) -> Answer:
        for method, pattern, handler in self._routes:
            if method == request.method and (match := pattern.fullmatch(request.path)):
                try:
                    return handler(request, **match.groupdict())
                except Exception:
                    log.exception("the twin of %s could not answer %s %s", self.twin.label, method, request.path)
                    raise
        return Answer({"error": "Record not found"}, 404)

    async def _serve_line(self, request: Request, receive: Callable[[], Any], send: Callable[[Scope], Any]) -> None:
        await receive()  # websocket.connect
        if self.faults.is_away() or self.twin.before(request) is not None:
            await send({"type": "websocket.close"})  # before it is accepted: the other side sees 403
            return
        await send({"type": "websocket.accept"})
        line = Line(send, receive, self.faults)
        watch = asyncio.create_task(self._watch(line))
        try:
            await self.twin.stream(request, line)
        finally:
            watch.cancel()

    async def _watch(self, line: Line) -> None:
        """Say late what was held back, and hang up when an outage begins."""
        while line.is_open:
            await asyncio.sleep(_LATE)
            if self.faults.is_away():
                await line.close()
            await line.let_go()


_AWAY = Answer(b"<html><body>502 Bad Gateway</body></html>", 502, kind="text/html")
_ERRORS = {
    Trouble.TOO_MANY: Answer({"error": "Too many requests"}, 429, {"retry-after": "1"}),
    Trouble.BROKEN: Answer({"error": "Internal server error"}, 500),
    Trouble.BAD_GATEWAY: _AWAY,
    Trouble.OVERLOADED: Answer({"error": "Service unavailable"}, 503, {"retry-after": "1"}),
}


async def _put(send: Callable[[Scope], Any], answer: Answer, *, is_lost: bool = False) -> None:
    content = answer.content()
    headers = {"content-type": answer.kind, "content-length": str(len(content)), **answer.headers}
    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": raw})
    if is_lost:
        await send({"type": "http.response.body", "body": content[: len(content) // 2], "more_body": True})
        return  # the server then closes the connection, in the middle of the answer
    await send({"type": "http.response.body", "body": content})


async def _request(scope: Scope, receive: Callable[[], Any]) -> Request:
    body = b""
    while scope["type"] == "http":
        event = await receive()
        body += event.get("body", b"")
        if not event.get("more_body"):
            break
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    return Request(scope.get("method", "GET"), scope["path"], query, headers, body)


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(path)))
