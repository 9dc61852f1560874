from __future__ import annotations

import ipaddress
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus

import pytest
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve

from goodword.kernel.checked_connection import Forbidden
from goodword.kernel.websocket import Disconnected, WebSocket

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)


@contextmanager
def server(
    speak: Callable[[ServerConnection], None], refuse: Callable[[ServerConnection, Request], Response] | None = None
) -> Iterator[str]:
    """A real websocket server on the loopback; yields its address."""
    with serve(speak, "127.0.0.1", 0, process_request=refuse) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"ws://127.0.0.1:{running.socket.getsockname()[1]}/subscribe?a=b"
        running.shutdown()


def hold(connection: ServerConnection) -> None:
    """Until the listener says goodbye."""
    with suppress(ConnectionClosed):
        connection.recv()


def all_of(line: WebSocket, count: int) -> list[bytes]:
    came: list[bytes] = []
    while len(came) < count:
        more = line.receive(5)
        assert more, "nothing came for five seconds"
        came += more
    return came


def test_messages_come_whole_and_in_order_however_they_are_cut() -> None:
    def speak(connection: ServerConnection) -> None:
        connection.send("grüß")
        connection.send(["in ", "three ", "pieces"])
        connection.send(b"\x00" * 300_000)
        for number in range(2_000):
            connection.send(str(number))
        hold(connection)

    with server(speak) as url, WebSocket.connect(url, also=LOOPBACK) as line:
        first, second, third, *rest = all_of(line, 2_003)
    assert (first.decode(), second, len(third)) == ("grüß", b"in three pieces", 300_000)
    assert rest == [str(number).encode() for number in range(2_000)]


def test_silence_is_an_empty_answer_and_pings_are_answered() -> None:
    heard = threading.Event()

    def speak(connection: ServerConnection) -> None:
        if connection.ping().wait(5):
            heard.set()
        hold(connection)

    with server(speak) as url, WebSocket.connect(url, also=LOOPBACK) as line:
        while not heard.is_set():
            assert line.receive(0.05) == []


def test_the_end_says_why() -> None:
    with (
        server(lambda connection: connection.close(1013, "try elsewhere")) as url,
        WebSocket.connect(url, also=LOOPBACK) as line,
        pytest.raises(Disconnected, match="1013 try elsewhere"),
    ):
        line.receive(5)


def test_a_refusal_says_its_status_and_its_words() -> None:
    def refuse(connection: ServerConnection, request: Request) -> Response:
        return Response(HTTPStatus.BAD_REQUEST, "Bad Request", Headers([("Content-Length", "14")]), b"cursor too old")

    with (
        server(lambda connection: None, refuse) as url,
        pytest.raises(Disconnected, match="cursor too old") as refused,
    ):
        WebSocket.connect(url, also=LOOPBACK)
    assert refused.value.status == 400


def test_a_message_above_the_limit_ends_it() -> None:
    with (
        server(lambda connection: connection.send("x" * 2_000)) as url,
        WebSocket.connect(url, also=LOOPBACK, max_message=1_000) as line,
        pytest.raises(Disconnected),
    ):
        for _ in range(3):
            line.receive(5)


@pytest.mark.parametrize(
    "url",
    ["ws://127.0.0.1:1/", "wss://127.0.0.1:1/", "ws://example.com/", "http://127.0.0.1/", "wss://a:b@example.com"],
)
def test_private_networks_and_plain_text_abroad_are_not_reached(url: str) -> None:
    with pytest.raises(Forbidden):
        WebSocket.connect(url, resolver=lambda host, port: ["127.0.0.1" if host == "127.0.0.1" else "93.184.215.14"])


def test_nobody_there() -> None:
    with pytest.raises(Disconnected):
        WebSocket.connect("ws://127.0.0.1:1/", also=LOOPBACK)
