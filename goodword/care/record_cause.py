"""Say why a case came about."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.care.events import CauseRecorded
from goodword.care.lock import lock_case
from goodword.care.models import Case
from goodword.kernel import facts
from goodword.staff.models import Agent
from goodword.triage.models import Cause


class WrongCause(Exception):
    """The cause belongs to another workspace, or is no longer given to cases."""


@transaction.atomic
def record_cause(*, case: Case, by: Agent | None, cause: Cause | None, now: datetime) -> Case:
    """Record the cause, or with None take it away; recording the one it has is nothing.

    Raises `WrongCause`, `MergedAway`.
    """
    case = lock_case(case)
    if case.cause_id == (cause.pk if cause else None):
        return case
    if cause is not None and (cause.workspace_id != case.workspace_id or cause.retired_at is not None):
        raise WrongCause(_("This cause is not in use here. Choose another."))
    before, case.cause = case.cause_id, cause
    case.save(update_fields=["cause"])
    fact = CauseRecorded(
        workspace_id=case.workspace_id,
        case_id=case.pk,
        cause_id=cause.pk if cause else None,
        before_id=before,
        cause=str(cause) if cause else "",
    )
    facts.record(fact, now=now, actor_id=by.pk if by else None)
    return case
