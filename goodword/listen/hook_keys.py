"""The address at which a network tells a source what was said: it can't be guessed, and nobody else knows it."""

from __future__ import annotations

import re

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

_KEY = re.compile(r"([0-9a-f]{1,15})-([0-9a-f]{40})")


def hook_address(source_id: int) -> str:
    """The whole address, as the network is told it. It stays the same as long as the installation's secret key does."""
    return settings.PUBLIC_URL + reverse("hook", args=[f"{source_id:x}-{_mark(source_id)}"])


def source_id_of(key: str) -> int | None:
    """The id of the source whose address holds this key; None for a key that we never gave away."""
    match = _KEY.fullmatch(key)
    if match is None or not constant_time_compare(match[2], _mark(source_id := int(match[1], 16))):
        return None
    return source_id


def _mark(source_id: int) -> str:
    return salted_hmac("goodword.listen.hook", str(source_id), algorithm="sha256").hexdigest()[:40]
