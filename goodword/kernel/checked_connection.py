"""Connections to addresses that were checked, so that nobody who names one is led where only we can go (SSRF).

A name is resolved once, every address it stands for is checked, and the connection goes to an address that was
checked: nothing can change in between. Plain Python.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import cache

import httpcore

from goodword.kernel.addresses import Network, is_public, is_within

Resolver = Callable[[str, int], Sequence[str]]
SocketOptions = Iterable[tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]]


class Forbidden(Exception):
    """The address is none that may be reached; trying again won't help."""


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a name, as the system tells them. Raises `OSError`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@cache
def tls() -> ssl.SSLContext:
    """Checks certificates by the system's authorities, which take a while to read."""
    return ssl.create_default_context()


class Deadline:
    """A moment until which everything must be done; it can be set anew for the next thing."""

    def __init__(self, seconds: float) -> None:
        self.restart(seconds)

    def restart(self, seconds: float) -> None:
        """From now on, so many seconds."""
        self._at = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds. Raises `httpcore.ReadTimeout` when it has passed."""
        left = self._at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time is over")
        return left


class CheckedBackend(httpcore.NetworkBackend):
    """Opens connections to checked addresses only: of the public internet if `public`, and of the networks `also`."""

    def __init__(
        self, *, deadline: Deadline, also: Sequence[Network] = (), resolver: Resolver = resolve, public: bool = True
    ) -> None:
        self._deadline = deadline
        self._also = also
        self._resolver = resolver
        self._public = public
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions | None = None,
    ) -> httpcore.NetworkStream:
        """As `httpcore` calls it. Raises `Forbidden`, `httpcore.ConnectError`, `httpcore.ConnectTimeout`."""
        try:
            addresses = self._resolver(host, port)
        except (OSError, UnicodeError) as error:  # the latter for names that can't be one
            raise httpcore.ConnectError(str(error)) from error
        if not addresses or not all(self._may_reach(address) for address in addresses):
            raise Forbidden(f"{host} is not an address {'on the public internet' if self._public else 'of our own'}.")
        stream = self._first_that_answers(addresses, port, local_address, socket_options)
        return _DeadlineStream(stream, self._deadline)

    def _first_that_answers(
        self, addresses: Sequence[str], port: int, local_address: str | None, socket_options: SocketOptions | None
    ) -> httpcore.NetworkStream:
        """One address of several may be of a network that this machine has no way to."""
        for address in addresses[:-1]:
            with suppress(httpcore.ConnectError):
                return self._connect(address, port, local_address, socket_options)
        return self._connect(addresses[-1], port, local_address, socket_options)

    def _connect(
        self, address: str, port: int, local_address: str | None, socket_options: SocketOptions | None
    ) -> httpcore.NetworkStream:
        return self._plain.connect_tcp(address, port, self._deadline.left(), local_address, socket_options)

    def _may_reach(self, address: str) -> bool:
        return (self._public and is_public(address)) or is_within(address, self._also)


class _DeadlineStream(httpcore.NetworkStream):
    """A connection on which nothing waits beyond the deadline, however often a byte drips in."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        return _DeadlineStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)
