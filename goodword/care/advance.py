"""The network tells how far a reply came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict

from goodword.care.models import Delivery, Message
from goodword.care.own_words import match_own
from goodword.care.settle import mark_arrived, mark_came_back
from goodword.connectors.delivery_reports import Reported
from goodword.listen.models import Source


class Report(TypedDict):
    """A `DeliveryReport` as a fact carries it; `at` is ISO 8601."""

    native_id: str
    key: str | None
    state: str
    at: str
    reason: str


def advance_deliveries(*, source_id: int, reports: Sequence[Report], now: datetime) -> int:
    """Note what the network of a source said of replies that went out by it; how many went forward, or came back.

    What is known already, or is about no reply of ours, changes nothing.
    """
    source = Source.objects.get(pk=source_id)
    own = match_own(
        workspace_id=source.workspace_id,
        source=source,
        external_ids=[report["native_id"] for report in reports],
        keys=[report["key"] for report in reports if report["key"]],
    )
    advanced = 0
    for report in reports:
        message = own.reply(external_id=report["native_id"], key=report["key"])
        if message is not None:
            advanced += _advance(message, report, now)
    return advanced


def _advance(message: Message, report: Report, now: datetime) -> bool:
    """Forward only. That a reply was delivered or read proves that it arrived, whatever we thought."""
    if report["state"] == Reported.FAILED:
        return mark_came_back(message=message, reason=report["reason"], now=now)
    at = datetime.fromisoformat(report["at"])
    return mark_arrived(message=message, to=Delivery(report["state"]), external_id=report["native_id"], at=at, now=now)
