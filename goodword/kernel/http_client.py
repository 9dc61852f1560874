"""Speaks with one origin by HTTP, over connections that are checked and kept open. Plain Python; connectors use it.

Redirects are not followed, since a request may hold a secret. What goes in plain text goes to networks of our own only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import httpcore
import httpx

from goodword.kernel.addresses import Network
from goodword.kernel.checked_connection import CheckedBackend, Deadline, Forbidden, Resolver, resolve, tls


class NotSent(Exception):
    """No connection: the request surely never reached the other side."""


class NoAnswer(Exception):
    """The request may have reached the other side, which didn't answer, or not in HTTP, or with too much."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side said, whole."""

    status: int
    headers: httpx.Headers
    content: bytes


class HttpClient:
    """Requests to one origin, one after the other: not for several threads at once.

    `seconds` bounds each request as a whole, `max_bytes` its answer; `also` names networks that may be reached though
    they are not public.
    """

    def __init__(
        self,
        origin: str,
        *,
        also: Sequence[Network] = (),
        seconds: float = 30,
        max_bytes: int = 10_000_000,
        resolver: Resolver = resolve,
    ) -> None:
        self._origin = checked_origin(origin, {"http", "https"})
        self._seconds = seconds
        self._max_bytes = max_bytes
        self._deadline = Deadline(seconds)
        backend = CheckedBackend(
            deadline=self._deadline, also=also, resolver=resolver, public=self._origin.scheme == "https"
        )
        self._pool = httpcore.ConnectionPool(ssl_context=tls(), network_backend=backend, keepalive_expiry=30, retries=0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close its connections."""
        self._pool.close()

    def ask(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, content: bytes | None = None
    ) -> Answer:
        """One request. Raises `Forbidden`, `NotSent`, `NoAnswer`."""
        target = self._origin.join(path)
        sent = {
            "Host": target.netloc.decode("ascii"),
            "User-Agent": "Goodword",  # unless `headers` name another: some networks want to know more
            "Accept-Encoding": "identity",  # a compressed answer may unfold to any size
            **({"Content-Length": str(len(content))} if content is not None else {}),
            **(headers or {}),
        }
        self._deadline.restart(self._seconds)
        timeouts = dict.fromkeys(("connect", "read", "write", "pool"), self._seconds)
        try:
            with self._pool.stream(
                method, str(target), headers=list(sent.items()), content=content, extensions={"timeout": timeouts}
            ) as response:
                return Answer(response.status, httpx.Headers(response.headers), self._body(response))
        except (httpcore.ConnectError, httpcore.ConnectTimeout, httpcore.PoolTimeout) as error:
            raise NotSent("The other side can't be reached.") from error
        except (httpcore.NetworkError, httpcore.TimeoutException) as error:
            raise NoAnswer("The other side doesn't answer.") from error
        except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
            raise NoAnswer("The other side doesn't speak HTTP.") from error

    def _body(self, response: httpcore.Response) -> bytes:
        content = bytearray()
        for chunk in response.iter_stream():
            content += chunk
            if len(content) > self._max_bytes:
                raise NoAnswer("The other side answers with too much.")
        return bytes(content)


def checked_origin(url: str, schemes: set[str]) -> httpx.URL:
    """The address, if it is one of these schemes and names no user. Raises `Forbidden`."""
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise Forbidden("This is no address.") from error
    if parsed.scheme not in schemes or not parsed.host or parsed.userinfo:
        raise Forbidden(f"An address begins with {' or '.join(sorted(f'{each}://' for each in schemes))} and a host.")
    return parsed
