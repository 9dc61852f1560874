"""The risk of what was said, with what care knows around it, by the weights of the workspace."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db.models import Window
from django.db.models.functions import RowNumber

from goodword.care.history import Histories
from goodword.care.models import Case, Message
from goodword.listen.models import Mention
from goodword.triage.reading import Reading
from goodword.triage.risk import Circumstances, Risk, assess
from goodword.triage.weights import Weights

_WEIGHED: Final = 100
"""A case's risk is that of its weightiest message; of a very long one the last so many are weighed again."""


def reading_of(mention: Mention) -> Reading:
    """The reading kept on the mention."""
    return Reading(**(mention.reading or {}))


def weigh(
    inbound: Sequence[Mention],
    histories: Histories,
    *,
    opened_at: datetime | None = None,
    disputes: int = 0,
    unanswered: int = 1,
    waiting_hours: float = 0.0,
    weights: Weights | None = None,
) -> Risk:
    """The risk of what a customer said: that of the message which weighs most. Nothing said, no risk.

    `opened_at`: when their case was opened, if it is open already; cases before it count as history. `disputes`: how
    often they said of it that it is not solved. `weights`: those in force, unless others are tried.
    """
    weights = weights or histories.weights
    risks = [
        assess(
            f"{mention.title}\n{mention.text}",
            reading_of(mention),
            Circumstances(
                followers=mention.identity.followers,
                rating=mention.rating,
                earlier_cases=histories.earlier_cases(mention.identity.person_id, opened_at or inbound[0].at),
                earlier_failures=histories.earlier_failures(mention.identity.person_id, opened_at or inbound[0].at),
                disputes=disputes,
                unanswered_messages=unanswered,
                waiting_hours=waiting_hours,
                public=not mention.private,
            ),
            weights,
        )
        for mention in inbound
    ]
    return max(risks, key=lambda risk: risk.score, default=Risk(0, ()))


def hours_waited(case: Case, now: datetime) -> float:
    """How long the customer has waited for us; zero when they don't."""
    return (now - case.waiting_since).total_seconds() / 3600 if case.waiting_since else 0.0


def heard_in(cases: Sequence[Case]) -> Mapping[int, Sequence[Mention]]:
    """What customers said in each case, as it stands now, in order; by the case's id, in one query."""
    newest_first = Window(RowNumber(), partition_by="case_id", order_by=["-at", "-pk"])
    messages = (
        Message.objects.filter(case__in=cases, mention__direction="in", mention__deleted_at=None)
        .filter(mention__reading__isnull=False)
        .annotate(place=newest_first)
        .filter(place__lte=_WEIGHED)
        .select_related("mention__identity")
        .order_by("at", "pk")
    )
    heard: dict[int, list[Mention]] = defaultdict(list)
    for message in messages:
        if message.mention is not None:
            heard[message.case_id].append(message.mention)
    return {case.pk: heard[case.pk] for case in cases}


def weigh_case(
    case: Case, inbound: Sequence[Mention], histories: Histories, *, now: datetime, weights: Weights | None = None
) -> Risk:
    """The risk of a case as it stands, from what was said in it (`heard_in`); by `weights`, if others are tried."""
    waiting = [mention for mention in inbound if case.waiting_since and mention.at >= case.waiting_since]
    return weigh(
        inbound,
        histories,
        opened_at=case.opened_at,
        disputes=histories.disputes(case),
        unanswered=max(1, len(waiting)),
        waiting_hours=hours_waited(case, now),
        weights=weights,
    )


def raise_risk(case: Case, inbound: Sequence[Mention], histories: Histories) -> None:
    """A case's risk never falls by what its customer adds."""
    if not inbound:
        return
    waiting_already = case.waiting_since is not None
    _raise_to(
        case,
        weigh(
            inbound,
            histories,
            opened_at=case.opened_at,
            disputes=histories.disputes(case),
            unanswered=len(inbound) + waiting_already,
        ),
    )


def raise_by_dispute(case: Case, now: datetime) -> None:
    """Its customer says that it is not solved after all: weigh all they said again, with that."""
    inbound = heard_in([case])[case.pk]
    if inbound:
        _raise_to(case, weigh_case(case, inbound, Histories(case.workspace_id, inbound), now=now))


def _raise_to(case: Case, risk: Risk) -> None:
    if risk.score <= case.risk:
        return
    case.risk, case.risk_parts = risk.score, [part.as_json() for part in risk.parts]
    case.save(update_fields=["risk", "risk_parts"])
