"""How long customers have waited on a live channel, and what was done about it, by what is on record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from goodword.care.events import ChatHandedOver, ChatWaiting
from goodword.care.models import Case
from goodword.care.patience import Wait
from goodword.kernel.models import FactRow


def wait_of(case: Case) -> Wait:
    """The wait of a case in which the customer waits, by what is on record of it."""
    return waits_of(case.workspace_id, [case])[case.pk]


def waits_of(workspace_id: int, cases: Sequence[Case]) -> dict[int, Wait]:
    """Waits by case id, of cases of one workspace in which the customer waits."""
    facts_of = {f"case:{case.pk}": case for case in cases}
    alarms: dict[int, list[datetime]] = defaultdict(list)
    left: dict[int, datetime] = {}
    told = FactRow.objects.filter(
        workspace_id=workspace_id, subject__in=list(facts_of), kind__in=[ChatWaiting.__name__, ChatHandedOver.__name__]
    )
    for subject, kind, at in told.order_by("id").values_list("subject", "kind", "at"):
        case = facts_of[subject]
        if at < _since(case):
            continue
        if kind == ChatWaiting.__name__:
            alarms[case.pk].append(at)
        else:
            left[case.pk] = at
    return {
        case.pk: Wait(
            since=_since(case),
            alarms=len(alarms[case.pk]),
            last_alarm_at=alarms[case.pk][-1] if alarms[case.pk] else None,
            is_there=case.pk not in left or case.last_inbound_at > left[case.pk],
        )
        for case in cases
    }


def _since(case: Case) -> datetime:
    assert case.waiting_since is not None
    return case.waiting_since
