"""When somebody is there to answer a chat, as written in the settings: `Mon-Fri 09:00-17:00; Sat 10:00-14:00`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from goodword.connectors.contract import Settings

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PART = re.compile(
    r"(?P<first>[a-z]{3})[a-z]*(?:\s*[-–]\s*(?P<last>[a-z]{3})[a-z]*)?\s+"
    r"(?P<from>\d{1,2}:\d{2})\s*[-–]\s*(?P<to>\d{1,2}:\d{2})",
    re.IGNORECASE,
)
_DAYS_LOOKED_AHEAD = 8


class HoursUnreadable(ValueError):
    """The hours in the settings can't be understood; the message says which part."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening times in a week, in a time zone. Without any, it is always open."""

    zone: ZoneInfo
    spans: tuple[tuple[int, time, time], ...]  # weekday (0 is Monday), from, to; to 00:00 is midnight

    def is_open(self, at: datetime) -> bool:
        """Whether somebody is there at this moment (aware)."""
        local = at.astimezone(self.zone)
        clock = local.time()
        return not self.spans or any(
            day == local.weekday() and begins <= clock and (clock < ends or ends == time.min)
            for day, begins, ends in self.spans
        )

    def next_opening(self, after: datetime) -> datetime | None:
        """When somebody will next be there; the moment itself if it is open, None if it never is."""
        if self.is_open(after):
            return after
        local = after.astimezone(self.zone)
        openings = (
            datetime.combine(local.date() + timedelta(days=ahead), begins, self.zone)
            for ahead in range(_DAYS_LOOKED_AHEAD)
            for day, begins, _ in self.spans
            if (local.weekday() + ahead) % 7 == day
        )
        return min((opening for opening in openings if opening > after), default=None)


def read_hours(settings: Settings) -> Hours:
    """The hours in the settings. Raises `HoursUnreadable`."""
    name = str(settings.get("time_zone") or "UTC")
    try:
        zone = ZoneInfo(name)
    except (LookupError, ValueError, OSError) as error:
        raise HoursUnreadable(f"{name[:60]!r} is no time zone; write e.g. Europe/Berlin.") from error
    parts = [part.strip() for part in str(settings.get("hours") or "").split(";")]
    return Hours(zone, tuple(span for part in parts if part for span in _spans(part)))


def _spans(part: str) -> list[tuple[int, time, time]]:
    match = _PART.fullmatch(part)
    try:
        if match is None:
            raise ValueError("not in the form of the example")
        first = _DAYS.index(match["first"].lower())
        last = _DAYS.index((match["last"] or match["first"]).lower())
        begins, ends = _clock(match["from"]), _clock(match["to"])
        if ends != time.min and ends <= begins:
            raise ValueError("it ends before it begins")
    except ValueError as error:
        raise HoursUnreadable(f"{part[:60]!r} is not understood ({error}); write e.g. Mon-Fri 09:00-17:00.") from error
    days = range(first, last + 1) if first <= last else [*range(first, 7), *range(last + 1)]
    return [(day, begins, ends) for day in days]


def _clock(written: str) -> time:
    hours, minutes = (int(each) for each in written.split(":"))
    return time(0 if (hours, minutes) == (24, 0) else hours, minutes)
