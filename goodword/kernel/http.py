"""Fetch an address that a stranger named, without being sent where only we can go (SSRF).

A name is resolved once, every address it stands for is checked, and the connection goes to an address that was
checked: nothing can change in between. Each redirect is a new address and is checked like the first. Size and time are
bounded as a whole, however slowly the other side speaks. Plain Python; connectors may use it too.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urljoin

import httpcore
import httpx

from goodword.kernel.addresses import Network, is_public, is_within

Resolver = Callable[[str, int], Sequence[str]]
SocketOptions = Iterable[tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]]

_REDIRECTS = {301, 302, 303, 307, 308}
_MAX_REDIRECTS = 5


class Forbidden(Exception):
    """The address is none that may be fetched; trying again won't help."""


class FetchFailed(Exception):
    """It could not be fetched. `worth_trying_again`: perhaps it can be later."""

    def __init__(self, reason: str, *, worth_trying_again: bool) -> None:
        super().__init__(reason)
        self.worth_trying_again = worth_trying_again


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came, whole."""

    content: bytes
    content_type: str
    url: str  # after redirects


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a name, as the system tells them. Raises `OSError`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one fetch. `also` names networks that may be reached though they are not public: a brand's own."""

    max_bytes: int
    seconds: float
    also: tuple[Network, ...] = ()
    resolver: Resolver = field(default=resolve)


def fetch(url: str, *, limits: Limits, headers: Mapping[str, str] | None = None) -> Fetched:
    """GET `url`. Raises `Forbidden`, `FetchFailed`.

    `headers` go to the first origin alone, since they may hold a token that a redirect must not carry away.
    """
    deadline = time.monotonic() + limits.seconds
    first = _origin(_checked(url))
    pool = httpcore.ConnectionPool(ssl_context=_tls(), network_backend=_CheckingBackend(limits, deadline), retries=0)
    with pool:
        for _hop in range(_MAX_REDIRECTS + 1):
            target = _checked(url)
            own = headers if headers and _origin(target) == first else {}
            answer = _get(pool, target, own, limits)
            if isinstance(answer, Fetched):
                return answer
            url = _joined(url, answer)
    raise FetchFailed("The address redirects too often.", worth_trying_again=False)


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()  # reads all certificate authorities, which takes a while


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise Forbidden("It redirects to what is no address.") from error


def _checked(url: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise Forbidden("This is no address.") from error
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise Forbidden("Only http and https addresses are fetched.")
    if parsed.userinfo:
        raise Forbidden("An address with a name and password in it is not fetched.")
    return parsed


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _get(pool: httpcore.ConnectionPool, url: httpx.URL, headers: Mapping[str, str], limits: Limits) -> Fetched | str:
    """What is there, or the address it redirects to."""
    sent = [
        ("Host", url.netloc.decode("ascii")),
        ("User-Agent", "Goodword"),
        ("Accept", "*/*"),
        ("Accept-Encoding", "identity"),  # a compressed answer may unfold to any size
        ("Connection", "close"),
        *headers.items(),
    ]
    timeouts = dict.fromkeys(("connect", "read", "write", "pool"), limits.seconds)
    try:
        with pool.stream("GET", str(url), headers=sent, extensions={"timeout": timeouts}) as response:
            told = httpx.Headers(response.headers)
            if response.status in _REDIRECTS and "location" in told:
                return told["location"]
            if response.status != 200:
                # The other side's trouble passes; a "no" stays one.
                passing = response.status >= 500 or response.status in {408, 425, 429}
                raise FetchFailed(f"The other side answered {response.status}.", worth_trying_again=passing)
            return Fetched(_body(response, told, limits), told.get("content-type", ""), str(url))
    except (httpcore.NetworkError, httpcore.TimeoutException) as error:
        raise FetchFailed("The other side doesn't answer.", worth_trying_again=True) from error
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        raise FetchFailed("The other side doesn't speak HTTP.", worth_trying_again=False) from error


def _body(response: httpcore.Response, told: httpx.Headers, limits: Limits) -> bytes:
    if told.get("content-encoding", "identity") != "identity":
        raise FetchFailed("The other side compresses what it was asked not to.", worth_trying_again=False)
    announced = told.get("content-length", "")
    if announced.isdecimal() and int(announced) > limits.max_bytes:
        raise FetchFailed("The file is too large.", worth_trying_again=False)
    content = bytearray()
    for chunk in response.iter_stream():
        content += chunk
        if len(content) > limits.max_bytes:
            raise FetchFailed("The file is too large.", worth_trying_again=False)
    return bytes(content)


class _CheckingBackend(httpcore.NetworkBackend):
    """Opens connections to checked addresses only, and closes the whole fetch at its deadline."""

    def __init__(self, limits: Limits, deadline: float) -> None:
        self._limits = limits
        self._deadline = deadline
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions | None = None,
    ) -> httpcore.NetworkStream:
        try:
            addresses = self._limits.resolver(host, port)
        except (OSError, UnicodeError) as error:  # the latter for names that can't be one
            raise httpcore.ConnectError(str(error)) from error
        if not addresses or not all(self._may_reach(address) for address in addresses):
            raise Forbidden(f"{host} is not an address on the public internet.")
        return _DeadlineStream(self._first_that_answers(addresses, port, local_address, socket_options), self._deadline)

    def _first_that_answers(
        self, addresses: Sequence[str], port: int, local_address: str | None, socket_options: SocketOptions | None
    ) -> httpcore.NetworkStream:
        """One address of several may be of a network that this machine has no way to."""
        for address in addresses[:-1]:
            with suppress(httpcore.ConnectError):
                return self._plain.connect_tcp(address, port, _until(self._deadline), local_address, socket_options)
        return self._plain.connect_tcp(addresses[-1], port, _until(self._deadline), local_address, socket_options)

    def _may_reach(self, address: str) -> bool:
        return is_public(address) or is_within(address, self._limits.also)


class _DeadlineStream(httpcore.NetworkStream):
    """A connection on which nothing waits beyond the deadline, however often a byte drips in."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _until(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _until(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._stream.start_tls(ssl_context, server_hostname, _until(self._deadline))
        return _DeadlineStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def _until(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time for this fetch is over")
    return left
