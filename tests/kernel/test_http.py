from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodword.kernel.http import FetchFailed, Forbidden, Limits, fetch

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)
OPEN = Limits(max_bytes=10_000, seconds=2, also=LOOPBACK)


@contextmanager
def server(answer: Callable[[socket.socket, bytes], None]) -> Iterator[str]:
    """A real server on the loopback that lets `answer` speak after each request; yields its address."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _peer = listening.accept()
            except OSError:
                return
            with connection:
                try:
                    answer(connection, connection.recv(65536))
                except OSError:
                    continue  # the client had enough

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()


def saying(body: bytes, *, status: str = "200 OK", headers: str = "") -> Callable[[socket.socket, bytes], None]:
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{headers}\r\n".encode()
    return lambda connection, _request: connection.sendall(head + body)


def test_what_is_there_comes_whole() -> None:
    with server(saying(b"cat", headers="Content-Type: image/png\r\n")) as url:
        fetched = fetch(f"{url}/cat.png?a=b", limits=OPEN)
    assert (fetched.content, fetched.content_type, fetched.url) == (b"cat", "image/png", f"{url}/cat.png?a=b")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://0.0.0.0/",
        "http://10.1.2.3/",
        "http://169.254.169.254/latest/meta-data/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://100.64.0.1/",
        "http://224.0.0.1/",
    ],
)
def test_addresses_that_are_not_public_are_not_reached(url: str) -> None:
    with pytest.raises(Forbidden):
        fetch(url, limits=Limits(max_bytes=10, seconds=2))


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "gopher://x/",
        "//x/",
        "x",
        "",
        "http://",
        "http://a:b@example.com/",
        "http://x\r\n.example/",
    ],
)
def test_what_is_no_web_address_is_not_fetched(url: str) -> None:
    with pytest.raises(Forbidden):
        fetch(url, limits=OPEN)


def test_a_name_with_one_private_address_among_public_ones_is_not_reached() -> None:
    limits = Limits(max_bytes=10, seconds=2, resolver=lambda host, port: ["93.184.216.34", "10.0.0.1"])
    with pytest.raises(Forbidden):
        fetch("http://mixed.example/", limits=limits)


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    """A name that answers differently when asked again (DNS rebinding) is asked only once."""
    asked: list[str] = []

    def rebinding(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    with server(saying(b"checked")) as url:
        port = url.rpartition(":")[2]
        limits = Limits(max_bytes=10, seconds=2, also=(ipaddress.ip_network("127.0.0.1/32"),), resolver=rebinding)
        assert fetch(f"http://rebind.example:{port}/", limits=limits).content == b"checked"
    assert asked == ["rebind.example"]


def test_the_next_address_is_tried_where_nobody_answers() -> None:
    also = (ipaddress.ip_network("127.0.0.0/8"),)
    with server(saying(b"here")) as url:
        port = url.rpartition(":")[2]
        limits = Limits(max_bytes=10, seconds=5, also=also, resolver=lambda host, port: ["127.9.9.9", "127.0.0.1"])
        assert fetch(f"http://two.example:{port}/", limits=limits).content == b"here"


def test_a_redirect_is_checked_like_the_first_address() -> None:
    def resolver(host: str, port: int) -> Sequence[str]:
        return ["127.0.0.1"] if host == "outside.example" else ["127.0.0.2"]

    limits = Limits(max_bytes=99, seconds=2, also=(ipaddress.ip_network("127.0.0.1/32"),), resolver=resolver)
    with server(saying(b"", status="302 Found", headers="Location: http://inside.example/\r\n")) as url:
        port = url.rpartition(":")[2]
        with pytest.raises(Forbidden):
            fetch(f"http://outside.example:{port}/", limits=limits)
    with (
        server(saying(b"", status="302 Found", headers="Location: file:///etc/passwd\r\n")) as url,
        pytest.raises(Forbidden),
    ):
        fetch(url, limits=OPEN)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_redirects_are_followed_and_carry_no_token_to_another_host_or_port(host: str) -> None:
    seen: list[bytes] = []

    def target(connection: socket.socket, request: bytes) -> None:
        seen.append(request)
        saying(b"there")(connection, request)

    with server(target) as there:
        other = there.replace("127.0.0.1", host)
        with server(saying(b"", status="301 Moved", headers=f"Location: {other}/x\r\n")) as here:
            assert fetch(here, limits=OPEN, headers={"Authorization": "Bearer secret"}).content == b"there"
        assert fetch(there, limits=OPEN, headers={"Authorization": "Bearer secret"}).content == b"there"
    assert [b"secret" in request for request in seen] == [False, True]


def test_redirects_in_a_circle_end() -> None:
    with server(saying(b"", status="302 Found", headers="Location: /again\r\n")) as url, pytest.raises(FetchFailed):
        fetch(url, limits=OPEN)


@pytest.mark.parametrize(
    "location", ["http://[", "http://" + "a" * 70 + ".example/", "http:///x", "\\\\x", "ht tp://x"]
)
def test_a_redirect_to_nonsense_is_refused(location: str) -> None:
    answer = saying(b"", status="302 Found", headers=f"Location: {location}\r\n")
    with server(answer) as url, pytest.raises((Forbidden, FetchFailed)):
        fetch(url, limits=OPEN)


@settings(deadline=None)
@given(st.text(max_size=40) | st.text(max_size=30).map("http://{}".format))
def test_no_address_breaks_it(url: str) -> None:
    limits = Limits(max_bytes=1, seconds=1, resolver=lambda host, port: ["10.0.0.1"])
    with pytest.raises((Forbidden, FetchFailed)):
        fetch(url, limits=limits)


def test_size_is_bounded_whether_announced_or_not() -> None:
    def endless(connection: socket.socket, _request: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"x" * 4096)

    for answer in (saying(b"x" * 10_001), endless):
        with server(answer) as url, pytest.raises(FetchFailed) as failed:
            fetch(url, limits=OPEN)
        assert not failed.value.worth_trying_again
    with server(saying(b"x" * 10_000)) as url:
        assert len(fetch(url, limits=OPEN).content) == 10_000


@pytest.mark.parametrize("start", [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: "])
def test_time_is_bounded_however_slowly_the_other_side_speaks(start: bytes) -> None:
    over = threading.Event()

    def dripping(connection: socket.socket, _request: bytes) -> None:
        connection.sendall(start)
        while not over.is_set():
            connection.sendall(b"x")
            time.sleep(0.05)

    with server(dripping) as url:
        with pytest.raises(FetchFailed) as failed:
            fetch(url, limits=Limits(max_bytes=10_000, seconds=0.5, also=LOOPBACK))
        over.set()
    assert failed.value.worth_trying_again


def test_an_unasked_for_compression_is_refused() -> None:
    with server(saying(b"\x1f\x8b", headers="Content-Encoding: gzip\r\n")) as url, pytest.raises(FetchFailed):
        fetch(url, limits=OPEN)


@pytest.mark.parametrize(("status", "passing"), [("404 Not Found", False), ("503 Busy", True), ("429 Slow", True)])
def test_a_failure_says_whether_to_try_again(status: str, passing: bool) -> None:
    with server(saying(b"", status=status)) as url, pytest.raises(FetchFailed) as failed:
        fetch(url, limits=OPEN)
    assert failed.value.worth_trying_again is passing


def test_nobody_there_and_nonsense_are_failures() -> None:
    with server(saying(b"")) as url:
        pass
    with pytest.raises(FetchFailed) as failed:
        fetch(url, limits=OPEN)
    assert failed.value.worth_trying_again
    with server(lambda connection, _request: connection.sendall(b"SSH-2.0\r\n\r\n")) as url, pytest.raises(FetchFailed):
        fetch(url, limits=OPEN)
    with pytest.raises(FetchFailed):
        fetch("http://unknown.example/", limits=Limits(max_bytes=1, seconds=1, resolver=_unknown))


def _unknown(host: str, port: int) -> Sequence[str]:
    raise socket.gaierror(socket.EAI_NONAME, "unknown")
