"""Requests of strangers with a body are handed on whole: who sends it drop by drop holds none of the threads.

Pages run on a few threads, which wait for a body as long as it takes. Where anybody may send one, it is gathered on
the event loop first, within a time and a size, and so that all that are under way together don't fill the memory.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]  # as ASGI has it
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

# Stands in for the body that broke off: the header says why. Nobody else can set it.
MARK = "x-goodword-broken-off"
TOO_LARGE, TOO_SLOW = "too_large", "too_slow"

_BUSY = b"Try again later.\n"


class WholeBody:
    """Gathers the bodies of requests to paths that begin with `under`; hands on all others as they come.

    `most` bytes a body within `seconds`, and `most_together` bytes of all that are under way.
    """

    def __init__(
        self, application: Application, *, under: str, most: int, seconds: float = 10, most_together: int = 16_000_000
    ) -> None:
        self._application, self._under = application, under
        self._most, self._seconds, self._most_together = most, seconds, most_together
        self._together = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or not scope["path"].startswith(self._under):
            await self._application(scope, receive, send)
            return
        body = _Body()
        try:
            await self._gather_in_time(body, receive)
            if body.is_one_too_many:
                await _say_busy(send)
            elif not body.is_gone:
                send = _closing(send) if body.broken_off else send
                await self._application(_with_body(scope, body), _given(body), send)
        finally:
            self._together -= len(body.content)

    async def _gather_in_time(self, body: _Body, receive: Receive) -> None:
        try:
            async with asyncio.timeout(self._seconds):
                await self._gather(body, receive)
        except TimeoutError:
            body.broken_off = TOO_SLOW

    async def _gather(self, body: _Body, receive: Receive) -> None:
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                body.is_gone = True
                return
            piece, more = message.get("body", b""), message.get("more_body", False)
            if len(body.content) + len(piece) > self._most:
                body.broken_off = TOO_LARGE
                return
            if self._together + len(piece) > self._most_together:
                body.is_one_too_many = True
                return
            body.content += piece
            self._together += len(piece)


class _Body:
    """What came of a body, and how it ended."""

    def __init__(self) -> None:
        self.content = bytearray()
        self.broken_off = ""
        self.is_gone = False
        self.is_one_too_many = False


def _with_body(scope: Scope, body: _Body) -> Scope:
    ours = {MARK.encode(), b"content-length", b"transfer-encoding"}
    headers = [(name, value) for name, value in scope.get("headers", ()) if name.lower() not in ours]
    length = 0 if body.broken_off else len(body.content)
    headers.append((b"content-length", b"%d" % length))
    if body.broken_off:
        headers.append((MARK.encode(), body.broken_off.encode()))
    return {**scope, "headers": headers}


def _given(body: _Body) -> Receive:
    told = False

    async def receive() -> Message:
        nonlocal told
        if told:
            return {"type": "http.disconnect"}
        told = True
        return {"type": "http.request", "body": b"" if body.broken_off else bytes(body.content), "more_body": False}

    return receive


def _closing(send: Send) -> Send:
    """What else would come on the connection is the rest of the body."""

    async def closing(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", ()), (b"connection", b"close")]}
        await send(message)

    return closing


async def _say_busy(send: Send) -> None:
    headers = [(b"content-length", b"%d" % len(_BUSY)), (b"retry-after", b"5"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": _BUSY})
