"""Lengths of time as people write them: `30 min`, `4 h`, `1 h 30 min`, `2 d`."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

_PART = re.compile(r"(\d{1,6})\s*(min|m|h|d)\.?", re.IGNORECASE)
_MINUTES = {"min": 1, "m": 1, "h": 60, "d": 1440}
LONGEST = 366 * 1440


class BadDuration(ValueError):
    """What was written is no length of time; the message says why, and what to write instead."""


def read_minutes(written: str, *, in_business_time: bool = False) -> int | None:
    """Whole minutes, more than none; None for nothing. Raises `BadDuration`."""
    written = " ".join(written.split())
    if not written:
        return None
    parts = _PART.findall(written)
    if not parts or _PART.sub("", written).strip(" ,"):
        raise BadDuration(
            _("“%(written)s” is not understood. Write e.g. 30 min, 4 h or 1 h 30 min.") % {"written": written[:40]}
        )
    if in_business_time and any(unit.lower() == "d" for _count, unit in parts):
        raise BadDuration(_("Write working time in hours: a day has as many as your calendar gives it."))
    minutes = sum(int(count) * _MINUTES[unit.lower()] for count, unit in parts)
    if not 0 < minutes <= LONGEST:
        raise BadDuration(_("Write a time of a minute at least, and a year at most."))
    return minutes


def write_minutes(minutes: int | None, *, in_business_time: bool = False) -> str:
    """As `read_minutes` reads it; empty for None."""
    if minutes is None:
        return ""
    days, rest = (0, minutes) if in_business_time or minutes % 1440 else divmod(minutes, 1440)
    parts = ((days, "d"), (rest // 60, "h"), (rest % 60, "min"))
    return " ".join(f"{count} {unit}" for count, unit in parts if count)
