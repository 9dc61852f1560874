"""Agree with the customer on another time, before the promise falls due."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.kernel import facts
from goodword.promises.events import PromiseRenegotiated
from goodword.promises.lifecycle import may_renegotiate, remind_at
from goodword.promises.lock import lock_promise
from goodword.promises.models import Promise, Standing
from goodword.promises.models.promise import EVIDENCE_LENGTH
from goodword.staff.models import Agent


class TooLateToRenegotiate(Exception):
    """It has fallen due, or is settled: then it can only be kept late."""


class NotAgreed(Exception):
    """Nobody said how the customer knows."""


@transaction.atomic
def renegotiate_promise(*, promise: Promise, by: Agent, due_at: datetime, agreed: str, now: datetime) -> Promise:
    """Put a new promise, due at `due_at`, in the place of one that is not due yet. Returns the new one.

    `agreed` says how the customer knows. The old one counts as renegotiated, never as kept.
    Raises `TooLateToRenegotiate`, `NotAgreed`.
    """
    promise = lock_promise(promise)
    if not may_renegotiate(standing=promise.standing, due_at=promise.due_at, now=now):
        raise TooLateToRenegotiate(_("It is due, or settled: it can't be renegotiated any more. Keep it, late."))
    if not agreed.strip():
        raise NotAgreed(_("Say how the customer knows: a promise moved in silence is a broken one."))
    promise.standing, promise.settled_at = Standing.RENEGOTIATED, now
    promise.evidence = agreed.strip()[:EVIDENCE_LENGTH]
    promise.save(update_fields=["standing", "settled_at", "evidence"])
    new = Promise.objects.create(
        workspace_id=promise.workspace_id,
        words=promise.words,
        due_at=due_at,
        zone=promise.zone,
        conditional=promise.conditional,
        owner=promise.owner or by,
        person_id=promise.person_id,
        case_id=promise.case_id,
        case_number=promise.case_number,
        made_at=now,
        remind_at=remind_at(made_at=now, due_at=due_at),
        follows=promise,
    )
    fact = PromiseRenegotiated(
        workspace_id=promise.workspace_id,
        case_id=promise.case_id,
        promise_id=new.pk,
        follows_id=promise.pk,
        due_at=due_at.isoformat(),
    )
    facts.record(fact, now=now, actor_id=by.pk)
    return new
