"""After a restore: what the backup holds as still to be sent may have gone out since it was made."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goodword.care.models import Delivery, Message


@transaction.atomic
def doubt_outbox(*, now: datetime) -> int:
    """Take every queued reply, of all workspaces, for one whose sender died: how many.

    So the network is asked for each before it is sent, and one that can't be asked is left to a person. Call it before
    a worker starts.
    """
    queued = Message.objects.filter(delivery=Delivery.QUEUED)
    return queued.update(delivery=Delivery.SENDING, attempted_at=now, send_at=now)
