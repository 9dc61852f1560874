"""The measures of the scorecard: what each P is seen by. What a number means stands in its rule.

Participation: we are there and answer. Platform: words reach us, and ours reach them. Prioritisation: what matters most
comes first. Problem resolution: it is solved, in the customer's word. Process: we learn from it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from goodword.care.delivery import ARRIVED
from goodword.care.models import Case, Delivery, Episode, Message, MessageKind, Rating, Resolution
from goodword.care.reports import Scope, coverage_report, gap_hours
from goodword.insight.weeks import WEEK, Tally, by_week
from goodword.learn.models import Improvement
from goodword.learn.models.improvement import Stage
from goodword.process.models import Clock, QualityReview, Survey, SurveyKind
from goodword.process.quality_figures import GOOD
from goodword.process.rules.surveys import EASY
from goodword.promises.models import Promise, Standing
from goodword.staff.models import Workspace

SOON = timedelta(hours=1)
HIGH_RISK = 60  # of 100
FEWEST_RATINGS = 10
_SATISFIED = 4  # of 5


class P(StrEnum):
    """The five Ps of social care."""

    PARTICIPATION = "participation"
    PLATFORM = "platform"
    PRIORITISATION = "prioritisation"
    RESOLUTION = "resolution"
    PROCESS = "process"


Weekly = Callable[[Workspace, Sequence[datetime]], list[Tally]]
Behind = Callable[[Workspace, datetime, datetime], "QuerySet[Case]"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure: a share (more is better), or hours (fewer are better)."""

    key: str
    p: P
    label: LazyText
    rule: LazyText
    target: float  # unless the workspace set its own: a share 0–1, or hours in four weeks
    weekly: Weekly
    behind: Behind | None  # the cases that fall short
    fewest: int = 1  # with fewer the figure is not shown
    in_hours: bool = False


def _answered(workspace: Workspace, begins: Sequence[datetime]) -> list[Tally]:
    found = [coverage_report(_scope(workspace, begin)) for begin in begins]
    return [Tally(each.coverage.answered, each.coverage.needed) for each in found]


def _ignored(workspace: Workspace, since: datetime, until: datetime) -> QuerySet[Case]:
    report = coverage_report(Scope(workspace=workspace, since=since, until=until))
    return Case.objects.of(workspace).filter(number__in=[each.case_number for each in report.ignored])


def _unheard(workspace: Workspace, begins: Sequence[datetime]) -> list[Tally]:
    return [Tally(gap_hours(_scope(workspace, begin)), 1) for begin in begins]


def _scope(workspace: Workspace, begin: datetime) -> Scope:
    return Scope(workspace=workspace, since=begin, until=begin + WEEK)


def _share(
    rows: Callable[[Workspace], QuerySet[Any]], *, at: str, good: Q, lag: timedelta = timedelta(0)
) -> tuple[Weekly, Behind]:
    """How the share goes week by week, and the cases of those rows that are not good. Rows name their case.

    With a `lag` the weeks end so much earlier: what still has that long to become good is not judged yet.
    """

    def weekly(workspace: Workspace, begins: Sequence[datetime]) -> list[Tally]:
        return by_week(rows(workspace), at=at, good=good, begins=[begin - lag for begin in begins])

    def behind(workspace: Workspace, since: datetime, until: datetime) -> QuerySet[Case]:
        span = {f"{at}__gte": since - lag, f"{at}__lt": until - lag}
        short = rows(workspace).filter(**span).exclude(good)
        return Case.objects.of(workspace).filter(pk__in=short.order_by().values(_CASE[short.model]))

    return weekly, behind


_CASE = {
    Episode: "case", Message: "case", Clock: "case", Promise: "case_id", Rating: "episode__case", Case: "pk",
    QualityReview: "case", Survey: "case",
}  # fmt: skip

_answered_soon = Q(first_response_at__lte=F("opened_at") + SOON)
_DECIDED = [Resolution.CONFIRMED, Resolution.DISPUTED]

_first = _share(
    lambda ws: Episode.objects.of(ws).filter(case__merged_into=None), at="opened_at", good=_answered_soon, lag=SOON
)
_riskiest = _share(
    lambda ws: Episode.objects.of(ws).filter(case__merged_into=None, case__risk__gte=HIGH_RISK),
    at="opened_at",
    good=_answered_soon,
    lag=SOON,
)
_arrived = _share(
    lambda ws: (
        Message.objects.of(ws)
        .filter(kind=MessageKind.REPLY, idempotency_key__isnull=False)
        .exclude(delivery__in=[Delivery.HELD, Delivery.QUEUED, Delivery.SENDING, Delivery.UNDONE, ""])
    ),
    at="at",
    good=Q(delivery__in=ARRIVED),
)
_deadlines = _share(
    lambda ws: Clock.objects.of(ws).filter(outcome__in=["met", "missed"]), at="ended_at", good=Q(outcome="met")
)
_confirmed = _share(
    lambda ws: Episode.objects.of(ws).filter(resolution__in=_DECIDED),
    at="decided_at",
    good=Q(resolution=Resolution.CONFIRMED),
)
_satisfied = _share(
    lambda ws: Rating.objects.of(ws).filter(solved__isnull=False), at="at", good=Q(solved__gte=_SATISFIED)
)
_kept = _share(
    lambda ws: Promise.objects.of(ws).filter(standing__in=[Standing.KEPT, Standing.KEPT_LATE, Standing.BROKEN]),
    at="due_at",
    good=Q(standing=Standing.KEPT),
)
_explained = _share(
    lambda ws: Case.objects.of(ws).standing().filter(resolved_at__isnull=False),
    at="resolved_at",
    good=Q(cause__isnull=False),
)
_easy = _share(
    lambda ws: Survey.objects.of(ws).filter(kind=SurveyKind.EFFORT, answer__isnull=False),
    at="answered_at",
    good=Q(answer__gte=EASY),
)
_good_answers = _share(QualityReview.objects.of, at="at", good=Q(score__gte=GOOD))


def _not_helped(workspace: Workspace, since: datetime, until: datetime) -> QuerySet[Case]:
    """Who complained all the same: cases of the cause since the change that did not help, or no longer does."""
    short = Improvement.objects.of(workspace).filter(
        stage__in=[Stage.UNPROVEN, Stage.BACK], judged_at__gte=since, judged_at__lt=until
    )
    of_each = [
        Q(cause=cause_id, opened_at__gte=in_place_at)
        for cause_id, in_place_at in short.values_list("problem__cause", "in_place_at")
        if in_place_at is not None
    ]
    cases = Case.objects.of(workspace).standing().filter(opened_at__lt=until)
    return cases.filter(reduce(or_, of_each)) if of_each else cases.none()


def _judged(workspace: Workspace, begins: Sequence[datetime]) -> list[Tally]:
    judged = Improvement.objects.of(workspace).filter(stage__in=[Stage.FIXED, Stage.UNPROVEN, Stage.BACK])
    return by_week(judged, at="judged_at", good=Q(stage=Stage.FIXED), begins=begins)


MEASURES: Sequence[Measure] = (
    Measure(
        "coverage", P.PARTICIPATION, _("What needed an answer got one"),
        _("Mentions that needed an answer and got one from a person ÷ all that needed one."), 0.95, _answered, _ignored,
    ),
    Measure(
        "first-hour", P.PARTICIPATION, _("Answered within an hour"),
        _("Rounds of cases whose first human answer came within an hour, by the clock on the wall ÷ all rounds."),
        0.8, *_first,
    ),
    Measure(
        "unheard", P.PLATFORM, _("Hours not heard"),
        _("Hours in which a source was not heard and that did not come in later, in four weeks."),
        2, _unheard, None, in_hours=True,
    ),
    Measure(
        "arrived", P.PLATFORM, _("Our replies arrived"),
        _("Replies that the channel took ÷ those we tried to send."), 0.99, *_arrived,
    ),
    Measure(
        "riskiest", P.PRIORITISATION, _("The riskiest answered within an hour"),
        _("Rounds of cases with a risk of 60 or more whose first human answer came within an hour ÷ all of those."),
        0.9, *_riskiest,
    ),
    Measure(
        "deadlines", P.PRIORITISATION, _("Deadlines met"),
        _("Clocks that ended in time ÷ clocks that ended; what is open is in neither."), 0.9, *_deadlines,
    ),
    Measure(
        "confirmed", P.RESOLUTION, _("Solved, says the customer"),
        _("Resolutions that the customer confirmed ÷ those they confirmed or disputed."), 0.85, *_confirmed,
    ),
    Measure(
        "satisfied", P.RESOLUTION, _("Satisfied with how it was solved"),
        _("Ratings of 4 or 5 ÷ ratings; not shown under ten."), 0.8, *_satisfied, fewest=FEWEST_RATINGS,
    ),
    Measure(
        "easy", P.RESOLUTION, _("We make it easy"),
        _("Answers of 5 to 7 of 7 to whether we make it easy (CES) ÷ answers; not shown under ten."), 0.8, *_easy,
        fewest=FEWEST_RATINGS,
    ),
    Measure(
        "kept", P.RESOLUTION, _("Promises kept in time"),
        _("Promises kept in time ÷ promises that fell due; one that was renegotiated is not kept."), 0.95, *_kept,
    ),
    Measure(
        "explained", P.PROCESS, _("We know why"),
        _("Resolved cases whose cause somebody named ÷ resolved cases."), 0.8, *_explained,
    ),
    Measure(
        "quality", P.PROCESS, _("Answers that stood up to review"),
        _("Reviews of randomly drawn cases with at least 80 percent of the points ÷ reviews."), 0.8, *_good_answers,
    ),
    Measure(
        "fixed", P.PROCESS, _("What we changed helped"),
        _("Improvements after which the complaints stopped ÷ improvements that were judged."),
        0.5, _judged, _not_helped,
    ),
)  # fmt: skip
