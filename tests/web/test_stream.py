"""The live stream: what the database announces comes to the pages of that workspace, and to no others."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing

import pytest
from django.db import connection

from goodword.kernel.live import announce
from goodword.web import stream
from goodword.web.stream import BACKLOG, EVERYTHING, Hub, events

pytestmark = pytest.mark.django_db(transaction=True)

# Of this database: the tests of other processes have theirs on the same server.
_LISTENING = "FROM pg_stat_activity WHERE query = 'LISTEN goodword_live' AND datname = current_database()"

PATIENCE = 20  # seconds; only a failing test waits for so long


@pytest.fixture(autouse=True)
def new_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has an event loop of its own, so it needs a hub of its own."""
    monkeypatch.setattr(stream, "hub", Hub())


def run(test: Callable[[], Awaitable[None]]) -> None:
    async def with_patience() -> None:
        await asyncio.wait_for(test(), PATIENCE)

    asyncio.run(with_patience())


def page_of(workspace_id: int, *, came_back: bool = False) -> AsyncIterator[bytes]:
    return events(workspace_id, came_back=came_back, lives=60)


async def next_event(page: AsyncIterator[bytes]) -> dict[str, str]:
    """The data of the next event; greetings and heartbeats are passed over."""
    async for chunk in page:
        if b"workspace-changed" in chunk:
            event: dict[str, str] = json.loads(chunk.split(b"data: ")[1])
            return event
    raise AssertionError("the stream ended")


async def until_it_listens() -> None:
    while not await asyncio.to_thread(_listeners):
        await asyncio.sleep(0.02)


def _listeners() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {_LISTENING}")
        row = cursor.fetchone()
    connection.close()
    return int(row[0]) if row else 0


def _notify(payload: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('goodword_live', %s)", [payload])
    connection.close()


def _end_connections() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_terminate_backend(pid) {_LISTENING}")
    connection.close()


def _announce(workspace_id: int, kind: str, subject: str) -> None:
    announce(workspace_id, kind, subject)
    connection.close()


def test_each_page_hears_of_its_own_workspace_only() -> None:
    async def test() -> None:
        async with (
            aclosing(page_of(1)) as one,
            aclosing(page_of(2)) as two,
        ):
            await anext(one)
            await anext(two)
            await until_it_listens()
            await asyncio.to_thread(_announce, 2, "NoteAdded", "case:7")
            await asyncio.to_thread(_announce, 1, "CaseOpened", "case:8")
            assert await next_event(one) == {"kind": "CaseOpened", "subject": "case:8"}
            assert await next_event(two) == {"kind": "NoteAdded", "subject": "case:7"}

    run(test)


def test_all_pages_share_one_connection_and_the_last_one_ends_it() -> None:
    async def test() -> None:
        async with (
            aclosing(page_of(1)) as one,
            aclosing(page_of(1)) as two,
        ):
            await anext(one)
            await anext(two)
            await until_it_listens()
            assert await asyncio.to_thread(_listeners) == 1
        while await asyncio.to_thread(_listeners):
            await asyncio.sleep(0.02)

    run(test)


def test_a_page_that_comes_right_after_the_last_has_left_is_heard_too() -> None:
    async def test() -> None:
        async with aclosing(page_of(1)) as first:
            await anext(first)
        async with aclosing(page_of(1)) as second:
            await anext(second)
            await until_it_listens()
            await asyncio.to_thread(_announce, 1, "CaseOpened", "case:8")
            assert (await next_event(second))["subject"] == "case:8"

    run(test)


def test_whatever_ends_the_listening_the_next_heartbeat_begins_it_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT", 0.05)

    async def test() -> None:
        async with aclosing(page_of(1)) as page:
            await anext(page)
            await until_it_listens()
            await asyncio.to_thread(_notify, "not what we announce")
            assert await next_event(page) == json.loads(EVERYTHING)  # nobody knows what was missed
            await asyncio.to_thread(_announce, 1, "CaseOpened", "case:8")
            assert (await next_event(page))["subject"] == "case:8"

    run(test)


def test_a_database_that_ends_the_connection_is_asked_again() -> None:
    async def test() -> None:
        async with aclosing(page_of(1)) as page:
            await anext(page)
            await until_it_listens()
            await asyncio.to_thread(_end_connections)
            assert await next_event(page) == json.loads(EVERYTHING)

    run(test)


def test_a_page_is_greeted_when_nothing_is_missed_any_more() -> None:
    async def test() -> None:
        async with aclosing(page_of(1)) as page:
            greeting = b""
            while b"hello" not in greeting:
                greeting = await anext(page)
            assert await asyncio.to_thread(_listeners), "what happens now is announced to us"

    run(test)


def test_a_stream_ends_so_that_the_browser_asks_anew() -> None:
    async def test() -> None:
        async with aclosing(events(1, came_back=False, lives=0.05)) as page:
            async for chunk in page:
                assert b"workspace-changed" not in chunk

    run(test)


def test_a_page_that_was_away_is_told_to_look_again() -> None:
    async def test() -> None:
        async with aclosing(page_of(1, came_back=True)) as page:
            assert await next_event(page) == json.loads(EVERYTHING)

    run(test)


def test_a_page_that_lies_behind_gets_one_word_instead_of_a_flood() -> None:
    async def test() -> None:
        hub = Hub()
        queue = hub.join(1)
        for number in range(BACKLOG + 1):
            hub._hand_on(json.dumps({"workspace": 1, "kind": "CaseOpened", "subject": f"case:{number}"}))
        assert queue.qsize() == 1
        assert queue.get_nowait() == EVERYTHING
        hub.leave(1, queue)

    run(test)
