"""Signed in with the network: a token that is renewed in time, and the pace that it asks for.

https://github.com/reddit-archive/reddit/wiki/OAuth2 and /wiki/API.
"""

from __future__ import annotations

import base64
import random
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self

import httpx
import msgspec

from goodword.connectors.contract import Quota, Refused, Retry
from goodword.connectors.over_http.calls import Answer, Api, Refusal
from goodword.connectors.reddit.place import NETWORK, Place

_AGENT = "web:goodword:1 (listens for a brand)"  # names of libraries are slowed down there
_RENEW_BEFORE = 120.0  # seconds
_LONGEST_WAIT = timedelta(minutes=15)
_WAIT = timedelta(minutes=1)


class _Token(msgspec.Struct):
    access_token: str
    expires_in: float = 3600


class Session:
    """Calls as the application, or as the account that answers. Not for several threads at once.

    Everything raises `Refused` and `Retry`, and `post` also `Uncertain`.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self._api: Api | None = None
        self._until = 0.0
        self._reset_at: datetime | None = None
        self.quota: Quota | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._api:
            self._api.__exit__(kind, error, at)

    def sign_in(self) -> None:
        """At once, instead of with the first call."""
        self._signed_in()

    def get(self, path: str, query: Sequence[tuple[str, str]] = ()) -> Answer:
        """GET, once there is something left of the limit."""
        self._wait_for_limit()
        answer = self._signed_in().get(path, [("raw_json", "1"), *query])
        self._note(answer.headers)
        return answer

    def post(self, path: str, form: Mapping[str, str]) -> Answer:
        """POST that changes something there."""
        self._wait_for_limit()
        answer = self._signed_in().post_form(path, form={"api_type": "json", "raw_json": "1", **form}, commits=True)
        self._note(answer.headers)
        return answer

    def _signed_in(self) -> Api:
        if self._api is None or time.monotonic() > self._until:
            token = _ask_for_token(self._place)
            if self._api:
                self._api.__exit__(None, None, None)
            headers = {"Authorization": f"Bearer {token.access_token}", "User-Agent": _AGENT}
            self._api = Api(self._place.api, network=NETWORK, headers=headers, read_no=_read_no)
            self._until = time.monotonic() + max(token.expires_in - _RENEW_BEFORE, 1)
        return self._api

    def _wait_for_limit(self) -> None:
        if self.quota and self.quota.left < 1 and self._reset_at and self._reset_at > datetime.now(UTC):
            raise Retry(f"{NETWORK} asks us to wait: its limit is reached.", after=self._reset_at - datetime.now(UTC))

    def _note(self, headers: httpx.Headers) -> None:
        """Used and remaining requests may be fractions; the reset is in seconds from now."""
        left, used, reset = (_number(headers.get(f"x-ratelimit-{name}", "")) for name in ("remaining", "used", "reset"))
        if left is not None and used is not None:
            self._reset_at = datetime.now(UTC) + timedelta(seconds=reset or 60)
            self.quota = Quota("requests", int(left), int(left) + int(used), self._reset_at)


def _ask_for_token(place: Place) -> _Token:
    """Raises `Refused` (unknown application, wrong password) and `Retry`."""
    pair = base64.b64encode(f"{place.client_id}:{place.client_secret}".encode()).decode()
    headers = {"Authorization": f"Basic {pair}", "User-Agent": _AGENT}
    form = {"grant_type": "client_credentials"}
    if place.username:
        form = {"grant_type": "password", "username": place.username, "password": place.password}
    with Api(place.sign_in, network=NETWORK, headers=headers, read_no=_read_no_token) as api:
        answer = api.post_form("/api/v1/access_token", form=form)
    if b'"error"' in answer.content:  # said with 200
        raise _wrong_keys()
    return answer.read(_Token)


def _wrong_keys() -> Refused:
    return Refused(f"{NETWORK} doesn't know this application, or not with this account and password.")


def _read_no_token(status: int, headers: httpx.Headers, content: bytes) -> Refusal | None:
    return _wrong_keys() if status in {400, 401} else _read_no(status, headers, content)


def _read_no(status: int, headers: httpx.Headers, content: bytes) -> Refusal | None:
    if status == 401:
        return Retry(f"{NETWORK} wants us to sign in again.", after=timedelta(seconds=5))
    if status == 429:
        told = _number(headers.get("retry-after", "")) or _number(headers.get("x-ratelimit-reset", ""))
        wait = _WAIT if told is None else min(timedelta(seconds=max(told, 1)), _LONGEST_WAIT)
        jittered = wait * random.uniform(1, 1.2)  # noqa: S311  # no secret
        return Retry(f"{NETWORK} asks us to wait (429).", after=jittered)
    return None


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 <= number < 10**6 else None
