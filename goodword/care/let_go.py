"""What somebody had who can't answer any more goes back to their team, where others see it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goodword.care.assign import assign_case
from goodword.care.lock import MergedAway, lock_case
from goodword.care.models import Case
from goodword.staff.models import Membership, Role


def let_go_cases(*, workspace_id: int, agent_id: int, now: datetime) -> int:
    """Take the agent off their unresolved cases, unless they may answer after all; how many there were.

    Each case is changed in its own transaction, and doing it again does the rest.
    """
    membership = Membership.objects.filter(workspace=workspace_id, agent=agent_id).first()
    if membership is not None and membership.may(Role.AGENT):
        return 0
    cases = list(Case.objects.of(workspace_id).unresolved().filter(assignee=agent_id))
    return sum(_let_go(case, agent_id, now) for case in cases)


@transaction.atomic
def _let_go(case: Case, agent_id: int, now: datetime) -> bool:
    try:
        case = lock_case(case)
    except MergedAway:
        return False  # meanwhile; it stands under another number now
    if case.assignee_id != agent_id:
        return False  # somebody has taken it since
    assign_case(case=case, by=None, team=case.team, now=now)
    return True
