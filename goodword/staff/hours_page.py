"""What the page of working time shows: calendars, who works when, and the hours that nobody is down for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from goodword.staff.business_time import Span, SpecialDay, WorkingTime, nine_to_five, write_hours, write_week
from goodword.staff.crew import Crew, Worker, read_crew
from goodword.staff.models import Absence, Agent, Calendar, Team, Workspace

_AHEAD = timedelta(days=7)
_DAYS_SHOWN = 4
_LEAP_YEAR = 2024


@dataclass(frozen=True, slots=True)
class Watch:
    """Whether somebody listens at this moment. `known`: without hours and rosters nobody can say; `blind`: hours were
    published, and no roster says who is there in them."""

    known: bool
    blind: bool
    there: Sequence[Agent]
    is_open: bool
    changes_at: datetime | None  # when our hours end, or begin again; None: they go on
    unwatched: bool


class ShownDay(NamedTuple):
    """A special day in words; no hours: closed."""

    when: str
    name: str
    hours: str


@dataclass(frozen=True, slots=True)
class ShownCalendar:
    """A calendar in words; `calendar` is None for the hours that are taken until somebody writes some."""

    calendar: Calendar | None
    name: str
    zone: str
    week: str
    coming: Sequence[ShownDay]
    more: int
    teams: Sequence[Team]
    unwatched: Sequence[Span]
    blind: bool  # nobody who keeps them is on the roster: whether they are watched, nobody can say


@dataclass(frozen=True, slots=True)
class ShownWorker:
    """An agent: when they work, in words, whether they are there, and their absences that aren't over."""

    agent: Agent
    week: str
    zone: str
    is_there: bool
    is_away: bool
    back_at: datetime | None
    next_at: datetime | None  # when they next work
    absences: Sequence[Absence]


@dataclass(frozen=True, slots=True)
class HoursPage:
    """The page."""

    watch: Watch
    calendars: Sequence[ShownCalendar]
    workers: Sequence[ShownWorker]


def read_watch(workspace: Workspace, *, now: datetime) -> Watch:
    """For the page of the day: six small queries."""
    return _watch(read_crew(workspace, since=now), now)


def _watch(crew: Crew, now: datetime) -> Watch:
    default = next((calendar for calendar in crew.calendars if calendar.is_default), None)
    if default is None or not crew.has_roster:
        return Watch(known=False, blind=default is not None, there=(), is_open=False, changes_at=None, unwatched=False)
    hours = default.working_time()
    return Watch(
        known=True,
        blind=False,
        there=[worker.agent for worker in crew.there(now)],
        is_open=hours.is_open(now),
        changes_at=hours.next_change(now),
        unwatched=crew.unwatched_at(default, now),
    )


def read_hours_page(workspace: Workspace, *, now: datetime) -> HoursPage:
    """As it stands at `now`."""
    crew = read_crew(workspace, since=now)
    teams = list(Team.objects.of(workspace).filter(calendar__isnull=False).order_by("name"))
    absences = list(Absence.objects.of(workspace).exclude(until__lte=now).order_by("since"))
    calendars = [_calendar(crew, calendar, teams, now) for calendar in crew.calendars]
    if not calendars:
        taken = nine_to_five(workspace.zone)
        calendars = [
            ShownCalendar(None, _("Not written yet"), taken.zone, write_week(taken.week), (), 0, (), (), False)
        ]
    return HoursPage(
        watch=_watch(crew, now),
        calendars=calendars,
        workers=[
            _worker(worker, [one for one in absences if one.agent_id == worker.agent.pk], now)
            for worker in crew.workers
        ],
    )


def _calendar(crew: Crew, calendar: Calendar, teams: Sequence[Team], now: datetime) -> ShownCalendar:
    hours = calendar.working_time()
    today = now.date().isoformat()
    special = [day for day in calendar.days_unlike_the_week if len(day.day) < len(today) or day.day >= today]
    return ShownCalendar(
        calendar=calendar,
        name=calendar.name,
        zone=calendar.zone,
        week=write_week(hours.week),
        coming=[ShownDay(_when(day), day.name, write_hours(day.hours)) for day in special[:_DAYS_SHOWN]],
        more=max(0, len(special) - _DAYS_SHOWN),
        teams=[team for team in teams if team.calendar_id == calendar.pk],
        unwatched=crew.unwatched(calendar, now, now + _AHEAD),
        blind=not crew.is_rostered(calendar),
    )


def _when(special: SpecialDay) -> str:
    """A day of every year has no year."""
    if len(special.day) == len("12-25"):
        return date_format(date.fromisoformat(f"{_LEAP_YEAR}-{special.day}"), "j F")
    return date_format(date.fromisoformat(special.day), "j M Y")


def _worker(worker: Worker, absences: Sequence[Absence], now: datetime) -> ShownWorker:
    works = worker.works
    return ShownWorker(
        agent=worker.agent,
        week=write_week(works.week) if works else "",
        zone=works.zone if works else "",
        is_there=worker.is_there(now),
        is_away=worker.is_away(now),
        back_at=worker.away_until(now),
        next_at=_next(works, now) if works else None,
        absences=absences,
    )


def _next(works: WorkingTime, now: datetime) -> datetime | None:
    return None if works.is_open(now) else works.next_opening(now)
