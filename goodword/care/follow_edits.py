"""Words were edited or deleted where they were said: they are read again, and lists say what stands there now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.care.attending import wake_attending
from goodword.care.models import Case, Message
from goodword.care.opening_words import opening_words
from goodword.care.read_mentions import read_mentions
from goodword.care.receive import thanks
from goodword.care.review_risk import review_risk
from goodword.care.touch import touch_cases
from goodword.listen.decide import Decision, decide_mentions
from goodword.listen.locks import Step, take_turn
from goodword.listen.models import Disposition, Mention
from goodword.listen.reread import keep_reading

_STAYS = (Disposition.CASE, Disposition.OWN)


@transaction.atomic
def follow_edits(*, workspace_id: int, mention_ids: Collection[int], now: datetime) -> None:
    """Read edited mentions again. One that needed nothing is attended to anew, unless an agent said so; of those in
    cases the rows are renewed: the subject, the snippet, and the risk, which quotes them.

    Running it twice does no harm.
    """
    _take_turns(workspace_id, mention_ids)
    in_cases = Message.objects.of(workspace_id).filter(mention__in=mention_ids)
    case_of = dict(in_cases.values_list("mention_id", "case_id"))
    cases = Case.objects.of(workspace_id).filter(pk__in=set(case_of.values())).select_related("opening_mention")
    locked = list(cases.select_for_update(of=("self",)).order_by("pk"))
    _read_again(workspace_id, mention_ids, set(case_of), now)
    for case in locked:
        opening = case.opening_mention
        if opening is not None and opening.pk in mention_ids:
            case.subject = opening_words(opening.title, opening.text) or _("(no words)")
            case.save(update_fields=["subject"])
        review_risk(case, now)
    touch_cases(workspace_id=workspace_id, case_ids=[case.pk for case in locked])


def _take_turns(workspace_id: int, mention_ids: Collection[int]) -> None:
    """Nobody attends to these mentions meanwhile."""
    sources = Mention.objects.of(workspace_id).filter(pk__in=mention_ids).values_list("source_id", flat=True)
    for source_id in sorted(set(sources)):
        take_turn(Step.ATTENDING, source_id)


def _read_again(workspace_id: int, mention_ids: Collection[int], in_cases: Collection[int], now: datetime) -> None:
    edited = Mention.objects.of(workspace_id).filter(pk__in=mention_ids, direction="in", deleted_at=None)
    mentions = list(edited.exclude(disposition="").select_related("identity"))  # the others are about to be read
    read_mentions(mentions)
    for mention in mentions:
        undecide = mention.pk not in in_cases and mention.decided_by_id is None and mention.disposition not in _STAYS
        keep_reading(
            mention=mention,
            reading=mention.reading or {},
            sentiment=mention.sentiment,
            read_lang=mention.read_lang,
            undecide=undecide,
        )
        if undecide:
            wake_attending(mention.source_id)
    _decide_again(workspace_id, [mention for mention in mentions if mention.pk in in_cases], now)


def _decide_again(workspace_id: int, mentions: Sequence[Mention], now: datetime) -> None:
    """Thanks that were edited into a question make somebody wait."""
    asking = [
        Decision(mention, Disposition.CASE)
        for mention in mentions
        if mention.disposition == Disposition.NO_REPLY_NEEDED
        and mention.decided_by_id is None
        and not mention.automatic
        and thanks(mention) is None
    ]
    if asking:
        decide_mentions(workspace_id=workspace_id, decisions=asking, now=now)
