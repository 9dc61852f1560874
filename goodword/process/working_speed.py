"""How fast in working time: first answers and resolutions of a scope, by the calendars of their teams.

Beside `care.speed`, which reckons by the clock on the wall. What was awaited when is said by the rules that clocks go
by too (`rules.stretches`), and what of it is working time by the one rule there is for that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Q

from goodword.care.measures import Spread, spread
from goodword.care.reports import Scope
from goodword.process.happenings import read_happenings
from goodword.process.rules.due import spent
from goodword.process.rules.stretches import Stretch, Timed
from goodword.staff.business_time import WorkingTime
from goodword.staff.working_times import working_times

_AT_ONCE = 2000  # cases


@dataclass(slots=True)
class WorkingSpeed:
    """Seconds of working time, of first answers to rounds that began in the period, and resolutions of those that ended
    in it, without the time in which we waited for the customer."""

    answers: list[float] = field(default_factory=list)
    resolutions: list[float] = field(default_factory=list)

    @property
    def first_response(self) -> Spread:
        """Median and nine of ten."""
        return spread(self.answers)

    @property
    def resolution(self) -> Spread:
        """Median and nine of ten."""
        return spread(self.resolutions)


@dataclass(slots=True)
class WorkingSpeeds:
    """The whole (under None), and its parts by channel and by team."""

    parts: dict[Hashable, WorkingSpeed]
    written: bool  # whether somebody wrote hours down; else Monday to Friday, 9 to 17, were taken

    def of(self, part: Hashable) -> WorkingSpeed:
        """Of a channel by name, a team by id, or of everything (None)."""
        return self.parts.get(part, WorkingSpeed())


def working_speeds(scope: Scope) -> WorkingSpeeds:
    """In three queries for every two thousand cases."""
    times = working_times(scope.workspace)
    parts: dict[Hashable, WorkingSpeed] = defaultdict(WorkingSpeed)
    touched = scope.episodes().filter(
        Q(opened_at__gte=scope.since, opened_at__lt=scope.until)
        | Q(resolved_at__gte=scope.since, resolved_at__lt=scope.until)
    )
    cases = {pk: (channel, team) for pk, channel, team in touched.values_list("case", "case__channel", "case__team")}
    ordered = sorted(cases)
    for start in range(0, len(ordered), _AT_ONCE):
        for case_id, happened in read_happenings(ordered[start : start + _AT_ONCE]).items():
            channel, team = cases[case_id]
            for stretch in happened.stretches():
                seconds = _seconds(scope, stretch, times.of_team(team))
                if seconds is not None:
                    for part in (None, channel, team or 0):
                        _list(parts[part], stretch).append(seconds)
    return WorkingSpeeds(dict(parts), times.written)


def _seconds(scope: Scope, stretch: Stretch, time: WorkingTime) -> float | None:
    """None if it isn't of the period, or not done."""
    if not stretch.fulfilled or stretch.ended_at is None or stretch.timed is Timed.NEXT:
        return None
    counts_by = stretch.started_at if stretch.timed is Timed.FIRST else stretch.ended_at
    if not scope.since <= counts_by < scope.until:
        return None
    took: timedelta = spent(stretch.runs, time, stretch.ended_at)
    return took.total_seconds()


def _list(speed: WorkingSpeed, stretch: Stretch) -> list[float]:
    return speed.answers if stretch.timed is Timed.FIRST else speed.resolutions
