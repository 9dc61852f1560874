"""The one place that asks what time it is. Doors call it and pass `now` on; nothing below a door does."""

from __future__ import annotations

from datetime import UTC, datetime


def current_time() -> datetime:
    """Now, in UTC, aware."""
    return datetime.now(UTC)
