"""Working time: calendars of the brand, who works when, who is away, and hours that nobody watched."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goodword.staff.business_time import Intervals, SpecialDay, WorkingTime
from goodword.staff.models.scoped import Scoped, ScopedQuerySet

Week = list[list[list[int]]]
"""Hours of Monday to Sunday, as JSON: of each day, intervals [from, to] in minutes since midnight."""


class Calendar(Scoped):
    """When the brand, or some of its teams, answers. Deadlines in business time are reckoned by it."""

    name = models.CharField(_("name"), max_length=60)
    zone = models.CharField(max_length=64)  # IANA
    week = models.JSONField(default=list)
    special_days = models.JSONField(default=list)  # of {"day", "name", "hours"}, as `business_time.SpecialDay` has it
    is_default = models.BooleanField(default=False)  # of the workspace: for all teams without one of their own
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "name"], name="one_calendar_of_a_name"),
            models.UniqueConstraint(fields=["workspace"], condition=Q(is_default=True), name="one_default_calendar"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def days_unlike_the_week(self) -> list[SpecialDay]:
        """Holidays and short days, by day."""
        return [SpecialDay(each["day"], _hours(each["hours"]), each["name"]) for each in self.special_days]

    def working_time(self) -> WorkingTime:
        """To reckon with."""
        special = self.days_unlike_the_week
        return WorkingTime(
            self.zone,
            tuple(_hours(day) for day in self.week),
            {date.fromisoformat(each.day): each.hours for each in special if len(each.day) > _MONTH_DAY},
            {_month_day(each.day): each.hours for each in special if len(each.day) == _MONTH_DAY},
        )


class Roster(Scoped):
    """When an agent works. Who has none may answer at any time, and is counted on at none."""

    agent = models.ForeignKey("staff.Agent", models.CASCADE, related_name="+")
    zone = models.CharField(max_length=64)  # IANA, of where they are
    week = models.JSONField(default=list)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "agent"], name="one_roster_an_agent")
        ]

    def __str__(self) -> str:
        return f"roster of {self.agent_id}"

    def working_time(self, calendar: WorkingTime) -> WorkingTime:
        """To reckon with: on the days that `calendar` has off altogether, nobody works."""
        return WorkingTime(
            self.zone,
            tuple(_hours(day) for day in self.week),
            {day: hours for day, hours in calendar.days.items() if not hours},
            {day: hours for day, hours in calendar.yearly.items() if not hours},
        )


class Absence(Scoped):
    """An agent is away from `since` on; without `until`, until they say that they are back. Nobody asks why."""

    agent = models.ForeignKey("staff.Agent", models.CASCADE, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["workspace", "until"], name="absences_by_end")]

    def __str__(self) -> str:
        return f"{self.agent_id} away since {self.since}"


class UnwatchedTime(Scoped):
    """Hours that we had published, and in which nobody was there. The twin of a source's gap."""

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)  # null while it lasts
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "calendar", "since"], name="unwatched_once")
        ]

    def __str__(self) -> str:
        return f"unwatched since {self.since}"


_MONTH_DAY = len("12-25")


def _hours(stored: list[Any]) -> Intervals:
    return tuple((start, end) for start, end in stored)


def _month_day(day: str) -> tuple[int, int]:
    month, _dash, in_month = day.partition("-")
    return int(month), int(in_month)
