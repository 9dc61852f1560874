"""One ASGI application in front: live streams go to Django's ASGI handler, everything else to its WSGI threads.

Pages are plain, synchronous Django; a stream would hold a thread for hours. What operators ask (`/healthz`, …) is
answered here, so that it is answered even when all threads are busy.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

_LIVE = "/live"


class Dispatcher:
    """Chooses who answers. `operations` maps a whole path to who answers there."""

    def __init__(self, *, pages: Application, live: Application, operations: dict[str, Application]) -> None:
        self._pages = pages
        self._live = live
        self._operations = operations
        self._ending = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = scope["path"]
        if answer := self._operations.get(path):
            await answer(scope, receive, send)
        elif path == _LIVE or path.startswith(f"{_LIVE}/"):
            await self._stream(scope, receive, send)
        else:
            await self._pages(scope, receive, send)

    def end_streams(self) -> None:
        """Close all live streams, now and from now on. Browsers come back by themselves, to the next process."""
        self._ending.set()

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        """To Django an ending looks like a browser that left; the browser gets an orderly end of the answer."""
        started = finished = False

        async def watched_send(message: Message) -> None:
            nonlocal started, finished
            started = True
            finished = message["type"] == "http.response.body" and not message.get("more_body", False)
            await send(message)

        async def receive_or_end() -> Message:
            return await self._first(receive())

        await self._live(scope, receive_or_end, watched_send)
        if started and not finished:
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _first(self, received: Awaitable[Message]) -> Message:
        message = asyncio.ensure_future(received)
        ending = asyncio.ensure_future(self._ending.wait())
        try:
            await asyncio.wait([message, ending], return_when=asyncio.FIRST_COMPLETED)
            return message.result() if message.done() else {"type": "http.disconnect"}
        finally:
            message.cancel()
            ending.cancel()


def plain_answer(respond: Callable[[Scope], tuple[int, str, bytes]]) -> Application:
    """An application from a function `scope -> (status, content type, body)`, which runs on a thread of its own."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        status, content_type, body = await asyncio.to_thread(respond, scope)
        headers = [
            (b"content-type", content_type.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    return application
