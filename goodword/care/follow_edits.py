"""Words were edited or deleted where they were said: lists of cases say what stands there now."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.care.models import Case, Message
from goodword.care.opening_words import opening_words
from goodword.care.review_risk import review_risk
from goodword.care.touch import touch_cases


@transaction.atomic
def follow_edits(*, workspace_id: int, mention_ids: Collection[int], now: datetime) -> None:
    """Renew what the rows of cases hold of these mentions: the subject, the snippet, and the risk, which quotes them.

    Running it twice does no harm.
    """
    in_cases = Message.objects.of(workspace_id).filter(mention__in=mention_ids).values_list("case_id", flat=True)
    cases = Case.objects.of(workspace_id).filter(pk__in=list(in_cases)).select_related("opening_mention")
    locked = list(cases.select_for_update(of=("self",)).order_by("pk"))
    for case in locked:
        opening = case.opening_mention
        if opening is not None and opening.pk in mention_ids:
            case.subject = opening_words(opening.title, opening.text) or _("(no words)")
            case.save(update_fields=["subject"])
        review_risk(case, now)
    touch_cases(workspace_id=workspace_id, case_ids=[case.pk for case in locked])
