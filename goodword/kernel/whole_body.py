"""Requests with a body are handed on whole: who sends it drop by drop holds none of the threads.

Pages run on a few threads, which wait for a body as long as it takes. So it is gathered on the event loop first, within
a time and a size, and so that all that are under way together fill neither the memory nor the disk.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import Any

Scope = MutableMapping[str, Any]  # as ASGI has it
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

# Where the scope of a request says why its body broke off. No header: whoever asks could set that.
BROKEN_OFF = "goodword.broken_off"
TOO_LARGE, TOO_SLOW = "too_large", "too_slow"

_ANSWERS = {
    TOO_LARGE: (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, b"This is too large. Send less at once.\n"),
    TOO_SLOW: (HTTPStatus.REQUEST_TIMEOUT, b"This took too long to arrive. Try again.\n"),
}
_BUSY = (HTTPStatus.SERVICE_UNAVAILABLE, b"Try again later.\n")
_IN_MEMORY = 256_000  # bytes of a body; a longer one goes to a temporary file
_PIECE = 65_536  # bytes handed on at once


@dataclass(frozen=True, kw_only=True)
class Limit:
    """What the bodies of one kind may take: `most` bytes each, within `seconds`; `together` bytes of all under way.

    Where `is_told`, a request whose body broke off goes on without it, and its scope says why under `BROKEN_OFF`: the
    page counts such. Else it is answered here.
    """

    most: int
    together: int
    seconds: float
    is_told: bool = False


class WholeBody:
    """Gathers the bodies of all requests, each within the limit that `limit_of` its scope gives."""

    def __init__(self, application: Application, *, limit_of: Callable[[Scope], Awaitable[Limit]]) -> None:
        self._application, self._limit_of = application, limit_of
        self._under_way = Counter[Limit]()  # bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or not _brings_body(scope):
            await self._application(scope, receive, send)
            return
        limit = await self._limit_of(scope)
        with _Body() as body:
            try:
                await self._gather_in_time(body, limit, announced_length(scope), receive)
                await self._go_on(body, limit, scope, send)
            finally:
                self._under_way[limit] -= body.length

    async def _go_on(self, body: _Body, limit: Limit, scope: Scope, send: Send) -> None:
        if body.is_gone:
            return
        if body.is_one_too_many:
            await _say(_BUSY, send)
        elif body.broken_off and not limit.is_told:
            await _say(_ANSWERS[body.broken_off], send)
        else:
            send = _closing(send) if body.broken_off else send
            await self._application(_with_body(scope, body), body.given, send)

    async def _gather_in_time(self, body: _Body, limit: Limit, announced: int, receive: Receive) -> None:
        if announced > limit.most:
            body.break_off(TOO_LARGE)
            return
        try:
            async with asyncio.timeout(limit.seconds):
                await self._gather(body, limit, receive)
        except TimeoutError:
            body.break_off(TOO_SLOW)

    async def _gather(self, body: _Body, limit: Limit, receive: Receive) -> None:
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                body.is_gone = True
                return
            piece, more = message.get("body", b""), message.get("more_body", False)
            if body.length + len(piece) > limit.most:
                body.break_off(TOO_LARGE)
                return
            if self._under_way[limit] + len(piece) > limit.together:
                body.is_one_too_many = True
                return
            self._under_way[limit] += len(piece)
            body.add(piece)


def announced_length(scope: Scope) -> int:
    """Bytes that the request says it brings; 0 where it doesn't say."""
    said = [value.strip() for name, value in scope.get("headers", ()) if name.lower() == b"content-length"]
    return max((int(value) for value in said if value.isdigit()), default=0)


class _Body:
    """What came of a body, and how it ended."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile[bytes](max_size=_IN_MEMORY)
        self.length = self._left = 0
        self.broken_off = ""
        self.is_gone = self.is_one_too_many = self._is_told = False

    def __enter__(self) -> _Body:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    def add(self, piece: bytes) -> None:
        self._file.write(piece)
        self.length += len(piece)

    def break_off(self, why: str) -> None:
        self.broken_off = why

    async def given(self) -> Message:
        """What the application receives: the body in pieces; then, that nothing else comes."""
        if self._is_told:
            return {"type": "http.disconnect"}
        if self._left == 0:
            self._file.seek(0)
            self._left = 0 if self.broken_off else self.length
        piece = self._file.read(min(_PIECE, self._left))
        self._left -= len(piece)
        self._is_told = self._left == 0
        return {"type": "http.request", "body": piece, "more_body": not self._is_told}


def _brings_body(scope: Scope) -> bool:
    """A request without either header has none (RFC 9112, 6.3)."""
    return any(
        name.lower() == b"transfer-encoding" or (name.lower() == b"content-length" and value.strip() != b"0")
        for name, value in scope.get("headers", ())
    )


def _with_body(scope: Scope, body: _Body) -> Scope:
    ours = {b"content-length", b"transfer-encoding"}
    headers = [(name, value) for name, value in scope["headers"] if name.lower() not in ours]
    headers.append((b"content-length", b"%d" % (0 if body.broken_off else body.length)))
    told = {BROKEN_OFF: body.broken_off} if body.broken_off else {}
    return {**scope, "headers": headers, **told}


def _closing(send: Send) -> Send:
    """What else would come on the connection is the rest of the body."""

    async def closing(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", ()), (b"connection", b"close")]}
        await send(message)

    return closing


async def _say(answer: tuple[HTTPStatus, bytes], send: Send) -> None:
    status, words = answer
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", b"%d" % len(words)),
        (b"connection", b"close"),
    ]
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers.append((b"retry-after", b"5"))
    await send({"type": "http.response.start", "status": int(status), "headers": headers})
    await send({"type": "http.response.body", "body": words})
