"""Due times as people type them, and the one that is offered where none was named."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from goodword.people.models import Person
from goodword.promises.rules import BadDue, WorkingDay
from goodword.staff.business_time import WorkingTime
from goodword.staff.models import Calendar

LONGEST: Final = timedelta(days=3 * 366)


class DueRefused(Exception):
    """What was given as a due time is none; the message says what to give instead."""


def zone_of(person: Person) -> ZoneInfo:
    """The customer's zone where it is known, else the house's."""
    return ZoneInfo(person.zone or person.workspace.zone)


def is_zone(name: str) -> bool:
    """Whether it is an IANA name."""
    return name in available_timezones()


def read_due(given: str, *, zone: ZoneInfo, now: datetime) -> datetime:
    """A moment from a `datetime-local` field, by the clock of `zone`. Raises `DueRefused`."""
    if not given.strip():
        raise DueRefused(_("Say by when."))
    try:
        found = parse_datetime(given.strip())
    except ValueError:
        found = None
    if found is None or not now.year <= found.year <= now.year + 10:
        raise DueRefused(_("“%s” is no day and hour: choose them again.") % given[:40])
    due = found.replace(tzinfo=found.tzinfo or zone).astimezone(now.tzinfo)
    if due <= now:
        raise DueRefused(_("That moment is over: choose a later one."))
    if due - now > LONGEST:
        raise DueRefused(_("That is more than three years away: choose an earlier moment."))
    return due


def as_typed(due: datetime | None, zone: ZoneInfo) -> str:
    """A moment for a `datetime-local` field."""
    return due.astimezone(zone).strftime("%Y-%m-%dT%H:%M") if due else ""


def house_hours(workspace_id: int) -> WorkingTime | None:
    """The hours that the house wrote down, holidays and all; None while it has not."""
    written = Calendar.objects.of(workspace_id).filter(is_default=True).first()
    return written.working_time() if written is not None else None


def next_working_end(now: datetime, zone: ZoneInfo, house: WorkingTime | None) -> datetime:
    """The end of the next working day: offered where a promise names no time."""
    return WorkingDay(house=house).days_after(now.astimezone(zone), 1)


def why_bad(problem: BadDue) -> str:
    """Why due words stand for no moment, in the reader's language."""
    return _(problem.template).format(**problem.values)
