"""Leave an e-mail address in the chat, where a visitor can be answered when they no longer wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from goodword.connectors.contract import MAX_ADDRESS, Author, Heard, Kind
from goodword.connectors.registry import BrokenConnector, UnknownConnector
from goodword.kernel.copying import copy_in
from goodword.kernel.facts import record
from goodword.listen.chat_visitor import Visitor
from goodword.listen.events import AddressLeft, MentionsHeard
from goodword.listen.locks import Step, take_turn
from goodword.listen.models import Mention, Source, Thread
from goodword.listen.take_chat import LEAVES, NotTaken, mail_id, take_chat_message
from goodword.listen.understand import as_mention, understand_surely
from goodword.people.identify import identify

_BATCH = 100


@dataclass(frozen=True, slots=True)
class Left:
    """Where the conversation goes on. `mail` is None where the workspace has no mailbox to write from."""

    mail: Source | None


@transaction.atomic
def leave_address(*, source: Source, visitor: Visitor, message_id: str, address: str, now: datetime) -> Left:
    """Let the conversation go on by mail; the same `message_id` does so once.

    What the visitor says is heard in the mailbox: the next reply goes where the customer spoke last, and a mail that
    answers it comes back into the same thread. Without a mailbox it is heard in the chat, for a person to act on.
    Raises `NotTaken`.
    """
    address = checked_address(address)
    message_id = f"{LEAVES[1:]}{message_id}"
    _understand(source, now)
    thread = Thread.objects.of(source.workspace_id).filter(source=source, native_id=visitor.conversation).first()
    if thread is None:
        raise NotTaken(_("Write your message first, then leave your address."))
    mail = mailbox_of(source)
    if mail is None:
        text = _("Please answer me by e-mail: %(address)s") % {"address": address}
        taken = take_chat_message(
            source=source, visitor=visitor, message_id=message_id, text=text, email=address, now=now
        )
        _understand(source, now)
    else:
        taken = _heard_in(mail, thread, visitor, message_id, address, now)
    if taken:
        left = AddressLeft(
            workspace_id=source.workspace_id,
            source_id=source.pk,
            mailbox_id=mail.pk if mail else None,
            thread_id=thread.joined_into_id or thread.pk,
        )
        record(left, now=now)
    return Left(mail)


def _understand(source: Source, now: datetime) -> None:
    """At once: what is recorded of the hand-over needs the mentions."""
    while understand_surely(source_id=source.pk, limit=_BATCH, now=now).raws:
        pass


def checked_address(written: str) -> str:
    """The address in lower case, as mail identities are kept. Raises `NotTaken`."""
    address = written.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise NotTaken(_("This is no e-mail address: write it like name@example.com.")) from error
    if len(address) > MAX_ADDRESS or not address.isascii():
        raise NotTaken(_("We can't write to this address: give us another one."))
    return address


def mailbox_of(source: Source) -> Source | None:
    """The workspace's first mailbox that listens: one that can write to somebody who never wrote to it."""
    others = Source.objects.of(source.workspace_id).filter(state=Source.State.LISTENING).exclude(pk=source.pk)
    return next((other for other in others.order_by("pk") if _can_write_first(other)), None)


def _can_write_first(source: Source) -> bool:
    try:
        return source.capabilities.can_write_first
    except (UnknownConnector, BrokenConnector):
        return False


def _heard_in(mail: Source, thread: Thread, visitor: Visitor, message_id: str, address: str, now: datetime) -> bool:
    take_turn(Step.UNDERSTANDING, mail.pk)
    heard = Heard(
        native_id=mail_id(visitor, message_id),
        author=Author(native_id=address, handle=address, email=address),
        at=now,
        text=_("Please answer me by e-mail."),
        kind=Kind.MAIL,
        private=True,
        title=_("Your chat with %(house)s") % {"house": mail.workspace.name},
        thread_scope=address,
    )
    if Mention.objects.of(mail.workspace_id).filter(source=mail, external_id=heard.native_id).exists():
        return False
    identities = identify(
        workspace_id=mail.workspace_id, channel=mail.channel, authors=[(heard.author, False)], now=now
    )
    thread_id = thread.joined_into_id or thread.pk
    copy_in([as_mention(mail, heard, identities[address], now, raw_id=None, thread_id=thread_id)])
    record(MentionsHeard(workspace_id=mail.workspace_id, source_id=mail.pk, new=1), now=now)
    return True
