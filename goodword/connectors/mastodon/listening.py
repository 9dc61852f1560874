"""Listens to an account: by the stream at once, and by asking, which misses nothing.

The stream is opened before we ask what was said since, so that nothing falls between. What it brings is handed over at
once and doesn't move the cursor; asking does, every minute, and finds whatever the stream lost. Without a stream we
ask more often.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime

import msgspec

from goodword.connectors.contract import Cursor, Delivery, Retry
from goodword.connectors.mastodon.asking import Asking
from goodword.connectors.mastodon.entities import Notification, raw_of_gone
from goodword.connectors.mastodon.instance import Instance, ask_instance, ask_who_we_are, learned
from goodword.connectors.mastodon.memory import Memory
from goodword.connectors.mastodon.place import Place
from goodword.connectors.reach import web_networks
from goodword.kernel.checked_connection import Forbidden
from goodword.kernel.websocket import Disconnected, WebSocket

_ASK_EVERY = 60.0  # seconds, while the stream tells
_ASK_WITHOUT_STREAM = 15.0
_SEARCH_EVERY = 300.0  # searching is dear to an instance
_LOOK = 0.5
_SIGN_OF_LIFE = 20.0


class _Event(msgspec.Struct):
    event: str
    payload: str = ""
    stream: list[str] = []


class _By(msgspec.Struct):
    id: str


class _Written(msgspec.Struct):
    id: str
    account: _By


def listen(place: Place, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime]) -> Iterator[Delivery]:
    """Raises `Refused` and `Retry`."""
    with place.api() as api:
        instance, me = ask_instance(api), ask_who_we_are(api)
        asking = Asking(place, api, me.id, Memory.of(cursor), now)
        yield Delivery((), asking.memory.cursor, learned=learned(instance, me))
        searched = -_SEARCH_EVERY
        while not stop():
            with ExitStack() as stack:
                stream = _open(place, asking, instance, stack)
                while not stop():
                    yield from asking.catch_up()
                    yield from asking.look_again()
                    if time.monotonic() - searched > _SEARCH_EVERY:
                        yield from asking.search()
                        searched = time.monotonic()
                    yield asking.delivery([])
                    try:
                        yield from _heed(stream, asking, stop)
                    except Disconnected:
                        break
                    if stream is None:
                        break  # perhaps it can be opened now


def stream_address(instance: Instance, place: Place) -> str:
    """Where the stream is: the instance says, or it is at the same host."""
    told = instance.configuration.urls.streaming or place.instance.replace("http", "ws", 1)
    return told.rstrip("/") + "/api/v1/streaming"


def _open(place: Place, asking: Asking, instance: Instance, stack: ExitStack) -> WebSocket | None:
    """The stream with its subscriptions; None where it can't be had: then we ask."""
    try:
        stream = stack.enter_context(
            WebSocket.connect(stream_address(instance, place), headers=place.authorization, also=web_networks())
        )
        for timeline in asking.timelines:
            if timeline.stream:
                stream.send(msgspec.json.encode({"type": "subscribe", **dict(timeline.stream)}).decode())
    except (Disconnected, Forbidden):
        return None
    return stream


def _heed(stream: WebSocket | None, asking: Asking, stop: Callable[[], bool]) -> Iterator[Delivery]:
    """What the stream tells until it is time to ask. Raises `Disconnected`."""
    began = said = time.monotonic()
    until = began + (_ASK_EVERY if stream else _ASK_WITHOUT_STREAM)
    while not stop() and (now := time.monotonic()) < until:
        if stream is None:
            time.sleep(_LOOK)
        else:
            for message in stream.receive(_LOOK):
                if delivery := _take(message, asking):
                    said = now
                    yield delivery
        if now - said > _SIGN_OF_LIFE:
            said = now
            yield asking.delivery([])


def _take(message: bytes, asking: Asking) -> Delivery | None:
    """One event of the stream; None for what says nothing to us. What can't be read will be asked for."""
    try:
        event = msgspec.json.decode(message, type=_Event)
        if event.event == "delete":
            asking.memory.forget(event.payload)
            return Delivery((raw_of_gone(event.payload),), asking.memory.cursor) if event.payload else None
        if event.event == "notification":
            notification = msgspec.json.decode(event.payload, type=Notification)
            if notification.type != "mention" or notification.post is None:
                return None
            found = asking.raw(notification.post)
        elif event.event in {"update", "status.update"} and _is_for_us(event, asking):
            found = asking.raw(event.payload.encode())
        else:
            return None
    except (msgspec.DecodeError, Retry):
        return None
    return asking.delivery([found])


def _is_for_us(event: _Event, asking: Asking) -> bool:
    """Our account's own stream also tells what those say whom it follows; that is between them and whoever they ask."""
    if event.stream[:1] != ["user"]:
        return True
    written = msgspec.json.decode(event.payload, type=_Written)
    return written.account.id == asking.own_id or written.id in asking.memory.recent
