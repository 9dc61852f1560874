"""Hours as people write them, and back. What can't be meant is refused with the reason, for the field it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from goodword.staff.business_time.working_time import Interval, Intervals

_CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?"
_INTERVAL = re.compile(rf"{_CLOCK}\s*[-–—]\s*{_CLOCK}")
# What parts two intervals is never empty: else digits could be shared out between them in ever more ways.
_HOURS_FIRST = re.compile(rf"{_INTERVAL.pattern}(?:(?:\s*,\s*|\s+){_INTERVAL.pattern})*\s*,?(?=\s|$)")
_SPECIAL = re.compile(r"(?:(\d{4})-)?(\d{1,2})-(\d{1,2})(?:\s+(.*))?")
_MIDNIGHT = 24 * 60
_MOST_INTERVALS, _MOST_DAYS, _LONGEST_NAME = 12, 400, 80
_LEAP_YEAR = 2024  # every day of a year is one of this year's


class BadHours(ValueError):
    """What was written stands for no hours; the message says why, and what to write instead."""


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day with hours of its own, none of them on a holiday. `day` is year-month-day, or month-day for every year."""

    day: str
    hours: Intervals
    name: str


def read_zone(written: str) -> str:
    """An IANA name. Raises `BadHours`."""
    try:
        return ZoneInfo(written).key
    except (LookupError, ValueError, OSError) as error:
        raise BadHours(
            _("There is no time zone “%(zone)s”. Write one like Europe/Berlin.") % {"zone": written[:60]}
        ) from error


def read_week(written: Sequence[str]) -> tuple[Intervals, ...]:
    """The hours of Monday to Sunday. Raises `BadHours` if none has any; of a day, see `read_day_hours`."""
    week = tuple(read_day_hours(day) for day in written)
    if not any(week):
        raise BadHours(_("A calendar needs hours on at least one day: nothing would ever fall due."))
    return week


def read_day_hours(written: str) -> Intervals:
    """E.g. `09:00-12:30, 13:30-17:00`; empty for a day off. Raises `BadHours`."""
    intervals = [_read_interval(part.strip()) for part in re.split(r"[,;]", written) if part.strip()]
    if len(intervals) > _MOST_INTERVALS:
        raise BadHours(_("A day has %(most)d intervals at most.") % {"most": _MOST_INTERVALS})
    intervals.sort()
    for earlier, later in pairwise(intervals):
        if later[0] < earlier[1]:
            raise BadHours(
                _("%(one)s and %(other)s overlap. Write each hour once.")
                % {"one": write_hours([earlier]), "other": write_hours([later])}
            )
    return _joined(intervals)


def _joined(intervals: Iterable[Interval]) -> Intervals:
    """Those that touch are one."""
    joined: list[Interval] = []
    for start, end in intervals:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def _read_interval(written: str) -> Interval:
    match = _INTERVAL.fullmatch(written)
    if match is None:
        raise BadHours(
            _("“%(hours)s” is not understood. Write hours like 09:00-17:00, and a comma between several.")
            % {"hours": written[:60]}
        )
    start, end = _minutes(match[1], match[2], written), _minutes(match[3], match[4], written)
    if end == 0:
        end = _MIDNIGHT
    if end <= start:
        raise BadHours(
            _("%(hours)s ends before it begins. Write a night as two: until 24:00, and from 00:00 on the next day.")
            % {"hours": written}
        )
    return start, end


def _minutes(hours: str, minutes: str | None, written: str) -> int:
    found = int(hours) * 60 + int(minutes or 0)
    if int(minutes or 0) > 59 or found > _MIDNIGHT:
        raise BadHours(_("%(hours)s: no clock shows this. Hours go from 00:00 to 24:00.") % {"hours": written})
    return found


def read_days(written: str) -> tuple[SpecialDay, ...]:
    """Special days, one a line: `2026-12-25 Christmas`, `12-25 Christmas` (every year), `12-24 09:00-12:00 Eve`.

    Raises `BadHours`, which names the line.
    """
    found: dict[str, SpecialDay] = {}
    for number, line in enumerate(written.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            special = _read_special(line.strip())
            if special.day in found:
                raise BadHours(_("%(day)s stands there twice.") % {"day": special.day})
        except BadHours as error:
            raise BadHours(_("Line %(n)d: %(reason)s") % {"n": number, "reason": error}) from error
        found[special.day] = special
        if len(found) > _MOST_DAYS:
            raise BadHours(_("There can be %(most)d special days at most.") % {"most": _MOST_DAYS})
    return tuple(sorted(found.values(), key=lambda special: special.day))


def _read_special(line: str) -> SpecialDay:
    match = _SPECIAL.fullmatch(line)
    if match is None:
        raise BadHours(
            _("“%(line)s” is not understood. Begin with the day: 2026-12-25, or 12-25 for every year.")
            % {"line": line[:60]}
        )
    year, month, day = match[1], int(match[2]), int(match[3])
    try:
        named = date(int(year or _LEAP_YEAR), month, day)
    except ValueError as error:
        written = f"{match[1]}-{match[2]}-{match[3]}" if year else f"{match[2]}-{match[3]}"
        raise BadHours(_("there is no %(day)s.") % {"day": written}) from error
    rest = (match[4] or "").strip()
    hours = _HOURS_FIRST.match(rest)
    if hours is None and _INTERVAL.match(rest):
        _read_interval(rest)  # refuses what only begins like hours: as a name it would make a day off of it
    name = rest[hours.end() :].strip() if hours else rest
    if len(name) > _LONGEST_NAME:
        raise BadHours(_("a name has %(longest)d characters at most.") % {"longest": _LONGEST_NAME})
    return SpecialDay(named.isoformat() if year else f"{named:%m-%d}", read_day_hours(hours[0] if hours else ""), name)


def write_hours(intervals: Iterable[Interval]) -> str:
    """As `read_day_hours` reads it."""
    return ", ".join(f"{_clock(start)}-{_clock(end)}" for start, end in intervals)


def write_week(week: Sequence[Intervals]) -> str:
    """For reading, days of the same hours together: `Mon-Fri 09:00-17:00 · Sat 10:00-14:00`."""
    parts: list[str] = []
    first = 0
    for after in range(1, len(week) + 1):
        if after < len(week) and week[after] == week[first]:
            continue
        if week[first]:
            days = str(WEEKDAYS_ABBR[first])
            days += f"–{WEEKDAYS_ABBR[after - 1]}" if after - 1 > first else ""
            parts.append(f"{days} {write_hours(week[first])}")
        first = after
    return " · ".join(parts)


def write_days(special: Iterable[SpecialDay]) -> str:
    """As `read_days` reads it."""
    return "\n".join(" ".join(filter(None, (one.day, write_hours(one.hours), one.name))) for one in special)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
