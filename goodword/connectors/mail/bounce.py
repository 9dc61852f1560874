"""Delivery status notifications (RFC 3464): what a mail server says of a mail of ours."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.errors import MessageError
from email.message import Message

from goodword.connectors.contract import Malformed, Raw, Settings
from goodword.connectors.delivery_reports import LONGEST_REASON, DeliveryReport, Reported
from goodword.connectors.mail.account import message_id_domain
from goodword.connectors.mail.message_id import key_of
from goodword.connectors.mime.automatic import bounced_id
from goodword.connectors.mime.headers import date, raw_field
from goodword.connectors.storable import storable_text

# "delayed" is no end, and "relayed" or "expanded" say that nobody will tell us more.
_STATES = {"failed": Reported.FAILED, "delivered": Reported.DELIVERED}
_STATUS = re.compile(r"\d{1,3}\.\d{1,3}\.\d{1,3}")
_UNKNOWN_TIME = datetime(1970, 1, 1, tzinfo=UTC)


def reports(raw: Raw, settings: Settings) -> list[DeliveryReport]:
    """What the mail reports, if it is such a notification about a mail with one of our ids.

    Whoever has our mail knows its id, and could write such a notification: it can only say of mail that they got that
    it didn't come.
    """
    if not raw.content_type.startswith("message/rfc822") or b"delivery-status" not in raw.body.lower():
        return []
    try:
        message = email.message_from_bytes(raw.body)
        return list(_reports(message, settings))
    except (MessageError, ValueError, LookupError, AttributeError, TypeError, RecursionError) as error:
        raise Malformed(f"Not a mail that can be read: {type(error).__name__}.") from error


def _reports(message: Message, settings: Settings) -> Iterator[DeliveryReport]:
    if message.get_content_type() != "multipart/report":
        return
    native_id = bounced_id(message)
    key = key_of(native_id, message_id_domain(settings)) if native_id else None
    if native_id is None or key is None:
        return
    told = {state: reason for state, reason in map(_told, _recipients(message)) if state is not None}
    for state in (Reported.FAILED, Reported.DELIVERED):
        if state in told:
            at = _when(message)
            yield DeliveryReport(native_id, state, at, told[state] if state is Reported.FAILED else "", key)
            return  # a mail of ours has one recipient, beside our own copy


def _recipients(message: Message) -> Iterator[Message]:
    """The blocks of fields about one recipient each; the first block is about the mail as a whole."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            blocks = part.get_payload()
            if isinstance(blocks, list):
                yield from (block for block in blocks if isinstance(block, Message) and raw_field(block, "action"))


def _told(recipient: Message) -> tuple[Reported | None, str]:
    state = _STATES.get(raw_field(recipient, "action").strip().lower())
    diagnosis = raw_field(recipient, "diagnostic-code").partition(";")[2].strip()
    status = _STATUS.search(raw_field(recipient, "status"))
    address = raw_field(recipient, "final-recipient").partition(";")[2].strip()
    said = " ".join(part for part in (diagnosis, f"({status[0]})" if status else "") if part)
    reason = f"The mail to {address or 'the customer'} came back: {said or 'no reason was given'}"
    return state, storable_text(" ".join(reason.split()))[:LONGEST_REASON]


def _when(message: Message) -> datetime:
    at = date(raw_field(message, "date"))
    return at if at is not None and at.tzinfo and at > _UNKNOWN_TIME + timedelta(days=1) else _UNKNOWN_TIME
