"""Signs requests in a user's name: OAuth 1.0a (RFC 5849), HMAC-SHA1, as X wants it for posting."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Keys:
    """Of the app, and of the account that it posts for."""

    app_key: str
    app_secret: str = field(repr=False)
    token: str = field(repr=False)
    token_secret: str = field(repr=False)


def authorization(keys: Keys, *, method: str, url: str, nonce: str, timestamp: int) -> str:
    """The header of a request whose body is JSON, which isn't signed. `url` is without query and fragment."""
    given = {
        "oauth_consumer_key": keys.app_key,
        "oauth_nonce": nonce,
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": str(timestamp),
        "oauth_token": keys.token,
        "oauth_version": "1.0",
    }
    signed = {**given, "oauth_signature": signature(keys, method=method, url=url, parameters=given)}
    return "OAuth " + ", ".join(f'{_escaped(name)}="{_escaped(value)}"' for name, value in sorted(signed.items()))


def signature(keys: Keys, *, method: str, url: str, parameters: Mapping[str, str]) -> str:
    """RFC 5849, section 3.4."""
    pairs = sorted((_escaped(name), _escaped(value)) for name, value in parameters.items())
    told = "&".join(f"{name}={value}" for name, value in pairs)
    base = "&".join(_escaped(part) for part in (method.upper(), url, told))
    secret = f"{_escaped(keys.app_secret)}&{_escaped(keys.token_secret)}"
    return base64.b64encode(hmac.new(secret.encode(), base.encode(), hashlib.sha1).digest()).decode()


def _escaped(text: str) -> str:
    return quote(text, safe="-._~")
