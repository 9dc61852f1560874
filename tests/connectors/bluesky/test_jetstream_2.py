"""Jetstream's second tongue, from a real server on the loopback that speaks after its lexicon."""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import zstandard
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve
from websockets.typing import Subprotocol

from goodword.connectors.bluesky.jetstream_2 import open_jetstream_2
from goodword.connectors.bluesky.stream import Batch
from goodword.connectors.contract import Retry
from goodword.connectors.reach import set_web_networks, web_networks

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
TYPE = "network.bsky.jetstream.subscribeEvents"
JSON = Subprotocol("xrpc.v1.json")


def message(kind: str, **payload: Any) -> bytes:
    return json.dumps({"$type": "message", "payload": {"$type": f"{TYPE}#{kind}", **payload}}).encode()


def post(at: datetime, text: str = "Hello") -> bytes:
    record = {"$type": "app.bsky.feed.post", "text": text, "createdAt": at.isoformat()}
    what = {"operation": "create", "collection": "app.bsky.feed.post", "rkey": "3kabcdefghijk", "cid": "bafy"}
    return message("commit", seq=7, did="did:plc:mara", time=at.isoformat(), rev="3k", record=record, **what)


def trained() -> zstandard.ZstdCompressionDict:
    chance = random.Random(7)
    words = ["jacket", "leaks", "refund", "parcel", "thanks"]
    samples = [post(NOW + timedelta(seconds=n), " ".join(chance.choices(words, k=30))) for n in range(2_000)]
    return zstandard.train_dictionary(8_192, samples)


class Server:
    """Compresses for those who know its dictionary; remembers what was asked."""

    def __init__(self, *frames: bytes, dictionary: zstandard.ZstdCompressionDict | None = None, knows: bool = True):
        self.asked: list[dict[str, list[str]]] = []
        self._frames, self._dictionary, self._knows = frames, dictionary, knows

    def answer(self, connection: ServerConnection, request: Request) -> Response | None:
        parts = urlsplit(request.path)
        if parts.path.endswith("getZstdDictionary"):
            content = self._dictionary.as_bytes() if self._dictionary else b""
            status = HTTPStatus.OK if content else HTTPStatus.NOT_FOUND
            headers = Headers([("Content-Length", str(len(content))), ("Connection", "close")])
            return Response(status, status.phrase, headers, content)
        query = parse_qs(parts.query)
        self.asked.append(query)
        if "zstdDictionary" in query and not self._knows:
            return Response(HTTPStatus.BAD_REQUEST, "Bad Request", Headers([("Content-Length", "0")]), b"")
        return None

    def speak(self, connection: ServerConnection) -> None:
        is_compressed = "zstdDictionary" in self.asked[-1]
        compress = zstandard.ZstdCompressor(dict_data=self._dictionary).compress if is_compressed else bytes.decode
        for frame in self._frames:
            connection.send(compress(frame))
        try:
            connection.recv()
        except ConnectionClosed:
            return


@contextmanager
def served(server: Server) -> Iterator[str]:
    before = [str(network) for network in web_networks()]
    set_web_networks(["127.0.0.0/8"])
    with serve(server.speak, "127.0.0.1", 0, process_request=server.answer, subprotocols=[JSON]) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"ws://127.0.0.1:{running.socket.getsockname()[1]}"
        running.shutdown()
    set_web_networks(before)


def hear(server: Server, cursor: dict[str, Any], begin: datetime = NOW) -> Batch:
    """The first batch with something in it, and the gaps up to then."""
    with served(server) as address, open_jetstream_2(address, cursor, begin, lambda: NOW) as stream:
        batch = stream.receive(5)
        while not batch.events:
            assert batch.frames
            batch = stream.receive(5)
        return batch


def microseconds(at: datetime) -> int:
    return int(at.timestamp()) * 1_000_000


@pytest.mark.parametrize("knows", [True, False])
def test_compressed_by_a_dictionary_that_both_know_else_plain(knows: bool) -> None:
    server = Server(post(NOW, "My jacket leaks"), dictionary=trained(), knows=knows)
    batch = hear(server, {}, NOW - timedelta(hours=1))
    (event,) = batch.events
    assert event.commit is not None
    assert json.loads(bytes(event.commit.record))["text"] == "My jacket leaks"
    assert batch.cursor == {"time_us": microseconds(NOW)} == {"time_us": event.time_us}
    assert ["zstdDictionary" in each for each in server.asked] == ([True] if knows else [True, False])
    assert server.asked[-1]["cursor"] == [str(microseconds(NOW - timedelta(hours=1)))]


def test_without_a_dictionary_it_is_heard_plain() -> None:
    assert len(hear(Server(post(NOW)), {}).events) == 1


def test_who_leaves_is_told() -> None:
    left = message("account", did="did:plc:mara", time=NOW.isoformat(), account={"active": False, "status": "deleted"})
    (event,) = hear(Server(left), {}).events
    assert (event.did, event.has_left, event.commit) == ("did:plc:mara", True, None)


def test_what_it_no_longer_has_is_a_gap() -> None:
    server = Server(message("info", name="OutdatedCursor"), post(NOW))
    batch = hear(server, {"time_us": microseconds(NOW - timedelta(days=3))})
    assert server.asked[0]["cursor"] == [str(microseconds(NOW - timedelta(days=3, seconds=5)))]
    (gap,) = batch.gaps
    assert (gap.since, gap.until) == (NOW - timedelta(days=3), NOW)


def test_damage_is_passed_over_and_an_error_ends_it_for_now() -> None:
    dictionary = trained()
    bomb = b"\x28\xb5\x2f\xfd\xa0" + (2**31).to_bytes(4, "little") + b"\x01\x00\x00"  # says that it unfolds to 2 GB
    server = Server(post(NOW), dictionary=dictionary)
    speak = server.speak

    def damaged_first(connection: ServerConnection) -> None:
        for frame in (b"", b"\x00", bomb):
            connection.send(frame)
        speak(connection)

    server.speak = damaged_first  # type: ignore[method-assign]
    assert len(hear(server, {}).events) == 1
    with pytest.raises(Retry, match="ConsumerTooSlow"):
        hear(Server(b'{"$type":"error","error":"ConsumerTooSlow"}'), {})
