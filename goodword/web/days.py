"""Days as addresses name them."""

from __future__ import annotations

from datetime import date

_EARLIEST, _LATEST = date(1970, 1, 1), date(2999, 12, 31)  # beyond, calendars and databases end


def read_day(text: str) -> date | None:
    """The day, written as year-month-day; None for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if _EARLIEST <= day <= _LATEST else None
