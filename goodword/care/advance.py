"""The network tells how far a reply came."""

from __future__ import annotations

from datetime import datetime

from goodword.care.models import Delivery, Message
from goodword.care.settle import mark_arrived
from goodword.connectors.contract import Sent


def advance_delivery(*, message: Message, to: Sent, at: datetime, now: datetime) -> bool:
    """Note that a reply was sent, delivered or read. Forward only: False if that was known, or more.

    It is proof of arrival too, whatever we thought: of a reply whose sender died, or that counted as failed.
    """
    return mark_arrived(message=message, to=Delivery(to.value), external_id="", at=at, now=now)
