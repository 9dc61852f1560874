"""The longer somebody waits, the higher the risk of their case; once they are answered, waiting counts no more."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from django.db import transaction
from django.db.models import Q

from goodword.care.events import RiskReviewed
from goodword.care.models import Case, State
from goodword.care.weigh import hours_waited
from goodword.kernel.facts import record_all
from goodword.triage.risk import AGE_STEPS, with_age
from goodword.triage.weights_in_force import weights_in_force


@transaction.atomic
def grow_older(*, now: datetime, limit: int) -> int:
    """Weigh the waiting of the next cases in which it counts otherwise than it did; how many. Two runs share the work.

    Their words are not read again: only what waiting adds has changed.
    """
    due = (
        Case.objects.standing()
        .filter(_counts_otherwise(now), state__in=(State.OPEN, State.PENDING))
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("pk")
    )
    cases = list(due[:limit])
    weights = weights_in_force({case.workspace_id for case in cases})
    facts = []
    for case in cases:
        before = case.risk
        risk = with_age(case.risk_reasons, hours_waited(case, now), weights[case.workspace_id])
        case.risk, case.risk_parts = risk.score, [part.as_json() for part in risk.parts]
        if before != case.risk:
            facts.append(RiskReviewed(workspace_id=case.workspace_id, case_id=case.pk, before=before, after=case.risk))
    Case.objects.bulk_update(cases, ["risk", "risk_parts"])
    record_all(facts, now=now)
    return len(cases)


def _counts_otherwise(now: datetime) -> Q:
    """Cases whose parts don't hold the step of age that they have reached, or hold one before they reached any."""
    reached = [(hours, now - timedelta(hours=hours)) for hours, _share in AGE_STEPS]
    first, (last_hours, last) = reached[0][1], reached[-1]
    otherwise = Q(risk_parts__contains=[{"name": "age"}]) & (Q(waiting_since=None) | Q(waiting_since__gt=first))
    for (hours, since), (_next_hours, until) in pairwise(reached):
        otherwise |= Q(waiting_since__lte=since, waiting_since__gt=until) & _has_not(hours)
    return otherwise | Q(waiting_since__lte=last) & _has_not(last_hours)


def _has_not(hours: int) -> Q:
    return ~Q(risk_parts__contains=[{"name": "age", "count": hours}])
