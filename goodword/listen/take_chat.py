"""Take in what a visitor wrote in the chat: stored at once, understood right after."""

from __future__ import annotations

import re
from datetime import datetime

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _

from goodword.connectors.chat.events import Event, Proven
from goodword.connectors.contract import Delivery, Raw
from goodword.connectors.storable import storable_text
from goodword.kernel import live
from goodword.listen.chat_visitor import Visitor
from goodword.listen.intake import take_in
from goodword.listen.jobs import wake
from goodword.listen.models import Source

LONGEST = 4000  # characters of a message
LEAVES = "#address-"  # in the id of a message that leaves an address
_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class NotTaken(Exception):
    """The message can't be taken; the words say what to do."""


class ChatClosed(NotTaken):
    """The chat was stopped by the brand."""

    def __init__(self) -> None:
        super().__init__(_("This chat is closed. Please reach us another way."))


@transaction.atomic
def take_chat_message(
    *, source: Source, visitor: Visitor, message_id: str, text: str, email: str = "", page: str = "", now: datetime
) -> bool:
    """Store a message; False if it was there already: one `message_id` of a visitor is one message.

    `email` is what the visitor typed, and proves nothing. Raises `NotTaken`, `ChatClosed`.
    """
    if source.state == Source.State.STOPPED:
        raise ChatClosed
    if not _ID.fullmatch(message_id):
        raise NotTaken(_("This form is damaged: load the chat again, then send."))
    text = storable_text(text).replace("\r\n", "\n").strip()
    if not text:
        raise NotTaken(_("Write something first."))
    if len(text) > LONGEST:
        raise NotTaken(_("That is too long: shorten it to %(limit)d characters.") % {"limit": LONGEST})
    native_id = delivery_id(visitor, message_id)
    proven = visitor.identity
    event = Event(
        event="message",
        id=native_id,
        visitor=visitor.id,
        name=_("Visitor %(mark)s") % {"mark": visitor.id[:4]},
        conversation=visitor.conversation,
        at=now,
        text=text,
        email=email,
        page=page,
        identity=Proven(sub=proven.sub, name=proven.name, email=proven.email) if proven else None,
    )
    taken = take_in(source=source, delivery=Delivery((Raw(native_id, msgspec.json.encode(event)),), {}), now=now)
    if taken.new:
        wake(source.pk)
        live.announce(source.workspace_id, "ThreadWentOn", f"thread:{visitor.conversation}")
    return bool(taken.new)


def delivery_id(visitor: Visitor, message_id: str) -> str:
    """The name of a visitor's message: ids are made by browsers, so that they count within the conversation only."""
    return f"{visitor.conversation}#{message_id}"


def mail_id(visitor: Visitor, message_id: str) -> str:
    """The name of a visitor's message that is heard in a mailbox; no mail bears such an id."""
    return f"chat:{delivery_id(visitor, message_id)}"
