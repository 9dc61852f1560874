"""Sign as networks sign."""

from __future__ import annotations

import hashlib
import hmac


def sign(secret: str, said: bytes) -> str:
    """HMAC-SHA256 in hexadecimal digits."""
    return hmac.new(secret.encode(), said, hashlib.sha256).hexdigest()
