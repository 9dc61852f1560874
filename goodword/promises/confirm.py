"""Confirm a promise that was only said."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.promises.lifecycle import remind_at
from goodword.promises.lock import PromiseMovedOn, lock_promise
from goodword.promises.make import announce_made
from goodword.promises.models import Promise, Standing
from goodword.staff.models import Agent


@transaction.atomic
def confirm_promise(*, promise: Promise, by: Agent, due_at: datetime, now: datetime) -> Promise:
    """It is to be kept by `due_at`, and `by` owns it. Raises `PromiseMovedOn`."""
    promise = lock_promise(promise)
    if promise.standing != Standing.SAID:
        raise PromiseMovedOn(_("This promise was confirmed already, or taken back."))
    promise.standing, promise.owner, promise.due_at = Standing.OPEN, by, due_at
    promise.remind_at = remind_at(made_at=now, due_at=due_at)
    promise.save(update_fields=["standing", "owner", "due_at", "remind_at"])
    announce_made(promise, by=by, now=now)
    return promise
