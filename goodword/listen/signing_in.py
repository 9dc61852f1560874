"""Signing in at a network, from the departure of a person's browser to its return."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from goodword.connectors.authorizing import Attempt, Authorizes
from goodword.connectors.contract import Connector, Refused
from goodword.kernel.seal import SealBroken, seal, unseal

GOOD_FOR = timedelta(minutes=15)  # enough to find one's password there
_MOST_UNDER_WAY = 3  # of one browser


class SignInLost(Refused):
    """The return belongs to no attempt of this browser, or to one that is too old, or to another network."""

    def __init__(self) -> None:
        super().__init__(_("This sign-in wasn't begun here, or too long ago: begin again."))


@dataclass(frozen=True, slots=True)
class SignIn:
    """One attempt that is under way: what the person typed, and what only we know."""

    key: str  # of the connector
    name: str  # of the source
    settings: Mapping[str, str] = field(repr=False)
    attempt: Attempt
    kept: Mapping[str, str] = field(repr=False)
    at: datetime
    source_id: int | None  # that exists already


def place_of(connector: Connector, settings: Mapping[str, str]) -> str:
    """A mark of the server that is signed in at. It stands in the address that the server sends the browser back to.

    So a code of one server can't be handed to another (RFC 9700, 4.4.2.2).
    """
    where = [
        [field.name, settings.get(field.name) or field.default] for field in connector.fields if field.guards_secrets
    ]
    return salted_hmac(
        "goodword.listen.signing_in", json.dumps([connector.key, where]), algorithm="sha256"
    ).hexdigest()[:16]


def new_attempt(redirect_uri: str) -> Attempt:
    """With a state and a verifier of its own."""
    return Attempt(redirect_uri, state=secrets.token_urlsafe(32), verifier=secrets.token_urlsafe(48))


def begin(
    connector: Authorizes,
    *,
    key: str,
    name: str,
    settings: Mapping[str, str],
    attempt: Attempt,
    source_id: int | None,
    now: datetime,
) -> tuple[str, SignIn]:
    """Where the browser goes, and what to keep until it is back. Raises `Refused` and `Retry`."""
    departure = connector.depart(settings=settings, attempt=attempt)
    if not departure.address.startswith(("https://", "http://")):
        raise Refused(_("The network named no page to sign in at."))
    return departure.address, SignIn(key, name, settings, attempt, departure.kept, now, source_id)


def keep_under_way(under_way: Mapping[str, str], sign_in: SignIn) -> dict[str, str]:
    """The attempts of this browser with this one, sealed, as its session keeps them; the oldest goes."""
    told = {
        "key": sign_in.key,
        "name": sign_in.name,
        "settings": json.dumps(dict(sign_in.settings)),
        "redirect_uri": sign_in.attempt.redirect_uri,
        "verifier": sign_in.attempt.verifier,
        "kept": json.dumps(dict(sign_in.kept)),
        "at": sign_in.at.isoformat(),
        "source_id": str(sign_in.source_id or ""),
    }
    others = list(under_way.items())[-(_MOST_UNDER_WAY - 1) :]
    return {**dict(others), sign_in.attempt.state: seal(told).decode()}


def take_back(under_way: Mapping[str, str], state: str, *, key: str, place: str, now: datetime) -> SignIn:
    """The attempt that this return belongs to; `place` is the mark in the address. Raises `SignInLost`."""
    try:
        told = unseal(under_way[state].encode())
    except (KeyError, SealBroken) as error:
        raise SignInLost from error
    sign_in = SignIn(
        key=told["key"],
        name=told["name"],
        settings=json.loads(told["settings"]),
        attempt=Attempt(told["redirect_uri"], state, told["verifier"]),
        kept=json.loads(told["kept"]),
        at=datetime.fromisoformat(told["at"]),
        source_id=int(told["source_id"]) if told["source_id"] else None,
    )
    is_place = constant_time_compare(place, sign_in.attempt.redirect_uri.rstrip("/").rpartition("/")[2])
    if sign_in.key != key or not is_place or now - sign_in.at > GOOD_FOR:
        raise SignInLost
    return sign_in
