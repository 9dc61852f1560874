"""What was counted around a fix: complaints of its cause, and how much was heard, before it and after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from goodword.care.models import Case
from goodword.learn.models import Improvement
from goodword.learn.rules import RateRatio, Span, is_back, rate_ratio
from goodword.listen.models import Disposition, Mention

LATELY = timedelta(days=7)  # in which a cause that was fixed may come back


@dataclass(frozen=True, slots=True)
class Counted:
    """What was heard in some days, and what of it was a complaint of the cause."""

    since: datetime
    until: datetime
    complaints: int  # cases with the cause
    mentions: int  # by customers, without spam
    cases: int
    with_cause: int  # of the cases, those whose cause is known

    @property
    def known(self) -> float:
        """The share of cases whose cause is known; 1 where there was no case."""
        return self.with_cause / self.cases if self.cases else 1.0

    @property
    def span(self) -> Span:
        """For the rate: a mention counts as far as the cause of what was said is known at all, else a cause would seem
        to rest while nobody names causes."""
        return Span(self.complaints, self.mentions * self.known)

    @property
    def rate(self) -> float | None:
        """Complaints per 1,000 mentions."""
        return self.span.rate


@dataclass(frozen=True, slots=True)
class Evidence:
    """Before and after a fix; and, once it counts as one, lately."""

    before: Counted
    after: Counted
    lately: Counted | None = None

    @property
    def change(self) -> RateRatio | None:
        """The rate after it ÷ the rate before it."""
        return rate_ratio(self.before.span, self.after.span)

    @property
    def is_back(self) -> bool:
        """Whether more complain lately than when it was fixed."""
        return self.lately is not None and is_back(self.after.span, self.lately.span)

    def as_json(self) -> dict[str, Any]:
        """For the improvement's row."""
        return {
            name: {key: value.isoformat() if isinstance(value, datetime) else value for key, value in counted.items()}
            for name, counted in asdict(self).items()
            if counted is not None
        }


def gather(improvement: Improvement, *, now: datetime) -> Evidence | None:
    """What is known at `now`; None before it is in place. Days to come are not counted, of neither side."""
    start, end = improvement.in_place_at, improvement.watched_until
    if start is None or end is None:
        return None
    workspace_id, cause_id = improvement.workspace_id, improvement.problem.cause_id
    before = count(workspace_id, cause_id, since=start - timedelta(days=improvement.days), until=start)
    after = count(workspace_id, cause_id, since=start, until=max(start, min(now, end)))
    lately = max(end, now - LATELY)
    if lately >= now:
        return Evidence(before, after)
    return Evidence(before, after, count(workspace_id, cause_id, since=lately, until=now))


def kept_evidence(kept: Mapping[str, Mapping[str, Any]] | None) -> Evidence | None:
    """What was counted when the row was written."""
    if not kept:
        return None
    read = {name: _counted(each) for name, each in kept.items()}
    return Evidence(read["before"], read["after"], read.get("lately"))


def _counted(kept: Mapping[str, Any]) -> Counted:
    times = {name: datetime.fromisoformat(kept[name]) for name in ("since", "until")}
    return Counted(**{**kept, **times})


def count(workspace_id: int, cause_id: int, *, since: datetime, until: datetime) -> Counted:
    """Of what was said from one moment up to another. A case belongs to when the customer first spoke."""
    cases = Case.objects.of(workspace_id).standing().filter(opened_at__gte=since, opened_at__lt=until)
    counted = cases.aggregate(
        cases=Count("pk"),
        with_cause=Count("pk", filter=Q(cause__isnull=False)),
        complaints=Count("pk", filter=Q(cause=cause_id)),
    )
    heard = Mention.objects.of(workspace_id).heard(since=since, until=until).exclude(disposition=Disposition.SPAM)
    return Counted(since=since, until=until, mentions=heard.count(), **counted)
