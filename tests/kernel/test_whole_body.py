"""Bodies of strangers are gathered before a thread is asked for, within a size, a time and a memory."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from goodword.kernel.whole_body import MARK, Message, Receive, Scope, Send, WholeBody


class Asked:
    """The pages behind: what came through to them."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.headers: list[dict[bytes, bytes]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        message = await receive()
        self.bodies.append(message.get("body", b""))
        self.headers.append(dict(scope["headers"]))
        await send({"type": "http.response.start", "status": 200, "headers": []})


def ask(
    pieces: Sequence[bytes | None],
    *,
    path: str = "/hooks/x/",
    headers: Sequence[tuple[bytes, bytes]] = (),
    most: int = 10,
) -> tuple[Asked, list[Message]]:
    """A request whose body comes in these pieces; None: nothing more comes for ever."""
    asked, sent, left = Asked(), list[Message](), list(pieces)

    async def receive() -> Message:
        if (piece := left.pop(0)) is None:
            await asyncio.Event().wait()
        return {"type": "http.request", "body": piece, "more_body": bool(left)}

    async def send(message: Message) -> None:
        sent.append(message)

    door = WholeBody(asked, under="/hooks/", most=most, seconds=0.05, most_together=20)
    asyncio.run(door({"type": "http", "path": path, "headers": list(headers)}, receive, send))
    return asked, sent


def test_a_body_in_pieces_is_handed_on_whole_with_its_length() -> None:
    asked, _sent = ask([b"abc", b"", b"def"], headers=[(b"transfer-encoding", b"chunked")])
    assert asked.bodies == [b"abcdef"]
    assert asked.headers == [{b"content-length": b"6"}]


@pytest.mark.parametrize(("pieces", "why"), [([b"abc", None], b"too_slow"), ([b"12345678", b"901"], b"too_large")])
def test_a_body_that_is_too_slow_or_too_large_is_told_of_without_it(pieces: list[bytes | None], why: bytes) -> None:
    asked, sent = ask(pieces, headers=[(b"content-length", b"99")])
    assert asked.bodies == [b""]
    assert asked.headers == [{b"content-length": b"0", MARK.encode(): why}]
    assert (b"connection", b"close") in sent[0]["headers"]


def test_nobody_else_can_say_that_a_body_broke_off() -> None:
    asked, _sent = ask([b"abc"], headers=[(MARK.upper().encode(), b"too_slow")])
    assert asked.headers == [{b"content-length": b"3"}]


def test_all_bodies_together_don_t_fill_the_memory() -> None:
    asked, sent = ask([b"a" * 21], most=30)
    assert not asked.bodies
    assert sent[0]["status"] == 503


def test_other_paths_are_handed_on_as_they_come() -> None:
    asked, _sent = ask([b"a" * 50], path="/w/harbour/")
    assert asked.bodies == [b"a" * 50]
