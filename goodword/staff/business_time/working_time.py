"""A calendar to reckon with: hours of each weekday and of special days, in an IANA time zone.

A moment is working time if the clock on the wall in that zone then shows a time within the hours of that date. So an
hour that the clock repeats in autumn counts twice where it is within the hours, and one that it leaves out in spring
doesn't count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from goodword.staff.business_time.spans import Span, merged

Interval = tuple[int, int]
"""Minutes since the local midnight, 0 ≤ from < to ≤ 1440."""

Intervals = tuple[Interval, ...]
"""Of one day: in order, without overlap."""

_DAY, _SECOND, _A_YEAR = timedelta(days=1), timedelta(seconds=1), timedelta(days=366)
_NONE = timedelta(0)


@dataclass(frozen=True)
class WorkingTime:
    """Hours by weekday (Monday first). `days` and, for every year, `yearly` (month, day) stand instead of them."""

    zone: str
    week: tuple[Intervals, ...]
    days: Mapping[date, Intervals] = field(default_factory=dict)
    yearly: Mapping[tuple[int, int], Intervals] = field(default_factory=dict)
    _open: dict[int, tuple[Span, ...]] = field(default_factory=dict, compare=False, repr=False)

    def hours_on(self, day: date) -> Intervals:
        """The hours of a date; a special day stands before one of every year, and that before the week."""
        hours = self.days.get(day)
        if hours is None:
            hours = self.yearly.get((day.month, day.day))
        return self.week[day.weekday()] if hours is None else hours

    def is_open(self, at: datetime) -> bool:
        """Whether this moment is working time."""
        local = at.astimezone(ZoneInfo(self.zone))
        minute = local.hour * 60 + local.minute
        return any(start <= minute < end for start, end in self.hours_on(local.date()))

    def between(self, since: datetime, until: datetime) -> timedelta:
        """How much of `since`–`until` is working time: Σ overlap with the calendar. Nothing if it ends first."""
        return sum((end - start for start, end in self._pieces(since, until)), _NONE)

    def add(self, since: datetime, amount: timedelta) -> datetime:
        """The first moment at which `amount` of working time has passed since `since`.

        Raises `OverflowError` if that is beyond the calendar's end, `ValueError` for less than nothing.
        """
        if amount < _NONE:
            raise ValueError("time that has passed can't be taken back")
        left, reached = amount, since
        for start, end in self._pieces(since, None):
            if left <= _NONE:
                break
            reached = start + min(left, end - start)
            left -= end - start
        return reached.astimezone(UTC)

    def spans(self, since: datetime, until: datetime) -> list[Span]:
        """Working time within `since`–`until`, in UTC, in order; spans neither overlap nor touch."""
        return merged(self._pieces(since, until))

    def opens_within_a_year(self, after: datetime) -> bool:
        """Whether it is open at any time soon; what is reckoned with one that never is would never come."""
        return next(self._pieces(after, after.astimezone(UTC) + _A_YEAR), None) is not None

    def next_opening(self, after: datetime) -> datetime:
        """When it is next open: `after` itself if it is. Raises `OverflowError` if it never is again."""
        return max(after.astimezone(UTC), next(self._pieces(after, None))[0])

    def next_change(self, after: datetime) -> datetime | None:
        """The next moment at which it closes if it is open, opens if it is closed; None if that is a year away."""
        until = after.astimezone(UTC) + _A_YEAR
        pieces = self._pieces(after, until)
        start, end = next(pieces, (until, until))
        if start > after:
            return start if start < until else None
        for later, ends in pieces:
            if later > end:
                break
            end = ends
        return end if end < until else None

    def _pieces(self, since: datetime, until: datetime | None) -> Iterator[Span]:
        """Working time in order, UTC day by UTC day. Without `until` it ends with the calendar, by `OverflowError`."""
        since = since.astimezone(UTC)
        until = until and until.astimezone(UTC)
        for day in count(since.toordinal()):
            if until is not None and day > until.toordinal():
                return
            for start, end in self._open_on(day):
                begins, ends = max(start, since), end if until is None else min(end, until)
                if begins < ends:
                    yield begins, ends

    def _open_on(self, day: int) -> tuple[Span, ...]:
        """What is open on a UTC day, by its ordinal; kept, since the same days are asked for again and again."""
        found = self._open.get(day)
        if found is None:
            begins = datetime.combine(_date(day), time(), UTC)
            ends = begins + _DAY
            found = tuple(piece for part in self._even_parts(begins, ends) for piece in self._open_in(*part))
            self._open[day] = found
        return found

    def _even_parts(self, begins: datetime, ends: datetime) -> Iterator[tuple[datetime, datetime, timedelta]]:
        """The day in parts in each of which the zone keeps its distance from UTC. It changes once a day at most."""
        first, last = self._offset(begins), self._offset(ends - _SECOND)
        if first == last:
            yield begins, ends, first
            return
        before, after = begins, ends - _SECOND
        while after - before > _SECOND:
            middle = before + (after - before) // _SECOND // 2 * _SECOND
            before, after = (middle, after) if self._offset(middle) == first else (before, middle)
        yield begins, after, first
        yield after, ends, last

    def _offset(self, at: datetime) -> timedelta:
        return at.astimezone(ZoneInfo(self.zone)).utcoffset() or _NONE

    def _open_in(self, begins: datetime, ends: datetime, offset: timedelta) -> Iterator[Span]:
        """What is open from `begins` to `ends`, while the local clock is `offset` ahead of UTC."""
        local_day = (begins + offset).date()
        while (midnight := datetime.combine(local_day, time(), UTC) - offset) < ends:
            for start, end in self.hours_on(local_day):
                opens, closes = midnight + timedelta(minutes=start), midnight + timedelta(minutes=end)
                if max(opens, begins) < min(closes, ends):
                    yield max(opens, begins), min(closes, ends)
            local_day += _DAY


def _date(ordinal: int) -> date:
    try:
        return date.fromordinal(ordinal)
    except ValueError as error:
        raise OverflowError("beyond the end of the calendar") from error


_ALL_DAY: Intervals = ((0, 1440),)
_OFFICE: Intervals = ((9 * 60, 17 * 60),)

ALWAYS = WorkingTime("UTC", (_ALL_DAY,) * 7)
"""Wall time, as a calendar that never closes."""


def nine_to_five(zone: str) -> WorkingTime:
    """Monday to Friday, 9 to 17: what is reckoned with until somebody writes a calendar."""
    return WorkingTime(zone, (_OFFICE,) * 5 + ((),) * 2)
