from __future__ import annotations

import asyncio

import pytest

from goodword.config.processes.dispatch import Message, Receive, Scope, Send
from goodword.config.processes.utf8 import Utf8Only


def status_of(content_type: str | None) -> int:
    """What a request of this type is answered: 200 where it gets through."""
    sent: list[Message] = []

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    headers = [] if content_type is None else [(b"content-type", content_type.encode("latin-1"))]
    asyncio.run(Utf8Only(application)({"type": "http", "headers": headers}, receive, send))
    return int(sent[0]["status"])


@pytest.mark.parametrize(
    "content_type",
    [None, "", "text/plain", "multipart/form-data; boundary=a", 'x/y; charset="UTF-8"', "x/y; Charset=utf8"],
)
def test_utf8_gets_through_whether_named_or_not(content_type: str | None) -> None:
    assert status_of(content_type) == 200


@pytest.mark.parametrize("charset", ["base64", "utf-7", "utf-16", "unicode_escape", "no-such", "\xff"])
def test_another_encoding_is_refused(charset: str) -> None:
    assert status_of(f"application/x-www-form-urlencoded; charset={charset}") == 415
