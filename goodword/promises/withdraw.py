"""Take promises back with the reply that made them: it came back, and nobody could read it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from goodword.kernel import facts
from goodword.promises.events import PromiseWithdrawn
from goodword.promises.models import Promise, Standing
from goodword.staff.models import Agent


@transaction.atomic
def withdraw_promises(*, promises: Iterable[Promise], by: Agent, now: datetime) -> None:
    """What stands open, or was only said, is as if it had never been said. What is settled stays."""
    ids = [promise.pk for promise in promises]
    standing = Promise.objects.select_for_update(of=("self",)).filter(
        pk__in=ids, standing__in=[Standing.OPEN, Standing.SAID]
    )
    for promise in standing.order_by("pk"):
        was_confirmed = promise.standing == Standing.OPEN
        promise.standing, promise.settled_at = Standing.WITHDRAWN, now
        promise.save(update_fields=["standing", "settled_at"])
        if was_confirmed:
            fact = PromiseWithdrawn(workspace_id=promise.workspace_id, case_id=promise.case_id, promise_id=promise.pk)
            facts.record(fact, now=now, actor_id=by.pk)
