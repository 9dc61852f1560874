"""Secrets at rest: sealed with a key derived from the installation's, never shown again."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class SealBroken(Exception):
    """The secrets were sealed under another key: the installation's `secret-key` file is not the one they need."""


def _box() -> Fernet:
    key = hashlib.sha256(b"goodword.seal:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def seal(values: Mapping[str, str]) -> bytes:
    """Encrypt and sign `values`."""
    return _box().encrypt(json.dumps(dict(values)).encode()) if values else b""


def unseal(sealed: bytes) -> dict[str, str]:
    """The values again. Raises `SealBroken`."""
    if not sealed:
        return {}
    try:
        opened: dict[str, str] = json.loads(_box().decrypt(sealed))
    except InvalidToken as error:
        raise SealBroken("These secrets need the secret-key file they were sealed with; enter them again.") from error
    return opened
