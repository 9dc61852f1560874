"""The moment that due words stand for, told when and where they were said.

Conventions, since people leave out what they take for granted:

* A day without an hour ends with the working day, on the weekend too; "today", if that is over, at midnight.
* Morning ends at noon, afternoon with the working day, evening and night at nine.
* Minutes and hours are counted on the clock, days and longer by the calendar, to the end of the working day. Working
  days and hours are the house's where its hours are known, holidays left out, by its own clock; else they skip Saturday
  and Sunday. Of a range the later end counts.
* A weekday is the next such day, today too while it lasts; "next Friday" is that of next week, and
  weeks begin on Monday. A week ends on Friday, a weekend on Sunday.
* A date without a year is the next such date; "the 9th" the next 9th. A day its month doesn't have is an error, as is
  a moment before the words were said, and 3/4, which is April to some and March to others.
* An hour from 1 to 12 without "am" or "pm" is the next one between seven in the morning and seven in the evening.
* Half an hour is thirty minutes; half a day, as it is counted by days, ends with tomorrow's.
* "Soon", and what hangs on something else, stands for no moment.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from typing import Final

from goodword.promises.rules import due_words
from goodword.promises.rules.calendar_words import day_named, months_after
from goodword.promises.rules.clock_words import end_of, hour_named
from goodword.promises.rules.due_words import DATE, NUMBER, UNIT
from goodword.promises.rules.working_day import NINE_TO_FIVE, BadDue, WorkingDay, gettext_noop

_NUMBERS: Final[dict[str, float]] = {
    word: number
    for number, word in enumerate(
        (
            *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
            *("eleven", "twelve", "thirteen", "fourteen", "fifteen"),
        )
    )
} | {
    "a": 1,
    "an": 1,
    "the": 1,
    "twenty": 20,
    "thirty": 30,
    "forty-eight": 48,
    "couple": 2,
    "half a": 0.5,
    "half an": 0.5,
}
_LASTING = re.compile(
    rf"\b(?:within|in|inside|over|after|under|than)\b.{{0,20}}?(?P<low>{NUMBER}|the)(?: next)?(?: "
    rf"(?P<next>{NUMBER}))?"
    rf"(?: ?(?:-|–|to|or) ?(?P<high>{NUMBER}))?(?: more| full| short)? ?(?P<working>working|business|"
    rf"week)? ?(?P<unit>{UNIT})\b",
    re.IGNORECASE,
)
_DATE = re.compile(DATE, re.IGNORECASE)
_FIGURES = re.compile(r"\d[\d.,]*")
_THOUSANDS = re.compile(r",(?=\d{3})")
_A_DAY: Final = 86_400
_LENGTHS: Final = {
    "min": 60,
    "sec": 1,
    "h": 3600,
    "d": _A_DAY,
    "w": 7 * _A_DAY,
    "f": 14 * _A_DAY,
    "month": 30 * _A_DAY,
}
"""Seconds of a unit, by how it begins."""
_YEARS_AHEAD: Final = 10


def moment(words: str, said_at: datetime, hours: WorkingDay = NINE_TO_FIVE) -> datetime | None:
    """The last moment that keeps the promise, in the zone of `said_at` (which must have one); None where the words
    name no time. Raises BadDue for what is no date, is past or absurdly far, or can be read in two ways."""
    try:
        return _moment(words, said_at, hours)
    except OverflowError as error:
        raise _too_far(words) from error


def _moment(words: str, said_at: datetime, hours: WorkingDay) -> datetime | None:
    if due_words.is_vague(words):
        return None
    words = words.lower()
    lasting = _LASTING.search(words)
    if lasting and not _DATE.search(words[: lasting.start()] + " " + words[lasting.end() :]):
        return _after(lasting, said_at, hours)
    day = day_named(words, said_at, hours)
    clock = hour_named(words, said_at, day)
    if day is None and clock is None:
        return None
    if clock is None and day is not None:
        clock = end_of(words, day, said_at, hours)
    if clock is None:
        return None
    due = _at(day or _next_day_with(clock, said_at), clock, said_at)
    if due < said_at:
        raise BadDue(gettext_noop("“{words}” was over when this was said: name a later time."), words=words)
    return due


def _at(day: date, clock: time, said_at: datetime) -> datetime:
    """Local time in the zone of `said_at`. An hour that summer time skips becomes the one after it."""
    local = datetime.combine(day, clock, tzinfo=said_at.tzinfo)
    return local.astimezone(UTC).astimezone(said_at.tzinfo)


def _too_far(words: str) -> BadDue:
    return BadDue(
        gettext_noop("“{words}” is more than {years} years ahead: check it."), words=words, years=_YEARS_AHEAD
    )


def _number(word: str) -> float | None:
    word = word.lower().removeprefix("the next ").removeprefix("a ").removesuffix(" of").strip()
    whole, half, _ = word.partition(" and a half")
    if _FIGURES.fullmatch(whole):
        count: float | None = float(_THOUSANDS.sub("", whole).replace(",", "."))
    else:
        count = _NUMBERS.get(whole)
    return count + 0.5 if half and count is not None else count


def _after(match: re.Match[str], said_at: datetime, hours: WorkingDay) -> datetime | None:
    count = _number(match["high"] or match["next"] or match["low"])
    if count is None:  # "a few days"
        return None
    unit = match["unit"].lower()
    length = next(length for beginning, length in _LENGTHS.items() if unit.startswith(beginning))
    if count * length > timedelta(days=365 * _YEARS_AHEAD).total_seconds():
        raise _too_far(match[0])
    if length < _A_DAY:
        lasts, by_house = timedelta(seconds=count * length), hours.house if match["working"] else None
        due = by_house.add(said_at, lasts) if by_house is not None else said_at.astimezone(UTC) + lasts
        return due.astimezone(said_at.tzinfo)
    today = said_at.date()
    if match["working"]:
        return hours.days_after(said_at, ceil(count * (5 if unit.startswith("w") else 1)))
    if unit.startswith("month"):
        day = months_after(today, ceil(count))
    else:
        day = today + timedelta(days=ceil(count * length / _A_DAY))
    return _at(day, hours.end, said_at)


def _next_day_with(clock: time, said_at: datetime) -> date:
    today = said_at.date()
    return today if clock > said_at.time() else today + timedelta(days=1)
