"""What the page of the reports shows: for a period, a channel and a team, findings in sentences with their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from goodword.care.measures import FEWEST_ANSWERS, Coverage, Satisfaction, Spread
from goodword.care.reports import (
    CoverageReport,
    Scope,
    coverage_report,
    satisfaction_report,
)
from goodword.care.speed import SpeedReport, speed_reports
from goodword.kernel.ids import read_id
from goodword.staff.models import Team, Workspace
from goodword.web.charts import NARROW, WIDE, BarChart, IntervalChart, bar_chart, interval_chart, lasting
from goodword.web.days import read_day

PERIODS = (7, 28, 90)  # days
LONGEST = 400  # days
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: days are whole days in the workspace's zone, the last one included."""

    scope: Scope
    first: date
    last: date
    problem: str

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1


def read_asked(workspace: Workspace, given: QueryDict, *, now: datetime) -> Asked:
    """The last 28 days unless told; what can't be meant is left out and said."""
    zone = ZoneInfo(workspace.zone)
    today = timezone.localtime(now, zone).date()
    days = int(given.get("days", "")) if given.get("days") in {str(one) for one in PERIODS} else 28
    first, last, problem = today - (days - 1) * _DAY, today, ""
    if given.get("from") or given.get("to"):
        wanted = read_day(given.get("from", "")), read_day(given.get("to", ""))
        if wanted[0] and wanted[1] and timedelta(0) <= wanted[1] - wanted[0] < LONGEST * _DAY:
            first, last = wanted[0], wanted[1]
        else:
            problem = _("Choose a first and a last day, at most %(days)d days. These are the last 28.") % {
                "days": LONGEST
            }
    team_id = read_id(given.get("team", ""))
    team = Team.objects.of(workspace).filter(pk=team_id).first() if team_id else None
    scope = Scope(
        workspace=workspace,
        since=datetime.combine(first, time(), zone),
        until=datetime.combine(last + _DAY, time(), zone),
        channel=given.get("channel", "")[:40].replace("\x00", ""),
        team_id=team.pk if team else None,
    )
    return Asked(scope, first, last, problem)


@dataclass(frozen=True, slots=True)
class Rated:
    """One of the two questions of the survey."""

    title: str
    question: str
    measured: Satisfaction
    chart: IntervalChart | None


@dataclass(frozen=True, slots=True)
class Speed:
    """How long something took: a sentence, by period, and in two drawings."""

    title: str
    periods: Sequence[tuple[str, Spread]]
    wide: BarChart
    narrow: BarChart

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(spread.count for _label, spread in self.periods)


@dataclass(frozen=True, slots=True)
class Report:
    """The page."""

    rated: Sequence[Rated]
    coverage: CoverageReport
    coverage_title: str
    speed: SpeedReport
    speeds: Sequence[Speed]
    groups: Sequence[tuple[str, Sequence[tuple[str, SpeedReport]]]]


def read_report(asked: Asked, *, channels: Sequence[str], teams: Sequence[Team]) -> Report:
    """Everything of it; what is broken down by `channels` and `teams`."""
    scope = asked.scope
    satisfied, covered, speeds = satisfaction_report(scope), coverage_report(scope), speed_reports(scope)
    speed, weeks = speeds.whole, [(_week(begin), report) for begin, report in speeds.weeks]
    groups = []
    if not scope.channel:
        groups.append((_("channel"), [(name, speeds.channel(name)) for name in channels]))
    if scope.team_id is None:
        groups.append((_("team"), [(team.name, speeds.team(team.pk)) for team in teams]))
    return Report(
        rated=[
            _rated(_("how it was solved"), _("How well did we solve it?"), satisfied.solved),
            _rated(_("the person"), _("How was the person who helped you?"), satisfied.person),
        ],
        coverage=covered,
        coverage_title=_coverage_title(covered.coverage),
        speed=speed,
        speeds=[
            _speed(
                _speed_title(_("first answers"), speed.first_response),
                [(week, report.first_response) for week, report in weeks],
            ),
            _speed(
                _speed_title(_("resolutions that stand"), speed.final_resolution),
                [(week, report.final_resolution) for week, report in weeks],
            ),
        ],
        groups=[(name, rows) for name, rows in groups if rows],
    )


def _week(begin: datetime) -> str:
    return date_format(begin, "j M")


def percent(share: float | None) -> str:
    """0.834 → "83 %"; a dash for none."""
    return "–" if share is None else _("%d %%") % round(share * 100)


def _rated(what: str, question: str, measured: Satisfaction) -> Rated:
    if measured.share is None or measured.interval is None:
        title = _("Too few answers to say how satisfied customers are with %(what)s: %(n)d of %(needed)d") % {
            "what": what,
            "n": measured.answers,
            "needed": FEWEST_ANSWERS,
        }
        return Rated(title, question, measured, None)
    title = _("%(share)s are satisfied with %(what)s; likely between %(low)s and %(high)s") % {
        "share": percent(measured.share),
        "what": what,
        "low": percent(measured.interval.low),
        "high": percent(measured.interval.high),
    }
    return Rated(title, question, measured, interval_chart(measured))


def _coverage_title(coverage: Coverage) -> str:
    if coverage.share is None:
        return _("Nothing needed an answer")
    return _("%(share)s of the messages that needed an answer got one: %(answered)d of %(needed)d") % {
        "share": percent(coverage.share),
        "answered": coverage.answered,
        "needed": coverage.needed,
    }


def _speed_title(what: str, spread: Spread) -> str:
    if spread.median is None:
        return _("No %(what)s in this period") % {"what": what}
    return _("Half of the %(what)s took %(median)s or less, nine of ten %(p90)s or less") % {
        "what": what,
        "median": lasting(spread.median),
        "p90": lasting(spread.p90),
    }


def _speed(title: str, periods: Sequence[tuple[str, Spread]]) -> Speed:
    return Speed(title, periods, bar_chart(periods, width=WIDE), bar_chart(periods, width=NARROW))
