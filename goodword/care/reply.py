"""Queue a reply in the outbox, from where it can still be taken back for some seconds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from goodword.care.check_reply import check_reply, keep_reply_reason
from goodword.care.events import ReplyHeld, ReplyQueued
from goodword.care.hold_replies import why_to_hold
from goodword.care.lock import lock_case
from goodword.care.models import Case, Delivery, Draft, Enclosure, Episode, Message, MessageKind
from goodword.care.new_reply import UNSEEN_IS_FINE, NewReply, Seen
from goodword.care.outbox import wake_outbox
from goodword.care.own_text import own_text
from goodword.care.terms import NotAllowed, terms_of
from goodword.connectors.contract import Purpose
from goodword.honesty.send_over import hold_back
from goodword.kernel import facts
from goodword.staff.models import Agent

# It travels in headers of the networks, so it holds nothing that could end one.
_KEY = re.compile(r"[A-Za-z0-9._:-]{8,80}")


class StaleThread(Exception):
    """Something was said that the writer has not seen: they decide whether to send all the same."""

    def __init__(self, newer: list[Message]) -> None:
        super().__init__(_("There is something new since you began to write."))
        self.newer = newer


@transaction.atomic
def queue_reply(
    *, case: Case, by: Agent | None, reply: NewReply, seen: Seen = UNSEEN_IS_FINE, over: str = "", now: datetime
) -> Message:
    """Queue a reply; the same `idempotency_key` gives the same message, however often and at once it is asked for.

    What a person writes is checked, as is what the house sends in their name; `over` is why it goes out although
    checks speak against it. What somebody else has to see first is held instead of queued.

    Raises `StaleThread`, `TooLong`, `WindowClosed`, `NoWords`, `NotAllowed`, `HeldBack`, `MergedAway`.
    """
    case = lock_case(case)  # of two posts at once, the second waits here and then finds the first one's message
    reply = replace(reply, text=own_text(reply.text))
    if (known := _known(case, reply.idempotency_key, reply.text)) is not None:
        return known
    terms = terms_of(case)
    reply = replace(reply, private=terms.becomes_private(reply.private))
    terms.check(text=reply.text, private=reply.private, enclosures=reply.enclosures, now=now)
    found = [] if by is None else check_reply(case, reply.text, private=reply.private, terms=terms, now=now)
    hold_back(found, reason=over)
    if newer := _unseen(case, by, seen):
        raise StaleThread(newer)
    message = _message(case, by, reply, now)
    message.answers = terms.answered
    if by is not None and (held := why_to_hold(case, found, by)):
        message.delivery, message.failure, message.send_at = Delivery.HELD, held, None
    if (known := _save_or_known(message)) is not None:
        return known
    _attach(case, by, message, reply.enclosures)
    if by is not None:
        keep_reply_reason(message, found, reason=over, by=by, now=now)
    if by is not None and reply.purpose == Purpose.REPLY:
        Draft.objects.of(case.workspace_id).filter(case=case, agent=by, kind=MessageKind.REPLY).delete()
    _announce(message, now)
    return message


def _message(case: Case, by: Agent | None, reply: NewReply, now: datetime) -> Message:
    """As it waits in the outbox; not saved."""
    return Message(
        workspace_id=case.workspace_id,
        case=case,
        episode=Episode.objects.of(case.workspace_id).filter(case=case).latest("number"),
        kind=MessageKind.REPLY,
        at=now,
        agent=by,
        text=reply.text,
        private=reply.private,
        automatic=reply.automatic,
        purpose=reply.purpose.value,
        word=reply.word.to_json(),
        delivery=Delivery.QUEUED,
        idempotency_key=reply.idempotency_key,
        send_at=now + timedelta(seconds=settings.UNDO_SECONDS),
    )


def _announce(message: Message, now: datetime) -> None:
    held = message.delivery == Delivery.HELD
    kind = ReplyHeld if held else ReplyQueued
    fact = kind(workspace_id=message.workspace_id, case_id=message.case_id, message_id=message.pk)
    facts.record(fact, now=now, actor_id=message.agent_id)
    if not held:
        wake_outbox(message)


def _known(case: Case, key: str, text: str) -> Message | None:
    if not _KEY.fullmatch(key):
        raise NotAllowed(_("This form is damaged: load the page again, then send."))
    known = Message.objects.of(case.workspace_id).filter(idempotency_key=key).first()
    if known is None:
        return None
    if (known.case_id, known.text) != (case.pk, text):
        raise NotAllowed(_("This form was used for another reply: load the page again, then send."))
    if known.delivery == Delivery.UNDONE:
        raise NotAllowed(_("This reply was undone: send it again if it is to go out after all."))
    return known


def _save_or_known(message: Message) -> Message | None:
    """Save it, or find what its key was used for. A post to another case is not held up by the lock of this one."""
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        if (known := _known(message.case, message.idempotency_key or "", message.text)) is None:
            raise
        return known
    return None


def _unseen(case: Case, by: Agent | None, seen: Seen) -> list[Message]:
    """What came in since the writer looked: words of the customer, and replies of colleagues."""
    unseen = Q(pk__in=[])
    if seen.inbound_id is not None:
        unseen |= Q(kind=MessageKind.INBOUND, id__gt=seen.inbound_id)
    if seen.message_id is not None:
        colleagues = Q(kind=MessageKind.REPLY) & ~Q(delivery=Delivery.UNDONE) & ~Q(agent=by)
        unseen |= Q(id__gt=seen.message_id) & (Q(kind=MessageKind.INBOUND) | colleagues)
    messages = Message.objects.of(case.workspace_id).filter(unseen, case=case)
    return list(messages.select_related("mention").order_by("at", "id"))


def _attach(case: Case, by: Agent | None, message: Message, enclosures: Sequence[Enclosure]) -> None:
    if not enclosures:
        return
    taken = (
        Enclosure.objects.of(case.workspace_id)
        .filter(pk__in=[enclosure.pk for enclosure in enclosures], draft_case=case, agent=by, message=None)
        .update(message=message, draft_case=None)
    )
    if taken != len(enclosures):
        raise NotAllowed(_("A file is no longer there: attach it again, then send."))
