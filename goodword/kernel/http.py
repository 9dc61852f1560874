"""Fetch an address that a stranger named, without being sent where only we can go (SSRF).

Every connection goes to an address that was checked (`checked_connection`). Each redirect is a new address and is
checked like the first. Size and time are bounded as a whole, however slowly the other side speaks. Plain Python;
connectors may use it too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

import httpcore
import httpx

from goodword.kernel.addresses import Network
from goodword.kernel.checked_connection import CheckedBackend, Deadline, Forbidden, Resolver, resolve, tls

__all__ = ["FetchFailed", "Fetched", "Forbidden", "Limits", "fetch"]

_REDIRECTS = {301, 302, 303, 307, 308}
_MAX_REDIRECTS = 5


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
    first = _origin(_checked(url))
    backend = CheckedBackend(deadline=Deadline(limits.seconds), also=limits.also, resolver=limits.resolver)
    pool = httpcore.ConnectionPool(ssl_context=tls(), network_backend=backend, retries=0)
    with pool:
        for _hop in range(_MAX_REDIRECTS + 1):
            target = _checked(url)
            own = headers if headers and _origin(target) == first else {}
            answer = _get(pool, target, own, limits)
            if isinstance(answer, Fetched):
                return answer
            url = _joined(url, answer)
    raise FetchFailed("The address redirects too often.", worth_trying_again=False)


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
