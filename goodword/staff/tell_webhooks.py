"""Tell webhooks what people are told: written down with it, sent right after."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from goodword.kernel.clock import current_time
from goodword.kernel.jobs import enqueue, task
from goodword.staff.deliver_webhooks import deliver_due
from goodword.staff.models import Webhook, WebhookDelivery


class Tiding(NamedTuple):
    """What a webhook is told: its kind as receivers know it ("deadline.missed"), and plain JSON values."""

    kind: str
    data: Mapping[str, object]


def tell_webhooks(*, workspace_id: int, about: str, tidings: Sequence[Tiding], now: datetime) -> int:
    """Tell every webhook that wants to know of it; how many. Call it inside a verb's transaction, which must see to it
    that nothing is told twice. What a webhook is told while it is off waits for some days."""
    if not tidings:
        return 0
    wanting = list(Webhook.objects.of(workspace_id).filter(about__contains=[about]))
    _write_down(wanting, tidings, now)
    return len(wanting)


def tell_one(*, webhook: Webhook, tiding: Tiding, now: datetime) -> None:
    """A trial, or what was sent before."""
    _write_down([webhook], [tiding], now)


def send_again(*, delivery: WebhookDelivery, now: datetime) -> None:
    """From the first attempt on, under the same key."""
    next_at = None if delivery.webhook.off_since else now
    WebhookDelivery.objects.filter(pk=delivery.pk).update(attempts=0, next_at=next_at, delivered_at=None, says="")
    enqueue(deliver_webhooks, once="deliver_webhooks")


def _write_down(webhooks: Sequence[Webhook], tidings: Sequence[Tiding], now: datetime) -> None:
    if not webhooks or not tidings:
        return
    WebhookDelivery.objects.bulk_create(
        WebhookDelivery(
            workspace_id=webhook.workspace_id,
            webhook=webhook,
            key=f"msg_{uuid.uuid4().hex}",
            kind=tiding.kind,
            body=json.dumps({"type": tiding.kind, "timestamp": now.isoformat(), "data": tiding.data}),
            made_at=now,
            next_at=None if webhook.off_since else now,
        )
        for webhook in webhooks
        for tiding in tidings
    )
    enqueue(deliver_webhooks, once="deliver_webhooks")


@task(queue="outside", alone=True)
def deliver_webhooks() -> None:
    """What is due, once it is written down for good."""
    deliver_due(clock=current_time)
