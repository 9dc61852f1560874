"""Whether a mail was written by a machine, and is therefore never answered by one (RFC 3834, RFC 2919, RFC 3464)."""

from __future__ import annotations

import re
from email.message import Message

from goodword.connectors.mime.headers import message_ids, raw_field, raw_fields
from goodword.connectors.storable import bounded, storable_text

_MACHINES = re.compile(r"^(mailer-daemon|postmaster|mail-daemon|bounces?|no-?_?reply|do-?not-?reply|noreply.*)(@|$)")
_OUT_OF_OFFICE = re.compile(
    r"^(automatic reply|auto(matic)?[- ]?(reply|response)|out of (the )?office|abwesenheit(snotiz)?"
    r"|automatische antwort|réponse automatique|respuesta automática|risposta automatica|resposta automática"
    r"|automatisch antwoord|autosvar)\b",
    re.I,
)


def automatic_reason(message: Message, sender: str, subject: str) -> str | None:
    """Why this was written by a machine ("bounce", "auto-reply", "list", "bulk", "machine"); None when it wasn't."""
    if _is_bounce(message):
        return "bounce"
    if _is_auto_reply(message, subject):
        return "auto-reply"
    if raw_field(message, "list-id") or raw_field(message, "list-post"):
        return "list"
    precedence = raw_field(message, "precedence").lower()
    if precedence in {"bulk", "junk", "list"} or raw_field(message, "list-unsubscribe"):
        return "bulk"
    return "machine" if is_machine(sender) else None


def is_machine(address: str) -> bool:
    """Whether nobody reads what is sent to this address."""
    return _MACHINES.match(address.lower()) is not None


def _is_bounce(message: Message) -> bool:
    if message.get_content_type() == "multipart/report":
        return True
    return "<>" in raw_fields(message, "return-path") and is_machine(raw_field(message, "from").lower().strip("<>"))


def _is_auto_reply(message: Message, subject: str) -> bool:
    submitted = raw_field(message, "auto-submitted").lower()
    if submitted and not submitted.startswith("no"):
        return True
    marked = ("x-autoreply", "x-autorespond", "x-auto-response-suppress", "x-autoresponder")
    if any(raw_field(message, name) for name in marked) or raw_field(message, "precedence").lower() == "auto_reply":
        return True
    return _OUT_OF_OFFICE.match(subject) is not None


def bounced_id(message: Message) -> str | None:
    """The id of the mail that came back, from the part of a bounce that quotes its header."""
    for part in message.walk():
        if part.get_content_type() in {"message/rfc822", "text/rfc822-headers"} and part is not message:
            quoted = part.get_payload()
            original = quoted[0] if isinstance(quoted, list) and quoted else None
            if isinstance(original, Message):
                return next(iter(message_ids(original, "message-id")), None)
            found = re.search(r"^message-id:\s*<([^<>\s]+)>", str(quoted), re.I | re.M)
            return bounded(storable_text(found[1])) if found else None
    return None
