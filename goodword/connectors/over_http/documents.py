"""Documents on the web that are looked at again and again: asked for only if they changed, as seldom as they wish.

Redirects are followed, each address checked anew; what is sent along (a token) stays with the origin it was meant for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx

from goodword.connectors.contract import Refused, Retry
from goodword.connectors.over_http.waiting import LONGEST, wait_of
from goodword.connectors.reach import web_networks
from goodword.kernel.checked_connection import Forbidden
from goodword.kernel.http_client import Answer, HttpClient, NoAnswer, NotSent

_MOST_HOPS = 5
_MOST_BYTES = 5_000_000
_SOON = timedelta(minutes=1)
_LATER = timedelta(minutes=10)
_MUCH_LATER = timedelta(hours=1)  # nothing that mends itself in minutes
_ELSEWHERE = {301, 302, 303, 307, 308}
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Look:
    """What was found at an address. `seen` is handed in again at the next look (RFC 9110, conditional requests)."""

    address: str  # after redirects
    content: bytes | None = field(repr=False)  # None: as it was
    headers: httpx.Headers = field(repr=False)
    seen: Mapping[str, str] = field(default_factory=dict)  # JSON

    @property
    def kind(self) -> str:
        """Its content type, in lower case and without parameters."""
        return str(self.headers.get("content-type", "")).partition(";")[0].strip().lower()


def look(
    address: str, *, name: str, seen: Mapping[str, str], accept: str, secrets: Mapping[str, str] | None = None
) -> Look:
    """Ask once, unless it is as it was. `name` is what people call it; `secrets` are headers for its own origin.

    Raises `Refused` (gone for good, or no address that may be reached) and `Retry` with its own waiting time.
    """
    asked = {"Accept": accept, **_conditions(seen)}
    own, here = _url(address, name), _url(address, name)
    for _hop in range(_MOST_HOPS + 1):
        told = _ask(here, name, asked | dict((secrets or {}) if _origin(here) == _origin(own) else {}))
        if told.status == HTTPStatus.NOT_MODIFIED:
            return Look(str(here), None, told.headers, seen)
        if told.status == HTTPStatus.OK:
            return Look(str(here), told.content, told.headers, _seen(told.headers))
        if told.status not in _ELSEWHERE or not told.headers.get("location"):
            raise _no(name, told)
        try:
            here = here.join(told.headers["location"])
        except httpx.InvalidURL as error:
            raise Retry(f"{name} sends us to something that is no address.", after=_MUCH_LATER) from error
    raise Retry(f"{name} sends us from one address to the next without end.", after=_MUCH_LATER)


def fresh_for(headers: Mapping[str, str]) -> timedelta | None:
    """How long it stays as it is, as it says itself (RFC 9111); None where it doesn't say."""
    if found := _MAX_AGE.search(headers.get("cache-control", "")):
        return min(timedelta(seconds=int(found[1])), LONGEST)
    expires, date = _moment(headers.get("expires", "")), _moment(headers.get("date", ""))
    if expires is None:
        return None
    return min(max(expires - (date or datetime.now(UTC)), timedelta()), LONGEST)


def _url(address: str, name: str) -> httpx.URL:
    try:
        return httpx.URL(address if "://" in address else f"https://{address}")
    except httpx.InvalidURL as error:
        raise Refused(f"The address of {name} is none.") from error


def _ask(url: httpx.URL, name: str, headers: Mapping[str, str]) -> Answer:
    try:
        with HttpClient(str(url), also=web_networks(), max_bytes=_MOST_BYTES) as client:
            return client.ask("GET", url.raw_path.decode("ascii"), headers=headers)
    except Forbidden as error:
        raise Refused(
            f"{error} Addresses of others begin with https://. Whoever runs this installation can allow a network"
            " of its own by GOODWORD_ALSO_FETCH_FROM, e.g. 192.168.0.0/16, or 127.0.0.0/8 for this machine.",
            perhaps_passing=True,
        ) from error
    except NotSent as error:
        raise Retry(f"{name} can't be reached.", after=_SOON) from error
    except NoAnswer as error:
        raise Retry(f"{name}: {error}", after=_SOON) from error


def _no(name: str, told: Answer) -> Refused | Retry:
    match told.status:
        case HTTPStatus.GONE:
            return Refused(f"{name} is gone for good (410). Take out this source, or enter where it went.")
        case HTTPStatus.UNAUTHORIZED:
            return Refused(f"{name} wants to know who asks (401).")
        case HTTPStatus.TOO_MANY_REQUESTS | HTTPStatus.SERVICE_UNAVAILABLE:
            wait = wait_of(told.headers, otherwise=_LATER)
            return Retry(f"{name} asks us to wait ({told.status}).", after=wait)
        case status if status >= 500:
            return Retry(f"{name} has trouble of its own ({status}).", after=wait_of(told.headers, otherwise=_SOON))
    wait = wait_of(told.headers, otherwise=_MUCH_LATER)
    return Retry(f"{name} can't be had ({told.status}). Is the address right?", after=wait)


def _conditions(seen: Mapping[str, str]) -> dict[str, str]:
    names = {"etag": "If-None-Match", "last_modified": "If-Modified-Since"}
    return {header: seen[name] for name, header in names.items() if seen.get(name)}


def _seen(headers: httpx.Headers) -> dict[str, str]:
    found = {"etag": headers.get("etag", ""), "last_modified": headers.get("last-modified", "")}
    return {name: value for name, value in found.items() if value.isascii() and value.isprintable() and value}


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
    return moment if moment.tzinfo is not None else None
