"""Write down when the brand works, or some of its teams; forget a calendar."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from goodword.kernel.facts import record
from goodword.staff.business_time import BadHours, Intervals, read_day_hours, read_days, read_week, read_zone
from goodword.staff.events import CalendarDeleted, CalendarSaved
from goodword.staff.models import Agent, Calendar, Team, Workspace

R = TypeVar("R")


class BadCalendar(Exception):
    """What was written can't be a calendar; `problems` gives the reason by field (`name`, `zone`, `week`, `day-0` for
    Monday to `day-6`, `days`). Nothing of it was kept."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


class DefaultCalendar(Exception):
    """The workspace's own calendar can be changed, not deleted."""


@transaction.atomic
def save_calendar(
    *,
    workspace: Workspace,
    calendar: Calendar | None = None,
    name: str,
    zone: str,
    week: Sequence[str],
    special_days: str,
    team_ids: Collection[int] = (),
    by: Agent | None,
    now: datetime,
) -> Calendar:
    """A new calendar, or `calendar` changed. `week` (Monday first) and `special_days` are as `read_hours` reads them.

    The first one of a workspace is for all its teams; of the others, `team_ids` says whose hours they are.
    Raises `BadCalendar`.
    """
    name = " ".join(name.split())
    problems: dict[str, str] = {}
    read = _Reader(problems)
    hours = _read_week(read, week)
    special = read("days", lambda: read_days(special_days)) or ()
    zone = read("zone", lambda: read_zone(zone)) or ""
    if not 0 < len(name) <= (Calendar._meta.get_field("name").max_length or 0):
        problems["name"] = _("Give it a name, of 60 characters at most.")
    if problems:
        raise BadCalendar(problems)
    kept = (_lock(calendar) if calendar else None) or Calendar(workspace=workspace)
    kept.name, kept.zone, kept.week = name, zone, [[list(one) for one in day] for day in hours]
    kept.special_days = [
        {"day": one.day, "name": one.name, "hours": [list(each) for each in one.hours]} for one in special
    ]
    if not kept.working_time().opens_within_a_year(now):
        says = _("With these days off it is not open once in the coming year: nothing would ever fall due.")
        raise BadCalendar({"days": says})
    kept.is_default = kept.is_default or not Calendar.objects.of(workspace).filter(is_default=True).exists()
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as error:
        raise BadCalendar({"name": _("There is a calendar called “%(name)s” already.") % {"name": name}}) from error
    if not kept.is_default:
        _give_to(kept, team_ids)
    record(
        CalendarSaved(workspace_id=workspace.pk, calendar_id=kept.pk, name=name),
        now=now,
        actor_id=by.pk if by else None,
    )
    return kept


def _lock(calendar: Calendar) -> Calendar | None:
    """The row as it stands now; None if it was deleted meanwhile."""
    return Calendar.objects.select_for_update().filter(pk=calendar.pk).first()


class _Reader:
    """Reads a field, and keeps the reason where it can't be read."""

    def __init__(self, problems: dict[str, str]) -> None:
        self.problems = problems

    def __call__(self, name: str, read: Callable[[], R]) -> R | None:
        try:
            return read()
        except BadHours as error:
            self.problems[name] = str(error)
            return None


def _read_week(read: _Reader, written: Sequence[str]) -> tuple[Intervals, ...]:
    for day, hours in enumerate(written):
        read(f"day-{day}", lambda hours=hours: read_day_hours(hours))  # type: ignore[misc]
    return () if read.problems else read("week", lambda: read_week(written)) or ()


def _give_to(calendar: Calendar, team_ids: Collection[int]) -> None:
    teams = Team.objects.of(calendar.workspace_id)
    teams.filter(calendar=calendar).exclude(pk__in=team_ids).update(calendar=None)
    teams.filter(pk__in=team_ids).update(calendar=calendar)


@transaction.atomic
def delete_calendar(*, calendar: Calendar, by: Agent | None, now: datetime) -> None:
    """Its teams keep the hours of the workspace from now on. Raises `DefaultCalendar`."""
    if calendar.is_default:
        raise DefaultCalendar(_("This is the calendar of the whole workspace. Change it instead."))
    fact = CalendarDeleted(workspace_id=calendar.workspace_id, calendar_id=calendar.pk, name=calendar.name)
    calendar.delete()
    record(fact, now=now, actor_id=by.pk if by else None)
