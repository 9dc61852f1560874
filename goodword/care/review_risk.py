"""Weigh cases again, up or down: their words read otherwise now, are not what they were, or weigh otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from goodword.care.events import RiskReviewed
from goodword.care.history import Histories
from goodword.care.models import Case
from goodword.care.weigh import heard_in, weigh_case
from goodword.kernel.facts import record_all

_AT_ONCE = 100


def review_risk(case: Case, now: datetime) -> None:
    """What is said of the risk rests on the words and readings as they are now; nothing on words that were deleted."""
    _review([case], now)


def review_open_cases(*, workspace_id: int, now: datetime) -> None:
    """Weigh all cases that are not resolved, some at a time. What is opened meanwhile is weighed by what holds now."""
    reached, newest = 0, Case.objects.of(workspace_id).aggregate(newest=Max("pk"))["newest"] or 0
    while reached < newest:
        reached = _review_next(workspace_id, reached, newest, now)


@transaction.atomic
def _review_next(workspace_id: int, after: int, until: int, now: datetime) -> int:
    """Weigh the next cases in the order of their ids; the last that needs no further look."""
    asked = Case.objects.of(workspace_id).unresolved().filter(pk__gt=after, pk__lte=until)
    cases = list(asked.select_for_update(of=("self",)).order_by("pk")[:_AT_ONCE])
    _review(cases, now)
    return cases[-1].pk if len(cases) == _AT_ONCE else until


def _review(cases: Sequence[Case], now: datetime) -> None:
    if not cases:
        return
    heard = heard_in(cases)
    histories = Histories(cases[0].workspace_id, [mention for said in heard.values() for mention in said])
    facts = []
    for case in cases:
        before, risk = case.risk, weigh_case(case, heard[case.pk], histories, now=now)
        case.risk, case.risk_parts = risk.score, [part.as_json() for part in risk.parts]
        if before != case.risk:
            facts.append(RiskReviewed(workspace_id=case.workspace_id, case_id=case.pk, before=before, after=case.risk))
    Case.objects.bulk_update(cases, ["risk", "risk_parts"])
    record_all(facts, now=now)
