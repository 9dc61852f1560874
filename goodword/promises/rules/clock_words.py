"""The hour that due words name, or that a day without one ends with. The conventions stand in `due_time`."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Final

from goodword.promises.rules.working_day import BadDue, WorkingDay, gettext_noop

_NOON: Final = time(12)
_EVENING: Final = time(21)
_LAST_MOMENT: Final = time(23, 59)
_PARTS: Final = {"morning": _NOON, "lunchtime": time(14), "evening": _EVENING, "night": _EVENING}
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))? ?(?P<half>[ap])\.?m\b|(?P<hour24>\d{1,2}):(?P<minute24>\d\d)|"
    r"(?P<word>noon|midday|midnight)|(?:\b(?:at|by|before|around|about|and) "
    r")(?P<bare>\d{1,2})\b(?![:./]\d| ?\w\.?m| ?o['’])|"
    r"(?P<oclock>\d{1,2}) ?o['’]clock",
    re.IGNORECASE,
)
_PART = re.compile(r"\b(morning|lunchtime|afternoon|evening|night)\b", re.IGNORECASE)


def hour_named(words: str, said_at: datetime, day: date | None) -> time | None:
    """The hour that is named, the later one of two; None where none is."""
    found = list(_CLOCK.finditer(words))
    if not found:
        return None
    match = found[-1]
    if match["word"]:
        return _LAST_MOMENT if match["word"] == "midnight" else _NOON
    hour = int(match["hour"] or match["hour24"] or match["bare"] or match["oclock"])
    minute = int(match["minute"] or match["minute24"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            raise BadDue(gettext_noop("There is no {hour}: check it."), hour=match[0])
        hour = hour % 12 + 12 * (match["half"].lower() == "p")
    if hour == 24 and minute == 0:
        return _LAST_MOMENT
    if hour > 23 or minute > 59:
        raise BadDue(gettext_noop("There is no {hour}: check it."), hour=match[0])
    if match["bare"] or match["oclock"]:
        hour = _likely(hour, said_at, day)
    return time(hour, minute)


def _likely(hour: int, said_at: datetime, day: date | None) -> int:
    """An hour without "am" or "pm": the one from seven to seven that is still to come."""
    if not 1 <= hour <= 12:
        return hour
    likely = hour % 12 if hour % 12 >= 7 else hour % 12 + 12
    is_past = (day is None or day == said_at.date()) and likely < 12 and likely <= said_at.hour
    return likely + 12 if is_past else likely


def end_of(words: str, day: date, said_at: datetime, hours: WorkingDay) -> time:
    if "tonight" in words:
        return _EVENING if day != said_at.date() or said_at.time() < _EVENING else _LAST_MOMENT
    if "overnight" in words or "first thing" in words:
        return hours.start
    part = _PART.search(words)
    ends = _PARTS.get(part[1], hours.end) if part else hours.end
    return ends if day != said_at.date() or said_at.time() < ends else _LAST_MOMENT
