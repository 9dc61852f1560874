"""Bodies are gathered before a thread is asked for, within a size, a time, and a memory or disk."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from goodword.kernel.whole_body import BROKEN_OFF, Limit, Message, Receive, Scope, Send, WholeBody

SOME = ((b"content-length", b"5"),)


class Asked:
    """The pages behind: what came through to them."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.scopes: list[Scope] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        self.bodies.append(body)
        self.scopes.append(scope)
        await send({"type": "http.response.start", "status": 200, "headers": []})


def ask(
    pieces: Sequence[bytes | None],
    *,
    headers: Sequence[tuple[bytes, bytes]] = SOME,
    most: int = 10,
    together: int = 20,
    is_told: bool = False,
) -> tuple[Asked, list[Message], int]:
    """A request whose body comes in these pieces; None: nothing more comes for ever. With how many were not taken."""
    asked, sent, left = Asked(), list[Message](), list(pieces)

    async def receive() -> Message:
        if (piece := left.pop(0)) is None:
            await asyncio.Event().wait()
        return {"type": "http.request", "body": piece, "more_body": bool(left)}

    async def send(message: Message) -> None:
        sent.append(message)

    async def limit_of(_scope: Scope) -> Limit:
        return Limit(most=most, together=together, seconds=0.05, is_told=is_told)

    door = WholeBody(asked, limit_of=limit_of)
    asyncio.run(door({"type": "http", "path": "/x/", "headers": list(headers)}, receive, send))
    return asked, sent, len(left)


def test_a_body_in_pieces_is_handed_on_whole_with_its_length() -> None:
    asked, _sent, _left = ask([b"abc", b"", b"def"], headers=[(b"transfer-encoding", b"chunked")])
    assert asked.bodies == [b"abcdef"]
    assert asked.scopes[0]["headers"] == [(b"content-length", b"6")]


def test_a_long_body_comes_through_unchanged() -> None:
    long = bytes(range(256)) * 4_000
    asked, _sent, _left = ask([long[:700_001], long[700_001:]], most=len(long), together=len(long))
    assert asked.bodies == [long]


BROKEN = [([b"abc", None], "too_slow", 408), ([b"12345678", b"901"], "too_large", 413)]


@pytest.mark.parametrize(("pieces", "why", "status"), BROKEN)
def test_a_body_that_is_too_slow_or_too_large_is_answered_before_the_pages(
    pieces: list[bytes | None], why: str, status: int
) -> None:
    asked, sent, _left = ask(pieces)
    assert not asked.bodies
    assert sent[0]["status"] == status
    assert (b"connection", b"close") in sent[0]["headers"]


@pytest.mark.parametrize(("pieces", "why", "status"), BROKEN)
def test_a_page_that_counts_them_is_told_of_it_without_the_body(
    pieces: list[bytes | None], why: str, status: int
) -> None:
    asked, sent, _left = ask(pieces, is_told=True)
    assert asked.bodies == [b""]
    assert (asked.scopes[0]["headers"], asked.scopes[0][BROKEN_OFF]) == ([(b"content-length", b"0")], why)
    assert (b"connection", b"close") in sent[0]["headers"]


def test_of_what_is_announced_as_too_large_nothing_is_taken() -> None:
    asked, sent, left = ask([b"a"], headers=[(b"Content-Length", b"11")])
    assert (asked.bodies, sent[0]["status"], left) == ([], 413, 1)


def test_nobody_else_can_say_that_a_body_broke_off() -> None:
    asked, _sent, _left = ask([b"abc"], headers=[*SOME, (BROKEN_OFF.encode(), b"too_slow")])
    assert BROKEN_OFF not in asked.scopes[0]


def test_all_bodies_together_don_t_fill_the_memory() -> None:
    asked, sent, _left = ask([b"a" * 21], most=30)
    assert not asked.bodies
    assert sent[0]["status"] == 503


def test_a_request_without_a_body_waits_for_none() -> None:
    asked, _sent, _left = ask([b""], headers=[(b"content-length", b"0")], most=0)
    assert asked.bodies == [b""]
