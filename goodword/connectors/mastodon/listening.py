"""Listens to an account: by the stream at once, and by asking, which misses nothing.

The stream is opened before we ask what was said since, so that nothing falls between. What it brings is handed over at
once and doesn't move the cursor; asking does, every minute, and finds whatever the stream lost. Without a stream we
ask more often.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime

import msgspec

from goodword.connectors.contract import Cursor, Delivery, Interest, Raw, Retry
from goodword.connectors.mastodon.asking import Asking
from goodword.connectors.mastodon.entities import Id, Notification, raw_of_gone
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

    @property
    def is_public(self) -> bool:
        """Whether it is said to everybody."""
        return bool(self.stream) and self.stream[0].startswith("public")


class _By(msgspec.Struct):
    id: str


class _Written(msgspec.Struct):
    id: str
    account: _By


def listen(
    place: Place,
    cursor: Cursor,
    stop: Callable[[], bool],
    now: Callable[[], datetime],
    interest: Interest | None = None,
) -> Iterator[Delivery]:
    """With `interest`, what it wants of all that is public as well. Raises `Refused` and `Retry`."""
    with place.api() as api:
        instance, me = ask_instance(api), ask_who_we_are(api)
        asking = Asking(place, api, me.id, Memory.of(cursor), now, interest)
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
            for delivery in _take(stream.receive(_LOOK), asking):
                said = now
                yield delivery
        if now - said > _SIGN_OF_LIFE:
            said = now
            yield asking.delivery([])


def _take(messages: Sequence[bytes], asking: Asking) -> Iterator[Delivery]:
    """What a batch of events says to us. What can't be read will be asked for."""
    events = [event for message in messages if (event := _read(message))]
    gone = [event.payload for event in events if event.event == "delete" and event.payload]
    said: dict[bool, list[tuple[Id, Raw]]] = {False: [], True: []}  # by whether it was overheard in public
    for event in events:
        if event.event != "delete" and (post := _post_of(event, asking)):
            said[event.is_public].append(post)
    overheard = asking.wanted(True, said[True]) if said[True] else []
    if said[False] or overheard:
        yield asking.delivery([*said[False], *overheard])
    if known := _known(events, gone, asking):
        for each in known:
            asking.memory.forget(each)
        yield Delivery(tuple(map(raw_of_gone, known)), asking.memory.cursor)


def _read(message: bytes) -> _Event | None:
    try:
        return msgspec.json.decode(message, type=_Event)
    except msgspec.DecodeError:
        return None


def _known(events: Sequence[_Event], gone: Sequence[Id], asking: Asking) -> list[Id]:
    """Of the posts that are gone those that may concern us; in public most were never kept."""
    if not any(event.is_public for event in events) or asking.interest is None:
        return list(gone)
    kept = asking.interest.known(gone)
    return [each for each in gone if each in kept or each in asking.memory.recent]


def _post_of(event: _Event, asking: Asking) -> tuple[Id, Raw] | None:
    try:
        if event.event == "notification":
            notification = msgspec.json.decode(event.payload, type=Notification)
            is_mention = notification.type == "mention" and notification.post is not None
            return asking.raw(notification.post or b"") if is_mention else None
        if event.event in {"update", "status.update"} and _is_for_us(event, asking):
            return asking.raw(event.payload.encode())
    except (msgspec.DecodeError, Retry):
        return None
    return None


def _is_for_us(event: _Event, asking: Asking) -> bool:
    """Our account's own stream also tells what those say whom it follows; that is between them and whoever they ask."""
    if event.stream[:1] != ["user"]:
        return True
    written = msgspec.json.decode(event.payload, type=_Written)
    return written.account.id == asking.own_id or written.id in asking.memory.recent
