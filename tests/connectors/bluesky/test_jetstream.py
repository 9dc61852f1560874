"""Jetstream as it speaks on the wire, from a real websocket server that says what it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve

from goodword.connectors.bluesky.jetstream import open_jetstream
from goodword.connectors.bluesky.stream import Batch, Stream
from goodword.connectors.reach import set_web_networks, web_networks
from goodword.kernel.websocket import Disconnected

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
SECOND = 1_000_000


def microseconds(at: datetime) -> int:
    return int(at.timestamp()) * SECOND


def post(at: datetime, rkey: str = "3kabcdefghijk", text: str = "Hello") -> str:
    record = {"$type": "app.bsky.feed.post", "text": text, "createdAt": at.isoformat()}
    commit = {"rev": "r", "operation": "create", "collection": "app.bsky.feed.post", "rkey": rkey, "record": record}
    return json.dumps({"did": "did:plc:mara", "time_us": microseconds(at), "kind": "commit", "commit": commit})


class Server:
    """Says the same to each who connects; remembers what they asked for."""

    def __init__(self, frames: list[str], oldest: datetime | None = None) -> None:
        self.asked: list[dict[str, list[str]]] = []
        self._frames, self._oldest = frames, oldest

    def refuse(self, connection: ServerConnection, request: Request) -> Response | None:
        query = parse_qs(urlsplit(request.path).query)
        self.asked.append(query)
        if self._oldest and int(query.get("cursor", ["0"])[0] or 0) < microseconds(self._oldest) and "cursor" in query:
            said = b"cursor too old"
            return Response(HTTPStatus.BAD_REQUEST, "Bad Request", Headers([("Content-Length", str(len(said)))]), said)
        return None

    def speak(self, connection: ServerConnection) -> None:
        for frame in self._frames:
            connection.send(frame)
        try:
            connection.recv()
        except ConnectionClosed:
            return


@contextmanager
def served(server: Server) -> Iterator[str]:
    before = [str(network) for network in web_networks()]
    set_web_networks(["127.0.0.0/8"])
    with serve(server.speak, "127.0.0.1", 0, process_request=server.refuse) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"ws://127.0.0.1:{running.socket.getsockname()[1]}"
        running.shutdown()
    set_web_networks(before)


def first(stream: Stream) -> Batch:
    batch = stream.receive(5)
    assert batch.frames
    return batch


def hear(server: Server, cursor: dict[str, Any], begin: datetime = NOW) -> Batch:
    with served(server) as address, open_jetstream(address, cursor, begin, lambda: NOW) as stream:
        return first(stream)


def test_at_first_it_is_heard_from_where_the_history_begins() -> None:
    server = Server([post(NOW)])
    batch = hear(server, {}, NOW - timedelta(hours=1))
    (asked,) = server.asked
    assert asked["wantedCollections"] == ["app.bsky.feed.post"]
    assert int(asked["cursor"][0]) == microseconds(NOW - timedelta(hours=1, seconds=5))
    assert (batch.cursor, batch.gaps, len(batch.events)) == ({"time_us": microseconds(NOW)}, (), 1)


def test_it_goes_on_a_little_before_the_cursor_and_the_cursor_never_goes_back() -> None:
    server = Server([post(NOW - timedelta(seconds=3))])
    batch = hear(server, {"time_us": microseconds(NOW)})
    assert int(server.asked[0]["cursor"][0]) == microseconds(NOW) - 5 * SECOND
    assert (batch.cursor, batch.gaps) == ({"time_us": microseconds(NOW)}, ())


def test_a_cursor_that_is_refused_is_a_gap_until_now() -> None:
    server = Server([post(NOW)], oldest=NOW - timedelta(hours=24))
    cursor = microseconds(NOW - timedelta(hours=30))
    batch = hear(server, {"time_us": cursor})
    assert [sorted(each) for each in server.asked] == [["cursor", "wantedCollections"], ["wantedCollections"]]
    (gap,) = batch.gaps
    assert (gap.since, gap.until) == (NOW - timedelta(hours=30), NOW)


def test_a_server_that_silently_begins_later_leaves_a_gap() -> None:
    batch = hear(Server([post(NOW - timedelta(hours=1))]), {"time_us": microseconds(NOW - timedelta(hours=30))})
    (gap,) = batch.gaps
    assert (gap.since, gap.until) == (NOW - timedelta(hours=30), NOW - timedelta(hours=1))


def test_a_network_on_which_nobody_spoke_since_leaves_none() -> None:
    batch = hear(Server([post(NOW + timedelta(hours=1))]), {"time_us": microseconds(NOW - timedelta(seconds=2))})
    assert batch.gaps == ()


def test_what_is_no_event_is_passed_over_and_the_rest_heard() -> None:
    frames = [
        "",
        "[]",
        "{",
        '{"did": 1}',
        "\x00",
        '{"did":"d","time_us":1,"kind":"account","account":{"active":false}}',
    ]
    with served(Server([*frames, post(NOW)])) as address, open_jetstream(address, {}, NOW, lambda: NOW) as stream:
        seen, posts = 0, 0
        while seen <= len(frames):
            batch = first(stream)
            seen += batch.frames
            posts += sum(event.address is not None for event in batch.events)
    assert posts == 1


def test_who_leaves_is_told() -> None:
    account = {"active": False, "did": "did:plc:mara", "seq": 1, "status": "deleted", "time": "2026-03-04T12:00:00Z"}
    left = json.dumps({"did": "did:plc:mara", "time_us": microseconds(NOW), "kind": "account", "account": account})
    (event,) = hear(Server([left]), {}).events
    assert event.has_left


def test_nobody_there_is_no_gap_of_the_networks() -> None:
    set_web_networks(["127.0.0.0/8"])
    with pytest.raises(Disconnected), open_jetstream("ws://127.0.0.1:9", {}, NOW, lambda: NOW):
        pass
    set_web_networks([])
