"""What reading due words goes by, and how it fails."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple
from zoneinfo import ZoneInfo

if TYPE_CHECKING:  # else these rules, which know of no tables, would load a room that has some
    from goodword.staff.business_time import WorkingTime


_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


def gettext_noop(message: str) -> str:
    """Marks a sentence for translation, without these rules knowing of any language."""
    return message


class BadDue(ValueError):
    """Due words that stand for no moment there is. The message says why, and what to write instead; a page translates
    `template` and fills in `values`."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values


class WorkingDay(NamedTuple):
    """When a working day begins and ends, local time; and the house's hours, which say what days and hours are working
    ones. Without them it is Monday to Friday, and hours are counted on the clock."""

    start: time = time(9)
    end: time = time(17)
    house: WorkingTime | None = None

    def days_after(self, said_at: datetime, count: int) -> datetime:
        """The end of the `count`-th working day after today, in the zone of `said_at`. Raises OverflowError beyond the
        calendar."""
        zone = said_at.tzinfo if self.house is None else ZoneInfo(self.house.zone)
        day = said_at.astimezone(zone).date()
        while count:
            day += _DAY
            count -= self._ends(day) is not None
        ends = self._ends(day) or timedelta(hours=self.end.hour, minutes=self.end.minute)
        return (datetime.combine(day, time(), zone) + ends).astimezone(UTC).astimezone(said_at.tzinfo)

    def _ends(self, day: date) -> timedelta | None:
        """How long after midnight it ends; None if nobody works."""
        if self.house is not None:
            hours = self.house.hours_on(day)
            return timedelta(minutes=hours[-1][1]) if hours else None
        works = day.weekday() < _SATURDAY
        return timedelta(hours=self.end.hour, minutes=self.end.minute) if works else None


NINE_TO_FIVE: Final = WorkingDay()
