"""Say that a promise was kept, and take that back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.kernel import facts
from goodword.promises.events import PromiseKeepingTakenBack, PromiseKept
from goodword.promises.lifecycle import once_kept, unkept
from goodword.promises.lock import PromiseMovedOn, lock_promise
from goodword.promises.models import Promise, Standing
from goodword.promises.models.promise import EVIDENCE_LENGTH
from goodword.staff.models import Agent


@transaction.atomic
def keep_promise(*, promise: Promise, by: Agent, evidence: str = "", evidence_key: str = "", now: datetime) -> Promise:
    """It counts as kept now: on time, or late. `evidence` says what shows it. Raises `PromiseMovedOn`."""
    promise = lock_promise(promise)
    if not promise.is_to_be_kept() or promise.due_at is None:
        raise PromiseMovedOn(_("This promise is not to be kept any more: it is settled."))
    promise.standing, promise.settled_at = once_kept(due_at=promise.due_at, now=now), now
    promise.evidence, promise.evidence_key = evidence.strip()[:EVIDENCE_LENGTH], evidence_key
    promise.save(update_fields=["standing", "settled_at", "evidence", "evidence_key"])
    fact = PromiseKept(
        workspace_id=promise.workspace_id,
        case_id=promise.case_id,
        promise_id=promise.pk,
        late=promise.standing == Standing.KEPT_LATE,
    )
    facts.record(fact, now=now, actor_id=by.pk)
    return promise


@transaction.atomic
def take_keeping_back(*, promise: Promise, by: Agent, now: datetime) -> Promise:
    """It is not kept, after all. Raises `PromiseMovedOn`."""
    promise = lock_promise(promise)
    if promise.standing not in {Standing.KEPT, Standing.KEPT_LATE} or promise.due_at is None:
        raise PromiseMovedOn(_("This promise does not count as kept."))
    promise.standing = unkept(due_at=promise.due_at, now=now)
    promise.settled_at = promise.due_at if promise.standing == Standing.BROKEN else None
    promise.evidence = promise.evidence_key = ""
    promise.save(update_fields=["standing", "settled_at", "evidence", "evidence_key"])
    fact = PromiseKeepingTakenBack(workspace_id=promise.workspace_id, case_id=promise.case_id, promise_id=promise.pk)
    facts.record(fact, now=now, actor_id=by.pk)
    return promise
