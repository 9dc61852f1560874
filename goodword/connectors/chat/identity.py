"""Who a chat visitor is, by the word of the brand's own server: a short-lived signed token (RFC 7519, RFC 8725).

The door that takes the visitor's message checks the token, and puts into the stored event what it proved. The token
itself is not stored.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, cast, get_args

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from goodword.connectors.contract import MAX_ID, Settings
from goodword.connectors.storable import is_storable

Algorithm = Literal["HS256", "RS256", "ES256"]

CLOCK_SKEW = timedelta(seconds=60)
LONGEST_LIFE = timedelta(hours=24)  # of a token; what lives longer is a password that somebody will find
_SHORTEST_SECRET = 32  # bytes: RFC 7518 3.2 asks for as much as the hash puts out
_MAX_TOKEN = 8_192  # characters
_SLOTS = ("1", "2")  # two live keys, so that one can be replaced without a gap


class IdentityRefused(Exception):
    """The token proves nothing. The message is for the brand's developers, and holds nothing of the token."""


class KeyUnusable(ValueError):
    """A key in the settings can't be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What the brand's server says of a visitor."""

    sub: str
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """A key to check tokens with; it is used with its own algorithm only."""

    kid: str
    algorithm: Algorithm
    material: str = field(repr=False)


def keys_of(settings: Settings) -> dict[str, Key]:
    """The live keys by their ids. Raises `KeyUnusable`."""
    found = {}
    for slot in _SLOTS:
        material = str(settings.get(f"key_{slot}") or "").strip()
        if not material:
            continue
        kid = str(settings.get(f"key_{slot}_id") or "").strip()
        algorithm = str(settings.get(f"key_{slot}_algorithm") or "HS256")
        if not kid or kid in found:
            raise KeyUnusable(f"Key {slot} needs an id (kid) of its own.")
        if algorithm not in get_args(Algorithm):
            raise KeyUnusable(f"Key {slot}: the algorithm must be one of {', '.join(get_args(Algorithm))}.")
        key = Key(kid, cast("Algorithm", algorithm), material)
        _check(key)
        found[kid] = key
    return found


def _check(key: Key) -> None:
    if key.algorithm == "HS256":
        if key.material.startswith("-----BEGIN"):
            raise KeyUnusable(f"Key {key.kid!r} is a PEM key; HS256 needs a shared secret.")
        if len(key.material.encode()) < _SHORTEST_SECRET:
            raise KeyUnusable(f"Key {key.kid!r} is shorter than {_SHORTEST_SECRET} bytes.")
        return
    try:
        public = load_pem_public_key(key.material.encode())
    except (ValueError, TypeError) as error:
        raise KeyUnusable(f"Key {key.kid!r} is no public key in PEM form.") from error
    wanted = RSAPublicKey if key.algorithm == "RS256" else EllipticCurvePublicKey
    if not isinstance(public, wanted):
        raise KeyUnusable(f"Key {key.kid!r} doesn't fit {key.algorithm}.")


def verify_identity(token: str, settings: Settings, *, now: datetime) -> Identity:
    """Who the token says the visitor is. Raises `IdentityRefused`, and `KeyUnusable` for a wrong setting."""
    if len(token) > _MAX_TOKEN:
        raise IdentityRefused("The token is too long.")
    claims = _claims(token, settings)
    _check_times(claims, now)
    sub = claims["sub"]
    if not isinstance(sub, str) or not sub or len(sub) > MAX_ID - len("user:") or not is_storable(sub):
        raise IdentityRefused("sub must be a string of at most 250 characters, and not empty.")
    return Identity(sub=sub, name=_text(claims, "name"), email=_text(claims, "email"))


def _claims(token: str, settings: Settings) -> dict[str, Any]:
    try:
        kid = jwt.get_unverified_header(token).get("kid")
    except jwt.InvalidTokenError as error:
        raise IdentityRefused("This is not a token.") from error
    key = keys_of(settings).get(kid) if isinstance(kid, str) else None
    if key is None:
        raise IdentityRefused("The token's kid names none of the live keys.")
    audience = str(settings.get("audience") or "").strip()
    if not audience:
        raise KeyUnusable("Identity needs the setting “Audience”.")
    try:
        # One algorithm, the key's own: what the token's header asks for doesn't count. Times are checked after, by
        # the clock that was handed in.
        return jwt.decode(
            token,
            key.material,
            algorithms=[key.algorithm],
            audience=audience,
            options={"require": ["aud", "exp", "sub"], "verify_exp": False, "verify_nbf": False, "verify_iat": False},
        )
    except jwt.MissingRequiredClaimError as error:
        raise IdentityRefused(f"The token lacks {error.claim}.") from error
    except jwt.InvalidAudienceError as error:
        raise IdentityRefused("The token is meant for another audience.") from error
    except jwt.InvalidTokenError as error:
        raise IdentityRefused("The token's signature or form is wrong.") from error


def _check_times(claims: dict[str, Any], now: datetime) -> None:
    expires = _time(claims, "exp")
    assert expires is not None  # required
    if expires < now - CLOCK_SKEW:
        raise IdentityRefused("The token has expired.")
    if expires > now + LONGEST_LIFE + CLOCK_SKEW:
        raise IdentityRefused(f"The token lives longer than {LONGEST_LIFE}.")
    for name in ("nbf", "iat"):
        begins = _time(claims, name)
        if begins and begins > now + CLOCK_SKEW:
            raise IdentityRefused(f"The token is not valid yet ({name}).")


def _time(claims: dict[str, Any], name: str) -> datetime | None:
    value = claims.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise IdentityRefused(f"{name} must be a number of seconds since 1970.")
    try:
        return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise IdentityRefused(f"{name} is out of range.") from error


def _text(claims: dict[str, Any], name: str) -> str:
    value = claims.get(name)
    return value[:MAX_ID] if isinstance(value, str) and is_storable(value) else ""
