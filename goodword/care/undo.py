"""Take a reply back while it is still in the outbox, or held."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.care.events import ReplyUndone
from goodword.care.lock_message import lock_message
from goodword.care.models import Delivery, Draft, Message, MessageKind
from goodword.honesty.send_over import take_reason_back
from goodword.kernel import facts
from goodword.staff.models import Agent


class TooLate(Exception):
    """The reply is on its way, or there; or it has failed, or was undone before. The message says which."""


@transaction.atomic
def undo_reply(*, message: Message, by: Agent, now: datetime, text: str | None = None) -> Draft:
    """Make a queued or held reply a draft again, of `by`; what they have written since stays, below. Raises `TooLate`.

    `text` is the part of the message to be written again; None is all of it.

    Who comes first, the undoing or the sending, is settled by the row's lock: a reply is never both.
    """
    message = lock_message(message.pk)
    if message.delivery not in (Delivery.HELD, Delivery.QUEUED):
        raise TooLate(_why(message))
    message.delivery, message.send_at, message.failure = Delivery.UNDONE, None, ""
    message.save(update_fields=["delivery", "send_at", "failure"])
    take_reason_back(workspace_id=message.workspace_id, subject=f"message:{message.pk}")
    message.enclosures.update(message=None, draft_case=message.case, agent=by)
    draft, _made = Draft.objects.of(message.workspace_id).get_or_create(
        case=message.case,
        agent=by,
        kind=MessageKind.REPLY,
        defaults={"workspace_id": message.workspace_id, "saved_at": now},
    )
    again = message.text if text is None else text
    draft.text = "\n\n".join(part for part in (again, draft.text) if part)
    draft.private, draft.saved_at = message.private, now
    draft.save(update_fields=["text", "private", "saved_at"])
    facts.record(
        ReplyUndone(workspace_id=message.workspace_id, case_id=message.case_id, message_id=message.pk),
        now=now,
        actor_id=by.pk,
    )
    return draft


def _why(message: Message) -> str:
    if message.delivery == Delivery.UNDONE:
        return _("This reply has been undone already.")
    if message.delivery == Delivery.FAILED:
        return _("This reply didn't go out: there is nothing to undo.")
    return _("This reply has been sent: it can't be undone any more.")
