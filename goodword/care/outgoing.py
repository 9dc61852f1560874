"""A reply as the connector gets it."""

from __future__ import annotations

from goodword.care.models import Enclosure, Message
from goodword.connectors.contract import Author, Media, Outgoing, Purpose
from goodword.kernel.files import path_of
from goodword.listen.models import Mention, Source


def source_of(message: Message) -> Source:
    """Where a reply goes: to where the words it answers were heard."""
    heard = _heard(message)
    return heard.source if heard else message.case.source


def outgoing_of(message: Message) -> Outgoing:
    """The same message always gives the same. Raises `FileNotFoundError` when a file of it is gone from the store."""
    heard = _heard(message)
    source = source_of(message)
    thread = heard.thread if heard else message.case.thread
    return Outgoing(
        idempotency_key=message.idempotency_key or f"message-{message.pk}",
        text=message.text,
        private=message.private,
        thread=thread.native_id if thread else None,
        in_reply_to=heard.external_id if heard else None,
        references=(*heard.references, heard.external_id) if heard else (),
        to=_addressee(message, heard),
        subject=_subject(message, heard) if source.capabilities.supports_subject else "",
        agent_name=message.agent.first_name if message.agent else "",
        media=tuple(_media(enclosure) for enclosure in message.enclosures.order_by("id")),
        purpose=Purpose(message.purpose),
        automatic=message.automatic,
        written_at=message.at,
    )


def _heard(message: Message) -> Mention | None:
    return message.answers.mention if message.answers else None


def _addressee(message: Message, heard: Mention | None) -> Author:
    identity = heard.identity if heard else message.case.identity
    return Author(native_id=identity.native_id, handle=identity.handle, name=identity.name, email=identity.email)


def _subject(message: Message, heard: Mention | None) -> str:
    subject = " ".join((heard.title if heard and heard.title else message.case.subject).split())
    return subject if subject.lower().startswith("re:") else f"Re: {subject}"


def _media(enclosure: Enclosure) -> Media:
    return Media(
        filename=enclosure.filename,
        declared_type=enclosure.media_type,
        content=path_of(enclosure.workspace_id, enclosure.stored_as).read_bytes(),
    )
