"""Claim the next reply of the outbox: one sender at a time, and a dead sender's claim comes free.

Two things together say who sends. The row says `sending` since `attempted_at`, committed before anything leaves the
house; and the sender's database session holds an advisory lock, which ends with its process. A claim whose lease is
over is taken by another only if that lock is free: a slow sender is not mistaken for a dead one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from goodword.care.delivery import IN_OUTBOX
from goodword.care.models import Delivery, Message

_SENDING = 7410  # class of the advisory locks; the second key is the message's id


@dataclass(frozen=True, slots=True)
class Claim:
    """One attempt at one reply. `perhaps_sent`: an earlier attempt may have reached the network."""

    message: Message
    perhaps_sent: bool


def lease() -> timedelta:
    """How long an attempt counts as under way, whatever else is known; longer than any connector's time-outs."""
    return timedelta(seconds=settings.SENDING_LEASE_SECONDS)


@contextmanager
def next_claim(now: datetime) -> Iterator[Claim | None]:
    """Claim what is due, if anything is, and hold it while the block runs. The block runs outside any transaction."""
    claim = _claim(now)
    try:
        yield claim
    finally:
        if claim is not None:
            _unlock(claim.message)


def _claim(now: datetime) -> Claim | None:
    while True:
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            # A claim that a crash of the database forgets would let the reply go out twice.
            cursor.execute("SET LOCAL synchronous_commit TO on")
            message = _due(now)
            if message is None:
                return None
            message.send_at = now + lease()
            if not _lock(message):  # its sender lives, and is only slow
                message.save(update_fields=["send_at"])
                continue
            perhaps_sent = message.delivery == Delivery.SENDING
            if not perhaps_sent:
                message.delivery, message.attempted_at = Delivery.SENDING, now
                message.attempts += 1
            message.save(update_fields=["send_at", "delivery", "attempted_at", "attempts"])
        return Claim(message, perhaps_sent)


def _due(now: datetime) -> Message | None:
    """The next due reply that no other worker is looking at, of all workspaces. Replies of a case go in order."""
    in_outbox = Message.objects.filter(delivery__in=IN_OUTBOX)
    before = in_outbox.filter(case_id=OuterRef("case_id"), id__lt=OuterRef("id"))
    return (
        in_outbox.filter(~Exists(before), send_at__lte=now)
        .order_by("send_at", "id")
        .select_for_update(of=("self",), skip_locked=True)
        .first()
    )


def _lock(message: Message) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", _key(message))
        (held,) = cursor.fetchone()
    return bool(held)


def _unlock(message: Message) -> None:
    """A lost connection has taken the lock with it."""
    if connection.is_usable():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", _key(message))


def _key(message: Message) -> list[int]:
    return [_SENDING, message.pk % 2**31]  # two far-away ids may share a lock: one of them then waits a lease
