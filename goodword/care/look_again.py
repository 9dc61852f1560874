"""Read again, with the deep reader, what was urgent or unclear; the risk of its case follows, up or down."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from goodword.care.attending import wake_attending
from goodword.care.events import RiskReviewed
from goodword.care.history import Histories
from goodword.care.lock import lock_case, standing_case
from goodword.care.models import Case, Message, SecondLook
from goodword.care.weigh import hours_waited, weigh
from goodword.kernel.facts import record
from goodword.listen.models import Disposition
from goodword.listen.reread import keep_reading
from goodword.triage.disposition import pleased
from goodword.triage.readers import deep_reader
from goodword.triage.reading import Reading

_WEIGHED: Final = 100
"""A case's risk is that of its weightiest message; of a very long one the last so many are weighed again."""


def look_again(*, limit: int, now: datetime) -> int:
    """Read the next mentions more closely, those first where it matters most. How many; zero when none waits."""
    looks = list(SecondLook.objects.select_related("mention").order_by("-worth", "id")[:limit])
    if not looks:
        return 0
    readings = deep_reader().read([look.mention.words for look in looks])  # no row is locked meanwhile
    for look, reading in zip(looks, readings, strict=True):
        _take(look, reading, now)
    return len(looks)


@transaction.atomic
def _take(look: SecondLook, reading: Reading, now: datetime) -> None:
    mention = look.mention
    message = Message.objects.filter(mention=mention).select_related("case").first()
    # The case before the mention, in the order in which attending locks them.
    case = lock_case(standing_case(message.case)) if message else None
    SecondLook.objects.filter(pk=look.pk).delete()
    doubtful = mention.disposition == Disposition.PRAISE_KEPT and not pleased(reading)
    kept = keep_reading(
        mention=mention,
        reading=reading.as_json(),
        sentiment=reading.sentiment,
        read_lang=reading.lang or None,
        undecide=doubtful,
    )
    if kept and case is not None:
        _review_risk(case, now)
    elif kept and doubtful:
        wake_attending(mention.source_id)


def _review_risk(case: Case, now: datetime) -> None:
    """What is said of the risk rests on the readings as they are now."""
    messages = (
        case.messages.filter(mention__direction="in").select_related("mention__identity").order_by("-at")[:_WEIGHED]
    )
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
