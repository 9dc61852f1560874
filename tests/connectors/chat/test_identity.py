"""Who a visitor is, by the brand's word: everything that must be refused."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from goodword.connectors.chat.identity import IdentityRefused, KeyUnusable, keys_of, verify_identity

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
SECRET = "an old secret of more than thirty-two bytes"
NEXT_SECRET = "a new secret of more than thirty-two bytes"
SETTINGS = {"key_1": SECRET, "key_1_id": "2025", "audience": "harbour-chat"}
RSA = rsa.generate_private_key(65537, 2048)
EC = ec.generate_private_key(ec.SECP256R1())


def _pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(serialization.Encoding.PEM, form).decode()


def _claims(**changed: Any) -> dict[str, Any]:
    claims = {"sub": "customer-1", "aud": "harbour-chat", "exp": int((NOW + timedelta(minutes=5)).timestamp())}
    return {name: value for name, value in (claims | changed).items() if value is not None}


def _token(key: Any = SECRET, algorithm: str = "HS256", kid: str | None = "2025", **changed: Any) -> str:
    return jwt.encode(_claims(**changed), key, algorithm=algorithm, headers={"kid": kid} if kid else {})


def test_a_good_token_proves_who_it_is() -> None:
    identity = verify_identity(_token(name="Mara Jovanović", email="mara@example.org"), SETTINGS, now=NOW)
    assert (identity.sub, identity.name, identity.email) == ("customer-1", "Mara Jovanović", "mara@example.org")


@pytest.mark.parametrize(("key", "algorithm"), [(RSA, "RS256"), (EC, "ES256")])
def test_public_keys(key: Any, algorithm: str) -> None:
    settings = {"key_1": _pem(key), "key_1_id": "a", "key_1_algorithm": algorithm, "audience": "harbour-chat"}
    assert verify_identity(_token(key, algorithm, "a"), settings, now=NOW).sub == "customer-1"


def test_two_keys_live_while_one_is_replaced() -> None:
    settings = SETTINGS | {"key_2": NEXT_SECRET, "key_2_id": "2026"}
    assert verify_identity(_token(), settings, now=NOW).sub == "customer-1"
    assert verify_identity(_token(NEXT_SECRET, kid="2026"), settings, now=NOW).sub == "customer-1"
    with pytest.raises(IdentityRefused, match="signature"):
        verify_identity(_token(NEXT_SECRET, kid="2025"), settings, now=NOW)
    with pytest.raises(IdentityRefused, match="kid"):
        verify_identity(_token(), {"key_2": NEXT_SECRET, "key_2_id": "2026", "audience": "harbour-chat"}, now=NOW)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"exp": None}, "lacks exp"),
        ({"aud": None}, "lacks aud"),
        ({"sub": None}, "lacks sub"),
        ({"aud": "another-shop"}, "audience"),
        ({"sub": ""}, "sub"),
        ({"sub": "x" * 300}, "sub"),
        ({"sub": "a\x00b"}, "sub"),
        ({"exp": int((NOW - timedelta(minutes=2)).timestamp())}, "expired"),
        ({"exp": int((NOW + timedelta(days=30)).timestamp())}, "longer"),
        ({"exp": True}, "exp"),
        ({"exp": 1e300}, "exp is out of range"),
        ({"nbf": int((NOW + timedelta(minutes=5)).timestamp())}, "not valid yet"),
        ({"iat": int((NOW + timedelta(minutes=5)).timestamp())}, "not valid yet"),
    ],
)
def test_wrong_claims_are_refused(changed: dict[str, Any], reason: str) -> None:
    with pytest.raises(IdentityRefused, match=reason):
        verify_identity(_token(**changed), SETTINGS, now=NOW)


def test_clocks_may_differ_a_little() -> None:
    late = int((NOW - timedelta(seconds=30)).timestamp())
    early = int((NOW + timedelta(seconds=30)).timestamp())
    assert verify_identity(_token(exp=late, iat=late - 60), SETTINGS, now=NOW).sub == "customer-1"
    assert verify_identity(_token(nbf=early, iat=early), SETTINGS, now=NOW).sub == "customer-1"


def _b64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def test_a_token_without_signature_is_refused() -> None:
    for algorithm in ("none", "None", "NONE"):
        header = _b64(json.dumps({"alg": algorithm, "kid": "2025"}).encode())
        with pytest.raises(IdentityRefused):
            verify_identity(f"{header}.{_b64(json.dumps(_claims()).encode())}.", SETTINGS, now=NOW)


def test_a_public_key_is_no_shared_secret() -> None:
    """The classic confusion: the token is signed with HMAC, and the public key as its secret."""
    import hashlib
    import hmac

    pem = _pem(RSA)
    settings = {"key_1": pem, "key_1_id": "a", "key_1_algorithm": "RS256", "audience": "harbour-chat"}
    signed = f"{_b64(json.dumps({'alg': 'HS256', 'kid': 'a'}).encode())}.{_b64(json.dumps(_claims()).encode())}"
    forged = f"{signed}.{_b64(hmac.new(pem.encode(), signed.encode(), hashlib.sha256).digest())}"
    with pytest.raises(IdentityRefused):
        verify_identity(forged, settings, now=NOW)


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "e30.e30.e30", "x" * 10_000, "é.ü.ö"])
def test_what_is_no_token_is_refused_without_repeating_it(token: str) -> None:
    with pytest.raises(IdentityRefused) as refused:
        verify_identity(token, SETTINGS, now=NOW)
    assert len(token) < 3 or token not in str(refused.value)


def test_a_token_without_kid_is_refused() -> None:
    with pytest.raises(IdentityRefused, match="kid"):
        verify_identity(_token(kid=None), SETTINGS, now=NOW)


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"key_1": "tiny secret", "key_1_id": "a"}, "shorter than 32"),
        ({"key_1": SECRET}, "needs an id"),
        ({"key_1": SECRET, "key_1_id": "a", "key_2": NEXT_SECRET, "key_2_id": "a"}, "id \\(kid\\) of its own"),
        ({"key_1": SECRET, "key_1_id": "a", "key_1_algorithm": "none"}, "algorithm"),
        ({"key_1": SECRET, "key_1_id": "a", "key_1_algorithm": "RS256"}, "PEM"),
        ({"key_1": _pem(EC), "key_1_id": "a", "key_1_algorithm": "RS256"}, "doesn't fit"),
        ({"key_1": _pem(RSA), "key_1_id": "a", "key_1_algorithm": "HS256"}, "shared secret"),
    ],
)
def test_unusable_keys_say_why_and_stay_secret(settings: dict[str, str], reason: str) -> None:
    with pytest.raises(KeyUnusable, match=reason) as unusable:
        keys_of(settings)
    assert settings["key_1"] not in str(unusable.value)


def test_without_an_audience_nothing_is_proven() -> None:
    with pytest.raises(KeyUnusable, match="Audience"):
        verify_identity(_token(), SETTINGS | {"audience": ""}, now=NOW)
    assert SECRET not in repr(keys_of(SETTINGS))
