"""Weeks of a workspace, from Monday to Sunday in its zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.utils import timezone

from goodword.staff.models import Workspace

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Week:
    """From a Monday to the Sunday after it: `since` ≤ t < `until`."""

    monday: date
    since: datetime
    until: datetime

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + 6 * _DAY


def week_of(workspace: Workspace, day: date) -> Week:
    """The week that a day lies in. Raises `OverflowError` for days at the ends of the calendar."""
    monday, zone = day - day.weekday() * _DAY, ZoneInfo(workspace.zone)
    since, until = (datetime.combine(each, time(), zone) for each in (monday, monday + 7 * _DAY))
    return Week(monday, since, until)


def last_week(workspace: Workspace, *, now: datetime) -> Week:
    """The last one that is over."""
    return week_of(workspace, timezone.localtime(now, ZoneInfo(workspace.zone)).date() - 7 * _DAY)


def weeks_back(workspace: Workspace, count: int, *, running: bool = False, now: datetime) -> list[date]:
    """The Mondays of the last weeks that are over, the latest first; before them the running one, if it counts."""
    latest = last_week(workspace, now=now).monday
    return [latest - 7 * n * _DAY for n in range(-1 if running else 0, count)]


def read_week(workspace: Workspace, given: str, *, back: int, running: bool = False, now: datetime) -> Week | None:
    """The week of a day that an address names, the last one for nothing; None for one that is not of `weeks_back`."""
    if not given:
        return last_week(workspace, now=now)
    try:
        week = week_of(workspace, date.fromisoformat(given))
    except (ValueError, OverflowError):
        return None
    return week if week.monday in weeks_back(workspace, back, running=running, now=now) else None
