"""A visitor's stream: who may have one, and that it tells of their own thread alone."""

from __future__ import annotations

import asyncio
import json
from contextlib import aclosing
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from goodword.listen.public_key import public_key
from goodword.web import stream
from goodword.web.stream import Hub, thread_events
from tests.listen.chat import OTHER, open_chat, signed

PATIENCE = 20.0  # seconds; only a failing test waits for so long
CHANGE = b"event: thread-changed\ndata: {}\n\n"


def announced(workspace_id: int, subject: str, kind: str = "ThreadWentOn") -> None:
    """As the database would tell it."""
    stream.hub._hand_on(json.dumps({"workspace": workspace_id, "kind": kind, "subject": subject}))


@pytest.mark.django_db
def test_without_proof_there_is_no_stream() -> None:
    source = open_chat()
    address = f"/live/chat/{public_key(source)}/"
    expired = signed(now=datetime.now(UTC) - timedelta(hours=1))
    for authorization in ("", "Visitor x", "Bearer x", f"Bearer {expired}"):
        answer = Client().get(address, headers={"Authorization": authorization})
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert Client().get("/live/chat/1-0123456789abcdef/").status_code == 404
    assert Client().get(address, headers={"Authorization": f"Visitor {OTHER}"}).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_visitor_hears_of_their_own_thread_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "hub", Hub())

    async def listen() -> None:
        async with aclosing(thread_events(1, "visitor:mara", lives=PATIENCE)) as page:
            await anext(page)
            (waiting,) = stream.hub._queues[1]
            for workspace, subject in ((1, "thread:visitor:omar"), (2, "thread:visitor:mara"), (1, "case:7")):
                announced(workspace, subject)
            announced(1, "thread:visitor:mara")
            announced(1, "", kind="Everything")
            assert [await anext(page), await anext(page)] == [CHANGE, CHANGE]
            assert waiting.empty()
        assert stream.hub.open == 0

    asyncio.run(asyncio.wait_for(listen(), PATIENCE))


@pytest.mark.django_db(transaction=True)
def test_a_stream_ends_so_that_who_was_vouched_for_must_be_so_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "hub", Hub())

    async def listen() -> None:
        async for _ in thread_events(1, "user:mara", lives=0.01):
            pass
        assert stream.hub.open == 0

    asyncio.run(asyncio.wait_for(listen(), PATIENCE))
