from __future__ import annotations

import ipaddress
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from goodword.kernel.checked_connection import Forbidden
from goodword.kernel.http_client import HttpClient, NoAnswer, NotSent

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)


class Door(BaseHTTPRequestHandler):
    """Says back what it was told, and where from."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/silence":
            self.close_connection = True
            return
        if self.path == "/elsewhere":
            self.send_response(307)
            self.send_header("Location", "http://example.com/")
        else:
            self.send_response(201)
        self.send_header("X-Port", str(self.client_address[1]))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def origin() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_two_requests_take_one_connection(origin: str) -> None:
    with HttpClient(origin, also=LOOPBACK) as client:
        answers = [client.ask("POST", "/a", content=b"one"), client.ask("POST", "/b", content=b"two")]
    assert [(answer.status, answer.content) for answer in answers] == [(201, b"one"), (201, b"two")]
    assert len({answer.headers["x-port"] for answer in answers}) == 1


def test_a_redirect_is_an_answer(origin: str) -> None:
    with HttpClient(origin, also=LOOPBACK) as client:
        assert client.ask("POST", "/elsewhere", content=b"secret").status == 307


def test_no_answer_is_not_the_same_as_not_sent(origin: str) -> None:
    with HttpClient(origin, also=LOOPBACK) as client, pytest.raises(NoAnswer):
        client.ask("POST", "/silence", content=b"x")
    with HttpClient("http://127.0.0.1:1", also=LOOPBACK) as client, pytest.raises(NotSent):
        client.ask("POST", "/a", content=b"x")


def test_an_answer_above_the_limit_is_none(origin: str) -> None:
    with HttpClient(origin, also=LOOPBACK, max_bytes=10) as client, pytest.raises(NoAnswer, match="too much"):
        client.ask("POST", "/a", content=b"x" * 11)


def test_private_networks_and_plain_text_abroad_are_not_reached(origin: str) -> None:
    with HttpClient(origin) as client, pytest.raises(Forbidden):
        client.ask("POST", "/a", content=b"x")
    with (
        HttpClient("http://example.com", also=LOOPBACK, resolver=lambda host, port: ["93.184.215.14"]) as client,
        pytest.raises(Forbidden),
    ):
        client.ask("POST", "/a", content=b"x")
    for address in ("ftp://example.com", "https://a:b@example.com", "https://", "no address"):
        with pytest.raises(Forbidden):
            HttpClient(address)
