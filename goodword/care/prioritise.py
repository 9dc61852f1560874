"""Say how urgent a case is."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goodword.care.events import CasePrioritised
from goodword.care.lock import lock_case
from goodword.care.models import Case, Priority
from goodword.kernel import facts
from goodword.staff.models import Agent


@transaction.atomic
def set_priority(*, case: Case, by: Agent | None, priority: Priority, now: datetime) -> Case:
    """Set the priority; setting the one it has is nothing. Raises `MergedAway`."""
    case = lock_case(case)
    if case.priority == priority:
        return case
    case.priority = priority
    case.save(update_fields=["priority"])
    fact = CasePrioritised(workspace_id=case.workspace_id, case_id=case.pk, priority=int(priority))
    facts.record(fact, now=now, actor_id=by.pk if by else None)
    return case
