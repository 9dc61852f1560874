"""The risk of what was said, with what care knows around it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from goodword.care.history import Histories
from goodword.care.models import Case
from goodword.listen.models import Mention
from goodword.triage.reading import Reading
from goodword.triage.risk import Circumstances, Risk, assess


def reading_of(mention: Mention) -> Reading:
    """The reading kept on the mention."""
    return Reading(**(mention.reading or {}))


def weigh(
    inbound: Sequence[Mention],
    histories: Histories,
    *,
    opened_at: datetime | None = None,
    unanswered: int = 1,
    waiting_hours: float = 0.0,
) -> Risk:
    """The risk of what a customer said: that of the message which weighs most. Nothing said, no risk.

    `opened_at`: when their case was opened, if it is open already; cases before it count as history.
    """
    risks = [
        assess(
            f"{mention.title}\n{mention.text}",
            reading_of(mention),
            Circumstances(
                followers=mention.identity.followers,
                rating=mention.rating,
                earlier_cases=histories.earlier_cases(mention.identity.person_id, opened_at or inbound[0].at),
                unanswered_messages=unanswered,
                waiting_hours=waiting_hours,
                public=not mention.private,
            ),
        )
        for mention in inbound
    ]
    return max(risks, key=lambda risk: risk.score, default=Risk(0, ()))


def hours_waited(case: Case, now: datetime) -> float:
    """How long the customer has waited for us; zero when they don't."""
    return (now - case.waiting_since).total_seconds() / 3600 if case.waiting_since else 0.0


def raise_risk(case: Case, inbound: Sequence[Mention], histories: Histories) -> None:
    """A case's risk never falls by what its customer adds."""
    if not inbound:
        return
    waiting_already = case.waiting_since is not None
    risk = weigh(inbound, histories, opened_at=case.opened_at, unanswered=len(inbound) + waiting_already)
    if risk.score <= case.risk:
        return
    case.risk, case.risk_parts = risk.score, [part.as_json() for part in risk.parts]
    case.save(update_fields=["risk", "risk_parts"])
