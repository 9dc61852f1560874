"""The span of time that the listening page looks at, as its address names it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from goodword.staff.models import Workspace
from goodword.web.days import read_day

DAYS = (1, 7, 30)
LONGEST = 400  # days
_HOUR, _DAY = 3600, 86_400
_ONE_DAY = timedelta(days=1)
# The chart's steps in seconds, each for spans of up to so many days.
_STEPS = ((2, _HOUR), (10, 3 * _HOUR), (92, _DAY), (LONGEST, 7 * _DAY))


@dataclass(frozen=True, slots=True)
class Span:
    """From `since` up to `until`; a bar of the chart stands for `step` seconds. `days` is 0 for a span of one's own."""

    since: datetime
    until: datetime
    step: int
    days: int
    first: date
    last: date
    problem: str = ""

    @property
    def name(self) -> str:
        """In words."""
        if self.days == 1:
            return _("in the last 24 hours")
        if self.days:
            return _("in the last %(n)d days") % {"n": self.days}
        return _("from %(first)s to %(last)s") % {
            "first": date_format(self.first, "j M Y"),
            "last": date_format(self.last, "j M Y"),
        }


def read_span(workspace: Workspace, given: QueryDict, *, now: datetime) -> Span:
    """The last seven days unless told. Ends at a full minute, so that asking again soon is the same question."""
    zone = ZoneInfo(workspace.zone)
    local = timezone.localtime(now, zone)
    minute = local.replace(second=0, microsecond=0) + timedelta(minutes=1)
    today = local.date()
    problem = ""
    if given.get("from") or given.get("to"):
        first, last = read_day(given.get("from", "")), read_day(given.get("to", ""))
        if first and last and timedelta(0) <= last - first < LONGEST * _ONE_DAY:
            end = datetime.combine(last + _ONE_DAY, time(), zone)
            since = datetime.combine(first, time(), zone)
            return Span(since, max(min(end, minute), since + _ONE_DAY), _step((last - first).days + 1), 0, first, last)
        problem = _("Choose a first and a last day, at most %(days)d days. These are the last 7.") % {"days": LONGEST}
    days = int(given.get("days", "")) if given.get("days") in {str(one) for one in DAYS} else 7
    if days == 1:
        since = local.replace(minute=0, second=0, microsecond=0) - timedelta(hours=23)
    else:
        since = datetime.combine(today - (days - 1) * _ONE_DAY, time(), zone)
    return Span(since, minute, _step(days), days, since.date(), today, problem)


def _step(days: int) -> int:
    return next(step for most, step in _STEPS if days <= most)
