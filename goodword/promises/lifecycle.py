"""How a promise comes to stand: pure rules, after `measures.md`'s "kept on time, kept late, renegotiated, broken"."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from goodword.promises.models.promise import Standing

NOTICE: Final = timedelta(hours=4)
"""So long before it falls due its owner is reminded; of a shorter promise, when half of its time is over."""


def remind_at(*, made_at: datetime, due_at: datetime) -> datetime:
    """When to remind the owner: made_at ≤ it ≤ due_at for every promise that is not due before it is made."""
    return due_at - min(NOTICE, (due_at - made_at) / 2)


def once_kept(*, due_at: datetime, now: datetime) -> Standing:
    """As what a promise counts that is kept now."""
    return Standing.KEPT if now <= due_at else Standing.KEPT_LATE


def unkept(*, due_at: datetime, now: datetime) -> Standing:
    """As what it counts while it is not kept."""
    return Standing.OPEN if now <= due_at else Standing.BROKEN


def may_renegotiate(*, standing: str, due_at: datetime | None, now: datetime) -> bool:
    """Only before it is due: afterwards it is broken, whatever is agreed."""
    return standing == Standing.OPEN and due_at is not None and now < due_at
