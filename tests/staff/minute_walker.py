"""Business time by brute force: every minute of some years is looked at on the wall's clock, and counted.

Slow, and without any thought; what `WorkingTime` says is held against it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from goodword.staff.business_time import Intervals, WorkingTime

# Zones whose clocks change at different hours, by an hour, half an hour or two, forth and back across midnight, for
# Ramadan, never, or by a whole day (Apia left out the 30th of December 2011).
ZONES = (
    "Europe/Berlin", "Europe/London", "Europe/Dublin", "Europe/Chisinau", "Atlantic/Azores",
    "America/New_York", "America/St_Johns", "America/Havana", "America/Santiago", "America/Nuuk",
    "America/Sao_Paulo", "Africa/Cairo", "Africa/Casablanca", "Asia/Beirut", "Asia/Gaza",
    "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Chatham", "Pacific/Apia", "Antarctica/Troll",
)  # fmt: skip
BEGINS = datetime(2010, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)


class Wall:
    """The wall's clock in a zone, minute after minute from `begins` on."""

    def __init__(self, zone: str, *, begins: datetime = BEGINS, days: int) -> None:
        self.begins, self.length = begins, days * 1440
        info = ZoneInfo(zone)
        shown = [(begins + n * _MINUTE).astimezone(info) for n in range(self.length)]
        self.minutes = np.array([each.hour * 60 + each.minute for each in shown], np.int16)
        self.days = np.array([each.toordinal() for each in shown], np.int32)

    def open_minutes(self, calendar: WorkingTime) -> np.ndarray:
        """Of each minute, whether the calendar calls it working time."""
        first, last = int(self.days.min()), int(self.days.max())
        hours = np.zeros((last - first + 1, 1440), bool)
        for day in range(first, last + 1):
            for start, end in calendar.hours_on(date.fromordinal(day)):
                hours[day - first, start:end] = True
        return hours[self.days - first, self.minutes]

    def at(self, minute: int) -> datetime:
        """The moment of a minute, by its number."""
        return self.begins + minute * _MINUTE


def calendars(zone: str, days: int, *, seed: int) -> Iterator[WorkingTime]:
    """Random ones: up to three intervals a day, days off, holidays, short days, and some every year."""
    random_ = random.Random(f"{zone}{seed}")
    while True:
        week = tuple(_hours(random_) if random_.random() < 0.8 else () for _ in range(7))
        if not any(week):
            continue
        first = BEGINS.toordinal()
        special = {
            date.fromordinal(first + random_.randrange(days)): _hours(random_) if random_.random() < 0.3 else ()
            for _ in range(random_.randrange(12))
        }
        yield WorkingTime(zone, week, special, {(12, 25): (), (random_.randint(1, 12), 1): _hours(random_)})


def _hours(random_: random.Random) -> Intervals:
    ends = sorted(random_.sample(range(0, 1441, random_.choice((1, 15, 60))), 2 * random_.choice((1, 1, 2, 3))))
    return tuple(zip(ends[::2], ends[1::2], strict=True))


def differences(wall: Wall, calendar: WorkingTime, cases: int, *, seed: int) -> int:
    """How often the two differ, over random moments and amounts; half of the cases go forth, half add time."""
    random_ = random.Random(seed)
    is_open, wrong = wall.open_minutes(calendar), 0
    places = np.flatnonzero(is_open)
    for case in range(cases):
        since = random_.randrange(wall.length)
        if case % 2:
            until = min(wall.length - 1, since + int(random_.expovariate(1 / 6000)))
            by_hand = int(is_open[since:until].sum()) * _MINUTE
            wrong += calendar.between(wall.at(since), wall.at(until)) != by_hand
            continue
        amount = 1 + int(random_.expovariate(1 / 900))
        place = int(np.searchsorted(places, since)) + amount - 1
        if place < len(places):
            wrong += calendar.add(wall.at(since), amount * _MINUTE) != wall.at(int(places[place]) + 1)
    return wrong
