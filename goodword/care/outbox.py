"""The outbox's job: what is due is sent."""

from __future__ import annotations

from goodword.care.models import Message
from goodword.care.send import send_due
from goodword.kernel.clock import current_time
from goodword.kernel.jobs import enqueue, task

BATCH = 50


@task(queue="sending")
def empty_outbox() -> None:
    """Send everything that is due. Running it twice, or for nothing, does no harm."""
    while send_due(now=current_time(), limit=BATCH):
        pass


def wake_outbox(message: Message) -> None:
    """Send `message` when its time comes. Should the job be lost, the sweep of the outbox finds it."""
    enqueue(empty_outbox, at=message.send_at, once=f"send:{message.pk}")
