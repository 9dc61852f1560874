"""The name of a source in addresses that strangers see: it can't be guessed, and tells nothing of its workspace."""

from __future__ import annotations

import re

from django.utils.crypto import constant_time_compare, salted_hmac

from goodword.connectors.contract import Attends
from goodword.connectors.registry import BrokenConnector, UnknownConnector
from goodword.listen.models import Source

_KEY = re.compile(r"([0-9a-f]{1,16})-([0-9a-f]{16})")


def public_key(source: Source) -> str:
    """The source's key, which stays the same as long as the installation's secret key does."""
    return f"{source.pk:x}-{_mark(source.pk)}"


def source_of_key(key: str) -> Source | None:
    """The source that a key names; None for a key we never gave away, and for what visitors can't write to."""
    match = _KEY.fullmatch(key)
    if match is None or not constant_time_compare(match[2], _mark(pk := int(match[1], 16))):
        return None
    source = Source.objects.select_related("workspace").filter(pk=pk).first()
    return source if source is not None and is_live(source) else None


def is_live(source: Source) -> bool:
    """Whether visitors of a page write to it, and wait there for an answer."""
    try:
        return isinstance(source.connector, Attends)
    except (UnknownConnector, BrokenConnector):
        return False


def _mark(pk: int) -> str:
    return salted_hmac("goodword.listen.public_key", str(pk), algorithm="sha256").hexdigest()[:16]
