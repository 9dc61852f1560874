"""Weigh a case again, up or down: its words read otherwise now, or are not what they were."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from goodword.care.events import RiskReviewed
from goodword.care.history import Histories
from goodword.care.models import Case
from goodword.care.weigh import hours_waited, weigh
from goodword.kernel.facts import record

_WEIGHED: Final = 100
"""A case's risk is that of its weightiest message; of a very long one the last so many are weighed again."""


def review_risk(case: Case, now: datetime) -> None:
    """What is said of the risk rests on the words and readings as they are now; nothing on words that were deleted."""
    read = case.messages.filter(mention__direction="in", mention__deleted_at=None, mention__reading__isnull=False)
    messages = read.select_related("mention__identity").order_by("-at")[:_WEIGHED]
    inbound = [message.mention for message in messages if message.mention is not None][::-1]
    waiting = [mention for mention in inbound if case.waiting_since and mention.at >= case.waiting_since]
    histories = Histories(case.workspace_id, inbound)
    risk = weigh(
        inbound,
        histories,
        opened_at=case.opened_at,
        unanswered=max(1, len(waiting)),
        waiting_hours=hours_waited(case, now),
    )
    before, case.risk = case.risk, risk.score
    case.risk_parts = [part.as_json() for part in risk.parts]
    case.save(update_fields=["risk", "risk_parts"])
    if before != case.risk:
        record(RiskReviewed(workspace_id=case.workspace_id, case_id=case.pk, before=before, after=case.risk), now=now)
