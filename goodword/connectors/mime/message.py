"""One mail to what was said."""

from __future__ import annotations

import email
import email.policy
import hashlib
import re
from collections.abc import Collection
from datetime import datetime, timedelta
from email.errors import MessageError
from email.message import Message
from typing import Any

from goodword.connectors.contract import MAX_LANGUAGE, Author, Direction, Heard, Kind, Malformed
from goodword.connectors.mime.automatic import automatic_reason, bounced_id
from goodword.connectors.mime.body import Body, read_body
from goodword.connectors.mime.headers import (
    Address,
    addresses,
    date,
    message_ids,
    own_id,
    raw_field,
    raw_fields,
    text_field,
)
from goodword.connectors.mime.quoting import visible_length

_CLOCK_SKEW = timedelta(minutes=10)
_MAX_PARAMETERS = 2_000  # characters of Content-Type and its kind
_OLDEST_DATE = 1990  # an older date is a clock that was never set
_RESULT = re.compile(r"\b(dkim|spf|dmarc)\s*=\s*([a-z]+)", re.I)
_LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class _BoundedMessage(Message):
    """Sees the beginning of a long field only: reading parameters takes time with the square of the field's length."""

    def get(self, name: str, failobj: Any = None) -> Any:
        value = super().get(name, failobj)
        return value[:_MAX_PARAMETERS] if isinstance(value, str) else value


def parse_mail(content: bytes, *, received: datetime | None, own_addresses: Collection[str] = ()) -> Heard:
    """What a mail says. Pure.

    `received` is when the mailbox got it, where that is known: a date from the future or from 1970 gives way to it.
    Conversations are scoped by the correspondent's address, so that a stranger who quotes an id joins nothing. A mail
    that is From one of `own_addresses` is still `in`: anyone can write that; the caller may know better.
    Raises `Malformed`.
    """
    try:
        return _heard(content, received, {address.lower() for address in own_addresses})
    except (MessageError, RecursionError) as error:
        raise Malformed(f"Not a readable mail: {type(error).__name__}.") from error


def _heard(content: bytes, received: datetime | None, own: set[str]) -> Heard:
    message = email.message_from_bytes(content, _BoundedMessage, policy=email.policy.compat32)
    sender = _sender(message, own)
    subject = text_field(message, "subject")
    at, date_note = _when(message, received)
    body = read_body(message)
    answered = message_ids(message, "in-reply-to")
    references = list(dict.fromkeys([*message_ids(message, "references"), *answered]))
    reason = automatic_reason(message, sender.address, subject)
    language = _LANGUAGE.match(raw_field(message, "content-language"))
    to = [*addresses(message, "to"), *addresses(message, "cc")]
    return Heard(
        native_id=own_id(message) or "sha256:" + hashlib.sha256(content).hexdigest(),
        author=Author(
            native_id=sender.address, handle=sender.address, name=sender.name, email=_reply_to(message, sender)
        ),
        at=at,
        text=body.text,
        direction=Direction.IN,
        kind=Kind.MAIL,
        private=True,
        title=subject,
        parent=answered[0] if answered else references[-1] if references else None,
        references=tuple(references),
        thread_scope=sender.address,
        addressed=tuple(dict.fromkeys(each.address for each in to))[:100],
        lang=language[0].lower()[:MAX_LANGUAGE] if language else None,
        media=tuple(body.media),
        html=body.html,
        automatic=reason is not None,
        extra=_extra(message, body, reason) | date_note,
    )


def _sender(message: Message, own: set[str]) -> Address:
    """Whoever it is From. Where that is ourselves, as with a contact form, whoever wants the answer."""
    found = addresses(message, "from") or addresses(message, "sender") or addresses(message, "return-path")
    if not found:
        raise Malformed("The mail has no readable sender.")
    wanted = addresses(message, "reply-to")
    if found[0].address in own and wanted and wanted[0].address not in own:
        return wanted[0]
    return found[0]


def _reply_to(message: Message, sender: Address) -> str:
    wanted = addresses(message, "reply-to")
    return wanted[0].address if wanted and "@" in wanted[0].address else sender.address


def _when(message: Message, received: datetime | None) -> tuple[datetime, dict[str, Any]]:
    written = raw_field(message, "date")
    claimed = date(written)
    if received is None:
        stamps = (date(field.rpartition(";")[2]) for field in raw_fields(message, "received"))
        received = next((stamp for stamp in stamps if stamp), None)
    if claimed is None and received is None:
        raise Malformed("The mail has no readable date.")
    if received is None:
        assert claimed is not None
        return claimed, {}
    if claimed is None or claimed > received + _CLOCK_SKEW or claimed.year < _OLDEST_DATE:
        return received, {"date_header": written[:100]}
    return claimed, {}


def _extra(message: Message, body: Body, reason: str | None) -> dict[str, Any]:
    extra: dict[str, Any] = {}
    visible = visible_length(body.text)
    if visible < len(body.text):
        extra["visible_length"] = visible
    if reason:
        extra["automatic"] = reason
    if reason == "bounce" and (bounced := bounced_id(message)):
        extra["bounce_of"] = bounced
    results = raw_fields(message, "authentication-results")[:1]
    if results:  # a hint only: the topmost is our own server's, if it writes any
        extra["authentication"] = {method.lower(): result.lower() for method, result in _RESULT.findall(results[0])}
    repaired = ["undecodable bytes replaced by U+FFFD"] if body.is_repaired else []
    if body.is_cut:
        repaired.append("more parts than are read")
    if body.is_text_only:
        repaired.append("HTML left out: too large or too deeply nested")
    return extra | ({"repaired": repaired} if repaired else {})
