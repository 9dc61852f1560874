"""Read again, with the deep reader, what was urgent or unclear; the risk of its case follows, up or down."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goodword.care.attending import wake_attending
from goodword.care.lock import lock_case, standing_case
from goodword.care.models import Message, SecondLook
from goodword.care.review_risk import review_risk
from goodword.kernel.unhurried import unhurried
from goodword.listen.match_mentions import match_new_reading
from goodword.listen.models import Disposition, Mention
from goodword.listen.reread import keep_reading
from goodword.triage.disposition import pleased
from goodword.triage.readers import deep_reader
from goodword.triage.reading import Reading


def look_again(*, limit: int, now: datetime) -> int:
    """Read the next mentions more closely, those first where it matters most. How many; zero when none waits."""
    looks = list(SecondLook.objects.select_related("mention").order_by("-worth", "id")[:limit])
    if not looks:
        return 0
    readings = unhurried(deep_reader().read, [look.mention.words for look in looks])  # no row is locked meanwhile
    for look, reading in zip(looks, readings, strict=True):
        _take(look, reading, now)
    return len(looks)


@transaction.atomic
def _take(look: SecondLook, reading: Reading, now: datetime) -> None:
    mention = look.mention
    message = Message.objects.filter(mention=mention).select_related("case").first()
    # The case before the mention, in the order in which attending locks them.
    case = lock_case(standing_case(message.case)) if message else None
    doubtful = mention.disposition == Disposition.PRAISE_KEPT and not pleased(reading)
    kept = keep_reading(
        mention=mention,
        reading=reading.as_json(),
        sentiment=reading.sentiment,
        read_lang=reading.lang or None,
        undecide=doubtful,
    )
    if kept or Mention.objects.filter(pk=mention.pk, deleted_at__isnull=False).exists():
        SecondLook.objects.filter(pk=look.pk).delete()  # else it was edited meanwhile, and waits on
    if kept:
        match_new_reading(workspace_id=mention.workspace_id, mention_id=mention.pk)
    if kept and case is not None:
        review_risk(case, now)
    elif kept and doubtful:
        wake_attending(mention.source_id)
