"""How a reply's delivery may change, and when the outbox looks again. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from goodword.care.models import Delivery

# With the network; from here on a reply only moves forward, in this order.
ARRIVED = (Delivery.SENT, Delivery.DELIVERED, Delivery.READ)
IN_OUTBOX = (Delivery.QUEUED, Delivery.SENDING)

_NEXT: dict[Delivery, tuple[Delivery, ...]] = {
    Delivery.HELD: (Delivery.QUEUED, Delivery.UNDONE),
    # A network's word that it has a reply counts in whatever state we thought it was.
    Delivery.QUEUED: (Delivery.SENDING, Delivery.UNDONE, Delivery.FAILED, *ARRIVED),
    Delivery.SENDING: (Delivery.QUEUED, Delivery.FAILED, *ARRIVED),  # queued: it surely did not arrive
    Delivery.FAILED: (Delivery.QUEUED, Delivery.SENDING, *ARRIVED),  # queued, sending: "send again"
    Delivery.SENT: (Delivery.DELIVERED, Delivery.READ, Delivery.FAILED),  # failed: it came back
    Delivery.DELIVERED: (Delivery.READ, Delivery.FAILED),
    Delivery.READ: (),
    Delivery.UNDONE: (),
}

MAX_ATTEMPTS = 10
_FIRST_PAUSE = timedelta(seconds=15)
_LONGEST_PAUSE = timedelta(minutes=30)
ASK_FOR = timedelta(minutes=10)


def may_become(current: Delivery, to: Delivery) -> bool:
    """Whether a reply in state `current` may come into state `to`."""
    return to in _NEXT[current]


def pause_before(attempt: int, asked_for: timedelta) -> timedelta:
    """How long to wait before `attempt` (2 or more): doubling, and never shorter than the network asked for."""
    doubled: timedelta = _FIRST_PAUSE * 2 ** min(attempt - 2, 20)
    return max(asked_for, min(_LONGEST_PAUSE, doubled))


def ask_again_at(*, attempted_at: datetime, now: datetime, lease: timedelta) -> datetime | None:
    """When to ask the network next whether a reply arrived, in doubling steps; None when it is time to give up."""
    waited = now - attempted_at
    return None if waited >= ASK_FOR else now + max(lease, waited)
