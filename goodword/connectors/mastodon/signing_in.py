"""Signing in on an instance (https://docs.joinmastodon.org/methods/oauth/): an application of our own, then a code.

Mastodon's tokens don't end; those of other servers that speak its API do, and are renewed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec

from goodword.connectors.authorizing import Attempt, Departure
from goodword.connectors.contract import Settings
from goodword.connectors.mastodon.place import NETWORK, origin_of
from goodword.connectors.over_http import oauth
from goodword.connectors.over_http.calls import Api

SCOPES = (
    *("read:accounts", "read:notifications", "read:search", "read:statuses"),
    *("write:media", "write:statuses"),
)
_TOKEN = "/oauth/token"  # noqa: S105  # a path


class _Application(msgspec.Struct):
    client_id: str
    client_secret: str


def depart(settings: Settings, attempt: Attempt) -> Departure:
    """Raises `Refused` and `Retry`."""
    instance = origin_of(settings)
    asked = {"client_name": "Goodword", "redirect_uris": attempt.redirect_uri, "scopes": " ".join(SCOPES)}
    with Api(instance, network=NETWORK) as api:
        made = api.post("/api/v1/apps", json=asked).read(_Application)
    address = oauth.address_of(f"{instance}/oauth/authorize", client_id=made.client_id, scopes=SCOPES, attempt=attempt)
    return Departure(address, {"client_id": made.client_id, "client_secret": made.client_secret})


def arrive(
    settings: Settings, attempt: Attempt, kept: Mapping[str, str], query: Mapping[str, str]
) -> Mapping[str, str]:
    """Raises `Refused` and `Retry`."""
    code = oauth.code_of(query, network=NETWORK)
    with Api(origin_of(settings), network=NETWORK) as api:
        token, grant = oauth.exchange(
            api,
            _TOKEN,
            code=code,
            client_id=kept["client_id"],
            client_secret=kept["client_secret"],
            attempt=attempt,
            now=datetime.now(UTC),
        )
    return {"token": token, "grant": grant.sealed()}


def renew(settings: Settings, now: datetime) -> Mapping[str, str] | None:
    """Raises `Refused` and `Retry`."""
    grant = oauth.due_grant(str(settings.get("grant") or ""), token=str(settings.get("token") or ""), now=now)
    if grant is None:
        return None
    with Api(origin_of(settings), network=NETWORK) as api:
        token, grant = oauth.renewed(api, _TOKEN, grant, now=now)
    return {"token": token, "grant": grant.sealed()}
