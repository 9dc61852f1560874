"""A reply as a mail: threaded by In-Reply-To and References, and marked where no person wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from email import policy
from email.header import Header
from email.message import EmailMessage
from email.utils import format_datetime

from goodword.connectors.contract import Media, Outgoing, Refused
from goodword.connectors.mail.account import Account
from goodword.connectors.mail.message_id import message_id_for
from goodword.connectors.mime.automatic import is_machine

_NOT_IN_HEADERS = re.compile(r"[\x00-\x1f\x7f]+")
_MESSAGE_ID = re.compile(r"[^\s<>@\x00-\x1f\x7f-\uffff]+@[^\s<>@\x00-\x1f\x7f-\uffff]+")
_ADDRESS = re.compile(r"[^\s<>@\",;:()\[\]\x00-\x1f\x7f]+@[^\s<>@\",;:()\[\]\x00-\x1f\x7f]+")
_MAX_REFERENCES = 30
_LONGEST_NAME = 200


def recipient_of(outgoing: Outgoing, account: Account) -> str:
    """The address that a reply goes to. Raises `Refused` for none, for our own, and for machines among themselves."""
    address = (outgoing.to.email or outgoing.to.native_id).strip()
    if not _ADDRESS.fullmatch(address):
        raise Refused("This customer has no e-mail address that can be written to.")
    if address.lower() in account.own_addresses:
        raise Refused(f"{address} is our own address: the answer would come back to ourselves.")
    if outgoing.automatic and is_machine(address):
        raise Refused(f"Nobody reads {address}, and two machines that answer each other never stop.")
    return address


def compose(outgoing: Outgoing, account: Account, *, to: str, at: datetime) -> bytes:
    """The mail, with CRLF line ends. Raises `Refused` for an attachment without content."""
    body = _body(outgoing).as_bytes(policy=policy.SMTP)
    return b"".join(f"{name}: {value}\r\n".encode() for name, value in _headers(outgoing, account, to, at)) + body


def _headers(outgoing: Outgoing, account: Account, to: str, at: datetime) -> Iterable[tuple[str, str]]:
    yield "Date", format_datetime(at)
    yield "Message-ID", f"<{message_id_for(outgoing.idempotency_key, account.message_id_domain)}>"
    yield "From", _mailbox(_sender_name(outgoing.agent_name, account.name), account.address)
    yield "To", _mailbox(outgoing.to.name, to)
    yield "Subject", _encoded("Subject", outgoing.subject or "Your message")
    answered = outgoing.in_reply_to
    if answered and _MESSAGE_ID.fullmatch(answered):
        yield "In-Reply-To", f"<{answered}>"
    thread = [*outgoing.references, *([answered] if answered else [])]
    references = [f"<{each}>" for each in dict.fromkeys(thread) if _MESSAGE_ID.fullmatch(each)]
    if len(references) > _MAX_REFERENCES:  # RFC 5322 suggests keeping the first and the newest
        references = [references[0], *references[1 - _MAX_REFERENCES :]]
    if references:
        yield "References", "\r\n ".join(references)
    if outgoing.automatic:
        yield "Auto-Submitted", "auto-generated"
        yield "X-Auto-Response-Suppress", "All"


def _sender_name(agent: str, brand: str) -> str:
    return f"{agent} ({brand})" if agent and brand else agent or brand


def _mailbox(name: str, address: str) -> str:
    clean = _NOT_IN_HEADERS.sub(" ", name).strip()[:_LONGEST_NAME]
    if not clean:
        return f"<{address}>"
    if clean.isascii():
        escaped = clean.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}" <{address}>'
    return f"{_encoded('From', clean)}\r\n <{address}>"


def _encoded(header: str, value: str) -> str:
    clean = _NOT_IN_HEADERS.sub(" ", value).strip()
    charset = "us-ascii" if clean.isascii() else "utf-8"
    return Header(clean, charset, header_name=header).encode(linesep="\r\n")


def _body(outgoing: Outgoing) -> EmailMessage:
    message = EmailMessage(policy=policy.SMTP)
    message.set_content(outgoing.text)
    for media in outgoing.media:
        _attach(message, media)
    return message


def _attach(message: EmailMessage, media: Media) -> None:
    if media.content is None:
        raise Refused(f"The attachment {media.filename!r} has no content.")
    main, _, sub = media.declared_type.partition("/")
    if not re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", media.declared_type) or main in {"multipart", "message", "text"}:
        main, sub = "application", "octet-stream"
    name = _NOT_IN_HEADERS.sub(" ", media.filename).strip() or "attachment"
    message.add_attachment(media.content, maintype=main, subtype=sub, filename=name)
