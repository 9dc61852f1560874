"""How often each cause was complained of: in a period, in the one before it, and week by week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from goodword.care.models import Case
from goodword.care.models.case import CaseQuerySet
from goodword.learn.models import Problem
from goodword.listen.models import Disposition, Mention
from goodword.staff.models import Workspace
from goodword.triage.models import Area, Cause
from goodword.ui.sparkline import Sparkline, sparkline

WEEKS = 8
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class CauseCount:
    """A cause with its complaints in the period and in the one of the same length before it."""

    cause: Cause
    now: int
    before: int
    rate: float | None  # per 1,000 mentions of the period
    trend: Sparkline
    problems: int  # open ones

    @property
    def change(self) -> int:
        """How many more than before."""
        return self.now - self.before


@dataclass(frozen=True, slots=True)
class CauseTable:
    """All causes by area, the most frequent first, and how much of all cases they explain."""

    areas: Sequence[tuple[Area, Sequence[CauseCount]]]
    cases: int
    with_cause: int
    mentions: int


def cause_table(workspace: Workspace, *, days: int, now: datetime) -> CauseTable:
    """The causes in use, and those that are not but were complained of, over the last `days`."""
    since = now - timedelta(days=days)
    cases = Case.objects.of(workspace).standing().filter(opened_at__lt=now)
    counts = (
        _by_cause(cases.filter(opened_at__gte=since)),
        _by_cause(cases.filter(opened_at__gte=since - timedelta(days=days), opened_at__lt=since)),
    )
    heard = mentions_heard(workspace, since=since, until=now)
    weekly = _weekly(workspace, now)
    problems = dict(Problem.objects.of(workspace).filter(closed_at=None).values_list("cause").annotate(n=Count("pk")))
    rows: dict[Area, list[CauseCount]] = defaultdict(list)
    for cause in Cause.objects.of(workspace).in_order():
        n = counts[0].get(cause.pk, 0)
        if cause.retired_at is None or n:
            rate = 1000 * n / heard if heard else None
            line = sparkline(weekly[cause.pk], says=weeks_say(weekly[cause.pk]))
            row = CauseCount(cause, n, counts[1].get(cause.pk, 0), rate, line, problems.get(cause.pk, 0))
            rows[cause.area].append(row)
    for area in Area.objects.of(workspace).filter(causes=None):
        rows[area] = []
    areas = sorted(rows.items(), key=lambda pair: (-sum(row.now for row in pair[1]), pair[0].name))
    return CauseTable(
        areas=[(area, sorted(each, key=lambda row: (-row.now, row.cause.name))) for area, each in areas],
        cases=sum(counts[0].values()),
        with_cause=sum(n for cause, n in counts[0].items() if cause is not None),
        mentions=heard,
    )


def trend_of(cause: Cause, *, now: datetime) -> list[int]:
    """Complaints of one cause in each of the last weeks, the oldest first."""
    return _weekly_counts(Case.objects.of(cause.workspace_id).standing().filter(cause=cause), now)[cause.pk]


def weeks_say(counts: Sequence[int]) -> str:
    """The same in words, for who can't see the line."""
    return _("The last %(weeks)d weeks: %(counts)s") % {
        "weeks": len(counts),
        "counts": ", ".join(str(n) for n in counts),
    }


def mentions_heard(workspace: Workspace, *, since: datetime, until: datetime) -> int:
    """What customers said, without spam."""
    heard = Mention.objects.of(workspace).heard(since=since, until=until)
    return heard.exclude(disposition=Disposition.SPAM).count()


def _by_cause(cases: CaseQuerySet) -> dict[int | None, int]:
    return dict(cases.order_by().values_list("cause").annotate(n=Count("pk")))


def _weekly(workspace: Workspace, now: datetime) -> dict[int, list[int]]:
    cases = Case.objects.of(workspace).standing().filter(cause__isnull=False)
    return _weekly_counts(cases, now)


def _weekly_counts(cases: CaseQuerySet, now: datetime) -> dict[int, list[int]]:
    begins = [now - _WEEK * (WEEKS - n) for n in range(WEEKS)]
    weeks = {
        f"week{n}": Count("pk", filter=Q(opened_at__gte=begin, opened_at__lt=begin + _WEEK))
        for n, begin in enumerate(begins)
    }
    found: dict[int, list[int]] = defaultdict(lambda: [0] * WEEKS)
    recent = cases.filter(opened_at__gte=begins[0], opened_at__lt=now).order_by()
    for cause_id, *counts in recent.values_list("cause").annotate(**weeks):
        found[cause_id] = counts
    return found
