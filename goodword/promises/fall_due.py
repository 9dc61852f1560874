"""What time does to promises: a word to the owner before one falls due, and broken once it has."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from goodword.kernel import facts
from goodword.promises.events import PromiseBroken, PromiseReminded
from goodword.promises.models import Promise, Standing
from goodword.staff.models import Notice, Role
from goodword.staff.notify import notify
from goodword.staff.who_may import who_may

BATCH = 200


@transaction.atomic
def remind_of_due(*, now: datetime, limit: int = BATCH) -> int:
    """Tell the owners of what falls due soon, each once; how many promises it was."""
    soon = list(_locked(Promise.objects.filter(standing=Standing.OPEN, remind_at__lte=now), limit))
    for promise in soon:
        promise.remind_at = None
        promise.save(update_fields=["remind_at"])
        if promise.due_at is not None and now < promise.due_at:
            _tell(promise, Notice.Kind.PROMISE_DUE, now)
            fact = PromiseReminded(workspace_id=promise.workspace_id, case_id=promise.case_id, promise_id=promise.pk)
            facts.record(fact, now=now)
    return len(soon)


@transaction.atomic
def break_overdue(*, now: datetime, limit: int = BATCH) -> int:
    """What was not kept in time is broken, and its owner is told; how many it was."""
    overdue = list(_locked(Promise.objects.filter(standing=Standing.OPEN, due_at__lt=now), limit))
    for promise in overdue:
        promise.standing, promise.settled_at, promise.remind_at = Standing.BROKEN, promise.due_at, None
        promise.save(update_fields=["standing", "settled_at", "remind_at"])
        _tell(promise, Notice.Kind.PROMISE_BROKEN, now)
        fact = PromiseBroken(workspace_id=promise.workspace_id, case_id=promise.case_id, promise_id=promise.pk)
        facts.record(fact, now=now)
    return len(overdue)


def _locked(promises: QuerySet[Promise], limit: int) -> QuerySet[Promise]:
    return promises.order_by("due_at", "pk").select_for_update(of=("self",), skip_locked=True)[:limit]


def _tell(promise: Promise, kind: Notice.Kind, now: datetime) -> None:
    """The owner, as long as they may answer here; else the leads, so that nobody's word is left lying."""
    members = who_may(Role.AGENT, workspace=promise.workspace_id).filter(pk=promise.owner_id or 0)
    told = list(members.values_list("pk", flat=True)) or list(
        who_may(Role.LEAD, workspace=promise.workspace_id).values_list("pk", flat=True)
    )
    notify(
        workspace_id=promise.workspace_id,
        agent_ids=told,
        kind=kind,
        subject=f"case:{promise.case_id}",
        text=promise.words,
        now=now,
    )
