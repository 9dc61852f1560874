"""Let a held reply go: somebody else has seen it. Who may say so is for the room above to know."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from goodword.care.events import ReplyQueued
from goodword.care.lock_message import lock_message
from goodword.care.models import Delivery, Message
from goodword.care.outbox import wake_outbox
from goodword.care.resolve import resolve_as_approved
from goodword.care.terms import terms_of
from goodword.connectors.contract import Purpose
from goodword.kernel import facts
from goodword.staff.models import Agent


class NotHeld(Exception):
    """It doesn't wait any more: it was released, or taken back."""


@transaction.atomic
def release_reply(*, message: Message, by: Agent, now: datetime) -> Message:
    """Put a held reply into the outbox, where it can be undone for some seconds as any other.

    A closing message resolves its case now. Raises `NotHeld`, `NotYet`, and `NotAllowed`, `WindowClosed`, `TooLong`
    where the channel doesn't take it now, or where the case has gone on since a closing message was written.
    """
    message = lock_message(message.pk)
    if message.delivery != Delivery.HELD:
        raise NotHeld(_("This reply doesn't wait for approval any more."))
    terms_of(message.case).check(
        text=message.text, private=message.private, enclosures=list(message.enclosures.all()), now=now
    )
    if message.purpose == Purpose.RESOLUTION:
        resolve_as_approved(message, now=now)
    message.delivery, message.failure = Delivery.QUEUED, ""
    message.at, message.send_at = now, now + timedelta(seconds=settings.UNDO_SECONDS)
    message.save(update_fields=["delivery", "failure", "at", "send_at"])
    facts.record(
        ReplyQueued(workspace_id=message.workspace_id, case_id=message.case_id, message_id=message.pk),
        now=now,
        actor_id=by.pk,
    )
    wake_outbox(message)
    return message
