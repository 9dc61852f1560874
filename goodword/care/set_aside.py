"""An agent says what became of a mention outside any case; and takes it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.care.events import MentionDecided, MentionDecisionUndone
from goodword.care.models import Case, Message
from goodword.kernel import facts
from goodword.kernel.models import FactRow
from goodword.listen.decide import Decision, decide_mentions
from goodword.listen.locks import Step, take_turn
from goodword.listen.models import Disposition, Mention
from goodword.staff.models import Agent

CHOICES = (Disposition.ANSWERED, Disposition.NO_REPLY_NEEDED, Disposition.PRAISE_KEPT, Disposition.SPAM)


class CannotSetAside(Exception):
    """Not this mention, or not so; the message says why, and what to do instead."""


class PartOfCase(CannotSetAside):
    """It belongs to a case, which is resolved instead."""

    def __init__(self, case: Case) -> None:
        super().__init__(_("This is part of case %(number)s. Resolve it there.") % {"number": case.number})
        self.case = case


@transaction.atomic
def set_aside(*, mention: Mention, disposition: Disposition, by: Agent, now: datetime) -> Mention:
    """Record that the mention needs no case, and why not. Raises `CannotSetAside`; the same word twice changes nothing.

    `answered` says that somebody answered it where we didn't hear them: on the network itself, by phone, in a shop.
    """
    if disposition not in CHOICES:
        raise CannotSetAside(_("Choose one of: answered, no reply needed, praise, spam."))
    mention = _in_turn(mention)
    if not mention.inbound:
        raise CannotSetAside(_("These are our own words. They need no decision."))
    if not mention.disposition:
        raise CannotSetAside(_("This came in just now and is still being read. Try again in a moment."))
    if mention.disposition == disposition and mention.decided_by_id is not None:
        return mention
    fact = MentionDecided(
        workspace_id=mention.workspace_id,
        mention_id=mention.pk,
        disposition=disposition.value,
        before=mention.disposition,
        reason_before=mention.disposition_reason,
        by_before=mention.decided_by_id,
    )
    _write(mention, disposition, _("%(name)s said so") % {"name": by.name}, by, now)
    facts.record(fact, now=now, actor_id=by.pk)
    return mention


@transaction.atomic
def undo_setting_aside(*, mention: Mention, by: Agent, now: datetime) -> Mention:
    """Put back what was decided before the last agent's word. Raises `CannotSetAside` where there is none."""
    mention = _in_turn(mention)
    last = (
        FactRow.objects.filter(
            workspace_id=mention.workspace_id,
            subject=f"mention:{mention.pk}",
            kind__in=[MentionDecided.__name__, MentionDecisionUndone.__name__],
        )
        .order_by("-pk")
        .first()
    )
    if last is None or last.kind != MentionDecided.__name__ or last.data["disposition"] != mention.disposition:
        raise CannotSetAside(_("There is nothing to take back any more."))
    before = Disposition(last.data["before"])
    by_before = Agent.objects.filter(pk=last.data["by_before"]).first()
    _write(mention, before, last.data["reason_before"], by_before, now)
    fact = MentionDecisionUndone(
        workspace_id=mention.workspace_id,
        mention_id=mention.pk,
        disposition=before.value,
        undone=last.data["disposition"],
    )
    facts.record(fact, now=now, actor_id=by.pk)
    return mention


def _in_turn(mention: Mention) -> Mention:
    """The mention as it stands, while nothing else decides about its source. Raises `PartOfCase`."""
    take_turn(Step.ATTENDING, mention.source_id)
    message = Message.objects.of(mention.workspace_id).filter(mention=mention).select_related("case").first()
    if message is not None:
        raise PartOfCase(message.case)
    return Mention.objects.of(mention.workspace_id).select_related("identity__person", "source").get(pk=mention.pk)


def _write(mention: Mention, disposition: Disposition, reason: str, by: Agent | None, now: datetime) -> None:
    decision = Decision(mention, disposition, reason)
    decide_mentions(workspace_id=mention.workspace_id, decisions=[decision], by=by, now=now)
    mention.disposition, mention.disposition_reason, mention.decided_by, mention.decided_at = (
        disposition,
        reason,
        by,
        now,
    )
