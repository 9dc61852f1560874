"""Signed in to the server of the account (its PDS): one session a process, renewed before it ends."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock
from types import TracebackType
from typing import Self

import msgspec

from goodword.connectors.bluesky.account import Account
from goodword.connectors.bluesky.identifiers import is_did
from goodword.connectors.bluesky.points import sign_ins
from goodword.connectors.contract import Refused, Retry
from goodword.connectors.over_http.calls import Answer, Api, Declined, Denied

NETWORK = "Bluesky"
_RENEW_BEFORE = timedelta(minutes=2)
_TOKEN_ENDED = {"ExpiredToken", "InvalidToken", "AuthMissing"}


class _Made(msgspec.Struct, rename="camel"):
    did: str
    handle: str
    access_jwt: str
    refresh_jwt: str


@dataclass(frozen=True, slots=True)
class _Tokens:
    did: str
    handle: str
    access: str = field(repr=False)
    refresh: str = field(repr=False)
    ends: datetime

    @classmethod
    def of(cls, made: _Made) -> Self:
        if not is_did(made.did):
            raise Retry("Bluesky answered with something unexpected: the account has no DID.")
        return cls(made.did, made.handle, made.access_jwt, made.refresh_jwt, _end_of(made.access_jwt))


class _Kept:
    """The sessions of this process, by account; where the password changes, so does the key."""

    def __init__(self) -> None:
        self._tokens: dict[str, _Tokens] = {}
        self._locks: defaultdict[str, Lock] = defaultdict(Lock)  # one an account: a slow server holds up its own alone

    def __repr__(self) -> str:
        return f"{len(self._tokens)} sessions"

    def tokens(self, account: Account, api: Api, now: datetime, *, refused: str = "") -> _Tokens:
        """The tokens of this account, other than those whose access token was `refused`. Raises as `Api` does."""
        key = hashlib.sha256("\0".join((account.service, account.handle, account.password)).encode()).hexdigest()
        with self._locks[key]:
            tokens = self._tokens.get(key)
            if tokens is None or tokens.access == refused or now > tokens.ends - _RENEW_BEFORE:
                tokens = self._tokens[key] = _renewed(tokens, api) or _signed_in(account, api, now)
            return tokens


_kept = _Kept()


class Session:
    """Calls in the account's name. Raises as `Api` does; for one thread at a time."""

    def __init__(self, account: Account, now: Callable[[], datetime]) -> None:
        self._account = account
        self._now = now
        self._api = Api(account.service, network=NETWORK)
        try:
            self._tokens = _kept.tokens(account, self._api, now())
        except BaseException:
            self._api.__exit__(None, None, None)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._api.__exit__(kind, error, at)

    @property
    def did(self) -> str:
        """The account's own identifier."""
        return self._tokens.did

    @property
    def handle(self) -> str:
        """What the account is called."""
        return self._tokens.handle

    def get(self, method: str, query: Sequence[tuple[str, str]] = ()) -> Answer:
        """A query (XRPC)."""
        return self._with_token(lambda headers: self._api.get(f"/xrpc/{method}", query, headers=headers))

    def post(self, method: str, what: object, *, commits: bool = False) -> Answer:
        """A procedure (XRPC) that takes JSON."""
        return self._with_token(
            lambda headers: self._api.post(f"/xrpc/{method}", json=what, headers=headers, commits=commits)
        )

    def upload(self, content: bytes, kind: str) -> Answer:
        """Store a file, which is shown nowhere until a record names it."""
        return self._with_token(
            lambda headers: self._api.post_bytes(
                "/xrpc/com.atproto.repo.uploadBlob", content=content, kind=kind, headers=headers
            )
        )

    def _with_token(self, call: Callable[[dict[str, str]], Answer]) -> Answer:
        """Call, and once more with a new session where the token was at fault."""
        self._tokens = _kept.tokens(self._account, self._api, self._now())
        try:
            return call(_bearer(self._tokens.access))
        except Declined as refusal:
            if not isinstance(refusal, Denied) and refusal.code not in _TOKEN_ENDED:
                raise
        self._tokens = _kept.tokens(self._account, self._api, self._now(), refused=self._tokens.access)
        return call(_bearer(self._tokens.access))


def _renewed(tokens: _Tokens | None, api: Api) -> _Tokens | None:
    """With the refresh token, which costs no sign-in; None where that has ended too."""
    if tokens is None:
        return None
    try:
        made = api.post("/xrpc/com.atproto.server.refreshSession", headers=_bearer(tokens.refresh)).read(_Made)
    except Declined:
        return None
    return _Tokens.of(made)


def _signed_in(account: Account, api: Api, now: datetime) -> _Tokens:
    sign_ins.spend(f"{account.service} {account.handle}", 1, now)
    try:
        made = api.post(
            "/xrpc/com.atproto.server.createSession",
            json={"identifier": account.handle, "password": account.password},
        )
    except Declined as refusal:
        if isinstance(refusal, Denied) or refusal.code == "AuthFactorTokenRequired":
            raise Refused(
                "Bluesky doesn't accept this account and app password. Make a new app password at Bluesky, under"
                " Settings, Privacy and security, App passwords."
            ) from refusal
        raise
    return _Tokens.of(made.read(_Made))


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _end_of(token: str) -> datetime:
    """When a JWT ends, as it says itself: enough to renew it in time. Unreadable: at once."""
    try:
        claims = token.split(".")[1]
        ends = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["exp"]
        return datetime.fromtimestamp(int(ends), UTC)
    except (IndexError, KeyError, TypeError, ValueError, OverflowError, binascii.Error):
        return datetime.fromtimestamp(0, UTC)
