"""The day that due words name. The conventions stand in `due_time`."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import MAXYEAR, date, datetime, timedelta
from typing import Final

from goodword.promises.rules.due_words import MONTH, MONTHS, WEEKDAY, WEEKDAYS
from goodword.promises.rules.working_day import BadDue, WorkingDay, gettext_noop

_SLASHED = re.compile(r"(?<![\d:])(\d{1,2})[/.](\d{1,2})(?:[/.](\d{2,4}))?(?! ?[ap]\.?m)")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_NAMED = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{MONTH})\b|(?P<month2>{MONTH})\b\.? "
    rf"(?P<day2>\d{{1,2}})(?!\d))"
    r"(?:st|nd|rd|th)?\.?(?:,? (?P<year>\d{4}))?",
    re.IGNORECASE,
)
_NTH = re.compile(r"\bthe (\d{1,2})(?:st|nd|rd|th)\b", re.IGNORECASE)
_MONTH_ALONE = re.compile(
    rf"\b(?:by|in|before|around|end of) (?:early |late |mid-?|the end of )?(?P<month>{MONTH})\b(?: "
    rf"(?P<year>\d{{4}}))?",
    re.IGNORECASE,
)
_PERIOD_END = re.compile(
    r"\b(?P<which>this|next|the coming|the)? ?(?P<period>week|weekend|month|quarter|year)\b", re.IGNORECASE
)
_WEEKDAY_NAMED = re.compile(rf"\b(?P<next>next )?(?P<day>{WEEKDAY})\b(?P<after> next)?", re.IGNORECASE)
_TODAY = re.compile(
    r"today|tonight|\bthis (?:morning|lunchtime|afternoon|evening)|of (?:the )?(?:day|play|business|"
    r"shift)|the day\b|\beod\b|\bcob\b"
)
_AMBIGUOUS_UP_TO: Final = 12
_LONG_AHEAD: Final = 300
"""Days: who means next year's date so long before says so, so without a year it is taken for a slip."""


def day_named(words: str, said_at: datetime, hours: WorkingDay) -> date | None:
    """The day that is named, or None where none is."""
    today = said_at.date()
    for read in _DAY_READERS:
        found = read(words, today)
        if found is not None:
            return _checked(found, words)
    if re.search(r"tomorrow|tmrw|2moro|overnight", words):
        return today + timedelta(days=1)
    named = _WEEKDAY_NAMED.search(words)
    if named:
        return _weekday(named, said_at, hours)
    return today if _TODAY.search(words) else _end_of_period(words, today)


def _checked(day: date, words: str) -> date:
    """The date, if the weekday that stands beside it is its own; of "the week of" a date, the Friday."""
    named = _WEEKDAY_NAMED.search(words)
    if named and not WEEKDAYS[day.weekday()].startswith(named["day"][:3].lower()):
        raise BadDue(
            gettext_noop("The {day} {month} is a {weekday}: check which is meant."),
            day=day.day,
            month=MONTHS[day.month - 1].capitalize(),
            weekday=WEEKDAYS[day.weekday()].capitalize(),
        )
    return day + timedelta(days=4 - day.weekday()) if "week of" in words else day


def _iso(words: str, today: date) -> date | None:
    found = _ISO.search(words)
    return _real(int(found[1]), int(found[2]), int(found[3])) if found else None


def _slashed(words: str, today: date) -> date | None:
    found = _SLASHED.search(words)
    if not found:
        return None
    first, second = int(found[1]), int(found[2])
    if max(first, second) <= _AMBIGUOUS_UP_TO and first != second:
        raise BadDue(gettext_noop("“{words}” can be read in two ways: write the month as a word."), words=found[0])
    day, month = (first, second) if first > _AMBIGUOUS_UP_TO or second <= _AMBIGUOUS_UP_TO else (second, first)
    year = int(found[3]) if found[3] else None
    return _next_date(day, month, year + 2000 if year is not None and year < 100 else year, today)


def _named(words: str, today: date) -> date | None:
    found = _NAMED.search(words)
    if not found:
        return None
    month = _month_number(found["month"] or found["month2"])
    return _next_date(int(found["day"] or found["day2"]), month, int(found["year"]) if found["year"] else None, today)


def _nth(words: str, today: date) -> date | None:
    found = _NTH.search(words)
    if not found:
        return None
    day = int(found[1])
    month = today if day >= today.day else months_after(today.replace(day=1), 1)
    return _real(month.year, month.month, day)


def _month_alone(words: str, today: date) -> date | None:
    found = _MONTH_ALONE.search(words)
    if not found:
        return None
    month = _month_number(found["month"])
    year = int(found["year"]) if found["year"] else today.year + (month < today.month)
    return _real(year, month, monthrange(max(year, 1), month)[1])


_DAY_READERS: Final[tuple[Callable[[str, date], date | None], ...]] = (_iso, _slashed, _named, _nth, _month_alone)


def _month_number(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(name[:3].lower()))


def _next_date(day: int, month: int, year: int | None, today: date) -> date:
    if year is not None:
        return _real(year, month, day)
    if (month, day) >= (today.month, today.day):
        return _real(today.year, month, day)
    found = _real(today.year + 1, month, day)
    if (found - today).days > _LONG_AHEAD:
        raise BadDue(
            gettext_noop("The {day} {month} has just been: name a later day, or the year."),
            day=day,
            month=MONTHS[month - 1].capitalize(),
        )
    return found


def _real(year: int, month: int, day: int) -> date:
    """The date, or BadDue where the calendar has none."""
    if not 1 <= year <= 9998:
        raise BadDue(gettext_noop("There is no year {year} to plan for: check it."), year=year)
    if not 1 <= month <= len(MONTHS):
        raise BadDue(gettext_noop("There is no month {month}: check the date."), month=month)
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise BadDue(
            gettext_noop("{month} {year} has {last} days: name one of them, not the {day}."),
            month=MONTHS[month - 1].capitalize(),
            year=year,
            last=last,
            day=day,
        )
    return date(year, month, day)


def _weekday(match: re.Match[str], said_at: datetime, hours: WorkingDay) -> date:
    wanted = next(number for number, day in enumerate(WEEKDAYS) if day.startswith(match["day"][:3].lower()))
    today = said_at.date()
    if match["next"] or match["after"]:
        return today + timedelta(days=7 - today.weekday() + wanted)
    ahead = (wanted - today.weekday()) % 7
    if ahead == 0 and said_at.time() >= hours.end:
        ahead = 7
    return today + timedelta(days=ahead)


def _end_of_period(words: str, today: date) -> date | None:
    if re.search(r"\beow\b", words):
        words = "the week"
    found = _PERIOD_END.search(words)
    if not found:
        return None
    period, later = found["period"], found["which"] == "next"
    monday = today - timedelta(days=today.weekday()) + timedelta(days=7 * later)
    if period == "week":
        friday = monday + timedelta(days=4)
        return friday if friday >= today else monday + timedelta(days=6)
    if period == "weekend":
        return monday + timedelta(days=6)
    months = {"month": 1, "quarter": 3, "year": 12}[period]
    first = today.replace(month=(today.month - 1) // months * months + 1, day=1)
    return months_after(first, months * (1 + later)) - timedelta(days=1)


def months_after(day: date, count: int) -> date:
    """The same day of a later month, or its last. Raises OverflowError beyond the calendar."""
    months = day.month - 1 + count
    year, month = day.year + months // 12, months % 12 + 1
    if year > MAXYEAR:
        raise OverflowError(f"the calendar ends before the year {year}")
    return date(year, month, min(day.day, monthrange(year, month)[1]))
