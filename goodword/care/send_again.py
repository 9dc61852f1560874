"""Send a failed reply again, because a person says so."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.care.events import ReplyQueued
from goodword.care.hold_replies import why_to_hold
from goodword.care.lock_message import lock_message
from goodword.care.models import Delivery, Message
from goodword.care.outbox import wake_outbox
from goodword.care.outgoing import source_of
from goodword.care.settle import came_back
from goodword.care.terms import NotAllowed, terms_of
from goodword.kernel import facts
from goodword.staff.models import Agent


@transaction.atomic
def send_again(*, message: Message, by: Agent, now: datetime) -> Message:
    """Put a failed reply back into the outbox, under its old key. Asked twice, it goes once.

    If an attempt was made and the network can be asked, it is asked first whether that one arrived after all. What
    arrived and came back is sent anew. Where replies wait for approval by now, its writer can't send it alone.
    Raises `NotAllowed`, `WindowClosed`, `TooLong`.
    """
    message = lock_message(message.pk)
    if message.delivery != Delivery.FAILED:
        if message.delivery == Delivery.UNDONE:
            raise NotAllowed(_("This reply was undone: write a new one."))
        return message  # on its way already, or there
    if message.agent == by and why_to_hold(message.case, (), by):
        raise NotAllowed(_("Replies of this case wait for approval now: somebody else has to send it again."))
    terms_of(message.case).check(
        text=message.text, private=message.private, enclosures=list(message.enclosures.all()), now=now
    )
    if came_back(message):
        ask_first, message.external_id = False, ""
    else:
        ask_first = message.attempts > 0 and source_of(message).capabilities.can_find_sent
    message.delivery = Delivery.SENDING if ask_first else Delivery.QUEUED
    message.attempts, message.attempted_at = 0, now
    message.send_at, message.failure = now, ""
    message.save(update_fields=["delivery", "attempts", "attempted_at", "send_at", "failure", "external_id"])
    facts.record(
        ReplyQueued(workspace_id=message.workspace_id, case_id=message.case_id, message_id=message.pk),
        now=now,
        actor_id=by.pk,
    )
    wake_outbox(message)
    return message
