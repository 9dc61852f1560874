"""The live stream: one LISTEN connection per process, fanned out to every open page of the workspace concerned."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import psycopg
from django.db import connections

from goodword.kernel.live import CHANNEL

log = logging.getLogger(__name__)

HEARTBEAT = 20.0  # seconds; proxies drop what is silent for longer
BACKLOG = 200  # events that a page may lie behind; a slower one is told to look again as a whole
HELLO_WITHIN = 5.0  # seconds
BACK_OFF = (0.5, 1, 2, 5, 10)

EVERYTHING = json.dumps({"kind": "Everything", "subject": ""})

Queue = asyncio.Queue[str]


class Hub:
    """Hears what the database announces while anybody listens, and hands it to the queues of a workspace."""

    def __init__(self) -> None:
        self._queues: dict[int, set[Queue]] = defaultdict(set)
        self._listening: asyncio.Task[None] | None = None
        self._hears = asyncio.Event()  # the database announces to us now

    @property
    def open(self) -> int:
        """How many streams there are."""
        return sum(len(queues) for queues in self._queues.values())

    def join(self, workspace_id: int) -> Queue:
        """A queue that gets every event of the workspace from now on."""
        queue: Queue = asyncio.Queue(BACKLOG)
        self._queues[workspace_id].add(queue)
        self.keep_listening()
        return queue

    async def hears(self) -> None:
        """Wait until nothing more is missed, though not for a database that is away."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._hears.wait(), HELLO_WITHIN)

    def keep_listening(self) -> None:
        """Listen, unless that is done already. Pages see to it at each heartbeat: what broke it may be anything."""
        if self._listening is None:
            self._listening = asyncio.create_task(self._listen())
        elif self._listening.done():
            error = None if self._listening.cancelled() else self._listening.exception()
            log.error("The live stream ended and begins anew: %r", error)
            self._listening = asyncio.create_task(self._listen(failures=1))

    def leave(self, workspace_id: int, queue: Queue) -> None:
        """The page has gone; the last one to go ends the listening."""
        self._queues[workspace_id].discard(queue)
        if not self._queues[workspace_id]:
            del self._queues[workspace_id]
        if not self._queues and self._listening is not None:
            self._listening.cancel()
            self._hears.clear()
            self._listening = None  # the next page listens anew, even before this task has noticed

    async def _listen(self, failures: int = 0) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(**_parameters(), autocommit=True) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    self._hears.set()
                    if failures:
                        self._tell_all()  # nobody knows what was missed
                    failures = 0
                    async for notification in connection.notifies():
                        self._hand_on(notification.payload)
            except psycopg.Error as error:
                self._hears.clear()
                pause = BACK_OFF[min(failures, len(BACK_OFF) - 1)]
                failures += 1
                log.warning("The live stream lost the database, trying again in %s s: %s", pause, error)
                await asyncio.sleep(pause)

    def _hand_on(self, payload: str) -> None:
        event: dict[str, Any] = json.loads(payload)
        text = json.dumps({"kind": event["kind"], "subject": event["subject"]})
        for queue in self._queues.get(event["workspace"], ()):
            _put(queue, text)

    def _tell_all(self) -> None:
        for queues in self._queues.values():
            for queue in queues:
                _put(queue, EVERYTHING)


def _put(queue: Queue, text: str) -> None:
    if queue.full():
        while not queue.empty():
            queue.get_nowait()
        text = EVERYTHING
    queue.put_nowait(text)


def _parameters() -> dict[str, Any]:
    """How Django connects, without what only its own cursors understand."""
    known = connections["default"].get_connection_params()
    return {
        name: value for name, value in known.items() if name not in {"cursor_factory", "context", "prepare_threshold"}
    }


hub = Hub()


async def events(workspace_id: int, *, came_back: bool, lives: float) -> AsyncIterator[bytes]:
    """The stream of one page, as server-sent events, for `lives` seconds; then the browser asks for another.

    A page that was here before is told to look as a whole. A new one is greeted once nothing is missed any more, and
    looks at what happened since it was made.
    """
    queue = hub.join(workspace_id)
    ends = asyncio.get_running_loop().time() + lives
    try:
        yield b"retry: 1000\n\n"
        await hub.hears()
        yield _event(EVERYTHING) if came_back else b"id: 1\nevent: hello\ndata: {}\n\n"
        while (wait := _wait(ends)) > 0:
            text = await _next(queue, wait)
            yield _event(text) if text else b": still here\n\n"
    finally:
        hub.leave(workspace_id, queue)


async def thread_events(workspace_id: int, thread: str, *, lives: float) -> AsyncIterator[bytes]:
    """The stream of somebody outside, for `lives` seconds: that their own thread went on, and nothing else."""
    queue = hub.join(workspace_id)
    ends = asyncio.get_running_loop().time() + lives
    try:
        yield b"retry: 1000\n\n: hello\n\n"
        while (wait := _wait(ends)) > 0:
            text = await _next(queue, wait)
            if not text:
                yield b": still here\n\n"
                continue
            event = json.loads(text)
            if event["kind"] == "Everything" or event["subject"] == f"thread:{thread}":
                yield b"event: thread-changed\ndata: {}\n\n"
    finally:
        hub.leave(workspace_id, queue)


def _wait(ends: float) -> float:
    """Seconds until the next heartbeat, or until the stream ends if that is sooner."""
    return min(HEARTBEAT, ends - asyncio.get_running_loop().time())


async def _next(queue: Queue, wait: float) -> str:
    """What is announced next, or nothing in so many seconds."""
    try:
        return await asyncio.wait_for(queue.get(), wait)
    except TimeoutError:
        hub.keep_listening()
        return ""


def _event(data: str) -> bytes:
    return f"id: 1\nevent: workspace-changed\ndata: {data}\n\n".encode()
