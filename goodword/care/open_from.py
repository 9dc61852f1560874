"""Open a case from a mention that was found to need none."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.care.begin_earlier import begin_earlier
from goodword.care.conversations import Sharing
from goodword.care.events import MentionDecided, MessageReceived
from goodword.care.history import Histories
from goodword.care.lock import standing_case
from goodword.care.merge import episode_at
from goodword.care.models import Case, Message
from goodword.care.open import Opening, Said, add_messages, open_cases
from goodword.care.threads import cases_of
from goodword.care.touch import touch_cases
from goodword.care.weigh import raise_risk, weigh
from goodword.kernel import facts
from goodword.listen.decide import Decision, decide_mentions
from goodword.listen.locks import Step, take_turn
from goodword.listen.models import Disposition, Mention, Source
from goodword.staff.models import Agent


class CannotOpen(Exception):
    """No case can be opened from this mention (yet); the message says why."""


@transaction.atomic
def open_case_from(*, mention: Mention, by: Agent, now: datetime) -> Case:
    """The case that this mention belongs to from now on. Raises `CannotOpen`.

    The case of its thread where there is one, else a new one with everything that was said there. Asked for twice, it
    is the same case.
    """
    take_turn(Step.ATTENDING, mention.source_id)
    mention = Mention.objects.of(mention.workspace_id).select_related("identity").get(pk=mention.pk)
    if not mention.inbound:
        raise CannotOpen(_("These are our own words. Open a case from what a customer said."))
    if not mention.disposition:
        raise CannotOpen(_("This came in just now and is still being read. Try again in a moment."))
    message = Message.objects.of(mention.workspace_id).filter(mention=mention).select_related("case").first()
    if message is not None:
        return standing_case(message.case)
    source = Source.objects.select_related("workspace").get(pk=mention.source_id)
    sharing = Sharing(source.workspace_id, [mention])
    conversation = sharing.of(mention)
    case = cases_of(source, [conversation], shared=sharing.shared, now=now).get(conversation)
    decided = MentionDecided(
        workspace_id=mention.workspace_id,
        mention_id=mention.pk,
        disposition=Disposition.CASE.value,
        before=mention.disposition,
        reason_before=mention.disposition_reason,
        by_before=mention.decided_by_id,
    )
    case = _open(source, mention, sharing, by, now) if case is None else _join(case, mention, by, now)
    facts.record(decided, now=now, actor_id=by.pk)
    return case


def _open(source: Source, mention: Mention, sharing: Sharing, by: Agent, now: datetime) -> Case:
    """A new case of the conversation; who only said thanks in it still waits for nothing."""
    heard = Mention.objects.of(source.workspace_id).filter(thread=mention.thread_id).select_related("identity")
    said = sharing.conversations(heard.exclude(disposition=""))[sharing.of(mention)]
    inbound = [one for one in said if one.inbound]
    asked = [one for one in inbound if one.disposition != Disposition.NO_REPLY_NEEDED or one.pk == mention.pk]
    _decide(asked, by, now)
    risk = weigh(inbound, Histories(source.workspace_id, inbound))
    (case,) = open_cases(source=source, openings=[Opening(said, risk)], now=now)
    return Case.objects.get(pk=case.pk)


def _join(case: Case, mention: Mention, by: Agent, now: datetime) -> Case:
    """One more message of the case that the thread has; a resolved one stays so until somebody reopens it."""
    _decide([mention], by, now)
    episodes = list(case.episodes.order_by("number"))
    episode = next(one for one in episodes if one.pk == episode_at(episodes, mention.at))
    add_messages([Said(mention, case, episode, at=mention.at)])
    begin_earlier(case, [mention])
    raise_risk(case, [mention], Histories(case.workspace_id, [mention]))
    touch_cases(workspace_id=case.workspace_id, case_ids=[case.pk])
    facts.record(MessageReceived(workspace_id=case.workspace_id, case_id=case.pk), now=now, actor_id=by.pk)
    return Case.objects.get(pk=case.pk)


def _decide(mentions: list[Mention], by: Agent, now: datetime) -> None:
    reason = _("%(name)s opened a case") % {"name": by.name}
    decisions = [Decision(one, Disposition.CASE, reason) for one in mentions]
    decide_mentions(workspace_id=mentions[0].workspace_id, decisions=decisions, by=by, now=now)
