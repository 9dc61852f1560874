"""How a webhook proves who sent it, by Standard Webhooks: HMAC-SHA256 over its id, its moment and its body.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md. Plain Python.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence

_PREFIX = "whsec_"


def new_secret() -> str:
    """Of 32 random bytes, written as receivers' libraries read it: "whsec_…"."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def signed_headers(*, key: str, at: int, body: bytes, secrets: Sequence[str]) -> Mapping[str, str]:
    """The three headers of a delivery; `at` in Unix seconds. One signature a secret, so that one can be replaced."""
    content = b"%s.%d.%s" % (key.encode(), at, body)
    signatures = " ".join(f"v1,{base64.b64encode(_mac(secret, content)).decode()}" for secret in secrets)
    return {"webhook-id": key, "webhook-timestamp": str(at), "webhook-signature": signatures}


def _mac(secret: str, content: bytes) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("A webhook's secret is Base64 after whsec_.") from error
    return hmac.new(key, content, hashlib.sha256).digest()
