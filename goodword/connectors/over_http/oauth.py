"""OAuth 2 as a client speaks it (RFC 6749, 7636): shared, since every server answers alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import msgspec

from goodword.connectors.authorizing import Attempt
from goodword.connectors.contract import Refused
from goodword.connectors.over_http.calls import Api

_SOONEST = timedelta(minutes=15)  # before a token ends it is renewed, or at two thirds of its life


class Tokens(msgspec.Struct, frozen=True):
    """The answer of a token endpoint (RFC 6749, 5.1)."""

    access_token: str
    token_type: str = "Bearer"  # noqa: S105  # its type
    refresh_token: str = ""
    expires_in: int | None = None


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept beside a token, in one secret setting, so that it can be renewed."""

    of: str  # the token that it belongs to: another one, typed since, is left alone
    client_id: str
    client_secret: str
    refresh_token: str = ""
    renew_at: datetime | None = None

    def sealed(self) -> str:
        """As the value of a setting."""
        return msgspec.json.encode(self).decode()


def address_of(base: str, *, client_id: str, scopes: Sequence[str], attempt: Attempt) -> str:
    """Where the person is asked (RFC 6749, 4.1.1; RFC 7636, 4.3)."""
    asked = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": attempt.redirect_uri,
        "scope": " ".join(scopes),
        "state": attempt.state,
        "code_challenge": attempt.challenge,
        "code_challenge_method": "S256",
    }
    return f"{base}?{urlencode(asked)}"


def code_of(query: Mapping[str, str], *, network: str) -> str:
    """The code that the network sent the browser back with. Raises `Refused` where it said no."""
    if error := query.get("error"):
        said = " ".join((query.get("error_description") or error).split())[:200]
        raise Refused(f"{network} didn't let us in: {said}")
    if not (code := query.get("code")):
        raise Refused(f"{network} sent you back without a code: sign in again.")
    return code


def exchange(
    api: Api, path: str, *, code: str, client_id: str, client_secret: str, attempt: Attempt, now: datetime
) -> tuple[str, Grant]:
    """The token for a code (RFC 6749, 4.1.3). Raises `Refused` and `Retry`."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": attempt.redirect_uri,
        "code_verifier": attempt.verifier,
    }
    return _asked(api, path, form, client_id, client_secret, "", now)


def renewed(api: Api, path: str, grant: Grant, *, now: datetime) -> tuple[str, Grant]:
    """Another token for the refresh token (RFC 6749, 6), and the new grant. Raises `Refused` and `Retry`."""
    form = {"grant_type": "refresh_token", "refresh_token": grant.refresh_token}
    return _asked(api, path, form, grant.client_id, grant.client_secret, grant.refresh_token, now)


def due_grant(sealed: str, *, token: str, now: datetime) -> Grant | None:
    """The grant, where it belongs to this token and has to be renewed now."""
    try:
        grant = msgspec.json.decode(sealed, type=Grant)
    except msgspec.DecodeError:
        return None
    is_due = grant.renew_at is not None and grant.renew_at <= now and bool(grant.refresh_token)
    return grant if is_due and grant.of == token else None


def _asked(
    api: Api, path: str, form: Mapping[str, str], client_id: str, client_secret: str, refresh: str, now: datetime
) -> tuple[str, Grant]:
    client = {"client_id": client_id, "client_secret": client_secret}
    tokens = api.post_form(path, form={**form, **client}).read(Tokens)
    if tokens.token_type.lower() != "bearer" or not tokens.access_token:
        raise Refused("The network gave a token of a kind that we can't use.")
    grant = Grant(
        of=tokens.access_token,
        client_id=client_id,
        client_secret=client_secret,
        refresh_token=tokens.refresh_token or refresh,
        renew_at=_renew_at(tokens.expires_in, now),
    )
    return tokens.access_token, grant


def _renew_at(expires_in: int | None, now: datetime) -> datetime | None:
    if expires_in is None or not 0 < expires_in < 10**9:
        return None
    life = timedelta(seconds=expires_in)
    return now.astimezone(UTC) + max(life * 2 / 3, life - _SOONEST)
