"""Message ids made from idempotency keys, and back: so that our own mail is known wherever it turns up."""

from __future__ import annotations

import base64
import binascii
import re

_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,100}")
_MADE = re.compile(r"goodword\.(k|x)\.([A-Za-z0-9_-]+)")


def message_id_for(key: str, domain: str) -> str:
    """The one message id of this key, without angle brackets."""
    if _PLAIN.fullmatch(key):
        return f"goodword.k.{key}@{domain}"
    return f"goodword.x.{base64.b32encode(key.encode()).decode().rstrip('=')}@{domain}"


def key_of(message_id: str, domain: str) -> str | None:
    """The key that `message_id_for` made this from; None for anybody else's message id."""
    local, _, host = message_id.rpartition("@")
    made = _MADE.fullmatch(local)
    if made is None or host.lower() != domain:
        return None
    form, written = made.groups()
    if form == "k":
        return written
    try:
        return base64.b32decode(written + "=" * (-len(written) % 8)).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
