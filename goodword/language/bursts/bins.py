"""Bins of time, numbered from 1970 in UTC."""

from __future__ import annotations

import math
from datetime import UTC, datetime


def bin_of(moment: datetime, bin_seconds: float) -> int:
    """The bin that this moment falls in. Raises `ValueError` for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError("A moment needs its time zone.")
    return math.floor(moment.timestamp() / bin_seconds)


def start_of(bin_index: int, bin_seconds: float) -> datetime:
    """When this bin begins, in UTC."""
    return datetime.fromtimestamp(bin_index * bin_seconds, tz=UTC)
